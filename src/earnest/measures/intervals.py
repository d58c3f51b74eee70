"""Intervals for shares and for medians."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from earnest.measures import beta
from earnest.measures.arrays import Floats
from earnest.measures.figures import Rate

LEVEL = 0.95


def jeffreys(x: ArrayLike, n: ArrayLike, *, level: float = LEVEL) -> tuple[Floats, Floats]:
    """The Jeffreys interval of a share x of n, element by element; from 0 to 1 where n is 0.

    Estimator: quantiles of Beta(x + 1/2, n - x + 1/2), the lower end 0 when x is 0 and the upper 1 when x is n.
    Assumes independent units with one common chance.
    Reference: Brown, Cai and DasGupta (2001), Interval Estimation for a Binomial Proportion.
    """
    found, of = (np.asarray(v, dtype=np.float64) for v in np.broadcast_arrays(x, n))
    tail = (1 - level) / 2
    low, high = (beta.quantile(found + 0.5, of - found + 0.5, p) for p in (tail, 1 - tail))
    return np.where(found <= 0, 0.0, low), np.where(found >= of, 1.0, high)


def rate(x: int, n: int) -> Rate:
    """The share x of n with its Jeffreys 95 % interval; blanks where n is 0."""
    return rates([x], [n])[0]


def rates(x: Sequence[int], n: Sequence[int]) -> list[Rate]:
    """`rate` for many pairs at once."""
    if not len(x):
        return []
    low, high = jeffreys(x, n)
    return [
        Rate(int(a), int(b), int(a) / int(b), float(c), float(d)) if b else Rate(0, 0, None, None, None)
        for a, b, c, d in zip(x, n, low, high, strict=True)
    ]


def median_ranks(n: int, *, level: float = LEVEL) -> tuple[int, int] | None:
    """The places, counted from 1, of the order statistics that enclose the median with at least `level`.

    Estimator: the binomial distribution of the number of values below the median, which assumes nothing of the
    values' distribution; the narrowest symmetric pair. None under six values, where no pair is wide enough.
    Reference: Conover (1999), Practical Nonparametric Statistics, 3.2.
    """
    places = np.arange(1, n // 2 + 1)
    if not len(places):
        return None
    # P(at most r - 1 of n below the median), a binomial tail written as a beta one.
    below = 1 - beta.cumulative(places.astype(np.float64), n - places + 1.0, 0.5)
    enough = places[below <= (1 - level) / 2 + 1e-12]
    if not len(enough):
        return None
    return int(enough[-1]), int(n + 1 - enough[-1])


def median_interval(values: ArrayLike, *, level: float = LEVEL) -> tuple[float, float] | None:
    """The order-statistic interval of the median; None under six values."""
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    places = median_ranks(len(ordered), level=level)
    return None if places is None else (float(ordered[places[0] - 1]), float(ordered[places[1] - 1]))
