"""What the pipeline room says of a deal, in the words that a seller reads: next steps, age, dates."""

import sys
from typing import Any

import pytest

from earnest.pipeline import rules
from tests.pipeline import test_rules_of_contact
from tests.rulebook.verdicts import CLEAR, FLAGGED, NAMES, UNKNOWN, at, day, shown, verdict

NO_STEP: dict[str, Any] = {"next_step": None, "next_step_on": None}
TODAY = day("2025-12-15")

# The good-through days of the demo story (D3): mid 182 / 212 / 255, ent 212 / 257 / 310; the slowest win took 341.
MID: dict[str, Any] = {"use_soon_days": 212, "good_through_days": 255, "longest_win_days": 341}
ENT: dict[str, Any] = {"use_soon_days": 257, "good_through_days": 310, "longest_win_days": 341}
T1 = {**MID, "opened_on": day("2025-09-08")}
T3 = {**MID, "opened_on": day("2025-02-10"), "buyer_by_when_on": None, "lead_time_days": None}
T4 = {**ENT, "opened_on": day("2025-06-22"), "buyer_by_when_on": day("2026-04-27"), "lead_time_days": 45.0}


def of_age(days: int, **more: Any) -> dict[str, Any]:
    """A deal of this age in the segment mid, whose buyer has named no day unless one is given."""
    return {**MID, "opened_on": TODAY - days, "buyer_by_when_on": None, "lead_time_days": None, **more}


# --- next steps ------------------------------------------------------------------------------------------------

NONE = "No next step with anybody at the buyer is written down."


@pytest.mark.duty("S4.76")
@pytest.mark.parametrize(
    NAMES,
    [
        (NO_STEP, FLAGGED, NONE),  # P11
        ({"next_step": "Agree the measure with Ines", "next_step_on": day("2025-12-18")}, CLEAR, ""),  # T1
        ({"next_step": "follow up", "next_step_on": None}, CLEAR, ""),  # T3 has one: a vague one
        ({"next_step": None, "next_step_on": day("2025-12-18")}, CLEAR, ""),
        ({"next_step": None}, FLAGGED, NONE),
        ({"next_step_on": None}, FLAGGED, NONE),
        # A fortnight's grace after a meeting, to the last second of its fourteenth day.
        ({**NO_STEP, "latest_meeting_at": at("2025-12-15", 9)}, CLEAR, ""),
        ({**NO_STEP, "latest_meeting_at": at("2025-12-01")}, CLEAR, ""),
        ({**NO_STEP, "latest_meeting_at": at("2025-11-30", 23, 59, 59)}, FLAGGED, NONE),
        ({**NO_STEP, "latest_meeting_at": None}, FLAGGED, NONE),
        (
            {"latest_meeting_at": at("2025-10-01")},
            UNKNOWN,
            "Not known: nothing here tells the next step and the next step's date.",
        ),
    ],
)
def test_no_next_step(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.NO_NEXT_STEP, columns) == (state, sentence)


FOLLOW_UP = "The next step is «follow up»: it names no act of the buyer and no result."


@pytest.mark.duty("S4.76")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"next_step": "follow up", "next_step_on": None}, FLAGGED, FOLLOW_UP),  # T3
        ({"next_step": "follow up", "next_step_on": day("2025-12-18")}, FLAGGED, FOLLOW_UP),
        ({"next_step": "follow up"}, FLAGGED, FOLLOW_UP),
        ({"next_step": "Call Ines to agree the measure by Friday", "next_step_on": None}, CLEAR, ""),
        ({"next_step": "follow up", "latest_meeting_at": at("2025-12-01")}, CLEAR, ""),
        ({"next_step": "follow up", "latest_meeting_at": at("2025-11-30", 23)}, FLAGGED, FOLLOW_UP),
        (NO_STEP, CLEAR, ""),  # no step at all is another rule's finding
        ({"next_step": None, "next_step_on": day("2025-12-18")}, UNKNOWN, "Not known yet: the next step is blank."),
        ({"next_step_on": day("2025-12-18")}, UNKNOWN, "Not known: nothing here tells the next step."),
        ({}, UNKNOWN, "Not known: nothing here tells the next step and the next step's date."),
    ],
)
def test_vague_next_step(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.VAGUE_NEXT_STEP, columns) == (state, sentence)


@pytest.mark.duty("S4.76")
@pytest.mark.parametrize(
    NAMES,
    [
        # T1's step one day later undone.
        (
            {"next_step": "Agree the measure", "next_step_on": day("2025-12-14")},
            FLAGGED,
            "The next step was due on 14 Dec 2025, and nothing says what came of it.",
        ),
        ({"next_step": "Agree the measure", "next_step_on": TODAY}, CLEAR, ""),
        ({"next_step": None, "next_step_on": day("2025-12-18")}, CLEAR, ""),
        (NO_STEP, CLEAR, ""),
        # A step without a day is not known to be in time.
        (
            {"next_step": "Agree the measure", "next_step_on": None},
            UNKNOWN,
            "Not known yet: the next step's date is blank.",
        ),
        ({"next_step": "Agree the measure"}, UNKNOWN, "Not known: nothing here tells the next step's date."),
    ],
)
def test_overdue_next_step(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.OVERDUE_NEXT_STEP, columns) == (state, sentence)


