"""Three-valued logic, blanks and absent columns: what an expression means, the same on both evaluators."""

from collections.abc import Callable

import pytest

from earnest.rulebook import tree
from earnest.rulebook.tree import Column, Value, all_blank, as_expr, choose
from tests.rulebook.answers import BOTH, answer, answers

N, M, X, T, P, Q = Column("n"), Column("n2"), Column("x"), Column("t"), Column("p"), Column("q")

PAIRS = [(first, second) for first in BOTH for second in BOTH]
AND = {(True, True): True, (True, None): None, (None, True): None, (None, None): None}
OR = {(False, False): False, (False, None): None, (None, False): None, (None, None): None}


# --- Kleene's logic --------------------------------------------------------------------------------------------


def test_and_is_kleenes() -> None:
    rows = [{"p": first, "q": second} for first, second in PAIRS]
    assert answers(P & Q, rows) == [AND.get(pair, False) for pair in PAIRS]


def test_or_is_kleenes() -> None:
    rows = [{"p": first, "q": second} for first, second in PAIRS]
    assert answers(P | Q, rows) == [OR.get(pair, True) for pair in PAIRS]


def test_not_keeps_what_is_unknown() -> None:
    assert answers(~P, [{"p": each} for each in BOTH]) == [False, True, None]


def test_an_absent_column_is_unknown_in_logic() -> None:
    rows = [{"p": each} for each in BOTH]
    assert answers(P & Q, rows) == answers(Q & P, rows) == [None, False, None]
    assert answers(P | Q, rows) == answers(Q | P, rows) == [True, None, None]
    assert answers(~Q, rows) == [None, None, None]
    assert answers(Q & Column("p9"), rows) == answers(Q | Column("p9"), rows) == [None, None, None]


# --- comparisons and arithmetic --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expr", "said"),
    [
        (N < 3, [True, False, False, None]),
        (N <= 3, [True, True, False, None]),
        (N > 3, [False, False, True, None]),
        (N >= 3, [False, True, True, None]),
        (N == 3, [False, True, False, None]),
        (N != 3, [True, False, True, None]),
        (3 < N, [False, False, True, None]),
    ],
)
def test_a_comparison_with_a_blank_is_unknown(expr: tree.Expr, said: list[bool | None]) -> None:
    assert answers(expr, [{"n": value} for value in (2, 3, 4, None)]) == said


def test_texts_are_compared_letter_by_letter() -> None:
    rows = [{"t": text} for text in ("out", "Out", "", None)]
    assert answers(T == "out", rows) == [True, False, False, None]
    assert answers(T != "out", rows) == [False, True, True, None]


def test_a_comparison_with_an_absent_column_is_unknown() -> None:
    assert answer(N < M, n=1) is None
    assert answer(M < 1, n=1) is None


def test_arithmetic_takes_literals_on_either_side() -> None:
    row = {"n": 7, "x": 0.5}
    assert answer(N + 1, **row) == answer(1 + N, **row) == 8
    assert answer(N - 1, **row) == 6
    assert answer(1 - N, **row) == -6
    assert answer(N * 2, **row) == answer(2 * N, **row) == 14
    assert answer(N / 2, **row) == 3.5
    assert answer(N + X, **row) == 7.5


def test_arithmetic_with_a_blank_is_blank() -> None:
    blank = {"n": None, "n2": 2}
    assert [answer(expr, **blank) for expr in (N + M, M - N, N * M, N / M, M / N)] == [None] * 5


def test_arithmetic_with_an_absent_column_is_blank() -> None:
    assert [answer(expr, n2=2) for expr in (N + M, M - N, N * M, N / M, M / N)] == [None] * 5


def test_division_by_zero_is_blank() -> None:
    assert answers(N / M, [{"n": 6, "n2": 0}, {"n": 0, "n2": 0}, {"n": 6, "n2": 4}]) == [None, None, 1.5]
    assert answer(N / X, n=6, x=0.0) is None
    assert answer(N / 0, n=6) is None
    assert answer((N / M).missing(), n=6, n2=0) is True
    assert answer(N / M > 1, n=6, n2=0) is None


# --- asking for a blank ----------------------------------------------------------------------------------------


def test_missing_asks_for_a_blank() -> None:
    assert answers(N.missing(), [{"n": None}, {"n": 0}]) == [True, False]
    assert answers(T.missing(), [{"t": None}, {"t": ""}]) == [True, False]
    assert answers(~N.missing(), [{"n": None}, {"n": 0}]) == [False, True]


def test_missing_is_unknown_where_the_column_is_absent() -> None:
    assert answer(M.missing(), n=1) is None
    assert answer((N + M).missing(), n=1) is None
    assert answer(~M.missing(), n=1) is None


def test_missing_of_a_first_known_needs_one_of_the_two() -> None:
    assert answer(N.or_else(M).missing(), n2=None) is True
    assert answer(N.or_else(M).missing(), n2=1) is False
    assert answer(N.or_else(M).missing(), x=1.0) is None


