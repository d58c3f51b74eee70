"""Random books: every column may be blank, every table and many columns may be absent, rows may be few."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from earnest.need.tables import ELEMENTS, EVIDENCE, MUST_HAVES, STAKES
from earnest.pipeline import frames, periods
from earnest.pipeline.tables import SALES, SIGNAL_NAMES, SIGNALS
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
    "direction": ["in", "out", "out", "out", "out", "both"],
    "channel": ["meeting", "call", "email"],
    "field": ["stage", "seller_close_on", "amount"],
    "made_by": ["seller", "buyer"],
    "element": [*ELEMENTS, *(["N1", "N2", "N5", "N6", "N8"] * 4)],
    "sign": list(SIGNAL_NAMES),
    "kind": ["sale", "pilot", "gift"],
    "answer": ["unknown", "yes", "no", "work"],
    "next_step_side": ["us", "them", "both"],
    "end_reason": ["favourite", "price"],
    "segment": ["mid", "ent"],
    "currency": ["EUR", "USD"],
    "next_step": [
        "follow up",
        "Call Ines to agree the measure by Friday",
        "check in with the team",
        "Meeting 18 Jan",
        "email",
        "",
    ],
}
TABLES = (DEALS, ACTIVITIES, CHANGES, PROMISES, EVIDENCE, MUST_HAVES, STAKES, SIGNALS, SALES)


def _value(rng: random.Random, column: Column) -> Any:
    if rng.random() < 0.15:
        return None
    if column.name == "corrected_on" and rng.random() < 0.8:
        return None
    if column.name in TEXTS:
        return rng.choice(TEXTS[column.name])
    by_kind: dict[Kind, Callable[[], Any]] = {
        Kind.TEXT: lambda: rng.choice(["a", "b"]),
        Kind.INTEGER: lambda: rng.randint(0, 4),
        Kind.NUMBER: lambda: rng.randint(0, 40) / 4,
        Kind.FLAG: lambda: rng.random() < 0.5,
        Kind.DAY: lambda: rng.randint(TODAY - 200, TODAY + 60),
        Kind.MOMENT: lambda: rng.randint((TODAY - 40) * 86_400, (TODAY + 3) * 86_400),
        Kind.MONEY: lambda: rng.randint(-1, 9) * 100_00,
    }
    return by_kind[column.kind]()


# A need and the signs of fodder add up from many rows, so a deal has many.
DENSE = (EVIDENCE, SIGNALS)


@dataclass(frozen=True)
class Rows:
    """The rows of a book by table, each row only with the columns that its table has."""

    tables: dict[str, list[dict[str, Any]]]
    present: dict[str, frozenset[str]]


def random_rows(seed: int, *, deal_count: int = 12, whole: bool = False) -> Rows:
    """A random book as rows. Deals always have a key and an outcome; unless `whole`, anything else may be absent."""
    rng = random.Random(seed)
    tables: dict[str, list[dict[str, Any]]] = {}
    present: dict[str, frozenset[str]] = {}
    for table in TABLES:
        if not whole and table is not DEALS and rng.random() < 0.2:
            continue
        optional = [c for c in table.columns if c.name not in (table.key, "deal_id", "outcome")]
        kept = [c for c in optional if whole or rng.random() < 0.7]
        names = {table.key, "deal_id"} | {c.name for c in kept} | ({"outcome"} if table is DEALS else set())
        count = deal_count if table is DEALS else rng.randint(0, (30 if table in DENSE else 4) * deal_count)
        tables[table.name] = [_row(rng, table, number, deal_count, kept) for number in range(count)]
        present[table.name] = frozenset(names)
    return Rows(tables, present)


def _row(rng: random.Random, table: Table, number: int, deal_count: int, kept: list[Column]) -> dict[str, Any]:
    row: dict[str, Any] = {c.name: _value(rng, c) for c in kept}
    row["deal_id"] = number if table is DEALS else rng.randrange(deal_count)
    row[table.key] = number
    if table is DEALS:
        row["outcome"] = rng.choice(TEXTS["outcome"])
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
    return book(natives, as_of=AS_OF, thresholds=frames.THRESHOLDS, changed=periods.windows(AS_OF))


def native(engine: str, frame: pl.DataFrame) -> object:
    if engine == "duckdb":
        import duckdb

        return duckdb.from_arrow(frame.to_arrow())
    if engine == "pandas":
        return frame.to_pandas(use_pyarrow_extension_array=True)
    return frame.lazy() if engine == "lazy" else frame
