"""What the results say of a marker: how often it was found, its values in groups, and what it was tied to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extractor.ambiguity import is_ambiguous
from extractor.endpoints import endpoint_terms
from extractor.markers import TOGETHER, Marker, markers, names_markers
from extractor.measures import measures
from extractor.quantities import NUMBER, decimal, p_value
from extractor.reading import Reading, Sentence
from extractor.spreads import Measure, P
from extractor.study import Study
from ontology import regex as re
from ontology.record import Frequency, Group, PValue

Direction = Literal["positive", "negative", "none"]
Span = tuple[int, int]

SIGNIFICANT = 0.05
# What became of some patients, and no outcome that a marker is tied to.
CATEGORIES = frozenset({"stable disease", "progressive disease"})
RESPONSE = "objective response rate"
RESPONDERS = r"(?:non-?)?responders"
RESPONDING = re.compile(rf"\b{RESPONDERS}\b", re.IGNORECASE)
TIED = re.compile(
    r"\b(?:associat\w+|correlat\w+|predict\w*|prognostic|related (?:to|with)|relationship|linked|impact(?:ed)? on|influenc\w+|independent(?:ly)?|likely to respond|had (?:a )?(?:significantly )?(?:longer|shorter|better|worse|higher|lower)|(?:longer|shorter|better|worse|superior|inferior) (?:[\w-]+ ){0,3}?(?:survival|PFS|OS|response))\b",
    re.IGNORECASE,
)
NOT_TIED = re.compile(
    r"\b(?:no|not|neither|nor|without|failed to|did not)\b[^.;]{0,60}\b(?:associat|correlat|predict|differ|relat|impact|influenc|significant)\w*|\b(?:irrespective|regardless) of\b",
    re.IGNORECASE,
)
POSITIVE_END = re.compile(
    r"\b(?:longer|better|improved|superior|favou?rable|higher (?:[\w-]+ ){0,3}?(?:response|ORR|pCR|rate|survival|benefit|remission|disease control)|prolonged|increased (?:[\w-]+ ){0,2}?(?:response|survival)|good prognosis|likely to respond|positively)\b",
    re.IGNORECASE,
)
NEGATIVE_END = re.compile(
    r"\b(?:shorter|worse|poor(?:er)?|inferior|unfavou?rable|lower (?:[\w-]+ ){0,3}?(?:response|ORR|pCR|rate|survival|benefit|remission)|reduced (?:[\w-]+ ){0,2}?(?:response|survival)|increased risk|higher risk|resistance|negatively|inversely)\b",
    re.IGNORECASE,
)
LOW_SIDE = re.compile(
    r"\b(?:low(?:er)?|negative|absence|absent|loss|without|wild-?type|decreas\w+|reduced|deficien\w+|smaller|fewer)\b",
    re.IGNORECASE,
)
MORE = re.compile(r"\b(?:higher|larger|greater|more|increased|elevated|enriched)\b", re.IGNORECASE)
LESS = re.compile(r"\b(?:lower|smaller|fewer|less|decreased|reduced)\b", re.IGNORECASE)
SIDES = re.compile(
    r"\b(?:(?P<more>positive|high|present|mutant|mutated|with(?! a ))|(?P<less>negative|low|absent|wild-?type|without))\b",
    re.IGNORECASE,
)
UNIT = r"(?: ?(?P<unit{n}>%|(?:cells|vessels|foci|spots)?(?: ?/ ?| per )mm ?2|[A-Za-zμ]+(?:/[A-Za-zμ0-9]+)?(?= (?:in|for|among|vs|versus|and)\b|[;,)])))?"
GROUP_NAME = rf"{RESPONDERS}|patients (?:with|without) (?:a |an )?[\w -]{{3,40}}?(?=,|;|\.| and| versus| vs|$)"
# "12.5 cells/mm2 in responders and 3 in non-responders".
# "Median TMB was 3.1 mut/Mb": what a marker was, in no group.
AVERAGED = re.compile(r"\b(?:median|mean|average) (?:[\w-]+ ){0,2}$", re.IGNORECASE)
LEVEL_IS = re.compile(
    r"(?: (?:levels?|scores?|expression|density|count|index))? (?:was|were) (?P<value>\d+(?:\.\d+)?)", re.IGNORECASE
)
VALUE_IN = re.compile(
    rf"(?<![\w.])(?P<value>{NUMBER}){UNIT.format(n='')}(?: ?\([^()]*\))? (?:in|for|among) (?:the )?(?P<label>{GROUP_NAME})",
    re.IGNORECASE,
)
# "higher in responders than in non-responders (median, 12.5 vs. 3 cells/mm2"
COMPARED = re.compile(
    rf"\b(?P<first>{RESPONDERS})(?: \([^()]*\))? (?:than|vs\.?|versus|and|compared (?:with|to))(?: (?:in|those in|the|that in))* (?P<second>{RESPONDERS})",
    re.IGNORECASE,
)
PAIR = re.compile(
    rf"(?:medians?|means?)(?: density| value| score)?[,:]? ?(?P<first>{NUMBER}){UNIT.format(n='1')} (?:vs\.?|versus|and) (?P<second>{NUMBER}){UNIT.format(n='2')}",
    re.IGNORECASE,
)
TIME = re.compile(r"^(?:months?|weeks?|years?|days?|mo)$", re.IGNORECASE)
PER_MM2 = re.compile(r"mm ?2$")
CHANGE = re.compile(
    r"\b(?:reduc\w+|decreas\w+|increas\w+|change\w*|median|mean|by|cut-?off|≥|>|<|≤|at least)\s?\(?$|[≥>≤<] ?$",
    re.IGNORECASE,
)
PRESENT = re.compile(
    r"\b(?:positiv\w+|negativ\w+|mutat\w+|mutant|wild-?type|amplif\w+|rearrange\w+|overexpress\w+|express(?:ed|ing)|detected|found|observed|identified|seen|fusions?|deficien\w+|loss)\b",
    re.IGNORECASE,
)
NEGATIVE = re.compile(r"^[- ]*(?:negative|wild-?type|low)\b", re.IGNORECASE)
OF_TUMOURS = re.compile(
    r"\b(?:patients|tumou?rs|samples|cases|specimens|participants|women|had|were|was|with)\b", re.IGNORECASE
)
WHOLE = re.compile(
    r"(?<![\d.,/-])(?P<total>\d{1,4})(?= (?:[a-z-]+ ){0,3}?(?:patients|tumou?rs|samples|cases|specimens|biopsies|participants))"
)
# "9 (64%) of 14 patients with the mutation had a response": what is counted is the response.
WITH = re.compile(r"\b(?:with|who had|whose) (?:an? |the )?$", re.IGNORECASE)
HAD = re.compile(r"[^,;.]{0,30}?\b(?:had|achieved|responded|experienced|showed|reached|died|progressed|relapsed)\b")
FREQUENCY_REACH = 70
ROUNDING = 0.06


@dataclass(frozen=True, slots=True)
class Finding:
    """What a sentence says of a marker, and where."""

    marker: Marker
    frequency: Frequency | None = None
    groups: tuple[Group, ...] = ()
    endpoint: str | None = None
    direction: Direction | None = None
    p_value: PValue | None = None
    places: tuple[Span, ...] = ()


def findings(study: Study, sentence: Sentence, found: Sequence[Marker]) -> Iterator[Finding]:
    """The frequencies, values and ties of the markers that a sentence of the results names."""
    ties = list(_ties(study, sentence, found))
    yield from ties
    for marker in found:
        share = _frequency(sentence.text, marker, _rates(study, sentence))
        if share is not None:
            yield share
        values = _groups(sentence.text, marker)
        if values and all(tie.marker.name != marker.name for tie in ties):
            yield Finding(marker, groups=values, places=((marker.start, marker.until),))


def _by_values(text: str) -> Direction | None:
    """The direction of "62.5% in positive and 20.0% in negative tumours"."""
    sides = [match.lastgroup for match in SIDES.finditer(text)]
    values = [
        measure for measure in measures(text) if measure.statistic in ("rate", "median") and measure.value is not None
    ]
    if len(values) < 2 or len(set(sides)) < 2 or values[-2].statistic != values[-1].statistic:
        return None
    rises = values[-2].value > values[-1].value  # type: ignore[operator]
    return "positive" if rises is (sides[-2] == "more") else "negative"


def numbers_of_markers(study: Study, sentence: Sentence) -> list[Span]:
    """Where a sentence prints how often a marker was found, or its values in groups: no results of an outcome."""
    if not names_markers(sentence):
        return []
    text, spans = sentence.text, []
    rates = _rates(study, sentence)
    for marker in markers(study.reading, sentence, assayed=False):
        spans += [(rate.start, rate.end) for rate in rates if _counts(rate, marker, text)]
        values = list(VALUE_IN.finditer(text, marker.end, marker.until))
        averaged = AVERAGED.search(text, max(0, marker.start - 30), marker.start)
        spans += [match.span() for match in values if len(values) > 1]
        level = LEVEL_IS.match(text, marker.end) if averaged else None
        spans += [level.span("value")] if level else []
    return spans


# ------------------------------------------------------------------------------------------------------------ ties


def _ties(study: Study, sentence: Sentence, found: Sequence[Marker]) -> Iterator[Finding]:
    """Each p-value with the marker and the outcome before it; without any, an outcome that a verb ties to a marker."""
    text = sentence.text
    outcomes, response = _outcomes(study, sentence), _response(study.reading)
    chances = [match for match in P.finditer(text) if match["p_relation"]]
    ends = [0, *(match.end() for match in chances)]
    subject: list[Marker] = []
    for chance, (start, stop) in zip(chances, pairwise(ends), strict=True):
        subject = _nearest(text, [marker for marker in found if start <= marker.start < stop]) or subject
        endpoint = _outcome_of(response, text, outcomes, start, stop)
        if endpoint is None or not _is_tie(study, text[start:stop]):
            continue
        value = p_value(chance["p_value"], chance["p_relation"])
        for marker in subject:
            groups = _groups(text, marker)
            way = (
                _direction(text[start:stop], value, groups)
                if start or len(chances) > 1
                else _direction(text, value, groups)
            )
            places = (chance.span(), (marker.start, marker.until))
            yield Finding(marker, None, groups, endpoint, way, value, places)
    compares = len(study.arms.arms) > 1 and bool(study.arms.find(text))
    if not chances and TIED.search(text) and sentence.passage.kind != "caption" and not compares:
        endpoint, way = _outcome_of(response, text, outcomes, 0, len(text)), _direction(text)
        for marker in found if endpoint and way else ():
            yield Finding(marker, None, _groups(text, marker), endpoint, way)


def _nearest(text: str, named: Sequence[Marker]) -> list[Marker]:
    """The last marker of a stretch, with those joined to it by "and"."""
    kept: list[Marker] = []
    for marker in reversed(named):
        if kept and not TOGETHER.match(text[marker.end : kept[-1].start]):
            break
        kept.append(marker)
    return kept[::-1]


def _is_tie(study: Study, stretch: str) -> bool:
    """Whether a p-value is of a marker: what compares the arms of a trial is not."""
    if len(study.arms.arms) < 2:
        return True
    return bool(TIED.search(stretch) or RESPONDING.search(stretch)) and not study.arms.find(stretch)


def _outcomes(study: Study, sentence: Sentence) -> list[tuple[int, str]]:
    """The responses and survivals that a sentence names, with their places."""
    found = [
        (match.start, _response(study.reading) if match.term.name == "response" else match.term.name)
        for match in endpoint_terms(study.reading, sentence)
        if not is_ambiguous(match, sentence.text, study.reading)
        and match.term.attributes.get("category") == "efficacy"
        and match.term.attributes.get("kind") in ("rate", "time-to-event")
        and match.term.name not in CATEGORIES
    ]
    return sorted(found)


def _response(reading: Reading) -> str:
    """What a paper means by response: the objective one where its abstract names it."""
    named = (match.term.name for sentence in reading.within("abstract") for match in sentence.of_kind("endpoints"))
    return RESPONSE if RESPONSE in named else "response"


def _outcome_of(response: str, text: str, outcomes: Sequence[tuple[int, str]], start: int, stop: int) -> str | None:
    """The outcome of a p-value: the last one before it in its stretch, else responders, else the first one after it."""
    within = [name for place, name in outcomes if start <= place < stop]
    if RESPONDING.search(text, start, stop):
        return response
    if within:
        return within[-1]
    after = [name for place, name in outcomes if place >= stop]
    return after[0] if after else response if RESPONDING.search(text) else outcomes[-1][1] if outcomes else None


def _direction(text: str, value: PValue | None = None, groups: Sequence[Group] = ()) -> Direction | None:
    """Whether more of the marker went with a better outcome, a worse one, or neither."""
    if NOT_TIED.search(text) or (value is not None and value.relation != "<" and value.value >= SIGNIFICANT):
        return "none"
    if (
        groups
        and RESPONDING.fullmatch(groups[0].label)
        and groups[0].value is not None
        and groups[-1].value is not None
    ):
        rises = (groups[0].value > groups[-1].value) is not groups[0].label.lower().startswith("non")
        return "positive" if rises else "negative"
    better, worse = POSITIVE_END.search(text), NEGATIVE_END.search(text)
    if bool(better) == bool(worse):
        return _by_responders(text) or _by_values(text)
    up = bool(better)
    if LOW_SIDE.search(text[: (better or worse).start()]):  # type: ignore[union-attr]
        up = not up
    return "positive" if up else "negative"


def _by_responders(text: str) -> Direction | None:
    """The direction of "higher in responders (than in non-responders)"."""
    first = RESPONDING.search(text)
    more, less = MORE.search(text), LESS.search(text)
    if first is None or bool(more) == bool(less):
        return None
    return "positive" if bool(more) is not first[0].lower().startswith("non") else "negative"


# --------------------------------------------------------------------------------------------- values and frequency


def _groups(text: str, marker: Marker) -> tuple[Group, ...]:
    """The values of a marker in groups of patients, where at least two are printed after it."""
    found = [
        Group(label=" ".join(match["label"].split()), value=decimal(match["value"]), unit=_unit(match["unit"]))
        for match in VALUE_IN.finditer(text, marker.end, marker.until)
    ]
    pair = PAIR.search(text, marker.end, marker.until)
    names = COMPARED.search(text)
    if len(found) > 1 or pair is None or names is None or TIME.match(pair["unit2"] or ""):
        return tuple(found) if len(found) > 1 else ()
    unit = _unit(pair["unit2"] or pair["unit1"])
    return tuple(Group(label=names[side], value=decimal(pair[side]), unit=unit) for side in ("first", "second"))


def _unit(printed: str | None) -> str | None:
    return "/mm2" if printed and PER_MM2.search(printed) else printed


def _rates(study: Study, sentence: Sentence) -> list[Measure]:
    """The percentages of a sentence that are of no outcome: none is named before them in their clause."""
    text, places = sentence.text, [place for place, _ in _outcomes(study, sentence)]
    rates = [measure for measure in measures(text) if measure.statistic == "rate"]
    return [rate for rate in rates if not any(text.rfind(";", 0, rate.start) < place < rate.start for place in places)]


def _frequency(text: str, marker: Marker, rates: Sequence[Measure]) -> Finding | None:
    rate = next((rate for rate in rates if _counts(rate, marker, text)), None)
    if rate is None:
        return None
    share = Frequency(count=rate.count, total=rate.total or _total(text, rate), percent=rate.value)
    return Finding(marker, frequency=share, places=((0, rate.end),))


def _total(text: str, rate: Measure) -> int | None:
    """The number of patients looked at, printed in the sentence, that a count and its percentage are of."""
    for match in WHOLE.finditer(text):
        total = int(match["total"])
        if rate.count and rate.value is not None and abs(100 * rate.count / total - float(rate.value)) <= ROUNDING:
            return total
    return None


def _counts(rate: Measure, marker: Marker, text: str) -> bool:
    """Whether a percentage counts the tumours or patients that have the marker."""
    if CHANGE.search(text[max(0, rate.start - 40) : rate.start]):
        return False
    if marker.end <= rate.start:
        between = text[marker.end : rate.start]
        present = PRESENT.search(text[marker.start : rate.start]) or PRESENT.match(text[rate.end :].lstrip(") werhad"))
        return rate.start < marker.until and len(between) < FREQUENCY_REACH and bool(present)
    between = text[rate.end : marker.start]
    if len(between) >= FREQUENCY_REACH or NEGATIVE.match(text[marker.end :]):
        return False
    if WITH.search(between) and HAD.match(text, marker.end):
        return False
    return bool(OF_TUMOURS.search(between) and PRESENT.search(text[rate.end : marker.end + 40]))
