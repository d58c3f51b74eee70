"""The same method on past days, from only what was known then, beside what followed."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from earnest.forecast import chances as chances_of
from earnest.forecast import deals as deals_of
from earnest.forecast import outlook
from earnest.forecast.deals import Deals, Ends
from earnest.forecast.figures import Backcheck
from earnest.forecast.past import History
from earnest.measures import workdays
from earnest.measures.figures import Money
from earnest.rulebook import words

MONTHS = 6
STAGES_KNOWN = 0.8  # with fewer known stages, defaults would seem to claim less than they do


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


def backchecks(deals: Deals, checks: list[Check], history: History, *, shock: float) -> tuple[Backcheck, ...]:
    """The forecast on past days, by currency, beside what was then won from the deals open on the day.

    On the morning of such a day nothing later is known: deals that ended later are open, deals opened later are not
    there, and the history is shorter. Amounts and stages are those of the day where the book has their history; else
    `expected_amount` tells which amount stands in, and stage defaults cannot be checked. Segments and list prices are
    those of the file, which holds no earlier ones.
    """
    found: list[Backcheck] = []
    for check in checks:
        then = history.deals_on(check.day)
        worth = deals_of.expected_amount(then, deals.as_of if history.amount else check.day)
        claimed = deals_of.stage_chances(then.stage_position, deals.stage_count)
        chances = chances_of.estimate(deals, since=check.since, day=check.day, horizon=check.horizon)
        for each in outlook.outlooks(deals, chances, worth, day=check.day, shock=shock):
            won = each.chosen[deals.won[each.chosen] & (deals.closed[each.chosen] <= check.end)]
            found.append(
                Backcheck(
                    day=check.day + 1,
                    currency=each.currency,
                    open_count=len(each.chosen),
                    expected=each.mean,
                    p10=each.quantile(0.1),
                    p90=each.quantile(0.9),
                    happened=each.money(float(np.nansum(deals.on_paper[won]))),
                    stage_default=each.weighted(then.on_paper, claimed, known_share=STAGES_KNOWN)
                    if history.stage
                    else None,
                )
            )
    return tuple(found)


def error(checks: tuple[Backcheck, ...]) -> float | None:
    """The mean absolute percentage error of the forecasts."""
    return _mean_off([(check.expected, check.happened) for check in checks])


def stage_default_error(checks: tuple[Backcheck, ...]) -> float | None:
    """The mean absolute percentage error of stage defaults on the same days."""
    return _mean_off([(check.stage_default, check.happened) for check in checks if check.stage_default is not None])


def _mean_off(pairs: list[tuple[Money, Money]]) -> float | None:
    """Days on which nothing followed cannot be divided by and are left out."""
    off = [abs(told.minor / happened.minor - 1) for told, happened in pairs if happened.minor]
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
