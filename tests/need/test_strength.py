"""How strong a need is (D1): the demo's eight deals by their levels, the gates, and what caps a need."""

from typing import Any

import pytest

from earnest.need import strength
from earnest.need.tables import NEED_ELEMENTS
from earnest.rulebook import on_rows
from tests.need.test_tables import said
from tests.pipeline import made

SCORE, BAND = on_rows.compiled(strength.SCORE), on_rows.compiled(strength.BAND)


def need(levels: str, *more: dict[str, Any]) -> tuple[float, str]:
    told = zip(NEED_ELEMENTS, levels.split(), strict=True)
    row = made.deal(evidence=[*(said(element, int(level)) for element, level in told), *more])
    return round(SCORE(row), 1), strength.LETTERS[int(BAND(row))]


@pytest.mark.at("AT-09")
@pytest.mark.duty("S1.3")
@pytest.mark.parametrize(
    ("key", "levels", "expected"),
    [
        ("T1", "3 3 3 2 3 3 2 3 3", (95.0, "C")),
        ("T2", "1 0 1 0 0 0 0 0 0", (3.3, "N")),
        ("T3 in March", "2 2 1 2 1 0 0 1 0", (25.0, "E")),
        ("T3 stale", "1 1 1 1 1 0 0 1 0", (12.5, "N")),
        ("T4", "3 2 2 2 2 2 1 3 2", (73.3, "R")),
        ("T5", "1 0 0 0 1 0 0 0 0", (4.2, "N")),
        ("T6", "2 2 2 2 3 2 0 2 2", (67.9, "R")),
        ("T8", "3 3 3 2 3 3 3 3 3", (97.5, "C")),
    ],
)
def test_the_needs_of_the_story(key: str, levels: str, expected: tuple[float, str]) -> None:
    assert need(levels) == expected, key


def test_a_missing_gate_keeps_a_high_score_real() -> None:
    assert need("3 3 3 3 3 3 3 3 3") == (100.0, "C")
    assert need("3 3 3 3 3 1 3 3 3") == (86.7, "R")
    assert need("3 3 3 3 3 3 3 1 3") == (86.7, "R")
    assert need("3 3 3 3 3 3 3 3 1") == (90.0, "R")


@pytest.mark.duty("S4.17")
def test_price_alone_is_emerging_at_most() -> None:
    assert need("3 3 3 3 3 3 3 3 3", said("price_only", 2)) == (100.0, "E")


def test_nothing_written_down_is_unknown_and_no_nought() -> None:
    row = made.deal({"deal_id": 1}, evidence=[{**said("N1", 3), "deal_id": 2}])
    assert (SCORE(row), BAND(row)) == (None, None)


def test_the_weights_are_twelve() -> None:
    assert sum(strength.WEIGHTS.values()) == 12
