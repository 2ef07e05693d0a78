"""Printed p-values of counts in groups, recomputed from the counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from statistics import NormalDist

from corpus.document import Cell, Table
from extractor.checks.arithmetic import USUAL, decimals, rounding
from extractor.checks.audit import Audit, Counted, Verdict, finding, place
from extractor.checks.contingency import Counts, p_values
from extractor.checks.proportions import Proportion, fractions
from extractor.quantities import INTEGER, p_value
from extractor.spreads import P
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Baseline, Check, Evidence, PValue, Result

VERSUS = re.compile(r"\b(?:vs|versus|compared|and|while|whereas|against|in contrast)\b|;|,", re.IGNORECASE)
BETWEEN = 110
AFTER = 70
BEFORE = 220
# 5/8 vs 2/20, P = 0.01
BARE = re.compile(
    rf"(?<![\d.,/-])\b(?P<a>{INTEGER})(?: ?/ ?| (?:out )?of )(?P<m>{INTEGER})\b(?! ?%)"
    r"[^.;\d]{0,60}?\b(?:vs|versus|compared (?:with|to)|and)\b[^.;\d]{0,40}?"
    rf"(?P<b>{INTEGER})(?: ?/ ?| (?:out )?of )(?P<n>{INTEGER})\b(?! ?%)[^\d;.]*$"
)
P_HEAD = re.compile(r"^\W*(?:p(?:[- ]?values?)?\b|sig(?:nificance)?\b)(?! ?[<=>])", re.IGNORECASE)
P_CELL = re.compile(
    r"^[^\w<>=≤≥.]*(?:p ?)?(?P<relation>[<>=≤≥]?) ?(?P<value>[01]?\.\d+|1)\W*(?:[a-z]\W*)?$", re.IGNORECASE
)
# Other tests than those of the bare counts: their p-values need not be reproduced.
MODEL = re.compile(
    r"log-?rank|adjusted|regression|stratified|mantel|trend|paired|mcnemar|inferior|\bCox\b|change|correlat",
    re.IGNORECASE,
)
# Distance in standard normal deviates beyond which another test of the same counts is no excuse, where their
# percentages prove the counts, and where nothing does.
FAR, FARTHER = 0.9, 2.0
# Units of the last digit by which two p-values of one test may differ in print.
APART = 2
FEW = 3

Printed = tuple[PValue, int]


@dataclass(frozen=True)
class Comparison:
    """Counts of groups with the p-value printed for them; `sure` where the percentages prove the counts."""

    counts: Counts
    printed: PValue
    evidence: tuple[Evidence, ...]
    sure: bool = False
    by_test: dict[str, float] = field(default_factory=dict)

    @property
    def fitting(self) -> str | None:
        """The usual test that gives the printed value."""
        return next((name for name, value in self.by_test.items() if prints(value, self.printed)), None)

    @property
    def distance(self) -> float:
        """How far the nearest test is from the printed value, in standard normal deviates."""
        printed = deviate(float(self.printed.value))
        return min((abs(deviate(value) - printed) for value in self.by_test.values()), default=0.0)


def in_text(audit: Audit) -> Iterator[Check]:
    """P-values after two fractions in one sentence: Fisher's exact and the chi-squared tests of the four counts."""
    for comparison in (*_with_percentages(audit), *_bare(audit)):
        if comparison.by_test:
            yield _check(comparison, "holds" if comparison.fitting else "undecided")


def _with_percentages(audit: Audit) -> Iterator[Comparison]:
    for first, second in pairwise(fractions(audit)):
        if first.passage is None or first.passage is not second.passage or first.end > second.start:
            continue
        found = _after(first, second)
        if found and not MODEL.search(first.passage.search, first.start, found[1]):
            counts = [[f.count, f.total - f.count] for f in (first, second)]
            evidence = first.passage.evidence(first.start, found[1])
            yield Comparison(counts, found[0], evidence, by_test=p_values(counts))


