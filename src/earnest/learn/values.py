"""The win rate by value, in each currency apart (D15)."""

import numpy as np

from earnest.learn.figures import ValueRate
from earnest.measures import bootstrap
from earnest.measures.arrays import Flags, Floats
from earnest.measures.columns import WON, Columns
from earnest.measures.figures import Money

KNOWN_SHARE = 0.8
DOMINANT_SHARE = 0.25
FEWEST = 5


def by_value(found: Columns, judged: Flags) -> tuple[ValueRate, ...]:
    """The share of value won, with a bootstrap interval, in each currency that ended deals have a value in.

    The value is the amount last agreed, where deals that were not won have one too. Many CRMs put it to nought when
    a deal is lost; then the list price of the products stands for it, on both sides alike, and without list prices
    there is no share to give.
    """
    names = ("", *found.names["currency"])
    currency = np.where(judged, found.codes["currency"] + 1, -1)
    rates = (_in_currency(found, currency == number, name) for number, name in enumerate(names))
    return tuple(rate for rate in rates if rate is not None)


def _in_currency(found: Columns, mine: Flags, currency: str) -> ValueRate | None:
    if not mine.any():
        return None
    won = found.outcome[mine] == WON
    amount, listed = (np.nan_to_num(found.numbers[name][mine]) for name in ("amount", "list_amount"))
    worth = _comparable(amount, listed, won)
    if worth is None:
        sums = (float(amount[won].sum()), float(np.maximum(amount, 0).sum()))
        return _rate(currency, *sums) if sums[1] > 0 else None
    valued = worth > 0
    worth, won = worth[valued], won[valued]
    total = float(worth.sum())
    interval = bootstrap.share_interval(worth, won) if len(worth) >= FEWEST else (None, None)
    return ValueRate(
        currency=currency,
        won=Money(round(float(worth[won].sum())), currency),
        ended=Money(round(total), currency),
        share=float(worth[won].sum()) / total,
        low=interval[0],
        high=interval[1],
        effective_count=bootstrap.effective_count(worth),
        one_deal_dominates=float(worth.max()) > DOMINANT_SHARE * total,
    )


def _comparable(amount: Floats, listed: Floats, won: Flags) -> Floats | None:
    """The values to use, or None where deals that were not won have none."""
    not_won = ~won
    if (amount > 0).any() and (not not_won.any() or (amount[not_won] > 0).mean() >= KNOWN_SHARE):
        return np.maximum(amount, 0)
    return np.maximum(listed, 0) if (listed > 0).mean() >= KNOWN_SHARE else None


def _rate(currency: str, won: float, ended: float) -> ValueRate:
    sums = (Money(round(won), currency), Money(round(ended), currency))
    return ValueRate(currency, *sums, None, None, None, 0.0, one_deal_dominates=False)
