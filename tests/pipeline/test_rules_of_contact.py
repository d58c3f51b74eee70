"""What the pipeline room says of a deal, in the words that a seller reads: contact, people, talk, stages."""

from typing import Any

import pytest

from earnest.pipeline import rules
from tests.rulebook.verdicts import CLEAR, FLAGGED, NAMES, UNKNOWN, at, day, verdict

TODAY = day("2025-12-15")
LONG_AGO = day("2025-02-10")


def heard(moment: int | None, opened_on: int | None = LONG_AGO) -> dict[str, Any]:
    return {"latest_inbound_at": moment, "opened_on": opened_on}


def quiet(days: int) -> str:
    return f"Nothing has been heard from the buyer for {days} days."


@pytest.mark.duty("S4.13")
@pytest.mark.parametrize(
    NAMES,
    [
        (heard(at("2025-09-30", 14, 30)), FLAGGED, quiet(76)),  # T3
        (heard(at("2025-12-12", 9)), CLEAR, ""),  # T1: three days
        # D9: more than thirty days, at whichever hour the buyer spoke.
        (heard(at("2025-11-15")), CLEAR, ""),
        (heard(at("2025-11-14", 23, 59, 59)), FLAGGED, quiet(31)),
        (heard(at("2025-11-14")), FLAGGED, quiet(31)),
        # A buyer who was never heard has been quiet since the deal was opened.
        (heard(None, opened_on=day("2025-11-15")), CLEAR, ""),
        (heard(None, opened_on=day("2025-11-14")), FLAGGED, quiet(31)),
        (heard(at("2025-12-12"), opened_on=None), CLEAR, ""),
        (
            heard(None, opened_on=None),
            UNKNOWN,
            "Not known yet: the buyer's latest contact and the day the deal was opened are blank.",
        ),
        ({"opened_on": LONG_AGO}, UNKNOWN, "Not known: nothing here tells the buyer's latest contact."),
    ],
)
def test_buyer_quiet(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.BUYER_QUIET, columns) == (state, sentence)


@pytest.mark.duty("S4.13")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"latest_activity_on": day("2025-11-15")}, CLEAR, ""),
        (
            {"latest_activity_on": day("2025-11-14")},
            FLAGGED,
            "Nothing has been recorded on either side for 31 days.",
        ),
        ({"latest_activity_on": None}, UNKNOWN, "Not known yet: the latest activity the CRM states is blank."),
        ({}, UNKNOWN, "Not known: nothing here tells the latest activity the CRM states."),
    ],
)
def test_no_activity(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.NO_ACTIVITY, columns) == (state, sentence)


def fortnight(ours: int, theirs: int) -> dict[str, Any]:
    return {"outbound_14_count": ours, "inbound_14_count": theirs}


@pytest.mark.duty("S1.10")
@pytest.mark.parametrize(
    NAMES,
    [
        (fortnight(2, 0), CLEAR, ""),
        (fortnight(3, 0), FLAGGED, "We have written or called 3 times in a fortnight without an answer."),
        (fortnight(9, 1), CLEAR, ""),
        (
            {**fortnight(1, 0), "unanswered_limit": 1},
            FLAGGED,
            "We have written or called once in a fortnight without an answer.",
        ),
        (
            {"outbound_14_count": 3},
            UNKNOWN,
            "Not known: nothing here tells the buyer's contacts in the last fortnight.",
        ),
    ],
)
def test_one_sided_contact(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.ONE_SIDED_CONTACT, columns) == (state, sentence)


STEP = {"next_step": "Send them the price list", "next_step_on": day("2025-12-19")}
ONLY_US = "In the next step, «Send them the price list», only we act, or nobody at the buyer has agreed to it."


