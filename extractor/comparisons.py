"""P-values in running text that no effect estimate owns, bound to the comparison they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.asides import BASELINE, BEFORE, SAFETY
from extractor.attribution import BETWEEN, EFFECTS, Owner, comparison, listed_times, timepoint
from extractor.bindings import Bound, Context, cause_of, near_group
from extractor.endpoint_names import TIMEPOINT, read_timepoint
from extractor.language import TermMatch
from extractor.quantities import p_value
from extractor.spreads import Measure, P
from extractor.subgroups import FACTOR, analysis_set
from ontology import regex as re
from ontology.record import PValue, Result

# A p-value stands for a comparison of arms where the words compare.
COMPARING = re.compile(
    r"\b(?:differ\w*|higher|lower|longer|shorter|superior|better|worse|greater|fewer|more|less|similar|comparable|between|compared|versus|vs?|than|improv\w+|reduc\w+|increas\w+|decreas\w+|prolong\w+|respectively)\b|%",
    re.IGNORECASE,
)
# "P = 0.006 for difference in SBP"
OF_ENDPOINT = re.compile(
    r" *,? +for (?:the )?(?:(?:difference|change|reduction)s? (?:in|of) )?(?:the )?", re.IGNORECASE
)
# "PFS and OS were longer (P = 0.02 and P = 0.04, respectively)"
ENDS = re.compile(r"(?: of (?:treatment|therapy|follow-?up|the study))?[.;]?")
AND = re.compile(r" *,? +and +")
AND_ANOTHER = re.compile(r" *,? +and +(?P<p_value>0?\.\d+)(?=,? +respectively)")
RESPECTIVELY = re.compile(r" *,? +respectively")
JOINED = re.compile(r"[^,;.()]{0,25},? and [^,;.()]{0,25}|, ")
# "(0 week: 5.7 versus 12 weeks: 8.2, P = 0.06)": two times of one arm.
OF_TIMES = re.compile(r"[(\[](?:0|baseline|before)\b[^()\[\]]*:[^()\[\]]*$", re.IGNORECASE)
# One arm "fell significantly (p = 0.02)": a change in time is no comparison of arms.
CONTRASTED = re.compile(
    r"\b(?:than|compar\w+|versus|vs?|between|differ\w*|superior|inferior|similar|better|worse|groups|arms|relative to|over)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chance:
    """A printed p-value; of one told "respectively" the outcome, the population or the time that it is of."""

    start: int
    end: int
    value: PValue
    endpoint: TermMatch | None = None
    population: str | None = None
    timepoint: str | None = None
    sure: bool = True


def comparisons(context: Context, bound: list[Bound]) -> Iterator[Result]:
    """P-values that no effect estimate owns: of the values they follow, else of the endpoint named before them."""
    effects = {item.endpoint.term.name for item in bound if item.measure.statistic in EFFECTS}
    for chance in _respective(context, list(_chances(context.text))):
        taken = any(m.start <= chance.start < m.reach and m.statistic in EFFECTS for m in context.found)
        taken = taken or bool(OF_TIMES.search(context.text, 0, chance.start))
        compared = None if taken or not chance.sure else _compared(context, chance, bound)
        if compared is None or compared.endpoint.term.name in effects:
            continue
        yield Result(
            endpoint=compared.endpoint.term.name,
            arm=compared.owner.arm,
            comparator=compared.owner.comparator,
            population=compared.population,
            statistic="p_value",
            p_value=chance.value,
            timepoint=compared.timepoint,
            evidence=(
                *context.sentence.evidence(chance.start, chance.end),
                *(
                    context.sentence.evidence(compared.endpoint.start, compared.endpoint.end)
                    if compared.endpoint.end
                    else ()
                ),
            ),
            rule="results.p_value",
        )


def _chances(text: str) -> Iterator[Chance]:
    """The p-values of a sentence, with a bare one that is told "respectively" with the one before it."""
    for match in P.finditer(text):
        value = p_value(match["p_value"], match["p_relation"])
        if value and (value.value or value.relation == "<"):
            yield Chance(*match.span(), value)
        another = AND_ANOTHER.match(text, match.end())
        second = p_value(another["p_value"]) if another else None
        if another and second:
            yield Chance(*another.span("p_value"), second)


def _respective(context: Context, found: list[Chance]) -> list[Chance]:
    """The p-values, each of two told "respectively" with its outcome or population, unsure where not as many are named."""
    text = context.text
    for place, (one, other) in enumerate(pairwise(found)):
        if not (AND.fullmatch(text, one.end, other.start) and RESPECTIVELY.match(text, other.end)):
            continue
        named = [match for match in context.known if match.end <= one.start][-2:]
        people = list(dict.fromkeys(group.name for group in context.groups))
        if len(named) == 2 and JOINED.fullmatch(text, named[0].end, named[1].start):
            found[place : place + 2] = [replace(one, endpoint=named[0]), replace(other, endpoint=named[1])]
        elif len(people) == 2:
            found[place : place + 2] = [replace(one, population=people[0]), replace(other, population=people[1])]
        elif times := listed_times(text, one.start, 2):
            found[place : place + 2] = [replace(one, timepoint=times[0]), replace(other, timepoint=times[1])]
        else:
            found[place : place + 2] = [replace(one, sure=False), replace(other, sure=False)]
    return found


def _compared(context: Context, chance: Chance, bound: list[Bound]) -> Bound | None:
    """What a p-value compares."""
    owned = [item for item in bound if item.measure.start <= chance.start < item.measure.reach]
    behind = chance.endpoint or _named_behind(context, chance)
    if owned and not (behind or chance.population or chance.timepoint):
        return _of_values(context, owned[-1], bound)
    return _of_words(context, chance, behind)


def _of_values(context: Context, last: Bound, bound: list[Bound]) -> Bound | None:
    """The comparison of a value with the ones of the other arms, or groups, on the same endpoint."""
    same = [
        item
        for item in bound
        if item.endpoint.term is last.endpoint.term and item.measure.statistic == last.measure.statistic
        and item.timepoint == last.timepoint and item.measure.start <= last.measure.start
    ]  # fmt: skip
    if last.measure.statistic == "change" and any(_own_chance(item, last) for item in bound):
        return None
    arms = list(dict.fromkeys(item.owner.arm for item in same if item.owner.arm))
    people = list(dict.fromkeys(item.population for item in same if item.population))
    if len(arms) == 2:
        pair = comparison(context.study.arms) or (arms[0], arms[1])
        return Bound(last.measure, last.endpoint, Owner(*pair), last.population, last.timepoint)
    if len(arms) < 2 and len(people) == 2:
        return Bound(last.measure, last.endpoint, Owner(), f"{people[0]} vs {people[1]}", last.timepoint)
    return None


def _own_chance(item: Bound, last: Bound) -> bool:
    """Whether another arm's change has a p-value too: each is of the change in its own arm."""
    return item.owner.arm != last.owner.arm and item.measure.statistic == "change" and item.measure.p_value is not None


