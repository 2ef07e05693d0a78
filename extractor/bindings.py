"""What each number of a sentence measures: its outcome, its arm, its population and its time point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from extractor.arm_book import ArmMention
from extractor.asides import SAFETY, aside, is_of_patients
from extractor.attribution import EFFECTS, Owner, listed_times, owners, parallel, time_beside, time_label, timepoint
from extractor.blocks import blocks, closing_arm, echoed, outcomes_of
from extractor.endpoint_names import TIMEPOINT
from extractor.language import TermMatch
from extractor.listed_amounts import OF_ONE_VALUE
from extractor.outcome_names import behind, endpoint_of, fits, inside, joint
from extractor.reading import Sentence
from extractor.spreads import Measure
from extractor.study import Rejected, Study
from extractor.subgroups import FACTOR, OTHER_GROUPS, Group, analysis_set, compares_groups, factor
from ontology import regex as re

# Where the next clause begins.
CLAUSE_ON = re.compile(r"; |, (?:and|but|while|whereas|the|with) ")
# Characters between a value and the group right behind it.
BESIDE = 12
FAR = 60
BRACKETED = re.compile(r"^ ?\[[^\[\]]*\]\)?|\([^()]*\)")
LABEL = re.compile(r"[(\[;] ?[A-Za-z][^()\[\];:,\d]{1,40}[,:] $")
LISTED = re.compile(r"[^()\[\]]*;[^()\[\]]*")
PRESSURE = "blood pressure"
EACH = re.compile(
    r"^[^,;.]{0,25}?\b(?:in|for|of|with) (?:both|each|either|all)(?: \w+)? (?:arms?|groups?)\b", re.IGNORECASE
)
LEADS_ON = re.compile(
    r"^(?:[\W\d]|(?<=\+ )[A-Z]{2,4}\b|\b(?:and|or|while|whereas|but|vs?|versus|compared|with|to|than|in|at|for|of|on|the|a|an|those|that|these|this|patients|participants|subjects|women|men|children|group|groups|arm|arms|cohort|was|were|is|respectively|after|by|months?|weeks?|years?|days?|hours?|hrs?|min(?:utes)?|h|per|patient-years|person-years|only|who|had|received|receiving|treated|treatment|therapy|given|among|from|same|other|both|fig|figure|table|[pP]|log|rank|test|n|it|median|mean|rate|rates|value|values|corresponding|also|placebo|control|controls|when|it|higher|lower|significantly|n\.?s|95|CI|HR|range|IQR|exception|did|remained|increased|decreased|improved|worsened|declined|dropped|points?|as|reached|rose|fell|subgroup|first|second|day|week|month|year|period|phase|end|study|trial|this|cases?|annuali[sz]ed|annual|incidence|event|out|all|evaluable|assigned|randomi[sz]ed|allocated|about|approximately|still|independent|central|local|blinded|investigators?'?|review\w*|assess\w+|committee|baseline|populations?|intent(?:ion)?-to-treat|per-protocol|ITT|PP|analys[ei]s|i|e)\b)*$",
    re.IGNORECASE,
)
AND_AT_END = re.compile(r"\b(?:and|versus|vs?\.?|compared (?:with|to)|whereas|while) (?:in )?$", re.IGNORECASE)
EXPLAINED = re.compile(r"^(?:longer|shorter|better|worse|poorer|improved|higher|lower|greater|superior|inferior) ")
CONTRAST = re.compile(r"\b(?:whereas|while|but|and|compared with)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    """A sentence with all that its numbers can belong to."""

    study: Study
    sentence: Sentence
    found: list[Measure]
    known: list[TermMatch]
    mentions: tuple[ArmMention, ...]
    groups: list[Group]
    before: str = ""
    shared: Mapping[int, str | None] = field(default_factory=dict)
    compares: bool = False

    @property
    def text(self) -> str:
        """The folded text of the sentence."""
        return self.sentence.text

    @property
    def sets_groups(self) -> bool:
        """Whether the sentence compares groups of patients that are no arms."""
        return not self.mentions and compares_groups(self.text, self.groups)


@dataclass(frozen=True)
class Bound:
    """A measure with what it measures, in whom, and when."""

    measure: Measure
    endpoint: TermMatch
    owner: Owner
    population: str | None
    timepoint: str | None


def bindings(context: Context) -> Iterator[Bound | Rejected]:
    """Each measure of a sentence with its outcome and owner, or why it has none."""
    found, text = context.found, context.text
    told, place = echoed(found, text)
    if 0 < told < len(found):
        items = list(bindings(replace(context, found=found[:told])))
        yield from items
        yield from _echoes(context, [item for item in items if isinstance(item, Bound)], found[told:], place)
        return
    in_blocks = {} if context.sets_groups else blocks(found, context.mentions, text)
    belongs = _owners(context, in_blocks)
    together = outcomes_of(in_blocks, found, context.known, text) or joint(found, context.known, text)
    runs = _runs(context, in_blocks)
    before: TermMatch | None = None
    for run, following in zip_longest(runs, runs[1:]):
        last = found[run[-1]]
        leading = next(iter(in_blocks)) if tuple(run) in in_blocks else run
        shared = _of_run(context, leading, together) or _done_later(context, last, following)
        shared = shared or (inside(found[run[0]], context.known, text) if len(run) > 1 else None)
        shared = before = shared or (before if _leads_from(context, run) else None)
        of_one = len({belongs[place].arm for place in run}) == 1
        times = listed_times(text, found[run[0]].start, len(run)) if of_one else []
        for order, place in enumerate(run):
            measure, endpoint = found[place], together.get(place) or inside(found[place], context.known, text) or shared
            owner, population = _whose(context, run, place, belongs[place])
            reason = _objection(context, measure, endpoint, owner)
            if endpoint is None or reason:
                evidence = context.sentence.evidence(measure.start, measure.end)
                printed = text[measure.start : measure.end]
                yield Rejected("results.prose", printed, reason or "no endpoint in the sentence", evidence)
                continue
            listed = time_label(text, measure.start) or time_beside(text, found[run[0]].start)
            when = times[order] if times else listed or _when(text, measure, last, endpoint)
            for each in _each_arm(context, measure, owner):
                yield from _of_pressures(Bound(measure, endpoint, each, population, when))


def _echoes(context: Context, bound: Sequence[Bound], found: Sequence[Measure], place: int) -> Iterator[Bound]:
    """Values that tell those of another arm again, one for one: "in the placebo group these were 30% and 62%"."""
    start = max((item.measure.end for item in bound), default=place)
    labels = {mention.label for mention in context.mentions if start <= mention.start < place}
    labels = labels or {mention.label for mention in context.mentions if mention.start > found[-1].end}
    if len(labels) != 1 or len(bound) != len(found) or labels & {item.owner.arm for item in bound}:
        return
    for item, measure in zip(bound, found, strict=True):
        told = replace(measure, statistic=item.measure.statistic)
        yield replace(item, measure=told, owner=Owner(next(iter(labels))))


def _runs(context: Context, in_blocks: Mapping[tuple[int, ...], str]) -> list[list[int]]:
    """The runs of parallel values, each block one."""
    taken = {place for run in in_blocks for place in run}
    runs = parallel(context.found, context.text, context.mentions)
    return sorted([*map(list, in_blocks), *(run for run in runs if not taken & set(run))])


def _owners(context: Context, in_blocks: Mapping[tuple[int, ...], str]) -> list[Owner]:
    """The owner of each measure: by shares of a whole, by blocks, by the one arm behind all, or by the words around it."""
    found, mentions = context.found, context.mentions
    belongs = owners(found, context.study.arms, context.text, context.before)
    closing = closing_arm(found, mentions, context.text)
    labels = {place: label for run, label in in_blocks.items() for place in run}
    for place, measure in enumerate(found):
        if place and measure.statistic == "rate" and context.text[found[place - 1].end : measure.start] in (" (", " ["):
            belongs[place] = belongs[place - 1]  # "4.1% (0.85% a year) in the alpha group"
        elif measure.start in context.shared:
            belongs[place] = Owner(context.shared[measure.start])
        elif label := labels.get(place) or (closing if not belongs[place].sure else None):
            belongs[place] = Owner(label)
        elif not belongs[place].sure and _is_of_all(context, measure):
            belongs[place] = Owner()
        elif belongs[place].sure and _is_of_no_arm(context, measure):
            belongs[place] = Owner(sure=False)
    return belongs


def _is_of_all(context: Context, measure: Measure) -> bool:
    """Whether a count stands before a colon, and the arms only behind it: "15 patients relapsed: 7 with alpha ..."."""
    first = min((mention.start for mention in context.mentions), default=0)
    return measure.count is not None and ":" in context.text[measure.end : first]


def _is_of_no_arm(context: Context, measure: Measure) -> bool:
    """Whether a bracket calls the owner of a value by a name that is no arm's: "(single dose, 41.9 mmol/day"."""
    label = LABEL.search(context.text, max(0, measure.start - 45), measure.start)
    if label is None or measure.statistic in EFFECTS or measure.unit == "%" or OF_ONE_VALUE.search(label[0]):
        return False
    places = [*(mention.start for mention in context.mentions), *(match.start for match in context.known)]
    return not any(label.start() <= place < label.end() for place in places)


