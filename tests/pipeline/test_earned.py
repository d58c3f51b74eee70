"""The step that a deal has earned (D6) against the one where the seller put it."""

import sys
from typing import Any

import pytest

from earnest.pipeline import earned
from earnest.rulebook import on_rows
from tests.need.test_rules import levels
from tests.rulebook.verdicts import AS_OF, CLEAR, FLAGGED, NAMES, UNKNOWN, day, shown, verdict

EARNED = on_rows.compiled(earned.EARNED)
FITTING = {
    "must_have_count": 2, "must_have_open_count": 0, "must_have_failed_count": 0, "need_said_count": 1,
    "help_said_count": 1, "stake_count": 3, "unheard_count": 0,
}  # fmt: skip
STEPS = {"decision_steps_count": 1, "price_range_count": 1, "lead_time_days": 45.0}
HEARD = {"latest_inbound_at": day("2025-12-01") * 86_400}
REAL = {**HEARD, **levels("3 3 3 2 3 3 2 3 3")}
TODAY = {"as_of": day(AS_OF.isoformat()), "evidence_fresh_days": 90}


@pytest.mark.duty("S4.29")
@pytest.mark.parametrize(
    ("columns", "step"),
    [
        ({**levels("1 0 1 0 0 0 0 0 0"), "latest_inbound_at": None}, 0),
        ({**HEARD, **levels("1 0 1 0 0 0 0 0 0")}, 1),
        ({**HEARD, **levels("2 2 1 2 1 0 0 1 0")}, 2),
        ({**HEARD, **levels("2 2 2 2 2 2 0 2 0")}, 3),
        (REAL, 3),
        ({**REAL, **FITTING}, 4),
        ({**REAL, **FITTING, "must_have_failed_count": 1}, 3),
        ({**REAL, **FITTING, "unheard_count": 1}, 3),
        ({**REAL, **FITTING, "help_said_count": 0}, 3),
        ({**REAL, **FITTING, **STEPS}, 5),
        ({**REAL, **FITTING, **STEPS, "verbal_yes_count": 1, "paper_started_count": 1}, 6),
        # A later step without an earlier one earns nothing.
        ({**HEARD, **levels("1 0 1 0 0 0 0 0 0"), **FITTING, **STEPS}, 1),
    ],
)
def test_a_step_is_earned_with_every_step_before_it(columns: dict[str, Any], step: int) -> None:
    assert EARNED({**TODAY, **columns}) == step


def test_without_evidence_in_the_book_no_step_is_known() -> None:
    assert EARNED({**TODAY, **HEARD}) is None


@pytest.mark.duty("S4.29")
@pytest.mark.parametrize(
    NAMES,
    [
        (
            {**HEARD, **levels("1 0 1 0 0 0 0 0 0"), "stage_step": 5},
            FLAGGED,
            "It stands 4 steps beyond what the buyer has given.",
        ),
        ({**HEARD, **levels("2 2 1 2 1 0 0 1 0"), "stage_step": 3}, CLEAR, ""),
        ({"stage_step": 5}, UNKNOWN, "Not known: nothing here tells what is written down of the buyer's need."),
    ],
)
def test_stage_inflated(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(earned.STAGE_INFLATED, columns) == (state, sentence)


def test_every_rule_of_the_subject_is_shown() -> None:
    shown(earned.RULES, sys.modules[__name__])
