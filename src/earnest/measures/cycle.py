"""How long it takes to win, with open deals counted as what they are: not ended yet (D3)."""

import math
from dataclasses import dataclass

import numpy as np

from earnest.measures import incidence, intervals, lifetimes, quantiles
from earnest.measures.arrays import Floats, Whole
from earnest.measures.columns import DECLINED, OPEN, WON
from earnest.measures.figures import CurvePoint, Cycle, Rate, SegmentCycle
from earnest.measures.incidence import Exits
from earnest.rulebook.book import Book

SHARES = (0.50, 0.75, 0.90)  # the median; amber, «use soon»; red, «past»
MIN_WINS = 5
SHRINK = 10  # D3: measured, of k = 5, 10, 20, 40
HISTORY_FACTOR = 1.5
MAX_POINTS = 400
MAX_CELLS = 4_000_000  # segments are counted in blocks of this many days in all, to bound memory

_NONE = (None, None, None)


@dataclass(frozen=True)
class Lives:
    """Deals as ages in days: `entry` the first age seen, `leave` the last, `cause` as in `lifetimes`, and the segment.

    `segment` counts into `segments`; -1 for a deal of none.
    """

    entry: Whole
    leave: Whole
    cause: Whole
    segment: Whole
    segments: tuple[str, ...] = ()


def of_book(book: Book) -> Cycle:
    """The cycle of a book's deals.

    Raises: MissingTable if the book has no deals table; without dates every figure is None.
    Source: D3.
    """
    lives, _ = lifetimes.of_book(book)
    return of_lifetimes(lives)


def of_lifetimes(lives: lifetimes.Lifetimes) -> Cycle:
    """The cycle of deals by their days; ends that the source does not hold are seen to (`observed_from`)."""
    since = lifetimes.observed_from(lives.opened, lives.closed, lives.as_of)
    entry, leave, seen = lifetimes.with_entry(lives.opened, lives.closed, since, lives.as_of)
    if not seen.all():
        entry, leave = entry[seen], leave[seen]
    kept = Lives(entry, leave, lives.outcome[seen], lives.segment[seen], lives.segments)
    return of_lives(kept, history_days=lives.history_days(), observed_from_day=since, undated_count=lives.undated_count)


def of_lives(lives: Lives, *, history_days: int, observed_from_day: int | None = None, undated_count: int = 0) -> Cycle:
    """The cycle of deals by their ages.

    Estimator: Aalen-Johansen incidence of won, with lost, no decision and declined as competing ends, open deals
    cut off, and late entry; D_p is the first day by which the incidence has reached p of its last value. Segments
    are drawn toward all deals on the log scale with weight wins / (wins + 10) and rounded up to a day; a segment
    with under five wins takes the figures of all. With under five wins in all there are no dates.
    Assumes that open deals will end as earlier ones did at the same age.
    References: D3; `incidence`.
    """
    exits = incidence.counted(lives.entry, lives.leave, lives.cause, causes=DECLINED + 1)
    won = exits.ended[WON, 0]
    wins = int(won.sum())
    own, share, curve = _figures(exits) if wins >= MIN_WINS else (_NONE, None, ())
    days = tuple(None if value is None else math.ceil(value) for value in own)
    last = days[2]
    naive = quantiles.quantile_of_counts(won, [*SHARES, 0.95])
    return Cycle(
        win_count=wins,
        ended_count=int(exits.ended[1:].sum()),
        open_count=int(exits.ended[OPEN].sum()),
        days=(days[0], days[1], days[2]),
        won_share=share,
        naive_days=(float(naive[0]), float(naive[1]), float(naive[2])) if wins else _NONE,
        naive_mean_days=float(np.arange(len(won)) @ won / wins) if wins else None,
        naive_p95_days=float(naive[3]) if wins else None,
        longest_win_days=int(np.flatnonzero(won)[-1]) if wins else None,
        history_days=history_days,
        at_least=last is not None and history_days < HISTORY_FACTOR * last,
        observed_from_day=observed_from_day,
        outlived=_outlived(exits, last),
        curve=curve,
        segments=_segments(lives, own),
        undated_count=undated_count,
    )


