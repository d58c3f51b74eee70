"""The words with which stages, statuses and lost reasons say how a deal ended.

They are only ever proposals: what a stage means is asked once, and a reason becomes «no decision» only when a person
says so.
"""

import re
from collections.abc import Mapping as AnyMapping

from earnest.intake.headers import folded

_NUMBER_BEFORE = re.compile(r"^[\s(\[]*\d+[\s).:\]–-]*")
_REMARK_AFTER = re.compile(r"\s*\([^()]*\)$")

# Words that stages of many systems use for an end, in English, German, Spanish and French; compared folded and whole.
STAGE_WORDS: AnyMapping[str, tuple[str, ...]] = {
    "won": (
        "won",
        "closed won",
        "closedwon",
        "deal won",
        "win",
        "signed",
        "gewonnen",
        "abgeschlossen gewonnen",
        "ganado",
        "ganada",
        "cierre ganado",
        "gagné",
        "gagnée",
        "fermé gagné",
    ),
    "lost": (
        "lost",
        "closed lost",
        "closedlost",
        "deal lost",
        "dead",
        "verloren",
        "abgeschlossen verloren",
        "perdido",
        "perdida",
        "cierre perdido",
        "perdu",
        "perdue",
        "fermé perdu",
    ),
    "no_decision": ("no decision", "closed no decision", "lost no decision", "keine entscheidung", "sin decisión"),
    "declined": (
        "declined",
        "disqualified",
        "unqualified",
        "not qualified",
        "closed disqualified",
        "no bid",
        "rejected by us",
        "disqualifiziert",
        "descalificado",
        "disqualifié",
    ),
}
_BY_WORD = {folded(word): outcome for outcome, group in STAGE_WORDS.items() for word in group}

_BY_STATUS: AnyMapping[str, str] = {
    **_BY_WORD,
    **dict.fromkeys(
        ("open", "offen", "abierto", "abierta", "ouvert", "active", "inprogress", "pending", "new"), "open"
    ),
}

# What a lost reason says when nobody bought from anybody: nothing changed at the buyer's, or they stopped answering.
NO_DECISION = re.compile(
    r"no[ _-]?decision|went (dark|cold|quiet|silent)|gone (dark|cold|quiet)|unresponsive|no (response|reply|answer)"
    r"|stopped (answering|responding)|ghost|timing|not now|too early|postpone|delay|deferred|on hold|paused|budget"
    r"|no longer (a )?(need|priority|interest)|not a priority|no priority|priorit(y|ies) (changed|shift)"
    r"|project (cancel|stop|froze)"
    r"|cancel+ed|status quo|do(ing)? nothing|no (need|project|urgency)|lost (contact|momentum)|stalled"
    r"|keine (entscheidung|antwort|rückmeldung)|verschoben|sin (decisión|respuesta)|pas de (décision|réponse)|reporté",
    re.IGNORECASE,
)
DECLINED = re.compile(
    r"disqualif|unqualified|not qualified|we (declined|withdrew|walked)|no[ _-]?bid|(bad|poor|not a) fit|out of scope"
    r"|duplicate|spam",
    re.IGNORECASE,
)


def of_stage(stage: str) -> str | None:
    """How a deal in this stage has ended, going by its name alone; None when the name says nothing of an end."""
    return _BY_WORD.get(folded(_REMARK_AFTER.sub("", _NUMBER_BEFORE.sub("", stage))))


def of_status(status: str) -> str | None:
    """How a deal of this status stands; None when the word says nothing of it."""
    return _BY_STATUS.get(folded(status))
