"""What the rows of a deal come to: who was heard when, how often the date was pushed, how the stage moved."""

from typing import Any

import pytest

from tests.pipeline import made
from tests.rulebook.verdicts import at, day


def contact(moment: int | None, direction: str | None = "in", **more: Any) -> dict[str, Any]:
    return {"at": moment, "direction": direction, "channel": "email", "contact_id": 7, **more}


def of_contacts(*activities: dict[str, Any]) -> dict[str, Any]:
    return made.deal(activities=activities)


def pushed(before: str | None, after: str | None, on: str = "2025-12-01", field: str = "seller_close_on") -> dict:
    return {
        "field": field,
        "at": at(on, 12),
        "from_on": None if before is None else day(before),
        "to_on": None if after is None else day(after),
    }


def moved(before: int | None, after: int | None, on: str = "2025-12-01", field: str = "stage") -> dict[str, Any]:
    return {"field": field, "at": at(on, 12), "from_position": before, "to_position": after}


# --- contact ---------------------------------------------------------------------------------------------------


def test_the_buyer_is_heard_when_they_write_or_both_meet() -> None:
    ours = contact(at("2025-12-10"), "out")
    assert of_contacts(contact(at("2025-12-01")), ours)["latest_inbound_at"] == at("2025-12-01")
    assert of_contacts(contact(at("2025-12-03"), "both"), ours)["latest_inbound_at"] == at("2025-12-03")
    assert of_contacts(ours)["latest_inbound_at"] is None
    assert of_contacts(contact(at("2025-12-01"), None))["latest_inbound_at"] is None


def test_a_meeting_that_is_only_planned_is_no_contact_yet() -> None:
    last_second = at("2025-12-16") - 1
    planned = contact(last_second + 1, "both", channel="meeting")
    held = contact(last_second, "both", channel="meeting")
    found = of_contacts(planned, contact(at("2025-12-01"), "both", channel="meeting"))
    assert (found["latest_meeting_at"], found["latest_touch_at"]) == (at("2025-12-01"), at("2025-12-01"))
    assert of_contacts(planned, held)["latest_meeting_at"] == last_second


def test_a_planned_meeting_is_no_part_of_the_rhythm() -> None:
    contacts = [contact(at(f"2025-12-0{n}")) for n in (1, 3, 5)]
    assert of_contacts(*contacts, contact(at("2026-03-01")))["gap_median_days"] == 2.0


def test_the_fortnight_is_fourteen_days_with_today() -> None:
    first_second = at("2025-12-02") - 1
    ours = [contact(first_second, "out"), contact(first_second - 1, "out"), contact(at("2025-12-16"), "out")]
    theirs = [contact(first_second), contact(first_second - 1), contact(at("2025-12-16"))]
    found = of_contacts(*ours, *theirs)
    assert (found["outbound_14_count"], found["inbound_14_count"]) == (1, 1)


@pytest.mark.duty("S4.30")
def test_people_are_counted_who_were_heard() -> None:
    found = of_contacts(
        contact(at("2025-12-01"), contact_id=7),
        contact(at("2025-12-02"), contact_id=9),
        contact(at("2025-12-03"), "out", contact_id=3),
        contact(at("2025-12-04"), contact_id=None),
    )
    assert (found["lowest_contact_id"], found["highest_contact_id"]) == (7, 9)


@pytest.mark.duty("S4.52")
def test_talk_is_counted_over_the_last_three_calls_that_were_measured() -> None:
    def spoken(on: str, ours: float | None, theirs: float | None) -> dict[str, Any]:
        return {"at": at(on), "seller_talk_seconds": ours, "buyer_talk_seconds": theirs}

    found = of_contacts(
        spoken("2025-12-01", 900.0, 100.0), spoken("2025-12-02", 60.0, 40.0), spoken("2025-12-03", None, None),
        spoken("2025-12-04", 30.0, 70.0), spoken("2025-12-05", 10.0, 90.0),
    )  # fmt: skip
    assert (found["our_talk_seconds"], found["their_talk_seconds"]) == (100.0, 200.0)


def test_without_activities_in_the_book_nothing_of_them_is_known() -> None:
    assert {"latest_inbound_at", "outbound_14_count", "gap_median_days"} & set(made.deal()) == set()


# --- the close date --------------------------------------------------------------------------------------------


@pytest.mark.duty("S1.9")
def test_a_push_is_a_week_or_more() -> None:
    assert made.deal(changes=[pushed("2026-01-01", "2026-01-08")])["pushes_count"] == 1
    assert made.deal(changes=[pushed("2026-01-01", "2026-01-07")])["pushes_count"] == 0
    assert made.deal(changes=[pushed("2026-01-08", "2026-01-01")])["pushes_count"] == 0


def test_pushed_days_are_the_last_day_less_the_first() -> None:
    changes = [
        pushed("2026-01-01", "2026-02-01"),
        pushed("2026-02-01", "2026-01-22"),
        pushed("2026-01-22", "2026-03-12"),
        pushed(None, "2026-01-01"),
        pushed("2026-01-01", "2027-01-01", field="buyer_by_when_on"),
    ]
    found = made.deal(changes=changes)
    assert (found["pushes_count"], found["pushed_days"]) == (2, 70.0)


def test_a_change_after_today_has_not_happened() -> None:
    found = made.deal(changes=[pushed("2026-01-01", "2026-02-01", on="2025-12-16")])
    assert (found["pushes_count"], found["pushed_days"]) == (0, 0.0)


def test_another_threshold_makes_another_push() -> None:
    change = pushed("2026-01-01", "2026-01-07")
    assert made.deal(changes=[change], changed={"push_days": 6})["pushes_count"] == 1


# --- stages ----------------------------------------------------------------------------------------------------


@pytest.mark.duty("S4.29")
def test_stages_go_back_and_are_jumped_over() -> None:
    changes = [moved(None, 1), moved(1, 3), moved(3, 2), moved(2, 5), moved(5, 4), moved(4, 5), moved(1, 9, field="x")]
    found = made.deal(changes=changes)
    assert (found["stage_returns_count"], found["stage_jumps_count"]) == (2, 2)


def test_a_stage_is_entered_by_its_latest_move() -> None:
    changes = [moved(1, 2, "2025-10-01"), moved(2, 3, "2025-11-04"), moved(3, 4, "2025-12-16")]
    assert made.deal(changes=changes)["stage_since_at"] == at("2025-11-04", 12)


def test_a_history_without_places_tells_no_stage_moves() -> None:
    found = made.deal(changes=[{"field": "stage", "at": at("2025-12-01")}])
    assert "stage_returns_count" not in found
    assert found["stage_since_at"] == at("2025-12-01")
