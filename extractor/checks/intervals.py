"""Printed intervals against their estimate, their counts and their p-value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from math import erfc, exp, log, sqrt
from re import IGNORECASE
from re import compile as pattern

from extractor.checks.arithmetic import decimals
from extractor.checks.audit import Audit, Verdict, finding, place
from extractor.checks.binomial import METHODS, Bounds, wilson, z_of
from extractor.checks.estimates import Estimate, estimates
from ontology.glyphs import fold
from ontology.record import Check

# The interval after the second of two numbers may be that of their difference.
TWO_NUMBERS = pattern(r"\b(?:vs|versus|compared|than|differences?|and|change|p|from)\b", IGNORECASE)
# A test of another hypothesis or on one side only need not agree with a two-sided interval.
OTHER_TEST = pattern(r"inferior|equivalen|one-sided|1-sided|interaction|trend|heterogen|adjusted", IGNORECASE)
ASYMMETRIC = 0.25
# Distance in normal deviates: what a choice of test may explain, and what none does.
APART, FAR = 0.6, 1.0
# Methods differ from each other by less than this, in percent, over the square root of the total.
WIDE = 60.0
FEW = 3
MEANS = frozenset({"mean", "difference"})
NUMBER = pattern(r"\d+(?:\.\d+)?")
USUAL_LEVEL = Decimal(95)


def contains(audit: Audit) -> Iterator[Check]:
    """An estimate lies inside its own interval, whichever way the sign is counted."""
    for found in estimates(audit):
        inside = found.low <= found.value <= found.high
        turned = -found.high <= found.value <= -found.low or found.low <= -found.value <= found.high
        named = found.is_ratio or found.count is not None
        verdict: Verdict = "holds" if inside else "undecided"
        if not inside and not turned and named and not TWO_NUMBERS.search(found.context[-40:]):
            verdict = "fails"
        if not inside and not named and (found.statistic != "difference" or found.evidence[0].table):
            continue
        text = (
            f"{place(found.evidence[0])} prints {_what(found)}; "
            f"the estimate lies {'inside' if inside else 'outside'} its interval."
        )
        yield finding(
            "intervals.contains", verdict, found.printed, f"{found.low} to {found.high}", text, found.evidence
        )


def symmetric(audit: Audit) -> Iterator[Check]:
    """A ratio is the geometric mean of its Wald bounds: exp((ln low + ln high) / 2)."""
    for found in estimates(audit):
        if not found.is_ratio or min(found.low, found.value) <= 0 or found.low >= found.high:
            continue
        middle = exp((log(found.low) + log(found.high)) / 2)
        low = sqrt(_below(found.low) * _below(found.high))
        high = sqrt(_above(found.low) * _above(found.high))
        width = log(_above(found.high)) - log(max(_below(found.low), 1e-9))
        holds = low <= _above(found.value) and _below(found.value) <= high
        if not holds and abs(log(middle / float(found.value))) < ASYMMETRIC * width / 2:
            continue
        verdict: Verdict = "holds" if holds else "undecided"
        why = "" if holds else ", so the interval is no Wald interval or a number is misprinted"
        text = (
            f"{place(found.evidence[0])} prints {_what(found)}; the bounds' geometric mean is {middle:.3g}"
            f" (a ratio lies in the middle on the log scale){why}."
        )
        yield finding("intervals.symmetry", verdict, found.printed, f"{middle:.3g}", text, found.evidence)


def centred(audit: Audit) -> Iterator[Check]:
    """A mean or a difference of means lies in the middle of its bounds, on their scale or on the log scale.

    One of a table fails only where three others of it, and two of three, lie there. Altman and Bland 2005, BMJ 331:903.
    """
    tables: dict[str, list[tuple[Estimate, float]]] = defaultdict(list)
    for found in estimates(audit):
        if found.statistic in MEANS and found.count is None and found.low < found.high and _leads(found, audit):
            tables[found.evidence[0].table or ""].append((found, _off_centre(found)))
    for label, measured in tables.items():
        far = [found for found, off in measured if off > ASYMMETRIC]
        held = len(measured) - len(far)
        proven = bool(label) and held >= FEW and held >= 2 * len(far) and not _of_medians(label, audit)
        for found in far if proven or len(far) < FEW else ():
            verdict: Verdict = "fails" if proven else "undecided"
            middle = (found.low + found.high) / 2
            text = f"{place(found.evidence[0])} prints {_what(found)}; the middle of the bounds is {middle}."
            yield finding("intervals.symmetry", verdict, found.printed, str(middle), text, found.evidence)


def _of_medians(label: str, audit: Audit) -> bool:
    """Whether the caption speaks of medians, whose contrasts need not lie in the middle (Hodges and Lehmann 1963)."""
    captions = (table.caption.text for table in audit.document.tables if table.label == label and table.caption)
    return any("median" in caption.lower() for caption in captions)


def _leads(found: Estimate, audit: Audit) -> bool:
    """Whether the value is the first number of its place: behind another it may be a standard error."""
    home = found.evidence[0]
    first = NUMBER.search(fold(audit.document.text[home.start : home.end]))
    return first is not None and abs(Decimal(first[0])) == abs(found.value)


def _off_centre(found: Estimate) -> float:
    """The distance from the middle over half the width, rounding taken off; the smaller of both scales."""
    units = 10.0 ** -max(decimals(found.low), decimals(found.high)) + 10.0 ** -decimals(found.value)
    low, value, high = float(found.low), float(found.value), float(found.high)
    off = (abs(value - (low + high) / 2) - units / 2) / ((high - low) / 2)
    if low <= 0 or value <= 0:
        return off
    return min(off, abs(log(value) - (log(low) + log(high)) / 2) / ((log(high) - log(low)) / 2))


def against_p(audit: Audit) -> Iterator[Check]:
    """A ratio's or difference's interval against its p-value: z = estimate / standard error, from the interval's width.

    Altman and Bland 2011, BMJ 343:d2304.
    """
    for found in estimates(audit):
        wald = _z(found)
        if wald is None or found.p is None or not 0 < found.p.value < 1 or found.p.relation == ">":
            continue
        p = erfc(abs(wald) / sqrt(2))
        printed = float(found.p.value)
        null = 1 if found.is_ratio else 0
        excludes = found.low > null or found.high < null
        significant = printed <= 0.05 if found.p.relation == "<" else printed < 0.05
        if found.p.relation == "<" and not significant:
            continue
        verdict = _agreement(found, p, printed, excludes == significant)
        text = (
            f"{place(found.evidence[0])} prints {_what(found)} with P{found.p.relation}{found.p.value}; "
            f"from the width of the interval P is {p:.2g} (Wald test), and the interval "
            f"{'excludes' if excludes else 'includes'} {'1' if found.is_ratio else '0'}."
        )
        yield finding(
            "intervals.p-value", verdict, f"P{found.p.relation}{found.p.value}", f"{p:.2g}", text, found.evidence
        )


def _agreement(found: Estimate, p: float, printed: float, agrees: bool) -> Verdict:
    """Whether interval and p-value say the same; apart by more than rounding and the choice of test is a misprint."""
    exact = found.p is not None and found.p.relation == "="
    one_sided = printed * 2 if exact else printed
    distance = min(abs(_quantile(p) - _quantile(candidate)) for candidate in (printed, one_sided))
    if agrees and (not exact or distance <= APART):
        return "holds"
    sure = distance > FAR and (exact or printed < p) and found.level
    return "fails" if sure and not OTHER_TEST.search(found.context + found.label) else "undecided"


def _quantile(p: float) -> float:
    """The absolute z of a two-sided p-value."""
    from statistics import NormalDist

    return -NormalDist().inv_cdf(min(max(p, 1e-12), 1.0) / 2)


def _z(found: Estimate) -> float | None:
    """The Wald statistic that an interval implies."""
    z = z_of(float(found.level or USUAL_LEVEL))
    low, value, high = float(found.low), float(found.value), float(found.high)
    if not low <= value <= high or low == high:
        return None
    if found.is_ratio:
        return 2 * z * log(value) / (log(high) - log(low)) if low > 0 else None
    return 2 * z * value / (high - low) if found.statistic == "difference" else None


def binomial(audit: Audit) -> Iterator[Check]:
    """The interval of a rate from its counts; says which of the usual methods reproduces it."""
    for found in estimates(audit):
        level = float(found.level or USUAL_LEVEL)
        if found.count is not None and found.total and found.count <= found.total:
            yield _reproduced(found, found.count, found.total, level)
        elif found.statistic in (None, "rate") and 0 < found.value < 100 and 0 <= found.low < found.high <= 100:
            yield from _by_known_size(found, audit, level)


def _reproduced(found: Estimate, count: int, total: int, level: float) -> Check:
    method = _method(found, count, total, level)
    shown = method or "Clopper-Pearson"
    low, high = METHODS[shown](count, total, level)
    places = max(decimals(found.low), decimals(found.high), 1)
    recomputed = f"{low:.{places}f} to {high:.{places}f}"
    why = "which is what is printed" if method else "and no usual method gives the printed bounds"
    text = (
        f"{place(found.evidence[0])} prints {_what(found)}; the {level:g}% {shown} interval of {count}/{total} "
        f"is {recomputed}, {why}."
    )
    verdict: Verdict = "holds" if method else "undecided"
    return finding(
        "intervals.binomial", verdict, f"{count}/{total}: {found.low} to {found.high}", recomputed, text, found.evidence
    )


def _by_known_size(found: Estimate, audit: Audit, level: float) -> Iterator[Check]:
    """A rate without counts, where a known number of patients reproduces the rate and both bounds."""
    for size in audit.sizes:
        count = round(size * found.value / 100)
        if 0 < count < size and _prints(100 * count / size, found.value) and _method(found, count, size, level):
            yield _reproduced(found, count, size, level)
            return


def _method(found: Estimate, count: int, total: int, level: float) -> str | None:
    low, high = wilson(count, total, level)
    if max(abs(low - float(found.low)), abs(high - float(found.high))) > WIDE / sqrt(total):
        return None
    return next((name for name, method in METHODS.items() if _fits(found, method(count, total, level))), None)


def _fits(found: Estimate, bounds: Bounds) -> bool:
    return all(_prints(exact, printed) for exact, printed in zip(bounds, (found.low, found.high), strict=True))


def _prints(exact: float, printed: Decimal) -> bool:
    """Whether a number prints so, rounded to the nearest or cut."""
    unit = 10.0 ** -decimals(printed)
    over = exact - float(printed)
    return -unit / 2 - 1e-9 <= over < unit


def _below(printed: Decimal) -> float:
    return max(float(printed) - 0.5 * 10.0 ** -decimals(printed), 1e-9)


def _above(printed: Decimal) -> float:
    return float(printed) + 0.5 * 10.0 ** -decimals(printed)


def _what(found: Estimate) -> str:
    level = f"{found.level}% CI " if found.level else ""
    name = (
        found.statistic.replace("_", " ") + " "
        if found.statistic in ("hazard_ratio", "odds_ratio", "risk_ratio")
        else ""
    )
    of = f" for {found.label}" if found.label else ""
    return f"{name}{found.value} ({level}{found.low} to {found.high}){of}"
