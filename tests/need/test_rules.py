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


NOTHING_TOLD = "Not known: nothing here tells what is written down of the buyer's need."
FRESH = day("2025-11-27")


def levels(text: str) -> dict[str, Any]:
    """What nine levels come to, N1 first; a dot is an element that nobody spoke of."""
    row: dict[str, Any] = {"evidence_count": len(text.replace(".", "").split())}
    for number, level in enumerate(text.split(), start=1):
        told = 0 if level == "." else int(level)
        row[f"n{number}_told_count"] = int(told >= 1)
        row[f"n{number}_said_on"] = FRESH if told >= 2 else None
        row[f"n{number}_shown_on"] = FRESH if told >= 3 else None
    return row


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
        (levels("3 3 3 2 3 3 2 3 3"), CLEAR, ""),  # T1
        (levels("1 0 1 0 0 0 0 0 0"), FLAGGED, "The buyer has answered 0 of the seven gap questions."),  # T2
        (levels("2 2 1 2 1 0 0 1 0"), FLAGGED, "The buyer has answered 3 of the seven gap questions."),  # T3
        (levels("2 2 2 2 1 0 0 0 0"), CLEAR, ""),
        (levels("2 2 2 2 . . . . ."), CLEAR, ""),
        (levels("3 . . . . . . . ."), FLAGGED, "The buyer has answered 1 of the seven gap questions."),
        # Nobody has written down any answer: absence is the finding.
        (levels(". . . . . . . . ."), FLAGGED, "The buyer has answered 0 of the seven gap questions."),
        ({}, UNKNOWN, NOTHING_TOLD),
    ],
)
def test_gap_unknown(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.GAP_UNKNOWN, columns) == (state, sentence)


@pytest.mark.duty("S1.3")
@pytest.mark.parametrize(
    NAMES,
    [
        (
            {**levels("1 0 1 0 0 0 0 0 0"), "stage_step": 5},
            FLAGGED,
            "What the buyer said of their need adds up to 3.3 of 100; no need is shown yet.",
        ),
        ({**levels("1 0 1 0 0 0 0 0 0"), "stage_step": 1}, CLEAR, ""),
        ({**levels("2 2 1 2 1 0 0 1 0"), "stage_step": 2}, CLEAR, ""),
        # Nothing written down is unknown, and never a need that is not there.
        ({**levels(". . . . . . . . ."), "stage_step": 5}, UNKNOWN, "Not known yet: there is nothing to count so far."),
    ],
)
def test_no_need(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.NO_NEED, columns) == (state, sentence)


@pytest.mark.duty("S1.3")
@pytest.mark.parametrize(
    NAMES,
    [
        (
            {**levels("2 2 1 2 2 1 0 1 0"), "stage_step": 4, "price_only_count": 0},
            FLAGGED,
            "The need is only emerging, and the deal stands in a late stage.",
        ),
        ({**levels("2 2 1 2 2 1 0 1 0"), "stage_step": 3, "price_only_count": 0}, CLEAR, ""),
        ({**levels("2 2 2 2 2 2 0 2 0"), "stage_step": 4, "price_only_count": 0}, CLEAR, ""),
        (
            {**levels("3 3 3 3 3 3 3 3 3"), "stage_step": 4, "price_only_count": 1},
            FLAGGED,
            "The need is only emerging, and the deal stands in a late stage.",
        ),
        (
            {**levels(". . . . . . . . ."), "stage_step": 4, "price_only_count": 0},
            UNKNOWN,
            "Not known yet: there is nothing to count so far.",
        ),
    ],
)
def test_need_emerging_late(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.NEED_LATE, columns) == (state, sentence)


@pytest.mark.duty("S4.17")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"price_only_count": 1}, FLAGGED, "The only reason the buyer gives is the price."),
        ({"price_only_count": 0}, CLEAR, ""),
        ({}, UNKNOWN, "Not known: nothing here tells that price is their only reason."),
    ],
)
def test_price_only(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.PRICE_ONLY, columns) == (state, sentence)


@pytest.mark.duty("S0.3")
@pytest.mark.parametrize(
    NAMES,
    [
        (
            {"must_have_failed_count": 1},
            FLAGGED,
            "We cannot do 1 must-have of theirs, so they would not reach what they are after.",
        ),
        ({"must_have_failed_count": 0}, CLEAR, ""),
        ({}, UNKNOWN, "Not known: nothing here tells must-haves that we fail."),
    ],
)
def test_fit_failed(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.FIT_FAILED, columns) == (state, sentence)


@pytest.mark.duty("S4.30")
@pytest.mark.parametrize(
    NAMES,
    [
        (
            {"stake_count": 3, "unheard_count": 2},
            FLAGGED,
            "Of the 3 who take part, 2 have not told us how they see it.",
        ),
        ({"stake_count": 3, "unheard_count": 0}, CLEAR, ""),
        (
            {},
            UNKNOWN,
            "Not known: nothing here tells people who take part and whose own view nobody has recorded.",
        ),
    ],
)
def test_people_unheard(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.UNHEARD, columns) == (state, sentence)


HALF = {"opened_on": day("2025-09-06"), "median_cycle_days": 200.0, "evidence_count": 3}  # half is 15 December


@pytest.mark.duty("S4.29")
@pytest.mark.parametrize(
    NAMES,
    [
        (
            {**HALF, "evidence_on": day("2025-12-14")},
            FLAGGED,
            "Half of the usual cycle has passed, and what the buyer said is all from before.",
        ),
        ({**HALF, "evidence_on": day("2025-12-15")}, CLEAR, ""),
        ({**HALF, "opened_on": day("2025-09-07"), "evidence_on": day("2025-12-14")}, CLEAR, ""),
        (
            {**HALF, "median_cycle_days": None, "evidence_on": None},
            UNKNOWN,
            "Not known yet: the median days to a win in its segment is blank.",
        ),
    ],
)
def test_recheck_due(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.RECHECK_DUE, columns) == (state, sentence)


@pytest.mark.at("AT-14")
def test_a_date_that_they_asked_for_is_not_forced() -> None:
    """They asked for December in their own words; a word about another day clears nothing."""
    assert verdict(rules.FORCED_TIMELINE, {**T4, "asked_close_on": day("2025-12-31")}) == (CLEAR, "")
    assert verdict(rules.FORCED_TIMELINE, {**T4, "asked_close_on": day("2026-03-31")})[0] == FLAGGED


@pytest.mark.duty("S0.2")
def test_a_date_that_nobody_at_the_buyer_said_is_ours() -> None:
    dated = {"buyer_by_when_on": day("2026-03-02")}
    assert verdict(rules.NO_BUYER_DATE, {**dated, "n8_said_on": None, "n8_shown_on": None})[0] == FLAGGED
    assert verdict(rules.NO_BUYER_DATE, {**dated, "n8_said_on": FRESH, "n8_shown_on": None})[0] == CLEAR


def test_every_rule_of_the_room_is_shown() -> None:
    shown(rules.RULES, sys.modules[__name__])
