"""The share won by quarter, against what chance alone does (D16)."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from earnest.learn.figures import Quarter, Trend
from earnest.measures import limits, workdays
from earnest.measures.arrays import Flags, Whole
from earnest.measures.columns import BLANK_DAY
from earnest.measures.limits import Chart
from earnest.rulebook import words

LATEST = 24  # six years; a chart of more is unreadable, and older ends were sold by other people

FIRST_MONTH = 31

_FEW = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven")


@dataclass(frozen=True)
class _Counts:
    """Ended and won deals by quarter, in order without gaps, and which of the quarters lie whole in the records."""

    first: int
    ended: Whole
    won: Whole
    notes: tuple[str, ...]

    @property
    def judged(self) -> Whole:
        whole = np.array([not note for note in self.notes])
        return np.flatnonzero(whole & (self.ended > 0))


def trend(closed: Whole, won: Flags, as_of: date) -> Trend:
    """The quarters in which deals were won, lost or left undecided, and the sentence that they support.

    The quarter of today is shown and not judged while it runs, since wins bunch at its end; nor is the first one
    where no end is recorded in its first month, since the records then begin in its midst. Ends without a day are in
    no quarter.
    """
    dated = closed != BLANK_DAY
    if not dated.any():
        return Trend((), None, "", signal=False)
    counts = _counted(closed[dated], won[dated], as_of)
    judged = counts.judged
    if not len(judged):
        return Trend(
            _quarters(counts, None), None, "No whole quarter: too few to tell a trend from chance", signal=False
        )
    chart = limits.periods(counts.won[judged], counts.ended[judged])
    quarters = _quarters(counts, chart)
    return Trend(quarters, chart.mean, _finding(quarters, len(judged), run=chart.run), chart.signal)


def _counted(closed: Whole, won: Flags, as_of: date) -> _Counts:
    offset, latest = int(closed.min()), int(closed.max())
    every_day = np.arange(offset, latest + 1).astype("datetime64[D]").astype("datetime64[M]")
    quarter = every_day.astype(np.int64) // 3
    first = max(int(quarter[0]), int(quarter[-1]) - LATEST + 1)
    shown = quarter >= first
    ended_by_day = np.bincount(closed - offset)
    won_by_day = np.bincount(closed[won] - offset, minlength=len(ended_by_day))
    ended, wins = (
        np.bincount(quarter[shown] - first, by_day[shown]).astype(np.int64) for by_day in (ended_by_day, won_by_day)
    )
    notes = [""] * len(ended)
    begins = int(np.datetime64(first * 3, "M").astype("datetime64[D]").astype(np.int64))
    if offset > begins + FIRST_MONTH:
        notes[0] = " in part"
    if int(quarter[-1]) == _quarter_of(as_of) and workdays.period_end(as_of, "quarter") > as_of:
        notes[-1] = " so far"
    return _Counts(first, ended, wins, tuple(notes))


def _quarter_of(day: date) -> int:
    return (day.year - 1970) * 4 + (day.month - 1) // 3


def _quarters(counts: _Counts, chart: Chart | None) -> tuple[Quarter, ...]:
    places = {int(place): number for number, place in enumerate(counts.judged)}
    found = []
    for place, (won, ended, note) in enumerate(zip(counts.won, counts.ended, counts.notes, strict=True)):
        year, quarter = divmod(counts.first + place, 4)
        lower, upper, outside = _limits(chart, places.get(place))
        share = int(won) / int(ended) if ended else None
        label = f"{1970 + year} Q{quarter + 1}{note}"
        found.append(Quarter(label, int(won), int(ended), share, lower, upper, outside))
    return tuple(found)


def _limits(chart: Chart | None, place: int | None) -> tuple[float | None, float | None, bool]:
    if chart is None or place is None:
        return None, None, False
    return float(chart.lower[place]), float(chart.upper[place]), bool(chart.outside[place])


def _finding(quarters: tuple[Quarter, ...], judged: int, *, run: bool) -> str:
    if judged < limits.MIN_PERIODS:  # D16
        return f"{_FEW[judged]} whole {'quarter' if judged == 1 else 'quarters'}: too few to tell a trend from chance"
    outside = [quarter.label for quarter in quarters if quarter.outside]
    if len(outside) == 1:
        return f"The share won in {outside[0]} lies outside what chance explains"
    if outside:
        return f"The share won lies outside what chance explains in {words.count(len(outside))} quarters"
    if run:
        return "Eight quarters in a row lie on one side of the mean: the share won has shifted"
    return "Nothing shows that the share won has changed"
