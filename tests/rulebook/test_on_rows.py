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


@pytest.mark.parametrize(
    ("expr", "row", "names"),
    [
        (N > M, {"n": 1, "m": 2}, set()),
        (N > M, {"n": None, "m": 2}, {"n"}),
        (N > M, {}, {"n", "m"}),
        ((N > 1) & P, {"n": None, "p": True}, {"n"}),
        ((N > 1) & P, {"n": None, "p": False}, set()),
        ((N > 1) | P, {"n": None}, {"n", "p"}),
        (~P, {"p": None}, {"p"}),
        (N.or_else(M), {"n": None, "m": 2}, set()),
        (N.or_else(M) > 1, {"n": None}, {"n", "m"}),
        (N.missing() & P, {"n": None}, {"p"}),
        (N.missing(), {}, {"n"}),
        (P & ~T.matches("a").surely(), {"t": None, "p": None}, {"p"}),
        (all_blank(N, M) & P, {"m": None, "p": None}, {"p"}),
        (choose(P, N, 0), {"p": None, "n": 1}, {"p"}),
        (choose(P, N, 0), {"p": True, "n": None}, {"n"}),
        (N / M, {"n": 1, "m": 0}, set()),
    ],
)
def test_which_columns_leave_it_unknown(expr: tree.Expr, row: dict[str, object], names: set[str]) -> None:
    assert on_rows.causes(expr, row) == names


def test_letters_are_ascii_when_case_is_ignored() -> None:
    assert said(T.matches("check in"), t="CHECK IN") is True
    assert said(T.matches("^[a-z]+$"), t="Çağrı") is False


def test_the_second_side_is_not_asked_where_the_first_decides() -> None:
    """A text is no number; the comparison would fail if it were made."""
    assert said(P & (N > 1), p=False, n="text") is False
    assert said(P | (N > 1), p=True, n="text") is True
