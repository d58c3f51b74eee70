"""Telling an open question from a closed one by rule, for whoever is writing it (L3.11). English, and no model.

A writing aid and never a score of a person: observed calls show no link between open questions and success in large
sales. Every pattern is anchored or a fixed choice of words, so that time grows with the length of the text and no more.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from earnest.need import english, rewriting

# Nobody asks a question this long; what is longer was pasted.
LONGEST = 1_000


class Kind(StrEnum):
    """What a sentence asks for."""

    OPEN = "open"
    FACT = "fact"
    CLOSED = "closed"
    CHOICE = "choice"
    LEADING = "leading"
    NONE = "none"
    NO_VERDICT = "no verdict"


SAID = {
    Kind.OPEN: "Open: they can answer in their own words.",
    Kind.FACT: "Narrow: it asks for one fact.",
    Kind.CLOSED: "Closed: a yes or a no answers it.",
    Kind.CHOICE: "A choice: they can only pick what you offer.",
    Kind.LEADING: "Leading: it tells them the answer.",
    Kind.NONE: "No question.",
    Kind.NO_VERDICT: "No verdict: this reads English only.",
}
DOUBLE = "Two questions at once; ask one and wait."
CAUTION = (
    "A help for writing. Observed calls show no link between open questions and success in large sales, "
    "so nobody is scored by it."
)


@dataclass(frozen=True)
class Asked:
    """What a text asks: its kind, whether it asks twice, and an open way to ask the same where one is known."""

    kind: Kind
    double: bool = False
    rewrite: str = ""


_SHUT = (Kind.CLOSED, Kind.CHOICE, Kind.LEADING)

_BIG = r"(?:what|how|why)"
_SMALL = r"(?:who|whom|whose|which|when|where)"
_WH = rf"(?:{_BIG}|{_SMALL})"
_AUXILIARY = r"(?:is|are|am|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|may|might|must)(?:n't)?"
_TELLING = r"(?:tell|walk|talk|describe|explain|help|say|share|show)"
_NARROW = r"(?:much|many|long|often|soon|far|old|big|likely)"
_DATUM = (
    r"(?:date|day|time|year|budget|price|cost|number|deadline|name|address|e-?mail|phone|title|amount|size|version"
    r"|percentage|quantity)s?"
)
_PREPOSITION = r"(?:in|at|to|for|by|with|on|from|of|under|about|since|until)"

# Not after «Mr.» and its like.
_ENDS = re.compile(r"(?<!\b[MD]r)(?<!\bMrs)(?<!\bMs)(?<!\be\.g)(?<!\bi\.e)[.?!…]+[\"'”’»)\]]*(?=\s)|\n")
_QUESTION_MARKS = re.compile(r"\?[?!]*")
_TAG = re.compile(
    rf", ?(?:right|correct|ok|okay|yes|no|(?:{_AUXILIARY}) (?:it|you|we|they|he|she|i|that|this|there))(?: not)?\?$"
)
_STARTS_WITH_WH = re.compile(rf"{_WH}\b")
_CUT = re.compile(rf"(?:, ?|: ?| [-–—]+ ?|[–—] ?)(?=({_WH}(?:'s)?|{_AUXILIARY}|{_TELLING})\b)")
_FILLERS = re.compile(
    rf"(?:(?:so|and|but|well|ok|okay|now|then|also|please|right|great|thanks)\b,? ){{1,5}}"
    rf"(?={_WH}\b|{_AUXILIARY}\b|{_TELLING}\b)"
)
_NEGATED = re.compile(
    r"(?:[a-z]{2,6}n't|(?:is|are|was|were|do|does|did|have|has|would|should|could) (?:it|you|we) not)\b"
)
_AGREE = re.compile(r"\b(?:would|do) you (?:not )?agree\b")
_WHY_NOT = re.compile(r"why (?:not|don't you just)\b")
_POLITE = re.compile(r"(?:(?:can|could|would|will|may|might) (?:you|we|i)|i(?: would|'d) like)\b")
_WHETHER = re.compile(r"\b(?:if|whether)\b")
_HOW_NARROW = re.compile(rf"\bhow {_NARROW}\b")
_HAS_BIG = re.compile(rf"\b{_BIG}\b")
_HAS_SMALL = re.compile(r"\b(?:when|who|which|whose|whom|where)\b")
_HAS_TELLING = re.compile(rf"\b{_TELLING}(?:ing)?\b")
_WIDELY = re.compile(r"\b(?:through|about|more|sense|picture|understand)\b")
_IMPERATIVE = re.compile(
    r"(?:(?:tell|show) (?:me|us)|(?:walk|talk) (?:me|us) through|describe|explain|help (?:me|us) (?:understand|see)"
    r"|say (?:more|a (?:bit|little|word)|something)|share)\b"
)
_HOW_COME = re.compile(r"how come\b")
_ASKS_DATUM = re.compile(
    rf"(?:what|which)(?:'s| is| are) (?:the|your|our|their|his|her|this|that|its) (?:[a-z-]+ )?{_DATUM}\b"
    r"|what (?:date|time|day|year|month|percentage|size)\b"
)
_ASKS_BIG = re.compile(rf"(?:{_PREPOSITION} )?{_BIG}(?:'s|'re)?\b")
_ASKS_WHERE = re.compile(rf"(?:{_PREPOSITION} )?where(?:'s)?\b")
_ASKS_SMALL = re.compile(rf"(?:{_PREPOSITION} )?{_SMALL}(?:'s)?\b")
_AND_WHAT = re.compile(rf", (?:and |but )?{_BIG}\b")
_PLACE = re.compile(r"\b(?:based|located|live|lives|meet|sit|sits|office|stored|held|kept|send)\b")
_STANDING = re.compile(r"\b(?:stand|stands|now|today|stuck|planned|want to be|expect|head|heading|fit|fits)\b")
# A judgement stands where a place would: what went wrong, what might come, what one thinks of it.
_JUDGED = re.compile(r"\b(?:not|would|could|might|what|how|why)\b")
_STARTS_WITH_AUXILIARY = re.compile(rf"{_AUXILIARY}\b")
_DECLARED = re.compile(r"so (?:you|we|they|it|that|this|your)\b")


def judge(text: str) -> Asked:
    """What the last sentence of a text asks for; text that does not look English gets no verdict.

    Known to miss: a statement used as a question («I am curious how your planners handle that today.») is `none`.
    """
    whole = _last_sentence(text.rstrip().rstrip("\"'”’»)]").rstrip())
    double = sum(1 for _mark in _QUESTION_MARKS.finditer(text)) > 1
    if len(whole) > LONGEST:
        return Asked(Kind.NONE, double)
    if whole and not english.looks_english(whole):
        return Asked(Kind.NO_VERDICT)
    kind = _kind(_plain(whole))
    return Asked(kind, double, rewriting.rewrite(whole) if kind in _SHUT else "")


def _last_sentence(text: str) -> str:
    """What follows the last end of a sentence; a text that ends long ago is cut, since it is too long in any case."""
    tail = text[-(LONGEST + 200) :]
    start = max((end.end() for end in _ENDS.finditer(tail)), default=0)
    return tail[start:].strip().lstrip("\"'“‘«([-*• ")


def _plain(sentence: str) -> str:
    """Lower case, straight apostrophes, single spaces."""
    return " ".join(sentence.lower().replace("’", "'").replace("ʼ", "'").split())


def _kind(sentence: str) -> Kind:
    if _TAG.search(sentence) and not _STARTS_WITH_WH.match(sentence):
        return Kind.LEADING
    asked = _cut(sentence)
    if filler := _FILLERS.match(asked):
        asked = asked[filler.end() :]
    if _NEGATED.match(asked) or _AGREE.search(asked) or _WHY_NOT.match(asked):
        return Kind.LEADING
    for step in (_polite, _imperative, _big, _where, _small, _other):
        if kind := step(asked):
            return kind
    return Kind.NONE


def _cut(sentence: str) -> str:
    """What follows the last comma, dash or colon before a word that begins a question.

    An auxiliary does not begin one inside a question that has begun: «What, would you say, is the risk?»
    """
    begun = _STARTS_WITH_WH.match(sentence) is not None
    starts = [
        cut.end() for cut in _CUT.finditer(sentence) if not (begun and _STARTS_WITH_AUXILIARY.match(cut.group(1)))
    ]
    return sentence[starts[-1] :] if starts else sentence


def _polite(asked: str) -> Kind | None:
    if not _POLITE.match(asked):
        return None
    told, narrow = _HAS_BIG.search(asked) is not None, _HOW_NARROW.search(asked) is not None
    if _WHETHER.search(asked) and not told:
        return Kind.CLOSED
    if (narrow and len(_HAS_BIG.findall(asked)) == 1) or (not told and _HAS_SMALL.search(asked)):
        return Kind.FACT
    if told or (_HAS_TELLING.search(asked) and _WIDELY.search(asked)):
        return Kind.OPEN
    return _yes_or_no(asked)


def _imperative(asked: str) -> Kind | None:
    if not _IMPERATIVE.match(asked):
        return None
    return Kind.CLOSED if _WHETHER.search(asked) else Kind.OPEN


def _big(asked: str) -> Kind | None:
    if _HOW_COME.match(asked):
        return Kind.OPEN
    if not _ASKS_BIG.match(asked):
        return None
    narrow = _HOW_NARROW.search(asked.split(",", 1)[0][:40])
    return Kind.FACT if narrow or _ASKS_DATUM.match(asked) else Kind.OPEN


def _where(asked: str) -> Kind | None:
    if not _ASKS_WHERE.match(asked):
        return None
    rest = asked.split("where", 1)[1]
    place = _PLACE.search(rest) and not _AND_WHAT.search(rest)
    return Kind.FACT if place or not (_STANDING.search(rest) or _JUDGED.search(rest)) else Kind.OPEN


def _small(asked: str) -> Kind | None:
    if not _ASKS_SMALL.match(asked):
        return None
    return Kind.OPEN if _AND_WHAT.search(asked) else Kind.FACT


def _other(asked: str) -> Kind | None:
    if _STARTS_WITH_AUXILIARY.match(asked):
        return _yes_or_no(asked)
    if not asked.endswith("?"):
        return None
    inside = _HAS_BIG.search(asked) and not _HOW_NARROW.search(asked)
    return Kind.OPEN if inside and not _DECLARED.match(asked) else Kind.CLOSED


def _yes_or_no(asked: str) -> Kind:
    return Kind.CHOICE if " or " in asked else Kind.CLOSED
