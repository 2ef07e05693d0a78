"""Results from tables: rates, means, medians and effects of endpoints by arm, comparison and time point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from extractor.quantities import decimal
from extractor.results import JUDGED
from extractor.study import Rejected, Study
from extractor.tables.data import Datum, Reading, data, fraction, placed, read_tables, rejected, total_of
from extractor.tables.figures import Figures
from extractor.tables.grid import Entry
from extractor.tables.print import caption_text, label
from extractor.tables.wording import COMPARISONS, read_wording
from extractor.trial_tools import assessment
from extractor.units import unit_code
from ontology.glyphs import fold
from ontology.record import Interval, Result
from ontology.terms import Term, terms

KINDS = frozenset(("results", "pharmacokinetic"))
CHANGE = re.compile(
    r"[\s,(]*\b(?:(?:mean|adjusted|absolute|percent(?:age)?|relative|ls|least squares) )*(?:changes?|Δ)(?: ?\(%\))?"
    r"(?: (?:from|vs\.?|versus|relative to|to|at|in|over) (?:the )?(?:baseline|pre-?treatment|start|study entry))?\b[\s,)]*(?:from baseline)?",
    re.IGNORECASE,
)
IS_CHANGE = re.compile(
    r"^(?:adjusted )?Δ|\b\d+ ?(?:w|wks?|weeks?|m|mo|months?) ?- ?(?:0|baseline)\b|\bchanges?\b(?! of (?:therapy|treatment))|\b(?:decrease|increase|reduction|improvement)s? from baseline\b",
    re.IGNORECASE,
)
# Headings that only divide a table of results.
SECTION = re.compile(
    r"^(?:(?:co-?)?(?:primary|secondary|other|exploratory|safety|efficacy|additional|main|key|clinical|laboratory|functional|study)"
    r"(?: and \w+)*\s?)+(?:end-?\s?points?|outcomes?|variables?|parameters?|measures?|results?|efficacy|analys[ei]s|scores?|findings?)?"
    r"(?: \w+ measures?)?:?$|^(?:outcomes?|results?|variables?|parameters?|end-?points?|characteristics?|baseline)$",
    re.IGNORECASE,
)
SECTION_LEAD = re.compile(
    r"^(?:co-?)?(?:primary|secondary|key secondary|exploratory|other) (?:efficacy )?(?:end-?points?|outcomes?|variables?)\s?[:-]\s?",
    re.IGNORECASE,
)
SUBGROUP = re.compile(
    r"\b(?:subgroups?|populations?|patients (?:with|without|who|in)|stratum|cohorts?|subset|completers?|only)\b|\b(?:positive|negative)$",
    re.IGNORECASE,
)
# Rows that are a part of the patients, not an outcome.
SUBGROUP_ROW = re.compile(
    r"^(?:all|overall)(?: (?:patients|participants|subjects|women|men))?\b(?! \w)|\b(?:ter|quar|quin)tiles?\b|^(?:(?:fe)?males?|(?:wo)?men)$"
    r"|^(?:age )?(?:[<>≤≥] ?\d+|\d+ ?- ?\d+)\s?(?:years|yrs?|y)$|^(?:ITT|PP|per[- ]protocol|intention[- ]to[- ]treat)$",
    re.IGNORECASE,
)
# Rows that say of how many nothing is known.
NO_RESULT = re.compile(
    r"^n(?: at .*)?$|^(?:unavailable|missing(?: data)?|unknown|not (?:available|evaluated|evaluable|assessed|known|done|reported)|n|total|patients)$",
    re.IGNORECASE,
)
# A caption without what it says of the table itself: "Comparison of mean VAS scores in the two groups" is "VAS scores".
CAPTION_LEAD = re.compile(
    r"^(?:(?:table \w+|summary|comparisons?|results?|changes?|effects?|differences?|analys[ei]s|the|a|mean|median|of|in|on|proportion"
    r"|number|percentage|distribution|values?|main|overall|observed|average|postoperative|patients?|achieving|with|experiencing)\b[\s:,.-]*)+",
    re.IGNORECASE,
)
CAPTION_TAIL = re.compile(
    r"\s*(?:\(|\b(?:between|among|by|in (?:the|both|all|each|patients|two|three)|for (?:the|both|all)|at|after|before|during|according|across|of (?:the|both|patients)"
    r"|following|with|from|over|through|per)\b|[.,;:]).*$",
    re.IGNORECASE,
)
WITHIN = re.compile(r"\b(?:baseline|within|intra|pre|before|paired|time)\b", re.IGNORECASE)
# Words of a column's head that name no population.
GENERIC = re.compile(
    r"^(?:values?|scores?|results?|observed|outcomes?|parameters?|variables?|(?:un)?adjusted.*|estimates?|total|overall|all|frequency|patients|group|groups"
    r"|treatments?|treatment group|response|data|cases?|events?)$",
    re.IGNORECASE,
)
NO_NAME = re.compile(r"^(?:\(.*\)|[^A-Za-z0-9]*|[^A-Za-z]*\bof\b[^A-Za-z]*)$")
LEVEL = re.compile(r"(?P<level>\d\d(?:\.\d+)?) ?% ?(?:CI|confidence)", re.IGNORECASE)
LOOSE_ENDS = re.compile(
    r"^(?:in|of|for|from|at|to|the|and)\s+|\s(?:from|to|at|in|of|and)$|^(?:from|to|at|in|of|and|the)$", re.IGNORECASE
)
VAGUE = re.compile(
    r"\b(?:end-?\s?points?|outcomes?|efficacy|results?|measures|parameters?|findings|variables?|treatments?|analys[ei]s)\b",
    re.IGNORECASE,
)
WORDS = re.compile(r"[a-z0-9]+")
GENERIC_STEMS = frozenset("rate time score level to of the in total overall incidence proportion".split())
RATIOS = COMPARISONS - {"difference"}
MAX_WORDS = 14
MAX_FROM_CAPTION = 8


@dataclass
class _Draft:
    """A result and the datum that it was made of."""

    result: Result
    datum: Datum


def table_results(study: Study) -> Iterator[Result | Rejected]:
    """The results that the tables of a paper print."""
    for reading in read_tables(study):
        if reading.kind in KINDS or _goes_on(reading):
            yield from _of_table(reading, study)


def _goes_on(reading: Reading) -> bool:
    """Whether a table of baseline characteristics prints the same at the end of the trial too."""
    times = {entry.column.timepoint for entry in reading.entries}
    return reading.kind == "baseline" and bool(times - {None, "baseline"})


def _of_table(reading: Reading, study: Study) -> Iterator[Result | Rejected]:
    drafts: list[_Draft] = []
    pair = _pair(reading, study)
    for datum in data(reading):
        if isinstance(datum, Rejected):
            yield datum
            continue
        found = _result(datum, reading, study, pair, drafts)
        if isinstance(found, Rejected):
            yield found
        elif found is not None:
            drafts.append(_Draft(found, datum))
    yield from (draft.result for draft in drafts)


def _pair(reading: Reading, study: Study) -> tuple[str, str] | None:
    """The two arms that an effect in this table compares: the experimental (or first) against the other."""
    labels = list(dict.fromkeys(entry.meaning.arm for entry in reading.entries if entry.meaning.arm))
    if len(labels) != 2:
        return None
    roles = {arm.label: arm.role for arm in study.arms.arms}
    if roles.get(labels[0]) == "comparator" and roles.get(labels[1]) != "comparator":
        labels.reverse()
    return labels[0], labels[1]


def _result(
    datum: Datum, reading: Reading, study: Study, pair: tuple[str, str] | None, drafts: list[_Draft]
) -> Result | Rejected | None:
    axis, figures = datum.meaning, datum.figures
    compares = figures.statistic in COMPARISONS or axis.is_comparison or datum.entry.column.is_p
    if (figures.statistic == "p_value" or (figures.p_value and not figures.is_main)) and figures.ci is None:
        return _p_value(datum, reading, pair, drafts)
    known = _compared(datum, pair, reading) if compares else placed(datum, study)
    if known is None:
        return rejected(datum.entry, "the column is no arm and no comparison")
    known = replace(known, figures=fraction(known, study))
    statistic, figures = _statistic(known, compares, reading.is_of_changes)
    if statistic is None:
        return rejected(datum.entry, "no statistic is named")
    endpoint, population = _endpoint(known, reading)
    if not endpoint or NO_RESULT.match(datum.entry.row.stub.text):
        return rejected(datum.entry, "no endpoint is named")
    if known.meaning.comparator is None:
        figures = replace(figures, total=total_of(known, figures, study))
    if _impossible(figures, known):
        return rejected(datum.entry, "an impossible number")
    return _fact(known, reading, endpoint, population, statistic, figures)


def _compared(datum: Datum, pair: tuple[str, str] | None, reading: Reading) -> Datum | None:
    """The datum with both arms of its comparison."""
    axis = datum.meaning
    if axis.arm and axis.comparator and axis.arm != axis.comparator:
        return datum
    if axis.arm and datum.entry.column.arm and not axis.comparator:  # a row of ratios, each against the reference arm
        reference = _reference(datum, reading)
        return replace(datum, meaning=replace(axis, comparator=reference)) if reference else None
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


def _p_value(
    datum: Datum, reading: Reading, pair: tuple[str, str] | None, drafts: list[_Draft]
) -> Result | Rejected | None:
    """A p-value goes to the effect of its row, else it is a comparison of its own."""
    p = datum.figures.p_value
    if p is None:
        return None
    entry = datum.entry
    if entry.column.is_p and (_is_within(entry, reading) or WITHIN.search(entry.column.text)):
        return rejected(entry, "a p-value within an arm")
    target = _effect_of(datum, drafts)
    if target is not None:
        evidence = tuple(dict.fromkeys((*target.result.evidence, *datum.evidence)))
        target.result = target.result.model_copy(update={"p_value": p, "evidence": evidence})
        return None
    known = _compared(datum, pair, reading) if entry.column.is_p or entry.row.stub.is_p else None
    if known is None or (not entry.column.is_p and entry.column.arm is not None and not entry.meaning.comparator):
        return rejected(entry, "a p-value of no known comparison")
    endpoint, population = _endpoint(known, reading)
    if not endpoint:
        return rejected(entry, "no endpoint is named")
    return _fact(known, reading, endpoint, population, "p_value", Figures(p_value=p))


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


def _statistic(datum: Datum, compares: bool, changes: bool) -> tuple[str | None, Figures]:
    """The record's statistic and the figures under it: a percentage is a rate, a change from baseline a difference."""
    figures = datum.figures
    if figures.statistic == "percent" and _is_change(datum):
        return "difference", replace(figures, value=figures.percent)
    if figures.percent is not None and figures.value is None:
        return "rate", replace(figures, value=figures.percent)
    if figures.count is not None:
        rate = figures.total is not None and datum.entry.value.parts[0].kind == "slash"
        return "count", figures if rate else replace(figures, statistic="count")
    if figures.statistic in COMPARISONS:
        return figures.statistic, figures
    if compares:
        return ("difference", figures) if figures.ci or figures.value is not None else (None, figures)
    if figures.statistic in ("mean", "median"):
        changed = changes or _is_change(datum)
        return ("difference" if changed and figures.statistic == "mean" else figures.statistic), figures
    return _bare(datum)


