"""Results from tables: rates, means, medians and effects of endpoints by arm, comparison and time point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from extractor.quantities import decimal
from extractor.results import JUDGED
from extractor.study import Rejected, Study
from extractor.tables.captions import STRATA
from extractor.tables.data import Datum, Reading, data, fraction, placed, read_tables, rejected, total_of
from extractor.tables.figures import Figures
from extractor.tables.grid import Entry
from extractor.tables.outcomes import IS_CHANGE, endpoint_of, endpoint_term, names_markers
from extractor.tables.wording import COMPARISONS
from extractor.trial_tools import assessment
from extractor.units import unit_code
from ontology import regex as re
from ontology.record import Interval, Result

KINDS = frozenset(("results", "pharmacokinetic"))
# Rows that say of how many nothing is known.
NO_RESULT = re.compile(
    r"^n(?: at .*)?$|^(?:unavailable|missing(?: data)?|unknown|not (?:available|evaluated|evaluable|assessed|known|done|reported)|n/?a|n/?d|n|total|patients)$",
    re.IGNORECASE,
)
WITHIN = re.compile(r"\b(?:baseline|within|intra|pre|before|paired|time)\b", re.IGNORECASE)
LEVEL = re.compile(r"(?P<level>\d\d(?:\.\d+)?) ?% ?(?:CI|confidence)", re.IGNORECASE)
# The record has one word for all means.
MIDDLES = {"mean": "mean", "geometric_mean": "mean", "median": "median"}
RATIO = re.compile(r"\bratio\b", re.IGNORECASE)
# How much nearer a difference must be to that of the arms the other way round.
CLEARLY = 3
PERCENTS = re.compile(r"\(%\)|\(in %\)|\bpercentages? of (?:patients|subjects|participants)\b", re.IGNORECASE)
# Day 0 is before the treatment; minute 0 after an operation is not.
START = re.compile(r"baseline|0 (?:d|wk|mo|a)")
UNLESS = re.compile(r"\bunless\b|\bor\b", re.IGNORECASE)
RATIOS = COMPARISONS - {"difference"}


@dataclass
class _Draft:
    """A result and the datum that it was made of."""

    result: Result
    datum: Datum


def table_results(study: Study) -> Iterator[Result | Rejected]:
    """The results that the tables of a paper print."""
    for reading in read_tables(study):
        if reading.kind in KINDS or reading.kind == "individual" or _goes_on(reading):
            known = replace(reading, markers=study.markers) if names_markers(reading) else reading
            yield from _of_table(known, study)


def _goes_on(reading: Reading) -> bool:
    """Whether a table of baseline characteristics prints the same at the end of the trial too."""
    times = {entry.column.timepoint for entry in reading.entries}
    return reading.kind == "baseline" and bool(times - {None, "baseline"})


def _of_table(reading: Reading, study: Study) -> Iterator[Result | Rejected]:
    drafts: list[_Draft] = []
    pair = _pair(reading, study) or _only_pair(reading, study)
    for datum in data(reading):
        if isinstance(datum, Rejected):
            yield datum
            continue
        if reading.kind == "individual" and not _sums_up(datum):
            continue
        found = _result(datum, reading, study, pair, drafts)
        if isinstance(found, Rejected):
            yield found
        elif found is not None and (reading.kind != "individual" or endpoint_term(found.endpoint)):
            drafts.append(_Draft(found, datum))
    yield from (draft.result for draft in drafts)


def _sums_up(datum: Datum) -> bool:
    """Whether a row of a table of patients is of them all: "Median (range)" below the last."""
    stub = datum.entry.row.stub
    return stub.is_pure and stub.statistics[0][0] in MIDDLES


def _pair(reading: Reading, study: Study) -> tuple[str, str] | None:
    """The two arms that an effect in this table compares: the experimental (or first) against the other."""
    labels = list(dict.fromkeys(entry.meaning.arm for entry in reading.entries if entry.meaning.arm))
    if len(labels) != 2:
        return None
    roles = {arm.label: arm.role for arm in study.arms.arms}
    if roles.get(labels[0]) == "comparator" and roles.get(labels[1]) != "comparator":
        labels.reverse()
    return labels[0], labels[1]


def _only_pair(reading: Reading, study: Study) -> tuple[str, str] | None:
    """The two arms of the trial, which the effects of a table of subgroups compare though it names none."""
    if reading.arms or not STRATA.search(reading.caption.text) or len(study.arms.arms) != 2:
        return None
    first, second = sorted(study.arms.arms, key=lambda arm: arm.role == "comparator")
    return first.label, second.label


def _result(
    datum: Datum, reading: Reading, study: Study, pair: tuple[str, str] | None, drafts: list[_Draft]
) -> Result | Rejected | None:
    datum = _against_caption(datum, reading)
    axis, figures = datum.meaning, datum.figures
    compares = figures.statistic in COMPARISONS or axis.is_comparison or datum.entry.column.is_p
    if (figures.statistic == "p_value" or (figures.p_value and not figures.is_main)) and figures.ci is None:
        return _p_value(datum, reading, pair, drafts)
    if datum.entry.column.is_p and figures.ci is None:
        return rejected(datum.entry, "no p-value in a column of them")
    known = _compared(datum, pair, reading) if compares else placed(_of_one_arm(datum, study), study)
    if known is None:
        return rejected(datum.entry, "the column is no arm and no comparison")
    known = replace(known, figures=fraction(known, study))
    statistic, figures = _statistic(known, compares, reading.is_of_changes, bool(PERCENTS.search(reading.caption.text)))
    if statistic is None:
        return rejected(datum.entry, "no statistic is named")
    endpoint, population = endpoint_of(known, reading)
    if not endpoint or NO_RESULT.match(datum.entry.row.stub.text):
        return rejected(datum.entry, "no endpoint is named")
    if known.meaning.comparator is None:
        figures = replace(figures, total=total_of(known, figures, study))
    statistic = _ratio_of(statistic, known, endpoint)
    if _impossible(figures, known):
        return rejected(datum.entry, "an impossible number")
    fact = _fact(known, reading, endpoint, population, statistic, figures)
    turned = statistic == "difference" and datum.entry.row.axis.comparator and _is_turned(fact, drafts)
    return fact.model_copy(update={"arm": fact.comparator, "comparator": fact.arm}) if turned else fact


def _of_one_arm(datum: Datum, study: Study) -> Datum:
    """In a trial of one arm every column is of it, and a column of some patients of that population: "ASPS (n = 11)"."""
    arms = study.arms.arms
    if len(arms) != 1 or arms[0].role != "single":
        return datum
    meaning = datum.meaning
    some = meaning.arm if meaning.arm != arms[0].label else None
    return replace(
        datum, meaning=replace(meaning, arm=arms[0].label, population=meaning.population or some, whole=False)
    )


def _is_turned(fact: Result, drafts: list[_Draft]) -> bool:
    """Whether the arms' own values say that a difference is the comparator's value less the arm's."""
    rows: dict[int, dict[str | None, Decimal]] = {}
    for draft in drafts:
        result = draft.result
        if result.endpoint == fact.endpoint and result.comparator is None and result.value is not None:
            rows.setdefault(draft.datum.entry.row.index, {})[result.arm] = result.value
    pairs = [(row[fact.arm], row[fact.comparator]) for row in rows.values() if {fact.arm, fact.comparator} <= set(row)]
    if fact.value is None or not pairs:
        return False
    nearest = min(abs(one - other - fact.value) for one, other in pairs)
    return min(abs(other - one - fact.value) for one, other in pairs) * CLEARLY < nearest


