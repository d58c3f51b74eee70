"""Whether a text looks English, by its small words: enough to stay silent about other languages, and no more."""

import re

_WORD = re.compile(r"[^\W\d_]+")

_ENGLISH_WORDS = """
    the a an and or but if of to from by with about for at on in it its this that these those there here what how why
    when who whose whom which where is are was were be been being do does did done have has had will would can could
    should shall may might must not no i you your yours we our ours us they them their he she his her me my mine any
    some much many more most than then so as into out up tell say help walk describe explain show let
"""
# German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Polish. A word that is English too counts for neither.
_OTHER_WORDS = """
    der die das den dem ein eine einen einem und oder aber wenn von zu mit über für auf ist sind waren wird werden haben
    hat hatte wie warum wann wer wessen welche welcher wo nicht kein ich sie ihr ihre wir uns unser es können könnten
    möchten würden sollte sagen erzählen heute schon noch auch
    le la les un une des du et ou mais si de à avec pour sur dans est sont était êtes avez ont que qui quoi quel quelle
    quand où pourquoi comment combien pas vous votre vos nous notre nos il elle ils ce cette est-ce parlez dites
    el los las una y o pero con por para en es son era está están ha han qué cómo cuándo dónde quién cuál cuánto no
    usted ustedes su sus nosotros nuestro cuéntenos dígame
    il lo gli e ed ma di da con per su in è sono era siete avete hanno che chi cosa come quando dove perché quanto quale
    non voi vostro noi nostro ci
    het een en of maar als van naar met over voor op zijn was wordt worden hebben heeft hoe waarom wanneer wie welke
    waar niet geen ik u uw wij ons onze zij hun kunt kunnen zou zullen wat
    os as um uma e ou mas se do da com por para em são foi têm que quem qual quando onde como não você vocês nós nosso
    och eller men om av till från med för på är var vad hur varför när vem vilken inte jag ni er vi vår har kan skulle
    i oraz lub ale jeśli z do na jest są był czy co jak dlaczego kiedy kto który gdzie nie ja wy wasz my nasz mają może
"""
_ENGLISH, _OTHERS = frozenset(_ENGLISH_WORDS.split()), frozenset(_OTHER_WORDS.split())
_SURELY_ENGLISH = _ENGLISH - _OTHERS
_SURELY_OTHER = _OTHERS - _ENGLISH


def looks_english(text: str) -> bool:
    """Whether more of the words are surely English than surely something else; a text without either is not."""
    found = [word.lower() for word in _WORD.findall(text)]
    english = sum(word in _SURELY_ENGLISH for word in found)
    return english > sum(word in _SURELY_OTHER for word in found)