@pytest.mark.duty("S4.76")
@pytest.mark.parametrize(
    NAMES,
    [
        # D7: a quarter of the median cycle, 196 days in the demo story, and never under three weeks.
        ({"next_step_on": TODAY + 49, "next_step_horizon_days": 49.0}, CLEAR, ""),
        ({"next_step_on": TODAY + 50, "next_step_horizon_days": 49.0}, FLAGGED, "The next step is 50 days away."),
        ({"next_step_on": TODAY + 1, "next_step_horizon_days": 0.5}, FLAGGED, "The next step is 1 day away."),
        ({"next_step_on": TODAY - 400, "next_step_horizon_days": 49.0}, CLEAR, ""),
        ({**NO_STEP, "next_step_horizon_days": 49.0}, CLEAR, ""),
        (
            {"next_step": "Agree the measure", "next_step_on": None, "next_step_horizon_days": 49.0},
            UNKNOWN,
            "Not known yet: the next step's date is blank.",
        ),
        ({"next_step_on": TODAY + 90}, UNKNOWN, "Not known: nothing here tells how far out a next step may be."),
    ],
)
def test_far_next_step(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.FAR_NEXT_STEP, columns) == (state, sentence)


# --- age -------------------------------------------------------------------------------------------------------


def past(age: int) -> str:
    return f"It has been open for {age} days; nine in ten wins of its kind came within 255 days."


@pytest.mark.duty("S4.76")
@pytest.mark.parametrize(
    NAMES,
    [
        (T3, FLAGGED, past(308)),
        (T1, CLEAR, ""),
        (T4, CLEAR, ""),
        (of_age(255), CLEAR, ""),
        (of_age(256), FLAGGED, past(256)),
        (
            of_age(1, good_through_days=0),
            FLAGGED,
            "It has been open for 1 day; nine in ten wins of its kind came within 0 days.",
        ),
        # D3: a later day of the buyer's own rules, less the lead time, and a fortnight after it.
        (of_age(300, buyer_by_when_on=TODAY - 14), CLEAR, ""),
        (of_age(300, buyer_by_when_on=TODAY - 15), FLAGGED, past(300)),
        (of_age(300, buyer_by_when_on=TODAY + 31, lead_time_days=45.0), CLEAR, ""),
        (of_age(300, buyer_by_when_on=TODAY + 30, lead_time_days=45.0), FLAGGED, past(300)),
        # A day of theirs that is no later than ours extends nothing.
        (of_age(256, buyer_by_when_on=TODAY - 1), FLAGGED, past(256)),
        (of_age(256, buyer_by_when_on=TODAY), CLEAR, ""),
        ({**MID, "opened_on": None}, UNKNOWN, "Not known yet: the day the deal was opened is blank."),
        (
            {"opened_on": day("2025-02-10")},
            UNKNOWN,
            "Not known: nothing here tells the days by which nine wins in ten were won in its segment.",
        ),
    ],
)
def test_past_good_through(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.PAST_GOOD_THROUGH, columns) == (state, sentence)


def soon(age: int) -> str:
    return f"It has been open for {age} days; three in four wins of its kind came within 212 days."


@pytest.mark.duty("S4.76")
@pytest.mark.parametrize(
    NAMES,
    [
        ({**T3, "as_of": day("2025-09-10")}, CLEAR, ""),
        ({**T3, "as_of": day("2025-09-11")}, FLAGGED, soon(213)),
        ({**T3, "as_of": day("2025-10-23")}, FLAGGED, soon(255)),
        (T3, CLEAR, ""),  # past its good-through date, which is the graver finding
        (T1, CLEAR, ""),
        (of_age(213, buyer_by_when_on=TODAY + 43), CLEAR, ""),
        (of_age(213, buyer_by_when_on=TODAY + 42), FLAGGED, soon(213)),
        ({**MID, "opened_on": None}, UNKNOWN, "Not known yet: the day the deal was opened is blank."),
        (MID, UNKNOWN, "Not known: nothing here tells the day the deal was opened."),
    ],
)
def test_use_soon(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.USE_SOON, columns) == (state, sentence)


