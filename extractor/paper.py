"""The paper itself: title, journal, identifiers, authors, dates, licence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from corpus.document import Passage
from extractor.dates import DATE, YEAR, iso_date
from extractor.study import Study
from extractor.values import Stated
from ontology import regex as re
from ontology.journals import journal_key, journals
from ontology.record import Author, Evidence, Paper

FRONT_REACH = 6000
BACK_REACH = 3000

DOI = re.compile(
    r"\b(?:doi(?:\.org)?[: /]*|https?://(?:dx\.)?doi\.org/)(?P<doi>10\.\d{4,9}/[^\s\"<>,;]+[^\s\"<>,;.)\]])",
    re.IGNORECASE,
)
PMID = re.compile(r"\bPMID:? ?(?P<pmid>\d{6,9})\b")
PMCID = re.compile(r"\b(?P<pmcid>PMC\d{5,9})\b")
RECEIVED = re.compile(rf"\breceived(?: for publication)?:?,? (?:on )?(?P<date>{DATE})", re.IGNORECASE)
ACCEPTED = re.compile(rf"\baccepted(?: for publication)?:?,? (?:on )?(?P<date>{DATE})", re.IGNORECASE)
PUBLISHED = re.compile(
    rf"\b(?:published|first published|publication date)(?: online| onlineFirst)?:?,? (?:on )?(?P<date>{DATE})",
    re.IGNORECASE,
)
LICENCE = re.compile(
    r"(?P<licence>https?://creativecommons\.org/licenses/[a-z-]+/\d\.\d/?|Creative Commons Attribution(?:[- ](?:Non-?Commercial|No-?Derivatives|Share-?Alike|NC|ND|SA))*(?: (?:International|Unported))?(?: License| Licence)?(?: ?\(?(?:CC[- ]BY[\w-]*)\)?)?(?: ?\d\.\d)?|\bCC[- ]BY(?:-[A-Z]{2})*(?: \d\.\d)?)"
)
CORRESPONDENCE = re.compile(
    r"(?:correspond\w+|address (?:for )?(?:correspondence|reprints?)|e-?mail)[^@]{0,300}?(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    re.IGNORECASE | re.DOTALL,
)
# "Nat Commun 2018;9:832", "Lancet Oncol. 2017; 18(3): 357-370", "BMC Cancer 2012, 12:144"
JOURNAL_LINE = re.compile(
    rf"^\W*(?P<journal>[A-Z][\w&.:'() -]{{2,80}}?)[.,]?\s+\(?(?P<year>{YEAR})\)?(?:\s[A-Z][a-z]{{2}}(?:\s\d{{1,2}})?)?[;,.:]\s?(?P<volume>\d{{1,4}})\s?(?:\((?P<issue>[\w -]{{1,12}})\))?\s?[:,]\s?(?P<pages>[A-Za-z]?\d[\w.]*(?:\s?[-\u2013]\s?[A-Za-z]?\d+)?)",
    re.MULTILINE,
)
HARVARD_LINE = re.compile(
    rf"^\W*(?P<journal>[A-Z][\w&.:' -]{{2,60}}?)[, ]+(?:vol(?:ume)?\.? )?(?P<volume>\d{{1,4}})\s?(?:\((?P<issue>\w{{1,6}})\))?[,:]\s?(?:pp?\. ?)?(?P<pages>[A-Za-z]?\d[\w]*(?:[-\u2013]\w+)?)[, ]+\(?(?P<year>{YEAR})\)?",
    re.MULTILINE,
)
# "Nature Communications | (2024) 15:832"
BARRED_LINE = re.compile(
    rf"^\W*(?P<journal>[A-Z][\w&.:' -]{{2,60}}?)\s*\|\s*\(?(?P<year>{YEAR})\)?\s*(?P<volume>\d{{1,4}})\s?[:,]\s?(?P<pages>[A-Za-z]?\d[\w.-]*)",
    re.MULTILINE,
)
# "European Radiology (2023) 33:217-225"
SPRINGER_LINE = re.compile(
    rf"^\W*(?P<journal>[A-Z][\w&.:' -]{{2,60}}?)\s+\((?P<year>{YEAR})\)\s*(?P<volume>\d{{1,4}})\s?[:,]\s?(?P<pages>[A-Za-z]?\d[\w.]*(?:[-\u2013][A-Za-z]?\d+)?)",
    re.MULTILINE,
)
# "J Clin Oncol 41:1234-1244. \u00a9 2023 by ..."
COPYRIGHT_LINE = re.compile(
    rf"^\W*(?P<journal>[A-Z][\w&.:' -]{{2,60}}?)\s+(?P<volume>\d{{1,4}})\s?(?:\((?P<issue>\w{{1,6}})\))?:\s?(?P<pages>[A-Za-z]?\d\w*(?:[-\u2013]\w+)?)\.\s+(?i:\u00a9|\(c\)|copyright)\s+(?P<year>{YEAR})",
    re.MULTILINE,
)
JOURNAL_LINES = (JOURNAL_LINE, HARVARD_LINE, BARRED_LINE, SPRINGER_LINE, COPYRIGHT_LINE)
# A line of the title page that is a journal's name and nothing else; one word can be a heading as well.
TITLE_PAGE = 3000
NAME_LINE = re.compile(r"^[ \t]*(?P<journal>[A-Z][^\n\t|]{4,70}?)[ \t]*$", re.MULTILINE)
PATTERNS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("doi", DOI, "doi"),
    ("pmid", PMID, "pmid"),
    ("pmcid", PMCID, "pmcid"),
    ("received", RECEIVED, "date"),
    ("accepted", ACCEPTED, "date"),
    ("published", PUBLISHED, "date"),
    ("licence", LICENCE, "licence"),
    ("correspondence", CORRESPONDENCE, "mail"),
)
LISTS = frozenset({"authors"})
CAPITAL = "[A-ZÀ-ÖØ-ÞĆČĐĘĄŁŃŐŘŚŠŞŰŻŹŽİ]"
PERSON = re.compile(
    rf"^(?:{CAPITAL}[\w'.-]*\.?\s+)(?:(?:{CAPITAL}[\w'.-]*\.?|de|la|van|von|der|den|di|da|del|dos|el|al|bin|ter|ten|le|du)\s+)*{CAPITAL}[\w'-]+(?:\s(?:Jr|Sr|II|III)\.?)?$"
)
NOT_PERSON = re.compile(
    r"\b(?:Hospital|Universit\w+|Cent(?:er|re)|Institut\w*|Department|Trial|Unit|School|College|Division|Group|Society|Foundation|Laborator\w+)\b"
)
PARTICLES = frozenset("de la van von der den di da del dos el al bin ter ten le du".split())
DEGREES = re.compile(r",?\s*\b(?:MD|PhD|MSc|MBBS|FRCP|BSc|MPH|DO|PharmD|RN|MS|DSc|Dr|Prof|FRCR|MRCP)\b\.?")
MARKS = re.compile(
    r"\^\{?[^}\s]*\}?|[\u00b9\u00b2\u00b3\u2070-\u207f*\u2020\u2021\u00a7\u00b6#|\u2709]|(?<=[a-z])\d+(?:,\d+)*"
)


def journal_name(printed: str) -> str:
    """The full name of a journal printed by its abbreviation; as printed where it is not known."""
    return journals().get(journal_key(printed), printed)


def licence_code(printed: str) -> str:
    """The short form of a Creative Commons licence: "CC BY-NC 4.0"; another licence as printed."""
    version = re.search(r"\d\.\d", printed)
    parts = [code for code, form in LICENCE_PARTS if form.search(printed)]
    if not re.search(r"creative ?commons|\bCC\b", printed, re.IGNORECASE) or not parts:
        return printed
    return " ".join(["CC", "-".join(parts), *([version[0]] if version else [])])


def as_is(value: Any) -> Any:
    """The value itself."""
    return value


LICENCE_PARTS = (
    ("BY", re.compile(r"\bby\b|attribution", re.IGNORECASE)),
    ("NC", re.compile(r"\bnc\b|non-?commercial", re.IGNORECASE)),
    ("ND", re.compile(r"\bnd\b|no-?deriv", re.IGNORECASE)),
    ("SA", re.compile(r"\bsa\b|share-?alike", re.IGNORECASE)),
)
CANONICAL: dict[str, Callable[[Any], Any]] = {"journal": journal_name, "licence": licence_code}


def paper(study: Study) -> Paper:
    """The paper's fields: those the format tags, else those its first and last pages print."""
    values: dict[str, Any] = {}
    evidence: dict[str, tuple[Evidence, ...]] = {}
    rules: dict[str, str] = {}
    for stated in (*_tagged(study), *_printed(study)):
        name = stated.field
        if name in LISTS:
            if rules.get(name, stated.rule) != stated.rule:
                continue
            values[name] = (*values.get(name, ()), stated.value)
        elif name in values:
            continue
        else:
            values[name] = CANONICAL.get(name, as_is)(stated.value)
        evidence[name] = (*evidence.get(name, ()), *stated.evidence)
        rules.setdefault(name, stated.rule)
    return Paper(**values, evidence=evidence, rules=rules)


