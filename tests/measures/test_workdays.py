"""Working days and the ends of periods."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.measures import workdays

CHRISTMAS = frozenset({date(2025, 12, 25), date(2025, 12, 26)})
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2025, 12, 15), date(2025, 12, 15), 0),
        (date(2025, 12, 15), date(2025, 12, 16), 1),
        (date(2025, 12, 19), date(2025, 12, 22), 1),
        (date(2025, 12, 22), date(2025, 12, 19), -1),
        (date(2025, 12, 15), date(2025, 12, 31), 10),
    ],
)
def test_working_days_with_holidays(start, end, count):
    assert workdays.working_days_between(start, end, holidays=CHRISTMAS) == count


@given(DAYS, st.integers(-400, 400))
def test_they_are_the_days_counted_one_by_one(start, step):
    end = start + timedelta(days=step)
    first, last = min(start, end), max(start, end)
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    expected = sum(workdays.is_working_day(day, holidays=CHRISTMAS) for day in days)
    assert workdays.working_days_between(start, end, holidays=CHRISTMAS) == (expected if step >= 0 else -expected)


def test_arrays_of_epoch_days():
    assert workdays.working_days(np.array([0, 1, 4], np.int32), np.array([4, 8, 1], np.int32)).tolist() == [2, 5, -1]


@given(DAYS, st.integers(-60, 60).filter(bool))
def test_going_so_many_working_days_is_counting_them(start, count):
    end = workdays.after_working_days(start, count, holidays=CHRISTMAS)
    assert workdays.is_working_day(end, holidays=CHRISTMAS)
    if workdays.is_working_day(start, holidays=CHRISTMAS):
        assert workdays.working_days_between(start, end, holidays=CHRISTMAS) == count


@pytest.mark.parametrize(
    ("day", "period", "end"),
    [
        (date(2024, 2, 1), "month", date(2024, 2, 29)),
        (date(2025, 12, 15), "month", date(2025, 12, 31)),
        (date(2025, 10, 1), "quarter", date(2025, 12, 31)),
        (date(2025, 6, 30), "quarter", date(2025, 6, 30)),
    ],
)
def test_period_ends(day, period, end):
    assert workdays.period_end(day, period) == end


def test_the_last_ten_working_days_of_a_quarter():
    assert not workdays.is_near_period_end(date(2025, 12, 15), "quarter", holidays=CHRISTMAS)
    assert workdays.is_near_period_end(date(2025, 12, 16), "quarter", holidays=CHRISTMAS)
    assert workdays.is_near_period_end(date(2025, 12, 31), "quarter", holidays=CHRISTMAS)


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2025, 12, 15), 3, date(2026, 3, 15)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
    ],
)
def test_months_after(day, months, after):
    assert workdays.months_after(day, months) == after