@pytest.mark.duty("S4.13")
@pytest.mark.parametrize(
    NAMES,
    [
        (T3, CLEAR, ""),
        (of_age(341), CLEAR, ""),
        (of_age(342), FLAGGED, "It has been open for 342 days; the slowest win so far took 341 days."),
        (of_age(342, buyer_by_when_on=TODAY), CLEAR, ""),
        (
            of_age(2, longest_win_days=1),
            FLAGGED,
            "It has been open for 2 days; the slowest win so far took 1 day.",
        ),
        (of_age(342, opened_on=None), UNKNOWN, "Not known yet: the day the deal was opened is blank."),
        ({"opened_on": TODAY - 342}, UNKNOWN, "Not known: nothing here tells the longest any win ever took."),
    ],
)
def test_past_every_win(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.PAST_EVERY_WIN, columns) == (state, sentence)


# --- the close date --------------------------------------------------------------------------------------------


@pytest.mark.duty("S1.9")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"seller_close_on": day("2026-01-16")}, CLEAR, ""),  # T1
        ({"seller_close_on": TODAY}, CLEAR, ""),
        (
            {"seller_close_on": day("2025-12-14")},
            FLAGGED,
            "Its close date, 14 Dec 2025, has passed and it is still open.",
        ),
        ({"seller_close_on": None}, UNKNOWN, "Not known yet: the seller's expected close date is blank."),
        ({}, UNKNOWN, "Not known: nothing here tells the seller's expected close date."),
    ],
)
def test_close_date_passed(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.CLOSE_DATE_PASSED, columns) == (state, sentence)


@pytest.mark.duty("S1.9")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"pushes_count": 5}, FLAGGED, "Its close date has been pushed 5 times."),  # T3
        ({"pushes_count": 3}, FLAGGED, "Its close date has been pushed 3 times."),
        ({"pushes_count": 2}, CLEAR, ""),
        ({"pushes_count": 2, "push_limit": 2}, FLAGGED, "Its close date has been pushed twice."),
        # What we have seen ourselves comes before what the CRM states.
        ({"pushes_count": 2, "pushes_stated": 9}, CLEAR, ""),
        ({"pushes_stated": 3}, FLAGGED, "Its close date has been pushed 3 times."),
        (
            {"pushes_stated": None},
            UNKNOWN,
            PUSHES := "Not known: nothing here tells how often the close date was pushed.",
        ),
        (
            {},
            UNKNOWN,
            f"{PUSHES.removesuffix('.')} and the number of pushes the CRM states.",
        ),
    ],
)
def test_often_pushed(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.OFTEN_PUSHED, columns) == (state, sentence)


@pytest.mark.duty("S1.9")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"pushed_days": 56.0}, CLEAR, ""),
        ({"pushed_days": 57.0}, FLAGGED, "Its close date has moved 57 days later in all."),
        # T4 was pulled in from 27 February to 30 December: that is the forced date's finding.
        ({"pushed_days": -59.0}, CLEAR, ""),
        ({"pushed_days": None}, UNKNOWN, "Not known yet: how far the close date has moved is blank."),
        ({}, UNKNOWN, "Not known: nothing here tells how far the close date has moved."),
    ],
)
def test_pushed_far(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.PUSHED_FAR, columns) == (state, sentence)


# --- the amount ------------------------------------------------------------------------------------------------

GUESS = "No amount is written down, so what it adds to any total is a guess."


@pytest.mark.duty("S1.7")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"amount": 7_100_000}, CLEAR, ""),
        ({"amount": 1}, CLEAR, ""),
        ({"amount": 0}, FLAGGED, GUESS),
        ({"amount": -1}, FLAGGED, GUESS),
        ({"amount": None}, FLAGGED, GUESS),
        ({}, UNKNOWN, "Not known: nothing here tells the amount."),
    ],
)
def test_amount_missing(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.AMOUNT_MISSING, columns) == (state, sentence)


@pytest.mark.duty("S4.61")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"amount": 24_000_000, "large_amount": 24_000_000.0, "currency": "EUR"}, CLEAR, ""),
        (
            {"amount": 31_000_000, "large_amount": 24_000_000.0, "currency": "EUR"},
            FLAGGED,
            "At EUR 310 k it is larger than nineteen in twenty of the deals we have won.",
        ),
        (
            {"amount": 24_000_001, "large_amount": 24_000_000.0},
            FLAGGED,
            "At 240 k it is larger than nineteen in twenty of the deals we have won.",
        ),
        ({"amount": None, "large_amount": 24_000_000.0}, UNKNOWN, "Not known yet: the amount is blank."),
        (
            {"amount": 24_000_001},
            UNKNOWN,
            "Not known: nothing here tells the amount that nineteen in twenty wins stay under.",
        ),
    ],
)
def test_unusually_large(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.UNUSUALLY_LARGE, columns) == (state, sentence)


def test_every_rule_of_the_room_is_shown() -> None:
    here = sys.modules[__name__]
    shown([rule for rule in rules.RULES if hasattr(here, f"test_{rule.name}")], here)
    shown([rule for rule in rules.RULES if not hasattr(here, f"test_{rule.name}")], test_rules_of_contact)
