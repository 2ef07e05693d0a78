"""Means and medians against the range and spread printed with them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from math import sqrt

from extractor.checks.audit import Audit, Verdict, finding, label, place
from ontology.record import AdverseEvent, Baseline, Check, Range, Result

# A group too small or unknown gives the widest bound that any group has.
SMALLEST = 2


def in_range(audit: Audit) -> Iterator[Check]:
    """A mean or median lies between the smallest and the largest value (or the quartiles of a median)."""
    for fact, value, spread in _with_range(audit):
        low, high = spread.low, spread.high
        if low is None or high is None:
            continue
        holds = low <= value <= high
        kind = "quartiles" if spread.kind == "iqr" else "range"
        sure = fact.statistic == "median" or (fact.statistic == "mean" and spread.kind == "range")
        if not sure or not (holds or (_beside(fact, audit) and low < high)):
            continue
        verdict: Verdict = "holds" if holds else "fails"
        text = (
            f"{place(fact.evidence[0])} prints a {fact.statistic} of {value} with the {kind} {low} to {high} for "
            f"{label(fact)}; it lies {'inside' if holds else 'outside'}."
        )
        yield finding("ranges.contains", verdict, str(value), f"{low} to {high}", text, fact.evidence[:2])


def deviations(audit: Audit) -> Iterator[Check]:
    """A standard deviation is at most half the range times sqrt(n / (n - 1)). Popoviciu 1935, Mathematica 9:129."""
    for fact, value, spread in _with_range(audit):
        if fact.sd is None or spread.kind != "range" or spread.low is None or spread.high is None:
            continue
        size = max(fact.total or SMALLEST, SMALLEST)
        most = float(spread.high - spread.low) / 2 * sqrt(size / (size - 1))
        holds = float(fact.sd) <= most
        text = (
            f"{place(fact.evidence[0])} prints {value} with SD {fact.sd} and range {spread.low} to {spread.high} for "
            f"{label(fact)}; values in that range have an SD of at most {most:.3g}."
        )
        verdict: Verdict = "holds" if holds else "undecided"
        yield finding("ranges.deviation", verdict, str(fact.sd), f"{most:.3g}", text, fact.evidence[:2])


def _with_range(audit: Audit) -> Iterator[tuple[Baseline | Result, Decimal, Range]]:
    for fact in audit.counted:
        if not isinstance(fact, AdverseEvent) and fact.range is not None and fact.value is not None:
            yield fact, fact.value, fact.range


def _beside(fact: Baseline | Result, audit: Audit) -> bool:
    """Whether value and bounds stand in one printed piece."""
    home = fact.evidence[0]
    if audit.document.text[home.start - 1 : home.start].isalnum():
        return False  # the exponent of a unit: "kg/m2 (range 19 to 31)"
    printed = audit.document.text[home.start : home.end].replace("·", ".")
    return fact.range is not None and all(str(n) in printed for n in (fact.value, fact.range.low, fact.range.high))