def _against_caption(datum: Datum, reading: Reading) -> Datum:
    """The datum of an arm in a table of differences from another."""
    axis, reference = datum.meaning, reading.caption.comparator
    if reference is None or axis.arm in (None, reference) or axis.comparator:
        return datum
    return replace(datum, meaning=replace(axis, comparator=reference))


def _compared(datum: Datum, pair: tuple[str, str] | None, reading: Reading) -> Datum | None:
    """The datum with both arms of its comparison."""
    axis = datum.meaning
    if axis.arm and axis.comparator and axis.arm != axis.comparator:
        return datum
    if axis.arm and datum.entry.column.arm and not axis.comparator:  # a row of ratios, each against the reference arm
        reference = _reference(datum, reading)
        return replace(datum, meaning=replace(axis, comparator=reference)) if reference else None
    if axis.arm and (reference := _reference_row(datum, reading)):  # a column of them
        return replace(datum, meaning=replace(axis, comparator=reference)) if reference != axis.arm else None
    if pair is None:
        return None
    if axis.comparator in pair and axis.arm in (None, axis.comparator):
        return replace(datum, meaning=replace(axis, arm=pair[1 - pair.index(axis.comparator or "")]))
    return replace(datum, meaning=replace(axis, arm=pair[0], comparator=pair[1]))


def _reference(datum: Datum, reading: Reading) -> str | None:
    """The one arm of the table for which the row prints no number ("Ref", "-")."""
    arms = {entry.column.arm for entry in reading.entries if entry.column.arm}
    index = datum.entry.row.index
    printed = {entry.column.arm for entry in reading.entries if entry.row.index == index and len(entry.value.parts) > 1}
    left = arms - printed
    return left.pop() if len(left) == 1 else None


