"""Citation markers in prose: the paper's one style of citing, the markers and the references they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, NamedTuple

from corpus.document import CitationMarker, Passage, ReferenceItem

Style = Literal["bracket", "superscript", "parenthesis", "glued", "author-year"]


class Marker(NamedTuple):
    """A marker in a string: reference numbers with ranges expanded, and its characters."""

    numbers: tuple[int, ...]
    start: int
    end: int


RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
LOWERED = str.maketrans(RAISED + "⁻⁽⁾‐‑‒–—−", "0123456789-()------")
DASH = "[-‐‑‒–—−]"
NUMBER = "[1-9][0-9]{0,2}"
LIST = rf"{NUMBER}(?:\s?{DASH}\s?{NUMBER})?(?:\s?[,;]\s?{NUMBER}(?:\s?{DASH}\s?{NUMBER})?)*"
IN_BRACKETS = rf"\[\s?{LIST}\s?\]"
RAISED_LIST = f"[{RAISED}]+(?:[⁻–-][{RAISED}]+)?(?:[,;]\\s?[{RAISED}]+(?:[⁻–-][{RAISED}]+)?)*"
CARET_LIST = rf"\^\{{\**\s?\(?\s?({LIST})\s?\)?,?\s?\**\}}|\^([1-9])(?![0-9.])|<sup>\s?({LIST})\s?</sup>"

PATTERNS: dict[Style, re.Pattern[str]] = {
    "bracket": re.compile(rf"{IN_BRACKETS}(?:\s?(?:[,;]|{DASH}|and|to)?\s?{IN_BRACKETS})*"),
    "superscript": re.compile(rf"(?P<raised>{RAISED_LIST})|{CARET_LIST}"),
    "parenthesis": re.compile(rf"\((?P<list>[*_]{{0,2}}{LIST}[*_]{{0,2}})\)"),
    "glued": re.compile(
        rf"(?:(?<=[a-zα-ω][a-z][a-z])|(?<=[\w)\]”’\"%][.,;:])|(?<=[)\]”%]))(?P<list>{LIST.replace(chr(92) + 's?', '')})"
        r"(?=[\s.,;:)\]”]|\Z)(?!\.[0-9])"
    ),
}
# What printed digits after a letter mean when they cite nothing.
EXPONENT = re.compile(r"(?:\b|[/·. ])(?:[mMcdkµμn]?[mgslL]|min|kg|day|h|[rRIiχηxp]|chi|log|kcal|[A-Z])\**\Z")
NUMBER_BEFORE = re.compile(r"[0-9]\s?\Z")
YEAR_BEFORE = re.compile(r"\b(?:19|20)[0-9]{2}\Z")
LABELLED = re.compile(
    r"(?:figs?|figures?|tables?|no|nos|vol|suppl|ref|refs|phase|days?|weeks?|grades?|groups?|stage|type|version|cycles?"
    r"|months?|years?|arms?|cohorts?|level|score|part|parts|eq|class|interleukin|caspase|interferon|vitamin)\.?\Z",
    re.IGNORECASE,
)
COUNT_BEFORE = re.compile(r"[0-9%)\]]\s\Z|[=<>≤≥±]\s?[0-9.]*\s?\Z")
# A list numbered in order of citation does not jump this far ahead.
JUMP = 12
MIN_COVERAGE = 0.3
YEAR = re.compile(r"\b((?:18|19|20)[0-9]{2})([a-z]?)\b")
CAPITALISED = re.compile(r"[A-ZÀ-Þ][\w'’-]+")


def expanded(printed: str, count: int) -> tuple[int, ...]:
    """The numbers of `4-7,9`; () where one of them is no reference of a list of `count`."""
    numbers: list[int] = []
    for part in re.split(r"[^0-9-]+", re.sub(r"\s*-\s*", "-", printed.translate(LOWERED))):
        ends = [int(n) for n in part.split("-") if n]
        if len(ends) == 2 and ends[0] < ends[1] <= count:
            numbers += range(ends[0], ends[1] + 1)
        else:
            for end in ends:
                numbers += [end] if end <= count else _ascending(str(end), count, numbers[-1] if numbers else 0)
    valid = numbers and all(0 < n <= count for n in numbers)
    return tuple(dict.fromkeys(numbers)) if valid else ()


def _ascending(digits: str, count: int, last: int) -> list[int]:
    """Numbers that lost the commas between them: 4517 of 56 references is 4, 5, 17."""
    for size in (1, 2, 3):
        number = int(digits[:size])
        if not last < number <= count or size > len(digits):
            continue
        rest = digits[size:]
        if not rest:
            return [number]
        if after := _ascending(rest, count, number):
            return [number, *after]
    return []


def markers(text: str, style: Style, count: int) -> list[Marker]:
    """The numeric markers of one style in a text, for a list of `count` references."""
    found = []
    for match in PATTERNS[style].finditer(text):
        printed = next((group for group in match.groups() if group), match[0])
        numbers = expanded(printed.replace("*", ""), count)
        if numbers and _ACCEPTED[style](text, match):
            found.append(Marker(numbers, *match.span()))
    return _grouped(text, found) if style == "superscript" else found


def _grouped(text: str, found: list[Marker]) -> list[Marker]:
    """Superscripts that only a comma, a dash or nothing parts are one marker."""
    groups: list[Marker] = []
    for marker in found:
        gap = text[groups[-1].end : marker.start] if groups else "x"
        if gap.strip(" ,;") or len(gap) > 3:
            groups.append(marker)
        else:
            last = groups.pop()
            groups.append(Marker(tuple(dict.fromkeys(last.numbers + marker.numbers)), last.start, marker.end))
    return groups


def _in_brackets(text: str, match: re.Match[str]) -> bool:
    """Not an interval: `5 [3-8]`, `median 4 [2, 6]`."""
    several = not match[0][1:-1].strip().isdigit() and "]" not in match[0][:-1]
    return not (several and NUMBER_BEFORE.search(text, max(0, match.start() - 3), match.start()))


def _raised(text: str, match: re.Match[str]) -> bool:
    """Not an isotope (¹⁸F), a power of ten, the exponent of a unit or a charge."""
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 1]
    if not before.strip() or before[-1].isspace() or before[-1] in "([/-":
        return before[-1:] == "(" and after in (")", "⁾")
    if after.isalpha() and after.isupper() and not before[-1].isalpha():
        return False
    if after in "⁺⁻+" and after:
        return False
    if before[-1].isdigit():
        return bool(YEAR_BEFORE.search(before))
    return not (len(match[0].strip("^{}")) == 1 and EXPONENT.search(before))


def _in_parentheses(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 8) : match.start()]
    return not COUNT_BEFORE.search(before) and not before.endswith(tuple("0123456789"))


def _glued(text: str, match: re.Match[str]) -> bool:
    return not LABELLED.search(text, max(0, match.start() - 14), match.start())


_ACCEPTED: dict[Style, Callable[[str, re.Match[str]], bool]] = {
    "bracket": _in_brackets,
    "superscript": _raised,
    "parenthesis": _in_parentheses,
    "glued": _glued,
}


def numeric_style(texts: Sequence[str], count: int) -> Style | None:
    """The style whose markers cite most of the list; None where none cites enough of it."""
    best: Style | None = None
    most = MIN_COVERAGE
    for style in PATTERNS:
        found = [marker for text in texts for marker in markers(text, style, count)]
        if style in ("parenthesis", "glued"):
            found = _in_order(found)
        coverage = len({n for marker in found for n in marker.numbers}) / max(1, count)
        if coverage > most + (0.1 if best else 0):
            best, most = style, coverage
    return best


def _in_order(found: Iterable[Marker]) -> list[Marker]:
    """Markers whose numbers do not run far ahead of those before: counts in parentheses do."""
    kept: list[Marker] = []
    highest = 0
    for marker in found:
        if marker.numbers[0] <= highest + JUMP:
            kept.append(marker)
            highest = max(highest, *(n for n in marker.numbers if n <= highest + 3 * JUMP), 0)
    return kept


@dataclass(frozen=True, slots=True)
class _Names:
    """The reference list by the first author's name and the year."""

    numbers: dict[tuple[str, str], int]

    def of(self, before: str, year: str, letter: str) -> int | None:
        """The reference that a year cites after these words, nearest name first."""
        words = [word.casefold() for word in CAPITALISED.findall(before)]
        for word in words[:3] if len(words) < 4 else words[-4:]:
            if number := self.numbers.get((word, year + letter)) or self.numbers.get((word, year)):
                return number
        return None


