"""The shapes of the report: small, and empty sentences fall away."""

from earnest.surfaces.check import layout
from earnest.surfaces.check.layout import Cell


def test_cells_hold_their_lines() -> None:
    assert layout.cell("a", "b", small="n 3", tone="hard") == Cell(("a", "b"), "n 3", None, "hard")
    assert layout.plain_rows([["a", "b"], ["c", "d"]]) == ((Cell(("a",)), Cell(("b",))), (Cell(("c",)), Cell(("d",))))


def test_sentences_that_say_nothing_fall_away() -> None:
    assert layout.spoken("a", "", "b") == ("a", "b")
