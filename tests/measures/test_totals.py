"""The total of many wins and losses: the demo's quarter, exact cases, and what approximations cost."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earnest.measures import totals
from tests.measures import tarnholt

AMOUNTS = np.array([value for value, _, _ in tarnholt.OPEN_DEALS])
CHANCES = np.array([chance for _, chance, _ in tarnholt.OPEN_DEALS])
SHARES = (0.10, 0.25, 0.50, 0.75, 0.90)


@pytest.mark.at("AT-21")
def test_the_first_quarter_of_the_demo():
    total = totals.distribution(AMOUNTS, CHANCES, shock=0)
    assert round(total.mean, 1) == 743.2
    assert [total.quantile(p) for p in SHARES] == [408, 557, 736, 920, 1086]
    assert round(total.at_least(700), 3) == 0.554
    assert total.exact


def test_the_shock_widens_the_range_and_keeps_the_mean():
    alone, shared = (totals.distribution(AMOUNTS, CHANCES, shock=shock) for shock in (0, 0.3))
    assert shared.mean == alone.mean
    assert mean_of(shared) == pytest.approx(shared.mean, rel=1e-9)
    assert [shared.quantile(p) for p in SHARES] == [368, 535, 731, 938, 1128]


def mean_of(total: totals.Total) -> float:
    return float(total.chances @ np.arange(len(total.chances))) * total.unit


deals = st.lists(st.tuples(st.integers(1, 10**9), st.floats(0, 1)), min_size=1, max_size=10)


@settings(max_examples=40)
@given(deals, st.sampled_from([0.0, 0.3, 0.5]))
def test_few_deals_agree_with_counting_every_case(rows, shock):
    amounts, chances = (np.array(values, dtype=float) for values in zip(*rows, strict=True))
    total = totals.distribution(amounts, chances, shock=shock)
    shocked, weights = totals.shocked_chances(chances, shock)
    sums, cases = np.zeros(1), np.ones((len(weights), 1))
    for amount, under in zip(amounts, shocked.T, strict=True):
        sums = np.concatenate((sums, sums + amount))
        cases = np.concatenate((cases * (1 - under[:, None]), cases * under[:, None]), axis=1)
    true = weights @ cases
    assert total.mean == pytest.approx(float(sums @ true), rel=1e-9, abs=1e-6)
    assert mean_of(total) == pytest.approx(total.mean, rel=1e-6, abs=1e-3)
    for p in (0.1, 0.5, 0.9):
        found = total.quantile(p)
        near = 4 * total.unit
        assert true[sums <= found + near].sum() >= p - 1e-6
        assert true[sums < found - near].sum() <= p + 1e-6


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.05, 1.0))
def test_every_chance_keeps_its_average_under_the_shock(chances, shock):
    shocked, weights = totals.shocked_chances(np.array(chances), shock)
    assert np.allclose(weights @ shocked, chances, rtol=0, atol=1e-9)
    assert (np.diff(shocked, axis=0) >= -1e-12).all()


@pytest.mark.parametrize("count", [65, 1_000, 5_000])
def test_many_deals_agree_with_drawing_them(count):
    draw = np.random.default_rng(count)
    amounts, chances = np.round(draw.lognormal(10, 1, count)), draw.beta(1, 3, count)
    total = totals.distribution(amounts, chances)
    shocked, weights = totals.shocked_chances(chances, 0.3)
    nodes = draw.choice(len(weights), 20_000, p=weights)
    drawn = np.concatenate(
        [(draw.random((500, count)) < shocked[nodes[start : start + 500]]) @ amounts for start in range(0, 20_000, 500)]
    )
    true = np.quantile(drawn, [0.1, 0.5, 0.9])
    assert [total.quantile(p) for p in (0.1, 0.5, 0.9)] == pytest.approx(true, rel=0.015)
    assert mean_of(total) == pytest.approx(total.mean, rel=1e-6)


def test_deals_in_groups_are_the_same_as_deals_one_by_one():
    draw = np.random.default_rng(4)
    amounts, group = np.round(draw.lognormal(10, 1, 3_000)), draw.integers(0, 20, 3_000)
    chances = draw.beta(1, 3, 20)
    grouped = totals.distribution(amounts, chances, group=group)
    single = totals.distribution(amounts, chances[group])
    assert grouped.mean == pytest.approx(single.mean)
    assert [grouped.quantile(p) for p in SHARES] == pytest.approx([single.quantile(p) for p in SHARES], rel=1e-9)


@pytest.mark.parametrize("count", [80, 200, 400])
def test_carrying_all_deals_singly_would_change_little(monkeypatch, count):
    draw = np.random.default_rng(count)
    amounts, chances = np.round(draw.lognormal(10, 1.5, count)), draw.beta(1, 3, count)
    part = totals.distribution(amounts, chances)
    monkeypatch.setattr(totals, "LARGEST", 400)
    whole = totals.distribution(amounts, chances)
    assert [part.quantile(p) for p in SHARES] == pytest.approx([whole.quantile(p) for p in SHARES], rel=1e-3)


@pytest.mark.parametrize(("amounts", "chances"), [([], []), ([5.0], [0.0]), ([0.0], [0.5])])
def test_nothing_to_win_is_nothing(amounts, chances):
    total = totals.distribution(amounts, chances)
    assert (total.mean, total.quantile(0.9), total.at_least(1)) == (0.0, 0.0, 0.0)


def test_a_certain_deal_is_certain():
    total = totals.distribution([7.0], [1.0])
    assert (total.quantile(0.1), total.quantile(0.9), total.at_least(7)) == (7.0, 7.0, 1.0)