def test_surely_is_never_unknown() -> None:
    assert answers(P.surely(), [{"p": each} for each in BOTH]) == [True, False, False]
    assert answer(Q.surely(), p=True) is False
    assert answer((~P.surely()), p=None) is True


def test_or_else_takes_the_other_where_this_is_blank_or_absent() -> None:
    rows = [{"n": 1, "n2": 2}, {"n": None, "n2": 2}, {"n": None, "n2": None}]
    assert answers(N.or_else(M), rows) == [1, 2, None]
    assert answer(N.or_else(M), n2=2) == answer(N.or_else(M), n=2) == 2
    assert answer(N.or_else(M), x=1.0) is None
    assert answers((N > 1).or_else(M > 1), rows) == [False, True, None]


def test_choose_takes_one_number_or_the_other_and_is_blank_where_the_condition_is_unknown() -> None:
    assert answers(choose(P, 1, 0), [{"p": each} for each in BOTH]) == [1, 0, None]
    assert answer(choose(P, N, X), p=True, n=4, x=0.5) == 4
    assert answer(choose(P, N, X), p=False, n=4, x=0.5) == 0.5
    assert answer(choose(P, N, X), p=True, n=None, x=0.5) is None


def test_choose_is_blank_where_any_of_its_columns_is_absent() -> None:
    assert answer(choose(Q, 1, 0), p=True) is None
    assert answer(choose(P, N, 0), p=False) is None
    assert answer(choose(P, 0, N), p=True) is None


BLANKS = [{"t": None, "n": None}, {"t": None, "n": 1}, {"t": "a", "n": None}, {"t": "a", "n": 1}]


def test_all_blank_asks_every_column_that_the_book_has() -> None:
    assert answers(all_blank(T, N), BLANKS) == [True, False, False, False]
    assert answers(~all_blank(T, N), BLANKS) == [False, True, True, True]


def test_all_blank_passes_over_absent_columns() -> None:
    assert answers(all_blank(T, N), [{"n": None}, {"n": 1}]) == [True, False]
    assert answers(all_blank(T, N), [{"t": None}, {"t": "a"}]) == [True, False]
    assert answer(all_blank(T, N), p=True) is None


def test_matches_ignores_case_and_looks_anywhere() -> None:
    rows = [{"t": text} for text in ("Follow UP", "to follow up", "call", "", None)]
    assert answers(T.matches("follow up"), rows) == [True, True, False, False, None]
    assert answers(T.matches("^follow up$"), rows) == [True, False, False, False, None]
    assert answer(T.matches("follow"), n=1) is None


def test_a_named_value_is_the_value() -> None:
    assert answer((N - M).named("gap"), n=5, n2=2) == 3
    assert answer((N - M).named("gap") > 2, n=5, n2=2) is True
    assert answer(N.named("gap").missing(), n=None) is True


# --- what is refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ask", [lambda: bool(N), lambda: (N > 1) and (M > 1), lambda: (N > 1) or P, lambda: not P, lambda: 1 < N < 3]
)
def test_an_expression_has_no_truth_of_its_own(ask: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match=r"combine expressions with & \| ~, not with and, or, not"):
        ask()


@pytest.mark.parametrize("value", [None, (1, 2), object])
def test_none_and_other_objects_are_refused(value: object) -> None:
    with pytest.raises(TypeError, match=r"ask for a blank with \.missing\(\)"):
        as_expr(value)


def test_a_comparison_with_none_is_refused() -> None:
    with pytest.raises(TypeError, match=r"A rule cannot compare with None; ask for a blank with \.missing\(\)\."):
        N == None  # noqa: B015, E711  # it raises


# --- what follows from the tree --------------------------------------------------------------------------------

LATE = ((N - M).named("gap") > X) & ~(T.matches("a") & P).surely() | Q.missing()


def test_walk_goes_from_the_root_to_every_leaf() -> None:
    assert [type(node) for node in tree.walk((N + 1 > 2) & ~P)] == [
        tree.Logic, tree.Comparison, tree.Arithmetic, Column, Value, Value, tree.Not, Column,
    ]  # fmt: skip
    assert [type(node) for node in tree.walk(choose(P, N, N.or_else(M)))] == [
        tree.Choose, Column, Column, tree.FirstKnown, Column, Column,
    ]  # fmt: skip


def test_reads_are_all_columns() -> None:
    assert tree.reads(LATE) == {"n", "n2", "x", "t", "p", "q"}
    assert tree.reads(as_expr(1)) == frozenset()


def test_needs_leave_out_what_is_only_asked_for_surely() -> None:
    assert tree.needs(LATE) == {"n", "n2", "x", "q"}
    assert tree.needs(P.surely()) == frozenset()
    assert tree.needs(all_blank(T, N)) == {"t", "n"}


def test_named_values_are_found_anywhere_by_name() -> None:
    assert list(tree.named_values(LATE)) == ["gap"]
    assert answer(tree.named_values(LATE)["gap"], n=9, n2=4) == 5


def test_every_node_can_stand_in_a_set() -> None:
    assert len({N, M, N > 1, N > 1}) == 4
