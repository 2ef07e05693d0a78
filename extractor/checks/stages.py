"""The rates and the stages of a single-arm design, read in the methods where they are printed in words."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.audit import Audit
from extractor.quantities import ANY_COUNT, count
from ontology import regex as re

TWO_STAGE = re.compile(r"\bSimon\b|\b(?:two|2)-stages?\b|\b(?:Fleming|Gehan)\b", re.IGNORECASE)
DESIGN = re.compile(r"\bpower\b|\bSimon\b|\b(?:two|2)-stage\b|\bnull\b|\bH0\b|\bhypothes", re.IGNORECASE)
RATE = r"(?P<{name}>\d{{1,2}}(?:\.\d+)?) ?%"
FRACTION = r"(?P<{name}>0?\.\d+)"
FILL = r"[^%.;]{0,90}?"
POOR = r"(?:uninteresting|undesirable|unacceptable|ineffective|inactive|historical control|not (?:be )?(?:promising|of interest|worth\w*))"
GOOD = r"(?:interest(?:ing)?|desirable|acceptable|promising|effective|target|active|worth\w*)"
LOW, HIGH = RATE.format(name="low"), RATE.format(name="high")
# What is not worth it, then what is: "a null ORR of 15% and an alternative ORR of 35%", "H0: p <= 10%, H1: p >= 30%".
PAIRS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\bnull\b{FILL}{LOW}[^%;]{{0,160}}?\balternative\b{FILL}{HIGH}",
        rf"\balternative\b{FILL}{HIGH}[^%;]{{0,160}}?\bnull\b{FILL}{LOW}",
        rf"\bH_?0\b{FILL}{LOW}[^%;]{{0,160}}?\bH_?(?:1|a)\b{FILL}{HIGH}",
        rf"\bp_?0 ?= ?{FRACTION.format(name='low')}[^;]{{0,60}}?\bp_?1 ?= ?{FRACTION.format(name='high')}",
        rf"\bp_?0 ?= ?{LOW}[^;]{{0,60}}?\bp_?1 ?= ?{HIGH}",
        rf"\b(?:increase|improve(?:ment)?|raise|rise)\b{FILL}\bfrom {LOW}? ?{FILL}\bto {HIGH}",
        rf"\b{POOR}\b{FILL}{LOW}[^;]{{0,160}}?\b{GOOD}\b{FILL}{HIGH}",
        rf"{LOW}[^%;]{{0,80}}?\b{POOR}\b[^%;]{{0,80}}?{HIGH}[^%;]{{0,80}}?\b{GOOD}\b",
    )
)
SOME = rf"(?P<n>{ANY_COUNT})"
SMALLEST = 3
PEOPLE = r"(?:patients|subjects|participants|cases|women|men)"
FIRST_STAGE: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{SOME} (?:[a-z-]+ ){{0,3}}{PEOPLE}[^.;]{{0,40}}?\b(?:in|during|for|at|to) (?:the )?(?:first|initial|stage (?:1|I|one))\b",
        rf"\b(?:first|initial) (?:stage|step|phase|cohort|part)\b[^.;\d]{{0,60}}?\b{SOME} (?:[a-z-]+ ){{0,3}}{PEOPLE}",
        rf"\b(?:the|of the|among the) (?:first|initial) {SOME} (?:[a-z-]+ ){{0,3}}{PEOPLE}",
        rf"\bstage (?:1|I|one)\b[^.;\d]{{0,60}}?\b{SOME} (?:[a-z-]+ ){{0,3}}{PEOPLE}",
    )
)
TOTAL: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\btotal (?:sample size )?(?:of|was|is|:)? ?{SOME}\b",
        rf"\bof {SOME} (?:[a-z-]+ ){{0,2}}{PEOPLE}\b",
        rf"\b{SOME} (?:[a-z-]+ ){{0,2}}{PEOPLE} (?:in total|in all|overall)\b",
    )
)
MORE: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b{SOME} (?:more|additional|further|other)\b",
        rf"\b(?:additional|further|another) {SOME}\b",
    )
)


def _methods(audit: Audit, about: re.Pattern[str]) -> Iterator[str]:
    for passage in audit.prose:
        if passage.section.kind in ("methods", "abstract", "other") and about.search(passage.search):
            yield passage.search


def rates(audit: Audit) -> Iterator[tuple[float, float]]:
    """The rates to be told apart, as fractions, the lower first."""
    for text in _methods(audit, DESIGN):
        for form in PAIRS:
            for match in form.finditer(text):
                low, high = (float(match[name] or 0) for name in ("low", "high"))
                scale = 100 if high > 1 else 1
                if 0 < low < high < scale:
                    yield low / scale, high / scale


def stages(audit: Audit) -> dict[int, set[int]]:
    """The sizes of a first stage, each with the sizes of the whole that the same passage may mean."""
    found: dict[int, set[int]] = {}
    for text in _methods(audit, TWO_STAGE):
        totals, more = set(_sizes(TOTAL, text)), set(_sizes(MORE, text))
        for first in _sizes(FIRST_STAGE, text):
            found.setdefault(first, set()).update(totals, (first + number for number in more))
    return found


def _sizes(forms: tuple[re.Pattern[str], ...], text: str) -> Iterator[int]:
    for form in forms:
        for match in form.finditer(text):
            size = count(match["n"])
            if size and size >= SMALLEST:
                yield size