Own = tuple[float | None, float | None, float | None]


def percentiles(share: Floats) -> Own:
    """The first days by which an incidence has reached half, three quarters and nine tenths of its last value."""
    if not len(share) or share[-1] <= 0:
        return _NONE
    half, most, nearly = (float(np.searchsorted(share, p * share[-1] - 1e-12)) for p in SHARES)
    return half, most, nearly


def shrunk(own: float, whole: float, wins: int) -> float:
    """A segment's days drawn toward all deals' days on the log scale (D3); a day is the shortest."""
    weight = wins / (wins + SHRINK)
    return math.exp(weight * math.log(max(own, 1.0)) + (1 - weight) * math.log(max(whole, 1.0)))


def _figures(exits: Exits) -> tuple[Own, float, tuple[CurvePoint, ...]]:
    share = incidence.cumulative(exits).share[WON - 1, 0]
    low, high = incidence.interval(share, incidence.variance(exits, WON))
    steps = np.flatnonzero(exits.ended[WON, 0])
    if len(steps) > MAX_POINTS:
        steps = steps[np.unique(np.linspace(0, len(steps) - 1, MAX_POINTS).round().astype(int))]
    curve = tuple(CurvePoint(int(t), float(share[t]), float(low[t]), float(high[t])) for t in steps)
    return percentiles(share), float(share[-1]), curve


def _outlived(exits: Exits, last: int | None) -> Rate:
    """Of the deals whose end is known and that lived longer than the date: how many were won after all."""
    if last is None:
        return intervals.rate(0, 0)
    after = exits.ended[1:, 0, last + 1 :]
    return intervals.rate(int(after[WON - 1].sum()), int(after.sum()))


def _segments(lives: Lives, whole: Own) -> tuple[SegmentCycle, ...]:
    named = len(lives.segments)
    if not named:
        return ()
    inside = lives.segment >= 0
    tally = np.bincount(
        lives.cause[inside].astype(np.int64) * named + lives.segment[inside], minlength=(DECLINED + 1) * named
    ).reshape(DECLINED + 1, named)
    own = _own_percentiles(lives, np.flatnonzero(tally[WON] >= MIN_WINS))
    return tuple(
        _segment(name, tally[:, number], own.get(number, _NONE), whole) for number, name in enumerate(lives.segments)
    )


def _own_percentiles(lives: Lives, chosen: Whole) -> dict[int, Own]:
    """Percentiles of the segments with enough wins, in blocks, so that thousands of segments need little memory."""
    found: dict[int, Own] = {}
    length = int(lives.leave.max()) + 1 if len(lives.leave) else 1
    block = max(1, MAX_CELLS // length)
    for start in range(0, len(chosen), block):
        part = chosen[start : start + block]
        place = np.full(len(lives.segments) + 1, -1, np.int64)  # one more, so that -1 (no segment) stays -1
        place[part] = np.arange(len(part))
        exits = incidence.counted(
            lives.entry,
            lives.leave,
            lives.cause,
            causes=DECLINED + 1,
            group=place[lives.segment],
            groups=len(part),
        )
        shares = incidence.cumulative(exits).share[WON - 1]
        found |= {int(number): percentiles(share) for number, share in zip(part, shares, strict=True)}
    return found


def _segment(name: str, tally: Whole, own: Own, whole: Own) -> SegmentCycle:
    wins = int(tally[WON])
    drawn = [
        mine if of_all is None else of_all if mine is None else shrunk(mine, of_all, wins)
        for mine, of_all in zip(own, whole, strict=True)
    ]
    days = [None if value is None else math.ceil(value - 1e-9) for value in drawn]
    return SegmentCycle(
        segment=name,
        win_count=wins,
        ended_count=int(tally[1:].sum()),
        open_count=int(tally[OPEN]),
        own_days=own,
        days=(days[0], days[1], days[2]),
        median_days=drawn[0],
        weight=wins / (wins + SHRINK) if own[0] is not None else 0.0,
    )