def _of_pressures(bound: Bound) -> Iterator[Bound]:
    """What is bound; of a pair of pressures ("-31/-18 mm Hg") each for itself."""
    measure, endpoint = bound.measure, bound.endpoint
    if measure.second is None:
        yield bound
    elif PRESSURE in endpoint.term.name:
        for kind, value in (("systolic", measure.value), ("diastolic", measure.second)):
            term = replace(endpoint.term, name=f"{kind} {PRESSURE}")
            yield replace(
                bound, measure=replace(measure, value=value), endpoint=TermMatch(term, endpoint.start, endpoint.end)
            )


def _each_arm(context: Context, measure: Measure, owner: Owner) -> tuple[Owner, ...]:
    """The owner of a value; every arm where it is said of both or all."""
    if owner.arm is None and measure.statistic not in EFFECTS and EACH.match(context.text[measure.end :]):
        return tuple(Owner(label) for label in context.study.arms.labels) or (owner,)
    return (owner,)


def _of_run(context: Context, run: Sequence[int], together: dict[int, TermMatch]) -> TermMatch | None:
    """The endpoint of parallel values: what follows the last or precedes the first, where no other noun comes between."""
    found, text = context.found, context.text
    first, last = found[run[0]], found[run[-1]]
    stop = found[run[-1] + 1].start if run[-1] + 1 < len(found) else len(text)
    begin = max((measure.reach for measure in found[: run[0]]), default=0)
    endpoint = endpoint_of(first, context.known, text, stop if last is first else first.end, begin)
    if last is not first and (endpoint is None or endpoint.start < begin):
        endpoint = behind(last, context.known, text, stop) or endpoint
    carried = endpoint is not None and endpoint.end <= begin and not together and first.statistic not in EFFECTS
    leads = _carries(context, begin, first.start) or _other_group(context, run, begin) or _is_listed(context, run)
    if carried and not leads:
        return None
    return endpoint


