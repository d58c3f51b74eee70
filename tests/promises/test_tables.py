"""What we owe a buyer: promises that were due, that were kept by their day, and that are still open (D14)."""

from typing import Any

import pytest

from tests.pipeline import made
from tests.rulebook.verdicts import day

COUNTS = ("promises_due_count", "promises_kept_count", "promises_overdue_count")


def promise(due: str | None, delivered: str | None, made_by: str = "seller") -> dict[str, Any]:
    return {
        "made_by": made_by,
        "due_on": None if due is None else day(due),
        "delivered_on": None if delivered is None else day(delivered),
    }


def counts(*promises: dict[str, Any]) -> tuple[int, ...]:
    row = made.deal(promises=promises)
    return tuple(row[name] for name in COUNTS)


@pytest.mark.duty("S4.34")
def test_kept_is_delivered_by_the_day() -> None:
    assert counts(promise("2025-12-05", "2025-12-05")) == (1, 1, 0)
    assert counts(promise("2025-12-05", "2025-12-01")) == (1, 1, 0)


@pytest.mark.duty("S4.41")
def test_late_is_not_kept_and_open_is_owed() -> None:
    assert counts(promise("2025-12-05", "2025-12-06")) == (1, 0, 0)
    assert counts(promise("2025-12-05", None)) == (1, 0, 1)


@pytest.mark.duty("S4.35")
def test_a_promise_due_tomorrow_and_already_delivered_changes_nothing_today() -> None:
    assert counts(promise("2025-12-16", "2025-12-10")) == (0, 0, 0)
    assert counts(promise("2025-12-16", "2025-12-10"), promise("2025-12-05", None)) == (1, 0, 1)


def test_a_promise_may_be_kept_until_its_day_is_over() -> None:
    assert counts(promise("2025-12-15", None)) == (0, 0, 0)
    assert counts(promise("2025-12-14", None)) == (1, 0, 1)


def test_what_is_delivered_after_today_is_still_owed_today() -> None:
    assert counts(promise("2025-12-05", "2025-12-16")) == (1, 0, 1)


def test_what_the_buyer_promised_is_not_ours_to_keep() -> None:
    assert counts(promise("2025-12-05", None, made_by="buyer")) == (0, 0, 0)


def test_a_promise_without_a_day_is_never_due() -> None:
    assert counts(promise(None, None)) == (0, 0, 0)


def test_without_promises_in_the_book_nothing_is_known() -> None:
    assert [name for name in COUNTS if name in made.deal()] == []