def _named_behind(context: Context, chance: Chance) -> TermMatch | None:
    """The outcome right behind a p-value: "P = 0.006 for SBP"."""
    known = (e for e in context.known if e.start >= chance.end)
    return next((e for e in known if OF_ENDPOINT.fullmatch(context.text, chance.end, e.start)), None)


def _of_words(context: Context, chance: Chance, behind: TermMatch | None) -> Bound | None:
    """The comparison of two arms that the words make: "PFS did not differ between the groups (p = 0.2)"."""
    text = context.text
    endpoint = behind or next((e for e in reversed(context.known) if e.end <= chance.start), None)
    if (
        endpoint is None
        or chance.start - endpoint.end > 160
        or SAFETY.search(text)
        or BASELINE.search(text)
        or BEFORE.match(text)
    ):
        return None
    if not (behind or chance.population or chance.timepoint) and P.search(text, endpoint.end, chance.start):
        return None
    measure = Measure("p_value", chance.start, chance.end)
    cause = cause_of(context, chance.start) if not context.mentions else None
    if cause and any(text[m.start : m.end] in cause for m in context.sentence.of_kind("biomarkers")):
        return None
    if cause:
        return Bound(measure, endpoint, Owner(), cause, None)
    if not COMPARING.search(text) or (context.sets_groups and not chance.population) or FACTOR.search(text):
        return None
    labels = list(dict.fromkeys(mention.label for mention in context.mentions))
    pair = comparison(context.study.arms) or ((labels[0], labels[1]) if len(labels) == 2 else None)
    if pair is None or not (labels or BETWEEN.search(text) or (context.compares and CONTRASTED.search(text))):
        return None
    if (len(labels) == 1 or len(context.study.arms.arms) > 2) and not CONTRASTED.search(text):
        return None
    when = chance.timepoint or timepoint(text, chance.start, chance.end) or _only_time(text)
    people = chance.population or analysis_set(text, chance.start) or near_group(context, measure)
    return Bound(measure, endpoint, Owner(*pair), people, when)


def _only_time(text: str) -> str | None:
    """The time point that ends a sentence which names no other: "A fell (p < 0.05) and B rose (p < 0.01) at 12 weeks"."""
    found = list(TIMEPOINT.finditer(text))
    return read_timepoint(found[0]) if len(found) == 1 and ENDS.fullmatch(text, found[0].end()) else None
