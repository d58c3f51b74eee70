"""The total that the deals open on one day will bring within a period, by currency."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from earnest.forecast.chances import Chances
from earnest.forecast.deals import Deals
from earnest.measures import totals
from earnest.measures.arrays import Floats, Whole
from earnest.measures.figures import Money
from earnest.measures.totals import Total


@dataclass(frozen=True)
class Outlook:
    """One currency on one day: the open deals with a known worth, and the distribution of what they will bring."""

    currency: str
    chosen: Whole
    total: Total

    def money(self, minor: float) -> Money:
        return Money(round(minor), self.currency)

    def quantile(self, p: float) -> Money:
        return self.money(self.total.quantile(p))

    @property
    def mean(self) -> Money:
        return self.money(self.total.mean)

    def weighted(self, paper: Floats, chances: Floats, *, known_share: float = 0.0) -> Money | None:
        """What weighting these deals' worth by stated chances claims; None where too few of them have one."""
        paper, chances = paper[self.chosen], chances[self.chosen]
        known = ~np.isnan(chances)
        return self.money(float(paper[known] @ chances[known])) if known.any() and known.mean() >= known_share else None


def outlooks(deals: Deals, chances: Chances, worth: Floats, *, day: int, shock: float) -> Iterator[Outlook]:
    """The outlook of each currency in which deals of a known worth were open at the end of a day."""
    valued = deals.open_on(day) & ~np.isnan(worth)
    for number, currency in enumerate(deals.currencies):
        chosen = np.flatnonzero(valued & (deals.currency == number))
        if len(chosen):
            yield Outlook(currency, chosen, _total(deals, chances, worth[chosen], chosen, day, shock))


def _total(deals: Deals, chances: Chances, worth: Floats, chosen: Whole, day: int, shock: float) -> Total:
    """Deals that share a chance are handed over together, so that the shock is worked out once for each chance."""
    flat = chances.share.ravel()
    cells = chances.cells(deals, chosen, day)
    used = np.bincount(cells, minlength=len(flat)) > 0
    place = np.cumsum(used) - 1
    return totals.distribution(worth, flat[used], group=place[cells], shock=shock)