def _reference_row(datum: Datum, reading: Reading) -> str | None:
    """The arm of the one row of arms for which a column of ratios prints none ("1 (Ref)")."""
    entry = datum.entry
    rows = [other for other in reading.entries if other.row.groups == entry.row.groups and other.row.stub.arm]
    ratios = {
        other.row.stub.arm
        for other in rows
        if other.cell.column == entry.cell.column and (len(other.value.parts) > 1 or other.value.parts[0].number != 1)
    }
    left = {other.row.stub.arm for other in rows} - ratios
    return left.pop() if len(left) == 1 and datum.figures.statistic in RATIOS else None


def _p_value(
    datum: Datum, reading: Reading, pair: tuple[str, str] | None, drafts: list[_Draft]
) -> Result | Rejected | None:
    """A p-value goes to the effect of its row, else it is a comparison of its own."""
    p = datum.figures.p_value
    if p is None:
        return None
    entry = datum.entry
    target = _effect_of(datum, drafts)
    within = entry.column.is_p and (_is_within(entry, reading) or WITHIN.search(entry.column.text))
    if within and (target is None or entry.row.axis.arm is None):
        return rejected(entry, "a p-value within an arm")
    if target is not None:
        evidence = tuple(dict.fromkeys((*target.result.evidence, *datum.evidence)))
        target.result = target.result.model_copy(update={"p_value": p, "evidence": evidence})
        return None
    known = _compared(datum, pair, reading) if _tests(entry) else None
    if known is None and _is_overall(entry, reading):
        known = datum
    if known is None or (not entry.column.is_p and entry.column.arm is not None and not entry.meaning.comparator):
        return rejected(entry, "a p-value of no known comparison")
    endpoint, population = endpoint_of(known, reading)
    if not endpoint:
        return rejected(entry, "no endpoint is named")
    return _fact(known, reading, endpoint, population, "p_value", Figures(p_value=p))


def _tests(entry: Entry) -> bool:
    """Whether a p-value may be of a comparison: its column or row says so, or it stands in for an effect."""
    return entry.column.is_p or entry.row.stub.is_p or (entry.column.is_comparison and entry.column.arm is None)


def _is_overall(entry: Entry, reading: Reading) -> bool:
    """Whether a p-value is of all arms of a table with more than two."""
    arms = {other.column.arm for other in reading.entries if other.column.arm and not other.column.is_p}
    return entry.column.is_p and len(arms) > 2 and not (entry.meaning.arm or entry.meaning.comparator)


def _is_within(entry: Entry, reading: Reading) -> bool:
    """Whether a column of p-values belongs to an arm, or has one for the rows of each arm."""
    if entry.column.comparator is not None:
        return False
    column = entry.cell.column
    arms = {other.row.axis.arm for other in reading.entries if other.cell.column == column} - {None}
    return entry.column.arm is not None or len(arms) > 1


def _effect_of(datum: Datum, drafts: list[_Draft]) -> _Draft | None:
    """The effect estimate that a p-value stands beside, or the difference above it in its own column."""
    entry = datum.entry
    for draft in reversed(drafts):
        result, other = draft.result, draft.datum.entry
        if result.p_value is not None or result.statistic not in COMPARISONS:
            continue
        if entry.column.is_p:
            if other.row.index == entry.row.index and result.comparator and entry.column.arm in (None, result.arm):
                return draft
        elif (
            other.column is entry.column and other.row.groups == entry.row.groups and other.row.index < entry.row.index
        ):
            return draft
    return None


def _statistic(datum: Datum, compares: bool, changes: bool, percents: bool) -> tuple[str | None, Figures]:
    """The record's statistic and the figures under it: a percentage is a rate, a change from baseline a difference."""
    figures = datum.figures
    if figures.statistic == "percent" and _is_change(datum):
        return "difference", replace(figures, value=figures.percent)
    if figures.percent is not None and figures.value is None:
        return "rate", replace(figures, value=figures.percent)
    if figures.count is not None:
        rate = figures.total is not None and datum.entry.value.parts[0].kind == "slash"
        return "count", figures if rate else replace(figures, statistic="count")
    if compares or figures.statistic in COMPARISONS:
        return (effect := _effect(datum)), replace(figures, statistic=effect)
    if figures.statistic in MIDDLES:
        changed = (changes or _is_change(datum)) and figures.statistic == "mean"
        return ("difference" if changed else MIDDLES[figures.statistic]), figures
    if figures.value is not None and _is_change(datum):
        return "difference", figures
    return _bare(datum, percents)


