"""The tree on one row: compiled to plain Python closures, in microseconds.

A row is a mapping from column name to value, None where blank. A name that the mapping does not
hold is a column that the book does not have.
"""

import math
import operator
import re
from collections.abc import Callable, Container, Mapping
from typing import Any, TypeAlias

from earnest.rulebook import tree

# A row holds texts, numbers and flags side by side; their kinds are checked at the book's boundary.
Row: TypeAlias = Mapping[str, Any]
Evaluator: TypeAlias = Callable[[Row], Any]

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_COMPUTE: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def compiled(expr: tree.Expr) -> Evaluator:
    """The expression as a function of a row; it returns None where the value is blank or unknown."""
    return _BUILDERS[type(expr)](expr)


def computable(expr: tree.Expr, names: Container[str]) -> bool:
    """Whether a book with these columns can compute the expression at all, on any row."""
    if isinstance(expr, tree.Column):
        return expr.name in names
    if isinstance(expr, tree.Surely):
        return True
    parts = [computable(child, names) for child in expr.children()]
    return any(parts) if isinstance(expr, tree.FirstKnown | tree.Logic) else all(parts)


def causes(expr: tree.Expr, row: Row) -> frozenset[str]:
    """The columns that leave the expression blank or unknown on this row; none of them, where it divides by zero."""
    if compiled(expr)(row) is not None:
        return frozenset()
    if isinstance(expr, tree.Column):
        return frozenset({expr.name})
    return frozenset().union(*(causes(child, row) for child in expr.children()))


def _column(expr: tree.Column) -> Evaluator:
    name = expr.name
    return lambda row: row.get(name)


def _value(expr: tree.Value) -> Evaluator:
    value = expr.value
    return lambda _row: value


def _binary(function: Callable[[Any, Any], Any], left: Evaluator, right: Evaluator) -> Evaluator:
    def evaluate(row: Row) -> Any:  # noqa: ANN401  # a number or a truth, as the function gives
        first = left(row)
        if first is None:
            return None
        second = right(row)
        return None if second is None else function(first, second)

    return evaluate


def _arithmetic(expr: tree.Arithmetic) -> Evaluator:
    left, right = compiled(expr.left), compiled(expr.right)
    if expr.op == "/":
        return _binary(lambda first, second: None if second == 0 else first / second, left, right)
    return _binary(_COMPUTE[expr.op], left, right)


def _comparison(expr: tree.Comparison) -> Evaluator:
    return _binary(_COMPARE[expr.op], compiled(expr.left), compiled(expr.right))


def _logic(expr: tree.Logic) -> Evaluator:
    left, right = compiled(expr.left), compiled(expr.right)
    decides = expr.op == "or"

    def evaluate(row: Row) -> bool | None:
        first: bool | None = left(row)
        if first is decides:
            return first
        second: bool | None = right(row)
        if second is decides:
            return second
        return None if first is None or second is None else not decides

    return evaluate


def _not(expr: tree.Not) -> Evaluator:
    inner = compiled(expr.inner)

    def evaluate(row: Row) -> bool | None:
        value = inner(row)
        return None if value is None else not value

    return evaluate


def _missing(expr: tree.Missing) -> Evaluator:
    inner = compiled(expr.inner)

    def evaluate(row: Row) -> bool | None:
        return inner(row) is None if computable(expr.inner, row) else None

    return evaluate


def _matches(expr: tree.Matches) -> Evaluator:
    inner, search = compiled(expr.inner), re.compile(expr.pattern, re.IGNORECASE | re.ASCII).search

    def evaluate(row: Row) -> bool | None:
        value = inner(row)
        return None if value is None else search(value) is not None

    return evaluate


def _surely(expr: tree.Surely) -> Evaluator:
    inner = compiled(expr.inner)
    return lambda row: inner(row) is True


def _first_known(expr: tree.FirstKnown) -> Evaluator:
    left, right = compiled(expr.left), compiled(expr.right)

    def evaluate(row: Row) -> Any:  # noqa: ANN401  # a value of whichever kind the columns hold
        first = left(row)
        return right(row) if first is None else first

    return evaluate


def _choose(expr: tree.Choose) -> Evaluator:
    condition, then, otherwise = compiled(expr.condition), compiled(expr.then), compiled(expr.otherwise)
    settled = _presence(expr)

    def evaluate(row: Row) -> Any:  # noqa: ANN401  # as above
        answer = condition(row)
        if answer is None or (settled is not None and not settled(row)):
            return None
        return then(row) if answer else otherwise(row)

    return evaluate


def _presence(expr: tree.Expr) -> Callable[[Row], bool] | None:
    """`computable` as a function of a row, worked out once; None where every row can compute it."""
    if isinstance(expr, tree.Column):
        name = expr.name
        return lambda row: name in row
    if isinstance(expr, tree.Surely):
        return None
    children = expr.children()
    parts = [part for part in map(_presence, children) if part is not None]
    if not parts:
        return None
    if isinstance(expr, tree.FirstKnown | tree.Logic):
        return None if len(parts) < len(children) else lambda row: any(part(row) for part in parts)
    if all(isinstance(node, tree.Column | tree.Value | tree.Arithmetic | tree.Comparison) for node in tree.walk(expr)):
        names = tree.reads(expr)
        return lambda row: names <= row.keys()
    return lambda row: all(part(row) for part in parts)


def _logistic(expr: tree.Logistic) -> Evaluator:
    inner = compiled(expr.inner)

    def evaluate(row: Row) -> float | None:
        value = inner(row)
        return None if value is None else 1.0 / (1.0 + math.exp(-value))

    return evaluate


def _named(expr: tree.Named) -> Evaluator:
    return compiled(expr.inner)


_BUILDERS: dict[type[tree.Expr], Callable[[Any], Evaluator]] = {
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
