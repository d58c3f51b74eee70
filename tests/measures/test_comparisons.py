"""Groups against the rest: Fisher's test, the correction for many, the size that a comparison needs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, fisher_exact

from earnest.measures import comparisons

GROUPS = st.lists(
    st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=12
)
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=40)


@pytest.mark.at("AT-39")
def test_tenders_against_other_deals():
    p_values = comparisons.fisher_against_rest([2, 19], [19, 59])
    assert [round(p, 3) for p in p_values] == [0.079, 0.079]
    family = [p_values[0], *[1.0] * 11]
    assert comparisons.adjusted(family)[0] > comparisons.LEVEL


@given(GROUPS)
def test_fisher_agrees_with_scipy(groups):
    won, ended = (np.array(values) for values in zip(*groups, strict=True))
    expected = [
        fisher_exact([[x, n - x], [won.sum() - x, (ended - won).sum() - n + x]]).pvalue
        for x, n in zip(won, ended, strict=True)
    ]
    assert np.allclose(comparisons.fisher_against_rest(won, ended), expected, rtol=1e-6, atol=1e-12)


def test_fisher_of_a_million_deals():
    won, ended = np.array([150_000, 90_100, 59_700]), np.array([500_000, 300_000, 200_000])
    assert comparisons.fisher_against_rest(won, ended) == pytest.approx([0.664044, 0.446031, 0.156788], abs=1e-6)


def test_a_lopsided_group_is_not_lost_in_rounding():
    assert comparisons.fisher_against_rest([30, 10], [30, 9_970])[0] == pytest.approx(
        fisher_exact([[30, 0], [10, 9_960]]).pvalue, rel=1e-6
    )


@given(P_VALUES)
def test_correction_agrees_with_scipy(p_values):
    assert np.allclose(comparisons.adjusted(p_values), false_discovery_control(p_values), rtol=0, atol=1e-12)


@given(P_VALUES)
def test_correction_never_lowers_a_p_and_keeps_their_order(p_values):
    raw, corrected = np.array(p_values), comparisons.adjusted(p_values)
    assert (corrected >= raw - 1e-15).all()
    order = np.argsort(raw)
    assert (np.diff(corrected[order]) >= -1e-15).all()


def test_correcting_nothing_gives_nothing():
    assert comparisons.adjusted([]).tolist() == []


@pytest.mark.duty("S2.5")
def test_deals_needed_to_tell_a_quarter_from_more():
    assert [comparisons.needed_per_group(0.25, share) for share in (0.30, 0.35, 0.40, 0.50)] == [1250, 328, 152, 58]


@given(st.floats(0.02, 0.7), st.floats(0.02, 0.25))
def test_the_smallest_difference_is_the_inverse(share, rise):
    needed = comparisons.needed_per_group(share, share + rise)
    assert comparisons.smallest_difference(share, needed) <= rise + 1e-12
    if needed > 2:
        below = comparisons.smallest_difference(share, needed - 1)
        assert below is None or below >= rise - 1e-12


def test_tiny_groups_can_show_nothing():
    assert comparisons.smallest_difference(0.6, 3) is None


def test_a_group_against_a_large_rest_counts_nearly_double():
    assert comparisons.matched_size([100, 100, 100], 10_000) == pytest.approx(198.0)
    assert comparisons.matched_size([50, 50], 100) == 50.0


def test_shares_are_drawn_toward_the_whole():
    assert comparisons.shrunk_share([0, 9], [0, 30], 0.25).tolist() == [0.25, 11.5 / 40]


def test_a_family_without_differences_shows_none_most_of_the_time():
    draw = np.random.default_rng(11)
    shown = [
        (comparisons.adjusted(comparisons.fisher_against_rest(draw.binomial(20, 0.27, 24), [20] * 24)) <= 0.1).any()
        for _ in range(300)
    ]
    assert np.mean(shown) < 0.1  # D16 measured 6.5 %, against 60 % without the correction