def _after(first: Proportion, second: Proportion) -> Printed | None:
    """The p-value that follows two fractions of one sentence, and where it ends."""
    text = second.passage.search if second.passage else ""
    between = text[first.end : second.start]
    if len(between) > BETWEEN or not VERSUS.search(between) or re.search(r"\d ?%|\. [A-Z]", between):
        return None
    chance = P.search(text, second.end, second.end + AFTER)
    if chance is None or re.search(r"\d|\.\s|\bvs\b|\bversus\b", text[second.end : chance.start()]):
        return None
    value = p_value(chance["p_value"], chance["p_relation"])
    return (value, chance.end()) if value else None


def _bare(audit: Audit) -> Iterator[Comparison]:
    """Pairs of fractions without percentages before a p-value."""
    for passage, chance in audit.chances:
        match = BARE.search(passage.search, max(0, chance.start() - BEFORE), chance.start())
        value = p_value(chance["p_value"], chance["p_relation"]) if match else None
        if match is None or value is None or MODEL.search(match[0]):
            continue
        a, m, b, n = (int(match[name].replace(",", "").replace(" ", "")) for name in ("a", "m", "b", "n"))
        if a <= m and b <= n and min(m, n) >= FEW:
            counts = [[a, m - a], [b, n - b]]
            evidence = passage.evidence(match.start(), chance.end())
            yield Comparison(counts, value, evidence, by_test=p_values(counts))


def in_tables(audit: Audit) -> Iterator[Check]:
    """P-values of a table of counts by arm, recomputed by Fisher's exact and the chi-squared tests.

    One fails only where the table's other p-values are of such tests, its percentages prove the counts, and it is
    far from every test.
    """
    columns = {table.label: (table, found[0]) for table in audit.document.tables if (found := p_columns(table))}
    tables: dict[str, list[Comparison]] = defaultdict(list)
    rows: dict[tuple[str, str], list[Comparison]] = defaultdict(list)
    for (label, name), facts in _variables(audit).items():
        if label in columns:
            compared = list(_of_variable(facts, *columns[label]))
            tables[label].extend(compared)
            # Of the categories of one variable two may be halves; of another variable the p-value may be of more.
            rows[label, name if isinstance(facts[0], Baseline) else ""].extend(compared)
    for comparisons in tables.values():
        held = sum(comparison.fitting is not None for comparison in comparisons)
        proven = held >= FEW and 2 * held >= len(comparisons)
        other = [comparison for comparison in comparisons if not comparison.fitting]
        for comparison in comparisons if proven or len(other) < FEW else other[:1]:
            yield _check(comparison, _verdict(comparison, proven=proven))
    for comparisons in rows.values():
        yield from _same_counts(comparisons)


def _same_counts(comparisons: Sequence[Comparison]) -> Iterator[Check]:
    """Rows of a table with the same counts, or the two halves of one, that print different p-values: no test gives both."""
    first: dict[tuple[tuple[int, ...], ...], Comparison] = {}
    for comparison in comparisons:
        if comparison.printed.relation != "=":
            continue
        counts = tuple(map(tuple, comparison.counts))
        other = first.setdefault(min(counts, tuple(row[::-1] for row in counts)), comparison)
        one, two = other.printed.value, comparison.printed.value
        unit = Decimal(1).scaleb(-min(decimals(one), decimals(two)))
        if abs(one - two) > APART * unit and other.evidence[0] != comparison.evidence[0]:
            figures = " and ".join(":".join(map(str, row)) for row in comparison.counts)
            text = (
                f"{place(comparison.evidence[0])} prints P={one} in one row and P={two} in another for counts of {figures}; "
                "a test of the same counts gives one value."
            )
            evidence = (*other.evidence[:3], *comparison.evidence[:3])
            yield finding("tests.counts", "fails", f"P={one}", f"P={two}", text, evidence)
            return


def _verdict(comparison: Comparison, *, proven: bool) -> Verdict:
    if comparison.fitting:
        return "holds"
    wrong = comparison.printed.relation == "=" and comparison.distance > (FAR if comparison.sure else FARTHER)
    return "fails" if wrong and proven else "undecided"


def _variables(audit: Audit) -> dict[tuple[str, str], list[Counted]]:
    """The facts that count patients, by their table and variable."""
    found: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for fact in audit.counted:
        home = fact.evidence[0]
        if fact.count is None or not fact.total or fact.arm is None or home.table is None or home.row is None:
            continue
        name = fact.variable if isinstance(fact, Baseline) else f"row {home.row}"
        found[home.table, name].append(fact)
    return found


