"""One printed reference: authors, title, journal and numbers, each with its span."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractor.references.books import CONTAINER, HOUSED, SPECIAL, book_title, without_edition, without_publisher
from extractor.references.journals import find_journal
from extractor.references.names import GROUP_WORD, NOBODY, Names, U, read_names
from extractor.references.numbers import Place, find_place
from extractor.references.printed import Printed, Span
from ontology import regex as re
from ontology.record import Cited

YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
EARLY = re.compile(
    rf"\s*[.,:]?\s*[(\[](?:[^()\[\]\d]{{0,12}})?{YEAR}[a-z]?(?:\s?[/,;-][^()]{{0,20}})?[)\]]\s*[.,:;]?\s*"
)
BARE = re.compile(rf"\s*[.,:]?\s*{YEAR}[a-z]?(?:[.,:;]\s*|\s+)(?=[\"'(\[\s]*[^\W\d_])")
GROUP_YEAR = re.compile(rf"(?P<group>[{U}0-9][^()]{{1,150}}?)\.?\s*[(\[]{YEAR}[a-z]?[)\]][.,:;]?\s*")
SMALL = frozenset(("and", "of", "the", "for", "in", "on"))
GAP = re.compile(r"[\s.,:;/]*")
# How sure a journal must be: behind it a volume, only pages, only a year, or nothing.
SURE = {"volume": 0.4, "pages": 1.6, "year": 4.0, "none": 4.7}


@dataclass(frozen=True, slots=True)
class Style:
    """How a list is printed: the form of its names, and whether the year stands behind them."""

    form: str | None = None
    early: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """The parts of a reference as spans of its print; `early` where the year stands behind the authors."""

    printed: Printed
    names: Names
    place: Place | None
    year: str | None = None
    early: bool = False
    title: Span | None = None
    journal: Span | None = None

    def value(self, span: Span | None) -> str | None:
        """The printed characters of a part."""
        return (self.printed.value(*span) or None) if span else None

    @property
    def style(self) -> Style:
        """The style that this reference shows by itself."""
        return Style(self.names.form, self.early)


def parse(printed: Printed, style: Style) -> Parsed:
    """Read a reference, trying the style of its list first."""
    read = read_body(printed, *read_head(printed, style))
    if not read.names.authors and style.form:
        return with_group(read)
    if read.names.form == "group" and not read.title:
        return without_title(read)
    return read


def read_body(printed: Printed, names: Names, year: str | None, start: int) -> Parsed:
    """Numbers, title and journal of what stands behind the authors."""
    text = printed.text
    rest = GAP.match(text, start).end()  # type: ignore[union-attr]
    if not year and (housed := HOUSED.search(text[: printed.end + 1], rest)):
        title = trimmed(text, rest, without_edition(text, rest, housed.start()))
        return Parsed(printed, names, None, housed["year"], title=title)
    place = find_place(text, start, printed.end, year_known=year is not None)
    end = place.start if place else printed.end
    title, journal = split(printed, rest, max(rest, end), place)
    return Parsed(printed, names, place, year or (place.year if place else None), year is not None, title, journal)


def with_group(read: Parsed) -> Parsed:
    """A first sentence of few words, all capital, is the author in a list whose works have authors."""
    text, title = read.printed.text, read.title
    stop = text.find(". ", *title) if title else -1
    if title is None or stop < 0 or stop + 4 >= title[1]:
        return read
    words = text[title[0] : stop].split()
    if len(words) > 6 or not all(word[0].isupper() or word[0] in "(&" or word in SMALL for word in words):
        return read
    author = Cited(family=read.printed.value(title[0], stop))
    return replace(read, names=Names((author,), False, stop, "group"), title=trimmed(text, stop, title[1]))


def without_title(read: Parsed) -> Parsed:
    """A group cut behind the word that makes it one, where no stop parts it from the title."""
    printed, family = read.printed, read.names.authors[0].family
    hit = GROUP_WORD.search(family)
    start = printed.text.find(family)
    if hit is None or start < 0 or hit.end() > len(family) - 8:
        return read
    cut = start + hit.end()
    names = Names((Cited(family=family[: hit.end()]),), False, cut, "group")
    return read_body(printed, names, read.year if read.early else None, cut)


def read_head(printed: Printed, style: Style) -> tuple[Names, str | None, int]:
    """Authors, the year where it stands behind them, and where the title begins."""
    text = printed.text
    names = read_names(text, printed.start, style.form)
    end = names.end if names.authors else printed.start
    if hit := EARLY.match(text, end):
        if names.authors:
            return names, hit["year"], hit.end()
    elif (hit := BARE.match(text, end)) and names.authors and (style.early or not has_late_year(text, hit.end())):
        return names, hit["year"], hit.end()
    if style.early and names.form in (None, "group") and (hit := GROUP_YEAR.match(text, printed.start)):
        author = Cited(family=printed.value(*hit.span("group")))
        return Names((author,), False, hit.end("group"), "group"), hit["year"], hit.end()
    return (names, None, end) if names.authors else (NOBODY, None, printed.start)


def has_late_year(text: str, start: int) -> bool:
    """Whether another year stands near the end, before a volume or in brackets."""
    return bool(LATE.search(text, start))


LATE = re.compile(
    r"\b(?:19|20)\d\d(?:\s[A-Z][a-z]{2}\w*\.?)?(?:\s\d{1,2})?\s?[;,]\s?\d|\((?:19|20)\d\d\)\W*$|\b(?:19|20)\d\d\W*$"
)


def split(printed: Printed, start: int, end: int, place: Place | None) -> tuple[Span | None, Span | None]:
    """Title and journal of what lies between authors and numbers."""
    text = printed.text
    if container := CONTAINER.search(text, start, end):
        return trimmed(text, start, container.start()), trimmed(text, *book_title(text, container.end(), end))
    numbers = "none" if place is None else "volume" if place.volume else "pages" if place.first_page else "year"
    if numbers != "volume" and (published := without_publisher(text, start, end)) < end:
        return trimmed(text, start, published), None
    found = find_journal(text, start, end, printed.emphasis, glued=numbers == "volume")
    if found is None or found[1] < SURE[numbers]:
        return trimmed(text, start, end if numbers == "volume" else without_edition(text, start, end)), None
    first, last = found[0]
    if special := SPECIAL.search(text, first, last):
        last = special.start()
    return trimmed(text, start, first), trimmed(text, first, last)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without punctuation and quotes at its ends; None where nothing is left."""
    while start < end and (text[start].isspace() or text[start] in ".,;:\"'"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:\"'(["):
        end -= 1
    return (start, end) if end > start else None
