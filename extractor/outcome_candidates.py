"""The values of a record that may answer a question: one arm's value of one outcome, whatever list it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from extractor.likeness import telling
from ontology import regex as re
from ontology.record import AdverseEvent, Evidence, Result, TrialRecord

# Captions of tables that print outcomes among the patients' characteristics.
LATER = re.compile(
    r"\b(?:(?:post|peri|intra)-?operative|outcomes?|follow[- ]?up|operative|endpoints?|results?)\b", re.IGNORECASE
)
ALL_GRADES = (None, "any")
WORST = 5


class Place(NamedTuple):
    """What the values of two arms must share to be compared."""

    name: str
    timepoint: str | None
    population: str | None
    is_change: bool
    table: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value of one arm, or of all patients, whatever list of the record it comes from."""

    name: str
    arm: str | None
    timepoint: str | None
    population: str | None
    count: int | None
    total: int | None
    percent: Decimal | None
    mean: Decimal | None
    sd: Decimal | None
    evidence: tuple[Evidence, ...]
    is_change: bool = False

    @property
    def place(self) -> Place:
        """What the value of another arm must share with it; a table only where the name says nothing."""
        table = None if telling(self.name) else next((place.table for place in self.evidence if place.table), None)
        return Place(self.name.lower(), self.timepoint, self.population, self.is_change, table)


def candidates(record: TrialRecord, grade: str | None = None) -> Iterator[Candidate]:
    """The values of results, and the events of a grade, or of all grades where none is asked for."""
    for result in record.results:
        if not result.comparator:
            yield _of_result(result)
    by_term: dict[tuple[str, str], dict[str | None, list[AdverseEvent]]] = {}
    for event in record.adverse_events:
        if event.arm:
            by_term.setdefault((event.term, event.arm), {}).setdefault(event.grade, []).append(event)
    for events in by_term.values():
        yield from map(_of_event, _of_grade(events, grade))


def beside_baseline(record: TrialRecord, captions: Mapping[str, str]) -> Iterator[Candidate]:
    """Outcomes that a table prints under the patients' characteristics, as its caption says: "and postoperative details"."""
    tables = {label for label, caption in captions.items() if LATER.search(caption)}
    for fact in record.baseline:
        if fact.arm and fact.category is None and any(place.table in tables for place in fact.evidence):
            mean = fact.value if fact.statistic == "mean" else None
            yield Candidate(
                fact.variable, fact.arm, None, None, fact.count, fact.total, fact.percent, mean, fact.sd, fact.evidence
            )


def _of_result(result: Result) -> Candidate:
    rate = result.value if result.statistic == "rate" else None
    mean = result.value if result.statistic in ("mean", "difference") else None
    events = result.count if result.count is not None or result.statistic != "count" else _whole(result.value)
    return Candidate(
        result.endpoint, result.arm, result.timepoint, result.population, events, result.total, rate, mean,
        result.sd, result.evidence, result.statistic == "difference",
    )  # fmt: skip


def _whole(value: Decimal | None) -> int | None:
    return int(value) if value is not None and value == value.to_integral_value() else None


def _of_event(event: AdverseEvent) -> Candidate:
    return Candidate(
        event.term, event.arm, None, None, event.count, event.total, event.percent, None, None, event.evidence
    )


def _of_grade(events: Mapping[str | None, list[AdverseEvent]], grade: str | None) -> Iterator[AdverseEvent]:
    """The events of one term and arm in a grade: as printed, or added up from the single grades that make it."""
    wanted = ALL_GRADES if grade is None else _spellings(grade)
    printed = [event for each in wanted for event in events.get(each, ())]
    yield from printed
    if grade and not printed:
        parts = [events[str(level)][0] for level in _levels(grade) if str(level) in events]
        counts = [part.count for part in parts if part.count is not None]
        if len(parts) > 1 and len(counts) == len(parts):
            evidence = tuple(place for part in parts for place in part.evidence)
            total = next((part.total for part in parts if part.total), None)
            yield parts[0].model_copy(
                update={"count": sum(counts), "total": total, "percent": None, "evidence": evidence}
            )


def _spellings(grade: str) -> tuple[str, ...]:
    """A grade as printed, then "3-4" and ">=3" for each other: who asks for one is told the other."""
    return (grade, *(other for other in (">=3", "3-4", "3-5") if grade in (">=3", "3-4", "3-5")))


def _levels(grade: str) -> range:
    """The single grades that a grade spans."""
    first, _, last = grade.removeprefix(">=").partition("-")
    if not (first + last).isdigit():
        return range(0)
    return range(int(first), (WORST if grade.startswith(">=") else int(last or first)) + 1)
