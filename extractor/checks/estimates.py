"""Estimates printed with their interval: value, bounds, level, p-value, and what they estimate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.document import Passage
from extractor.checks.audit import Audit, label
from extractor.quantities import SIGNED, decimal, interval, p_value
from extractor.spreads import CI, P
from ontology import regex as re
from ontology.record import Evidence, PValue, Result

# The value that an interval follows, with nothing but its unit and punctuation between.
VALUE = re.compile(
    rf"(?<![\d.,/])(?P<value>{SIGNED})(?P<unit> ?(?:%|per ?cent|months?|weeks?|years?|days?|mmHg|points?))?[ ,;:(\[]{{1,4}}$"
)
# "hazard ratio 1.09 in favour of the control group, 95% CI"
RATIO_FIRST = re.compile(
    r"(?:[Hh]azards? ratio|[Oo]dds ratio|[Rr]elative risk|[Rr]isk ratio|\b(?:HR|OR|RR))\]?\)?(?: ?\[(?:HR|OR|RR)\])?(?: was| of| =|:|,|=)? ?"
    r"(?P<value>\d{1,3}\.\d+)(?: [A-Za-z][^\d.;]{0,70}[,;(\[] ?)$"
)
# "24/62; 95% CI", "24 of 62 patients; 95% CI"
COUNTED = re.compile(
    r"(?P<percent>\d{1,3}(?:\.\d+)?) ?% ?[(\[](?:n ?= ?)?(?P<count>\d+)(?: ?/ ?| (?:out )?of )(?P<total>\d+)(?: [a-z]+)?[)\];, (\[]{1,4}$"
    r"|\b(?P<count2>\d+)(?: ?/ ?| (?:out )?of )(?P<total2>\d+)(?: [a-z]+){0,3},? ?[(\[] ?(?P<percent2>\d{1,3}(?:\.\d+)?) ?%[)\];, (\[]{1,4}$"
)
NAMES: tuple[tuple[str, str], ...] = (
    ("hazard_ratio", r"\b[Hh]azards?[- ][Rr]atio|\ba?HRs?\b"),
    ("odds_ratio", r"\b[Oo]dds[- ][Rr]atio|\ba?ORs?\b"),
    ("risk_ratio", r"\b(?:[Rr]elative [Rr]isk|[Rr]isk [Rr]atio|[Rr]ate [Rr]atio)|\bR[R]s?\b|\bIRR\b"),
    ("difference", r"\b[Dd]ifferences?\b"),
)
NAMED = re.compile("|".join(f"(?P<{name}>{form})" for name, form in NAMES))
RATIOS = frozenset({"hazard_ratio", "odds_ratio", "risk_ratio"})
# The number before the interval is a p-value.
OF_TEST = re.compile(r"\b[Pp](?: ?-?values?)?(?: of)? ?[=<>] ?$")
# Nothing but punctuation and the name of the test between interval and p-value.
BESIDE = re.compile(
    r"[\s\]),;:]*(?:and |with )?(?:(?:two-sided |stratified )?(?:log-?rank|Wald|likelihood ratio)[a-z ]*|for)?[\s(]*"
)
REACH_BEFORE = 120
REACH_AFTER = 60
WORDS = 120
# Where the words before an estimate end: before its counts, or before its value.
VALUE_OF: dict[bool, int | str] = {True: 0, False: "value"}


@dataclass(frozen=True)
class Estimate:
    """A value with its interval; `statistic` None where nothing says what it is."""

    value: Decimal
    low: Decimal
    high: Decimal
    level: Decimal | None
    statistic: str | None
    label: str
    evidence: tuple[Evidence, ...]
    p: PValue | None = None
    count: int | None = None
    total: int | None = None
    context: str = ""
    in_abstract: bool = False

    @property
    def printed(self) -> str:
        """The figures as a reader sees them."""
        return f"{self.value} ({self.low} to {self.high})"

    @property
    def is_ratio(self) -> bool:
        """Whether 1 means no difference."""
        return self.statistic in RATIOS


@lru_cache(maxsize=2)
def estimates(audit: Audit) -> tuple[Estimate, ...]:
    """Every estimate with its interval, of running text and of tables."""
    return tuple(_estimates(audit))


def _estimates(audit: Audit) -> Iterator[Estimate]:
    for passage in audit.prose:
        if "CI" in passage.search or "onfidence" in passage.search:
            yield from _printed(passage)
    for fact in audit.record.results:
        found = _of_fact(fact)
        if found:
            yield found


def _printed(passage: Passage) -> Iterator[Estimate]:
    text = passage.search
    for match in CI.finditer(text):
        bounds = interval(match["ci_low"], match["ci_high"], match["ci_level"], match["ci_to"])
        first = max(0, match.start() - REACH_BEFORE)
        counted = COUNTED.search(text, first, match.start())
        before = counted or VALUE.search(text, first, match.start()) or RATIO_FIRST.search(text, first, match.start())
        if bounds is None or bounds.low is None or bounds.high is None or before is None:
            continue
        if OF_TEST.search(text, first, before.start()):
            continue
        chance = P.search(text, match.end(), match.end() + REACH_AFTER)
        if chance and not BESIDE.fullmatch(text, match.end(), chance.start()):
            chance = None
        context = text[max(0, before.start() - WORDS) : before.start(VALUE_OF[bool(counted)])].rpartition(". ")[2]
        value = decimal(before["percent"] or before["percent2"] if counted else before["value"])
        if value is None:
            continue
        yield Estimate(
            value=value,
            low=bounds.low,
            high=bounds.high,
            level=bounds.level,
            statistic=_statistic(context),
            label="",
            evidence=passage.evidence(before.start(), chance.end() if chance else match.end()),
            p=p_value(chance["p_value"], chance["p_relation"]) if chance else None,
            count=int(counted["count"] or counted["count2"]) if counted else None,
            total=int(counted["total"] or counted["total2"]) if counted else None,
            context=context,
            in_abstract=passage.section.kind == "abstract",
        )


def _statistic(context: str) -> str | None:
    """The kind of estimate that was named last before it."""
    last = next(reversed(list(NAMED.finditer(context))), None)
    return last.lastgroup if last else None


def _of_fact(fact: Result) -> Estimate | None:
    """The estimate of a cell of a table; prose is read on its own."""
    if fact.ci is None or fact.ci.low is None or fact.ci.high is None or fact.value is None:
        return None
    if not fact.evidence or fact.evidence[0].table is None:
        return None
    return Estimate(
        value=fact.value,
        low=fact.ci.low,
        high=fact.ci.high,
        level=fact.ci.level,
        statistic=fact.statistic,
        label=label(fact),
        evidence=fact.evidence[:3],
        p=fact.p_value,
        count=fact.count,
        total=fact.total,
    )