def _names(references: Sequence[ReferenceItem]) -> _Names:
    numbers: dict[tuple[str, str], int] = {}
    for item in references:
        words = CAPITALISED.findall(item.passage.text[:80])
        years = YEAR.search(item.passage.text)
        if not words or not years:
            continue
        for word in words[:1] if "," in item.passage.text[:40] else words[:3]:
            numbers.setdefault((word.casefold(), years[1] + years[2]), item.number)
            numbers.setdefault((word.casefold(), years[1]), item.number)
    return _Names(numbers)


def author_year_markers(text: str, references: _Names) -> list[Marker]:
    """Markers like `(Name et al., 2007; Name and Name 2009)` and `Name et al. (2007)`, one for each group."""
    hits: list[Marker] = []
    previous = 0
    for year in YEAR.finditer(text):
        reach = max(previous, year.start() - 70)
        cut = max(text.rfind(sign, reach, year.start()) for sign in (";", ". ", ") "))
        et_al = text.rfind("et al. ", reach, year.start())
        start = reach if cut < reach or (et_al >= 0 and cut <= et_al + 7) else cut + 1
        number = references.of(text[start : year.start()], year[1], year[2])
        if number is None and hits and re.fullmatch(r"\s?[,;&]\s?(?:and\s)?", text[hits[-1].end : year.start()]):
            number = hits[-1].numbers[-1]
        if number is not None:
            hits.append(Marker((number,), year.start(), year.end()))
        previous = year.end()
    return _one_bracket(text, hits)


