"""What the evidence of a deal comes to: the best answer to each gap question that was given until today."""

from typing import Any

import pytest

from earnest.need.tables import GAP_ELEMENTS
from tests.pipeline import made
from tests.rulebook.verdicts import day

LEVELS = [f"{element.lower()}_level" for element in GAP_ELEMENTS]


def said(element: str, level: int | None, on: str | None = "2025-11-27") -> dict[str, Any]:
    return {"element": element, "level": level, "said_on": None if on is None else day(on)}


def levels(*evidence: dict[str, Any]) -> list[int | None]:
    row = made.deal(evidence=evidence)
    return [row[name] for name in LEVELS]


@pytest.mark.duty("S1.3")
def test_the_best_answer_of_several_buyers_counts() -> None:
    assert levels(said("N1", 1), said("N1", 3), said("N1", 2), said("N6", 2)) == [3, None, None, None, None, 2, None]


def test_what_is_said_tomorrow_is_not_known_today() -> None:
    assert levels(said("N1", 2, "2025-12-15"), said("N2", 3, "2025-12-16")) == [2, *[None] * 6]


def test_what_was_said_on_no_known_day_does_not_count() -> None:
    assert levels(said("N1", 3, None)) == [None] * 7


def test_the_date_and_the_owner_are_no_gap_questions() -> None:
    assert levels(said("N8", 3), said("N9", 3)) == [None] * 7


def test_evidence_of_another_deal_is_not_ours() -> None:
    assert levels({**said("N1", 3), "deal_id": 2}) == [None] * 7


def test_without_evidence_in_the_book_nothing_is_known() -> None:
    assert [name for name in LEVELS if name in made.deal()] == []
