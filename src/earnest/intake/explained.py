"""A mapping as a person reads it: each header with its column, how sure that is, and one example as it was read."""

from collections.abc import Sequence

from earnest.intake import mapping as mappings
from earnest.intake.figures import MappedColumn
from earnest.intake.mapping import FileMapping, Mapping
from earnest.intake.raw import RawTable
from earnest.intake.typed import parsed
from earnest.intake.vocabulary import Role, column_of
from earnest.rulebook import rule, words
from earnest.rulebook.tables import Kind

_SPOKEN_AS = {Kind.MONEY: Kind.NUMBER}
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
    values, _unread = parsed(texts, declared, used)
    shown = [(text, value) for text, value in zip(texts, values, strict=True) if value is not None]
    if not shown:
        return str(texts[0])
    text, value = shown[0]
    # Before its currency is known, money is a number of major units; a share reads as people write it.
    spoken = (
        words.share(value)
        if declared.unit == "share"
        else rule.spoken(value, _SPOKEN_AS.get(declared.kind, declared.kind))
    )
    return text if spoken == text else f"{text} → {spoken}"
