"""Small books for tests: rows with only the columns that a test is about, and a deal measured in both ways."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from earnest.measures.figures import Cycle
from earnest.measures.intervals import rate
from earnest.need.tables import EVIDENCE, MUST_HAVES, STAKES
from earnest.pipeline import frames
from earnest.pipeline.benchmarks import Benchmarks
from earnest.pipeline.tables import SALES, SIGNALS
from earnest.promises.tables import PROMISES
from earnest.records.tables import ACTIVITIES, CHANGES, DEALS
from earnest.rulebook import book as books
from earnest.rulebook import engine
from earnest.rulebook.book import Book
from tests.rulebook.books import AS_OF, POLARS, native

TABLES = {
    table.name: table for table in (DEALS, ACTIVITIES, CHANGES, PROMISES, EVIDENCE, MUST_HAVES, STAKES, SIGNALS, SALES)
}
Row = Mapping[str, Any]

_NO_CYCLE = Cycle(
    0, 0, 0, (None, None, None), None, (None, None, None), None, None, None, 0, False, None, rate(0, 0), (), ()
)
NO_MARKS = Benchmarks(_NO_CYCLE, {}, {}, {}, {})


def a_book(
    deals: Sequence[Row], *, on: str = "polars", changed: Mapping[str, float] | None = None, **tables: Sequence[Row]
) -> Book:
    """A book whose tables have the columns that their first row names; keys and `deal_id` are counted from 1."""
    made = [(TABLES[name], native(on, _frame(name, rows))) for name, rows in {"deals": deals, **tables}.items()]
    return books.book(made, as_of=AS_OF, thresholds=frames.THRESHOLDS, changed=changed)


def _numbered(name: str, rows: Sequence[Row]) -> list[dict[str, Any]]:
    defaults = {"outcome": "open"} if name == "deals" else {"deal_id": 1}
    return [{TABLES[name].key: number, **defaults, **row} for number, row in enumerate(rows, start=1)]


def _frame(name: str, rows: Sequence[Row]) -> pl.DataFrame:
    full = _numbered(name, rows)
    names = list(full[0]) if full else ["deal_id", TABLES[name].key]
    return pl.DataFrame(
        {column: [row[column] for row in full] for column in names},
        schema={column: POLARS[TABLES[name].column(column).kind] for column in names},
    )


def deal(
    deal: Row | None = None, *, marks: Benchmarks = NO_MARKS, changed: Mapping[str, float] | None = None, **tables: Any
) -> dict[str, Any]:
    """The first deal of a book as the rules read it: from the frame and as a book of one, which must agree."""
    book = a_book([deal or {}], changed=changed, **tables)
    rows = {name: _numbered(name, each) for name, each in {"deals": [deal or {}], **tables}.items()}
    mine = {name: [row for row in each if row["deal_id"] == 1] for name, each in rows.items()}
    present = {name: table.present for name, table in book.tables.items()}
    alone = frames.deal_row(mine, marks, context=frames.context_of(book), present=present)
    frame = frames.open_deals(book, marks)
    together = engine.collect(frame.rows).filter(engine.nw.col("deal_id") == 1).rows(named=True)[0]
    assert {name: together[name] for name in frame.present} == alone
    return alone
