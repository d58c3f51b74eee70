"""What each step of a sale asks the buyer to have given, as far as it can be told today (D6).

A stage is earned by evidence and not by being moved there; what is missing is named and never a wall.
"""

from collections.abc import Mapping

# In the order of the steps: what must be there on leaving each, with its words. A later step asks for all before it.
_STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("conversation", ("heard",)),
    ("gap_understood", ("problem_owner",)),
    ("need_quantified", ("by_when",)),
    ("fit_confirmed", ()),
    ("proposal_agreed", ("decider", "amount", "lead_time")),
    ("contracting", ()),
)
WORDS = {
    "heard": "a meeting, a call or a message from the buyer",
    "problem_owner": "somebody at the buyer who owns the problem",
    "by_when": "the buyer's own date",
    "decider": "who decides at the buyer",
    "amount": "an amount",
    "lead_time": "how long they need between deciding and using it",
}
# What is judged from the buyer's own words (`earned`), and shown on the deal's page; a move does not wait for it.
JUDGED_THERE = {
    "gap_understood": "the buyer's answers on where they are and why there is a gap",
    "need_quantified": "what leaving it costs the buyer, and what solving it brings",
    "fit_confirmed": "the buyer's must-haves against what we can do",
}


def asked_by(meaning: str) -> tuple[str, ...]:
    """What a stage of this meaning asks for, its own and that of every step before it; nothing for an end."""
    steps = [name for name, _asks in _STEPS]
    if meaning not in steps:
        return ()
    return tuple(each for _name, asks in _STEPS[: steps.index(meaning) + 1] for each in asks)


def missing(meaning: str, there: Mapping[str, bool]) -> tuple[str, ...]:
    """What a stage of this meaning asks for and a deal does not have, in words."""
    return tuple(WORDS[name] for name in asked_by(meaning) if not there[name])


def unknown(meaning: str) -> tuple[str, ...]:
    """What a stage of this meaning asks for besides, and the deal's page judges, in words."""
    steps = [name for name, _asks in _STEPS]
    before = steps[: steps.index(meaning) + 1] if meaning in steps else []
    return tuple(said for name, said in JUDGED_THERE.items() if name in before)


def is_forward(before: int | None, after: int | None) -> bool:
    """Whether a move goes on in its pipeline; going back to where a deal really is asks for nothing."""
    return before is None or after is None or after > before
