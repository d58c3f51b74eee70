"""What the promises room says of a deal, in the words that a seller reads."""

import sys
from typing import Any

import pytest

from earnest.promises import rules
from tests.rulebook.verdicts import CLEAR, FLAGGED, NAMES, UNKNOWN, shown, verdict


def kept(kept_count: int, due_count: int) -> dict[str, Any]:
    return {"promises_kept_count": kept_count, "promises_due_count": due_count}


@pytest.mark.duty("S4.41")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"promises_overdue_count": 0}, CLEAR, ""),
        ({"promises_overdue_count": 1}, FLAGGED, "We owe this buyer 1 promise whose day has passed."),
        ({"promises_overdue_count": 3}, FLAGGED, "We owe this buyer 3 promises whose day has passed."),
        ({}, UNKNOWN, "Not known: nothing here tells our promises still open after their day."),
    ],
)
def test_promise_overdue(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.PROMISE_OVERDUE, columns) == (state, sentence)


@pytest.mark.duty("S4.35")
@pytest.mark.parametrize(
    NAMES,
    [
        (kept(9, 9), CLEAR, ""),  # T8, Isenholt: 9 promises in the deal, 9 kept
        (kept(5, 9), FLAGGED, "Of 9 promises to this buyer that fell due, we kept 5 by the day."),  # Chidi's
        (kept(4, 5), CLEAR, ""),
        (kept(7, 9), FLAGGED, "Of 9 promises to this buyer that fell due, we kept 7 by the day."),
        (kept(0, 1), FLAGGED, "Of 1 promise to this buyer that fell due, we kept 0 by the day."),
        # Nothing has fallen due: no rate, and no credit either.
        (kept(0, 0), UNKNOWN, "Not known yet: there is nothing to count so far."),
        (
            {},
            UNKNOWN,
            "Not known: nothing here tells our promises that were due and our promises kept by their day.",
        ),
    ],
)
def test_promises_broken(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.PROMISES_BROKEN, columns) == (state, sentence)


def test_every_rule_of_the_room_is_shown() -> None:
    shown(rules.RULES, sys.modules[__name__])