def _tagged(study: Study) -> Iterator[Stated]:
    """The fields that the format itself tags."""
    for tag in study.document.tagged:
        place = (Evidence(start=tag.start, end=tag.end, section="front"),)
        if tag.field == "author":
            value: Any = Author(
                family=tag.value.get("family") or tag.value.get("collab") or "",
                given=tag.value.get("given"),
                affiliations=tuple(tag.value.get("affiliations", ())),
            )
            yield Stated("authors", value, place, "paper.tagged")
        elif tag.field in Paper.model_fields:
            value = int(tag.value) if tag.field == "year" else tag.value
            yield Stated(tag.field, value, place, "paper.tagged")


def _printed(study: Study) -> Iterator[Stated]:
    """The fields as the first and last pages print them."""
    titles = [passage for passage in study.document.passages if passage.kind == "title"]
    for title in titles[:1]:
        text = " ".join(title.text.replace("*", "").split())
        yield Stated("title", text, title.evidence(0, len(title.text)), "paper.title")
    yield from _authors(study)
    for start, text in _margins(study.document.text):
        for field, form, group in PATTERNS:
            match = _first(form, start, text, study)
            if match:
                value = iso_date(match[group]) if group == "date" else match[group].rstrip(".")
                if value:
                    yield Stated(field, value, _place(start, match, group), f"paper.{field}")
        yield from _journal(start, text, study)


