"""The design of a trial: registry numbers, acronym, phase, allocation, masking."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from extractor.cues import Cued
from extractor.reading import Sentence
from extractor.study import Study
from extractor.values import Stated
from ontology import regex as re
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
MASKING = (
    ("quadruple", Cued(r"\bquadruple[- ](?:blind\w*|mask\w*)", re.IGNORECASE)),
    ("triple", Cued(r"\btriple[- ](?:blind\w*|mask\w*)", re.IGNORECASE)),
    ("double", Cued(r"\bdouble[- ](?:blind\w*|mask\w*|dummy)", re.IGNORECASE)),
    (
        "single",
        Cued(
            r"\b(?:(?:single|observer|assessor|evaluator|investigator|rater)[- ](?:blind\w*|mask\w*))(?! (?:\w+ )?(?:run-in|lead-in|wash-?out|period|treatment period))",
            re.IGNORECASE,
        ),
    ),
    (
        "open",
        Cued(
            r"\b(?:open[- ]label(?:led|ed)?(?!,? (?:\w+ )?(?:extension|run-in|lead-in|continuation|treatment period|follow))|unblinded|non-?blinded|unmasked|no (?:blinding|masking)|PROBE design)\b|\bnot (?:blinded|masked)\b(?= ?(?:[.,;(]|$|because|due|in this| ?to (?:the )?(?:treatment|group|allocat|assign|study|intervention|random)))|\baware of (?:the )?(?:treatment|group|study) (?:allocated|assign\w+|allocation)",
            re.IGNORECASE,
        ),
    ),
)
# Papers that use none of these words say who did not know: both sides, or one.
KEPT = Cued(
    r"\b(?:was|were|is|are|be|been|being|remained|kept|stayed) (?:(?:all|both|also|fully|kept|strictly|completely) )*(?:blind(?:ed)?|masked|unaware)\b|\bneither\b.{3,80}\b(?:knew|aware)\b|\bdid not know\b",
    re.IGNORECASE,
)
PATIENTS = re.compile(r"\b(?:patients?|participants?|subjects?|wom[ae]n|child(?:ren)?|parents?|volunteers?|mothers)\b", re.IGNORECASE)  # fmt: skip
STAFF = re.compile(
    r"\b(?:investigators?|physicians?|clinicians?|doctors?|nurs\w+|providers?|staff|personnel|caregivers?|researchers?|an(?:a)?esth\w+|surgeons?|midwi\w+|pharmacists?|operators?|(?:outcome|end ?point)s? (?:assessors?|evaluators?)|assessors|observers?|those who (?:assess|collect)\w*|data collectors?|TBAs?|paediatrician|pediatrician)\b",
    re.IGNORECASE,
)
NOT_TREATMENT = re.compile(r"\b(?:double[- ]entry|regard to (?:subject|visit)|until (?:the )?(?:database|end)|scans?|images?|slides?|echocardiogra\w+|ECGs?|histolog\w+|samples)\b", re.IGNORECASE)  # fmt: skip
EARLY = ("front", "abstract")


@cache
def registries() -> dict[Cued, str]:
    """The patterns of the numbers of trial registries, and the registries' names."""
    return {Cued(row["pattern"]): row["name"] for row in rows("registries") if row.get("pattern")}


def registrations(study: Study) -> Iterator[Stated]:
    """The paper's own registry numbers: in front, abstract and methods, or where it speaks of registration."""
    for sentence, forms in study.reading.cued(registries()):
        if sentence.kind not in OWN or sentence.cited or (sentence.kind not in EARLY and OTHERS.search(sentence.text)):
            continue
        if sentence.kind not in EARLY and not REGISTERED.search(sentence.text):
            continue
        for form in forms:
            registry = registries()[form]
            for match in form.finditer(sentence.text):
                value = Registration(registry=registry, id=re.sub(r"\s|(?<=NCT)-|(?<=ISRCTN)-", "", match[0]))
                yield Stated("registrations", value, sentence.evidence(*match.span()), "trial.registration")


def _design_sentences(study: Study, *forms: Cued) -> Iterator[Sentence]:
    """Title first, then abstract, methods, results: where a paper says what its own trial is, in one of these forms."""
    held = list(study.reading.holding(*forms))
    yield from (s for s in held if s.passage.kind == "title")
    for kind in ("abstract", "methods", "front", "results"):
        yield from (s for s in held if s.kind == kind and s.passage.kind != "title")


def phase(study: Study) -> Iterator[Stated]:
    """The phase: of the title, else the first of the abstract or methods that is not another trial's."""
    for sentence in _design_sentences(study, PHASE):
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
    for sentence in _design_sentences(study, *(form for _, form in tests)):
        if sentence.cited and sentence.kind != "abstract":
            continue
        for value, form in tests:
            match = form.search(sentence.text)
            if match and not OTHERS.search(sentence.text):
                yield Stated("allocation", value, sentence.evidence(*match.span()), "trial.allocation")
                return


def masking(study: Study) -> Iterator[Stated]:
    """Who is kept from knowing the treatment; the strongest word of the first sentence that has one."""
    for sentence in _design_sentences(study, *(form for _, form in MASKING)):
        if sentence.cited and sentence.kind != "abstract":
            continue
        for value, form in MASKING:
            match = form.search(sentence.text)
            others = OTHERS.search(sentence.text)
            if match and not (others and others.start() < match.start() < others.end()):
                yield Stated("masking", value, sentence.evidence(*match.span()), "trial.masking")
                return
    yield from _parties(study)


def _parties(study: Study) -> Iterator[Stated]:
    """Double where patients and staff were kept from knowing, single where one side was."""
    for sentence in study.reading.within("abstract", "methods"):
        kept = None if sentence.cited else KEPT.search(sentence.text)
        if not kept or NOT_TREATMENT.search(sentence.text):
            continue
        sides = sum(bool(form.search(sentence.text)) for form in (PATIENTS, STAFF))
        if sides:
            value = "double" if sides > 1 else "single"
            yield Stated("masking", value, sentence.evidence(*kept.span()), "trial.masking.parties")
            return