def _bare(datum: Datum) -> tuple[str | None, Figures]:
    """A number that nothing names: a whole one is a count where the group is known and nothing measures it."""
    figures = datum.figures
    value = figures.value
    if value is None or figures.range is not None or datum.meaning.unit or "." in str(value) or value < 0:
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
    if figures.statistic in RATIOS and figures.value is not None and figures.value < 0:
        return True
    total = figures.total if figures.total is not None else datum.entry.size
    return figures.count is not None and total is not None and figures.count > total


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
        "timepoint": time if time and (time == "baseline" or time[0].isdigit()) else None,
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
    if statistic in ("mean", "median", "difference") and figures.value is not None:
        if any(part.kind == "percent" for part in datum.entry.value.parts[:1]):
            return "%"
        return datum.meaning.unit or datum.meaning.printed_unit or unit_code(datum.entry.value.unit)
    return None


def _endpoint(datum: Datum, reading: Reading) -> tuple[str, str | None]:
    """The endpoint by its canonical name where it is curated, and the population that row or column single out."""
    row, column = datum.entry.row, datum.entry.column
    names = [bare for name in row.stub.names if (bare := _bare_name(name))]
    groups = [
        bare for group in row.groups for name in group.names if (bare := _bare_name(name)) and not SECTION.match(bare)
    ]
    own = () if column.is_p else column.names
    heads = [bare for name in own if (bare := _bare_name(name)) and not GENERIC.match(bare)]
    if any(endpoint_term(head) for head in heads) and not any(endpoint_term(name) for name in names):
        known = next(term.name for head in heads if (term := endpoint_term(head)))
        return known, ": ".join((*groups, *names)) or None
    population = next((head for head in heads if (names or groups) and axis_is_shared(datum, reading)), None)
    if names and SUBGROUP_ROW.search(names[-1]):
        measured = next((name for name in (*groups[::-1], *heads) if not SUBGROUP_ROW.search(name)), "")
        caption = caption_text(reading.table)
        if endpoint := (_joined([measured]) if measured else caption_endpoint(caption)):
            return endpoint, ": ".join(names)
    if names and (term := endpoint_term(names[-1])):
        return term.name, next((group for group in groups if SUBGROUP.search(group)), population)
    single = next((group for group in groups if SUBGROUP.search(group) and (names or len(groups) > 1)), None)
    path = [name for name in (*groups, *names) if name != single]
    if path:
        return _joined(path), single or population
    if heads:
        return _joined(heads), None
    return caption_endpoint(caption_text(reading.table)), None


