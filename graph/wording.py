"""How a value reads to a person: doses, intervals, p-values, counts; the same on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from ontology.record import (
    AdverseEvent,
    Baseline,
    Dose,
    Evidence,
    Frequency,
    Group,
    Interval,
    Measure,
    PValue,
    Range,
    Result,
    Schedule,
)

# UCUM codes as they are read aloud; a code that is not here is printed as it is.
UNITS = {
    "a": "years",
    "mo": "months",
    "wk": "weeks",
    "d": "days",
    "h": "hours",
    "min": "minutes",
    "mg/m2": "mg/m²",
    "kg/m2": "kg/m²",
    "ug": "µg",
    "ug/kg": "µg/kg",
    "[IU]": "IU",
}
STATISTICS = {
    "hazard_ratio": "HR",
    "odds_ratio": "OR",
    "risk_ratio": "RR",
    "standard_deviation": "SD",
    "standard_error": "SE",
    "p_value": "p",
}
CONTROL = dict.fromkeys((*range(32), *range(127, 160)), " ")
NONE = ""


def printable(text: str) -> str:
    """Text that cannot steer a terminal: control characters are blanks."""
    return text.translate(CONTROL)


def number(value: Decimal | int | None) -> str:
    """A number with the digits it was printed with."""
    return NONE if value is None else f"{Decimal(value):f}"


def unit(code: str | None) -> str:
    """A unit in words; the percent sign stays with its number."""
    return NONE if code is None else "%" if code == "%" else f" {UNITS.get(code, code)}"


def quantity(value: Decimal | int | None, code: str | None) -> str:
    """A number and its unit."""
    return NONE if value is None else number(value) + unit(code)


def span(low: Decimal | None, high: Decimal | None) -> str:
    """Two bounds; one that was not reached is "NR"."""
    return f"{number(low) or 'NR'} to {number(high) or 'NR'}"


def interval(ci: Interval | None) -> str:
    """A confidence interval with its level."""
    if ci is None:
        return NONE
    level = f"{number(ci.level)}% " if ci.level is not None else ""
    return f"{level}CI {span(ci.low, ci.high)}"


def extent(values: Range | None) -> str:
    """A range or the quartiles."""
    return NONE if values is None else f"{values.kind or 'range'} {span(values.low, values.high)}"


def p_value(p: PValue | None) -> str:
    """A p-value with its relation."""
    return NONE if p is None else f"p {p.relation} {number(p.value)}"


def frequency(count: int | None, total: int | None, percent: Decimal | None) -> str:
    """A count, out of what, and in percent."""
    patients = number(count) + (f"/{total}" if total is not None else "") if count is not None else ""
    share = f"{number(percent)}%" if percent is not None else ""
    return f"{patients} ({share})" if patients and share else patients or share


def schedule(plan: Schedule | None) -> str:
    """When a dose is given."""
    if plan is None:
        return NONE
    days = f"days {runs(plan.days)}" if plan.days else ""
    cycle = f"cycle of {quantity(plan.cycle_length, plan.cycle_unit)}" if plan.cycle_length is not None else ""
    infusion = f"over {number(plan.infusion_minutes)} min" if plan.infusion_minutes is not None else ""
    words = [word for word in (plan.frequency, days, cycle, infusion) if word]
    return ", ".join(words) or plan.text or NONE


def runs(numbers: Iterable[int]) -> str:
    """Whole numbers with their runs joined: 1-3, 5."""
    groups: list[list[int]] = []
    for value in numbers:
        if groups and value == groups[-1][-1] + 1:
            groups[-1].append(value)
        else:
            groups.append([value])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in groups)


def dose(fact: Dose) -> str:
    """A dose with its unit, a range where it is one."""
    if fact.value_max is None:
        return quantity(fact.value, fact.unit)
    return f"{number(fact.value)} to {quantity(fact.value_max, fact.unit)}"


def bound(operator: str | None, low: Decimal | None, high: Decimal | None, code: str | None) -> str:
    """A limit: >= 18 years, 18 to 75 years."""
    if low is not None and high is not None:
        return f"{number(low)} to {quantity(high, code)}"
    return f"{operator or '='} {quantity(low, code)}" if low is not None else NONE


def measured(fact: Result | Baseline | Measure) -> str:
    """A value with its spread."""
    if isinstance(fact, Result) and fact.not_reached:
        return "not reached"
    code = fact.unit if fact.value is not None else None
    spread = [
        f"{name} {number(getattr(fact, field, None))}"
        for name, field in (("SD", "sd"), ("SE", "se"))
        if getattr(fact, field, None) is not None
    ]
    parts = [quantity(fact.value, code), *spread, extent(fact.range)]
    return ", ".join(part for part in parts if part)


def result_value(fact: Result) -> str:
    """What a result says: value, spread and patients."""
    patients = frequency(fact.count, fact.total, None) if fact.statistic != "count" or fact.total is not None else ""
    value = measured(fact)
    return f"{value} ({patients})" if value and patients else value or patients


def versus(fact: Result) -> str:
    """The arm of a result, against which other."""
    return f"{fact.arm or 'all'} vs {fact.comparator}" if fact.comparator else fact.arm or NONE


def statistic(name: str | None) -> str:
    """The short name of a statistic."""
    return NONE if name is None else STATISTICS.get(name, name.replace("_", " "))


def cell(fact: Any) -> str:
    """The content of a cell of a table of characteristics or events."""
    patients = frequency(fact.count, None, fact.percent)
    return patients if isinstance(fact, AdverseEvent) else patients or measured(fact)


def places(evidence: Iterable[Evidence], text: str, width: int = 80) -> str:
    """Quotes from the paper with their offsets."""
    quotes = []
    for place in evidence:
        quote = " ".join(text[place.start : place.end].split())
        short = quote if len(quote) <= width else f"{quote[: width - 1]}…"
        page = f", page {place.page}" if place.page else ""
        quotes.append(f"“{short}” [{place.start}-{place.end}{page}]")
    return "; ".join(quotes)


def words(value: Any) -> str:
    """Any value of a record in words."""
    if value is None or value == ():
        return NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, Decimal)):
        return number(value)
    if isinstance(value, tuple):
        return ", ".join(words(item) for item in value)
    for kind, reads in READS.items():
        if isinstance(value, kind):
            return reads(value)
    if isinstance(value, BaseModel):
        return " ".join(words(getattr(value, name)) for name in type(value).model_fields if getattr(value, name))
    return str(value)


def _group(value: Group) -> str:
    return f"{value.label}: {quantity(value.value, value.unit)}"


def _measure(value: Measure) -> str:
    return ", ".join(part for part in (measured(value), interval(value.ci)) if part)


READS: dict[type[BaseModel], Callable[[Any], str]] = {
    Interval: interval,
    Range: extent,
    PValue: p_value,
    Schedule: schedule,
    Group: _group,
    Measure: _measure,
    Frequency: lambda value: frequency(value.count, value.total, value.percent),
}
