"""Working days and the ends of periods. Holidays are passed in; nothing here knows a country or a clock."""

import calendar
from collections.abc import Collection
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from earnest.measures.arrays import Whole

Period = Literal["month", "quarter"]

LAST_DAYS = 10  # D4: a close date this near to the end of our period may be ours rather than the buyer's


def is_working_day(day: date, *, holidays: Collection[date] = ()) -> bool:
    """Monday to Friday, unless it is a holiday."""
    return day.weekday() < 5 and day not in holidays


def working_days_between(start: date, end: date, *, holidays: Collection[date] = ()) -> int:
    """How many working days lie after `start`, up to and including `end`; negative when `end` comes first."""
    days = [(start - _EPOCH).days], [(end - _EPOCH).days]
    return int(working_days(*days, holidays=holidays)[0])


def working_days(start: ArrayLike, end: ArrayLike, *, holidays: Collection[date] = ()) -> Whole:
    """The same for arrays of epoch days."""
    first, last = (np.asarray(days, dtype="datetime64[D]") + 1 for days in (start, end))
    free = np.array(sorted(holidays), dtype="datetime64[D]")
    counted: Whole = np.busday_count(first, last, holidays=free)
    # busday_count counts backward from the other end; keep «after start, up to and including end» in both directions.
    back: Whole = -np.busday_count(last, first, holidays=free)
    return np.where(first <= last, counted, back)


def after_working_days(start: date, count: int, *, holidays: Collection[date] = ()) -> date:
    """The day that lies so many working days after `start` (before it, when the count is negative)."""
    step = timedelta(days=1 if count >= 0 else -1)
    day, left = start, abs(count)
    while left:
        day += step
        left -= is_working_day(day, holidays=holidays)
    return day


def period_end(day: date, period: Period) -> date:
    """The last day of the month or calendar quarter in which a day lies."""
    month = day.month if period == "month" else (day.month + 2) // 3 * 3
    return date(day.year, month, calendar.monthrange(day.year, month)[1])


def is_near_period_end(
    day: date, period: Period, *, last_days: int = LAST_DAYS, holidays: Collection[date] = ()
) -> bool:
    """Whether a day lies within the last working days of its period."""
    end = period_end(day, period)
    return working_days_between(day, end, holidays=holidays) < last_days


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it is shorter."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


_EPOCH = date(1970, 1, 1)
