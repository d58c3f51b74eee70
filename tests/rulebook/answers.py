"""An expression asked of the same rows on both evaluators, on Polars and on one row at a time; they must agree."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from earnest.rulebook import engine, on_frames, on_rows, tree

# The first letter of a column says what it holds.
HOLDS = {"n": pl.Int64, "x": pl.Float64, "t": pl.String, "p": pl.Boolean, "q": pl.Boolean}
BOTH = (True, False, None)


def answers(expr: tree.Expr, rows: Sequence[dict[str, Any]]) -> list[Any]:
    """What both evaluators say, row by row; every row holds the columns that the book has."""
    said = on_a_frame(expr, rows)
    evaluate = on_rows.compiled(expr)
    assert said == [evaluate(row) for row in rows]
    return said


def on_a_frame(expr: tree.Expr, rows: Sequence[dict[str, Any]], *, names: Sequence[str] | None = None) -> list[Any]:
    """What the frame says; where there may be no row, `names` are the columns."""
    held = list(rows[0] if names is None else names)
    built = on_frames.compiled(expr, frozenset(held))
    if built is None:
        return [None] * len(rows)
    native = pl.DataFrame(
        {"deal_id": range(len(rows))} | {name: [row[name] for row in rows] for name in held},
        schema={"deal_id": pl.Int64} | {name: HOLDS[name[0]] for name in held},
    )
    said = engine.collect(engine.lazy(native).with_columns(_said=built))
    return said["_said"].to_list()


def answer(expr: tree.Expr, **row: Any) -> Any:
    """What both evaluators say of one row with these columns and no others."""
    return answers(expr, [row])[0]