def _first(form: re.Pattern[str], start: int, text: str, study: Study) -> re.Match[str] | None:
    """The first match that stands in no item of the reference list: a cited work has a DOI and a journal too."""
    listed = study.document.references
    matches = form.finditer(text)
    return next((m for m in matches if not any(item.start <= start + m.start() < item.end for item in listed)), None)


def _margins(text: str) -> Iterator[tuple[int, str]]:
    """The first and the last part of the text, where papers print what they are."""
    yield 0, text[:FRONT_REACH]
    if len(text) > FRONT_REACH + BACK_REACH:
        yield len(text) - BACK_REACH, text[-BACK_REACH:]


def _place(start: int, match: re.Match[str], group: str) -> tuple[Evidence, ...]:
    return (Evidence(start=start + match.start(group), end=start + match.end(group), section="front"),)


def _journal(start: int, text: str, study: Study) -> Iterator[Stated]:
    for form in JOURNAL_LINES:
        match = _first(form, start, text, study)
        if match:
            for group in ("journal", "year", "volume", "pages"):
                value: Any = int(match[group]) if group == "year" else " ".join(match[group].split())
                yield Stated(group, value, _place(start, match, group), "paper.journal_line")
            return
    yield from _journal_alone(start, text[:TITLE_PAGE], study) if not start else ()


def _journal_alone(start: int, text: str, study: Study) -> Iterator[Stated]:
    """The journal on a line of its own, and the year of the date of publication."""
    for match in NAME_LINE.finditer(text):
        name = match["journal"]
        if " " in name and journal_key(name) in journals():
            yield Stated("journal", name, _place(start, match, "journal"), "paper.journal_line")
            break
    published = _first(PUBLISHED, start, text, study)
    year = re.search(YEAR, published["date"]) if published else None
    if published and year:
        at = start + published.start("date") + year.start()
        yield Stated("year", int(year[0]), (Evidence(start=at, end=at + 4, section="front"),), "paper.published")


def _authors(study: Study) -> Iterator[Stated]:
    """The names of the line after the title."""
    passages = study.document.passages
    first = next((place for place, passage in enumerate(passages) if passage.kind == "title"), None)
    if first is None:
        return
    for passage in passages[first + 1 : first + 8]:
        names = list(_names(passage))
        if len(names) >= 2 or (names and len(passage.text) < 60):
            for name, start, end in names:
                yield Stated("authors", _author(name), passage.evidence(start, end), "paper.author_line")
            return
        if passage.section.kind not in ("front", "other"):
            return


def _names(passage: Passage) -> Iterator[tuple[str, int, int]]:
    """Names in a line of authors; nothing where most of the line's parts are none."""
    found: list[tuple[str, int, int]] = []
    parts = [part for part in re.finditer(r"(?:(?!\s&\s|\sand\s)[^,;])+", passage.text) if part[0].strip()]
    for part in parts:
        name = " ".join(DEGREES.sub("", MARKS.sub(" ", re.sub(r"^\s*(?:&|and)\s", "", part[0]))).split()).strip(" .*")
        if PERSON.match(name) and len(name.split()) <= 6 and not NOT_PERSON.search(name):
            start = part.start() + part[0].find(name.split()[0])
            found.append((name, start, min(part.end(), start + len(name))))
    if found and len(found) >= 0.6 * len(
        [part for part in parts if re.search(r"[A-Za-z]{2}", DEGREES.sub("", part[0]))]
    ):
        yield from found


def _author(name: str) -> Author:
    words = name.split()
    place = len(words) - 1
    if words[-1].rstrip(".") in ("Jr", "Sr", "II", "III") and place > 1:
        place -= 1
    while place > 1 and words[place - 1].lower() in PARTICLES:
        place -= 1
    return Author(family=" ".join(words[place:]), given=" ".join(words[:place]) or None)