def axis_is_shared(datum: Datum, reading: Reading) -> bool:
    """Whether several columns of the table belong to the datum's arm, so that their heads tell its numbers apart."""
    arm = datum.meaning.arm
    own = {entry.column.names for entry in reading.entries if entry.column.arm == arm and not entry.column.is_p}
    return arm is not None and len(own) > 1


def _joined(path: Sequence[str]) -> str:
    """The endpoint of a path of names; the curated one where a part of it is."""
    if len(path) == 1 or len(set(path)) == 1:
        term = endpoint_term(path[0])
        return term.name if term else _short(path[0])
    first = endpoint_term(path[-2])
    return f"{first.name if first else _short(path[-2])}: {_short(path[-1])}"


def _short(name: str) -> str:
    return " ".join(name.split()[:MAX_WORDS])


def _bare_name(name: str) -> str:
    """A name without "change from baseline" and the like, which the statistic says; nothing of "(OC)" is left."""
    text = SECTION_LEAD.sub("", "" if NO_NAME.match(name) else name)
    text = CHANGE.sub(" ", text) if IS_CHANGE.search(text) else text
    previous = ""
    while previous != text:
        previous, text = text, label(LOOSE_ENDS.sub("", " ".join(text.split())))
    return text


def caption_endpoint(text: str) -> str:
    """The endpoint that a caption names, for tables whose rows and columns are arms and times only."""
    sentence = text.split(". ", maxsplit=1)[0]
    for part in (sentence, *re.findall(r"\(([^()]{5,60})\)", sentence)):
        bare = label(CAPTION_TAIL.sub("", CAPTION_LEAD.sub("", read_wording(part).name)))
        term = endpoint_term(bare)
        if term:
            return term.name
        if bare and len(bare.split()) <= MAX_FROM_CAPTION and not VAGUE.search(bare):
            return bare
    return ""


