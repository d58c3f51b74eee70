"""Whether a buyer can say it themselves: why they would change, and how we would help (L3.2)."""

from dataclasses import dataclass

# Elements of the evidence that these answers support (need.tables.OTHER_ELEMENTS).
NEED_SAID = "need_said"
HELP_SAID = "help_said"


@dataclass(frozen=True)
class Check:
    """A question, and which of the two statements its answer can be."""

    ask: str
    element: str


CHECKS = (
    Check("In your own words, why change, and why now?", NEED_SAID),
    Check("How would you explain to your finance director what this would do for you?", HELP_SAID),
    Check(
        "What part of what you have seen matters to the problem you described, and what part does not?",
        HELP_SAID,
    ),
    Check("How do you see this getting you from the present figure to the one you want?", HELP_SAID),
)

# What a statement must name, unprompted by our wording.
PARTS = {
    NEED_SAID: ("a measure", "a consequence", "a date"),
    HELP_SAID: ("one of our capabilities", "the measure that it moves"),
}
NEEDED_PARTS = 2  # of three in the buyer's own words, at level 2

ACCEPT = {
    NEED_SAID: "They name a measure, a consequence and a date, unprompted by our wording; two of three are enough.",
    HELP_SAID: "They connect one of our capabilities to that measure, in words of their own.",
}
NOT_ACCEPTED = "A copied sentence of ours is no statement of theirs."
