"""Results of other studies that the paper quotes with a number, tied to the references they are taken from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from extractor.conditions import conditions
from extractor.drug_mentions import DrugMention, drug_mentions
from extractor.language import TermMatch
from extractor.measures import measures
from extractor.quantities import NUMBER, PEOPLE, decimal
from extractor.quotations import (
    DECIMAL,
    LINKED,
    OTHERS,
    OWN,
    QUOTING,
    STUDY,
    Quoted,
    clause_ends,
    clause_of,
    own_name,
    own_numbers,
    paragraphs,
    references_ahead,
    references_of,
    same_study,
    speaks_of_others,
)
from extractor.quoted_effects import effects_in, endpoint_of, with_effects
from extractor.quoted_outcomes import NOT_QUOTED, THAN_REPORTED, TIMES, Outcome, event_between, outcome_of, outcomes_in
from extractor.reading import Reading, Sentence
from extractor.spreads import Measure
from extractor.study import Rejected, Study
from ontology import regex as re
from ontology.record import PriorEvidence
from ontology.terms import terms

NOT_RESULT = re.compile(
    r"(?:followed up(?: for)?|follow-?up(?: (?:of|was|time|period|duration|for|a|median|:))*|duration of (?:treatment|therapy|exposure)[^.;]{0,24}|\bage\b[^.;]{0,24}|interval[^.;]{0,24}|treatment duration[^.;]{0,24}|baseline[^.;]{0,24}|accounts? for(?: \w+)?|prevalence[^.;]{0,24}|dose intensity[^.;]{0,24}"
    r"|\b(?:reduc\w+|improve\w*|decreas\w+|declin\w+|increas\w+|change\w*)\b[^.;]{0,60} by(?: at least| about| approximately| up to)?(?: \d[\d.]* ?%,? (?:and|or|to))?|≥|>|<|≤|at least|above|below|exceeding|up to|defined as[^.;]{0,40})\s?\(?$",
    re.IGNORECASE,
)
# What follows a percentage that is no rate of an outcome: an effect, a concentration, a share of something else.
NOT_RATE = re.compile(
    r"^ ?(?:(?:relative|absolute|risk|significant|mean) )*(?:reduction|increase|decrease|improvement|decline|lower|higher|greater|fewer|less|more(?! than)|loss|saline|solution|cream|gel|dextrose|glucose|of (?:all |the |maternal )*(?:births|deaths|deliveries|population|cancers|tumou?rs|all|people|adults|individuals))\b",
    re.IGNORECASE,
)
RANGED_BEFORE = re.compile(
    r"(?:\d ?%? ?-|\b[Bb]etween \d[\d.]* ?%? and|\brang\w+ (?:from|between) [\d.]+ ?%? ?(?:to|and)|(?<!from )(?<![\d.])[\d.]+ ?% ?(?:to|or))\s?$"
)
RANGED_AFTER = re.compile(r"^ ?(?:%|months?|years?)? ?(?:-|(?<=%) to) ?\d")
RANGING = re.compile(r"\b(?:rang\w+ (?:from|between)|between|range[,:]?|approximately \d+ ?-)\s?$", re.IGNORECASE)
TOTAL = re.compile(
    rf"\((?:n|N) ?= ?(?P<n>\d[\d,]*)[,;)]|\b(?:for|in|of|among|with|including|included|involving|enrolled|enrolling|treated|on|from) (?:a total of |all )?(?P<n2>\d[\d,]*) (?:[\w-]+ ){{0,4}}?{PEOPLE}\b"
)
VERSUS = re.compile(r"\b(?:vs?\.?|versus|compared (?:with|to)|than|over|against|to)\b", re.IGNORECASE)
KINDS = {
    "rate": frozenset({"rate", "time-to-event", "count"}),
    "median": frozenset({"time-to-event", "continuous", "count", "score"}),
    "mean": frozenset({"continuous", "score", "count", "time-to-event"}),
}
BESIDE = 45
# Values of which only the second has a unit: "from 7.4 to 9.6 months", "21.7 (combination) vs. 15.3 months (control)".
PAIRS = tuple(
    re.compile(form)
    for form in (
        rf"\bfrom (?P<first>{NUMBER})(?: ?%| months?)? to (?P<second>{NUMBER}) ?(?:%|months?|weeks?)",
        rf"(?<![\d.,/-])(?P<first>{NUMBER})(?: months?)? \([^()%\d]{{1,30}}\),? (?:vs?\.?|versus|and|compared with) (?P<second>{NUMBER}) (?:months?|weeks?|years?)",
    )
)
PLACEBO = re.compile(r"\bplacebo\b(?![- ]controlled)", re.IGNORECASE)
EARLIER = re.compile(
    r"\b(?:prior|previous(?:ly)?|na[iï]ve|refractory to|failed|pre-?treated|resistant to)\b[^,;.]{0,40}$", re.IGNORECASE
)
TIMED = re.compile(
    r"\b(?:\d+|one|two|three|five|ten)[ -](?:year|yr|month|mo|week|wk|day)s?\b|\brates?\b|probabilit|alive",
    re.IGNORECASE,
)
NAMED_TIME = re.compile(r"\d+-(?:year|yr|month|week|day)s?\b", re.IGNORECASE)
COMPARED = re.compile(
    r"\b(?:than|compar\w+|similar|contrast|consistent|unlike|versus|vs?|whereas|while|although|higher|lower|better|superior|inferior|in line|agreement|comparable)\b",
    re.IGNORECASE,
)
BY = re.compile(
    r"^[^,;.]{0,4}?\s?(?:\)\s?)?(?:for|with|in|on|after|by|to|receiving|of)\b(?:(?!\b(?:whereas|while|but|although)\b)[^;.]){0,30}$",
    re.IGNORECASE,
)
PAIRED = re.compile(r"^[\s%]*(?:months? )?(?:vs?\.?|versus|and|compared with|against) $", re.IGNORECASE)
TOGETHER = re.compile(
    r"^(?: [\d.]+ ?m?g(?:\/[\w²]+)?)? ?(?:\+|/|-|plus|with|combined with|in combination with) ?$", re.IGNORECASE
)
AT_BRACKET = re.compile(r"^(?: \d+ ?mg| alone| group| arm)? ?[(\[]$")
COMBINED = re.compile(r"\bthe combination(?: (?:group|arm|therapy|treatment|regimen))?\b(?! (?:of|with)\b)")
# "drug a compared with chemotherapy (10.3 vs 6.0 months)": the other side is named by no drug.
UNNAMED = re.compile(
    r"\b(?:vs?\.?|versus|compared (?:with|to)|than|over|against) (?:the |a |with )?(?:[\w-]+ ){0,2}?(?:chemotherapy|standard|conventional|best supportive|supportive|usual|observation|surgery|radiotherapy|control|no |untreated)",
    re.IGNORECASE,
)
JOINED = re.compile(r"^[^,;.]{0,40}?(?:plus|and|or|with|\+|/|-|,)[\s\w]{0,12}$", re.IGNORECASE)
STAGED = re.compile(
    r"^(?:early|metastatic|(?:locally )?advanced|recurrent|unresectable|resectable)(?:[- ]stage)? ", re.IGNORECASE
)
# What other studies do not share with the trial, where their patients are not named.
MARKED = re.compile(r"^(?:[\w-]+ )?[\w-]+-(?:positive|negative|mutated|mutant|rearranged|amplified) ", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True)
class Scope:
    """What every sentence is judged by; read only when a sentence asks."""

    study: Study

    @cached_property
    def main(self) -> str | None:
        """The disease of the trial."""
        return next((plain_condition(item.name, MARKED) for item in conditions(self.study)), None)

    @cached_property
    def own(self) -> frozenset[str]:
        """The decimals of the trial's own results."""
        return own_numbers(self.study.reading)

    @cached_property
    def acronym(self) -> re.Pattern[str] | None:
        """The name of the trial."""
        return own_name(self.study.reading)


