"""Intervals by drawing the same deals again, for shares of value, which no formula covers well."""

import numpy as np
from numpy.typing import ArrayLike

from earnest.measures import quantiles
from earnest.measures.arrays import Flags, Floats

DRAWS = 2_000  # D15
SEED = 20_251_215
EVERY_DEAL = 400
SINGLY = 200


def share_interval(values: ArrayLike, chosen: Flags, *, level: float = 0.95) -> tuple[float, float]:
    """The interval of the share of value that the chosen deals have.

    Estimator: percentile bootstrap over deals, 2,000 draws, fixed seed, so that the same deals always give the same
    interval. Over 400 deals each is drawn a Poisson number of times instead, the 200 largest singly and the sum of
    the others as a normal amount; a million deals then cost as much as a thousand.
    Assumes independent deals; says little where one deal is most of the value (`effective_count`).
    Reference: Efron and Tibshirani (1993), 13; Chamandy, Muralidharan, Najmi and Naidu (2012) for the Poisson form.
    """
    worth = np.asarray(values, dtype=np.float64)
    draw = np.random.default_rng(SEED)
    part, whole = (_one_by_one if len(worth) <= EVERY_DEAL else _largest_singly)(draw, worth, chosen)
    shares = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    low, high = quantiles.quantile(shares, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _one_by_one(draw: np.random.Generator, worth: Floats, chosen: Flags) -> tuple[Floats, Floats]:
    worth, chosen = _in_order(worth, chosen)
    times = draw.multinomial(len(worth), np.full(len(worth), 1 / len(worth)), size=DRAWS).astype(np.float64)
    return times @ (worth * chosen), times @ worth


def _in_order(worth: Floats, chosen: Flags) -> tuple[Floats, Flags]:
    """The largest first, so that the order of rows in a file does not change the interval."""
    order = np.lexsort((chosen, -worth))
    return worth[order], chosen[order]


def _largest_singly(draw: np.random.Generator, worth: Floats, chosen: Flags) -> tuple[Floats, Floats]:
    bar = np.partition(worth, -SINGLY)[-SINGLY]
    single = worth > bar
    times = draw.poisson(1.0, size=(DRAWS, int(single.sum()))).astype(np.float64)
    large, mine = _in_order(worth[single], chosen[single])
    sums = [
        of.sum() + np.sqrt((of * of).sum()) * draw.standard_normal(DRAWS)
        for of in (worth[~single & chosen], worth[~single & ~chosen])
    ]
    part = times @ (large * mine) + np.maximum(sums[0], 0)
    return part, part + times @ (large * ~mine) + np.maximum(sums[1], 0)


def effective_count(values: ArrayLike) -> float:
    """How many deals of one size would carry as much: (sum)² / sum of squares (D15); 0 without value."""
    worth = np.asarray(values, dtype=np.float64)
    squares = float((worth * worth).sum())
    return float(worth.sum()) ** 2 / squares if squares else 0.0
