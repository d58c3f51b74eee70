"""Random trees over random rows: columns may be blank, and some that a tree reads are not in the book."""

from typing import Any

from hypothesis import strategies as st

from earnest.rulebook import tree
from earnest.rulebook.tree import Column, Expr, choose

NUMBERS, TEXTS, FLAGS = ("n1", "n2", "x1", "x2"), ("t1", "t2"), ("p1", "p2")
WORDS = ("follow up", "Call Ines", "e-mail the plan", "", "out")
PATTERNS = ("^follow[- ]?up", "call|plan", "[^a-z]i", "^$")

_number_leaves: st.SearchStrategy[Expr] = st.sampled_from(NUMBERS).map(Column) | st.sampled_from(
    (0, 1, 3, -2, 0.5)
).map(tree.as_expr)
_texts: st.SearchStrategy[Expr] = st.sampled_from(TEXTS).map(Column)
_flag_leaves: st.SearchStrategy[Expr] = (
    st.sampled_from(FLAGS).map(Column)
    | st.builds(lambda text, word: text == word, _texts, st.sampled_from(WORDS))
    | st.builds(lambda text, word: text != word, _texts, st.sampled_from(WORDS))
    | st.builds(lambda text, pattern: text.matches(pattern), _texts, st.sampled_from(PATTERNS))
    | _texts.map(lambda text: text.missing())
)


def _numbers(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    arithmetic = st.builds(tree.Arithmetic, st.sampled_from("+-*/"), parts, parts)
    return arithmetic | st.builds(lambda one, other: one.or_else(other), parts, parts) | parts.map(_named)


def _named(expr: Expr) -> Expr:
    return expr.named("value_days")


NUMBER: st.SearchStrategy[Expr] = st.recursive(_number_leaves, _numbers, max_leaves=4)
_ASKED = (
    _flag_leaves
    | st.builds(tree.Comparison, st.sampled_from(("<", "<=", ">", ">=", "==", "!=")), NUMBER, NUMBER)
    | NUMBER.map(lambda number: number.missing())
)


def _flags(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return (
        st.builds(tree.Logic, st.sampled_from(("and", "or")), parts, parts)
        | parts.map(lambda part: ~part)
        | parts.map(lambda part: part.surely())
        | parts.map(lambda part: part.missing())
        | st.builds(lambda one, other: one.or_else(other), parts, parts)
        | st.builds(lambda part, one, other: choose(part, one, other) > 0, parts, NUMBER, NUMBER)
        | st.builds(tree.all_blank, parts, parts)
    )


CONDITION: st.SearchStrategy[Expr] = st.recursive(_ASKED, _flags, max_leaves=6)

_VALUES: dict[str, st.SearchStrategy[Any]] = {
    "n": st.none() | st.integers(-4, 4),
    "x": st.none() | st.sampled_from((-1.5, 0.0, 0.5, 3.0)),
    "t": st.none() | st.sampled_from(WORDS),
    "p": st.none() | st.booleans(),
}


@st.composite
def rows_of_a_book(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[str]]:
    """Up to six rows, and the names of the columns that the book has."""
    names = draw(st.lists(st.sampled_from(NUMBERS + TEXTS + FLAGS), unique=True))
    row = st.fixed_dictionaries({name: _VALUES[name[0]] for name in names})
    return draw(st.lists(row, max_size=6)), names
