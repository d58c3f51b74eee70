"""Quantiles are Hyndman-Fan type 8, from values or from counts."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.measures import quantiles
from earnest.measures.columns import WON
from tests.measures import tarnholt

WHOLE = st.lists(st.integers(0, 300), min_size=1, max_size=60)
SHARES = [0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 1.0]


@pytest.mark.at("AT-03")
def test_naive_cycle_of_the_demo():
    lives = tarnholt.lives()
    won = lives.leave[lives.cause == WON]
    assert [round(value, 1) for value in quantiles.quantile(won, [0.5, 0.75, 0.9])] == [187.0, 233.3, 279.2]
    assert round(float(won.mean()), 1) == 195.3


@given(WHOLE)
def test_agrees_with_numpy(values):
    expected = np.quantile(np.array(values, dtype=float), SHARES, method="median_unbiased")
    assert np.allclose(quantiles.quantile(values, SHARES), expected, rtol=0, atol=1e-9)


@given(WHOLE)
def test_counts_say_the_same_as_values(values):
    from_counts = quantiles.quantile_of_counts(np.bincount(values), SHARES)
    assert np.allclose(from_counts, quantiles.quantile(values, SHARES), rtol=0, atol=1e-9)


def test_nothing_has_no_quantile():
    assert math.isnan(quantiles.quantile([], 0.5))
    assert np.isnan(quantiles.quantile_of_counts([], [0.5])).all()


def test_one_share_gives_one_number():
    assert quantiles.quantile([1, 2, 4], 0.5) == 2.0
