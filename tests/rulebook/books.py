"""Random books: every column may be blank, every table and many columns may be absent, rows may be few."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from hypothesis import strategies as st

from earnest.need.tables import EVIDENCE
from earnest.pipeline import frames
from earnest.promises.tables import PROMISES
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import words
from earnest.rulebook.book import Book, book
from earnest.rulebook.tables import Column, Kind, Table

AS_OF = date(2025, 12, 15)
TODAY = words.epoch_day(AS_OF)

POLARS = {
    Kind.TEXT: pl.String,
    Kind.INTEGER: pl.Int64,
    Kind.NUMBER: pl.Float64,
    Kind.FLAG: pl.Boolean,
    Kind.DAY: pl.Int64,
    Kind.MOMENT: pl.Int64,
    Kind.MONEY: pl.Int64,
}
TEXTS = {
    "outcome": ["open", "open", "open", "won", "lost", "no_decision", "declined"],
    "direction": ["in", "out", "both"],
    "channel": ["meeting", "call", "email"],
    "field": ["stage", "seller_close_on", "amount"],
    "made_by": ["seller", "buyer"],
    "element": ["N1", "N2", "N6", "N7", "N8"],
    "segment": ["mid", "ent"],
    "currency": ["EUR", "USD"],
    "next_step": ["follow up", "Call Ines to agree the measure by Friday", "check in with the team", "Meeting 18 Jan", "email", ""],
}
TABLES = (DEALS, ACTIVITIES, CHANGES, PROMISES, EVIDENCE)


def _values(column: Column) -> st.SearchStrategy[Any]:
    if column.name in TEXTS:
        return st.sampled_from(TEXTS[column.name])
    by_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.TEXT: st.sampled_from(["a", "b"]),
        Kind.INTEGER: st.integers(0, 6),
        Kind.NUMBER: st.integers(0, 40).map(lambda n: n / 4),
        Kind.FLAG: st.booleans(),
        Kind.DAY: st.integers(TODAY - 400, TODAY + 60),
        Kind.MOMENT: st.integers((TODAY - 200) * 86_400, (TODAY + 10) * 86_400),
        Kind.MONEY: st.integers(-1, 9).map(lambda n: n * 100_00),
    }
    return by_kind[column.kind]


@dataclass(frozen=True)
class Rows:
    """The rows of a book by table, each row only with the columns that its table has."""

    tables: dict[str, list[dict[str, Any]]]
    present: dict[str, frozenset[str]]


@st.composite
def rows(draw: st.DrawFn) -> Rows:
    """A random book as rows. Deals always have a key and an outcome; anything else may be absent."""
    deal_count = draw(st.integers(1, 8))
    tables: dict[str, list[dict[str, Any]]] = {}
    present: dict[str, frozenset[str]] = {}
    for table in TABLES:
        if table is not DEALS and draw(st.integers(0, 4)) == 0:
            continue
        optional = [c for c in table.columns if c.name not in (table.key, "deal_id", "outcome")]
        kept = [c for c in optional if draw(st.integers(0, 5)) > 0]
        names = frozenset({table.key, "deal_id"} | {c.name for c in kept} | ({"outcome"} if table is DEALS else set()))
        count = deal_count if table is DEALS else draw(st.integers(0, 12))
        tables[table.name] = [_row(draw, table, number, deal_count, kept) for number in range(count)]
        present[table.name] = names
    return Rows(tables, present)


def _row(draw: st.DrawFn, table: Table, number: int, deal_count: int, kept: list[Column]) -> dict[str, Any]:
    row: dict[str, Any] = {c.name: draw(st.none() | _values(c)) for c in kept}
    row["deal_id"] = number if table is DEALS else draw(st.integers(0, deal_count - 1))
    row[table.key] = number
    if table is DEALS:
        row["outcome"] = draw(st.sampled_from(TEXTS["outcome"]))
    return row


def polars_table(table: Table, found: Rows) -> pl.DataFrame:
    """One table of the random book as a Polars frame with exactly its columns."""
    columns = [c for c in table.columns if c.name in found.present[table.name]]
    return pl.DataFrame(
        {c.name: [row[c.name] for row in found.tables[table.name]] for c in columns},
        schema={c.name: POLARS[c.kind] for c in columns},
    )


def book_on(engine: str, found: Rows) -> Book:
    """The random book on an engine: polars, lazy, duckdb or pandas."""
    natives = [(table, native(engine, polars_table(table, found))) for table in TABLES if table.name in found.tables]
    return book(natives, as_of=AS_OF, thresholds=frames.THRESHOLDS)


def native(engine: str, frame: pl.DataFrame) -> object:
    if engine == "duckdb":
        import duckdb

        return duckdb.from_arrow(frame.to_arrow())
    if engine == "pandas":
        return frame.to_pandas(use_pyarrow_extension_array=True)
    return frame.lazy() if engine == "lazy" else frame
