"""Tails of Student's t and of F, without a library."""

from __future__ import annotations

from math import exp, lgamma, log, log1p

TINY = 1e-30
CLOSE = 1e-10
STEPS = 200


def student(statistic: float, freedom: float) -> float:
    """The two-sided P of a t statistic. Abramowitz and Stegun 26.7.1."""
    return _beta(freedom / 2, 0.5, freedom / (freedom + statistic * statistic))


def fisher_snedecor(statistic: float, upper: float, lower: float) -> float:
    """P(F >= statistic) with `upper` and `lower` degrees of freedom. Abramowitz and Stegun 26.6.2."""
    return _beta(lower / 2, upper / 2, lower / (lower + upper * statistic))


def _beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function. Press 2007, Numerical Recipes 6.4."""
    if not 0 < x < 1:
        return float(x >= 1)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    total = d
    for m in range(1, STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            total *= d * c
        if abs(d * c - 1) < CLOSE:
            break
    return total


def _away(value: float) -> float:
    """A value that can be divided by."""
    return value if abs(value) > TINY else TINY