def endpoint_term(name: str) -> Term | None:
    """The curated endpoint that a name is, a bracketed abbreviation or qualifier aside."""
    folded = fold(name)
    outside = re.sub(r"\s*\([^)]*\)", "", folded).strip()
    inside = re.findall(r"\(([A-Za-z0-9-]{2,8})\)", folded)
    for form in (folded, outside, re.sub(r"\s+rates?$", "", outside), *inside):
        term = _exact().get(form) or _anycase().get(form.lower())
        if term is not None:
            return term
    return None


@cache
def _exact() -> dict[str, Term]:
    """Names and acronyms as printed; as the whole of a stub an acronym needs no guard."""
    return {form: term for term in terms("endpoints") for form in term.labels if is_trusted(form, term)}


@cache
def _anycase() -> dict[str, Term]:
    found: dict[str, Term] = {}
    for form, term in _exact().items():
        if len(form) > 4 or not form.isupper():
            found.setdefault(fold(form).lower(), term)
    return found


def is_trusted(form: str, term: Term) -> bool:
    """Whether a stub that is this form means just this endpoint; some synonyms only come near it ("initial cure")."""
    if form in (term.name, term.attributes.get("abbreviation")) or term.attributes.get("field") == "oncology":
        return True
    return _stems(form) <= _stems(term.name) | GENERIC_STEMS


def _stems(text: str) -> frozenset[str]:
    """Its words without plural and without the z of American spelling."""
    return frozenset(word.rstrip("s").replace("z", "s") for word in WORDS.findall(text.lower()))
