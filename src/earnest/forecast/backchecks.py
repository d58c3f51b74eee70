"""The same method on past days, from only what was known then, beside what followed."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from earnest.forecast import chances as chances_of
from earnest.forecast import outlook
from earnest.forecast.deals import Deals, Ends
from earnest.forecast.figures import Backcheck
from earnest.measures import workdays
from earnest.rulebook import words

MONTHS = 6


@dataclass(frozen=True)
class Check:
    """A past day to check: the evening before a month begins, the period's last day, and since when ends count."""

    day: int
    end: int
    since: int

    @property
    def horizon(self) -> int:
        return self.end - self.day


def days_to_check(deals: Deals, known: Ends, horizon_days: int | None) -> list[Check]:
    """The latest six month starts that leave a whole period after them and had history enough, early to late."""
    found: list[Check] = []
    for start in _month_starts(deals, horizon_days):
        day, end = words.epoch_day(start) - 1, period_end(start, horizon_days)
        if not chances_of.too_few(known, day, end - day):
            found.append(Check(day, end, chances_of.window(known, day, end - day)))
    return found


def backchecks(deals: Deals, checks: list[Check], *, shock: float) -> tuple[Backcheck, ...]:
    """The forecast on past days, by currency, beside what was then won from the deals open on the day.

    On the morning of such a day nothing later is known: deals that ended later are open, deals opened later are not
    there, and the history is shorter. Segments and list prices are those of the file, which holds no earlier ones;
    nor does it tell the stage of each deal on a past day, so stage defaults cannot be checked.
    """
    found: list[Backcheck] = []
    for check in checks:
        chances = chances_of.estimate(deals, since=check.since, day=check.day, horizon=check.horizon)
        for each in outlook.outlooks(deals, chances, day=check.day, shock=shock):
            won = each.chosen[deals.won[each.chosen] & (deals.closed[each.chosen] <= check.end)]
            found.append(
                Backcheck(
                    day=check.day + 1,
                    currency=each.currency,
                    open_count=len(each.chosen),
                    expected=each.mean,
                    p10=each.quantile(0.1),
                    p90=each.quantile(0.9),
                    happened=each.money(float(deals.on_paper[won].sum())),
                    stage_default=None,
                )
            )
    return tuple(found)


def error(checks: tuple[Backcheck, ...]) -> float | None:
    """The mean absolute percentage error; days on which nothing followed cannot be divided by and are left out."""
    off = [abs(check.expected.minor / check.happened.minor - 1) for check in checks if check.happened.minor]
    return float(np.mean(off)) if off else None


def period_end(start: date, horizon_days: int | None) -> int:
    """The last day of a period that begins on a day: three months, or so many days."""
    if horizon_days is not None:
        return words.epoch_day(start) + horizon_days - 1
    return words.epoch_day(workdays.months_after(start, 3)) - 1


def _month_starts(deals: Deals, horizon_days: int | None) -> list[date]:
    last = words.day_of(deals.as_of).replace(day=1)
    if not len(deals.opened):
        return []
    first = int(deals.opened.min())
    starts: list[date] = []
    while len(starts) < MONTHS and words.epoch_day(last) > first:
        if period_end(last, horizon_days) <= deals.as_of:
            starts.append(last)
        last = workdays.months_after(last, -1)
    return starts[::-1]
