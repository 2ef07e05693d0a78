"""The design of a trial: registry numbers, acronym, phase, allocation, masking."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from extractor.cues import Cued
from extractor.reading import Sentence
from extractor.study import Study
from extractor.values import Stated
from ontology.record import Registration
from ontology.terms import rows

OWN = ("front", "abstract", "methods", "results", "back", "other")
REGISTERED = Cued(
    r"regist\w+|identifi\w+|clinicaltrials\.gov|controlled-trials|trial number|this (?:trial|study)|EudraCT|NCT|ISRCTN",
    re.IGNORECASE,
)
OTHERS = Cued(
    r"\b(?:previous|earlier|another|other|ongoing|similar|parent|companion|extension|subsequent|follow-up stud\w+) (?:[a-z0-9/-]+ ){0,3}(?:trials?|stud(?:y|ies))\b",
    re.IGNORECASE,
)
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
PHASE = Cued(
    r"\bphase[ -]?(?P<first>IV|III|II|I|[1-4])(?:[ab])?(?:\s?(?:/|-|and|or|to)\s?(?:phase )?(?P<second>IV|III|II|I|[1-4])(?:[ab])?)?(?![\w%])",
    re.IGNORECASE,
)
OWN_PHASE = re.compile(
    r"\b(?:this|our|the present|we|was|is|were|randomi[sz]ed|open-label|double-blind|multicent\w+|single-arm|conducted)\b",
    re.IGNORECASE,
)
RANDOMISED = Cued(
    r"\b(?<!non-)(?<!not )(?:randomi[sz]ed|randomly (?:assigned|allocated|divided)|randomi[sz]ation|RCT)\b",
    re.IGNORECASE,
)
NON_RANDOMISED = Cued(r"\b(?:non-?randomi[sz]ed|not randomi[sz]ed|without randomi[sz]ation)\b", re.IGNORECASE)
SINGLE_ARM = Cued(r"\b(?:single[- ]arm|one[- ]arm|single[- ]group|non-?comparative|uncontrolled)\b", re.IGNORECASE)
UNRANDOMISED = Cued(
    r"\b(?:dose[- ]escalation|open-label (?:phase|study|trial)|phase (?:I|II|1|2)[ab]? (?:study|trial))\b",
    re.IGNORECASE,
)
MASKING = (
    ("quadruple", Cued(r"\bquadruple[- ](?:blind\w*|mask\w*)", re.IGNORECASE)),
    ("triple", Cued(r"\btriple[- ](?:blind\w*|mask\w*)", re.IGNORECASE)),
    ("double", Cued(r"\bdouble[- ](?:blind\w*|mask\w*|dummy)", re.IGNORECASE)),
    (
        "single",
        Cued(r"\b(?:(?:single|observer|assessor|evaluator|investigator|rater)[- ](?:blind\w*|mask\w*))", re.IGNORECASE),
    ),
    (
        "open",
        Cued(
            r"\b(?:open[- ]label(?:led|ed)?|unblinded|non-?blinded|unmasked|not blinded|no (?:blinding|masking)|PROBE design)\b",
            re.IGNORECASE,
        ),
    ),
)
# "the MERIDIAN-2 trial", "ABC07: a randomised ...", "Study X (ACRONYM)"
NAMED = re.compile(
    r"\b(?P<acronym>[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9]*(?:[- ](?:\d{1,3}|I{1,3}|IV))?)(?= (?:trial|study)\b)"
)
TITLED = re.compile(
    r"^(?:[Tt]he )?(?P<acronym>[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9-]*)(?:\)?: | (?:trial|study)\b)|\bin (?:the )?(?P<inside>[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9-]*)(?=:| (?:trial|study)\b)|\((?:[^()]{0,60}? )?(?P<bracketed>[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9-]*)(?: (?:trial|study))?\)"
)
NOT_ACRONYM = re.compile(
    r"^(?:RCT|ITT|PK|PD|MRI|CT|PET|US|UK|USA|EU|DNA|RNA|HIV|FDA|EMA|WHO|NCI|III|II|IV|I|DB|OL|[A-Z]?\d+|ICH|GCP|PP|AE|CONSORT|COX|NSAID|[A-Z]{1,2})$"
)
EARLY = ("front", "abstract")


@cache
def registries() -> tuple[tuple[str, Cued], ...]:
    """The trial registries and the patterns of their numbers."""
    return tuple((row["name"], Cued(row["pattern"])) for row in rows("registries") if row.get("pattern"))


def registrations(study: Study) -> Iterator[Stated]:
    """The paper's own registry numbers: in front, abstract and methods, or where it speaks of registration."""
    for sentence in study.reading.sentences:
        if sentence.kind not in OWN or sentence.cited or (sentence.kind not in EARLY and OTHERS.search(sentence.text)):
            continue
        if sentence.kind not in EARLY and not REGISTERED.search(sentence.text):
            continue
        for registry, form in registries():
            for match in form.finditer(sentence.text):
                value = Registration(registry=registry, id=re.sub(r"\s|(?<=NCT)-|(?<=ISRCTN)-", "", match[0]))
                yield Stated("registrations", value, sentence.evidence(*match.span()), "trial.registration")


