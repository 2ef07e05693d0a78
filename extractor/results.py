"""The trial's own results in running text: a measure bound to an endpoint, an arm and a time point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractor.attribution import (
    AMONG,
    BETWEEN,
    Owner,
    comparison,
    is_own,
    owners,
    parallel,
    population,
    timepoint,
)
from extractor.endpoints import endpoint_terms
from extractor.language import TermMatch
from extractor.measures import Measure, P, measures
from extractor.quantities import p_value
from extractor.reading import Sentence
from extractor.study import Rejected, Study
from ontology.record import Result
from ontology.terms import Term

REACH = 220
PROPORTIONS = frozenset({"rate", "time-to-event"})
# "achieving at least 75% improvement" is the endpoint's own number.
DEFINING = re.compile(r"(?:≥|>|<|≤|at least|more than|less than|by) ?$")
WORDS = r"(?:(?!was\b|were\b|is\b|are\b|in\b|for\b|to\b|with\b|did\b|had\b)[A-Za-z][\w/-]*(?: |(?= )))"
SUBJECT = re.compile(
    rf"\b(?:median|mean|average|incidence|rates?|frequency|proportion|percentage|prevalence)s?(?: \([^)]{{1,12}}\))? (?:of )?(?:the )?(?:patients (?:with|who had|achieving) )?"
    rf"(?P<name>{WORDS}{{1,7}})(?:in (?:the )?[\w+ -]{{2,40}}? (?:group|arm)s? )?(?:was|were|of|did not differ)\b[^.;]{{0,90}}$",
    re.IGNORECASE,
)
# Who the patients were and how long they were watched are no outcomes.
NO_OUTCOME = re.compile(
    r"\b(?:age|follow-?up|weight|height|BMI|body mass|patients|subjects|participants|women|men|dose|cycles|baseline|diagnosis|adverse|AEs?|SAEs?|events|toxicit\w+|that|this|these|levels? of|considered)\b",
    re.IGNORECASE,
)
JOINED = re.compile(r",|\band\b|/")
STATISTICS = frozenset({"HR", "OR", "RR", "CI", "SD", "SE", "HRs", "ORs"})
LONGER = re.compile(
    r"^[ -](?:complications?|events?|toxicit\w+|scores? were not|criteria|assessment|analys[ie]s|questionnaire)\b"
)
KIND_OF = {
    "rate": frozenset({"rate", "time-to-event", "count", "score", "continuous"}),
    "median": frozenset({"time-to-event", "continuous", "count", "score"}),
    "mean": frozenset({"continuous", "score", "count", "time-to-event"}),
}
SAFETY = re.compile(r"\b(?:adverse|toxicit\w+|side[- ]effects?|grade [1-5≥]|grades? (?:I|II|III|IV)\b)", re.IGNORECASE)
BASELINE = re.compile(
    r"\b(?:baseline|median age|mean age|aged?\b|were (?:male|female|men|women)|sex|demographic|years old|stage [I1-4])",
    re.IGNORECASE,
)
RESPONSE_OF = re.compile(r"\b(?:in|among|of) (?:the )?(?:responders|patients with)\b", re.IGNORECASE)


def results(study: Study) -> Iterator[Result | Rejected]:
    """The results that the abstract and the results section print in prose."""
    for sentence in study.reading.sentences:
        if not is_own(sentence) or sentence.passage.kind in ("heading", "title"):
            continue
        found = [measure for measure in measures(sentence.text) if measure.statistic != "other"]
        if found:
            yield from _sentence_results(study, sentence, found)


def _sentence_results(study: Study, sentence: Sentence, found: list[Measure]) -> Iterator[Result | Rejected]:
    known = [match for match in endpoint_terms(study.reading, sentence) if is_outcome(match, sentence.text)]
    belongs = owners(found, study.arms, sentence.text)
    joint = _joint(found, known, sentence.text)
    for measure, owner in zip(found, belongs, strict=True):
        evidence = sentence.evidence(measure.start, measure.end)
        printed = sentence.text[measure.start : measure.end]
        endpoint = joint.get(id(measure)) or endpoint_of(measure, known) or own_words(measure, sentence.text, owner)
        reason = _objection(sentence, measure, endpoint, owner, study)
        if endpoint is None or reason:
            yield Rejected("results.prose", printed, reason or "no endpoint in the sentence", evidence)
            continue
        yield _result(sentence, measure, endpoint, owner)
    yield from _comparisons(study, sentence, found, known)


def is_outcome(match: TermMatch, text: str) -> bool:
    """Whether a term is an outcome here: not the acronym of a ratio, not half of a longer name."""
    if match.term.attributes.get("category") == "safety" or text[match.start : match.end] in STATISTICS:
        return False
    return not LONGER.match(text[match.end :])


def _objection(
    sentence: Sentence, measure: Measure, endpoint: TermMatch | None, owner: Owner, study: Study
) -> str | None:
    if endpoint is None:
        return "no endpoint in the sentence"
    if SAFETY.search(sentence.text) and endpoint.term.attributes.get("category") != "safety":
        return "in a sentence on toxicity"
    if measure.statistic == "rate" and DEFINING.search(sentence.text[: measure.start]):
        return "part of a definition"
    if BASELINE.search(sentence.text[max(0, measure.start - 60) : measure.start]):
        return "a baseline characteristic"
    if not owner.sure and len(study.arms.arms) > 1:
        return "no arm that is certain"
    allowed = KIND_OF.get(measure.statistic)
    kind = endpoint.term.attributes.get("kind")
    if allowed and kind and kind not in allowed:
        return f"a {measure.statistic} is no value of {endpoint.term.name}"
    return None


def _joint(found: list[Measure], known: list[TermMatch], text: str) -> dict[int, TermMatch]:
    """Endpoints named together before as many measures, or runs of them: "OS and PFS were 12.1 and 5.3 months"."""
    first = [match for match in known if match.end <= found[0].start]
    runs = parallel(found, text)
    units = runs if len(runs) > 1 else [[place] for place in range(len(found))]
    if "respectively" not in text or len(first) != len(units) or len(units) < 2:
        return {}
    gaps = [text[a.end : b.start] for a, b in pairwise(first)]
    if not all(len(gap) < 40 and JOINED.search(gap) for gap in gaps) or len({len(unit) for unit in units}) > 1:
        return {}
    return {id(found[place]): match for unit, match in zip(units, first, strict=True) for place in unit}


def own_words(measure: Measure, text: str, owner: Owner) -> TermMatch | None:
    """An outcome that no table knows, where a sentence names it as its subject and gives a value to an arm."""
    if owner.arm is None or not owner.sure:
        return None
    before = text[max(0, measure.start - REACH) : measure.start]
    subjects = list(SUBJECT.finditer(before))
    if not subjects or NO_OUTCOME.search(subjects[-1]["name"]):
        return None
    name = subjects[-1]["name"].strip()
    start = max(0, measure.start - REACH) + subjects[-1].start("name")
    kind = "continuous" if measure.statistic in ("median", "mean") else "rate"
    term = Term("endpoints", name[0].lower() + name[1:] if name[1:2].islower() else name, (), None, {"kind": kind})
    return TermMatch(term, start, start + len(name))


def endpoint_of(measure: Measure, known: list[TermMatch]) -> TermMatch | None:
    """The endpoint of a measure: the last one named before it, else the first right after it."""
    before = [match for match in known if match.end <= measure.start and measure.start - match.end <= REACH]
    if before:
        return before[-1]
    after = [match for match in known if 0 <= match.start - measure.end <= 60]
    return after[0] if after else None


def _result(sentence: Sentence, measure: Measure, endpoint: TermMatch, owner: Owner) -> Result:
    ratio = _is_effect(measure)
    # A survival rate printed as 72.3 ± 7.5 % has its standard error behind the sign.
    rate = measure.unit == "%" and measure.sd is not None and endpoint.term.attributes.get("kind") in PROPORTIONS
    return Result.model_validate(
        {
            "endpoint": endpoint.term.name,
            "arm": owner.arm,
            "comparator": owner.comparator,
            "population": population(sentence.text),
            "statistic": "rate" if rate else measure.statistic,
            "value": measure.value,
            "not_reached": measure.not_reached,
            "unit": measure.unit,
            "count": measure.count,
            "total": measure.total,
            "sd": None if rate else measure.sd,
            "se": measure.sd if rate else None,
            "range": measure.range,
            "ci": measure.ci,
            "p_value": measure.p_value if ratio else None,
            "timepoint": timepoint(sentence.text, measure.start, measure.end),
            "evidence": (
                *sentence.evidence(measure.start, measure.reach or measure.end),
                *sentence.evidence(endpoint.start, endpoint.end),
            ),
            "rule": "results.prose",
        }
    )


def _comparisons(study: Study, sentence: Sentence, found: list[Measure], known: list[TermMatch]) -> Iterator[Result]:
    """A p-value that no ratio owns compares the arms on the endpoint named before it."""
    pair = comparison(study.arms)
    named = bool(study.arms.find(sentence.text)) or BETWEEN.search(sentence.text)
    if pair is None or not known or not named or SAFETY.search(sentence.text) or AMONG.search(sentence.text):
        return
    for match in P.finditer(sentence.text):
        value = p_value(match["p_value"], match["p_relation"])
        if value is None or any(m.start <= match.start() < m.reach and _is_effect(m) for m in found):
            continue
        endpoint = next((e for e in reversed(known) if e.end <= match.start()), None)
        if endpoint is None or BASELINE.search(sentence.text):
            continue
        yield Result(
            endpoint=endpoint.term.name,
            arm=pair[0],
            comparator=pair[1],
            population=population(sentence.text),
            statistic="p_value",
            p_value=value,
            timepoint=timepoint(sentence.text, match.start(), match.end()),
            evidence=(*sentence.evidence(*match.span()), *sentence.evidence(endpoint.start, endpoint.end)),
            rule="results.p_value",
        )


def _is_effect(measure: Measure) -> bool:
    return measure.statistic.endswith("_ratio") or measure.statistic == "difference"
