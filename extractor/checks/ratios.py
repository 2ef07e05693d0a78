"""Risk and odds ratios of a table, recomputed from the counts of their row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import exp, log, sqrt

from extractor.checks.arithmetic import decimals
from extractor.checks.audit import Audit, Counted, Verdict, finding, label, place
from extractor.checks.binomial import z_of
from ontology.record import Check, Result

COMPARED = frozenset({"risk_ratio", "odds_ratio"})
NAMES = {"risk_ratio": "a risk ratio", "odds_ratio": "an odds ratio"}
FEW = 3
# Further off than this on the log scale an adjusted estimate is rarely from the crude one.
FAR = 0.4

Fourfold = tuple[int, int, int, int]


def ratio(counts: Fourfold, statistic: str) -> tuple[float, float]:
    """The ratio and the standard error of its logarithm; counts and totals of both groups.

    Katz 1978, Biometrics 34:469 (risks); Woolf 1955, Ann Hum Genet 19:251 (odds).
    """
    a, m, b, n = counts
    if statistic == "risk_ratio":
        return (a / m) / (b / n), sqrt(1 / a - 1 / m + 1 / b - 1 / n)
    return (a * (n - b)) / (b * (m - a)), sqrt(1 / a + 1 / (m - a) + 1 / b + 1 / (n - b))


def of_counts(audit: Audit) -> Iterator[Check]:
    """A risk or odds ratio is that of the counts in its row; one fails only where three others of the table hold."""
    rows: dict[tuple[str | None, int | None], dict[str | None, Counted]] = defaultdict(dict)
    for fact in audit.counted:
        if fact.count is not None and fact.total:
            rows[fact.evidence[0].table, fact.evidence[0].row][fact.arm] = fact
    tables: dict[str, list[tuple[Result, Counted, Counted, Fourfold]]] = defaultdict(list)
    for fact in audit.record.results:
        home = fact.evidence[0] if fact.evidence else None
        if home is None or home.table is None or fact.value is None or fact.statistic not in COMPARED:
            continue
        row = rows.get((home.table, home.row), {})
        first, second = row.get(fact.arm), row.get(fact.comparator)
        counts = _counts(first, second)
        if first and second and counts:
            tables[home.table].append((fact, first, second, counts))
    for found in tables.values():
        held = sum(_prints(fact, counts) for fact, _, _, counts in found)
        for fact, first, second, counts in found:
            yield _check(fact, first, second, counts, proven=held >= FEW and 2 * held > len(found))


def _counts(first: Counted | None, second: Counted | None) -> Fourfold | None:
    if first is None or second is None:
        return None
    counts = (first.count or 0, first.total or 0, second.count or 0, second.total or 0)
    return counts if 0 < counts[0] < counts[1] and 0 < counts[2] < counts[3] else None


def _prints(fact: Result, counts: Fourfold) -> bool:
    """Whether the ratio prints so, whichever group it is of."""
    value, _ = ratio(counts, fact.statistic)
    unit = 10.0 ** -decimals(fact.value) if fact.value is not None else 1.0
    printed = float(fact.value or 0)
    return any(abs(candidate - printed) <= unit * 1.01 for candidate in (value, 1 / value))


def _check(fact: Result, first: Counted, second: Counted, counts: Fourfold, *, proven: bool) -> Check:
    value, error = ratio(counts, fact.statistic)
    printed = float(fact.value or 0)
    if abs(log(max(printed, 1e-3) * value)) < abs(log(max(printed, 1e-3) / value)):
        value = 1 / value
    low, high = (exp(log(value) + side * z_of(95) * error) for side in (-1, 1))
    holds = _prints(fact, counts)
    far = printed <= 0 or abs(log(printed / value)) > FAR
    verdict: Verdict = "holds" if holds else "fails" if proven and far else "undecided"
    a, m, b, n = counts
    text = (
        f"{place(fact.evidence[0])} prints {NAMES[fact.statistic]} of {fact.value} for {label(fact)}; {a}/{m} against "
        f"{b}/{n} is {value:.3g} (95% CI {low:.3g} to {high:.3g}, unadjusted)."
    )
    evidence = (fact.evidence[0], first.evidence[0], second.evidence[0])
    return finding("tests.ratios", verdict, str(fact.value), f"{value:.3g}", text, evidence)
