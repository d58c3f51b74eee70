"""What could not be read in the files, what could be read in two ways, and what stood for no value."""

from collections.abc import Iterable, Sequence

import polars as pl

from earnest.intake.notes import EXAMPLES, Notes, listed
from earnest.intake.typed import Typed
from earnest.intake.vocabulary import column_of
from earnest.rulebook import words
from earnest.rulebook.tables import Column, Kind

_KINDS = {
    Kind.DAY: ("unreadable_dates", "Dates that cannot be read", "It is no date that can be read."),
    Kind.MOMENT: ("unreadable_dates", "Dates that cannot be read", "It is no date that can be read."),
    Kind.MONEY: ("unreadable_amounts", "Amounts that cannot be read", "It is no amount that can be read."),
    Kind.FLAG: ("unreadable_flags", "Yes and no that cannot be read", "It says neither yes nor no."),
    Kind.NUMBER: ("unreadable_numbers", "Numbers that cannot be read", "It is no number."),
    Kind.INTEGER: ("unreadable_numbers", "Numbers that cannot be read", "It is no whole number."),
}
_SHARE = (
    "probability_out_of_range",
    "Probabilities that are none",
    "A probability lies between 0 and 100 percent.",
)
_KEPT_REFUSALS = 100_000


def report(files: Sequence[Typed], notes: Notes) -> None:
    """Tell what could not be read as its column wants it. The rows stay; only these values are left blank."""
    by_code: dict[str, list[tuple[Typed, str]]] = {}
    titles = {}
    for file in files:
        for name in file.unread:
            code, title, reason = _what(column_of(file.role, name))
            by_code.setdefault(code, []).append((file, name))
            titles[code] = (title, reason)
    for code, places in by_code.items():
        _refuse(code, *titles[code], places, several=len(files) > 1, notes=notes)
    _doubts(files, notes)
    _unset(files, notes)


def _what(column: Column) -> tuple[str, str, str]:
    return _SHARE if column.unit == "share" else _KINDS[column.kind]


def _refuse(  # the parts of one finding
    code: str, title: str, reason: str, places: Sequence[tuple[Typed, str]], *, several: bool, notes: Notes
) -> None:
    parts = [_refused(file, name, reason) for file, name in places]
    for part in parts:
        notes.refuse(part.head(_KEPT_REFUSALS))
    shown = pl.concat([part.head(EXAMPLES) for part in parts]).head(EXAMPLES)
    headers = [file.header_of(name) for file, name in places]
    notes.soil(
        code,
        title,
        count=sum(part.height for part in parts),
        examples=[
            f"{file + ', ' if several else ''}line {line}, {column}: «{text}»"
            for file, line, column, text in shown.select("file", "line", "column", "original").iter_rows()
        ],
        done=f"Refused and left blank, in {listed(list(dict.fromkeys(headers)))}; the rows are kept. {reason}",
        fix="Correct these values in the CRM, or the meaning of the column in the mapping file.",
        refused=True,
    )


def _refused(file: Typed, name: str, reason: str) -> pl.DataFrame:
    header = file.header_of(name)
    rows = file.unread[name].arg_true()
    return pl.DataFrame({"line": rows.cast(pl.Int64) + file.raw.first_line}).select(
        pl.lit(file.raw.name).alias("file"),
        "line",
        pl.lit("value").alias("refused"),
        pl.lit(header).alias("column"),
        pl.lit(reason).alias("reason"),
        file.raw.rows[header].gather(rows).alias("original"),
    )


def _doubts(files: Iterable[Typed], notes: Notes) -> None:
    for file in files:
        for doubt in file.doubts:
            header = file.header_of(doubt.column)
            is_date = column_of(file.role, doubt.column).kind in (Kind.DAY, Kind.MOMENT)
            setting = 'date_order = "day first"' if is_date else 'decimal_mark = ","'
            notes.soil(
                "ambiguous_dates" if is_date else "ambiguous_amounts",
                f"{'Dates' if is_date else 'Amounts'} of «{header}» that could be read in two ways",
                count=doubt.count,
                examples=[str(text) for text in file.raw.rows[header].drop_nulls().head(EXAMPLES)],
                done=doubt.said,
                fix=f"If that is wrong, write under this file in the mapping file: {setting}.",
            )


def _unset(files: Iterable[Typed], notes: Notes) -> None:
    total = 0
    parts: list[str] = []
    for file in files:
        for name, counts in file.unset.items():
            found = sum(counts.values())
            total += found
            shown = listed([f"«{token}»" for token in counts], limit=3)
            parts.append(f"{file.header_of(name)}: {shown} ({words.plural(found, 'cell')})")
    notes.soil(
        "unset_values",
        "Words that stand for no value",
        count=total,
        examples=parts[:EXAMPLES],
        done="Read as blank.",
        fix="Nothing to do; if one of these words is meant as a value, write it otherwise in the CRM.",
    )
