"""Rows on their way from files to deals: where each one stands, what it said, and the key that it is known by."""

from collections.abc import Sequence

import polars as pl

from earnest.intake.notes import EXAMPLES
from earnest.intake.typed import Typed

KEY, ROW, FILE, LINE = "_key", "_row", "_file", "_line"
# How natural keys begin: one made of a name, and one made of the whole row.
NATURAL, WHOLE = "\x1f", "\x1e"
SALESFORCE_ID = r"^[A-Za-z0-9]{15}([A-Z0-9]{3})?$"


def place(rows: pl.DataFrame, sources: Sequence[Typed]) -> list[str]:
    """Where the first few rows stand, as people look it up: `line 12`, with the file when there are several."""
    several = len(sources) > 1
    found = rows.select(FILE, LINE).head(EXAMPLES).iter_rows()
    return [f"{sources[file].raw.name}, line {line}" if several else f"line {line}" for file, line in found]


def originals(rows: pl.DataFrame, sources: Sequence[Typed]) -> list[str]:
    """The texts of these rows as the file has them, one JSON object each."""
    result: list[str] = []
    for file, line in rows.select(FILE, LINE).iter_rows():
        raw = sources[file].raw
        result.append(raw.rows.slice(line - raw.first_line, 1).write_ndjson().strip())
    return result


def short_id(ids: pl.Expr) -> pl.Expr:
    """A Salesforce id in its 15-character form, so that the 18 characters of the API meet the 15 of a report."""
    return pl.when(ids.str.contains(SALESFORCE_ID)).then(ids.str.slice(0, 15)).otherwise(ids)
