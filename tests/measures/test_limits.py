"""Funnels and control charts say what chance alone does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from earnest.measures import limits


@given(st.floats(0.02, 0.98), st.integers(5, 3_000), st.sampled_from([0.95, 0.998]))
def test_the_funnel_is_the_interpolated_binomial_one(share, size, level):
    low, high = limits.funnel(share, size, level=level)
    for end, p in ((low, (1 - level) / 2), (high, (1 + level) / 2)):
        place = int(binom.ppf(p, size, share))
        part = (binom.cdf(place, size, share) - p) / binom.pmf(place, size, share)
        assert end == pytest.approx(min(max((place - part) / size, 0), 1), abs=1e-6)


def test_the_funnel_of_half_a_million_deals_is_nearly_normal():
    low, high = limits.funnel(0.3, 500_000, level=0.95)
    spread = 1.96 * np.sqrt(0.3 * 0.7 / 500_000)
    assert (low, high) == pytest.approx((0.3 - spread, 0.3 + spread), abs=2e-6)


@given(st.floats(0.05, 0.95), st.integers(5, 500))
def test_the_wider_funnel_encloses_the_narrower(share, size):
    narrow, wide = limits.funnel(share, size, level=0.95), limits.funnel(share, size, level=0.998)
    assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_certain_share_has_no_funnel(share):
    assert limits.funnel(share, 20, level=0.95) == (share, share)


def test_limits_are_those_of_laney():
    won, ended = np.array([20, 35, 18, 40, 15, 42, 20, 38]), np.full(8, 100)
    chart = limits.periods(won, ended)
    mean, single = won.sum() / 800, np.sqrt(won.sum() / 800 * (1 - won.sum() / 800) / 100)
    factor = np.abs(np.diff((won / 100 - mean) / single)).mean() / 1.128
    assert factor > 1
    assert chart.upper.tolist() == pytest.approx([mean + 3 * factor * single] * 8)
    assert not chart.signal


def test_limits_never_narrow_below_the_binomial_ones():
    chart = limits.periods([25, 26] * 4, [100] * 8)
    single = np.sqrt(chart.mean * (1 - chart.mean) / 100)
    assert chart.lower.tolist() == pytest.approx([chart.mean - 3 * single] * 8)


def test_one_quarter_far_outside_is_a_signal():
    chart = limits.periods([30, 31, 29, 30, 31, 30, 29, 30, 31, 65], [100] * 10)
    assert chart.outside.tolist() == [False] * 9 + [True]
    assert chart.signal


def test_under_eight_quarters_nothing_is_judged():
    chart = limits.periods([30, 31, 29, 30, 31, 30, 65], [100] * 7)
    assert not chart.signal


def test_eight_in_a_row_on_one_side_are_a_signal():
    chart = limits.periods([32] * 8 + [26] * 8, [100] * 16)
    assert not chart.outside.any()
    assert chart.run


@pytest.mark.parametrize(("offsets", "longest"), [([], 0), ([1, 2, -1, 3, 1, 1], 3), ([1, 0, 1], 1), ([-1] * 9, 9)])
def test_longest_run(offsets, longest):
    assert limits.longest_run(offsets) == longest


def test_only_wins_have_no_limits_to_break():
    chart = limits.periods([10] * 8, [10] * 8)
    assert (chart.mean, chart.outside.any()) == (1.0, False)
