"""Counts, totals and printed percentages: whole-number arithmetic without rounding errors of its own."""

from __future__ import annotations

from decimal import Decimal

ROUNDED = "rounded to the nearest"
CUT = "cut, not rounded"
TWICE = "rounded twice"
UP = "rounded up"
# Ways of rounding that journals use; `UP` gives a warning, not a proof.
USUAL = frozenset({ROUNDED, CUT, TWICE})


def decimals(printed: Decimal) -> int:
    """How many decimals a number was printed with."""
    exponent = printed.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def units(printed: Decimal) -> tuple[int, int]:
    """A printed number in units of its last digit, and how many of them make 1."""
    scale = 10 ** decimals(printed)
    return int(printed * scale), scale


def rounding(count: int, total: int, percent: Decimal) -> str | None:
    """The way of rounding by which `count` of `total` prints as `percent`; None where there is none."""
    return way(count, total, *units(percent))


def way(count: int, total: int, printed: int, scale: int) -> str | None:
    """The same for a percentage in units of its last digit."""
    exact = 100 * count * scale
    over = exact - printed * total
    if 2 * abs(over) <= total:
        return ROUNDED
    if 0 < over < total:
        return CUT
    if ((20 * exact + total) // (2 * total) + 5) // 10 == printed:
        return TWICE
    return UP if -total < over < 0 else None


def totals(count: int, percent: Decimal, most: int) -> range:
    """The totals up to `most` of which `count` is the printed percentage, rounded to the nearest."""
    printed, scale = units(percent)
    if count <= 0 or printed <= 0:
        return range(0)
    exact = 200 * count * scale
    low = -(-exact // (2 * printed + 1))
    high = exact // (2 * printed - 1)
    return range(max(low, count), min(high, most) + 1)


def counts(total: int, percent: Decimal) -> range:
    """The counts that are the printed percentage of `total`, rounded to the nearest (GRIM: none, where it is impossible).

    Brown and Heathers 2017, Soc Psychol Personal Sci 8:363.
    """
    printed, scale = units(percent)
    low = -(-(2 * printed - 1) * total // (200 * scale))
    high = (2 * printed + 1) * total // (200 * scale)
    return range(max(low, 0), min(high, total) + 1)


def percentage(count: int, total: int, places: int = 1) -> str:
    """`count` of `total` in percent, for a sentence."""
    return f"{100 * count / total:.{places}f}%"
