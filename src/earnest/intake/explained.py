"""A mapping as a person reads it: each header with its column, how sure that is, and one example as it was read."""

from collections.abc import Sequence
from dataclasses import replace

from earnest.intake import mapping as mappings
from earnest.intake.aliases import Certainty
from earnest.intake.figures import MappedColumn
from earnest.intake.mapping import Mapping
from earnest.intake.raw import RawTable
from earnest.intake.typed import Typed, typed
from earnest.intake.vocabulary import Role, column_of
from earnest.rulebook import rule, words
from earnest.rulebook.tables import Column, Kind

_SAMPLE = 200  # rows in which an example is looked for


def explain(chosen: Mapping, tables: Sequence[RawTable], files: Sequence[Typed] = ()) -> tuple[MappedColumn, ...]:
    """Every header of every file that is used, with one example beside what it was read as.

    Args:
        chosen: the mapping, one part per file.
        tables: the files as texts.
        files: the files as they were read with this mapping; those that are missing are read again in part.
    """
    read = {id(file.raw): file for file in files}
    lines = []
    for table, used in zip(tables, chosen.files, strict=True):
        if used.role == Role.UNUSED:
            continue
        known = read.get(id(table)) or typed(replace(table, rows=table.rows.head(_SAMPLE)), used)
        sure = mappings.certainties(table, used)
        lines += [_line(table, known, header, sure[header]) for header in table.headers]
    return tuple(lines)


def _line(table: RawTable, known: Typed, header: str, sure: Certainty) -> MappedColumn:
    column = known.file.columns.get(header, "")
    return MappedColumn(
        file=table.name,
        header=header,
        table=known.file.role if column else "",
        column=column,
        example=_example(table, known, header, column),
        certainty=sure,
    )


def in_words(read: Typed, column: str, place: int) -> str:
    """The value of a column in one row as people say it; empty where there is none."""
    if column not in read.rows.columns or read.rows[column][place] is None:
        return ""
    currency = read.rows["currency"][place] if read.has("currency") else ""
    return _spoken(read.rows[column][place], column_of(read.role, column), currency or "")


def _example(table: RawTable, known: Typed, header: str, column: str) -> str:
    """The first filled cell, and how it was read where that says more than the text."""
    texts = table.rows[header].head(_SAMPLE)
    found = texts.is_not_null()
    if column in known.rows.columns:
        values = known.rows[column].head(_SAMPLE)
        found = values.is_not_null() if values.null_count() < len(values) else found
    place = found.arg_max()
    if place is None or not found[place]:
        return ""
    text = str(texts[place])
    spoken = in_words(known, column, place)
    return text if spoken in ("", text) else f"{text} → {spoken}"


def _spoken(value: object, declared: Column, currency: str) -> str:
    """A value as people say it; money to its last unit."""
    if declared.kind is Kind.MONEY and isinstance(value, int):
        return words.exact_money(value, currency).strip()
    if declared.unit == "share" and isinstance(value, float):
        return words.share(value)
    return rule.spoken(value, declared.kind)