def prior_evidence(study: Study) -> Iterator[PriorEvidence | Rejected]:
    """The results of other studies that introduction and discussion quote, and cited ones elsewhere."""
    scope = Scope(study)
    for paragraph in paragraphs(study.reading):
        if paragraph[0].sentence.kind in QUOTING or any(quoted.cites for quoted in paragraph):
            yield from _paragraph(scope, paragraph)


def _paragraph(scope: Scope, paragraph: Sequence[Quoted]) -> Iterator[PriorEvidence | Rejected]:
    """Walk through a paragraph; a sentence that goes on with a study inherits its references and drugs."""
    before: Quoted | None = None
    known: tuple[int, ...] = ()
    for place, quoted in enumerate(paragraph):
        own = OWN.search(quoted.text)
        linked = bool(before and known and not own and (LINKED.match(quoted.text) or same_study(before, quoted)))
        if quoted.cites and not own:
            known = quoted.cites[-1].numbers
        elif own and not quoted.cites:
            known = ()
        following = paragraph[place + 1] if place + 1 < len(paragraph) else None
        if speaks_of_others(quoted, linked):
            refs = known if linked or quoted.cites else references_ahead(following)
            yield from _sentence(scope, quoted, before if linked else None, refs)
        before = quoted


def _sentence(
    scope: Scope, quoted: Quoted, before: Quoted | None, known: tuple[int, ...]
) -> Iterator[PriorEvidence | Rejected]:
    """The measures of a sentence that are results of other studies."""
    text, reading = quoted.text, scope.study.reading
    outcomes = outcomes_in(reading, quoted.sentence)
    timed = any(outcome.is_time for outcome in outcomes)
    effects = tuple(effects_in(text)) if outcomes and (quoted.cites or known) else ()
    found = with_effects(_measures(text, survival=timed), effects) if outcomes else []
    if not found:
        return
    changes = {effect.measure: effect for effect in effects}
    drugs: list[DrugMention] | None = None
    for place, measure in enumerate(found):
        change = changes.get(measure)
        outcome = change.outcome(outcomes) if change else outcome_of(measure, place, found, outcomes, text)
        if outcome and not change and event_between(quoted.sentence, outcome, outcomes, measure):
            outcome = None
        reason = _objection(scope, quoted, measure, outcome)
        if outcome is None or reason:
            printed = text[measure.start : measure.end]
            evidence = quoted.sentence.evidence(measure.start, measure.end)
            yield Rejected("prior_evidence", printed, reason or "no endpoint in the sentence", evidence)
            continue
        drugs = _drugs(reading, quoted, before) if drugs is None else drugs
        fact = _fact(scope, (quoted, before), measure, outcome)
        start = clause_of(measure, quoted)
        given = drugs_of(measure, place, found, [drug for drug in drugs if drug.start >= start] or drugs, text)
        refs = references_of(measure, place, found, quoted) or known
        yield fact.model_copy(update={"drugs": given, "references": refs})


