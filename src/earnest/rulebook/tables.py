"""What a table of a book looks like: named columns, each of one kind, with its words for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from earnest.rulebook.tree import Column as ColumnExpr


class Kind(StrEnum):
    """What a column holds.

    Dates are whole epoch days and moments whole epoch seconds, because date arithmetic is the
    part of dataframe libraries that is not portable. Money is whole minor units beside a currency column.
    """

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    MONEY = "money"


@dataclass(frozen=True)
class Column:
    """One column: its name in frames, its kind, and what a person calls it."""

    name: str
    kind: Kind
    label: str
    unit: str = ""


@dataclass(frozen=True)
class Threshold:
    """A setting that rules read as a column: its default, its unit, and why that default."""

    name: str
    default: float
    unit: str
    why: str

    @property
    def column(self) -> Column:
        return Column(self.name, Kind.NUMBER, self.name.replace("_", " "), self.unit)


@dataclass(frozen=True)
class Table:
    """A table of a book: a name, the column that identifies a row, and its columns.

    Attribute access gives the expression of a column, so `DEALS.amount` reads as it is spoken
    and a misspelt column fails where it is written.
    """

    name: str
    key: str
    columns: tuple[Column, ...]

    def __getattr__(self, name: str) -> ColumnExpr:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in {column.name for column in self.columns}:
            raise AttributeError(f"The table {self.name} has no column {name}.")
        return ColumnExpr(name)

    def column(self, name: str) -> Column:
        """The declaration of a column; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def frame_table(name: str, *parts: Table | Iterable[Column | Threshold]) -> Table:
    """The columns of a frame with one row per deal, from tables, measures, benchmarks and thresholds together.

    Raises: ValueError when two parts declare the same column.
    """
    columns: dict[str, Column] = {}
    for part in parts:
        for item in part.columns if isinstance(part, Table) else part:
            column = item.column if isinstance(item, Threshold) else item
            if column.name in columns:
                raise ValueError(f"The frame {name} has the column {column.name} twice.")
            columns[column.name] = column
    return Table(name, "deal_id", tuple(columns.values()))
