"""The tree on a frame: absent columns are settled before an engine runs, and random trees say what rows say."""

from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import pytest
from hypothesis import example, given, settings

from earnest.rulebook import engine, on_frames, on_rows, tree
from earnest.rulebook.tree import Column, as_expr, choose
from tests.rulebook import books, trees
from tests.rulebook.answers import on_a_frame

N, M, P = Column("n"), Column("n2"), Column("p")
ENGINES = ("polars", "lazy", "duckdb", "pandas")


@settings(max_examples=200, deadline=None)
@given(expr=trees.CONDITION, book=trees.rows_of_a_book())
@example(expr=(N / M > 1).missing(), book=([{"n": 1, "n2": 0}], ["n", "n2"]))
@example(expr=choose(P, 1, N) > 0, book=([{"p": True}], ["p"]))
@example(expr=~as_expr(1).missing(), book=([{"n": 1}], ["n"]))
def test_any_tree_says_the_same_on_a_frame_and_on_rows(
    expr: tree.Expr, book: tuple[list[dict[str, Any]], list[str]]
) -> None:
    rows, names = book
    evaluate = on_rows.compiled(expr)
    assert on_a_frame(expr, rows, names=names) == [evaluate(row) for row in rows]


@settings(max_examples=60, deadline=None)
@given(expr=trees.CONDITION, book=trees.rows_of_a_book())
def test_what_no_row_could_tell_is_not_compiled(expr: tree.Expr, book: tuple[list[dict[str, Any]], list[str]]) -> None:
    _, names = book
    absent = on_frames.compiled(expr, frozenset(names)) is None
    assert absent is not on_rows.computable(expr, names)


@settings(max_examples=60, deadline=None)
@given(expr=trees.CONDITION, book=trees.rows_of_a_book())
def test_what_a_tree_does_not_need_does_not_make_it_unknown(
    expr: tree.Expr, book: tuple[list[dict[str, Any]], list[str]]
) -> None:
    """Needed columns that are there and filled leave nothing unknown but a division by zero."""
    divided = any(isinstance(node, tree.Arithmetic) and node.op == "/" for node in tree.walk(expr))
    evaluate = on_rows.compiled(expr)
    for row in book[0]:
        if not divided and all(row.get(name) is not None for name in tree.needs(expr)):
            assert evaluate(row) is not None


def test_an_expression_that_is_unknown_everywhere_is_none() -> None:
    present = frozenset({"n"})
    assert on_frames.compiled(M, present) is None
    assert on_frames.compiled(N + M, present) is None
    assert on_frames.compiled((N > 1) & (M > 1), present) is not None


@pytest.mark.parametrize("name", ENGINES)
def test_a_flag_column_is_nullable_on_every_engine(name: str) -> None:
    native = books.native(name, pl.DataFrame({"deal_id": [1, 2, 3], "n": [1, 2, None]}))
    present = frozenset({"deal_id", "n"})
    found = engine.lazy(native).with_columns(
        known=on_frames.flag_column(N > 1, present),
        absent=on_frames.flag_column(M > 1, present),
        either=on_frames.flag_column((M > 1) | (N > 1), present),
    )
    said = engine.collect(found)
    assert dict(said.schema) == {
        "deal_id": nw.Int64, "n": nw.Int64, "known": nw.Boolean, "absent": nw.Boolean, "either": nw.Boolean,
    }  # fmt: skip
    assert said["known"].to_list() == [False, True, None]
    assert said["absent"].to_list() == [None, None, None]
    assert said["either"].to_list() == [None, True, None]


@pytest.mark.parametrize("name", ENGINES)
def test_division_by_zero_is_blank_on_every_engine(name: str) -> None:
    native = books.native(name, pl.DataFrame({"deal_id": [1, 2, 3], "n": [6, 0, 6], "n2": [0, 0, 4]}))
    built = on_frames.flag_column((N / M).missing(), frozenset({"n", "n2"}))
    found = engine.collect(engine.lazy(native).with_columns(blank=built))
    assert found["blank"].to_list() == [True, True, False]


@pytest.mark.parametrize("name", ENGINES)
def test_a_whole_number_and_a_fraction_can_be_chosen_on_every_engine(name: str) -> None:
    native = books.native(name, pl.DataFrame({"deal_id": [1, 2, 3], "n": [6, 7, 8], "p": [True, False, None]}))
    built = on_frames.compiled(choose(P, N, 0.5), frozenset({"n", "p"}))
    found = engine.collect(engine.lazy(native).with_columns(chosen=built))
    assert found["chosen"].to_list() == [6.0, 0.5, None]
