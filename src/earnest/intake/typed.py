"""A file with its meaning applied: the mapped columns, each read once as what it holds, and what could not be read."""

from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, field

import polars as pl

from earnest.intake.mapping import FileMapping
from earnest.intake.raw import RawTable
from earnest.intake.vocabulary import Role, column_of
from earnest.rulebook.tables import Column, Kind


@dataclass(frozen=True)
class Typed:
    """The mapped columns of one file.

    `rows` has one column per mapped column, typed by its kind: days and moments as whole numbers, shares 0 to 1, money
    as a number of major units, since only the currency of a row says how many digits its minor unit has.
    `unread` says for a column in which rows the file has a text that could not be read as its kind.
    """

    raw: RawTable
    file: FileMapping
    role: Role
    rows: pl.DataFrame
    unread: AnyMapping[str, pl.Series] = field(default_factory=dict)

    def has(self, *columns: str) -> bool:
        """True when the file fills all these columns."""
        return set(columns) <= set(self.rows.columns)

    def header_of(self, column: str) -> str:
        """The header that fills a column."""
        return next(header for header, name in self.file.columns.items() if name == column)


def typed(raw: RawTable, file: FileMapping) -> Typed:
    """Read the mapped columns of a file."""
    role = Role(file.role)
    columns: dict[str, pl.Series] = {}
    unread: dict[str, pl.Series] = {}
    for header, column in file.columns.items():
        if header not in raw.rows.columns:
            continue
        values, bad = parsed(raw.rows[header], column_of(role, column), file)
        columns[column] = values.alias(column)
        if bad is not None and bad.any():
            unread[column] = bad
    rows = pl.DataFrame(list(columns.values())) if columns else pl.DataFrame(height=raw.row_count)
    return Typed(raw, file, role, rows, unread)


def parsed(texts: pl.Series, column: Column, file: FileMapping) -> tuple[pl.Series, pl.Series | None]:
    """Texts as what a column holds, and where a text could not be read as that."""
    texts = texts.str.strip_chars()
    texts = texts.set(texts.is_in(["", "None", "NaT", "--None--", "Select"]).fill_null(value=False), None)
    if column.kind is Kind.TEXT:
        return texts, None
    values = _QUICK[column.kind](texts)
    if column.unit == "share" and (values.max() or 0) > 1:
        values = values / 100
    return values, texts.is_not_null() & values.is_null()


def _day(texts: pl.Series) -> pl.Series:
    first = texts.str.slice(0, 10)
    found = first.str.to_date("%Y-%m-%d", strict=False)
    for form in ("%m/%d/%Y", "%d/%m/%Y"):
        if found.null_count() > texts.null_count():
            found = found.fill_null(first.str.to_date(form, strict=False))
    return found.to_physical()


def _moment(texts: pl.Series) -> pl.Series:
    found = texts.str.slice(0, 19).str.replace("T", " ").str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)
    return found.dt.epoch("s")


_QUICK = {
    Kind.DAY: _day,
    Kind.MOMENT: _moment,
    Kind.MONEY: lambda texts: texts.str.replace_all(",", "").cast(pl.Float64, strict=False),
    Kind.NUMBER: lambda texts: texts.cast(pl.Float64, strict=False),
    Kind.INTEGER: lambda texts: texts.cast(pl.Float64, strict=False).cast(pl.Int64, strict=False),
    Kind.FLAG: lambda texts: texts.str.to_lowercase().is_in(["true", "1", "yes"]),
}
