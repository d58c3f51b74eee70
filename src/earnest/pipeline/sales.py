"""Which won deals are sales (D25): one with no price, or with a price that is none, is a pilot or a gift.

What nobody has told counts in favour: an imported win whose terms are unknown stays a win, and is told to be unproven.
"""

import narwhals.stable.v2 as nw

from earnest.pipeline.tables import DEAL, MEASURES, SALES
from earnest.records.tables import DEALS
from earnest.rulebook import measure, on_frames
from earnest.rulebook.book import Book
from earnest.rulebook.engine import LazyFrame
from earnest.rulebook.rule import Rule, Severity

FAKE_SALE = Rule(
    name="fake_sale",
    title="no sale",
    flags=(DEAL.outcome == "won")
    & (
        (DEAL.amount <= 0).surely()
        | (DEAL.amount < DEAL.floor_share * DEAL.list_amount).surely()
        | (DEAL.amount < DEAL.cost_to_serve).surely()
        | (DEAL.no_sale_count > 0).surely()
        | (DEAL.sale_failed_count > 0).surely()
    ),
    says="It was won at a price that is none, so it counts in no booking, no win rate and no quota.",
    clears="Agree a measure, an end and the price after, and it is a pilot; else it was a gift.",
    asks="What would make this worth paying for?",
    source="S4.18",
    severity=Severity.HARD,
)

_MEASURES = [each for each in MEASURES if each.table is SALES]


def counted(book: Book) -> Book:
    """The book without the won deals that are no sales; unchanged where nothing tells a price or what was agreed."""
    table = book.table("deals")
    if not book.has("deals", "outcome"):
        return book
    rows, present = _measured(book)
    flagged = on_frames.flag_column(FAKE_SALE.flags, present)
    kept = rows.filter(~flagged.fill_null(value=False)).select(*sorted(table.present))
    return book.with_table(DEALS, kept)


def fake(book: Book) -> LazyFrame:
    """The won deals that are no sales, with the columns of the book's deals."""
    rows, present = _measured(book)
    flagged = on_frames.flag_column(FAKE_SALE.flags, present)
    return rows.filter(flagged.fill_null(value=False)).select(*sorted(book.table("deals").present))


def _measured(book: Book) -> tuple[LazyFrame, frozenset[str]]:
    table = book.table("deals")
    rows, measured = measure.join_measures(table.rows, book, _MEASURES)
    floor = book.context().get("floor_share")
    present = table.present | measured
    if floor is not None:
        rows, present = rows.with_columns(floor_share=nw.lit(floor)), present | {"floor_share"}
    return rows, present
