"""The tools of a trial: criteria of response and toxicity with their versions, and software."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from extractor.cues import Cued
from extractor.study import Study
from extractor.values import Stated
from ontology import regex as re
from ontology.terms import rows

OWN = ("abstract", "methods", "results", "other")
# "SAS (SAS Institute, Cary, NC; version 9.2)": the version may stand after the maker.
VERSION = re.compile(
    r"[^.;]{0,60}?;?[^.;]{0,30}?\b(?:[Vv]ersions?|[Vv]er\.|[Rr]elease|[Vv]\.?)\s?(?P<version>\d{1,2}(?:\.\d{1,2}){0,2})(?![\d%/])"
)
# "SPSS 18.0", "SPSS statistical software package 11.0"
NUMBERED = re.compile(
    r"[,:]?(?:\s(?:statistical|statistics|software|package|program|for\sWindows|Windows|programme|system)[,:]?){0,4}(?:\s|-)?(?P<version>\d{1,2}(?:\.\d{1,2}){0,2})(?![\d%/]|\s(?:patients|to\b|-))",
    re.IGNORECASE,
)
JUDGES = (
    (
        "independent central review",
        Cued(r"\b(?:(?:independent|central)(?: \w+)? (?:review|assessment)|(?-i:IRC|BICR|ICR|IRRC))\b", re.IGNORECASE),
    ),
    ("investigator", Cued(r"\binvestigators?\b(?: review|'s assessment|[- ]assess\w+)?", re.IGNORECASE)),
)
# Their versions are printed without the zero too: "CTCAE version 3".
WHOLE = frozenset({"CTCAE", "NCI-CTC"})
# Run before the long patterns of the tables.
CRITERIA_CUE = Cued(
    r"riteria|RECIST|CTC|MedDRA|[Tt]oxicity|[Gg]rad(?:ed|ing)|[Ss]cale|[Dd]ictionary|WHO|RANO|PERCIST|Cheson|Lugano|IMWG|Choi|egression|Mandard|Becker|Miller|Residual"
)
SOFTWARE_CUE = Cued(
    r"[Ss]oftware|[Vv]ersion|[Pp]ackage|[Pp]rogram|SPSS|SAS|S[Tt][Aa][Tt][Aa]|Prism|\bR\b|Excel|Inc\b|analy[sz]|calculat|perform"
)


@cache
def _forms(kind: str, criterion: str | None = None) -> dict[Cued, str]:
    """The forms of a table, of one kind of criteria alone, and the names they stand for."""
    return {
        Cued(row.get("pattern") or rf"\b{re.escape(row['name'])}\b"): row["name"]
        for row in rows(kind)
        if criterion is None or row.get("kind") == criterion
    }


def _named(name: str, match: re.Match[str], text: str) -> tuple[str, int]:
    """The canonical name with the printed version, and where the version ends."""
    groups = match.groupdict()
    version, end = groups.get("version") or groups.get("version_before"), match.end()
    later = None if version else NUMBERED.match(text, match.end()) or VERSION.match(text, match.end())
    if later:
        version, end = later["version"], later.end()
    if name == "NCI-CTC" and version and version[0] in "345":
        name = "CTCAE"  # the Common Toxicity Criteria have had another name since their third version
    if name in WHOLE and version and "." not in version:
        version = f"{version}.0"
    return (f"{name} {version}", end) if version and version not in name else (name, match.end())


def _criteria(study: Study, field: str, criterion: str) -> Iterator[Stated]:
    """Criteria named in the paper's own sections, and under its tables wherever they stand."""
    forms = _forms("criteria", criterion)
    for sentence, cued in study.reading.cued(forms):
        if sentence.kind not in OWN and sentence.passage.kind not in ("caption", "footnote"):
            continue
        if CRITERIA_CUE.search(sentence.text):
            found = [(forms[form], match) for form in cued for match in form.finditer(sentence.text)]
            for name, match in found:
                if not any(_holds(other, match) for _, other in found):
                    value, end = _named(name, match, sentence.text)
                    yield Stated(field, value, sentence.evidence(match.start(), end), f"trial.{field}")


def response_criteria_in(text: str) -> list[tuple[str, int]]:
    """The criteria of response that a folded text names, with the places where their names start."""
    if not CRITERIA_CUE.search(text):
        return []
    forms = {**_forms("criteria", "response"), **_forms("criteria", "regression")}
    found = [(name, match) for form, name in forms.items() for match in form.finditer(text)]
    apart = [(name, match) for name, match in found if not any(_holds(other, match) for _, other in found)]
    return sorted(((_named(name, match, text)[0], match.start()) for name, match in apart), key=lambda item: item[1])


def assessment(text: str, place: int | None = None) -> str | None:
    """By what the responses of a text were judged: the criteria before a place, else the only ones, else who judged."""
    named = response_criteria_in(text)
    before = [name for name, start in named if place is None or start < place]
    if before or len(named) == 1:
        return before[-1] if before else named[0][0]
    judged = next((name for name, form in JUDGES if form.search(text)), None)
    return None if named else judged


def _holds(outer: re.Match[str], inner: re.Match[str]) -> bool:
    """Whether a longer name holds another: RECIST in "modified RECIST"."""
    return outer.start() <= inner.start() and inner.end() <= outer.end() and outer.span() != inner.span()


def response_criteria(study: Study) -> Iterator[Stated]:
    """The criteria by which response was judged, else those of regression under the microscope."""
    found = list(_criteria(study, "response_criteria", "response"))
    yield from _fullest(found or list(_criteria(study, "response_criteria", "regression")))


def _fullest(found: list[Stated]) -> Iterator[Stated]:
    """Statements without those that another one says with a version."""
    names = {stated.value for stated in found}
    for stated in found:
        if not any(other != stated.value and other.startswith(f"{stated.value} ") for other in names):
            yield stated


def ae_criteria(study: Study) -> Iterator[Stated]:
    """The criteria by which toxicity was graded, the fullest name first; else how events were coded."""
    found = list(_criteria(study, "ae_criteria", "toxicity")) or list(_criteria(study, "ae_criteria", "coding"))
    yield from sorted(found, key=lambda stated: (not any(map(str.isdigit, stated.value)), stated.evidence[0].start))


def software(study: Study) -> Iterator[Stated]:
    """The statistical software, with version where printed."""
    yield from _fullest(list(_software(study)))


def _software(study: Study) -> Iterator[Stated]:
    """The programs of each sentence, named twice or not; a version behind the next program is that program's."""
    forms = _forms("software")
    for sentence, cued in study.reading.cued(forms):
        text = sentence.text
        if sentence.kind not in ("methods", "other") or not SOFTWARE_CUE.search(text):
            continue
        found = [(match, forms[form]) for form in cued for match in form.finditer(text)]
        told: dict[str, tuple[str, int, int]] = {}
        for match, name in found:
            others = [other.start() for other, called in found if called != name and other.start() >= match.end()]
            value, end = _named(name, match, text[: min(others, default=None)])
            if told.setdefault(name, (value, match.start(), end))[0] == name:
                told[name] = (value, match.start(), end)
        for value, start, end in told.values():
            yield Stated("software", value, sentence.evidence(start, end), "trial.software")
