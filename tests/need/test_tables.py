"""What the evidence of a deal comes to: who said what about which element, and what of it still counts today."""

from typing import Any

import pytest

from earnest.need import strength
from earnest.need.tables import NEED_ELEMENTS
from earnest.rulebook import on_rows
from tests.pipeline import made
from tests.rulebook.verdicts import day

LEVELS = {element: on_rows.compiled(expr) for element, expr in strength.LEVELS_BY_ELEMENT.items()}
FRESH = "2025-11-27"


def said(element: str, level: int | None, on: str | None = FRESH, **more: Any) -> dict[str, Any]:
    return {
        "element": element,
        "level": level,
        "said_on": None if on is None else day(on),
        "corrected_on": None,
        **more,
    }


def levels(*evidence: dict[str, Any]) -> dict[str, float]:
    """The levels that are more than nothing."""
    row = made.deal(evidence=evidence)
    found = {element: level(row) for element, level in LEVELS.items()}
    return {element: level for element, level in found.items() if level}


@pytest.mark.duty("S1.3")
def test_the_best_answer_of_several_buyers_counts() -> None:
    assert levels(said("N1", 1), said("N1", 3), said("N1", 2), said("N6", 2)) == {"N1": 3, "N6": 2}


def test_what_is_said_tomorrow_is_not_known_today() -> None:
    assert levels(said("N1", 2, "2025-12-15"), said("N2", 3, "2025-12-16")) == {"N1": 2}


def test_what_was_said_on_no_known_day_does_not_count() -> None:
    assert levels(said("N1", 3, None)) == {}


def test_evidence_of_another_deal_is_not_ours() -> None:
    assert levels({**said("N1", 3), "deal_id": 2}) == {}


def test_what_was_said_a_quarter_ago_is_belief_until_it_is_said_again() -> None:
    assert levels(said("N1", 3, "2025-09-16")) == {"N1": 3}
    assert levels(said("N1", 3, "2025-09-15")) == {"N1": 1}
    assert levels(said("N1", 3, "2025-09-15"), said("N1", 2, "2025-12-01")) == {"N1": 2}


def test_what_was_corrected_no_longer_counts_from_that_day() -> None:
    assert levels(said("N1", 3, corrected_on=day("2025-12-16"))) == {"N1": 3}
    assert levels(said("N1", 3, corrected_on=day("2025-12-15")), said("N1", 1)) == {"N1": 1}


def test_without_evidence_in_the_book_nothing_is_known() -> None:
    assert [name for name in made.deal() if name.startswith("n1_")] == []


@pytest.mark.duty("S3.11")
def test_people_are_unheard_until_their_own_view_is_recorded() -> None:
    here = {"since_on": day("2025-11-01")}
    stakes = [{**here, "heard_on": day(FRESH)}, {**here, "heard_on": None}, {**here, "heard_on": day("2025-12-16")}]
    row = made.deal(stakes=stakes)
    assert (row["stake_count"], row["unheard_count"]) == (3, 2)


@pytest.mark.duty("S0.3")
def test_must_haves_are_counted_by_their_answers() -> None:
    answers = [("yes", FRESH), ("no", FRESH), ("work", FRESH), ("unknown", None), ("no", "2025-12-16")]
    rows = [{"answer": answer, "answered_on": None if on is None else day(on)} for answer, on in answers]
    row = made.deal(must_haves=rows)
    found = (row["must_have_count"], row["must_have_failed_count"], row["must_have_open_count"])
    assert found == (5, 1, 2)


def test_nine_elements_have_their_words() -> None:
    assert list(NEED_ELEMENTS) == [f"N{number}" for number in range(1, 10)]
