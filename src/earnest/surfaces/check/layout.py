"""The few shapes that the report is made of, for the page and the terminal alike: tables of words, and figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from earnest.charts.svg import Drawing


@dataclass(frozen=True)
class Column:
    """A column of a table: its words, how its cells are set, and the scale over drawn cells.

    `kind` is one of `words`, `name` (somebody else's words), `number`, `drawn` (only on the page) and `chip`.
    """

    head: str
    kind: str = "words"
    scale: Drawing | None = None


@dataclass(frozen=True)
class Cell:
    """A cell: its lines, a quiet remark under or beside them, a drawing, a tone for chips."""

    lines: tuple[str, ...] = ()
    small: str = ""
    drawing: Drawing | None = None
    tone: str = ""


@dataclass(frozen=True)
class Grid:
    """A table; the caption says what it shows to those who do not see where it stands."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Figure:
    """A chart under the finding that it shows, with its numbers beside it."""

    finding: str
    note: str
    drawing: Drawing
    grid: Grid


@dataclass(frozen=True)
class Remark:
    """A term and what is said of it."""

    term: str
    words: str


def cell(*lines: str, small: str = "", drawing: Drawing | None = None, tone: str = "") -> Cell:
    """A cell of these lines."""
    return Cell(lines, small, drawing, tone)


def spoken(*sentences: str) -> tuple[str, ...]:
    """The sentences that say something."""
    return tuple(sentence for sentence in sentences if sentence)


def plain_rows(rows: Sequence[Sequence[str]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of single-line cells."""
    return tuple(tuple(cell(text) for text in row) for row in rows)
