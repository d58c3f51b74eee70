"""What deals were worth and where they stood on a past day, from the history of their changes."""

from dataclasses import dataclass, replace

import narwhals.stable.v2 as nw
import numpy as np

from earnest.forecast import deals as deals_of
from earnest.forecast.deals import Deals
from earnest.measures.arrays import Floats, Whole
from earnest.rulebook import engine
from earnest.rulebook.book import SECONDS_A_DAY, Book


@dataclass(frozen=True)
class Past:
    """The changes of one field, in order of deal and moment.

    `row` is the place among the deals of each deal with changes, and `start` where its changes begin.
    """

    row: Whole
    start: Whole
    day: Whole
    before: Floats
    after: Floats

    def on(self, day: int, latest: Floats) -> Floats:
        """The field of every deal at the end of a day: the latest value for deals of which it never changed."""
        happened = np.add.reduceat((self.day <= day).astype(np.int64), self.start)
        known = latest.copy()
        known[self.row] = np.where(happened > 0, self.after[self.start + happened - 1], self.before[self.start])
        return known


@dataclass(frozen=True)
class History:
    """What the book's changes tell of amounts and stages on past days; None where they tell nothing."""

    deals: Deals
    amount: Past | None
    stage: Past | None

    def deals_on(self, day: int) -> Deals:
        """The deals with the amount and the stage that they had at the end of a day, as far as that is known."""
        amount, position = self.deals.amount, self.deals.stage_position
        if self.amount:
            amount = deals_of.above_zero(self.amount.on(day, amount))
        if self.stage:
            position = self.stage.on(day, position)
        return replace(self.deals, amount=amount, stage_position=position)


def of_book(book: Book, deals: Deals) -> History:
    """The history of amounts and stages of these deals."""
    return History(deals, _of_field(book, deals, "amount", "amount"), _of_field(book, deals, "stage", "position"))


def _of_field(book: Book, deals: Deals, field: str, side: str) -> Past | None:
    sides = (f"from_{side}", f"to_{side}")
    if not book.has("changes", "deal_id", "at", "field", *sides) or not len(deals.deal_id):
        return None
    rows = book.table("changes").rows.filter((nw.col("field") == field) & ~nw.col("at").is_null())
    numbers = {name: nw.col(name).cast(nw.Float64).fill_null(float("nan")) for name in sides}
    found = engine.collect(rows.select("deal_id", "at", **numbers))
    deal, at = found["deal_id"].to_numpy(), found["at"].to_numpy()
    place = np.searchsorted(deals.deal_id, deal, sorter=deals.by_id)
    row = deals.by_id[np.minimum(place, len(deals.by_id) - 1)]
    here = np.flatnonzero(deals.deal_id[row] == deal)
    if not len(here):
        return None
    order = here[np.lexsort((at[here], row[here]))]
    rows_with, start = np.unique(row[order], return_index=True)
    before, after = (found[name].to_numpy()[order] for name in sides)
    return Past(rows_with, start, at[order] // SECONDS_A_DAY, before, after)