def _fact(scope: Scope, context: tuple[Quoted, Quoted | None], measure: Measure, outcome: Outcome) -> PriorEvidence:
    """A fact on a measure; the condition of a sentence that names none is that of the one before."""
    quoted, before = context
    condition = _condition(quoted.sentence, measure) or (before and _condition(before.sentence, measure))
    return PriorEvidence(
        condition=condition or scope.main,
        endpoint=endpoint_of(outcome.name, measure, quoted.text),
        statistic=measure.statistic,
        value=measure.value,
        unit=measure.unit,
        total=measure.total or _total(quoted.text, measure, clause_of(measure, quoted)),
        evidence=quoted.sentence.evidence(measure.start, measure.reach or measure.end),
        rule="prior_evidence.quoted",
    )


def _drugs(reading: Reading, quoted: Quoted, before: Quoted | None) -> list[DrugMention]:
    """The drugs of a sentence; a sentence without any goes on with those of the one before."""
    drugs = _given(reading, quoted.sentence)
    if not before:
        return drugs
    if not drugs:
        return [DrugMention(drug.name, 0, 0) for drug in _given(reading, before.sentence)]
    combined = [match.span() for match in COMBINED.finditer(quoted.text)]
    names = dict.fromkeys(drug.name for drug in _given(reading, before.sentence)) if combined else {}
    if len(names) > 1:
        drugs += [DrugMention(name, *span) for span in combined for name in names if name != "placebo"]
    return sorted(drugs, key=lambda drug: drug.start)


def _measures(text: str, *, survival: bool) -> list[Measure]:
    """The measures of a sentence, with the first of a pair that shares its unit."""
    read = measures(text, survival=survival)
    found = [measure for measure in read if measure.statistic != "other" and measure.value is not None]
    for match in (match for form in PAIRS for match in form.finditer(text)):
        second = next((m for m in found if m.start <= match.start("second") < m.end), None)
        if second and all(m.end <= match.start("first") or m.start >= match.end("first") for m in found):
            first = replace(second, start=match.start("first"), end=match.end("first"), value=decimal(match["first"]))
            found.append(replace(first, count=None, total=None, ci=None, p_value=None, reach=match.end("first")))
    return sorted(found, key=lambda measure: measure.start)