def _one_bracket(text: str, hits: Sequence[Marker]) -> list[Marker]:
    """Years inside one pair of parentheses are one marker, from the parenthesis on."""
    groups: list[list[Marker]] = [[hit] for hit in hits[:1]]
    for before, hit in pairwise(hits):
        if ")" in text[before.end : hit.start]:
            groups.append([hit])
        else:
            groups[-1].append(hit)
    found = []
    for group in groups:
        opened = text.rfind("(", max(0, group[0].start - 80), group[0].start)
        closed = text.find(")", group[-1].end, group[-1].end + 30)
        inside = opened >= 0 and closed >= 0 and ")" not in text[opened : group[0].start]
        numbers = tuple(dict.fromkeys(n for hit in group for n in hit.numbers))
        found.append(Marker(numbers, opened, closed + 1) if inside else Marker(numbers, group[0].start, group[-1].end))
    return found


@dataclass(frozen=True, slots=True)
class Citations:
    """How a paper cites: decided once over all its prose, then asked for each text."""

    style: Style | None
    count: int
    names: _Names

    def markers(self, text: str) -> list[Marker]:
        """The markers in a text."""
        if self.style is None:
            return []
        if self.style == "author-year":
            return author_year_markers(text, self.names)
        return markers(text, self.style, self.count)


def citations_of(texts: Sequence[str], references: Sequence[ReferenceItem]) -> Citations:
    """How a paper with these texts and this reference list cites."""
    count = max((item.number for item in references), default=0)
    names = _names(references)
    style = numeric_style(texts, count) if count else None
    if style is None and references:
        cited = {n for text in texts for marker in author_year_markers(text, names) for n in marker.numbers}
        style = "author-year" if len(cited) > MIN_COVERAGE * count else None
    return Citations(style, count, names)


def cited(
    passages: Sequence[Passage], references: Sequence[ReferenceItem]
) -> tuple[tuple[Passage, ...], tuple[CitationMarker, ...], Citations]:
    """The passages with their citation markers blanked, and the markers at their places in the document."""
    prose = [passage.text for passage in passages if passage.kind not in ("front", "title", "heading")]
    how = citations_of(prose, references)
    kept: list[Passage] = []
    places: list[CitationMarker] = []
    for passage in passages:
        found = [] if passage.kind in ("front", "title") else how.markers(passage.text)
        kept.append(replace(passage, blanks=tuple((m.start, m.end) for m in found)) if found else passage)
        for marker in found:
            start, end = passage.locate(marker.start, marker.end)[0]
            places.append(CitationMarker(marker.numbers, start, end, passage.section))
    return tuple(kept), tuple(places), how