def p_columns(table: Table) -> list[int]:
    """The columns whose head says that they hold p-values."""
    heads = table.grid[: max(table.header_rows, 1)]
    width = len(table.grid[0]) if table.grid else 0
    return [c for c in range(width) if any(cell and P_HEAD.match(fold(cell.text)) for cell in (r[c] for r in heads))]


def _of_variable(facts: Sequence[Counted], table: Table, column: int) -> Iterator[Comparison]:
    """The p-value of a variable over its categories, or of each of its rows against the rest of the arms."""
    rows: dict[int, dict[str, Counted]] = defaultdict(dict)
    for fact in facts:
        rows[fact.evidence[0].row or 0][fact.arm or ""] = fact
    arms = max((tuple(row) for row in rows.values()), key=len)
    full = {number: row for number, row in sorted(rows.items()) if set(row) == set(arms)}
    if len(arms) < 2 or not full:
        return
    numbers = range(max(min(full) - 1, 0), min(max(full) + 1, len(table.grid)))
    printed = {number: found for number in numbers if (found := p_cell(table.grid[number][column]))}
    if len(printed) == 1 and len(full) > 1:
        cell, value = next(iter(printed.values()))
        counts = [[row[arm].count or 0 for arm in arms] for row in full.values()]
        yield from _comparison(counts, value, table.evidence(cell), list(full.values()))
        return
    for number, (cell, value) in printed.items():
        if number in full:
            row = full[number]
            counts = [[row[arm].count or 0, (row[arm].total or 0) - (row[arm].count or 0)] for arm in arms]
            yield from _comparison(counts, value, table.evidence(cell), [row])


def p_cell(cell: Cell | None) -> tuple[Cell, PValue] | None:
    """A cell that holds nothing but a p-value, and the value."""
    value = _p_text(cell.text) if cell else None
    return (cell, value) if cell and value else None


@lru_cache(maxsize=1024)
def _p_text(text: str) -> PValue | None:
    match = P_CELL.match(fold(text))
    return p_value(match["value"], match["relation"] or "=") if match else None


def _comparison(
    counts: Counts, printed: PValue, home: Evidence, rows: Sequence[dict[str, Counted]]
) -> Iterator[Comparison]:
    facts = [fact for row in rows for fact in row.values()]
    by_test = p_values(counts) if min(min(row) for row in counts) >= 0 else {}
    if by_test:
        evidence = (home, *(fact.evidence[0] for fact in facts[:8]))
        yield Comparison(counts, printed, evidence, all(map(_is_proven, facts)), by_test)


def _is_proven(fact: Counted) -> bool:
    """Whether the fact's percentage confirms its count and total."""
    percent = fact.value if isinstance(fact, Result) else fact.percent
    if percent is None or fact.count is None or not fact.total:
        return False
    return rounding(fact.count, fact.total, percent) in USUAL


def _check(comparison: Comparison, verdict: Verdict) -> Check:
    printed, name = comparison.printed, comparison.fitting or next(iter(comparison.by_test))
    recomputed = f"{comparison.by_test[name]:.3g}"
    figures = " and ".join(":".join(map(str, row)) for row in comparison.counts)
    rest = "" if comparison.fitting else ", and no other usual test of these counts gives the printed value"
    text = (
        f"{place(comparison.evidence[0])} prints P{printed.relation}{printed.value} for counts of {figures}; "
        f"P is {recomputed} by the {name}{rest}."
    )
    stated = f"P{printed.relation}{printed.value}"
    return finding("tests.counts", verdict, stated, recomputed, text, comparison.evidence)


def deviate(p: float) -> float:
    """The absolute standard normal deviate of a two-sided p-value."""
    return -NormalDist().inv_cdf(min(max(p, 1e-12), 1.0) / 2)


def prints(value: float, printed: PValue) -> bool:
    """Whether a p-value prints so, rounded to the nearest or cut."""
    bound = float(printed.value)
    if printed.relation != "=":
        return value < bound if printed.relation == "<" else value > bound
    unit = 10.0 ** -decimals(printed.value)
    return -unit / 2 - 1e-9 <= value - bound < unit
