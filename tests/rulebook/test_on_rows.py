"""The tree on one row: which columns there are, and which book could compute an expression at all."""

import pytest

from earnest.rulebook import on_rows, tree
from earnest.rulebook.tree import Column, all_blank, choose

N, M, T, P = Column("n"), Column("m"), Column("t"), Column("p")


def said(expr: tree.Expr, **row: object) -> object:
    return on_rows.compiled(expr)(row)


def test_a_name_that_the_row_does_not_hold_is_an_absent_column() -> None:
    assert said(N.missing(), n=None) is True
    assert said(N.missing()) is None
    assert said(N > 1) is None


def test_compiling_once_serves_every_row() -> None:
    evaluate = on_rows.compiled(N - M)
    assert [evaluate({"n": n, "m": 2}) for n in (5, 2, None)] == [3, 0, None]


@pytest.mark.parametrize(
    ("expr", "names", "able"),
    [
        (N, {"n"}, True),
        (N, set(), False),
        (N + M, {"n"}, False),
        (N > M, {"n", "m"}, True),
        ((N > 1) & P, {"n"}, True),
        ((N > 1) | P, set(), False),
        (~P, set(), False),
        (N.or_else(M), {"m"}, True),
        (N.or_else(M), set(), False),
        (P.surely(), set(), True),
        (choose(P, N, 0), {"p"}, False),
        (choose(P, N, 0), {"p", "n"}, True),
        (T.matches("a"), {"t"}, True),
        (all_blank(N, M), {"m"}, True),
        (tree.as_expr(1), set(), True),
    ],
)
def test_which_book_can_compute_an_expression(expr: tree.Expr, names: set[str], able: bool) -> None:
    assert on_rows.computable(expr, names) is able


def test_letters_are_ascii_when_case_is_ignored() -> None:
    assert said(T.matches("check in"), t="CHECK IN") is True
    assert said(T.matches("^[a-z]+$"), t="Çağrı") is False


def test_the_second_side_is_not_asked_where_the_first_decides() -> None:
    """A text is no number; the comparison would fail if it were made."""
    assert said(P & (N > 1), p=False, n="text") is False
    assert said(P | (N > 1), p=True, n="text") is True
