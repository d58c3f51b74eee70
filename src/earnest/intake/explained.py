"""A mapping as a person reads it: each header with its column, how sure that is, and one example as it was read."""

from collections.abc import Sequence

from earnest.intake import mapping as mappings
from earnest.intake.figures import MappedColumn
from earnest.intake.mapping import FileMapping, Mapping
from earnest.intake.raw import RawTable
from earnest.intake.typed import parsed
from earnest.intake.vocabulary import Role, column_of
from earnest.rulebook import rule, words
from earnest.rulebook.tables import Column, Kind

_SAMPLE = 200  # rows in which an example is looked for


def explain(chosen: Mapping, tables: Sequence[RawTable]) -> tuple[MappedColumn, ...]:
    """Every header of every file that is used, with one example beside what it was read as."""
    guessed = mappings.guess(tables)
    lines = []
    for table, first, used in zip(tables, guessed.files, chosen.files, strict=True):
        if used.role != Role.UNUSED:
            lines += [_line(table, first, used, header) for header in table.headers]
    return tuple(lines)


def _line(table: RawTable, guessed: FileMapping, used: FileMapping, header: str) -> MappedColumn:
    column = used.columns.get(header, "")
    return MappedColumn(
        file=table.name,
        header=header,
        table=used.role if column else "",
        column=column,
        example=_example(table, used, header, column),
        certainty=mappings.certainty(guessed, used, header, table),
    )


def _example(table: RawTable, used: FileMapping, header: str, column: str) -> str:
    """The first filled cell, and how it was read where that says more than the text."""
    texts = table.rows[header].head(_SAMPLE).drop_nulls()
    if texts.is_empty() or not column:
        return "" if texts.is_empty() else str(texts[0])
    declared = column_of(Role(used.role), column)
    values = parsed(texts, declared, used).values
    shown = [(text, value) for text, value in zip(texts, values, strict=True) if value is not None]
    if not shown:
        return str(texts[0])
    text, value = shown[0]
    spoken = _spoken(value, declared)
    return text if spoken == text else f"{text} → {spoken}"


def _spoken(value: object, declared: Column) -> str:
    """A value as people say it; money to the last cent, since its currency stands in another column."""
    if declared.kind is Kind.MONEY and isinstance(value, int):
        return words.exact_money(value, "").strip()
    if declared.unit == "share" and isinstance(value, float):
        return words.share(value)
    return rule.spoken(value, declared.kind)
