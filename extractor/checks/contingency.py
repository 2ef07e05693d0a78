"""Tests of counts in groups: Fisher's exact test and the chi-squared tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import erfc, exp, gamma, log, sqrt

Counts = Sequence[Sequence[int]]
# Tables that are as probable as the printed one are counted with it, rounding errors allowed.
TIE = 1 + 1e-7


@lru_cache(maxsize=512)
def _hypergeometric(a: int, b: int, c: int, d: int) -> tuple[list[float], int]:
    """P of every first cell that the margins of a 2 x 2 table allow, and the place of the printed one.

    Each is the one before it times a ratio, from the most probable outwards.
    """
    low, high = max(0, a - d), min(a + b, a + c)
    mode = min(max((a + b + 1) * (a + c + 1) // (a + b + c + d + 2), low), high)
    weights = {mode: 1.0}
    for k in range(mode, high):
        weights[k + 1] = weights[k] * (a + b - k) * (a + c - k) / ((k + 1) * (d - a + k + 1))
    for k in range(mode, low, -1):
        weights[k - 1] = weights[k] * k * (d - a + k) / ((a + b - k + 1) * (a + c - k + 1))
    whole = sum(weights.values())
    return [weights[k] / whole for k in range(low, high + 1)], a - low


def fisher(counts: Counts) -> float:
    """The two-sided P of a 2 x 2 table: all tables no more probable. Fisher 1935, J R Stat Soc 98:39."""
    chances, place = _hypergeometric(*counts[0], *counts[1])
    return min(sum(chance for chance in chances if chance <= chances[place] * TIE), 1.0)


def fisher_one_sided(counts: Counts) -> float:
    """The smaller one-sided P of a 2 x 2 table."""
    chances, place = _hypergeometric(*counts[0], *counts[1])
    return min(sum(chances[: place + 1]), sum(chances[place:]), 1.0)


def chi_squared_tail(statistic: float, freedom: int) -> float:
    """P(X >= statistic) for whole degrees of freedom. Abramowitz and Stegun 26.4.4, 26.4.5."""
    half = statistic / 2
    if freedom % 2 == 0:
        return exp(-half) * sum(float(half**i) / gamma(i + 1) for i in range(freedom // 2))
    return erfc(sqrt(half)) + exp(-half) * sum(
        float(half ** (i - 0.5)) / gamma(i + 0.5) for i in range(1, freedom // 2 + 1)
    )


def _expected(counts: Counts) -> list[list[float]]:
    rows, columns = [sum(row) for row in counts], [sum(column) for column in zip(*counts, strict=True)]
    return [[row * column / sum(rows) for column in columns] for row in rows]


def _freedom(counts: Counts) -> int:
    return (len(counts) - 1) * (len(counts[0]) - 1)


def _chi_squared(counts: Counts, correction: float) -> float:
    statistic: float = sum(
        max(abs(n - m) - correction, 0.0) ** 2 / m
        for seen, meant in zip(counts, _expected(counts), strict=True)
        for n, m in zip(seen, meant, strict=True)
    )
    return chi_squared_tail(statistic, _freedom(counts))


def pearson(counts: Counts) -> float:
    """P of Pearson's chi-squared test. Pearson 1900, Phil Mag 50:157."""
    return _chi_squared(counts, 0)


def yates(counts: Counts) -> float:
    """P of the chi-squared test with continuity correction, 2 x 2. Yates 1934, J R Stat Soc Suppl 1:217."""
    return _chi_squared(counts, 0.5)


def likelihood_ratio(counts: Counts) -> float:
    """P of the likelihood-ratio (G) test. Wilks 1935, Ann Math Stat 6:190."""
    statistic = 2 * sum(
        n * log(n / m)
        for seen, meant in zip(counts, _expected(counts), strict=True)
        for n, m in zip(seen, meant, strict=True)
        if n
    )
    return chi_squared_tail(max(statistic, 0), _freedom(counts))


OF_FOUR: dict[str, Callable[[Counts], float]] = {
    "Fisher's exact test": fisher,
    "chi-squared test": pearson,
    "chi-squared test with continuity correction": yates,
    "likelihood-ratio test": likelihood_ratio,
    "one-sided Fisher's exact test": fisher_one_sided,
}
OF_MANY: dict[str, Callable[[Counts], float]] = {
    "chi-squared test": pearson,
    "likelihood-ratio test": likelihood_ratio,
}


def p_values(counts: Counts) -> dict[str, float]:
    """P by every usual test of a table; empty where a row or a column of it is."""
    kept = [row for row in counts if any(row)]
    if len(kept) < 2 or any(not any(column) for column in zip(*kept, strict=True)):
        return {}
    tests = OF_FOUR if len(kept) == len(kept[0]) == 2 else OF_MANY
    return {name: test(kept) for name, test in tests.items()}