def _effect(datum: Datum) -> str | None:
    """What compares two arms: a ratio, or a difference where a row of means stands under "Odds ratio unless stated"."""
    figures = datum.figures
    if figures.statistic in COMPARISONS and not (_is_below(figures) and UNLESS.search(datum.entry.column.text)):
        return figures.statistic
    if RATIO.search(datum.entry.column.text) and not UNLESS.search(datum.entry.column.text):
        return None
    return "difference" if figures.ci or figures.value is not None else None


def _ratio_of(statistic: str, datum: Datum, endpoint: str) -> str:
    """Which of the ratios under "HR or OR" a number is: hazards are of times to an event, odds and risks of rates."""
    named = [name for names in datum.entry.column.statistics for name in names if name in RATIOS]
    term = endpoint_term(endpoint)
    if statistic not in named or len(named) < 2 or term is None:
        return statistic
    timed = term.attributes.get("kind") == "time-to-event"
    return next((name for name in named if (name == "hazard_ratio") == timed), statistic)


def _bare(datum: Datum, percents: bool) -> tuple[str | None, Figures]:
    """A number that nothing names: a percentage if the caption says so, else a count if it is whole, the group known and
    nothing measures it.
    """
    figures = datum.figures
    value = figures.value
    if value is None or figures.range is not None or datum.meaning.unit or value < 0:
        return None, figures
    if percents and value <= 100 and len(datum.entry.value.parts) == 1:
        return "rate", figures
    if "." in str(value):
        return None, figures
    size = datum.entry.size
    return ("count", replace(figures, count=int(value))) if size is not None and value <= size else (None, figures)


def _is_change(datum: Datum) -> bool:
    row = datum.entry.row
    texts = [row.stub.text, datum.entry.column.text]
    if row.stub.timepoint is None and not row.stub.names:
        texts.extend(group.text for group in row.groups)
    return any(IS_CHANGE.search(text) for text in texts)


def _impossible(figures: Figures, datum: Datum) -> bool:
    """Whether a count is larger than its group, or a ratio is below zero."""
    if figures.statistic in RATIOS and _is_below(figures):
        return True
    total = figures.total if figures.total is not None else datum.entry.size
    return figures.count is not None and total is not None and figures.count > total


def _is_below(figures: Figures) -> bool:
    return figures.value is not None and figures.value < 0


def _fact(
    datum: Datum, reading: Reading, endpoint: str, population: str | None, statistic: str, figures: Figures
) -> Result:
    axis = datum.meaning
    time = axis.timepoint or reading.caption.timepoint
    values: dict[str, Any] = {
        "endpoint": endpoint,
        "arm": axis.arm,
        "comparator": axis.comparator,
        "population": population or axis.population,
        "statistic": statistic,
        "value": figures.count if statistic == "count" else figures.value,
        "not_reached": figures.not_reached,
        "unit": _unit(datum, statistic, figures),
        "count": figures.count,
        "total": figures.total,
        "sd": figures.sd,
        "se": figures.se,
        "range": figures.range,
        "ci": _with_level(figures.ci, datum, reading),
        "p_value": figures.p_value,
        "assessment": assessment(datum.entry.column.text) if endpoint in JUDGED else None,
        "timepoint": "baseline" if START.fullmatch(time or "") else time if time and time[0].isdigit() else None,
        "evidence": datum.evidence,
        "rule": f"tables.results.{statistic}",
    }
    return Result.model_validate(values)


def _with_level(ci: Interval | None, datum: Datum, reading: Reading) -> Interval | None:
    """An interval with the level that head, stub or caption print ("95% CI")."""
    if ci is None or ci.level is not None:
        return ci
    row = datum.entry.row
    printed = (text for entry in datum.entries for text in (entry.value.text, entry.column.text))
    texts = (row.stub.text, *printed, *(group.text for group in row.groups), reading.caption.text)
    match = next((found for text in texts if (found := LEVEL.search(text))), None)
    return ci.model_copy(update={"level": decimal(match["level"])}) if match else ci


def _unit(datum: Datum, statistic: str, figures: Figures) -> str | None:
    if statistic == "rate":
        return "%"
    if statistic == "difference" and _is_change(datum) and datum.entry.column.statistics[:1] == (("percent",),):
        return "%"
    if statistic in ("mean", "median", "difference") and figures.value is not None:
        if next((part.kind for part in datum.entry.value.parts if part.kind != "size"), None) == "percent":
            return "%"
        return datum.meaning.unit or datum.meaning.printed_unit or unit_code(datum.entry.value.unit)
    return None
