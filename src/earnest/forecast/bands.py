"""Open deals by age: what became of earlier deals at the same age, and what that means for these."""

from dataclasses import dataclass

import numpy as np

from earnest.forecast.chances import Chances
from earnest.forecast.deals import Deals, Ends
from earnest.forecast.figures import AgeBand
from earnest.measures import intervals
from earnest.measures.arrays import Floats, Whole

EDGES = (0, 15, 30, 60, 90, 120, 150, 180, 270, 365, 545, 730)
DEALS_A_BAND = 30


def bands(deals: Deals, chances: Chances, known: Ends, *, day: int, horizon: int) -> tuple[AgeBand, ...]:
    """The open deals of a day by age; the last band has no end and begins where too few earlier deals are left.

    `history` is the matured cohort: every deal that was open at the middle age of the band (the lower, in the last
    one) at least one period ago, and how many of them were won within a period from then; each deal counts once.
    `win_share` is the mean chance that the forecast uses for the deals open now: it rests on the latest ends only.
    """
    now = np.flatnonzero(deals.open_on(day))
    if not len(now):
        return ()
    cohorts = _cohorts(deals, known, day, horizon)
    starts = np.array([cohort.start for cohort in cohorts])
    share = chances.share.ravel()[chances.cells(deals, now, day)]
    ages = day - deals.opened[now]
    open_count, expected = _tally(ages, starts), _tally(ages, starts, share)
    rates = intervals.rates([cohort.won for cohort in cohorts], [cohort.seen for cohort in cohorts])
    typical = chances.share[-1]
    return tuple(
        AgeBand(
            from_days=cohort.start,
            to_days=cohorts[number + 1].start - 1 if number + 1 < len(cohorts) else None,
            history=rates[number],
            win_share=float(
                expected[number] / open_count[number]
                if open_count[number]
                else typical[min(cohort.middle, len(typical) - 1)]
            ),
            open_count=int(open_count[number]),
            expected_win_count=float(expected[number]),
        )
        for number, cohort in enumerate(cohorts)
    )


@dataclass(frozen=True)
class _Cohort:
    start: int
    middle: int
    seen: int
    won: int


def _cohorts(deals: Deals, known: Ends, day: int, horizon: int) -> list[_Cohort]:
    """One cohort for each band, up to the first age that fewer than 30 deals were seen at; that age begins the last."""
    life = np.minimum(deals.closed, day) - deals.opened
    won_after = np.where(deals.won & (deals.closed <= day), life, -1)
    found: list[_Cohort] = []
    for start, end in zip(EDGES, (*EDGES[1:], None), strict=True):
        middle = start if end is None else (start + end) // 2
        seen = (deals.opened <= day - horizon - middle) & (life > middle)
        if known.since is not None:
            seen &= deals.opened >= known.since - 1 - middle
        count = int(seen.sum())
        if count < DEALS_A_BAND and found:
            break
        won = int((seen & (won_after > middle) & (won_after <= middle + horizon)).sum())
        found.append(_Cohort(start, middle, count, won))
    return found


def _tally(ages: Whole, starts: Whole, weights: Floats | None = None) -> Floats:
    place = np.searchsorted(starts, ages, side="right") - 1
    return np.bincount(place, weights, minlength=len(starts)).astype(np.float64)