def _done_later(context: Context, last: Measure, following: list[int] | None) -> TermMatch | None:
    """The verb behind the values of the next arm: "12 given alpha and 5 given beta were hospitalised"."""
    if not following:
        return None
    first, end = context.found[following[0]], context.found[following[-1]]
    begin = max(last.reach, last.end)
    if first.statistic != last.statistic or not AND_AT_END.search(context.text, begin, first.start):
        return None
    if any(begin <= match.start < first.start for match in context.known):
        return None
    stop = next((m.start for m in context.found if m.start > end.start), len(context.text))
    verb = behind(end, context.known, context.text, stop)
    return verb if verb and verb.term.attributes.get("verb") else None


def _is_listed(context: Context, run: Sequence[int]) -> bool:
    """Whether a value goes on with a list in a bracket: "(single dose, 41.9 mmol/day; placebo, 4.1 mmol/day"."""
    first, before = context.found[run[0]], context.found[run[0] - 1]
    between = context.text[before.end : first.start]
    alike = (first.statistic, first.unit) == (before.statistic, before.unit)
    return alike and bool(LISTED.fullmatch(between)) and bool(LABEL.search(context.text, before.end, first.start))


def _leads_from(context: Context, run: Sequence[int]) -> bool:
    """Whether only words that lead on stand between a run and like values before it, however far the outcome is; an
    effect is of the only outcome that the sentence names.
    """
    if run[0] == 0:
        return False
    last, first = context.found[run[0] - 1], context.found[run[0]]
    if first.statistic in EFFECTS and len({match.term.name for match in context.known}) == 1:
        return True
    alike = (last.statistic, last.unit) == (first.statistic, first.unit)
    return alike and _carries(context, last.reach, first.start)


def _other_group(context: Context, run: Sequence[int], begin: int) -> bool:
    """Whether like values go on with another group: "whereas patients with a low count did not (14 vs 21 months)"."""
    first, before = context.found[run[0]], context.found[run[0] - 1]
    alike = (first.statistic, first.unit) == (before.statistic, before.unit)
    return alike and bool(_groups_of(context, run)) and bool(CONTRAST.search(context.text[begin : first.start]))


def _carries(context: Context, start: int, end: int) -> bool:
    """Whether the words between two values only lead on, so that both measure the same outcome."""
    words = context.text[start:end]
    spans = [(named.start, named.end) for named in context.mentions] + [(g.start, g.end) for g in context.groups]
    for first, last in sorted(spans, reverse=True):
        if start <= first and last <= end:
            words = words[: first - start] + words[last - start :]
    return bool(LEADS_ON.match(TIMEPOINT.sub(" ", words)))


