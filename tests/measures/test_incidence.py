"""Cumulative incidence: what it equals in simple cases, and that late entry does not bias it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earnest.measures import incidence

LIVES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 20), st.integers(0, 3)), min_size=1, max_size=80)


def exits_of(rows, causes=4):
    entry, stay, cause = (np.array(values) for values in zip(*rows, strict=True))
    return incidence.counted(entry, entry + stay, cause, causes=causes)


@given(LIVES)
def test_counts_are_what_a_loop_counts(rows):
    exits = exits_of(rows)
    for day in range(exits.length):
        assert exits.at_risk[0, day] == sum(entry <= day <= entry + stay for entry, stay, _ in rows)
        for cause in range(4):
            assert exits.ended[cause, 0, day] == sum(entry + stay == day and cause == c for entry, stay, c in rows)


@given(LIVES)
def test_all_incidences_and_those_still_open_make_one(rows):
    found = incidence.cumulative(exits_of(rows))
    assert np.allclose(found.share.sum(axis=0) + found.open_share, 1, rtol=0, atol=1e-12)


@given(LIVES)
def test_with_one_cause_it_is_one_minus_kaplan_meier(rows):
    single = [(entry, stay, min(cause, 1)) for entry, stay, cause in rows]
    found = incidence.cumulative(exits_of(single, causes=2))
    survival, expected = 1.0, []
    for day in range(found.share.shape[-1]):
        at_risk = sum(entry <= day <= entry + stay for entry, stay, _ in single)
        ended = sum(entry + stay == day and cause == 1 for entry, stay, cause in single)
        survival *= 1 - ended / at_risk if at_risk else 1
        expected.append(1 - survival)
    assert np.allclose(found.share[0, 0], expected, rtol=0, atol=1e-12)


@given(LIVES)
def test_incidence_never_falls(rows):
    found = incidence.cumulative(exits_of(rows))
    assert (np.diff(found.share, axis=-1) >= -1e-15).all()


@given(LIVES, st.integers(0, 5))
def test_groups_are_counted_apart_and_pool_to_the_whole(rows, salt):
    entry, stay, cause = (np.array(values) for values in zip(*rows, strict=True))
    group = (entry + stay + salt) % 3 - 1
    exits = incidence.counted(entry, entry + stay, cause, causes=4, group=group, groups=2)
    inside = group >= 0
    if inside.any():
        alone = incidence.counted(entry[inside], (entry + stay)[inside], cause[inside], causes=4)
        assert (exits.pooled().at_risk == alone.at_risk).all()
        assert (exits.pooled().ended == alone.ended).all()


def test_without_cutting_off_the_variance_is_binomial():
    rows = [(0, day, 1 + day % 3) for day in range(1, 31)]
    exits = exits_of(rows)
    share = incidence.cumulative(exits).share[0, 0]
    assert np.allclose(incidence.variance(exits, 1), share * (1 - share) / 30, rtol=0, atol=1e-15)


@given(LIVES)
def test_without_competing_ends_the_variance_is_greenwoods(rows):
    single = [(entry, stay, min(cause, 1)) for entry, stay, cause in rows]
    exits = exits_of(single, causes=2)
    at_risk, ended = exits.at_risk[0].astype(float), exits.ended[1, 0].astype(float)
    left = at_risk - ended
    terms = np.divide(ended, at_risk * left, out=np.zeros_like(left), where=(left > 0) & (at_risk > 0))
    survival = incidence.cumulative(exits).open_share[0]
    alive = survival > 0
    expected = survival**2 * np.cumsum(terms)
    assert np.allclose(incidence.variance(exits, 1)[alive], expected[alive], rtol=0, atol=1e-9)


def test_intervals_enclose_the_share_and_stay_inside():
    exits = exits_of([(0, day, 1 + day % 2) for day in range(1, 41)] + [(0, 50, 0)] * 10)
    share = incidence.cumulative(exits).share[0, 0]
    low, high = incidence.interval(share, incidence.variance(exits, 1))
    assert (low <= share).all()
    assert (high >= share).all()
    assert low.min() >= 0
    assert high.max() < 1


def simulated(seed: int, deals: int = 40_000):
    """Deals opened over 1,000 days, won or lost by rivals that race each other, looked at on day 1,000."""
    draw = np.random.default_rng(seed)
    opened = draw.integers(0, 1_000, deals)
    win, loss = draw.gamma(4, 50, deals).astype(int), draw.gamma(2, 120, deals).astype(int)
    life, cause = np.minimum(win, loss), np.where(win <= loss, 1, 2)
    true = np.cumsum(np.bincount(life[cause == 1], minlength=800)[:800]) / deals
    return opened, opened + life, cause, true


def test_cutting_off_open_deals_does_not_bias_it():
    opened, closed, cause, true = simulated(1)
    last = np.minimum(closed, 1_000)
    exits = incidence.counted(np.zeros_like(opened), last - opened, np.where(closed > 1_000, 0, cause), causes=3)
    share = incidence.cumulative(exits).share[0, 0]
    assert abs(share[100] - true[100]) < 0.008
    assert abs(share[300] - true[300]) < 0.012


@pytest.mark.parametrize("since", [300, 600])
def test_late_entry_does_not_bias_it_but_ignoring_it_does(since):
    opened, closed, cause, true = simulated(2)
    seen = closed >= since
    last = np.minimum(closed, 1_000)[seen]
    opened, how = opened[seen], np.where(closed > 1_000, 0, cause)[seen]
    entry = np.maximum(since - opened, 0)
    right = incidence.cumulative(incidence.counted(entry, last - opened, how, causes=3)).share[0, 0]
    wrong = incidence.cumulative(incidence.counted(np.zeros_like(entry), last - opened, how, causes=3)).share[0, 0]
    assert abs(right[200] - true[200]) < 0.015
    assert wrong[60] < true[60] - 0.003
    assert abs(right[60] - true[60]) < abs(wrong[60] - true[60])
