"""Cumulative incidence of ends that compete with each other, by counting whole days.

A deal can end in several ways and only once; a deal that is still open is not over, it is cut off (censored) on the
day of the look; a deal whose earlier days nobody recorded enters late (left truncation). All of it is counted by
age in days, so a million deals cost a few array passes.
"""

from dataclasses import dataclass

import numpy as np

from earnest.measures.arrays import Floats, Whole

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Exits:
    """Deals counted by group and age.

    `at_risk[g, t]` were open at the start of day t of their lives; `ended[c, g, t]` left on it by cause c, where
    cause 0 is «cut off, still open».
    """

    at_risk: Whole
    ended: Whole

    @property
    def length(self) -> int:
        return int(self.at_risk.shape[1])

    def pooled(self) -> "Exits":
        """All groups as one."""
        return Exits(self.at_risk.sum(axis=0, keepdims=True), self.ended.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Incidence:
    """By age: the share ended by each cause, the share still open after that day."""

    share: Floats
    open_share: Floats


def counted(
    entry: Whole, leave: Whole, cause: Whole, *, causes: int, group: Whole | None = None, groups: int = 1
) -> Exits:
    """Counts of deals at risk and of exits, by group and age.

    Args:
        entry: the first age, in days, at which an end would have been recorded; 0 for deals seen from their start.
        leave: the age at the end, or on the day of the look for an open deal; never before `entry`.
        cause: 0 for a deal cut off while open, else 1 to `causes` - 1.
        group: a number from 0 to `groups` - 1 per deal; negative for a deal of no group, which is not counted.
    """
    if group is not None and len(group) and int(group.min()) < 0:
        grouped = group >= 0
        entry, leave, cause, group = entry[grouped], leave[grouped], cause[grouped], group[grouped]
    length = int(leave.max()) + 1 if len(leave) else 1
    offset = 0 if group is None else group.astype(np.int64) * length
    entered = np.bincount(entry + offset, minlength=groups * length).reshape(groups, length)
    block = groups * length
    left = np.bincount(cause.astype(np.int64) * block + offset + leave, minlength=causes * block)
    ended = left.reshape(causes, groups, length)
    gone = ended.sum(axis=0)
    at_risk = np.cumsum(entered, axis=1)
    at_risk[:, 1:] -= np.cumsum(gone, axis=1)[:, :-1]
    return Exits(at_risk, ended)


def cumulative(exits: Exits) -> Incidence:
    """The share of deals ended by each cause up to each age, per group; `share[c - 1, g, t]`.

    Estimator: Aalen-Johansen; with one cause it is one minus Kaplan-Meier. Assumes that being cut off or entering
    late tells nothing about the end that is to come. A deal is at risk from its entry age to its last, both included.
    Reference: Aalen and Johansen (1978); Andersen, Borgan, Gill and Keiding (1993), IV.4.
    """
    hazards = exits.ended[1:] / np.maximum(exits.at_risk, 1)
    return from_hazards(hazards)


def from_hazards(hazards: Floats) -> Incidence:
    """The same from daily hazards, `hazards[c, g, t]`, however they were estimated."""
    open_share = np.cumprod(np.maximum(1 - hazards.sum(axis=0), 0), axis=-1)
    before = np.ones_like(open_share)
    before[..., 1:] = open_share[..., :-1]
    return Incidence(np.cumsum(before * hazards, axis=-1), open_share)


def variance(exits: Exits, cause: int, *, group: int = 0) -> Floats:
    """The variance of one cause's cumulative incidence at each age.

    Estimator: delta method on the Aalen-Johansen estimate; without competing ends it is Greenwood's formula, and
    without cutting off it is F(1 - F)/n. Reference: Marubini and Valsecchi (1995), 10.3.
    """
    at_risk = np.maximum(exits.at_risk[group], 1).astype(np.float64)
    of_cause = exits.ended[cause, group].astype(np.float64)
    all_ended = exits.ended[1:, group].sum(axis=0).astype(np.float64)
    found = from_hazards(exits.ended[1:, group] / at_risk)
    share = found.share[cause - 1]
    before = np.concatenate(([1.0], found.open_share[:-1]))
    left = at_risk - all_ended
    spread = np.divide(all_ended, at_risk * left, out=np.zeros_like(left), where=left > 0)
    mixed = before * of_cause / at_risk**2
    own = before**2 * (at_risk - of_cause) * of_cause / at_risk**3
    # The sums of (F(t) - F(s)) and of its square over all earlier days s, without a loop over t.
    squared = share**2 * np.cumsum(spread) - 2 * share * np.cumsum(share * spread) + np.cumsum(share**2 * spread)
    product = share * np.cumsum(mixed) - np.cumsum(share * mixed)
    return np.asarray(np.maximum(squared + np.cumsum(own) - 2 * product, 0), dtype=np.float64)


def interval(share: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """The pointwise 95 % interval of a cumulative incidence from its variance, inside 0 to 1.

    Estimator: normal on the scale ln(-ln(F)), which keeps the ends inside; a share of 0 or 1 has no width.
    Reference: Choudhury (2002), Nonparametric confidence interval estimation for competing risks analysis.
    """
    inside = (share > 0) & (share < 1)
    safe = np.where(inside, share, 0.5)
    width = Z95 * np.sqrt(spread) / (safe * np.abs(np.log(safe)))
    low = np.where(inside, safe ** np.exp(np.minimum(width, 700)), share)
    high = np.where(inside, safe ** np.exp(-width), share)
    return low, high
