"""Median-unbiased sample quantiles."""

from collections.abc import Callable
from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from earnest.measures.arrays import Floats, Whole


@overload
def quantile(values: ArrayLike, p: float) -> float: ...
@overload
def quantile(values: ArrayLike, p: list[float] | tuple[float, ...] | Floats) -> Floats: ...
def quantile(values: ArrayLike, p: float | list[float] | tuple[float, ...] | Floats) -> float | Floats:
    """The sample quantile at p; NaN without values.

    Estimator: Hyndman-Fan type 8, approximately median-unbiased whatever the distribution. Assumes complete
    values: censored ones must go through `incidence`.
    Reference: Hyndman and Fan (1996), Sample Quantiles in Statistical Packages.
    """
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    result = _interpolated(lambda place: ordered[place], len(ordered), p)
    return float(result) if np.ndim(p) == 0 else result


def quantile_of_counts(counts: ArrayLike, p: list[float] | tuple[float, ...] | Floats) -> Floats:
    """The same from counts of whole numbers: `counts[v]` values equal v, so a million values need no sorting."""
    reached = np.cumsum(np.asarray(counts))
    total = int(reached[-1]) if len(reached) else 0
    return _interpolated(lambda place: np.searchsorted(reached, place, side="right").astype(np.float64), total, p)


def _interpolated(value_at: Callable[[Whole], Floats], n: int, p: float | ArrayLike) -> Floats:
    wanted = np.asarray(p, dtype=np.float64)
    if n == 0:
        return np.full(wanted.shape, np.nan)
    place = np.clip((n + 1 / 3) * wanted + 1 / 3 - 1, 0, n - 1)
    below = np.floor(place + 1e-12).astype(np.int64)
    rest = np.maximum(place - below, 0)
    above = np.minimum(below + 1, n - 1)
    low = value_at(below)
    return np.asarray(low + rest * (value_at(above) - low), dtype=np.float64)
