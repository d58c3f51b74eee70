"""What the need room says of a deal, in the words that a seller reads."""

import sys
from typing import Any

import pytest

from earnest.need import rules
from tests.rulebook.verdicts import CLEAR, FLAGGED, NAMES, UNKNOWN, day, shown, verdict

# Demo T1, Brackenfold Foods: the retailer's new contract starts in March, 45 days of lead time, signing in January.
T1: dict[str, Any] = {
    "buyer_by_when_on": day("2026-03-02"), "lead_time_days": 45.0, "seller_close_on": day("2026-01-16"),
    "median_cycle_days": 181.0,
}  # fmt: skip
# Demo T4, Everleigh Biologics: an audit in April, pulled into the last days of our year.
T4: dict[str, Any] = {
    "buyer_by_when_on": day("2026-04-27"), "lead_time_days": 45.0, "seller_close_on": day("2025-12-30"),
    "median_cycle_days": 211.6,
}  # fmt: skip
NO_BENCHMARK = {name: value for name, value in T4.items() if name != "median_cycle_days"}


NOTHING_TOLD = (
    "Not known: nothing here tells where the buyer stands now, how they measure it, where they planned to be, why "
    "there is a gap, what closing it brings them, what leaving it costs them and what they gain over the years."
)


def levels(text: str) -> dict[str, int | None]:
    """The evidence levels of N1 to N7; a dot is a blank."""
    return {f"n{n}_level": None if level == "." else int(level) for n, level in enumerate(text.split(), start=1)}


@pytest.mark.duty("S0.2")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"buyer_by_when_on": day("2026-03-02")}, CLEAR, ""),
        (
            {"buyer_by_when_on": None},
            FLAGGED,
            "Nothing is written down about when the buyer needs this, so the close date is ours alone.",
        ),
        ({}, UNKNOWN, "Not known: nothing here tells the buyer's own by-when date."),
    ],
)
def test_no_buyer_date(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.NO_BUYER_DATE, columns) == (state, sentence)


@pytest.mark.duty("S0.2")
@pytest.mark.parametrize(
    NAMES,
    [
        (T4, FLAGGED, "Your close date 30 Dec 2025 is 73 days before the buyer needs to decide."),
        ({**T4, "seller_close_on": day("2026-03-13")}, CLEAR, ""),
        ({**T4, "seller_close_on": day("2026-05-01")}, CLEAR, ""),
        # The buyer needs the result in March and may rightly sign in January.
        (T1, CLEAR, ""),
        # The tolerance: 15 % of the median cycle of the segment, 31.74 days …
        ({**T4, "seller_close_on": day("2026-02-10")}, CLEAR, ""),
        (
            {**T4, "seller_close_on": day("2026-02-09")},
            FLAGGED,
            "Your close date 9 Feb 2026 is 32 days before the buyer needs to decide.",
        ),
        # … and never under a fortnight, which is all there is where too few deals were won.
        ({**NO_BENCHMARK, "seller_close_on": day("2026-02-27")}, CLEAR, ""),
        (
            {**NO_BENCHMARK, "seller_close_on": day("2026-02-26")},
            FLAGGED,
            "Your close date 26 Feb 2026 is 15 days before the buyer needs to decide.",
        ),
        (
            {**T4, "seller_close_on": day("2026-02-26"), "median_cycle_days": 90.0},
            FLAGGED,
            "Your close date 26 Feb 2026 is 15 days before the buyer needs to decide.",
        ),
        (
            {**T4, "median_cycle_days": None},
            FLAGGED,
            "Your close date 30 Dec 2025 is 73 days before the buyer needs to decide.",
        ),
        ({**T4, "lead_time_days": None}, UNKNOWN, "Not known yet: the agreed lead time is blank."),
        (
            {**T4, "buyer_by_when_on": None, "lead_time_days": None},
            UNKNOWN,
            "Not known yet: the buyer's own by-when date and the agreed lead time are blank.",
        ),
        (
            {"seller_close_on": day("2025-12-30"), "lead_time_days": 45.0},
            UNKNOWN,
            "Not known: nothing here tells the buyer's own by-when date.",
        ),
    ],
)
def test_forced_timeline(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.FORCED_TIMELINE, columns) == (state, sentence)


@pytest.mark.duty("S0.2")
@pytest.mark.parametrize(
    NAMES,
    [
        (T1, CLEAR, ""),
        (T4, CLEAR, ""),
        ({**T1, "seller_close_on": day("2026-02-12")}, CLEAR, ""),
        (
            {**T1, "seller_close_on": day("2026-02-13")},
            FLAGGED,
            "Your close date 13 Feb 2026 is 28 days too late for the buyer's own date.",
        ),
        ({**T1, "seller_close_on": day("2026-01-30"), "median_cycle_days": None}, CLEAR, ""),
        (
            {**T1, "seller_close_on": day("2026-01-31"), "median_cycle_days": None},
            FLAGGED,
            "Your close date 31 Jan 2026 is 15 days too late for the buyer's own date.",
        ),
        ({**T1, "seller_close_on": None}, UNKNOWN, "Not known yet: the seller's expected close date is blank."),
        (
            {"buyer_by_when_on": day("2026-03-02"), "lead_time_days": 45.0},
            UNKNOWN,
            "Not known: nothing here tells the seller's expected close date.",
        ),
    ],
)
def test_late_for_buyer(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.LATE_FOR_BUYER, columns) == (state, sentence)


@pytest.mark.duty("S1.3")
@pytest.mark.parametrize(
    NAMES,
    [
        (levels("3 3 3 2 3 3 2"), CLEAR, ""),  # T1
        (levels("1 0 1 0 0 0 0"), FLAGGED, "The buyer has answered 0 of the seven gap questions."),  # T2
        (levels("2 2 1 2 1 0 0"), FLAGGED, "The buyer has answered 3 of the seven gap questions."),  # T3
        (levels("3 2 2 2 2 2 1"), CLEAR, ""),  # T4
        (levels("2 2 2 2 1 0 0"), CLEAR, ""),
        (levels("2 2 2 2 . . ."), CLEAR, ""),
        (levels("3 . . . . . ."), FLAGGED, "The buyer has answered 1 of the seven gap questions."),
        # Nobody has written down any answer: absence is the finding.
        (levels(". . . . . . ."), FLAGGED, "The buyer has answered 0 of the seven gap questions."),
        (
            {},
            UNKNOWN,
            NOTHING_TOLD,
        ),
    ],
)
def test_gap_unknown(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.GAP_UNKNOWN, columns) == (state, sentence)


def test_every_rule_of_the_room_is_shown() -> None:
    shown(rules.RULES, sys.modules[__name__])
