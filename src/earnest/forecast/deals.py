"""The dated deals of a book as arrays, and what an open deal is worth."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from earnest.measures import columns, lifetimes
from earnest.measures.arrays import Flags, Floats, Whole
from earnest.measures.columns import OPEN, WON
from earnest.measures.lifetimes import NEVER
from earnest.rulebook.book import Book

# What a CRM claims for its stages when nobody has changed it (D24, AT-23).
STAGE_DEFAULTS = (0.10, 0.25, 0.40, 0.60, 0.75)

FEWEST_WINS = 5


@dataclass(frozen=True)
class Deals:
    """The deals with usable dates. Amounts are in minor units, not a number where unknown or not above zero.

    `currency` counts into `currencies`, the first of which is «none named».
    """

    as_of: int
    deal_id: Whole
    opened: Whole
    closed: Whole
    won: Flags
    segment: Whole
    currency: Whole
    amount: Floats
    list_amount: Floats
    stage_position: Floats
    stated_chance: Floats
    segment_count: int
    currencies: tuple[str, ...]
    stage_count: int
    undated_open_count: int

    def open_on(self, day: int) -> Flags:
        """The deals that were open at the end of a day."""
        return np.asarray((self.opened <= day) & (self.closed > day))

    def alive_since(self, day: int) -> Self:
        """Only the deals that were open on a day or later: what came before needs no further looking at."""
        alive = np.flatnonzero(self.closed >= day)
        if len(alive) == len(self.closed):
            return self
        return replace(
            self,
            deal_id=self.deal_id[alive],
            opened=self.opened[alive],
            closed=self.closed[alive],
            won=self.won[alive],
            segment=self.segment[alive],
            currency=self.currency[alive],
            amount=self.amount[alive],
            list_amount=self.list_amount[alive],
            stage_position=self.stage_position[alive],
            stated_chance=self.stated_chance[alive],
        )

    @cached_property
    def by_id(self) -> Whole:
        """The order of the deals by their number."""
        return np.argsort(self.deal_id, kind="stable")

    @cached_property
    def on_paper(self) -> Floats:
        """What each deal is said to be worth: its amount, else the list price of its products."""
        return np.where(np.isnan(self.amount), self.list_amount, self.amount)


@dataclass(frozen=True)
class Ends:
    """How many deals had ended by each day, and since when ends are known.

    `since` is the day before which the source holds no ends; `first_day` is that day, else the fifth oldest opening.
    """

    since: int | None
    first_day: int
    offset: int
    ended: Whole
    won: Whole

    def ended_by(self, day: int) -> int:
        return self._by(self.ended, day)

    def won_by(self, day: int) -> int:
        return self._by(self.won, day)

    def _by(self, reached: Whole, day: int) -> int:
        place = min(day - self.offset, len(reached) - 1)
        return int(reached[place]) if place >= 0 else 0


def of_book(book: Book) -> Deals:
    """The dated deals of a book.

    Raises: MissingTable if the book has no deals table.
    """
    read = columns.read(
        book.table("deals"),
        days=("opened_on", "closed_on"),
        numbers=("deal_id", "amount", "list_amount", "stage_position", "probability"),
        texts=("segment", "currency"),
    )
    lives = lifetimes.lifetimes(read, book.as_of)
    kept = slice(None) if lives.kept.all() else lives.kept
    numbers = {name: values[kept] for name, values in read.numbers.items()}
    positions, stated = numbers["stage_position"], numbers["probability"]
    return Deals(
        as_of=lives.as_of,
        deal_id=numbers["deal_id"].astype(np.int64),
        opened=lives.opened,
        closed=lives.closed,
        won=lives.outcome == WON,
        segment=lives.segment,
        currency=read.codes["currency"][kept] + 1,
        amount=above_zero(numbers["amount"]),
        list_amount=above_zero(numbers["list_amount"]),
        stage_position=positions,
        stated_chance=np.where((stated >= 0) & (stated <= 1), stated, np.nan),
        segment_count=len(lives.segments),
        currencies=("", *read.names["currency"]),
        stage_count=int(np.fmax.reduce(positions, initial=0)),
        undated_open_count=int(((read.outcome == OPEN) & ~lives.kept).sum()),
    )


def above_zero(values: Floats) -> Floats:
    """Amounts that are one; the others are not a number."""
    return np.where(values > 0, values, np.nan)


def ends(deals: Deals) -> Ends:
    """When deals ended, and since when the source holds ends.

    That day is taken from the whole file, also for past days: it tells when recording began, not how deals ended.
    """
    since = lifetimes.observed_from(deals.opened, deals.closed, deals.as_of)
    oldest = lifetimes.fifth_oldest(deals.opened)
    first = since if since is not None else deals.as_of if oldest is None else oldest
    ended = deals.closed < NEVER
    days = deals.closed[ended]
    offset = int(days.min()) if len(days) else 0
    won = deals.closed[deals.won] - offset
    return Ends(since, first, offset, np.cumsum(np.bincount(days - offset)), np.cumsum(np.bincount(won)))


def stage_chances(positions: Floats, stage_count: int) -> Floats:
    """The chance that a CRM's defaults claim for each stage's place in its pipeline, counted from 1.

    Up to five stages take the five defaults in order; longer pipelines are spread over them.
    """
    last = len(STAGE_DEFAULTS)
    place = (positions - 1) * (last - 1) / (max(stage_count, last) - 1)
    spread = np.interp(place, np.arange(last), STAGE_DEFAULTS)
    return np.where(positions >= 1, spread, np.nan)


def expected_amount(deals: Deals, day: int) -> Floats:
    """What each deal would bring when it is won, as far as could be known on a day.

    The amount of a deal is the seller's word while the deal is open, but on a past day the file holds what it
    closed at. So on a past day the list price comes first, times what wins had brought of their list price until
    then; today it stands in where a deal has no amount. A book without list prices has only amounts.
    """
    if np.isnan(deals.list_amount).all():
        return deals.amount
    at_list = deals.list_amount * list_price_kept(deals, day)
    if day < deals.as_of:
        return np.where(np.isnan(at_list), deals.amount, at_list)
    return np.where(np.isnan(deals.amount), at_list, deals.amount)


def list_price_kept(deals: Deals, day: int) -> float:
    """The share of the list price that wins had brought until a day; 1 under five wins with both."""
    known = deals.won & (deals.closed <= day) & ~np.isnan(deals.amount) & ~np.isnan(deals.list_amount)
    if int(known.sum()) < FEWEST_WINS:
        return 1.0
    return float(deals.amount[known].sum() / deals.list_amount[known].sum())
