"""Means and medians against the range and spread printed with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from corpus.document import Cell, Table
from extractor.checks.arithmetic import decimals
from extractor.checks.audit import Audit, Verdict, finding, label, place
from extractor.tables.print import plain
from ontology import regex as re
from ontology.record import AdverseEvent, Baseline, Check, Evidence, Range, Result

MEAN_SD = re.compile(r"\bmean\b.*\bs\.?d\b", re.IGNORECASE)
EXTREMES = re.compile(r"\bmin\w*\b.*\bmax|\brange\b(?!.*\binterquartile)", re.IGNORECASE)
MEAN = re.compile(r"^(-?\d+(?:\.\d+)?) ?(?:±|[(\[]) ?(\d+(?:\.\d+)?)[)\]]?$")
SPAN = re.compile(r"^[(\[]?(-?\d+(?:\.\d+)?) ?(?:-|to|,|;) ?(-?\d+(?:\.\d+)?)[)\]]?$")
# Columns between the mean and the extremes of the same group.
REACH = 2
# A group too small or unknown gives the widest bound that any group has.
SMALLEST = 2
# Beyond this part of the bound no rounding of the mean is an excuse.
CLEARLY = 1.05


@dataclass(frozen=True)
class Spread:
    """A mean with its deviation, the smallest and the largest value, and the size of the group."""

    mean: Decimal
    sd: Decimal
    low: Decimal
    high: Decimal
    size: int

    @property
    def most(self) -> float:
        """The largest deviation that mean and range allow, the last digit of the mean moved to the middle."""
        middle = (self.low + self.high) / 2
        half = Decimal(1).scaleb(-decimals(self.mean)) / 2
        mean = middle if abs(self.mean - middle) <= half else self.mean + half.copy_sign(middle - self.mean)
        size = max(self.size, SMALLEST)
        return sqrt(float(self.high - mean) * float(mean - self.low) * size / (size - 1))


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
    """A standard deviation is at most sqrt((high - mean) (mean - low) n / (n - 1)). Bhatia and Davis 2000, Am Math Mon 107:353."""
    for fact, value, spread in _with_range(audit):
        if fact.sd is None or spread.kind != "range" or spread.low is None or spread.high is None:
            continue
        size = fact.total or SMALLEST
        yield from _deviation(Spread(value, fact.sd, spread.low, spread.high, size), label(fact), fact.evidence[:2])


def columns(audit: Audit) -> Iterator[Check]:
    """The same where mean with deviation and smallest with largest value have columns of their own."""
    for table in audit.document.tables:
        heads = [_head(table, column) for column in range(len(table.grid[0]) if table.grid else 0)]
        means = [c for c, head in enumerate(heads) if c and MEAN_SD.search(head)]
        extremes = [c for c, head in enumerate(heads) if EXTREMES.search(head)]
        for column in means:
            behind = next((c for c in extremes if column < c <= column + REACH), None)
            for row in table.grid[table.header_rows :] if behind else ():
                yield from _apart(table, row, column, behind or 0)


def _apart(table: Table, row: tuple[Cell | None, ...], column: int, behind: int) -> Iterator[Check]:
    """The deviation of a row; the size of the group may stand before its mean."""
    stub, before, first, second = (row[c] for c in (0, column - 1, column, behind))
    mean, span = MEAN.match(plain(first.text)) if first else None, SPAN.match(plain(second.text)) if second else None
    if first and second and mean and span:
        size = plain(before.text) if before and column > 1 else ""
        value, sd, low, high = (Decimal(number) for number in (*mean.groups(), *span.groups()))
        found = Spread(value, sd, low, high, int(size) if size.isdecimal() else SMALLEST)
        yield from _deviation(found, plain(stub.text) if stub else "", (table.evidence(first), table.evidence(second)))


def _head(table: Table, column: int) -> str:
    return " ".join(plain(cell.text) for row in table.grid[: table.header_rows] if (cell := row[column]))


def _deviation(found: Spread, what: str, evidence: tuple[Evidence, ...]) -> Iterator[Check]:
    if not found.low <= found.mean <= found.high or found.low == found.high:
        return
    most, holds = found.most, float(found.sd) <= found.most
    text = (
        f"{place(evidence[0])} prints {found.mean} with SD {found.sd} and range {found.low} to {found.high} for {what}; "
        f"values with that mean in that range have an SD of at most {most:.3g}."
    )
    verdict: Verdict = "holds" if holds else "fails" if float(found.sd) > CLEARLY * most else "undecided"
    yield finding("ranges.deviation", verdict, str(found.sd), f"{most:.3g}", text, evidence)


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
