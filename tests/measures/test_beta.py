"""The beta distribution agrees with SciPy, and its two functions with each other."""

import numpy as np
import scipy.special as reference
from hypothesis import given
from hypothesis import strategies as st

from earnest.measures import beta

shapes = st.floats(0.5, 1e6)
shares = st.floats(1e-6, 1 - 1e-6)


@given(shapes, shapes, shares)
def test_cumulative_agrees_with_scipy(a, b, x):
    assert abs(beta.cumulative(a, b, x) - reference.betainc(a, b, x)) < 1e-8


@given(shapes, shapes, st.floats(0.001, 0.999))
def test_quantile_agrees_with_scipy(a, b, p):
    spread = np.sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
    assert abs(beta.quantile(a, b, p) - reference.betaincinv(a, b, p)) < 1e-6 * spread


@given(st.floats(0.5, 5_000), st.floats(0.5, 5_000), st.floats(0.01, 0.99))
def test_quantile_inverts_cumulative(a, b, p):
    assert abs(beta.cumulative(a, b, beta.quantile(a, b, p)) - p) < 1e-10


def test_ends_are_exact():
    assert beta.cumulative(2, 3, [0.0, 1.0]).tolist() == [0.0, 1.0]


def test_uniform_is_the_identity():
    assert np.allclose(beta.quantile(1, 1, [0.025, 0.5, 0.9]), [0.025, 0.5, 0.9], rtol=0, atol=1e-12)
