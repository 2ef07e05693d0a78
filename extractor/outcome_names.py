"""Which outcome a number measures: known endpoints, those the paper declares, or the subject of the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from extractor.attribution import EFFECTS, parallel
from extractor.endpoint_names import endpoint_terms
from extractor.language import TermMatch
from extractor.reading import Reading, Sentence
from extractor.spreads import Measure
from ontology import regex as re
from ontology.record import Endpoint
from ontology.terms import Term

REACH = 220
AFTER = 60
STATISTICS = frozenset({"HR", "OR", "RR", "CI", "SD", "SE", "HRs", "ORs", "ER", "PR", "PgR", "F"})
LONGER = re.compile(
    r"^[ -](?:complications?|events?\b(?! (?:occurred|were|had|in)\b)|toxicit\w+|scores? were not|criteria|assessment|analys[ie]s|questionnaires?|data|curves?|relationship|criterion)\b"
)
KIND_OF = {
    "rate": frozenset({"rate", "time-to-event", "count", "score", "continuous"}),
    "count": frozenset({"rate", "time-to-event", "count"}),
    "median": frozenset({"time-to-event", "continuous", "count", "score"}),
    "mean": frozenset({"continuous", "score", "count", "time-to-event"}),
    "hazard_ratio": frozenset({"time-to-event", "rate", "count"}),
}
# What the patients counted before it did: "12% of patients achieved PASI 75".
ACHIEVED = re.compile(
    r"^[^,;.]{0,70}?\b(?:achiev\w+|had|have|having|experienc\w+|show(?:ed|ing)|obtain\w+|attain\w+|reach(?:ed|ing)|developed|with|exhibit\w+|demonstrat\w+|increas\w+ the|improv\w+ the|were in|remained|underwent|required|needed|reported)\b[^,;.]{0,45}$",
    re.IGNORECASE,
)
# Tighter still, where another outcome stands before: "12 patients had CR, 9 had PR".
DIRECT = re.compile(
    r"^\s?(?:(?:of )?(?:the )?(?:patients|subjects|participants|women|men)?\s?)(?:in (?:the )?[\w -]{2,30}? (?:groups?|arms?)\s)?(?:had|achieved|with|experienced|showed|obtained|attained|developed|were in)\s(?:a |an |confirmed |a confirmed |as )?$",
    re.IGNORECASE,
)
# "MRD negativity was achieved by 24 of 50 patients with CR"
SEEN_IN = re.compile(
    r" (?:occurred|developed|(?:was|were) (?:also )?(?:achieved|seen|observed|noted|found|detected|reported|recorded|documented|obtained|confirmed|reached)) (?:in|by|among) (?:only )?",
    re.IGNORECASE,
)
# What happens again is counted on average: "the mean number of exacerbations a year".
REPEATED = re.compile(r"\b(?:exacerbation|annuali[sz]ed|episodes?|attacks?|seizures?|relapse rate)\b", re.IGNORECASE)
# "24 (39%) PR, and 20 (32%) SD"
ENDS_ITEM = re.compile(r"s?(?:[,;.)]| and\b| or\b| for\b)")
# "12 patients in the control group died": the verb is the outcome.
DONE = re.compile(r"^[^.;:]{0,90}$")
JOINED = re.compile(r",|\band\b|/")
# "at relapse", "after progression": a moment, no outcome.
_PRIMARY = r"primary (?:composite |efficacy |safety |study |clinical )?(?:outcome|end ?-?point)s?(?: events?)?\b(?! measures?\b)"
_NAMED = r"(?:, (?:a|the) composite of [^.;]{3,140}?,|,? (?:a|the) composite of [^.;()]{3,140}?,)?"
PRIMARY = re.compile(
    rf"\b(?:(?:reached|attained|met|had|experienced|achieved) (?:a|the) (?P<met>{_PRIMARY})"
    rf"|(?:difference|differ\w*|similar|comparable|effect|improvement|reduction)s?\b[^.;()]{{0,60}} (?:in|for|on) the (?P<in>{_PRIMARY})(?= ?[(,])"
    rf"|(?P<did>{_PRIMARY})(?={_NAMED} (?:occurred|was (?:reached|met|observed|achieved|similar|significantly|\d)|in|rate|event|did)\b))",
    re.IGNORECASE,
)
RATIO_FOR = re.compile(
    r"\b(?:ratios? for|risk of) (?:disease )?(?P<events>(?:progression|relapse|recurrence|metastasis|invasive disease|an event|death)(?:(?:,| or|, or) (?:relapse|recurrence|death))*)\b",
    re.IGNORECASE,
)
# The survivals whose events these are, of which a paper declares one.
SURVIVALS = {
    "death": ("overall survival",),
    "progression or death": ("progression-free survival", "event-free survival"),
    "recurrence or death": (
        "disease-free survival",
        "relapse-free survival",
        "recurrence-free survival",
        "event-free survival",
    ),
    "relapse or death": (
        "relapse-free survival",
        "disease-free survival",
        "event-free survival",
        "progression-free survival",
    ),
}
# Terms bring how often a wound heals and how soon under one name; only the second is a time.
TIME_TO = re.compile(r"time to ", re.IGNORECASE)
WHEN = re.compile(
    r"\b(?:(?:adjust|controll|correct)(?:ed|ing) for|stratified (?:by|for)) (?:the )?$|\b(?:at|after|before|until|since|upon|following|prior to|despite)\s(?:the\s|first\s|disease\s|local\s)?$",
    re.IGNORECASE,
)
# "patients with no signs of relapse": the outcome is its absence.
ABSENT = re.compile(
    r"\b(?:(?:with|had|have|having|showing|of) no|without|absence of|free (?:of|from)|freedom from)\s"
    r"(?:(?:any|clinical|further|early|late|local|distant|signs?|symptoms?|evidence|and|or|of|disease|documented)\s)*$",
    re.IGNORECASE,
)
ABSENT_KINDS = frozenset({"rate", "time-to-event", "count"})
MIN_OWN = 6
# Words that make another outcome of an outcome: "initial cure", "haematologic relapse".
QUALIFIED = re.compile(
    r"\b(?:(?:initial|final|definitive|early|late|sustained|local|loco-?regional|regional|distant|ha?ematolog\w+|molecular|cytogenetic|genetic|clinical|radiograph\w+"
    r"|radiolog\w+|biochemical|virolog\w+|serolog\w+|microbiolog\w+|parasitolog\w+|mycolog\w+|histolog\w+|endoscopic|metabolic|intracranial|extracranial|systemic|nocturnal|daytime|morning"
    r"|evening|fasting|post-?prandial|resting|metastatic|symptomatic|asymptomatic|major|minor|sputum|stool|urinary|plasma|serum|neonatal|maternal|stem cell|graft|extensive|limited|neutrophil|platelet|myeloid|lymphoid|erythroid|regional|axillary|nodal|lymph node|grades? [1-4IV]+(?: ?(?:-|to|or|and) ?[1-4IV]+)?) )+$",
    re.IGNORECASE,
)


GRADED = re.compile(r"grades? [IV1-4]+(?:[- ][IV1-4]+)?(?= )", re.IGNORECASE)


@dataclass(frozen=True)
class Declared:
    """The endpoints that a paper declares, by every name it uses for them, and by the marker that they measure."""

    terms: Mapping[str, Term]
    pattern: re.Pattern[str] | None
    markers: Mapping[str, Term]
    primary: Term | None = None
    safety: Term | None = None

    def find(self, text: str) -> Iterator[TermMatch]:
        """Where folded text names one."""
        for match in self.pattern.finditer(text) if self.pattern else ():
            yield TermMatch(self.terms[match["name"].lower()], *match.span())
        for match in PRIMARY.finditer(text) if self.primary or self.safety else ():
            term = self.safety if "safety" in match[0].lower() else self.primary
            if term:
                yield TermMatch(term, *match.span(str(match.lastgroup)))


def declared(reading: Reading, found: Iterable[Endpoint]) -> Declared:
    """The endpoints that a paper declares in words of its own, with its abbreviations of them."""
    own: dict[str, Term] = {}
    shorts = {meaning.lower(): short for short, meaning in reading.abbreviations.items()}
    endpoints = list(found)
    for endpoint in endpoints:
        name = endpoint.name.lower()
        if len(name) < MIN_OWN or endpoint.rule == "endpoints.assessed" or name == "safety":
            continue
        own[name] = Term("endpoints", endpoint.name, (), None, {})
        if name in shorts:
            own.setdefault(shorts[name].lower(), own[name])
    forms = "|".join(re.escape(name) for name in sorted(own, key=len, reverse=True))
    pattern = re.once(rf"(?<![\w-])(?P<name>{forms})(?![\w-])", re.IGNORECASE) if forms else None
    first = [endpoint for endpoint in endpoints if endpoint.role == "primary"]
    safe = [endpoint for endpoint in first if _is_safety(reading, endpoint.name)] if len(first) > 1 else []
    efficacy = [endpoint for endpoint in first if endpoint not in safe]
    return Declared(own, pattern, dict(_markers(reading, own)), _primary(efficacy), _primary(safe))


def _is_safety(reading: Reading, name: str) -> bool:
    """Whether an endpoint is one of safety by the table of endpoints."""
    known = (match.term for match in reading.language.find(name) if match.term.kind == "endpoints")
    return any(term.attributes.get("category") == "safety" for term in known)


def _primary(endpoints: Iterable[Endpoint]) -> Term | None:
    """The one endpoint of some, or one composite in two wordings: results call it by its role."""
    names = list(dict.fromkeys(endpoint.name for endpoint in endpoints))
    names = names[:1] if all(name.startswith("composite of ") for name in names) else names
    return Term("endpoints", names[0], (), None, {}) if len(names) == 1 else None


def _markers(reading: Reading, own: Mapping[str, Term]) -> Iterator[tuple[str, Term]]:
    """The markers whose level is an endpoint of the trial: "the primary endpoint was Ki-67 expression"."""
    for name, term in own.items():
        for match in reading.language.find(name):
            if match.term.kind == "biomarkers":
                yield match.term.name, term


def outcomes(reading: Reading, sentence: Sentence, own: Declared) -> list[TermMatch]:
    """The outcomes that a sentence names, in order of place."""
    found = [match for match in endpoint_terms(reading, sentence) if is_outcome(match, sentence.text)]
    measured = ((match, own.markers.get(match.term.name)) for match in sentence.of_kind("biomarkers"))
    of_markers = (TermMatch(term, match.start, match.end) for match, term in measured if term)
    declared = list(own.find(sentence.text))
    found = [match for match in found if not any(_is_part(match, other) for other in declared)]
    for match in (*declared, *of_markers):
        if all(match.end <= other.start or match.start >= other.end for other in found):
            found.append(match)
    return sorted((_qualified(match, sentence.text) for match in found), key=lambda match: match.start)


def _is_part(match: TermMatch, other: TermMatch) -> bool:
    """Whether a name is a part of a longer one."""
    return other.start <= match.start and match.end <= other.end and match.end - match.start < other.end - other.start


def _qualified(match: TermMatch, text: str) -> TermMatch:
    """A name with the words before it that make it another outcome."""
    printed = text[match.start : match.end]
    if TIME_TO.match(printed) and match.term.attributes.get("kind") not in (None, "time-to-event"):
        attributes = {**match.term.attributes, "kind": "time-to-event"}
        return TermMatch(replace(match.term, name=printed.lower(), attributes=attributes), match.start, match.end)
    if graded := GRADED.match(printed):
        return TermMatch(
            replace(match.term, name=f"{graded[0][0].lower()}{graded[0][1:]} {match.term.name}"), match.start, match.end
        )
    before = QUALIFIED.search(text, max(0, match.start - 40), match.start)
    if before is None or match.term.name.lower().startswith(before[0].lower()):
        return match
    name = before[0].lower() + (printed.lower() if printed[1:].islower() else match.term.name)
    return TermMatch(replace(match.term, name=name), before.start(), match.end)


def is_outcome(match: TermMatch, text: str) -> bool:
    """Whether a term is an outcome here: not the acronym of a ratio, not half of a longer name."""
    printed = text[match.start : match.end]
    if WHEN.search(text[max(0, match.start - 30) : match.start]):
        return False
    if match.term.attributes.get("kind") in ABSENT_KINDS and ABSENT.search(text, max(0, match.start - 60), match.start):
        return False
    if match.term.attributes.get("category") == "safety" or (printed in STATISTICS and not _is_response(match, text)):
        return False
    return not LONGER.match(text[match.end :])


def _is_response(match: TermMatch, text: str) -> bool:
    """PR and SD are responses beside other responses or right behind a number."""
    if text[match.start : match.end] not in ("PR", "SD"):
        return False
    beside = re.search(r"\b(?:CR|CRs|PD|ORR|RECIST|complete response|progressive disease)\b", text)
    return bool(beside or re.search(r"\d\)?,? $", text[: match.start]))


# What no paper has to declare: a hazard of progression or death is that of progression-free survival.
BY_DEFINITION = {SURVIVALS["progression or death"]: "progression-free survival"}


def without_events_of_ratios(text: str, known: list[TermMatch]) -> list[TermMatch]:
    """The outcomes without the events of a hazard: "hazard ratio for progression or death" is that of the survival before."""
    for match in RATIO_FOR.finditer(text):
        if any(m.end <= match.start() and m.term.attributes.get("kind") == "time-to-event" for m in known):
            known = [m for m in known if not (match.start() <= m.start < match.end())]
    return known


def survivals(text: str, own: Declared) -> Iterator[TermMatch]:
    """The declared survivals that a sentence names by their events: "the hazard ratio for death was 0.72"."""
    for match in RATIO_FOR.finditer(text):
        names = SURVIVALS.get(match["events"].lower().replace(",", ""), ())
        name = next((own.terms[name].name for name in names if name in own.terms), BY_DEFINITION.get(names))
        if name:
            yield TermMatch(Term("endpoints", name, (), None, {"kind": "time-to-event"}), *match.span("events"))


def fits(measure: Measure, match: TermMatch) -> bool:
    """Whether an endpoint can have such a value: a median is no value of a rate."""
    kind = match.term.attributes.get("kind")
    if match.term.attributes.get("verb"):
        return measure.statistic in ("rate", "count", *EFFECTS)
    if measure.statistic == "mean" and measure.unit is None and REPEATED.search(match.term.name):
        return True
    allowed = KIND_OF.get(measure.statistic)
    if measure.statistic == "median" and measure.unit == "%" and kind == "time-to-event":
        return False
    return not kind or allowed is None or kind in allowed


def endpoint_of(measure: Measure, known: list[TermMatch], text: str, stop: int, begin: int = 0) -> TermMatch | None:
    """The endpoint of a measure (or run of them, ended by the next at `stop`): the one its patients achieved, else the
    last named before it, else the first right after it."""
    able = [match for match in known if fits(measure, match)]
    end = max(measure.reach, measure.end)
    after = [match for match in able if measure.end <= match.start < stop]
    fresh = [match for match in able if begin <= match.start and match.end <= measure.start]
    gap = _plain(text[measure.end : after[0].start]) if after else ""
    if after and measure.statistic == "count" and not text[measure.end : after[0].start].strip():
        return after[0]
    if after and after[0].term.attributes.get("verb") and DONE.match(gap):
        return after[0]
    if after and gap == " " and ENDS_ITEM.match(text, after[0].end):
        return after[0]
    if fresh and SEEN_IN.fullmatch(text, fresh[-1].end, measure.start):
        return fresh[-1]
    if after and (DIRECT.match(gap) if fresh else (after[0].start == end + 1 or ACHIEVED.match(gap))):
        return after[0]
    before = [match for match in able if match.end <= measure.start and measure.start - match.end <= REACH]
    if before:
        open_ones = [match for match in before if not _is_aside(match, measure, text)]
        return (open_ones or before)[-1]
    return after[0] if after and after[0].start - end <= AFTER else None


def inside(measure: Measure, known: list[TermMatch], text: str) -> TermMatch | None:
    """The endpoint between a number and its percentage: "6 complete responses (9.7%)", "10 of 38 had a PR (26.3%)"."""
    percent = text.find("%", measure.end, max(measure.reach, measure.end)) if measure.total is not None else -1
    if measure.unit == "%" and percent > 0 and "%" not in text[measure.start : measure.end]:
        spanned = [m for m in known if measure.end <= m.start and m.end <= percent and fits(measure, m)]
        return spanned[-1] if spanned else None
    return next((m for m in known if measure.start < m.start and m.end <= measure.end and fits(measure, m)), None)


def behind(measure: Measure, known: list[TermMatch], text: str, stop: int) -> TermMatch | None:
    """The endpoint that a verb or noun ties to the last of parallel values: "12% and 9% of patients achieved CR"."""
    after = [match for match in known if measure.end <= match.start < stop and fits(measure, match)]
    if not after:
        return None
    gap = _plain(text[measure.end : after[0].start])
    return after[0] if ACHIEVED.match(gap) or (after[0].term.attributes.get("verb") and DONE.match(gap)) else None


def _is_aside(match: TermMatch, measure: Measure, text: str) -> bool:
    """Whether a name stands in a bracket that is closed before the number: "the ORR (CR plus PR) was 45%"."""
    opened = text.rfind("(", 0, match.start)
    closed = text.find(")", opened) if opened >= 0 else -1
    return opened >= 0 and match.end <= closed < measure.start


def _plain(text: str) -> str:
    """Words without what stands in brackets."""
    return re.sub(r"^[^()]*\)|[(\[][^()\[\]]*[)\]]", "", text)


def joint(found: list[Measure], known: list[TermMatch], text: str) -> dict[int, TermMatch]:
    """Endpoints named together before as many measures, or runs of them: "OS and PFS were 12.1 and 5.3 months"."""
    if "respectively" not in text:
        return {}
    together: dict[int, TermMatch] = {}
    start = 0
    for mark in [*re.finditer(";", text), None]:
        end = mark.start() if mark else len(text)
        places = [place for place, measure in enumerate(found) if start <= measure.start < end]
        part = _joint([found[place] for place in places], [m for m in known if start <= m.start < end], text)
        together |= {places[place]: match for place, match in part.items()}
        start = end
    return together


def _joint(found: list[Measure], known: list[TermMatch], text: str) -> dict[int, TermMatch]:
    """The same within one clause."""
    first = [match for match in known if found and match.end <= found[0].start]
    runs = parallel(found, text)
    units = runs if len(runs) > 1 else [[place] for place in range(len(found))]
    if len(first) != len(units) or len(units) < 2:
        return {}
    gaps = [text[a.end : b.start] for a, b in pairwise(first)]
    if not all(len(gap) < 40 and JOINED.search(gap) for gap in gaps) or len({len(unit) for unit in units}) > 1:
        return {}
    return {place: match for unit, match in zip(units, first, strict=True) for place in unit}
