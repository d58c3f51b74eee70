"""The tree on a frame: compiled to narwhals, for a book of any size on any engine.

A column that the frame does not have makes its comparison wholly unknown. That is settled here, while compiling,
so that no engine ever sees a column that is not there.
"""

from collections.abc import Callable
from typing import Any

import narwhals.stable.v2 as nw

from earnest.rulebook import tree

_COMPARE: dict[str, Callable[[Any, Any], nw.Expr]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}
_COMPUTE: dict[str, Callable[[Any, Any], nw.Expr]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
}


KEY = "deal_id"

# Unknown on every row, as a column of the engine's own nullable type: a literal null is not nullable on every engine.
UNKNOWN = nw.when(nw.col(KEY).is_null()).then(nw.col(KEY) == 0)


def compiled(expr: tree.Expr, present: frozenset[str]) -> nw.Expr | None:
    """The expression for a frame with the `present` columns; None when it is unknown on every row."""
    return _BUILDERS[type(expr)](expr, present)


def flag_column(expr: tree.Expr, present: frozenset[str]) -> nw.Expr:
    """A three-valued condition as a nullable boolean column: true, false, or null for unknown."""
    built = compiled(expr, present)
    return UNKNOWN if built is None else built


def _column(expr: tree.Column, present: frozenset[str]) -> nw.Expr | None:
    return nw.col(expr.name) if expr.name in present else None


def _value(expr: tree.Value, _present: frozenset[str]) -> nw.Expr:
    return nw.lit(expr.value)


def _arithmetic(expr: tree.Arithmetic, present: frozenset[str]) -> nw.Expr | None:
    left, right = compiled(expr.left, present), compiled(expr.right, present)
    if left is None or right is None:
        return None
    if expr.op == "/":
        # Engines disagree on division by zero (null, infinity, error); here it is blank everywhere.
        return nw.when(right != 0).then(left * 1.0 / right)
    return _COMPUTE[expr.op](left, right)


def _comparison(expr: tree.Comparison, present: frozenset[str]) -> nw.Expr | None:
    left, right = compiled(expr.left, present), compiled(expr.right, present)
    return None if left is None or right is None else _COMPARE[expr.op](left, right)


def _logic(expr: tree.Logic, present: frozenset[str]) -> nw.Expr | None:
    left, right = compiled(expr.left, present), compiled(expr.right, present)
    if left is not None and right is not None:
        return left & right if expr.op == "and" else left | right
    if left is None and right is None:
        return None
    # One side is unknown everywhere; the other still decides where it is false (and) or true (or).
    left, right = UNKNOWN if left is None else left, UNKNOWN if right is None else right
    return left & right if expr.op == "and" else left | right


def _not(expr: tree.Not, present: frozenset[str]) -> nw.Expr | None:
    inner = compiled(expr.inner, present)
    return None if inner is None else ~inner


def _missing(expr: tree.Missing, present: frozenset[str]) -> nw.Expr | None:
    inner = compiled(expr.inner, present)
    return None if inner is None else inner.is_null()


def _matches(expr: tree.Matches, present: frozenset[str]) -> nw.Expr | None:
    inner = compiled(expr.inner, present)
    return None if inner is None else inner.str.contains(f"(?i){expr.pattern}")


def _surely(expr: tree.Surely, present: frozenset[str]) -> nw.Expr:
    inner = compiled(expr.inner, present)
    return (
        nw.lit(value=False) if inner is None else nw.when(inner).then(nw.lit(value=True)).otherwise(nw.lit(value=False))
    )


def _first_known(expr: tree.FirstKnown, present: frozenset[str]) -> nw.Expr | None:
    left, right = compiled(expr.left, present), compiled(expr.right, present)
    if left is None or right is None:
        return right if left is None else left
    return nw.coalesce(left, right)


def _choose(expr: tree.Choose, present: frozenset[str]) -> nw.Expr | None:
    condition = compiled(expr.condition, present)
    then, otherwise = compiled(expr.then, present), compiled(expr.otherwise, present)
    if condition is None or then is None or otherwise is None:
        return None
    # `when` takes an unknown condition for a no; adding nothing times the condition makes the number blank there.
    # Both numbers are made fractions first, since pandas would cut one off to fit the other.
    return nw.when(condition).then(then * 1.0).otherwise(otherwise * 1.0) + condition.cast(nw.Int64) * 0


def _logistic(expr: tree.Logistic, present: frozenset[str]) -> nw.Expr | None:
    inner = compiled(expr.inner, present)
    return None if inner is None else 1.0 / (1.0 + (inner * -1.0).exp())


def _named(expr: tree.Named, present: frozenset[str]) -> nw.Expr | None:
    return compiled(expr.inner, present)


_BUILDERS: dict[type[tree.Expr], Callable[[Any, frozenset[str]], nw.Expr | None]] = {
    tree.Column: _column,
    tree.Value: _value,
    tree.Arithmetic: _arithmetic,
    tree.Comparison: _comparison,
    tree.Logic: _logic,
    tree.Not: _not,
    tree.Missing: _missing,
    tree.Matches: _matches,
    tree.Surely: _surely,
    tree.FirstKnown: _first_known,
    tree.Choose: _choose,
    tree.Logistic: _logistic,
    tree.Named: _named,
}
