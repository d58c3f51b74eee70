"""The total of many independent wins and losses, with one shock that they all share."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from earnest.measures.arrays import Flags, Floats, Whole

NODES = 11
LARGEST = 64  # so many deals are carried one by one; with 200 the quantiles were no nearer and took 20 times as long
CELLS = 8_192
_CUT = 1e-12  # a chance nearer than this to nought or one is nought or one
_NOTHING = 1e-11
_SMALL = 5e-4  # a deal with a smaller part of all variance does not show in the shape
_BLOCK = 16


@dataclass(frozen=True)
class Total:
    """The distribution of a total: its exact mean, and the chances of `unit` times 0, 1, 2, …

    `exact` is true when every possible total is a multiple of the unit; otherwise quantiles are interpolated.
    """

    mean: float
    unit: float
    chances: Floats
    exact: bool

    def quantile(self, p: float) -> float:
        """The smallest total that is not exceeded with chance p."""
        reached = np.cumsum(self.chances)
        reached /= reached[-1]
        if self.exact:
            return float(np.searchsorted(reached, p - 1e-9)) * self.unit
        if reached[0] >= p:
            return 0.0
        return float(np.interp(p, reached, np.arange(len(reached)))) * self.unit

    def at_least(self, amount: float) -> float:
        """The chance that the total reaches an amount."""
        first = math.ceil(amount / self.unit - 1e-9)
        return min(max(float(self.chances[max(first, 0) :].sum() / self.chances.sum()), 0.0), 1.0)


def distribution(amounts: ArrayLike, chances: ArrayLike, *, group: Whole | None = None, shock: float = 0.3) -> Total:
    """The distribution of the sum of amounts that are each won or not.

    Estimator: given the shock, deals are independent and the characteristic function of the sum is a product, taken
    on a grid; amounts between two cells are split so that the mean stays exact. The 64 deals with the widest spread
    are multiplied one by one; of the others the first three cumulants are kept, whose error is below the grid's
    (0.1 % of a quantile, measured).
    The shock adds sd `shock` to all logits of a period at once (D24) and is averaged over 11 Gauss-Hermite nodes;
    logits are shifted so that each deal keeps its chance on average. Independence without it is far too narrow.
    Assumes that a deal is won at its amount or at nothing.
    Reference: Hong (2013), On computing the distribution function for the Poisson binomial distribution.

    Args:
        amounts: what each deal brings when it is won, zero or more.
        chances: the chance of each deal, or of each group of deals.
        group: which chance each deal has, where many deals share one.
    """
    values = np.asarray(amounts, dtype=np.float64)
    shared = np.clip(np.asarray(chances, dtype=np.float64), 0, 1)
    place = np.arange(len(values)) if group is None else group
    shocked, weights = shocked_chances(shared, shock)
    singly = _widest(values, shared[place])
    carried = _moments(values[singly], place[singly], len(shared))
    others = _moments(values[~singly], place[~singly], len(shared))
    moments = [one + other for one, other in zip(carried, others, strict=True)]
    mean = float(moments[0] @ shared)
    if mean <= 0:
        return Total(0.0, 1.0, np.ones(1), exact=True)
    unit, cells, exact = _grid(values, moments, shocked)
    smooth = _cumulants(others, shocked, unit)
    found = _mixed(values[singly] / unit, shocked[:, place[singly]], smooth, weights, cells)
    return Total(mean, unit, found, exact)


def _moments(values: Floats, place: Whole, groups: int) -> list[Floats]:
    """The sums of the amounts, their squares and their cubes, by group."""
    squares = values * values
    powers = (values, squares, squares * values)
    # astype: without rows bincount answers with whole numbers
    return [np.bincount(place, power, minlength=groups).astype(np.float64) for power in powers]


def shocked_chances(chances: Floats, shock: float) -> tuple[Floats, Floats]:
    """The chances under each size of the shock, and the weight of that size; each chance keeps its average."""
    if shock == 0:
        return chances[None, :], np.ones(1)
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    weights = weights / weights.sum()
    certain = (chances < _CUT) | (chances > 1 - _CUT)
    safe = np.where(certain, 0.5, chances)
    target = np.log(safe) - np.log1p(-safe)
    logit = target.copy()
    for _ in range(8):  # Newton; the average is nearly the logistic curve itself, so few steps reach the last digit
        under = 1 / (1 + np.exp(-(logit[None, :] + shock * nodes[:, None])))
        logit -= (weights @ under - safe) / (weights @ (under * (1 - under)))
    under = 1 / (1 + np.exp(-(logit[None, :] + shock * nodes[:, None])))
    return np.where(certain, chances, under), weights


def _widest(values: Floats, chances: Floats) -> Flags:
    """The deals to carry one by one: the 64 with the widest spread, as far as each is felt in the whole."""
    if len(values) <= LARGEST:
        return chances > 0
    spread = values * values * chances * (1 - chances)
    # A bar from a sample first, so that a million deals are not put in order to find a few.
    sample = spread[:: max(1, len(spread) // 20_000)]
    rank = min(len(sample), 1 + 2 * LARGEST * len(sample) // len(spread))
    over = np.flatnonzero(spread >= np.partition(sample, -rank)[-rank])
    over = over if len(over) >= LARGEST else np.arange(len(spread))
    widest = over[np.argpartition(spread[over], -LARGEST)[-LARGEST:]]
    chosen = np.zeros(len(values), bool)
    chosen[widest[spread[widest] > _SMALL * spread.sum()]] = True
    return chosen


def _grid(values: Floats, moments: list[Floats], shocked: Floats) -> tuple[float, int, bool]:
    """The width of a cell, the number of cells, and whether every total falls on one exactly.

    An amount between two cells may end in the upper one, so there is a spare cell for each deal.
    """
    whole = np.rint(values).astype(np.int64)
    step = int(np.gcd.reduce(whole)) if len(values) <= LARGEST and np.array_equal(whole, values) else 0
    if step and values.sum() / step < CELLS:
        return float(step), _power_of_two(int(values.sum() / step) + 1), True
    if len(values) <= LARGEST:
        return float(values.sum()) / (CELLS - LARGEST - 2), CELLS, False
    means = shocked @ moments[0]
    spreads = np.sqrt((shocked * (1 - shocked)) @ moments[1])
    highest = min(float(values.sum()), float((means + 10 * spreads).max()) + float(values.max()))
    return highest / (CELLS - LARGEST - 2), CELLS, False


def _power_of_two(least: int) -> int:
    return 1 << max(least - 1, 1).bit_length()


def _cumulants(moments: list[Floats], shocked: Floats, unit: float) -> list[Floats]:
    """The mean, variance and third cumulant of the deals that are not carried one by one, in cells, per shock."""
    spread = shocked * (1 - shocked)
    return [
        np.maximum(shocked @ moments[0] / unit, 0),
        np.maximum(spread @ moments[1] / unit**2, 0),
        (spread * (1 - 2 * shocked)) @ moments[2] / unit**3,
    ]


def _mixed(amounts: Floats, shocked: Floats, rest: list[Floats], weights: Floats, cells: int) -> Floats:
    """The chances of each cell: one factor per deal at each frequency, averaged over the shock, and turned back.

    Factors only shrink the product, so frequencies at which nothing is left are dropped on the way.
    """
    alive = np.arange(_reach(rest, cells))
    product = _smooth(rest, alive, cells)
    for start in range(0, len(amounts) + 1, _BLOCK):
        left = np.abs(product).max(axis=0) > _NOTHING
        alive, product = alive[left], product[:, left]
        turn = -2j * np.pi * alive / cells
        step = np.exp(turn) - 1
        part = slice(start, start + _BLOCK)
        for amount, chances in zip(amounts[part], shocked.T[part], strict=True):
            below = math.floor(amount)
            product *= 1 + chances[:, None] * (np.exp(turn * below) * (1 + (amount - below) * step) - 1)
    spectrum = np.zeros(cells // 2 + 1, dtype=np.complex128)
    spectrum[alive] = weights @ product
    return np.maximum(np.fft.irfft(spectrum, cells), 0)


def _reach(rest: list[Floats], cells: int) -> int:
    """How many frequencies the nearly normal part leaves anything at."""
    variance = float(rest[1].min()) - 0.25  # splitting the mean over two cells takes up to a quarter of it
    every = cells // 2 + 1
    if variance <= 0:
        return every
    return min(every, math.ceil(cells / (2 * math.pi) * math.sqrt(-2 * math.log(_NOTHING) / variance)) + 1)


def _smooth(rest: list[Floats], frequency: Whole, cells: int) -> NDArray[np.complex128]:
    """The characteristic function of a nearly normal sum; its mean is split over two cells like an amount."""
    turn = -2j * np.pi * frequency / cells
    mean, variance, third = (part[:, None] for part in rest)
    below = np.floor(mean)
    part = mean - below
    shifted = np.exp(turn * below) * (1 + part * (np.exp(turn) - 1))
    narrowed = np.maximum(variance - part * (1 - part), 0)
    return np.asarray(shifted * np.exp(turn**2 * narrowed / 2 + turn**3 * third / 6))
