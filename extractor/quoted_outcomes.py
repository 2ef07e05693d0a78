"""Which endpoint a quoted number is of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.ambiguity import is_ambiguous
from extractor.endpoints import endpoint_terms
from extractor.grades import grade
from extractor.language import TermMatch
from extractor.outcome_names import RATIO_FOR, SURVIVALS
from extractor.phrased_outcomes import RATIO
from extractor.reading import Reading, Sentence
from extractor.spreads import Measure
from ontology import regex as re
from ontology.terms import Term

# A time point in the name is the time point of the result; costs are not quoted as results of trials.
PLAIN = {f"{word}-year survival rate": "overall survival" for word in ("one", "two", "three", "five", "ten")}
NOT_QUOTED = frozenset({"pharmacokinetic", "safety"})
NO_ENDPOINTS = frozenset({"cost", "heart rate"})
TIMES = frozenset({"mo", "wk", "d", "a", "h", "min"})
# "improved survival (26% vs 16%) and reduced the risk of relapse (36% vs 52%)": the second is of another thing.
OTHER_EFFECT = re.compile(
    r"\b(?:and|but) (?:also )?(?:reduc|increas|improv|decreas|prolong|lower)\w+ (?:the |in )?(?:risk|rate|incidence|number|proportion|frequency|time|duration)",
    re.IGNORECASE,
)
# An endpoint that only says in whom or after what ("recurrence after complete response").
CIRCUMSTANCE = re.compile(
    r"\b(?:after|following|who (?:had|achieved)|with(?:out)?|achieving|despite)(?: an?)? $", re.IGNORECASE
)
# What a measure is of when its sentence names only one such endpoint, however far.
FITTING = {"rate": "rate", "median": "time-to-event", "hazard_ratio": "time-to-event"}
# Between a measure and an endpoint after it, what sets them apart.
APART = re.compile(r"[,;]|\bwhereas\b|\bwhile\b|\band another\b", re.IGNORECASE)
NEXT_TO = re.compile(
    r"^\s?(?:[\w-]+ ?-?)?(?:(?:of (?:the )?(?:patients|women|men|subjects|cases)|incidence|rate|for|in|reduction|improvement|increase|risk|the|an?|of|overall|\d-year|5-year|higher|lower|had|achieved|experienced|showed|with|grade \d(?: ?(?:-|to|/|or|and) ?\d)?)\s)*$",
    re.IGNORECASE,
)
# "grade 3 or 4 adverse events were neutropenia (25%), diarrhoea (20%)": the grade is that of all.
LISTED = re.compile(
    r"(?P<grade>\bgrades? ?(?:[\d/≥>,-]|I{1,3}V?|IV|or|and|to|higher|grade| )+)(?:[\w-]+ ){0,3}?(?:adverse (?:events?|reactions?|effects?)|toxicit(?:y|ies)|side[- ]effects|AEs)\b",
    re.IGNORECASE,
)
PERCENT_AFTER = re.compile(r"(?: \([A-Za-z-]{2,6}\))?(?: ?[(\[] ?(?:in |~)?| in )\d[\d.]* ?%")
OPENS = re.compile(r"(?: \([A-Za-z-]{2,6}\))?(?: ?[(\[] ?(?:in |~)?| in )")
RATE_BEFORE = re.compile(r"\b(?:rates?|incidences?|frequency|occurrence) (?:of|for) (?:[\w-]+ ){0,2}?$", re.IGNORECASE)
# "the rate of nausea (12%) was lower than that reported for drug a (32%)": the first is the paper's own.
THAN_REPORTED = re.compile(
    r"\b(?:than|with|to) (?:that|those|the rates?|the \d[\d.]*%(?: rate)?) (?:reported|observed|seen|found|described|published|noted)\b",
    re.IGNORECASE,
)
PROCEDURES = "Surgical and medical procedures"
RISK_OF = re.compile(r"\b(?:risk|odds|rates?|incidence|likelihood|occurrence) of (?:the |an? )?$")
BEFORE_REACH = 140
RATIO_REACH = 220
AFTER_REACH = 90


@dataclass(frozen=True, slots=True)
class Outcome:
    """An endpoint named in a sentence; one `listed` among others has only the value in the bracket behind it."""

    name: str
    kind: str | None
    start: int
    end: int
    is_time: bool = False
    listed: bool = False


def outcomes_in(reading: Reading, sentence: Sentence) -> list[Outcome]:
    """Known endpoints in a sentence, and adverse events with a grade, which serve as endpoints."""
    found = [
        Outcome(
            PLAIN.get(match.term.name, match.term.name),
            _kind(match.term),
            match.start,
            match.end,
            match.term.attributes.get("unit") in TIMES,
        )
        for match in endpoint_terms(reading, sentence)
        if not _is_bare(match, sentence.text)
        and match.term.name not in NO_ENDPOINTS
        and not is_ambiguous(match, sentence.text, reading)
    ]
    found.extend(_hazards(sentence.text))
    free = [m for m in sentence.of_kind("events") if all(m.end <= o.start or m.start >= o.end for o in found)]
    found.extend(_events(free, sentence.text))
    found.extend(_risks(sentence, found))
    return sorted(found, key=lambda outcome: outcome.start)


def _hazards(text: str) -> Iterator[Outcome]:
    """The survivals that hazards name by their events: "a hazard ratio for death of 0.78"."""
    for match in RATIO_FOR.finditer(text):
        names = SURVIVALS.get(match["events"].lower().replace(",", ""), ())
        if names and match[0].lower().startswith("ratio"):
            yield Outcome(names[0], "time-to-event", *match.span("events"), is_time=True)


def _risks(sentence: Sentence, found: Sequence[Outcome]) -> Iterator[Outcome]:
    """The illnesses whose risk a ratio tells: "reduced the risk of stroke (RR 0.71)"."""
    text = sentence.text
    for match in (*sentence.of_kind("events"), *sentence.of_kind("conditions")) if RATIO.search(text) else ():
        free = all(match.end <= other.start or match.start >= other.end for other in found)
        if free and RISK_OF.search(text[: match.start]):
            name = match.term.attributes.get("common") or match.term.name
            yield Outcome(name, "risk", match.start, match.end)
            return


def _events(matches: Sequence[TermMatch], text: str) -> Iterator[Outcome]:
    """Adverse events with a grade of their own or of their list, or counted in brackets or as a rate."""
    listed = LISTED.search(text)
    general = grade(listed["grade"]) if listed else None
    for match in matches:
        name = match.term.attributes.get("common") or match.term.name
        in_list = bool(PERCENT_AFTER.match(text, match.end))
        level = grade(text[max(0, match.start - 24) : match.start])
        if not (level and level[-1].isdigit()):
            level = general if listed and in_list and listed.end() <= match.start else None
        if level or in_list or RATE_BEFORE.search(text[: match.start]):
            yield Outcome(f"grade {level} {name}" if level else name, "rate", match.start, match.end, listed=in_list)


def outcome_of(
    measure: Measure, place: int, found: Sequence[Measure], outcomes: Sequence[Outcome], text: str
) -> Outcome | None:
    """The endpoint of a measure: right after it ("a 94% cure rate"), else the last before, else the next in the clause."""
    after = [outcome for outcome in outcomes if 0 <= outcome.start - measure.end <= AFTER_REACH]
    if after and NEXT_TO.match(text[measure.end : after[0].start]):
        return after[0]
    before = [outcome for outcome in outcomes if outcome.end <= measure.start]
    while len(before) > 1 and CIRCUMSTANCE.search(text[: before[-1].start]):
        before.pop()
    if before and before[-1].listed and not OPENS.fullmatch(text, before[-1].end, measure.start):
        return before[-1] if THAN_REPORTED.search(text, before[-1].end, measure.start) else None
    since = [other for other in found[:place] if before and other.start >= before[-1].end]
    if before and _goes_on(measure, before[-1], since, text):
        return before[-1]
    if since:
        return None
    if after and not APART.search(text[measure.end : after[0].start]):
        return after[0]
    fitting = [item for item in outcomes if item.kind == FITTING.get(measure.statistic) and item.start > measure.start]
    return fitting[0] if len({outcome.name for outcome in fitting}) == 1 else None


def _goes_on(measure: Measure, outcome: Outcome, since: Sequence[Measure], text: str) -> bool:
    """Whether a measure is of the endpoint before it, after the measures printed for it already."""
    place = since[-1].reach if since else outcome.end
    reach = RATIO_REACH if measure.statistic.endswith("_ratio") else BEFORE_REACH
    if measure.start - place > reach or OTHER_EFFECT.search(text[place : measure.start]):
        return False
    return not (since and measure.count is not None and since[0].count is None)


def _is_bare(match: TermMatch, text: str) -> bool:
    """Whether an everyday word ("response") stands without the bracket that would make it an endpoint."""
    printed = text[match.start : match.end]
    return (
        printed in match.term.values("guarded")
        and printed.islower()
        and " " not in printed
        and text[match.end : match.end + 2] != " ("
    )


def event_between(sentence: Sentence, outcome: Outcome, outcomes: Sequence[Outcome], measure: Measure) -> bool:
    """Whether an adverse event stands between an endpoint and the measure, which is then of the event."""
    return any(
        outcome.end <= event.start and event.end <= measure.start
        for event in sentence.of_kind("events")
        if event.term.attributes.get("system_organ_class") != PROCEDURES
        and all(event.end <= other.start or event.start >= other.end for other in outcomes)
    )


def _kind(term: Term) -> str | None:
    """The kind of an endpoint; its category where results of that category are not quoted."""
    category = term.attributes.get("category")
    return category if category in NOT_QUOTED else term.attributes.get("kind")
