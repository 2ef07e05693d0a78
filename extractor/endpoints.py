"""The endpoints a paper plans, by role; results are bound to their canonical names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractor.language import TermMatch
from extractor.reading import Reading, Sentence
from extractor.study import Rejected, Study
from ontology.record import Endpoint
from ontology.terms import Term, terms

WHAT = r"(?:(?:efficacy|study|outcome|clinical|main|safety|trial|co-?primary|end|biomarker|immunological) )*(?:end ?-?points?|outcomes?(?: (?:measures?|variables?|parameters?))?|objectives?|aims?|variables?|criteri(?:on|a)|measures?|hypothesis)"
ROLE = r"(?P<role>co-?primary|primary|main|principal|secondary|exploratory|tertiary|other|efficacy)"
OF_STUDY = r"(?: (?:of|for|in) (?:this|the|our) (?:(?:phase \w+|present|current|main|pilot|randomi[sz]ed|clinical|phase) )*(?:study|trial|analysis|protocol|research|part|stage|component)(?: of (?:this|the) (?:study|trial))?)?"
BE = r"(?:was|were|is|are|included?|includes|including|comprised|consisted of|will be|:|being|for (?:this|the) (?:study|trial|analysis) (?:was|were|is))"
TO_ASSESS = r"(?: (?:was|were|is|are))?(?: defined as| to (?:determine|assess|evaluate|compare|investigate|examine|establish|demonstrate|measure|show|estimate|characteri[sz]e)(?: whether| if)?"
# The list of one role ends where the next begins: "... was RRT, and secondary endpoints were ...".
NEXT_ROLE = r"(?:,|\band\b|\bwhile\b|\bwith\b)\s(?:the\s)?(?:key\s)?(?:primary|secondary|exploratory|other)\s(?:\w+\s){0,2}(?:end|outcome|objective|measure|aim)"
LIST = rf"(?P<list>(?:(?!{NEXT_ROLE})[^.;]){{3,420}}(?:;\s?(?:(?!{NEXT_ROLE}|the\s(?:secondary|primary)|secondary|primary)[^.;]){{3,200}}){{0,8}})"
STATED = re.compile(
    rf"\b{ROLE}(?: and (?P<role2>secondary))? (?P<what>{WHAT})(?: \([^)]*\))?{OF_STUDY}(?:{TO_ASSESS}|\s*{BE})\s*:?\s*{LIST})",
    re.IGNORECASE,
)
# Runs before the costly patterns: no endpoint is stated without these words.
CUE = re.compile(r"end ?-?points?|outcome|objective|measure|aims?\b|variables?|criteri|hypothesis", re.IGNORECASE)
ROLE_SAID = re.compile(rf"\b{ROLE} {WHAT}", re.IGNORECASE)
INVERTED = re.compile(
    r"(?:,? (?:was|were|is|are|as|served as|chosen as|selected as|evaluated as))+ (?:the |our |a |an |defined as the |considered (?:as )?(?:the )?)?$|, the $",
    re.IGNORECASE,
)
ASIDE = re.compile(rf"\((?:the )?{ROLE} {WHAT}\)", re.IGNORECASE)
HEADING = re.compile(rf"^{ROLE}(?: \w+)? {WHAT}", re.IGNORECASE)
# "Safety was assessed by ...", "PFS was defined as ...": endpoints without a role.
ASSESSED = re.compile(
    r"^\s?(?:\([^)]*\)\s?)?(?:and tolerability )?(?:was|were|is|will be) (?:also )?(?:assessed|evaluated|monitored|defined|calculated|measured)\b",
    re.IGNORECASE,
)
ROLES = {
    "primary": "primary",
    "co-primary": "primary",
    "coprimary": "primary",
    "main": "primary",
    "principal": "primary",
    "secondary": "secondary",
    "exploratory": "exploratory",
    "tertiary": "exploratory",
    "other": "exploratory",
}
# In an aim ("to compare the efficacy of ...") only known endpoints are believed.
VAGUE = re.compile(r"objective|aim|hypothes", re.IGNORECASE)
ITEM = re.compile(
    r"(?:(?!,\s|;\s?|\sand\s(?!(?:mean|maximum|minimum|diastolic|neck|after|week|month)\b)|\sas well as\s|\(\s?(?:i{1,3}|iv|v|\d|[a-e])\s?\)).)+",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"^(?:\W|\b(?:and|the|to|in|of|a|an|as|well|also|were|was|both|either|any|key|mean|maximum|percentage|proportion|number(?= of (?:patients|subjects|women))|patients|subjects|participants|women|achieving|who|with|having|had|achieved"
    r"|assess\w*|evaluat\w*|compar\w*|determin\w*|measur\w*|following|treatment effects?(?= on)|effects?(?= (?:of|on))|on|changes?|differences?|improvements?(?= (?:in|of))|reductions?(?= (?:in|of))|drop(?= in)|occurrence|incidence|onset|frequency|comparison"
    r"|rates?(?= of)|time course|from baseline|overall(?= (?:incidence|safety)))\b)+",
    re.IGNORECASE,
)
TAIL = re.compile(
    r"\b(?:which|that|who|defined|measured|assessed|evaluated|determined|calculated|as assessed|according|based|between|using|by the|compared|in (?:both|all|each|the|patients|tumou?r|this)|for (?:each|the|all)|of (?:the|each) (?:two|study|treatment)"
    r"|among|were|was|is|are|with (?:the|a)|where|from baseline|from randomi[sz]ation|(?:at|after|within|during|over|until|up to|through|from) (?:the |a |an |end |follow|week|month|day|year|\d)|when|following)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
TIMEPOINT = re.compile(
    r"\b(?:at|after|from baseline to|to|through|within|over|up to) (?:the )?(?P<first>week|month|day|year)s? (?P<n>\d{1,3})\b|\b(?:at|after|within|over|up to|during) (?P<n2>\d{1,3}|one|two|three|four|five|six|twelve)[ -](?P<unit>week|month|day|year|hour)s?\b",
    re.IGNORECASE,
)
UNIT = {"week": "wk", "month": "mo", "day": "d", "year": "a", "hour": "h"}
DEFINED = re.compile(
    r"^[^.;]{0,40}?\b(?:was|were|is|are|,)? ?(?:defined|calculated|measured) as (?P<definition>[^.;]{10,300})",
    re.IGNORECASE,
)
MAX_WORDS = 14
HEAD = 25
PLACES = frozenset({"abstract", "methods", "other", "introduction", "results"})


@dataclass(frozen=True, slots=True)
class _Item:
    """One endpoint of a printed list."""

    name: str
    abbreviation: str | None
    start: int
    end: int
    known: bool


def endpoints(study: Study) -> Iterator[Endpoint | Rejected]:
    """The endpoints that the paper names, by role; one without a role only where no other sentence gives it one."""
    found = list(_all(study))
    with_role = {item.name for item in found if isinstance(item, Endpoint) and item.role}
    for item in found:
        if isinstance(item, Rejected) or item.role or item.name not in with_role:
            yield item


def _all(study: Study) -> Iterator[Endpoint | Rejected]:
    for sentence in study.reading.sentences:
        if sentence.kind not in PLACES or (sentence.cited and sentence.kind == "introduction"):
            continue
        cued = bool(CUE.search(sentence.text))
        stated = [*STATED.finditer(sentence.text)] if cued else []
        for match in stated:
            yield from _listed(study, sentence, match)
        if cued and not stated:
            yield from _turned(study, sentence)
        heading = HEADING.search(sentence.passage.section.title)
        if sentence.passage.kind not in ("paragraph", "list-item") or sentence.kind != "methods" or stated:
            continue
        if heading:
            yield from _under_heading(study, sentence, heading["role"])
        else:
            yield from _assessed(study, sentence)


def _turned(study: Study, sentence: Sentence) -> Iterator[Endpoint]:
    """Known endpoints before their role: "Tolerability was a secondary endpoint", "PASI 75 (primary endpoint)"."""
    for match in ROLE_SAID.finditer(sentence.text):
        verb = INVERTED.search(sentence.text[: match.start()])
        if verb:
            start = max(sentence.text.rfind(mark, 0, verb.start()) for mark in ".;:") + 1
            for item in _items(study.reading, sentence, start, verb.start()):
                if item.known:
                    yield _endpoint(study, sentence, item, ROLES.get(match["role"].lower()), "endpoints.inverted")
    for match in ASIDE.finditer(sentence.text):
        before = [item for item in _items(study.reading, sentence, 0, match.start()) if item.known]
        if before:
            yield _endpoint(study, sentence, before[-1], ROLES.get(match["role"].lower()), "endpoints.aside")


def _assessed(study: Study, sentence: Sentence) -> Iterator[Endpoint]:
    """Known endpoints at the head of a sentence that says how they were assessed."""
    for match in endpoint_terms(study.reading, sentence):
        if match.start <= HEAD and ASSESSED.match(sentence.text[match.end :]):
            item = _Item(match.term.name, match.term.attributes.get("abbreviation"), match.start, match.end, True)
            yield _endpoint(study, sentence, item, None, "endpoints.assessed")


def _listed(study: Study, sentence: Sentence, match: re.Match[str]) -> Iterator[Endpoint | Rejected]:
    role = ROLES.get(match["role"].lower())
    vague = bool(VAGUE.search(match.groupdict().get("what") or ""))
    for item in _items(study.reading, sentence, *match.span("list")):
        if vague and not item.known:
            yield Rejected(
                "endpoints.listed", item.name, "an aim in words of its own", sentence.evidence(item.start, item.end)
            )
            continue
        yield _endpoint(study, sentence, item, role, "endpoints.listed")


def _under_heading(study: Study, sentence: Sentence, role: str) -> Iterator[Endpoint]:
    """Known endpoints in the text under a heading "Primary endpoint"."""
    for item in _items(study.reading, sentence, 0, len(sentence.text)):
        if item.known:
            yield _endpoint(study, sentence, item, ROLES.get(role.lower()), "endpoints.heading")


def _endpoint(study: Study, sentence: Sentence, item: _Item, role: str | None, rule: str) -> Endpoint:
    timepoint = TIMEPOINT.search(sentence.text[item.start : item.end + 60])
    definition = DEFINED.match(sentence.text[item.end :])
    return Endpoint.model_validate(
        {
            "name": item.name,
            "abbreviation": item.abbreviation or _abbreviation(study.reading, item.name),
            "role": role,
            "definition": definition["definition"].strip() if definition else None,
            "timepoint": read_timepoint(timepoint) if timepoint else None,
            "evidence": sentence.evidence(item.start, item.end),
            "rule": rule,
        }
    )


def read_timepoint(match: re.Match[str]) -> str:
    """A time point as number and UCUM unit: "week 24" is "24 wk"."""
    if match["n"]:
        return f"{match['n']} {UNIT[match['first'].lower()]}"
    words = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12}
    return f"{words.get(match['n2'].lower(), match['n2'])} {UNIT[match['unit'].lower()]}"


def _items(reading: Reading, sentence: Sentence, start: int, end: int) -> Iterator[_Item]:
    known = endpoint_terms(reading, sentence)
    for part in ITEM.finditer(sentence.text, start, end):
        inside = [match for match in known if part.start() <= match.start and match.end <= part.end()]
        if inside:
            for match in inside[:2]:
                yield _Item(match.term.name, match.term.attributes.get("abbreviation"), match.start, match.end, True)
            continue
        cut = TAIL.sub("", re.sub(r"\([^)]*\)?", lambda m: " " * len(m[0]), part[0]))
        lead = LEAD.match(cut)
        first = lead.end() if lead else 0
        name = " ".join(cut[first:].split()).strip(" ,:-")
        if 1 <= len(name.split()) <= MAX_WORDS and len(name) > 4 and re.match(r"[A-Za-z]", name):
            begin = part.start() + first
            yield _Item(
                name[0].lower() + name[1:] if name[1:2].islower() else name,
                None,
                begin,
                begin + len(cut[first:].rstrip()),
                False,
            )


@cache
def _by_abbreviation() -> dict[str, Term]:
    return {term.attributes["abbreviation"]: term for term in terms("endpoints") if term.attributes.get("abbreviation")}


def endpoint_terms(reading: Reading, sentence: Sentence) -> list[TermMatch]:
    """Known endpoints in a sentence, with the paper's own abbreviations of them."""
    return endpoint_matches(reading, sentence.text, sentence.of_kind("endpoints"))


def endpoint_matches(reading: Reading, text: str, known: tuple[TermMatch, ...]) -> list[TermMatch]:
    """Known endpoints in a text: its curated terms, and the paper's abbreviations that mean one."""
    found = list(known)
    for short, term in _own_abbreviations(tuple(reading.abbreviations.items())).items():
        for match in re.finditer(rf"(?<![\w-]){re.escape(short)}s?(?![\w-])", text):
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(TermMatch(term, match.start(), match.end()))
    return sorted(found, key=lambda m: m.start)


@cache
def _own_abbreviations(abbreviations: tuple[tuple[str, str], ...]) -> dict[str, Term]:
    from extractor.language import language

    own: dict[str, Term] = {}
    for short, meaning in abbreviations:
        matches = [match for match in language().find(meaning) if match.term.kind == "endpoints"]
        if matches and matches[-1].end - matches[-1].start >= 0.6 * len(meaning):
            own[short] = matches[-1].term
    return own


def _abbreviation(reading: Reading, name: str) -> str | None:
    return next((short for short, meaning in reading.abbreviations.items() if meaning.lower() == name.lower()), None)
