"""The book: the tables of a pipeline as typed columns, from an export, the database or Parquet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

import narwhals.stable.v2 as nw

from earnest.errors import EarnestError
from earnest.rulebook import engine, words
from earnest.rulebook.engine import LazyFrame
from earnest.rulebook.tables import Column, Kind, Table, Threshold

SECONDS_A_DAY = 86_400

AS_OF = Column("as_of", Kind.DAY, "today")
AS_OF_AT = Column("as_of_at", Kind.MOMENT, "the end of today")


class MissingTable(EarnestError):
    """A calculation needs a table that the book does not have."""

    code: ClassVar[str] = "missing_table"


class WrongColumnKind(EarnestError):
    """A column of a book holds something else than its table declares."""

    code: ClassVar[str] = "wrong_column_kind"


@dataclass(frozen=True)
class BookTable:
    """One table of a book: its rows, its declaration, and which of the declared columns it really has."""

    rows: LazyFrame
    declared: Table
    present: frozenset[str]


@dataclass(frozen=True)
class Book:
    """The tables of a pipeline on one day.

    `as_of` is that day; nothing below a surface knows another clock.
    `thresholds` are the settings that rules read as columns.
    A column that is declared but not present is unknown, never empty.
    """

    as_of: date
    tables: Mapping[str, BookTable]
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def table(self, name: str) -> BookTable:
        """A table by name.

        Raises: MissingTable when the book has none of that name.
        """
        if name not in self.tables:
            raise MissingTable(
                f"This book has no table of {name}.",
                why="The files it was made from held none.",
                fix=f"Add the file that holds the {name}, or read the other figures.",
                data={"table": name, "present": sorted(self.tables)},
            )
        return self.tables[name]

    def has(self, table: str, *columns: str) -> bool:
        """True when the table is there with all these columns."""
        return table in self.tables and self.tables[table].present.issuperset(columns)

    def context(self) -> dict[str, float | int]:
        """The values that are the same for every row: today and the thresholds."""
        day = words.epoch_day(self.as_of)
        return {AS_OF.name: day, AS_OF_AT.name: (day + 1) * SECONDS_A_DAY - 1, **self.thresholds}

    def with_table(self, declared: Table, rows: object) -> "Book":
        """The book with one table added or replaced; its columns are checked against the declaration."""
        return replace(self, tables={**self.tables, declared.name: checked(declared, rows)})


def book(
    tables: Iterable[tuple[Table, object]],
    *,
    as_of: date,
    thresholds: Iterable[Threshold] = (),
    changed: Mapping[str, float] | None = None,
) -> Book:
    """A book from native frames of any one engine.

    Args:
        tables: the declaration of each table and its native frame.
        as_of: the day to judge.
        thresholds: the thresholds of the rooms, at their defaults.
        changed: thresholds that the user has set otherwise, by name.
    Raises: WrongColumnKind when a column's type does not fit its declaration.
    """
    values = {threshold.name: threshold.default for threshold in thresholds} | dict(changed or {})
    return Book(as_of, {declared.name: checked(declared, rows) for declared, rows in tables}, values)


def checked(declared: Table, rows: object) -> BookTable:
    """The frame as a table of the book: declared columns only, each of its declared kind."""
    frame = engine.lazy(rows)
    schema = frame.collect_schema()
    names = [name for name in declared.names() if name in schema]
    for name in names:
        check_kind(f"the table {declared.name}", declared.column(name), schema[name])
    return BookTable(frame.select(*(_column(name, schema[name]) for name in names)), declared, frozenset(names))


def _column(name: str, found: nw.dtypes.DType) -> nw.Expr:
    """The column as every engine can reckon with it."""
    column = nw.col(name)
    if found.is_float():
        return nw.when(~column.is_nan()).then(column).alias(name)  # engines disagree on whether NaN is more than 3
    if found.is_integer() and found != nw.Int64:
        return column.cast(nw.Int64)  # keys of two widths do not join, and unsigned days wrap below nought
    return column


def check_kind(where: str, column: Column, found: nw.dtypes.DType) -> None:
    """Refuse a column whose type does not fit what it is declared to hold.

    Raises: WrongColumnKind.
    """
    fits = {
        Kind.TEXT: found == nw.String,
        Kind.FLAG: found == nw.Boolean,
        Kind.NUMBER: found.is_numeric(),
    }.get(column.kind, found.is_integer())
    if not fits:
        raise WrongColumnKind(
            f"The column {column.name} of {where} holds {found}, but it should hold {column.kind.value}.",
            why="A rule that read it would mean something else than it says.",
            fix="Convert the column first: days and moments are whole numbers since 1970, money is whole minor units.",
            data={
                "table": where.removeprefix("the table "),
                "column": column.name,
                "found": str(found),
                "expected": column.kind.value,
            },
        )