def _when(text: str, measure: Measure, last: Measure, endpoint: TermMatch) -> str | None:
    if measure.statistic == "hazard_ratio":
        return None
    if measure.statistic == "median" and endpoint.term.attributes.get("kind") == "time-to-event":
        return None
    return timepoint(
        text,
        min(measure.start, endpoint.start + 1) if endpoint.start > measure.end else measure.start,
        last.end,
        last.reach,
    )


def _whose(context: Context, run: list[int], place: int, owner: Owner) -> tuple[Owner, str | None]:
    """The arm and the population of a measure; groups set against each other stand in the place of arms."""
    text, measure = context.text, context.found[place]
    single = context.study.arms.labels[0] if len(context.study.arms.arms) == 1 else None
    if measure.statistic in EFFECTS and (context.sets_groups or (FACTOR.search(text) and len(context.mentions) < 2)):
        names = list(dict.fromkeys(group.name for group in context.groups if group.end <= measure.start))
        cause = f"{names[0]} vs {names[1]}" if len(names) == 2 else cause_of(context, measure.start)
        return Owner(sure=cause is not None), cause
    if context.sets_groups:
        names = _groups_of(context, run)
        if len(run) > 1 and len(names) == len(run):
            return Owner(single), names[run.index(place)]
        if len(run) > 1 and len(names) == 1 and owner.sure and owner.arm and not OTHER_GROUPS.search(text):
            return owner, names[0]
        near = near_group(context, measure)
        return Owner(single, sure=near is not None and len(run) == 1), near
    population = analysis_set(text, measure.start) or near_group(context, measure)
    return owner, population


def _groups_of(context: Context, run: Sequence[int]) -> list[str]:
    """The groups named around parallel values: those before them since the last values, and those behind that no
    other values follow."""
    found = context.found
    begin = max((measure.reach for measure in found[: run[0]]), default=0)
    last = all(measure.statistic in EFFECTS for measure in found[run[-1] + 1 :])
    around = (g for g in context.groups if begin <= g.start and (last or g.end <= found[run[0]].start))
    return list(dict.fromkeys(group.name for group in around))


def cause_of(context: Context, start: int) -> str | None:
    """The factor of a model; a drug is no factor but an arm by another name, and "longer survival" is what it explains."""
    cause = factor(context.text, start)
    drugs = [context.text[m.start : m.end] for m in context.sentence.of_kind("drugs")]
    outcome = {context.text[m.start : m.end] for m in context.known}
    explained = cause is not None and EXPLAINED.sub("", cause) in outcome
    return None if cause is None or explained or any(drug in cause for drug in drugs) else cause


def near_group(context: Context, measure: Measure) -> str | None:
    """The subgroup right behind a measure, else the last one before it."""
    behind = [g for g in context.groups if g.end > measure.end and _beside(context.text, measure, g.start)]
    if behind:
        return behind[0].name
    before = [g for g in context.groups if g.end <= measure.start]
    return before[-1].name if before else None


def _beside(text: str, measure: Measure, start: int) -> bool:
    """Whether a group begins right behind a measure, brackets aside."""
    between = [BRACKETED.sub("", text[end:start]) for end in (measure.end, max(measure.end, measure.reach))]
    return min(map(len, between)) < BESIDE and start - measure.end < FAR and not all(";" in gap for gap in between)


def _is_toxicity(text: str, measure: Measure, endpoint: TermMatch) -> bool:
    """Whether a sentence speaks of toxicity anywhere but in later clauses: "ORR was 45% vs 28%, and adverse events ..."."""
    end = max(measure.end, measure.reach, endpoint.end)
    behind = CLAUSE_ON.search(text, end)
    return bool(SAFETY.search(text, 0, behind.start() if behind and endpoint.end <= measure.start else len(text)))


def _objection(context: Context, measure: Measure, endpoint: TermMatch | None, owner: Owner) -> str | None:
    text = context.text
    if endpoint is None:
        return "no endpoint in the sentence"
    if endpoint.term.attributes.get("category") != "safety" and _is_toxicity(text, measure, endpoint):
        return "in a sentence on toxicity"
    if reason := aside(text, measure):
        return reason
    if is_of_patients(context.sentence.passage.section.title, measure, endpoint.term):
        return "a baseline characteristic"
    if not owner.sure and (len(context.study.arms.arms) != 1 or context.sets_groups or measure.statistic in EFFECTS):
        return "no arm that is certain"
    if not fits(measure, endpoint):
        return f"a {measure.statistic} is no value of {endpoint.term.name}"
    return None
