"""The tree that a rule is: columns, literals, comparisons, arithmetic, logic, and the question «is it blank?».

Everything else follows from the tree: what a rule reads, when it is unknown, the values in its
sentence, its page in the docs, and its two evaluators (`on_frames` for a book, `on_rows` for one deal).

Logic is three-valued (Kleene): a blank input makes a comparison unknown; `false and unknown` is false,
`true or unknown` is true. `.missing()` is the one way to ask for a blank, and it is itself unknown when the
book has no such column at all, because a file without the column cannot say that the value is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Literal: TypeAlias = bool | int | float | str


class Expr:
    """A node of the tree. Combine nodes with `+ - * / < <= > >= == != & | ~`, never with `and`, `or`, `not`."""

    def __add__(self, other: "Expr | Literal") -> "Arithmetic":
        return Arithmetic("+", self, as_expr(other))

    def __radd__(self, other: Literal) -> "Arithmetic":
        return Arithmetic("+", as_expr(other), self)

    def __sub__(self, other: "Expr | Literal") -> "Arithmetic":
        return Arithmetic("-", self, as_expr(other))

    def __rsub__(self, other: Literal) -> "Arithmetic":
        return Arithmetic("-", as_expr(other), self)

    def __mul__(self, other: "Expr | Literal") -> "Arithmetic":
        return Arithmetic("*", self, as_expr(other))

    def __rmul__(self, other: Literal) -> "Arithmetic":
        return Arithmetic("*", as_expr(other), self)

    def __truediv__(self, other: "Expr | Literal") -> "Arithmetic":
        return Arithmetic("/", self, as_expr(other))

    def __lt__(self, other: "Expr | Literal") -> "Comparison":
        return Comparison("<", self, as_expr(other))

    def __le__(self, other: "Expr | Literal") -> "Comparison":
        return Comparison("<=", self, as_expr(other))

    def __gt__(self, other: "Expr | Literal") -> "Comparison":
        return Comparison(">", self, as_expr(other))

    def __ge__(self, other: "Expr | Literal") -> "Comparison":
        return Comparison(">=", self, as_expr(other))

    def __eq__(self, other: object) -> "Comparison":  # type: ignore[override]  # == builds a node, as in every expression language
        return Comparison("==", self, as_expr(other))

    def __ne__(self, other: object) -> "Comparison":  # type: ignore[override]  # as above
        return Comparison("!=", self, as_expr(other))

    def __and__(self, other: "Expr") -> "Logic":
        return Logic("and", self, other)

    def __or__(self, other: "Expr") -> "Logic":
        return Logic("or", self, other)

    def __invert__(self) -> "Not":
        return Not(self)

    def __bool__(self) -> bool:
        raise TypeError("An expression has no truth of its own; combine expressions with & | ~, not with and, or, not.")

    def __hash__(self) -> int:
        return id(self)

    def missing(self) -> "Missing":
        """True where the value is blank; unknown where the book has no such column."""
        return Missing(self)

    def matches(self, pattern: str) -> "Matches":
        """True where the text matches the regular expression (case ignored, portable syntax only)."""
        return Matches(self, pattern)

    def surely(self) -> "Surely":
        """True where the condition is known to be true; never unknown."""
        return Surely(self)

    def or_else(self, other: "Expr") -> "FirstKnown":
        """This value, or the other one where this is blank or its column absent; both whole numbers, or neither."""
        return FirstKnown(self, other)

    def logistic(self) -> "Logistic":
        """The chance, between 0 and 1, that a number of logits stands for."""
        return Logistic(self)

    def named(self, name: str) -> "Named":
        """Give the value a name, so that a sentence can say it: `{gap_days}`."""
        return Named(self, name)

    def children(self) -> tuple["Expr", ...]:
        return ()


@dataclass(frozen=True, eq=False)
class Column(Expr):
    """A column of the frame."""

    name: str


@dataclass(frozen=True, eq=False)
class Value(Expr):
    """A literal."""

    value: Literal


@dataclass(frozen=True, eq=False)
class Arithmetic(Expr):
    """`+ - * /` of two numbers; blank if either is blank, or on division by zero."""

    op: str
    left: Expr
    right: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, eq=False)
class Comparison(Expr):
    """A comparison; unknown if either side is blank."""

    op: str
    left: Expr
    right: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, eq=False)
class Logic(Expr):
    """Kleene `and` / `or`."""

    op: str
    left: Expr
    right: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, eq=False)
class Not(Expr):
    """Kleene `not`."""

    inner: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.inner,)


@dataclass(frozen=True, eq=False)
class Missing(Expr):
    """Is the value blank?"""

    inner: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.inner,)


@dataclass(frozen=True, eq=False)
class Matches(Expr):
    """Does the text match the pattern?"""

    inner: Expr
    pattern: str

    def children(self) -> tuple[Expr, ...]:
        return (self.inner,)


@dataclass(frozen=True, eq=False)
class Surely(Expr):
    """Is the condition known to be true? Unknown counts as no."""

    inner: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.inner,)


@dataclass(frozen=True, eq=False)
class FirstKnown(Expr):
    """The first value, or the second where the first is blank."""

    left: Expr
    right: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, eq=False)
class Choose(Expr):
    """One number where the condition holds, another where it does not; blank where that is unknown."""

    condition: Expr
    then: Expr
    otherwise: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True, eq=False)
class Logistic(Expr):
    """1 / (1 + e^-x)."""

    inner: Expr

    def children(self) -> tuple[Expr, ...]:
        return (self.inner,)


@dataclass(frozen=True, eq=False)
class Named(Expr):
    """A value that sentences may say by name."""

    inner: Expr
    name: str

    def children(self) -> tuple[Expr, ...]:
        return (self.inner,)


def as_expr(value: object) -> Expr:
    """A literal becomes a node and a node stays itself; None is refused, since blank is asked with `.missing()`."""
    if isinstance(value, Expr):
        return value
    if isinstance(value, bool | int | float | str):
        return Value(value)
    raise TypeError(f"A rule cannot compare with {value!r}; ask for a blank with .missing().")


def choose(condition: Expr, then: Expr | Literal, otherwise: Expr | Literal) -> Choose:
    """`then` where the condition holds, `otherwise` where it does not."""
    return Choose(condition, as_expr(then), as_expr(otherwise))


def all_blank(first: Expr, *others: Expr) -> Expr:
    """True where every column that the book has is blank; unknown where it has none of them."""
    blank: Expr = first.missing()
    filled: Expr = (~first.missing()).surely()
    for other in others:
        blank = blank | other.missing()
        filled = filled | (~other.missing()).surely()
    return blank & ~filled


def walk(expr: Expr) -> Iterator[Expr]:
    """Every node of the tree, the root first."""
    yield expr
    for child in expr.children():
        yield from walk(child)


def reads(expr: Expr) -> frozenset[str]:
    """The names of the columns that an expression reads."""
    return frozenset(node.name for node in walk(expr) if isinstance(node, Column))


def needs(expr: Expr) -> frozenset[str]:
    """The columns without which it can be unknown: what it reads, less what it only asks for `.surely()`."""
    if isinstance(expr, Surely):
        return frozenset()
    if isinstance(expr, Column):
        return frozenset({expr.name})
    return frozenset().union(*(needs(child) for child in expr.children()))


def named_values(expr: Expr) -> dict[str, Expr]:
    """The named values inside an expression, by name."""
    return {node.name: node.inner for node in walk(expr) if isinstance(node, Named)}
