"""What a deal is told by in one word or one figure: its next step, its date, its need, its step, its last day.

Each is one tree, as rules are, so that a list, a page and a book of a million say the same.
"""

import math
from collections.abc import Mapping

from earnest.need import rules as need_rules
from earnest.need import strength
from earnest.pipeline import earned, fodder, pressure
from earnest.pipeline import rules as pipeline_rules
from earnest.pipeline.tables import DEAL
from earnest.rulebook.tree import Expr, choose

# D7, in this order: the first that holds is the verdict.
STEP_VERDICTS = ("none", "overdue", "vague", "onesided", "far", "valid")
STEP_WORDS = {
    "none": "no next step",
    "overdue": "its day has passed",
    "vague": "names no act and no result",
    "onesided": "only we act, or nobody there agreed",
    "far": "too far away",
    "valid": "agreed, by both sides, with a day",
    "": "not known whether the buyer agreed",
}
# D4.
DATE_VERDICTS = ("none", "ahead", "forced", "late", "ok")
DATE_WORDS = {
    "none": "the buyer has given no date",
    "ahead": "we want it sooner than they need it",
    "forced": "our date, and our pressure",
    "late": "too late for their date",
    "ok": "in time for their date",
    "": "not known: how long they need before their date is not written down",
}

_VALID = (
    (~DEAL.next_step_on.missing()).surely()
    & ((DEAL.next_step_side == "both") | (DEAL.next_step_side == "them")).surely()
    & (~DEAL.next_step_agreed_on.missing()).surely()
)
_KNOWN_VALID = choose(_VALID, 5.0, 0.0) / choose(_VALID, 1.0, 0.0)  # blank where nobody has told

STEP = choose(
    pipeline_rules.HAS_STEP,
    choose(
        pipeline_rules.OVERDUE_NEXT_STEP.flags.surely(),
        1.0,
        choose(
            DEAL.next_step.matches(pipeline_rules.VAGUE).surely(),
            2.0,
            choose(
                pipeline_rules.ONE_SIDED_STEP.flags.surely(),
                3.0,
                choose(pipeline_rules.FAR_NEXT_STEP.flags.surely(), 4.0, _KNOWN_VALID),
            ),
        ),
    ),
    0.0,
)
DATE = choose(
    need_rules.NO_BUYER_DATE.flags,
    0.0,
    choose(
        pressure.FORCED,
        2.0,
        choose(need_rules.FORCED_TIMELINE.flags, 1.0, choose(need_rules.LATE_FOR_BUYER.flags, 3.0, 4.0)),
    ),
)

FIGURES: Mapping[str, Expr] = {
    "good_through_day": pipeline_rules.GOOD_THROUGH_ON,
    "decide_by_day": need_rules.DECIDE_BY,
    "need_score": strength.SCORE,
    "need_band": strength.BAND,
    "claimed_step": DEAL.stage_step,
    "earned_step": earned.EARNED,
    "fodder_chance": fodder.CHANCE,
    "step_grade": STEP,
    "date_grade": DATE,
}


def worded(grade: float | None, words: tuple[str, ...]) -> str:
    """The word of a grade; empty where it is not known."""
    return "" if grade is None or math.isnan(grade) else words[int(grade)]
