"""Somebody new in the meeting: what to ask them first, what not to, and what to write down within a day (L3.3)."""

from collections.abc import Sequence

from earnest.need import placeholders
from earnest.need.placeholders import Filled

ASK = (
    "Thank you for making the time. Before we start, what have you heard so far about why we are here?",
    "What would make this hour worth it for you?",
    "How does this look from where you sit?",
    "What part of it touches your own work most?",
    "What concerns would you want settled before anyone decides anything?",
    "How have projects like this gone here before?",
    "What on the table would you question, and why?",
    "What should we have asked by now that we have not?",
)
AVOID = (
    "Has {colleague} brought you up to date?",
    "Have you seen the material we sent?",
    "Are you the decision maker?",
    "Is there anything you want to add?",
)
PROMPT = (
    "{person} is new. Expected: {names}. Ask first: what have you heard so far from {colleague} about where we are?"
)
# What to ask in place of «Has {colleague} brought you up to date?».
INSTEAD = "What have you heard so far from {colleague} about where we are?"

RECORD_WITHIN_HOURS = 24
RECORD = (
    "what they had been told",
    "what was wrong in it",
    "their own objective",
    "their version of the need and its date",
    "who else they named",
)


def prompt(*, person: str, expected: Sequence[str], colleague: str) -> Filled:
    """What the screen says when somebody new comes, with the names that are known filled in."""
    known = {"person": person, "names": ", ".join(expected), "colleague": colleague}
    return placeholders.fill(PROMPT, known)


def avoid(colleague: str) -> tuple[Filled, ...]:
    """The closed questions not to ask, with the colleague's name filled in where it is known."""
    return tuple(placeholders.fill(sentence, {"colleague": colleague}) for sentence in AVOID)


def instead(colleague: str) -> Filled:
    """The open form of «Has … brought you up to date?»."""
    return placeholders.fill(INSTEAD, {"colleague": colleague})
