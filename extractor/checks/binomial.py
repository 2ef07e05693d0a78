"""Binomial proportions: exact tails, and the intervals that papers print."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import comb, sqrt
from statistics import NormalDist
from typing import cast

from extractor.bare import bare

Bounds = tuple[float, float]


def z_of(level: float) -> float:
    """The two-sided normal quantile of a level in percent (95: 1.96)."""
    return NormalDist().inv_cdf(0.5 + level / 200)


@cache
def _inverse_beta() -> Callable[[float, float, float], float]:
    """SciPy's inverse of the incomplete beta function, without the 200 modules that `scipy.special` loads around it."""
    with bare("scipy.special"):
        from scipy.special._ufuncs import betaincinv
    return cast("Callable[[float, float, float], float]", betaincinv)


def clopper_pearson(count: int, total: int, level: float) -> Bounds:
    """The exact interval, in percent. Clopper and Pearson 1934, Biometrika 26:404."""
    betaincinv = _inverse_beta()
    tail = (1 - level / 100) / 2
    low = betaincinv(count, total - count + 1, tail) if count else 0.0
    high = betaincinv(count + 1, total - count, 1 - tail) if count < total else 1.0
    return 100 * float(low), 100 * float(high)


def wilson(count: int, total: int, level: float) -> Bounds:
    """The score interval, in percent. Wilson 1927, J Am Stat Assoc 22:209."""
    z, rate = z_of(level), count / total
    middle = (rate + z * z / (2 * total)) / (1 + z * z / total)
    half = z / (1 + z * z / total) * sqrt(rate * (1 - rate) / total + z * z / (4 * total * total))
    return 100 * (middle - half), 100 * (middle + half)


def wilson_corrected(count: int, total: int, level: float) -> Bounds:
    """The score interval with continuity correction, in percent. Newcombe 1998, Stat Med 17:857, method 4."""
    z, rate = z_of(level), count / total
    below = z * sqrt(z * z - 2 - 1 / total + 4 * rate * (total * (1 - rate) + 1))
    above = z * sqrt(z * z + 2 - 1 / total + 4 * rate * (total * (1 - rate) - 1))
    scale = 2 * (total + z * z)
    low = (2 * total * rate + z * z - 1 - below) / scale if count else 0.0
    high = (2 * total * rate + z * z + 1 + above) / scale if count < total else 1.0
    return 100 * max(low, 0), 100 * min(high, 1)


def wald(count: int, total: int, level: float) -> Bounds:
    """The normal approximation, in percent, cut at 0 and 100."""
    rate = count / total
    half = z_of(level) * sqrt(rate * (1 - rate) / total)
    return 100 * max(rate - half, 0), 100 * min(rate + half, 1)


def agresti_coull(count: int, total: int, level: float) -> Bounds:
    """The adjusted Wald interval, in percent. Agresti and Coull 1998, Am Stat 52:119."""
    z = z_of(level)
    size = total + z * z
    rate = (count + z * z / 2) / size
    half = z * sqrt(rate * (1 - rate) / size)
    return 100 * max(rate - half, 0), 100 * min(rate + half, 1)


def jeffreys(count: int, total: int, level: float) -> Bounds:
    """The Bayesian interval with Jeffreys' prior, in percent. Brown, Cai and DasGupta 2001, Stat Sci 16:101."""
    betaincinv = _inverse_beta()
    tail = (1 - level / 100) / 2
    low = betaincinv(count + 0.5, total - count + 0.5, tail) if count else 0.0
    high = betaincinv(count + 0.5, total - count + 0.5, 1 - tail) if count < total else 1.0
    return 100 * float(low), 100 * float(high)


METHODS: dict[str, Callable[[int, int, float], Bounds]] = {
    "Clopper-Pearson": clopper_pearson,
    "Wilson": wilson,
    "Wald": wald,
    "Wilson with continuity correction": wilson_corrected,
    "Agresti-Coull": agresti_coull,
    "Jeffreys": jeffreys,
}


@cache
def masses(total: int, rate: float) -> tuple[float, ...]:
    """P(X = k) for k = 0..total of a binomial variable."""
    return tuple(comb(total, k) * rate**k * (1 - rate) ** (total - k) for k in range(total + 1))


def at_least(count: int, total: int, rate: float) -> float:
    """P(X >= count) of a binomial variable."""
    return sum(masses(total, rate)[max(count, 0) :])
