"""What chance alone does: funnel limits for groups, control limits and runs for periods."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from earnest.measures.arrays import Flags, Floats

MIN_PERIODS = 8  # D16: under eight periods, show only
RUN = 8


def funnel(share: float, size: int, *, level: float) -> tuple[float, float]:
    """The shares between which a group of a size falls with the given chance, when nothing but chance differs.

    Estimator: exact binomial quantiles, interpolated so that the funnel has no steps. Assumes independent deals.
    Reference: Spiegelhalter (2005), Funnel plots for comparing institutional performance, appendix A.1.1.
    """
    if share in (0.0, 1.0):
        return share, share
    low, chances = _binomial(share, size)
    reached = np.cumsum(chances)
    ends = []
    for p in ((1 - level) / 2, (1 + level) / 2):
        place = int(np.searchsorted(reached, p))
        place = min(place, len(reached) - 1)
        part = (reached[place] - p) / chances[place]
        ends.append(float(min(max((low + place - part) / size, 0.0), 1.0)))
    return ends[0], ends[1]


def _binomial(share: float, size: int) -> tuple[int, Floats]:
    """The chances of 0, 1, 2, … wins, from the ratios of neighbours, as far as forty standard deviations."""
    mean, spread = size * share, math.sqrt(size * share * (1 - share))
    low = max(0, math.floor(mean - 40 * spread - 40))
    high = min(size, math.ceil(mean + 40 * spread + 40))
    k = np.arange(low, high, dtype=np.float64)
    logs = np.concatenate(([0.0], np.cumsum(np.log((size - k) / (k + 1) * share / (1 - share)))))
    chances = np.exp(logs - logs.max())
    return low, chances / chances.sum()


@dataclass(frozen=True)
class Chart:
    """Periods against what chance alone would do: the mean share, the limits, who is outside, and long runs."""

    mean: float
    lower: Floats
    upper: Floats
    outside: Flags
    run: bool

    @property
    def signal(self) -> bool:
        return self.run or bool(self.outside.any())


def periods(won: ArrayLike, ended: ArrayLike) -> Chart:
    """The control chart of shares by period.

    Estimator: Laney's p' chart, which lets the limits widen when periods vary more than deals alone explain; the
    factor is never under 1, so that they do not narrow. Signals: a period outside three standard deviations, or
    eight in a row on one side of the mean; under eight periods none is given.
    Reference: Laney (2002), Improved control charts for attributes.
    """
    found, of = np.asarray(won, dtype=np.float64), np.asarray(ended, dtype=np.float64)
    mean = float(found.sum() / of.sum())
    single = np.sqrt(mean * (1 - mean) / of)
    off = np.divide(found / of - mean, single, out=np.zeros_like(single), where=single > 0)
    factor = max(1.0, float(np.abs(np.diff(off)).mean()) / 1.128) if len(off) > 1 else 1.0
    lower, upper = np.maximum(mean - 3 * factor * single, 0), np.minimum(mean + 3 * factor * single, 1)
    share = found / of
    judged = len(of) >= MIN_PERIODS
    outside = (share < lower - 1e-12) | (share > upper + 1e-12) if judged else np.zeros(len(of), bool)
    return Chart(mean, lower, upper, outside, judged and longest_run(share - mean) >= RUN)


def longest_run(offsets: ArrayLike) -> int:
    """The longest unbroken row of values on one side of zero; a zero breaks it."""
    longest = current = 0
    before = 0.0
    for side in np.sign(np.asarray(offsets, dtype=np.float64)):
        current = 0 if side == 0 else current + 1 if side == before else 1
        before = side
        longest = max(longest, current)
    return longest
