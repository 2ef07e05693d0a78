"""The trial's own results in running text: a measure bound to an endpoint, an arm and a time point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.arm_book import ArmMention
from extractor.attribution import (
    BETWEEN,
    EFFECTS,
    OWN_KINDS,
    Owner,
    comparison,
    is_own,
    leads_on,
    listed_times,
    owners,
    parallel,
    timepoint,
)
from extractor.counts import with_counts
from extractor.endpoint_names import TIMEPOINT
from extractor.endpoints import RESPONSE, endpoints
from extractor.language import TermMatch
from extractor.marker_findings import numbers_of_markers
from extractor.measures import Measure, P, measures
from extractor.outcome_names import Declared, behind, declared, endpoint_of, fits, joint, outcomes, own_words
from extractor.quantities import p_value
from extractor.reading import Sentence
from extractor.study import Rejected, Study
from extractor.subgroups import FACTOR, OTHER_GROUPS, Group, analysis_set, compares_groups, factor, going_on, groups
from extractor.trial_tools import assessment
from ontology.record import Endpoint, Result

# Outcomes that depend on who judged a scan, and by what.
JUDGED = RESPONSE | {"progression-free survival", "duration of response"}
PROPORTIONS = frozenset({"rate", "time-to-event"})
# Characters between a value and the group right behind it.
BESIDE = 12
FAR = 60
BRACKETED = re.compile(r"^ ?\[[^\[\]]*\]\)?|\([^()]*\)")
# "four (6%) were not evaluable": no outcome was seen.
UNSEEN = re.compile(
    r"^[^.;,]{0,25}?\b(?:not (?:be )?(?:evalua\w+|assess\w+|available)|unevaluable|unknown|missing|inevaluable)\b"
)
PRINTED = {"change": "difference"}
# Without a known outcome, only such words name one.
MEASURED = re.compile(
    r"\b(?:median|mean|average|incidence|rates?|frequency|proportion|percentage|prevalence)\b", re.IGNORECASE
)
NO_PROSE = frozenset({"heading", "title", "caption", "footnote"})
NUMERIC = re.compile(r"\d|not (?:yet )?reached|patients")
# "achieving at least 75% improvement" is the endpoint's own number.
LIMIT = re.compile(r"(?:≥|>|<|≤|at least|more than|less than|greater than) ?$", re.IGNORECASE)
DEFINING = re.compile(r"\b(?:by|an?) ?$")
CHANGED_BY = re.compile(
    r"^ ?(?:or (?:more|greater) |relative |absolute )?(?:improvement|reduction|decrease|increase|decline|higher|lower|greater|difference)\b"
)
SAFETY = re.compile(
    r"\b(?:adverse|toxicit\w+|side[- ]effects?|grade [1-5≥]|grades? (?:I|II|III|IV)\b|(?-i:\bT?E?S?AEs?\b))",
    re.IGNORECASE,
)
ASIDE_TITLE = re.compile(
    r"\b(?:safety|toxicit\w+|adverse|tolerab\w+|baseline|characteristics|demographic\w*|compliance|exposure|patient population|enrol\w+|recruitment|disposition)\b",
    re.IGNORECASE,
)
BASELINE = re.compile(
    r"(?<!from )(?<!with )(?<!to )\b(?:baseline(?! to)|median age|mean age|aged?\b|were (?:male|female|men|women)|sex|demographic|years old|stage [I1-4]|enrolled|randomi[sz]ed|eligible|screened|withdr[ae]w\w*|discontinu\w+|lost to)",
    re.IGNORECASE,
)
EACH = re.compile(
    r"^[^,;.]{0,25}?\b(?:in|for|of|with) (?:both|each|either|all)(?: \w+)? (?:arms?|groups?)\b", re.IGNORECASE
)
LEADS_ON = re.compile(
    r"^(?:[\W\d]|\b(?:and|or|while|whereas|but|vs|versus|compared|with|to|than|in|at|for|of|on|the|a|an|those|that|these|this|patients|participants|subjects|women|men|children|group|groups|arm|arms|cohort|was|were|is|respectively|after|by|months?|weeks?|years?|days?|only|who|had|received|receiving|treated|treatment|therapy|given|among|from|same|other|both|fig|figure|table|[pP]|log|rank|test|n|it|median|mean|rate|rates|value|values|corresponding|also|placebo|control|controls|when|it|higher|lower|significantly|n\.?s|95|CI|HR|range|IQR|exception|did|remained|increased|decreased|reached|rose|fell|subgroup|first|second|day|week|month|year|period|phase|end|study|trial|this|cases?|out|all|evaluable|assigned|randomi[sz]ed|allocated|about|approximately|still|i|e)\b)*$",
    re.IGNORECASE,
)
# "HbA1c decreased by 0.8%", "a reduction of 12%"
CHANGED_TO = re.compile(
    r"\b(?:decreas|increas|reduc|declin|improv|fell|f[ae]ll|rose|ris|dropp?|lower|chang)\w*(?: \w+ly)?(?: from baseline)? (?:by|of)(?: an?)?(?: (?:mean|median|average))?(?: of)? ?[-+]?$",
    re.IGNORECASE,
)
CONTRAST = re.compile(r"\b(?:whereas|while|but|and|compared with)\b", re.IGNORECASE)
SHARE = re.compile(r"\b(?:cumulative incidence|survival|probability|rates?)\b", re.IGNORECASE)
# A p-value stands for a comparison of arms where the words compare.
COMPARING = re.compile(
    r"\b(?:differ\w*|higher|lower|longer|shorter|superior|better|worse|greater|fewer|more|less|similar|comparable|between|compared|versus|vs|than|improv\w+|reduc\w+|increas\w+|decreas\w+|prolong\w+|respectively)\b|%",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Context:
    """A sentence with all that its numbers can belong to."""

    study: Study
    sentence: Sentence
    found: list[Measure]
    known: list[TermMatch]
    mentions: tuple[ArmMention, ...]
    groups: list[Group]

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def sets_groups(self) -> bool:
        """Whether the sentence compares groups of patients that are no arms."""
        return not self.mentions and compares_groups(self.text, self.groups)


@dataclass(frozen=True)
class _Bound:
    """A measure with what it measures, in whom, and when."""

    measure: Measure
    endpoint: TermMatch
    owner: Owner
    population: str | None
    timepoint: str | None


def results(study: Study) -> Iterator[Result | Rejected]:
    """The results that the abstract and the results section print in prose."""
    found = list(_all(study))
    yield from without_repeats(found)


def without_repeats(found: list[Result | Rejected]) -> Iterator[Result | Rejected]:
    """No bare p-value that an effect estimate has, and no bare count that a rate has, on the same endpoint."""
    facts = [item for item in found if isinstance(item, Result)]
    chances = {(f.endpoint, f.p_value.value) for f in facts if f.statistic in EFFECTS and f.p_value}
    counts = {(f.endpoint, f.arm, f.count) for f in facts if f.statistic == "rate" and f.count is not None}
    for item in found:
        if isinstance(item, Result):
            if item.statistic == "p_value" and item.p_value and (item.endpoint, item.p_value.value) in chances:
                continue
            if item.statistic == "count" and (item.endpoint, item.arm, item.count) in counts:
                continue
        yield item


def _all(study: Study) -> Iterator[Result | Rejected]:
    own = declared(study.reading, (item for item in endpoints(study) if isinstance(item, Endpoint)))
    for before, sentence in pairwise((None, *study.reading.sentences)):
        if sentence is None or sentence.passage.kind in NO_PROSE or sentence.kind not in OWN_KINDS:
            continue
        if NUMERIC.search(sentence.text):
            yield from _sentence_results(study, sentence, before, own)


def _sentence_results(
    study: Study, sentence: Sentence, before: Sentence | None, own: Declared
) -> Iterator[Result | Rejected]:
    known = outcomes(study.reading, sentence, own)
    if not known and (not MEASURED.search(sentence.text) or ASIDE_TITLE.search(sentence.passage.section.title)):
        return
    if not is_own(sentence):
        return
    people = groups(sentence.text, study.arms)
    if before is not None and before.passage is sentence.passage and not people:
        people = going_on(before.text, sentence.text, study.arms)
    # "in patients with psoriasis" means everybody in a trial of psoriasis.
    people = [group for group in people if group.name.lower() not in study.reading.title]
    known = [m for m in known if not any(group.start <= m.start < group.end for group in people)]
    survival = any(match.term.attributes.get("kind") == "time-to-event" for match in known)
    found = with_counts(sentence.text, measures(sentence.text, survival=survival), known)
    aside = [] if own.markers else numbers_of_markers(study, sentence)
    found = [m for m in found if m.statistic != "other" and not any(a <= m.start < b for a, b in aside)]
    found = [_signed(sentence.text, measure) for measure in found]
    mentions = study.arms.find(sentence.text)
    found = _changes(sentence.text, found, mentions)
    context = _Context(study, sentence, found, known, mentions, people)
    bound: list[_Bound] = []
    for item in _bindings(context) if found else ():
        if isinstance(item, Rejected):
            yield item
        else:
            bound.append(item)
            yield _result(sentence, item)
    yield from _comparisons(context, bound)


def _changes(text: str, found: list[Measure], mentions: Sequence[ArmMention]) -> list[Measure]:
    """Values joined to a change are changes too: "decreased by 12% with A and 3% with B"."""
    told = found[:1]
    for measure in found[1:]:
        joined = told[-1].statistic == "change" and measure.statistic in ("rate", "mean") and measure.count is None
        is_change = joined and told[-1].unit == measure.unit and leads_on(told[-1], measure, text, mentions)
        told.append(replace(measure, statistic="change") if is_change else measure)
    return told


def _signed(text: str, measure: Measure) -> Measure:
    """A percentage printed with its sign is a change ("from baseline (-41%)"); one with its error is a rate still."""
    if measure.statistic == "mean" and measure.unit == "%" and measure.sd is not None:
        return replace(measure, statistic="rate")
    before = text[: measure.start]
    sign = re.search(r"(?:^|[\s(:\[])([-+])$", before)
    if measure.count is not None or measure.value is None:
        return measure
    if measure.statistic in ("rate", "mean") and not sign and CHANGED_TO.search(before):
        return replace(measure, statistic="change")
    if measure.statistic != "rate" or not sign:
        return measure
    value = -measure.value if sign[1] == "-" else measure.value
    return replace(measure, statistic="change", value=value, start=measure.start - 1)


def _bindings(context: _Context) -> Iterator[_Bound | Rejected]:
    found, text = context.found, context.text
    belongs = owners(found, context.study.arms, text)
    together = joint(found, context.known, text)
    for run in parallel(found, text, context.mentions):
        last = found[run[-1]]
        shared = _of_run(context, run, together) or own_words(
            found[run[0]], context.study.reading, context.sentence, belongs[run[0]]
        )
        of_one = len({belongs[place].arm for place in run}) == 1
        times = listed_times(text, found[run[0]].start, len(run)) if of_one else []
        for order, place in enumerate(run):
            measure, endpoint = found[place], together.get(place) or shared
            owner, population = _whose(context, run, place, belongs[place])
            reason = _objection(context, measure, endpoint, owner)
            if endpoint is None or reason:
                evidence = context.sentence.evidence(measure.start, measure.end)
                printed = text[measure.start : measure.end]
                yield Rejected("results.prose", printed, reason or "no endpoint in the sentence", evidence)
                continue
            when = times[order] if times else _when(text, measure, last, endpoint)
            for each in _each_arm(context, measure, owner):
                yield _Bound(measure, endpoint, each, population, when)


def _each_arm(context: _Context, measure: Measure, owner: Owner) -> tuple[Owner, ...]:
    """The owner of a value; every arm where it is said of both or all."""
    if owner.arm is None and measure.statistic not in EFFECTS and EACH.match(context.text[measure.end :]):
        return tuple(Owner(label) for label in context.study.arms.labels) or (owner,)
    return (owner,)


def _of_run(context: _Context, run: list[int], together: dict[int, TermMatch]) -> TermMatch | None:
    """The endpoint of parallel values: what follows the last or precedes the first, where no other noun comes between."""
    found, text = context.found, context.text
    first, last = found[run[0]], found[run[-1]]
    stop = found[run[-1] + 1].start if run[-1] + 1 < len(found) else len(text)
    begin = max((measure.reach for measure in found[: run[0]]), default=0)
    endpoint = endpoint_of(first, context.known, text, stop if last is first else first.end, begin)
    if last is not first and (endpoint is None or endpoint.start < begin):
        endpoint = behind(last, context.known, text, stop) or endpoint
    carried = endpoint is not None and endpoint.end <= begin and not together and first.statistic not in EFFECTS
    if carried and not (_carries(context, begin, first.start) or _other_group(context, run, begin)):
        return None
    return endpoint


def _other_group(context: _Context, run: list[int], begin: int) -> bool:
    """Whether like values go on with another group: "whereas patients with a low count did not (14 vs 21 months)"."""
    first, before = context.found[run[0]], context.found[run[0] - 1]
    alike = (first.statistic, first.unit) == (before.statistic, before.unit)
    return alike and bool(_groups_of(context, run)) and bool(CONTRAST.search(context.text[begin : first.start]))


def _carries(context: _Context, start: int, end: int) -> bool:
    """Whether the words between two values only lead on, so that both measure the same outcome."""
    words = context.text[start:end]
    spans = [(named.start, named.end) for named in context.mentions] + [(g.start, g.end) for g in context.groups]
    for first, last in sorted(spans, reverse=True):
        if start <= first and last <= end:
            words = words[: first - start] + words[last - start :]
    return bool(LEADS_ON.match(TIMEPOINT.sub(" ", words)))


def _when(text: str, measure: Measure, last: Measure, endpoint: TermMatch) -> str | None:
    if measure.statistic == "median" and endpoint.term.attributes.get("kind") == "time-to-event":
        return None
    return timepoint(
        text,
        min(measure.start, endpoint.start + 1) if endpoint.start > measure.end else measure.start,
        last.end,
        last.reach,
    )


def _whose(context: _Context, run: list[int], place: int, owner: Owner) -> tuple[Owner, str | None]:
    """The arm and the population of a measure; groups set against each other stand in the place of arms."""
    text, measure = context.text, context.found[place]
    single = context.study.arms.labels[0] if len(context.study.arms.arms) == 1 else None
    if measure.statistic in EFFECTS and (context.sets_groups or (FACTOR.search(text) and len(context.mentions) < 2)):
        names = list(dict.fromkeys(group.name for group in context.groups if group.end <= measure.start))
        cause = f"{names[0]} vs {names[1]}" if len(names) == 2 else _cause(context, measure.start)
        return Owner(sure=cause is not None), cause
    if context.sets_groups:
        names = _groups_of(context, run)
        if len(run) > 1 and len(names) == len(run):
            return Owner(single), names[run.index(place)]
        if len(run) > 1 and len(names) == 1 and owner.sure and owner.arm and not OTHER_GROUPS.search(text):
            return owner, names[0]
        near = _near_group(context, measure)
        return Owner(single, sure=near is not None and len(run) == 1), near
    population = analysis_set(text) or _near_group(context, measure)
    return owner, population


def _groups_of(context: _Context, run: list[int]) -> list[str]:
    """The groups named around parallel values: those before them since the last values, and those behind that no
    other values follow."""
    found = context.found
    begin = max((measure.reach for measure in found[: run[0]]), default=0)
    last = run[-1] + 1 == len(found)
    around = (g for g in context.groups if begin <= g.start and (last or g.end <= found[run[0]].start))
    return list(dict.fromkeys(group.name for group in around))


def _cause(context: _Context, start: int) -> str | None:
    """The factor of a model; a drug is no factor but an arm by another name."""
    cause = factor(context.text, start)
    drugs = [context.text[m.start : m.end] for m in context.sentence.of_kind("drugs")]
    return None if cause is None or any(drug in cause for drug in drugs) else cause


def _near_group(context: _Context, measure: Measure) -> str | None:
    """The subgroup right behind a measure, else the last one before it."""
    behind = [g for g in context.groups if g.end > measure.end and _beside(context.text, measure, g.start)]
    if behind:
        return behind[0].name
    before = [g for g in context.groups if g.end <= measure.start]
    return before[-1].name if before else None


def _beside(text: str, measure: Measure, start: int) -> bool:
    """Whether a group begins right behind a measure, brackets aside."""
    between = [BRACKETED.sub("", text[end:start]) for end in (measure.end, max(measure.end, measure.reach))]
    return min(map(len, between)) < BESIDE and start - measure.end < FAR


def _objection(context: _Context, measure: Measure, endpoint: TermMatch | None, owner: Owner) -> str | None:
    text = context.text
    if endpoint is None:
        return "no endpoint in the sentence"
    if SAFETY.search(text) and endpoint.term.attributes.get("category") != "safety":
        return "in a sentence on toxicity"
    if measure.statistic == "rate" and measure.count is None and _is_bound(text, measure):
        return "a bound or part of a definition, not a value"
    if UNSEEN.match(text[measure.end :]):
        return "patients who were not assessed"
    if BASELINE.search(text[max(0, measure.start - 60) : measure.start]):
        return "a baseline characteristic"
    if not owner.sure and (len(context.study.arms.arms) != 1 or context.sets_groups or measure.statistic in EFFECTS):
        return "no arm that is certain"
    if not fits(measure, endpoint):
        return f"a {measure.statistic} is no value of {endpoint.term.name}"
    return None


def _is_bound(text: str, measure: Measure) -> bool:
    """Whether a percentage belongs to the words: "at least 75% improvement", "a 50% reduction"."""
    before = text[: measure.start]
    return bool(LIMIT.search(before) or (DEFINING.search(before) and CHANGED_BY.match(text[measure.end :])))


def _result(sentence: Sentence, bound: _Bound) -> Result:
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
            "statistic": "mean" if mean else PRINTED.get(measure.statistic, measure.statistic),
            "value": measure.value,
            "not_reached": measure.not_reached,
            "unit": measure.unit,
            "count": measure.count,
            "total": measure.total,
            "sd": measure.sd if mean else None,
            "se": None if mean else measure.sd,
            "range": measure.range,
            "ci": measure.ci,
            "p_value": measure.p_value if measure.statistic in EFFECTS else None,
            "timepoint": bound.timepoint,
            "assessment": assessment(sentence.text, measure.start) if endpoint.term.name in JUDGED else None,
            "evidence": (
                *sentence.evidence(measure.start, measure.reach or measure.end),
                *sentence.evidence(endpoint.start, endpoint.end),
            ),
            "rule": "results.prose",
        }
    )


def _comparisons(context: _Context, bound: list[_Bound]) -> Iterator[Result]:
    """P-values that no effect estimate owns: of the values they follow, else of the endpoint named before them."""
    effects = {item.endpoint.term.name for item in bound if item.measure.statistic in EFFECTS}
    for match in P.finditer(context.text):
        value = p_value(match["p_value"], match["p_relation"])
        if (
            value is None
            or not (value.value or value.relation == "<")
            or any(m.start <= match.start() < m.reach and m.statistic in EFFECTS for m in context.found)
        ):
            continue
        owned = [item for item in bound if item.measure.start <= match.start() < item.measure.reach]
        compared = _of_values(context, owned[-1], bound) if owned else _of_words(context, match)
        if compared is None or compared.endpoint.term.name in effects:
            continue
        yield Result(
            endpoint=compared.endpoint.term.name,
            arm=compared.owner.arm,
            comparator=compared.owner.comparator,
            population=compared.population,
            statistic="p_value",
            p_value=value,
            timepoint=compared.timepoint,
            evidence=(
                *context.sentence.evidence(*match.span()),
                *context.sentence.evidence(compared.endpoint.start, compared.endpoint.end),
            ),
            rule="results.p_value",
        )


def _of_values(context: _Context, last: _Bound, bound: list[_Bound]) -> _Bound | None:
    """The comparison of a value with the ones of the other arms, or groups, on the same endpoint."""
    same = [
        item
        for item in bound
        if item.endpoint.term is last.endpoint.term and item.measure.statistic == last.measure.statistic
        and item.timepoint == last.timepoint and item.measure.start <= last.measure.start
    ]  # fmt: skip
    arms = list(dict.fromkeys(item.owner.arm for item in same if item.owner.arm))
    people = list(dict.fromkeys(item.population for item in same if item.population))
    if len(arms) == 2:
        pair = comparison(context.study.arms) or (arms[0], arms[1])
        return _Bound(last.measure, last.endpoint, Owner(*pair), last.population, last.timepoint)
    if len(arms) < 2 and len(people) == 2:
        return _Bound(last.measure, last.endpoint, Owner(), f"{people[0]} vs {people[1]}", last.timepoint)
    return None


def _of_words(context: _Context, match: re.Match[str]) -> _Bound | None:
    """The comparison of two arms that the words make: "PFS did not differ between the groups (p = 0.2)"."""
    text = context.text
    endpoint = next((e for e in reversed(context.known) if e.end <= match.start()), None)
    if endpoint is None or match.start() - endpoint.end > 160 or SAFETY.search(text) or BASELINE.search(text):
        return None
    measure = Measure("p_value", *match.span())
    cause = _cause(context, match.start()) if not context.mentions else None
    if cause and any(text[m.start : m.end] in cause for m in context.sentence.of_kind("biomarkers")):
        return None
    if cause:
        return _Bound(measure, endpoint, Owner(), cause, None)
    if not COMPARING.search(text) or context.sets_groups or FACTOR.search(text):
        return None
    labels = list(dict.fromkeys(mention.label for mention in context.mentions))
    pair = comparison(context.study.arms) or ((labels[0], labels[1]) if len(labels) == 2 else None)
    if pair is None or not (labels or BETWEEN.search(text)):
        return None
    when = timepoint(text, match.start(), match.end())
    return _Bound(measure, endpoint, Owner(*pair), analysis_set(text), when)
