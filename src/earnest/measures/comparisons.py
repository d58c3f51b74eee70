"""Groups against the rest: exact tests, correction for many of them, and what a comparison could have shown."""

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from earnest.measures.arrays import Floats, Whole

SHRINK = 10  # D13, D16
LEVEL = 0.10  # D16: share of false findings that a review accepts
POWER = 0.80
_TIE = 1 + 1e-7  # tables as likely as the observed one, but for rounding


def fisher_against_rest(won: ArrayLike, ended: ArrayLike) -> Floats:
    """Two-sided p of each group against all the others together.

    Estimator: Fisher's exact test; the p is the chance of all tables no likelier than the observed one, with the
    number of wins and the size of the group held fixed. Exact for any size.
    Assumes independent deals. Reference: Agresti (2013), Categorical Data Analysis, 3.5.
    """
    found, of = np.asarray(won, dtype=np.int64), np.asarray(ended, dtype=np.int64)
    total, wins = int(of.sum()), int(found.sum())
    result = np.ones(len(of))
    for size in np.unique(of):
        mine = of == size
        low, chances = _hypergeometric(total, wins, int(size), found[mine])
        observed = chances[found[mine] - low]
        ordered = np.sort(chances)
        reached = np.cumsum(ordered)
        places = np.searchsorted(ordered, observed * _TIE, side="right")
        result[mine] = np.minimum(reached[places - 1], 1.0)
    return result


def _hypergeometric(total: int, wins: int, size: int, observed: Whole) -> tuple[int, Floats]:
    """The chances of 0, 1, 2, … wins in a group of a size, and the number of wins that the first one is for.

    They come from the ratios of neighbours, which need no factorials; far beyond forty standard deviations from the
    mean nothing is left to add, so a group of half a million deals costs no more than its spread.
    """
    mean = size * wins / max(total, 1)
    spread = math.sqrt(max(mean * (1 - wins / max(total, 1)) * (total - size) / max(total - 1, 1), 0))
    reach = 40 * spread + 40
    low = max(0, size + wins - total, min(math.floor(mean - reach), int(observed.min())))
    high = min(size, wins, max(math.ceil(mean + reach), int(observed.max())))
    k = np.arange(low, high, dtype=np.float64)
    with np.errstate(divide="ignore"):
        steps = np.log((wins - k) * (size - k)) - np.log((k + 1) * (total - wins - size + k + 1))
    logs = np.concatenate(([0.0], np.cumsum(steps)))
    chances = np.exp(logs - logs.max())
    return low, chances / chances.sum()


def adjusted(p_values: ArrayLike) -> Floats:
    """The p-values after correction for the whole family: a finding at level q is one with an adjusted p of at most q.

    Estimator: Benjamini-Hochberg; of the findings, a share of at most q is false on average. Assumes independent or
    positively dependent tests. Reference: Benjamini and Hochberg (1995).
    """
    raw = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(-raw, kind="stable")
    count = len(raw)
    corrected = np.minimum.accumulate(raw[order] * count / np.arange(count, 0, -1)) if count else raw
    result = np.empty(count)
    result[order] = np.minimum(corrected, 1.0)
    return result


def shrunk_share(won: ArrayLike, ended: ArrayLike, overall: float) -> Floats:
    """Each group's share drawn toward the whole: weight n / (n + 10) for its own (D13)."""
    return np.asarray((np.asarray(won) + SHRINK * overall) / (np.asarray(ended) + SHRINK), dtype=np.float64)


def needed_per_group(share: float, other: float, *, power: float = POWER) -> int:
    """How many deals each of two groups needs to tell one share from another at 5 %, two-sided.

    Estimator: normal approximation on the arcsine scale. Reference: Cohen (1988), chapter 6.
    """
    effect = abs(2 * math.asin(math.sqrt(share)) - 2 * math.asin(math.sqrt(other)))
    return math.ceil(2 * (_reach(power) / effect) ** 2)


def smallest_difference(share: float, per_group: float, *, power: float = POWER) -> float | None:
    """The smallest rise above a share that groups of this size could have shown; None where none could be.

    The inverse of `needed_per_group`. Correction for many comparisons only makes it larger.
    """
    angle = math.asin(math.sqrt(share)) + _reach(power) / math.sqrt(2 * per_group)
    return None if angle > math.pi / 2 else math.sin(angle) ** 2 - share


def matched_size(sizes: Sequence[int], total: int) -> float:
    """The size of two equal groups that tell as much as a middling group against all the rest."""
    middle = float(np.median(np.asarray(sizes)))
    return 2 / (1 / middle + 1 / max(total - middle, 1))


def _reach(power: float) -> float:
    normal = NormalDist()
    return normal.inv_cdf(0.975) + normal.inv_cdf(power)