def acronym(study: Study) -> Iterator[Stated]:
    """The trial's short name, from the title or from "the X trial" said more than once."""
    votes: Counter[str] = Counter()
    places: dict[str, tuple[Sentence, tuple[int, int]]] = {}
    for sentence in study.reading.sentences:
        title = sentence.passage.kind == "title"
        if not title and (sentence.kind not in (*EARLY, "methods", "results") or sentence.cited):
            continue
        for match in (TITLED if title else NAMED).finditer(sentence.text):
            group = next(group for group, value in match.groupdict().items() if value)
            name = match[group]
            if name and not NOT_ACRONYM.match(name) and name not in _drugs_and_conditions(study):
                votes[name] += 3 if title else 1
                places.setdefault(name, (sentence, match.span(group)))
    for name, count in votes.most_common(1):
        if count >= 3:
            sentence, span = places[name]
            yield Stated("acronym", name, sentence.evidence(*span), "trial.acronym")


def _drugs_and_conditions(study: Study) -> frozenset[str]:
    meanings = frozenset(study.reading.abbreviations)
    arms = {name for arm in study.arms.arms for name in (arm.label, *arm.synonyms)}
    return meanings | arms


def _design_sentences(study: Study) -> Iterator[Sentence]:
    """Title first, then abstract, methods, results: where a paper says what its own trial is."""
    titles = [s for s in study.reading.sentences if s.passage.kind == "title"]
    yield from titles
    for kind in ("abstract", "methods", "front", "results"):
        yield from (s for s in study.reading.sentences if s.kind == kind and s.passage.kind != "title")


def phase(study: Study) -> Iterator[Stated]:
    """The phase: of the title, else the first of the abstract or methods that is not another trial's."""
    for sentence in _design_sentences(study):
        if sentence.kind == "results" or (sentence.cited and not OWN_PHASE.search(sentence.text)):
            continue
        if sentence.passage.kind != "title" and OTHERS.search(sentence.text):
            continue
        for match in PHASE.finditer(sentence.text):
            numbers = [ROMAN.get(part.lower(), part) for part in (match["first"], match["second"]) if part]
            value = "/".join(dict.fromkeys(numbers))
            if value in ("1", "1/2", "2", "2/3", "3", "3/4", "4"):
                yield Stated("phase", value, sentence.evidence(*match.span()), "trial.phase")
                return


def allocation(study: Study) -> Iterator[Stated]:
    """Randomised, non-randomised or single-arm."""
    tests = (("non-randomised", NON_RANDOMISED), ("randomised", RANDOMISED), ("single-arm", SINGLE_ARM))
    for sentence in _design_sentences(study):
        if sentence.cited and sentence.kind != "abstract":
            continue
        for value, form in tests:
            match = form.search(sentence.text)
            if match and not OTHERS.search(sentence.text):
                yield Stated("allocation", value, sentence.evidence(*match.span()), "trial.allocation")
                return


def masking(study: Study) -> Iterator[Stated]:
    """Who is kept from knowing the treatment; the strongest word of the first sentence that has one."""
    for sentence in _design_sentences(study):
        if sentence.cited and sentence.kind != "abstract":
            continue
        for value, form in MASKING:
            match = form.search(sentence.text)
            if match:
                yield Stated("masking", value, sentence.evidence(*match.span()), "trial.masking")
                return
