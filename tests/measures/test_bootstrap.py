"""The bootstrap of a share of value: repeatable, near the formula where there is one, blind to the order of rows."""

import numpy as np
import pytest

from earnest.measures import bootstrap


def some_deals(count: int, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    return np.round(draw.lognormal(10, 1, count)), draw.random(count) < 0.3


@pytest.mark.parametrize("count", [60, 5_000])
def test_the_interval_encloses_the_share_and_does_not_depend_on_the_order(count):
    worth, won = some_deals(count)
    low, high = bootstrap.share_interval(worth, won)
    assert low < (worth * won).sum() / worth.sum() < high
    order = np.random.default_rng(1).permutation(count)
    assert bootstrap.share_interval(worth[order], won[order]) == pytest.approx((low, high), rel=1e-12)


@pytest.mark.parametrize("count", [400, 401, 20_000])
def test_it_is_as_wide_as_the_delta_method_says(count):
    worth, won = some_deals(count)
    share = (worth * won).sum() / worth.sum()
    spread = np.sqrt((worth**2 * (won - share) ** 2).sum()) / worth.sum()
    low, high = bootstrap.share_interval(worth, won)
    assert high - low == pytest.approx(2 * 1.96 * spread, rel=0.12)


def test_the_largest_are_drawn_singly():
    worth, won = np.ones(1_000), np.zeros(1_000, bool)
    worth[0], won[0] = 1_000.0, True
    low, high = bootstrap.share_interval(worth, won)
    assert low == 0.0
    assert high > 0.7


def test_where_all_are_won_the_share_is_one():
    assert bootstrap.share_interval([5.0, 7.0, 9.0], np.array([True] * 3)) == (1.0, 1.0)


def test_effective_count():
    assert bootstrap.effective_count([5.0, 5.0, 5.0]) == pytest.approx(3.0)
    assert bootstrap.effective_count([100.0, 1.0, 1.0]) == pytest.approx(102**2 / 10_002)
    assert bootstrap.effective_count([]) == 0.0
