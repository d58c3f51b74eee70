"""Shares carry the Jeffreys interval; medians the order-statistic one."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.measures import intervals
from earnest.measures.figures import Rate


def percent(rate: Rate) -> tuple[float, float, float]:
    assert rate.share is not None
    assert rate.low is not None
    assert rate.high is not None
    return round(100 * rate.share, 1), round(100 * rate.low, 1), round(100 * rate.high, 1)


@pytest.mark.at("AT-06")
@pytest.mark.parametrize(
    ("x", "n", "expected"),
    [
        (21, 78, (26.9, 18.0, 37.5)),
        (21, 50, (42.0, 29.1, 55.8)),
        (50, 78, (64.1, 53.1, 74.1)),
        (28, 78, (35.9, 25.9, 46.9)),
    ],
)
def test_win_rates_of_the_demo(x, n, expected):
    assert percent(intervals.rate(x, n)) == expected


@pytest.mark.at("AT-39")
@pytest.mark.parametrize(("x", "n", "expected"), [(2, 19, (10.5, 2.3, 29.7)), (19, 59, (32.2, 21.4, 44.8))])
def test_tenders_against_other_deals(x, n, expected):
    assert percent(intervals.rate(x, n)) == expected


def test_none_of_none_is_blank():
    assert intervals.rate(0, 0) == Rate(0, 0, None, None, None)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_inside_and_the_ends_are_reached_only_at_the_ends(pair):
    x, n = pair
    rate = intervals.rate(x, n)
    assert rate.low <= rate.share <= rate.high
    assert (rate.low == 0) == (x == 0)
    assert (rate.high == 1) == (x == n)


@given(st.integers(1, 2_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wins_and_losses_mirror_each_other(pair):
    x, n = pair
    won, lost = intervals.rate(x, n), intervals.rate(n - x, n)
    assert abs(won.low - (1 - lost.high)) < 1e-9


def test_many_rates_equal_single_ones():
    many, single = (
        intervals.rates([1, 0, 5], [8, 0, 5]),
        [intervals.rate(1, 8), intervals.rate(0, 0), intervals.rate(5, 5)],
    )
    assert [(rate.x, rate.n, rate.share) for rate in many] == [(rate.x, rate.n, rate.share) for rate in single]
    assert many[1] == single[1]
    assert many[0].low == pytest.approx(single[0].low, rel=1e-12)
    assert many[2].low == pytest.approx(single[2].low, rel=1e-12)


@pytest.mark.parametrize(
    ("n", "places"), [(0, None), (5, None), (6, (1, 6)), (10, (2, 9)), (21, (6, 16)), (30, (10, 21))]
)
def test_median_places_are_the_tabled_ones(n, places):
    assert intervals.median_ranks(n) == places


@given(st.integers(6, 400))
def test_median_places_keep_their_promise_and_are_the_narrowest(n):
    low, high = intervals.median_ranks(n)
    binomial = np.cumsum([math.comb(n, k) / 2**n for k in range(n + 1)])
    assert low + high == n + 1
    assert 2 * binomial[low - 1] <= 0.05
    assert 2 * binomial[low] > 0.05 or low == n // 2


def test_median_interval_of_values():
    assert intervals.median_interval([9, 1, 2, 3, 4, 5]) == (1.0, 9.0)
    assert intervals.median_interval([1, 2]) is None
