"""Scales: monotone, inside the picture for every number, with round ticks."""

import math
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from earnest.charts import scales
from earnest.charts.scales import Scale
from tests.charts.hostile import ANY_NUMBER, FINITE

VALUES = st.lists(st.none() | ANY_NUMBER, max_size=6)


def test_a_value_stands_in_proportion() -> None:
    assert [Scale(10, 20).at(value) for value in (10, 12.5, 20)] == [0, 0.25, 1]


def test_a_value_beyond_an_end_stands_at_that_end() -> None:
    assert [Scale(10, 20).at(value) for value in (-math.inf, 9, 21, math.inf)] == [0, 0, 1, 1]


def test_what_is_no_number_stands_at_the_start() -> None:
    assert Scale(0, 1).at(math.nan) == 0


@given(VALUES, FINITE, FINITE)
def test_a_scale_never_goes_back(values: list[float | None], one: float, other: float) -> None:
    lower, higher = sorted((one, other))
    for scale in (scales.covering(values), scales.between(values), scales.rounded(scales.covering(values))):
        assert 0 <= scale.at(lower) <= scale.at(higher) <= 1


@given(VALUES)
def test_a_scale_holds_all_its_values_and_zero(values: list[float | None]) -> None:
    scale = scales.covering(values)
    known = [value for value in values if value is not None and math.isfinite(value) and abs(value) <= 1e300]
    assert math.isfinite(scale.low)
    assert math.isfinite(scale.high)
    assert scale.low <= min([0, *known])
    assert scale.high >= max([0, *known])
    assert scale.low < scale.high


def test_covering_leaves_room_above() -> None:
    assert scales.covering([10, None, math.nan, 4], room=0.1) == Scale(0, 11)
    assert scales.covering([-5, 5]) == Scale(-5, 5)


def test_a_scale_of_nothing_is_zero_to_one() -> None:
    assert scales.covering([]) == Scale(0, 1)
    assert scales.between([None, math.nan]) == Scale(0, 1)


def test_between_does_not_begin_at_zero() -> None:
    assert scales.between([17_000, 17_100]) == Scale(17_000, 17_100)
    assert scales.between([7, 7]) == Scale(7, 8)


def test_ticks_are_round() -> None:
    assert scales.ticks(Scale(0, 97), count=4) == (0, 25, 50, 75)
    assert scales.ticks(Scale(0, 0.31), count=3) == (0, 0.2)
    assert scales.ticks(Scale(-120, 480), count=4) == (0, 200, 400)


@given(st.lists(FINITE, min_size=1, max_size=4), st.integers(1, 6))
def test_ticks_are_few_and_lie_on_the_scale(values: list[float], count: int) -> None:
    scale = scales.covering(values)
    found = scales.ticks(scale, count=count)
    slack = (scale.high - scale.low) * 1e-6
    assert len(found) <= count + 2
    assert all(scale.low - slack <= tick <= scale.high + slack for tick in found)


def test_a_rounded_scale_has_a_tick_at_both_ends() -> None:
    scale = scales.rounded(Scale(0.55, 0.82), count=3)
    ticks = scales.ticks(scale, count=3)
    assert [round(tick, 6) for tick in ticks] == [0.4, 0.6, 0.8, 1.0]
    assert (scale.low, round(scale.high, 6)) == (0.4, 1.0)


def test_day_ticks_are_firsts_of_months() -> None:
    epoch = date(1970, 1, 1)
    scale = Scale((date(2017, 1, 15) - epoch).days, (date(2018, 1, 20) - epoch).days)
    found = scales.day_ticks(scale, count=4)
    assert [words for _day, words in found] == ["Apr 2017", "Jul 2017", "Oct 2017", "Jan 2018"]
    assert found[0][0] == (date(2017, 4, 1) - epoch).days


def test_days_that_no_calendar_has_get_no_tick() -> None:
    assert scales.day_ticks(Scale(0, 1e12)) == ()


@given(st.integers(-700_000, 2_900_000), st.integers(1, 150_000))
def test_day_ticks_are_few(start: int, length: int) -> None:
    found = scales.day_ticks(Scale(start, start + length), count=4)
    assert len(found) <= 6
