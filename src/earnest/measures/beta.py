"""The distribution function of the beta distribution and its inverse, on arrays, without SciPy.

`import scipy.special` takes about as long as the whole start of the command line may take (0.4 CPU-seconds,
measured), and these two functions are all that the intervals need. The tests hold them to SciPy.

Everything happens on t = ln(x / (1 - x)), where the density exp(a t - (a + b) ln(1 + e^t)) / B(a, b) is smooth and
log-concave, so that 64 Gauss-Legendre nodes give a tail to about twelve digits whatever a and b.
"""

import math
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from earnest.measures.arrays import Floats

_NEGLIGIBLE = 40.0  # exp(-40) is beyond the last digit
_log_gamma = np.frompyfunc(math.lgamma, 1, 1)


def cumulative(a: ArrayLike, b: ArrayLike, x: ArrayLike) -> Floats:
    """P(B <= x) for B ~ Beta(a, b), with a, b >= 1/2 and 0 <= x <= 1."""
    shape_a, shape_b, at = (np.array(v, dtype=np.float64) for v in np.broadcast_arrays(a, b, x))
    result = np.where(at >= 1, 1.0, 0.0)
    inside = (at > 0) & (at < 1)
    shape_a, shape_b, at = shape_a[inside], shape_b[inside], at[inside]
    constant = _log_constant(shape_a, shape_b)
    result[inside] = _below(shape_a, shape_b, np.log(at) - np.log1p(-at), constant)
    return result


def quantile(a: ArrayLike, b: ArrayLike, p: ArrayLike) -> Floats:
    """The x with P(B <= x) = p for B ~ Beta(a, b), with a, b >= 1/2 and 0 < p < 1.

    Halley's method on t, kept between the bounds already found, so that it cannot run away.
    """
    shape_a, shape_b, target = (np.array(v, dtype=np.float64) for v in np.broadcast_arrays(a, b, p))
    constant = _log_constant(shape_a, shape_b)
    t = np.log(shape_a / shape_b)
    low, high = np.full_like(t, -700.0), np.full_like(t, 700.0)
    for _ in range(100):
        off = _below(shape_a, shape_b, t, constant) - target
        low, high = np.where(off < 0, t, low), np.where(off > 0, t, high)
        x = 1 / (1 + np.exp(-t))
        newton = off / np.maximum(np.exp(_log_density(shape_a, shape_b, t) + constant), 1e-300)
        bend = 1 - newton * (shape_a * (1 - x) - shape_b * x) / 2
        step = t - newton / np.clip(bend, 0.5, 2)
        step = np.where((step < low) | (step > high), (low + high) / 2, step)
        settled = bool(np.all((np.abs(step - t) <= 1e-9 * np.maximum(1, np.abs(t))) | (off == 0)))
        t = np.where(off == 0, t, step)
        if settled:  # the method is of third order, so the step just made was exact to the last digits
            break
    return np.asarray(1 / (1 + np.exp(-t)), dtype=np.float64)


def _log_constant(a: Floats, b: Floats) -> Floats:
    gammas = (np.asarray(_log_gamma(values), dtype=np.float64) for values in (a + b, a, b))
    whole, left, right = gammas
    return np.asarray(whole - left - right, dtype=np.float64)


def _log_density(a: Floats, b: Floats, t: Floats) -> Floats:
    return np.asarray(a * t - (a + b) * np.logaddexp(0, t), dtype=np.float64)


def _below(a: Floats, b: Floats, t: Floats, constant: Floats) -> Floats:
    """The tail away from the mode is integrated; beyond the mode that is the upper one, by symmetry."""
    upper = t > np.log(a / b)
    a, b, t = np.where(upper, b, a), np.where(upper, a, b), np.where(upper, -t, t)
    nodes, weights = _legendre()
    x = 1 / (1 + np.exp(-t))
    slope, curvature = a * (1 - x) - b * x, (a + b) * x * (1 - x)
    # Where the logarithm of the density has fallen by 40: on a parabola near the mode, on a line of slope a far off.
    near = 2 * _NEGLIGIBLE / (slope + np.sqrt(slope**2 + 2 * curvature * _NEGLIGIBLE))
    width = near + _NEGLIGIBLE / a
    points = -width[..., None] * nodes
    fall = a[..., None] * points - (a + b)[..., None] * (
        np.log1p(np.exp(t[..., None] + points)) - np.log1p(np.exp(t))[..., None]
    )
    area = width * (np.exp(fall) @ weights) * np.exp(_log_density(a, b, t) + constant)
    return np.asarray(np.where(upper, 1 - area, area), dtype=np.float64)


@cache
def _legendre() -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.legendre.leggauss(64)
    return (nodes + 1) / 2, weights / 2