def _given(reading: Reading, sentence: Sentence) -> list[DrugMention]:
    """The drugs named in a sentence but those that patients had before."""
    placebos = [DrugMention("placebo", *match.span()) for match in PLACEBO.finditer(sentence.text)]
    found = sorted([*drug_mentions(reading, sentence), *placebos], key=lambda drug: drug.start)
    return [drug for drug in found if not EARLIER.search(sentence.text[: drug.start])]


def _objection(scope: Scope, quoted: Quoted, measure: Measure, outcome: Outcome | None) -> str | None:
    """Why a measure is no single result of another study."""
    text = quoted.text
    before, after = text[max(0, measure.start - 60) : measure.start], text[measure.end : measure.end + 40]
    if RANGED_BEFORE.search(before) or RANGED_AFTER.match(after) or RANGING.search(before):
        return "one end of a range"
    if _is_own(scope, quoted, measure) or _is_known(scope, quoted, measure):
        return "a result of this study"
    if measure.statistic == "difference":
        return _misfit(measure, outcome, text) if outcome else None
    if NOT_RESULT.search(before) or NAMED_TIME.match(text[measure.start : measure.end + 2]):
        return "no result"
    if measure.statistic == "rate" and NOT_RATE.match(after):
        return "no rate of an outcome"
    return _misfit(measure, outcome, text) if outcome else None


def _misfit(measure: Measure, outcome: Outcome, text: str) -> str | None:
    """Why a measure is no value of an endpoint."""
    if outcome.kind in NOT_QUOTED:
        return f"{outcome.kind} is not quoted"
    allowed = KINDS.get(measure.statistic)
    if allowed and outcome.kind and outcome.kind not in allowed:
        return f"a {measure.statistic} is no value of {outcome.name}"
    if measure.unit in TIMES and not outcome.is_time:
        return "a length of time"
    if outcome.is_time and measure.statistic == "rate":
        near = text[max(0, min(outcome.start, measure.start) - 14) : max(outcome.end, measure.end) + 6]
        return None if TIMED.search(near) else "a share of patients"
    return None


def _is_own(scope: Scope, quoted: Quoted, measure: Measure) -> bool:
    """Whether the nearest word that says whose result it is says "ours"."""
    text = quoted.text
    owns = [match.end() for form in (OWN, scope.acronym) if form for match in form.finditer(text)]
    told = THAN_REPORTED.search(text, measure.end)
    if told and not any(measure.end <= cite.place <= told.start() for cite in quoted.cites):
        return True
    if not owns:
        return False
    last = max((place for place in owns if place <= measure.start), default=None)
    if last is None:
        return not any(cite.place <= measure.start + BESIDE for cite in quoted.cites)
    between = text[last : measure.start]
    if (
        OTHERS.search(between)
        or STUDY.search(between)
        or any(last <= cite.place <= measure.start for cite in quoted.cites)
    ):
        return False
    ahead = next((cite for cite in quoted.cites if cite.place >= measure.end), None)
    if ahead is None or clause_ends(text[measure.reach or measure.end : ahead.place]):
        return True
    return not COMPARED.search(between) or bool(OWN.search(text, measure.end, ahead.place))


def _is_known(scope: Scope, quoted: Quoted, measure: Measure) -> bool:
    """Whether the discussion repeats a number of the trial, or names one of its arms, without naming a study."""
    text = quoted.text
    if (
        quoted.sentence.kind == "introduction"
        or STUDY.search(text[: measure.start])
        or OTHERS.search(text[: measure.start])
    ):
        return False
    repeated = DECIMAL.findall(text[measure.start : measure.end])
    if repeated and all(number in scope.own for number in repeated):
        return True
    if len({mention.label for mention in scope.study.arms.find(text)}) > 2:
        return True
    return any(mention.firm for mention in scope.study.arms.find(text[max(0, measure.start - 80) : measure.end + 60]))


def drugs_of(
    measure: Measure, place: int, found: Sequence[Measure], drugs: Sequence[DrugMention], text: str
) -> tuple[str, ...]:
    """The drugs of a measure: those named beside it, the one of a compared pair, else those named before it."""
    stop = found[place + 1].start if place + 1 < len(found) else len(text)
    beside = [drug for drug in drugs if measure.end <= drug.start < stop]
    if listed := _in_order(measure, place, found, drugs, text):
        return listed
    if beside and beside[0].start - measure.end <= BESIDE and BY.match(text[measure.end : beside[0].start]):
        return _names(_joined(beside, text))
    groups = _arms([drug for drug in drugs if drug.end <= measure.start] or drugs, text)
    pair = _pair(measure, place, found, text)
    if pair:
        sides = _arms([drug for drug in drugs if drug.end <= pair[0].start], text)
        if len(sides) > 1:
            return _names(sides[-2:][pair.index(measure)])
        if sides and measure is pair[1] and UNNAMED.search(text, sides[-1][-1].end, pair[0].start):
            return ()
    elif groups and groups[-1][-1].end and AT_BRACKET.match(text[groups[-1][-1].end : measure.start]):
        return _names(groups[-1])
    if groups and measure.statistic.endswith("_ratio"):
        return _names(groups[0])
    preceding = [drug for drug in drugs if drug.end <= measure.start]
    return _names(preceding or drugs)