@pytest.mark.duty("S4.76")
@pytest.mark.parametrize(
    NAMES,
    [
        ({**STEP, "next_step_side": "us", "next_step_agreed_on": None}, FLAGGED, ONLY_US),
        ({**STEP, "next_step_side": "both", "next_step_agreed_on": None}, FLAGGED, ONLY_US),
        ({**STEP, "next_step_side": "both", "next_step_agreed_on": day("2025-12-12")}, CLEAR, ""),
        ({"next_step": None, "next_step_on": None, "next_step_side": "us", "next_step_agreed_on": None}, CLEAR, ""),
        (
            {**STEP, "next_step_side": None, "next_step_agreed_on": None},
            UNKNOWN,
            "Not known yet: who acts in the next step: us, them, both is blank.",
        ),
    ],
)
def test_one_sided_step(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.ONE_SIDED_STEP, columns) == (state, sentence)


def silent(since: int | None, gap_days: float | None) -> dict[str, Any]:
    return {"latest_touch_at": since, "gap_median_days": gap_days}


@pytest.mark.duty("S4.13")
@pytest.mark.parametrize(
    NAMES,
    [
        (
            silent(at("2025-12-03", 10), 4.0),
            FLAGGED,
            "It has been silent for 12 days; the usual gap between contacts here is 4 days.",
        ),
        (silent(at("2025-12-03", 23, 59, 59), 4.0), CLEAR, ""),
        (silent(at("2025-12-04"), 4.0), CLEAR, ""),
        (
            silent(at("2025-12-08", 23), 2.3),
            FLAGGED,
            "It has been silent for 7 days; the usual gap between contacts here is 2.3 days.",
        ),
        # Letters that crossed within the hour make no rhythm: under a week of silence is ordinary.
        (silent(at("2025-12-15", 9), 0.04), CLEAR, ""),
        (silent(at("2025-12-09"), 1.0), CLEAR, ""),
        (
            silent(at("2025-12-08"), 1.0),
            FLAGGED,
            "It has been silent for 7 days; the usual gap between contacts here is 1 day.",
        ),
        (silent(at("2025-10-01"), None), UNKNOWN, "Not known yet: the usual gap between contacts is blank."),
        (
            {},
            UNKNOWN,
            "Not known: nothing here tells the usual gap between contacts and the latest contact of either side.",
        ),
    ],
)
def test_broken_rhythm(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.BROKEN_RHYTHM, columns) == (state, sentence)


ONE_PERSON = "We know one person there at most; nobody else has told us how they see it."


@pytest.mark.duty("S4.30")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"contact_count": 1}, FLAGGED, ONE_PERSON),
        ({"contact_count": 0}, FLAGGED, ONE_PERSON),
        ({"contact_count": 2}, CLEAR, ""),
        ({"contact_count": None, "lowest_contact_id": 7, "highest_contact_id": 7}, FLAGGED, ONE_PERSON),
        ({"lowest_contact_id": 7, "highest_contact_id": 7}, FLAGGED, ONE_PERSON),
        ({"lowest_contact_id": 7, "highest_contact_id": 8}, CLEAR, ""),
        # The deal's own count of people comes before what activities tell.
        ({"contact_count": 4, "lowest_contact_id": 7, "highest_contact_id": 7}, CLEAR, ""),
        (
            {"contact_count": None},
            UNKNOWN,
            "Not known: nothing here tells the buyer's people in contact.",
        ),
        (
            {},
            UNKNOWN,
            "Not known: nothing here tells the number of contacts on the deal and the buyer's people in contact.",
        ),
    ],
)
def test_one_person_only(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.ONE_PERSON_ONLY, columns) == (state, sentence)


def talk(ours: float | None, theirs: float | None) -> dict[str, Any]:
    return {"our_talk_seconds": ours, "their_talk_seconds": theirs}


