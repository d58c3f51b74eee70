"""The last working days of our periods, as the columns that rules read (D4)."""

from collections.abc import Collection
from datetime import date

from earnest.measures import workdays
from earnest.pipeline.tables import PERIOD_COUNT
from earnest.rulebook import words

MONTHS_A_PERIOD = 3


def windows(
    as_of: date, *, first_month: int = 1, months: int = MONTHS_A_PERIOD, holidays: Collection[date] = ()
) -> dict[str, int]:
    """The first and the last of the last ten working days of the period that runs and of those after it.

    Args:
        as_of: the day that is judged.
        first_month: the month in which our year begins.
        months: how long a period is.
        holidays: the days on which nobody works.
    """
    found: dict[str, int] = {}
    start = _start(as_of, first_month, months)
    for number in range(1, PERIOD_COUNT + 1):
        start = workdays.months_after(start, months)
        last = workdays.after_working_days(start, -1, holidays=holidays)
        first = workdays.after_working_days(last, 1 - workdays.LAST_DAYS, holidays=holidays)
        found[f"period_{number}_from"] = words.epoch_day(first)
        found[f"period_{number}_until"] = words.epoch_day(start) - 1
    return found


def _start(day: date, first_month: int, months: int) -> date:
    into = (day.month - first_month) % 12 % months
    return workdays.months_after(day.replace(day=1), -into)