def _in_order(
    measure: Measure, place: int, found: Sequence[Measure], drugs: Sequence[DrugMention], text: str
) -> tuple[str, ...]:
    """The regimen of a value told "respectively": "A alone and A plus B led to rates of 5% and 16%, respectively"."""
    pair = _pair(measure, place, found, text)
    if pair is None or "respectively" not in text[measure.end :]:
        return ()
    begin = max((each.reach or each.end for each in found if each.start < pair[0].start), default=0)
    regimens: list[list[DrugMention]] = []
    for drug in drugs:
        if not begin <= drug.start or drug.end > pair[0].start:
            continue
        if regimens and TOGETHER.match(text[regimens[-1][-1].end : drug.start]):
            regimens[-1].append(drug)
        else:
            regimens.append([drug])
    return _names(regimens[pair.index(measure)]) if len(regimens) == len(pair) else ()


def _pair(measure: Measure, place: int, found: Sequence[Measure], text: str) -> tuple[Measure, Measure] | None:
    """The measure and its neighbour that is printed for the other arm ("72% versus 67%"), in their order."""
    neighbours = [found[i : i + 2] for i in (place - 1, place) if 0 <= i < len(found) - 1]
    for first, second in neighbours:
        joined = PAIRED.match(text[first.reach or first.end : second.start])
        if joined and first.statistic == second.statistic and not measure.statistic.endswith("_ratio"):
            return first, second
    return None


def _joined(drugs: Sequence[DrugMention], text: str) -> list[DrugMention]:
    """The first drug and those joined to it by "plus" or "and"."""
    joined = [drugs[0]]
    for drug in drugs[1:]:
        if not JOINED.match(text[joined[-1].end : drug.start]):
            break
        joined.append(drug)
    return joined


def _arms(drugs: Sequence[DrugMention], text: str) -> list[list[DrugMention]]:
    """Drugs cut into the sides of a comparison ("A plus B versus A")."""
    sides: list[list[DrugMention]] = []
    for drug in drugs:
        if drug.start == drug.end == 0:
            return [list(drugs)]
        if sides and not VERSUS.search(text[sides[-1][-1].end : drug.start]):
            sides[-1].append(drug)
        else:
            sides.append([drug])
    return sides


def _names(drugs: Sequence[DrugMention]) -> tuple[str, ...]:
    """The names of drugs; placebo beside a drug is only what it was compared with."""
    names = tuple(dict.fromkeys(drug.name for drug in drugs))
    return tuple(name for name in names if name != "placebo") or names


def _condition(sentence: Sentence, measure: Measure) -> str | None:
    """The condition named nearest to a measure in a sentence."""
    events = sentence.of_kind("events")
    found = [
        match
        for match in sentence.of_kind("conditions")
        if not any(event.start <= match.start and match.end <= event.end for event in events)
    ]
    nearest = min(found, key=lambda match: _distance(match, measure), default=None)
    return plain_condition(nearest.term.name) if nearest else None


def _distance(match: TermMatch, measure: Measure) -> int:
    return min(abs(match.end - measure.start), abs(match.start - measure.end))


def plain_condition(name: str, *more: re.Pattern[str]) -> str:
    """A condition without its stage, where that is a condition of its own ("metastatic breast cancer")."""
    for form in (STAGED, *more):
        bare = form.sub("", name)
        name = bare if bare in _condition_names() else name
    return name


@cache
def _condition_names() -> frozenset[str]:
    return frozenset(term.name for term in terms("conditions"))


def _total(text: str, measure: Measure, start: int) -> int | None:
    """The number of patients that the clause from a start on gives for the quoted study."""
    found = [match for match in TOTAL.finditer(text, start) if not YEAR.match(match["n2"] or "")]
    if len(found) != 1 or not found[0].start() <= measure.start:
        return None
    return int((found[0]["n"] or found[0]["n2"]).replace(",", ""))
