"""The trial's own results in running text: a measure bound to an endpoint, an arm and a time point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.arm_book import ArmMention
from extractor.asides import is_bound
from extractor.attribution import EFFECTS, OWN_KINDS, is_own, leads_on
from extractor.bindings import Bound, Context, bindings
from extractor.comparisons import comparisons
from extractor.counts import with_counts
from extractor.endpoints import RESPONSE
from extractor.language import TermMatch
from extractor.limited_outcomes import with_limits
from extractor.marker_findings import numbers_of_markers
from extractor.measures import measures
from extractor.movements import befores
from extractor.outcome_names import Declared, declared, outcomes, survivals, without_events_of_ratios
from extractor.phrased_outcomes import phrased, told_by_verbs
from extractor.reading import Sentence
from extractor.shares import going_on as numbers_going_on
from extractor.shares import shares
from extractor.spreads import Measure
from extractor.states import states
from extractor.study import Rejected, Study
from extractor.subgroups import Group, diseases, going_on, groups, is_group
from extractor.trial_tools import assessment
from ontology import regex as re
from ontology.record import Endpoint, Result

# Outcomes that depend on who judged a scan, and by what.
JUDGED = RESPONSE | {"progression-free survival", "duration of response"}
PROPORTIONS = frozenset({"rate", "time-to-event"})
PRINTED = {"change": "difference"}
# Sets that are analysed are no groups by themselves.
ANALYSED = re.compile(r"(?:modified )?intent(?:ion)?[- ]to[- ]treat|per[- ]protocol|m?ITT$|PP$|FAS$", re.IGNORECASE)
GUESSED = "results.by_order"
# What a value says of the one that is joined to it.
LEADING = frozenset({"change", "difference", "mean", "median"})
ALIKE = {"change": ("rate", "mean"), "difference": ("rate", "mean", "change")}
BRACKETED = re.compile(r"\([^()]*\)")
NO_PROSE = frozenset({"heading", "title", "caption", "footnote"})
NUMERIC = re.compile(r"\d|not (?:yet )?reached|patients")
ASIDE_TITLE = re.compile(
    r"\b(?:safety|toxicit\w+|adverse|tolerab\w+|baseline|characteristics|demographic\w*|compliance|exposure|patient population|enrol\w+|recruitment|disposition)\b",
    re.IGNORECASE,
)
# A change of nothing that is named is that of the primary endpoint: "The mean change from baseline at week 12 was ...".
CHANGE_ALONE = re.compile(
    r"^(?:(?:At|After) [^,;]{3,30}, )?(?:the )?(?:(?:adjusted|estimated|mean|median|average|LS|least[- ]squares|model-based) )+(?P<name>changes? from baseline)"
    r"(?: (?:at|to|through|after) (?:week|month|day|year)?\s?\d+(?: (?:weeks|months|days|years))?)? (?:was|were)\b",
    re.IGNORECASE,
)
# A sentence that still speaks of the outcome of the one before.
GOES_ON = re.compile(
    r"(?:(?:In|For|Among|At|After) [^,]{3,70}, )?(?:(?:it|this|(?:the |these )?(?:corresponding |respective )?(?:values|rates|figures|proportions|percentages|medians|means)"
    r"|(?:the|this|these) (?:observed |overall )?(?:differences?|reductions?|increases?|improvements?|changes?|effects?))\b[^.;()]{0,50}? (?:was|were|did|reached)\b)",
    re.IGNORECASE,
)
# The parts of an abstract that give no results.
PLANNED = re.compile(
    r"(?![^.]*\b(?:results|findings)\b)(?:background|introduction|objectives?|aims?|purpose|rationale|(?:patients|materials?|subjects)(?: and|,|$)|methods?|design|setting|interventions?|participants|trial regist|keywords?)",
    re.IGNORECASE,
)
# The labels of an abstract that is one paragraph, or one for each label.
LABEL = re.compile(
    r"(?:^|[.?!)] )(?P<label>(?:background|introduction|objectives?|aims?|purpose|patients|materials?|methods?|design|setting|interventions?|participants|main outcomes?|outcomes?"
    r"|results|findings|conclusions?|interpretation|discussion|trial registration|funding)[^.:()]{0,40}): ",
    re.IGNORECASE,
)
# "HbA1c decreased by 0.8%", "a reduction of 12%"
CHANGED_TO = re.compile(
    r"\b(?:decreas|increas|reduc|declin|improv|f[ae]ll|rose|ris|dropp?|lower|chang)\w*(?: \w+ly)?(?: from baseline)? (?:by|of)(?: an?)?(?: (?:mean|median|average))?(?: of)? ?[-+]?$",
    re.IGNORECASE,
)
# "mean (SD)", "mean ± SE", "0.12 (SE 0.02)"
SPREAD_SAID = re.compile(
    r"(?:±|\+/-|[(\[]|\bwith|\band|,)\s?(?:their |the )?(?:(?P<error>SEMs?\b|SEs?\b|standard errors?)|SDs?\b|standard deviations?)",
    re.IGNORECASE,
)
INTERVAL = re.compile(r"\bCIs?\b|\bconfidence interval")
# "reduced the relapse rate by 56%", "the difference in rates between the groups was 6%"
CHANGED_BY = re.compile(r"\b(?:reduc|increas|decreas|lower|improv)\w*\b[^.;%]{0,80}\bby (?:an? )?[-+]?$", re.IGNORECASE)
DIFFERENCE_IS = re.compile(
    r"\bdifference\b(?! from baseline)(?:[^.;()%]{0,100}\b(?:was|of)|[,:=]?) [-+]?$", re.IGNORECASE
)
SHARE = re.compile(r"\b(?:cumulative incidence|survival|probability|rates?)\b", re.IGNORECASE)


def results(study: Study) -> Iterator[Result | Rejected]:
    """The results that the abstract and the results section print in prose."""
    found = list(_all(study))
    yield from without_repeats(found)


def without_repeats(found: list[Result | Rejected]) -> Iterator[Result | Rejected]:
    """No bare p-value that an effect estimate has, no bare count that a rate has, on the same endpoint, and no value of
    an arm that was guessed where the paper says it of another.
    """
    facts = [item for item in found if isinstance(item, Result)]
    told = {(_what(f), f.arm) for f in facts if f.rule != GUESSED}
    values = {what for what, _ in told}
    chances = {(f.endpoint, f.p_value.value) for f in facts if f.statistic in EFFECTS and f.p_value}
    counts = {(f.endpoint, f.arm, f.count) for f in facts if f.statistic == "rate" and f.count is not None}
    for item in found:
        if isinstance(item, Result):
            if item.statistic == "p_value" and item.p_value and (item.endpoint, item.p_value.value) in chances:
                continue
            if item.statistic == "count" and (item.endpoint, item.arm, item.count) in counts:
                continue
            if item.rule == GUESSED and _what(item) in values and (_what(item), item.arm) not in told:
                continue
        yield item


def _what(fact: Result) -> tuple[object, ...]:
    """A value and what it is of, without the arm."""
    return fact.endpoint, fact.statistic, fact.value, fact.unit


def _all(study: Study) -> Iterator[Result | Rejected]:
    own = declared(study.reading, (item for item in study.endpoints if isinstance(item, Endpoint)))
    errors = prints_errors(sentence.text for sentence in study.reading.sentences if sentence.kind == "methods")
    last: tuple[Bound, ...] = ()
    for before, sentence in pairwise((None, *study.reading.sentences)):
        if sentence is None or sentence.passage.kind in NO_PROSE or sentence.kind not in OWN_KINDS:
            continue
        above = before if before is not None and before.passage is sentence.passage else None
        last = last if above else ()
        if not NUMERIC.search(sentence.text) or not is_own(sentence):
            continue
        if sentence.kind == "abstract" and _is_planned(sentence):
            continue
        known = _named(study, sentence, own)
        bound: list[Bound] = []
        for item in _sentence_results(study, sentence, above, own, known or carried(sentence.text, last), last):
            if isinstance(item, Bound):
                bound.append(item)
                yield _result(sentence, item, errors or prints_errors([sentence.text]))
            else:
                yield item
        last = tuple(bound) if known else last


def _is_planned(sentence: Sentence) -> bool:
    """Whether a sentence stands in a part of the abstract that gives no results, by its section or the label before it."""
    labels = [match["label"] for match in LABEL.finditer(sentence.passage.search, 0, sentence.start + 1)]
    opens = LABEL.match(sentence.text)
    label = opens["label"] if opens else labels[-1] if labels else sentence.passage.section.title
    return bool(PLANNED.match(label))


def carried(text: str, last: Sequence[Bound]) -> list[TermMatch]:
    """The outcome of the sentence before, where this one goes on with it: "The difference was significant"."""
    return [TermMatch(last[-1].endpoint.term, 0, 0)] if last and GOES_ON.match(text) else []


def _sentence_results(
    study: Study,
    sentence: Sentence,
    above: Sentence | None,
    own: Declared,
    known: list[TermMatch],
    last: Sequence[Bound],
) -> Iterator[Bound | Result | Rejected]:
    if not known:
        return
    text, mentions = sentence.text, study.arms.find(sentence.text)
    people = _people(study, sentence, above.text if above else "")
    known = [m for m in known if not any(group.start <= m.start < group.end for group in people)]
    known = without_events_of_ratios(text, known)
    found = _measures(study, sentence, known, own)
    bounds = [measure for measure in found if is_bound(text, measure)]
    yield from (_rejected(sentence, measure, "a bound or part of a definition, not a value") for measure in bounds)
    moved = befores(text, found, mentions)
    yield from (_rejected(sentence, measure, "a value before treatment") for measure in moved)
    found = [_signed(text, measure) for measure in found if measure not in bounds and measure not in moved]
    shared = shares(text, found, mentions)
    more = shared.measures or numbers_going_on(text, found, mentions)
    found = sorted((*_changes(text, found, mentions), *more), key=lambda measure: measure.start)
    compares = len({item.owner.arm for item in last if item.owner.arm}) == 2
    context = Context(
        study, sentence, found, known, mentions, people, above.text if above else "", shared.owners, compares
    )
    items = list(bindings(context)) if found else []
    yield from items
    yield from comparisons(context, [item for item in items if isinstance(item, Bound)])


def _named(study: Study, sentence: Sentence, own: Declared) -> list[TermMatch]:
    """The outcomes that a sentence names: known ones, and in a section on results those in words of its own."""
    known = with_limits(sentence.text, outcomes(study.reading, sentence, own))
    told = {match.term.name for match in known}
    known += [match for match in survivals(sentence.text, own) if match.term.name not in told]
    title = sentence.passage.section.title
    if ASIDE_TITLE.search(title) and not any(name in title.lower() for name in own.terms):
        return known
    known += [*told_by_verbs(study.reading, sentence, known), *states(sentence.text, known)]
    heard = " ".join((study.reading.title, *own.terms))
    known = sorted((*known, *phrased(study, sentence, known, heard)), key=lambda match: match.start)
    alone = CHANGE_ALONE.search(sentence.text) if own.primary and not known else None
    return [TermMatch(own.primary, *alone.span("name"))] if own.primary and alone else known


def _people(study: Study, sentence: Sentence, above: str) -> list[Group]:
    """The groups of patients that a sentence names, or the one of the sentence `above` that it goes on with."""
    people = groups(sentence.text, study.arms) or diseases(sentence)
    people = people or (going_on(above, sentence.text, study.arms) if above else [])
    shorts = study.reading.abbreviations
    people = [replace(group, name=shorts.get(group.name, group.name)) for group in people if is_group(group, shorts)]
    # "in patients with psoriasis" means everybody in a trial of psoriasis.
    return [g for g in people if g.name.lower() not in study.reading.title and not ANALYSED.match(g.name)]


def _measures(study: Study, sentence: Sentence, known: list[TermMatch], own: Declared) -> list[Measure]:
    """The measures and counts of a sentence, without the numbers of a marker that is no endpoint."""
    survival = any(match.term.attributes.get("kind") == "time-to-event" for match in known)
    told = bool(INTERVAL.search(sentence.passage.text))
    found = with_counts(sentence.text, measures(sentence.text, survival=survival, told=told), known)
    aside = [] if own.markers else numbers_of_markers(study, sentence)
    limits = [(match.start, match.end) for match in known if match.term.attributes.get("kind") == "rate"]
    taken = [*aside, *limits]
    return [m for m in found if m.statistic != "other" and not any(a <= m.start < b for a, b in taken)]


def _rejected(sentence: Sentence, measure: Measure, reason: str) -> Rejected:
    evidence = sentence.evidence(measure.start, measure.end)
    return Rejected("results.prose", sentence.text[measure.start : measure.end], reason, evidence)


def _changes(text: str, found: list[Measure], mentions: Sequence[ArmMention]) -> list[Measure]:
    """Values joined to a change or mean are what it is: "decreased by 12% with A and 3% with B"."""
    told = found[:1]
    for measure in found[1:]:
        last = next((m for m in reversed(told) if not _in_bracket(text, m.start, measure.start)), told[-1])
        alike = ALIKE.get(last.statistic, ("rate",))
        open_ones = last.statistic in LEADING and measure.statistic in alike and measure.count is None
        plain = BRACKETED.sub(lambda match: " " * len(match[0]), text)
        goes_on = open_ones and last.unit == measure.unit and leads_on(last, measure, plain, mentions)
        told.append(replace(measure, statistic=last.statistic) if goes_on else measure)
    return told


def _in_bracket(text: str, place: int, end: int) -> bool:
    """Whether a place is in a bracket that closes before the end."""
    opened = text.rfind("(", 0, place)
    return opened > text.rfind(")", 0, place) and ")" in text[place:end]


def _signed(text: str, measure: Measure) -> Measure:
    """A percentage printed with its sign is a change ("from baseline (-41%)"); one with its error is a rate still."""
    if measure.statistic == "mean" and measure.unit == "%" and measure.sd is not None:
        return replace(measure, statistic="rate")
    before = text[: measure.start]
    sign = re.search(r"(?:^|[\s(:\[])([-+])$", before)
    if measure.count is not None or measure.value is None:
        return measure
    if measure.statistic in ("rate", "mean") and DIFFERENCE_IS.search(before):
        minus = bool(sign and sign[1] == "-" and measure.value > 0)
        value, start = (-measure.value, measure.start - 1) if minus else (measure.value, measure.start)
        return replace(measure, statistic="difference", value=value, start=start)
    if measure.statistic in ("rate", "mean") and not sign and (CHANGED_TO.search(before) or CHANGED_BY.search(before)):
        return replace(measure, statistic="change")
    if measure.statistic != "rate" or not sign:
        return measure
    value = -measure.value if sign[1] == "-" else measure.value
    return replace(measure, statistic="change", value=value, start=measure.start - 1)


def prints_errors(texts: Iterable[str]) -> bool:
    """Whether texts say that means stand with their standard errors, and never with deviations."""
    said = [match for text in texts if "ean" in text for match in SPREAD_SAID.finditer(text)]
    return any(match["error"] for match in said) and all(match["error"] for match in said)


def _result(sentence: Sentence, bound: Bound, errors: bool) -> Result:
    """What is bound, as a result; `errors` where the spreads of means are their standard errors."""
    measure, endpoint = bound.measure, bound.endpoint
    # A survival rate printed as 72.3 ± 7.5 % has its standard error behind the sign.
    kind = endpoint.term.attributes.get("kind")
    rate = measure.sd is not None and (kind in PROPORTIONS or bool(SHARE.search(sentence.text)))
    mean = measure.sd is not None and not (rate and measure.statistic == "rate")
    return Result.model_validate(
        {
            "endpoint": endpoint.term.name,
            "arm": bound.owner.arm,
            "comparator": bound.owner.comparator,
            "population": bound.population,
            "statistic": "mean"
            if mean and measure.statistic != "change"
            else PRINTED.get(measure.statistic, measure.statistic),
            "value": measure.value,
            "not_reached": measure.not_reached,
            "unit": measure.unit,
            "count": measure.count,
            "total": measure.total,
            "sd": measure.sd if mean and not errors else None,
            "se": None if mean and not errors else measure.sd,
            "range": measure.range,
            "ci": measure.ci,
            "p_value": measure.p_value if measure.statistic in EFFECTS else None,
            "timepoint": bound.timepoint,
            "assessment": assessment(sentence.text, measure.start) if endpoint.term.name in JUDGED else None,
            "evidence": (
                *sentence.evidence(measure.start, measure.reach or measure.end),
                *(sentence.evidence(endpoint.start, endpoint.end) if endpoint.end else ()),
            ),
            "rule": GUESSED if bound.owner.guessed else "results.prose",
        }
    )
