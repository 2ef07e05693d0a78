"""Counts that are printed beside their percentage: cells of tables and fractions in running text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.document import Passage
from extractor.checks.arithmetic import rounding
from extractor.checks.audit import Audit, label
from extractor.checks.columns import counted
from extractor.cues import Cued
from extractor.quantities import ANY_COUNT, count, decimal
from ontology import regex as re
from ontology.record import AdverseEvent, Baseline, Evidence, Result

PERCENT = Cued(r"(?<![\d.,-])(?P<percent>\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent\b)", re.IGNORECASE)
WINDOW = 90
OF = r"(?: ?/ ?| (?:[a-z]+ )?(?:out )?of (?:the |all |these |a total of |our )?)"
# "24/62 (", "24 of 62 evaluable patients ("
COUNT_OF_TOTAL = re.compile(
    rf"(?<![\d.,/-])\b(?P<count>{ANY_COUNT}){OF}(?P<total>{ANY_COUNT})(?: [a-z][a-z-]*){{0,4}},? ?[(\[] ?$",
    re.IGNORECASE,
)
# "24 (", "24 patients ("
COUNT_ONLY = re.compile(r"(?<![\d.,/-])\b(?P<count>\d+)(?: patients)? ?[(\[] ?$", re.IGNORECASE)
# ") of 62"
TOTAL_ONLY = re.compile(
    r" ?[)\]],? (?:out )?of (?:the |all |these )?(?P<total>\d+)\b(?![.,]\d| ?(?:%|mg|days?|weeks?|months?|years?|hours?|h\b|-))",
    re.IGNORECASE,
)
CLOSED = re.compile(r" ?[)\];,]")
# " (24/62)", " of patients [n = 24 of 62]"
IN_BRACKETS = re.compile(
    r"(?: of (?:the )?patients)?,? ?[(\[] ?(?:n ?= ?)?(?P<count>\d+)(?: ?/ ?| (?:out )?of (?:the )?)(?P<total>\d+)\b(?![.,]\d)",
    re.IGNORECASE,
)
# "grade 3/4 (12%)", "stage 1/2", "T3/4": two levels, no fraction.
LEVELS = re.compile(
    r"\b(?:grades?|stages?|phases?|types?|ECOG|WHO|PS|ASA|class|status|scores?|T|N|G|levels?|groups?|days?|weeks?)[ -]?$",
    re.IGNORECASE,
)
# Percentages of a model, not of the counts beside them.
MODELLED = re.compile(
    r"\b(?:kaplan|actuarial|survival|event-free|progression-free|disease-free|cumulative|estimated|adjusted|weighted|imputed|retention|incidence rate)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Proportion:
    """A count out of a total with its printed percentage; `group` names the rows it belongs with.

    `sure` is False for a cell that only looks like one ("54 (12)" may be a mean); `own` tells that the total is printed
    beside the count.
    """

    count: int
    total: int
    percent: Decimal
    label: str
    evidence: tuple[Evidence, ...]
    rounding: str | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    group: tuple[str, ...] = ()
    sure: bool = True
    own: bool = False
    passage: Passage | None = None
    start: int = 0
    end: int = 0

    @property
    def printed(self) -> str:
        """The figures as a reader sees them."""
        return f"{self.count}/{self.total} ({self.percent}%)"


@lru_cache(maxsize=2)
def cells(audit: Audit) -> tuple[Proportion, ...]:
    """The proportions that the tables print, as the facts read them and else by their form; each cell once."""
    read = tuple(_cells(audit))
    return (*read, *_unread(audit, frozenset(cell.evidence[0].start for cell in read)))


def _unread(audit: Audit, read: frozenset[int]) -> Iterator[Proportion]:
    """The cells of the form "24 (38.7)" of which no fact with count, total and percentage was made."""
    for table in audit.document.tables:
        for column, items in counted(table):
            for item in items:
                if item.cell.start not in read and item.total:
                    yield Proportion(
                        count=item.count,
                        total=item.total,
                        percent=item.percent,
                        label=item.stub,
                        evidence=(table.evidence(item.cell),),
                        rounding=rounding(item.count, item.total, item.percent),
                        table=table.label,
                        row=item.cell.row,
                        column=column,
                        sure=item.signed and item.sure,
                        own=item.own,
                    )


@lru_cache(maxsize=2)
def fractions(audit: Audit) -> tuple[Proportion, ...]:
    """The proportions that running text prints with count, total and percentage side by side."""
    return tuple(_fractions(audit))


def _cells(audit: Audit) -> Iterator[Proportion]:
    seen: set[tuple[object, ...]] = set()
    for fact in audit.counted:
        percent = fact.value if isinstance(fact, Result) else fact.percent
        if fact.count is None or not fact.total or percent is None or not _plain(fact, percent):
            continue
        home = fact.evidence[0]
        key = (home.table, home.start, fact.count, percent)
        if home.table is None or fact.count > fact.total or key in seen:
            continue
        seen.add(key)
        yield Proportion(
            count=fact.count,
            total=fact.total,
            percent=percent,
            label=label(fact),
            evidence=fact.evidence[:3],
            rounding=rounding(fact.count, fact.total, percent),
            table=home.table,
            row=home.row,
            column=home.column,
            group=(home.table, _group(fact), fact.arm or ""),
            own=f"/{fact.total}" in audit.document.text[home.start : home.end].replace(" ", ""),
        )


def _plain(fact: Baseline | AdverseEvent | Result, percent: Decimal) -> bool:
    if isinstance(fact, Result) and (fact.statistic != "rate" or MODELLED.search(fact.endpoint)):
        return False
    return 0 <= percent <= 100


def _group(fact: Baseline | AdverseEvent | Result) -> str:
    if isinstance(fact, Baseline):
        return fact.variable
    return fact.term if isinstance(fact, AdverseEvent) else fact.endpoint.rsplit(":", 1)[0]


def _fractions(audit: Audit) -> Iterator[Proportion]:
    for passage in audit.prose:
        text = passage.search
        for percent in PERCENT.finditer(text):
            sides = _sides(text, percent)
            found = _fraction(passage, percent, *sides) if sides else None
            if found:
                yield found


def _sides(text: str, percent: re.Match[str]) -> tuple[re.Match[str], re.Match[str]] | None:
    """The matches that hold the count and the total of a percentage, where both stand beside it."""
    inside = IN_BRACKETS.match(text, percent.end())
    if inside:
        return inside, inside
    first = max(0, percent.start() - WINDOW)
    if text[first : percent.start()].rstrip()[-1:] not in ("(", "["):
        return None
    after = TOTAL_ONLY.match(text, percent.end())
    before = COUNT_ONLY.search(text, first, percent.start()) if after else None
    if before and after:
        return before, after
    whole = COUNT_OF_TOTAL.search(text, first, percent.start()) if CLOSED.match(text, percent.end()) else None
    return (whole, whole) if whole else None


def _fraction(
    passage: Passage, percent: re.Match[str], counted: re.Match[str], whole: re.Match[str]
) -> Proportion | None:
    part, total, value = count(counted["count"]), count(whole["total"]), decimal(percent["percent"])
    if part is None or not total or value is None or part > total or value > 100:
        return None
    start = min(percent.start(), counted.start())
    end = max(percent.end(), whole.end())
    before = passage.search[max(0, start - 150) : start].rpartition(". ")[2]
    if MODELLED.search(before) or MODELLED.search(passage.search, start, end):
        return None
    how = rounding(part, total, value)
    if how is None and (LEVELS.search(before) or total < 10):
        return None
    evidence = passage.evidence(start, end)
    if not evidence:
        return None
    return Proportion(part, total, value, "", evidence, how, passage=passage, start=start, end=end)