@pytest.mark.duty("S4.52")
@pytest.mark.parametrize(
    NAMES,
    [
        (talk(600.0, 400.0), CLEAR, ""),
        (talk(605.0, 395.0), FLAGGED, "In our latest calls we did 60 % of the talking."),
        (talk(900.0, 0.0), FLAGGED, "In our latest calls we did 100 % of the talking."),
        (talk(430.0, 570.0), CLEAR, ""),
        (talk(0.0, 0.0), UNKNOWN, "Not known yet: there is nothing to count so far."),
        (
            talk(600.0, None),
            UNKNOWN,
            "Not known yet: how long the buyer spoke in the last three calls is blank.",
        ),
        (
            {"our_talk_seconds": 600.0},
            UNKNOWN,
            "Not known: nothing here tells how long the buyer spoke in the last three calls.",
        ),
    ],
)
def test_we_talk_more(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.WE_TALK_MORE, columns) == (state, sentence)


def stayed(since: int | None, median_days: float | None = 20.0) -> dict[str, Any]:
    return {"stage_since_at": since, "stage_changed_on": None, "stage_median_days": median_days}


@pytest.mark.duty("S4.29")
@pytest.mark.parametrize(
    NAMES,
    [
        (stayed(at("2025-11-05")), CLEAR, ""),
        (
            stayed(at("2025-11-04", 15)),
            FLAGGED,
            "It has been in this stage for 41 days; half of the wins left it within 20 days.",
        ),
        (
            {"stage_changed_on": day("2025-11-04"), "stage_median_days": 20.0},
            FLAGGED,
            "It has been in this stage for 41 days; half of the wins left it within 20 days.",
        ),
        ({"stage_changed_on": day("2025-11-05"), "stage_median_days": 20.0}, CLEAR, ""),
        (
            {**stayed(None), "stage_changed_on": day("2025-11-04")},
            FLAGGED,
            "It has been in this stage for 41 days; half of the wins left it within 20 days.",
        ),
        # Entered today: not stuck, however quickly others went on.
        (stayed(at("2025-12-15", 8), median_days=0.2), CLEAR, ""),
        (
            stayed(at("2025-12-14"), median_days=0.4),
            FLAGGED,
            "It has been in this stage for 1 day; half of the wins left it within 0.4 days.",
        ),
        (
            stayed(at("2025-11-04"), median_days=None),
            UNKNOWN,
            "Not known yet: the median stay in this stage of deals that went on is blank.",
        ),
        (
            {"stage_median_days": 20.0},
            UNKNOWN,
            "Not known: nothing here tells the day the stage last changed and when it entered its stage.",
        ),
    ],
)
def test_stuck_in_stage(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.STUCK_IN_STAGE, columns) == (state, sentence)


@pytest.mark.duty("S4.29")
@pytest.mark.parametrize(
    NAMES,
    [
        # D6: one step back with new evidence is honest work; twice is back and forth.
        ({"stage_returns_count": 0}, CLEAR, ""),
        ({"stage_returns_count": 1}, CLEAR, ""),
        ({"stage_returns_count": 2}, FLAGGED, "It went back a stage twice."),
        ({"stage_returns_count": 3}, FLAGGED, "It went back a stage 3 times."),
        ({"stage_returns_count": None}, UNKNOWN, "Not known yet: how often it went back a stage is blank."),
        ({}, UNKNOWN, "Not known: nothing here tells how often it went back a stage."),
    ],
)
def test_back_and_forth(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.BACK_AND_FORTH, columns) == (state, sentence)


@pytest.mark.duty("S4.29")
@pytest.mark.parametrize(
    NAMES,
    [
        ({"stage_jumps_count": 0}, CLEAR, ""),
        (
            {"stage_jumps_count": 1},
            FLAGGED,
            "It jumped over a stage once; what that stage asks may still be open.",
        ),
        (
            {"stage_jumps_count": 3},
            FLAGGED,
            "It jumped over a stage 3 times; what that stage asks may still be open.",
        ),
        ({"stage_jumps_count": None}, UNKNOWN, "Not known yet: how often it skipped a stage is blank."),
        ({}, UNKNOWN, "Not known: nothing here tells how often it skipped a stage."),
    ],
)
def test_stage_skipped(columns: dict[str, Any], state: str, sentence: str) -> None:
    assert verdict(rules.STAGE_SKIPPED, columns) == (state, sentence)
