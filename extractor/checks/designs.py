"""Sizes and powers of trial designs, by their published formulas. Rates and errors are fractions."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, log, sqrt
from statistics import NormalDist

from extractor.checks.binomial import at_least, masses


def _z(error: float) -> float:
    return -NormalDist().inv_cdf(error)


@dataclass(frozen=True, slots=True)
class SingleStage:
    """A single-arm design: the treatment is promising with `needed` or more responders of `size`."""

    size: int
    needed: int
    error: float
    power: float


def single_stage(size: int, null: float, alternative: float, alpha: float) -> SingleStage:
    """The exact binomial test with the fewest responders that keeps the error. A'Hern 2001, Stat Med 20:859."""
    needed = next(count for count in range(size + 2) if at_least(count, size, null) <= alpha)
    return with_threshold(size, needed, null, alternative)


def with_threshold(size: int, needed: int, null: float, alternative: float) -> SingleStage:
    """The error and power of a single-arm design with a given threshold."""
    return SingleStage(size, needed, at_least(needed, size, null), at_least(needed, size, alternative))


@dataclass(frozen=True, slots=True)
class TwoStage:
    """Simon's design: stop with `stop` or fewer responders of `first`; promising with more than `reject` of `size`."""

    first: int
    stop: int
    size: int
    reject: int
    error: float
    power: float


def two_stage(first: int, size: int, null: float, alternative: float, alpha: float, power: float) -> TwoStage | None:
    """The design of given sizes that keeps the error and reaches the power with the fewest patients under the null
    hypothesis; the most powerful where none reaches it. Simon 1989, Control Clin Trials 10:1.
    """
    designs = []
    for stop in range(first):
        reject = next((r for r in range(stop, size) if _promising(first, stop, size, r, null) <= alpha), None)
        if reject is not None:
            error, reached = (_promising(first, stop, size, reject, rate) for rate in (null, alternative))
            designs.append(TwoStage(first, stop, size, reject, error, reached))
    # More are stopped early the higher the limit of the first stage is.
    enough = [design for design in designs if design.power >= power]
    best = max(designs, key=lambda design: design.power, default=None)
    return max(enough, key=lambda design: design.stop) if enough else best


def _promising(first: int, stop: int, size: int, reject: int, rate: float) -> float:
    """P of more than `stop` responders in the first stage and more than `reject` in all."""
    chances = masses(first, rate)
    rest = masses(size - first, rate)
    tails = [0.0] * (len(rest) + 1)
    for place in range(len(rest) - 1, -1, -1):
        tails[place] = tails[place + 1] + rest[place]
    return sum(
        chance * tails[min(max(reject + 1 - count, 0), len(rest))]
        for count, chance in enumerate(chances)
        if count > stop
    )


def schoenfeld(ratio: float, alpha: float, power: float) -> float:
    """Events of a 1:1 log-rank test; `alpha` on one side. Schoenfeld 1981, Biometrika 68:316."""
    return float(4 * (_z(alpha) + _z(1 - power)) ** 2 / log(ratio) ** 2)


def freedman(ratio: float, alpha: float, power: float) -> float:
    """Events of a 1:1 log-rank test; `alpha` on one side. Freedman 1982, Stat Med 1:121."""
    return float((_z(alpha) + _z(1 - power)) ** 2 * ((1 + ratio) / (1 - ratio)) ** 2)


def two_rates(first: float, second: float, alpha: float, power: float) -> dict[str, float]:
    """Patients a group to tell two rates apart; `alpha` on one side. Fleiss 2003, Statistical Methods for Rates, ch. 4."""
    a, b, distance = _z(alpha), _z(1 - power), abs(first - second)
    mean = (first + second) / 2
    spread = first * (1 - first) + second * (1 - second)
    pooled = (a * sqrt(2 * mean * (1 - mean)) + b * sqrt(spread)) ** 2 / distance**2
    return {
        "two proportions, pooled variance": pooled,
        "two proportions, unpooled variance": (a + b) ** 2 * spread / distance**2,
        "two proportions with continuity correction": pooled / 4 * (1 + sqrt(1 + 4 / (pooled * distance))) ** 2,
        "two proportions, arcsine": (a + b) ** 2 / (2 * (asin(sqrt(first)) - asin(sqrt(second))) ** 2),
    }


def two_means(distance: float, deviation: float, alpha: float, power: float) -> float:
    """Patients a group to tell two means apart; `alpha` on one side; with the correction for the t test.

    Guenther 1981, Am Stat 35:243.
    """
    a, b = _z(alpha), _z(1 - power)
    return float(2 * (a + b) ** 2 * (deviation / distance) ** 2 + a * a / 4)


def one_rate(null: float, alternative: float, alpha: float, power: float) -> float:
    """Patients of a single arm by the normal approximation; `alpha` on one side."""
    spread = _z(alpha) * sqrt(null * (1 - null)) + _z(1 - power) * sqrt(alternative * (1 - alternative))
    return float((spread / (alternative - null)) ** 2)
