"""Citation markers in prose: the paper's one style of citing, the markers and the references they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.author_year import Marker, Works, author_year_markers, works
from corpus.document import CitationMarker, Passage, ReferenceItem, Table
from ontology import regex as re

Style = Literal["bracket", "superscript", "parenthesis", "glued", "spaced", "author-year"]


RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
LOWERED = str.maketrans(RAISED + "⁻⁽⁾‐‑‒–—−", "0123456789-()------")
DASH = "[-‐‑‒–—−]"
NUMBER = "[1-9][0-9]{0,2}"
LIST = rf"{NUMBER}(?:\s?{DASH}\s?{NUMBER})?(?:\s?[,;]\s?{NUMBER}(?:\s?{DASH}\s?{NUMBER})?)*"
TIGHT_LIST = LIST.replace(r"\s?", "")
IN_BRACKETS = rf"\[\s?{LIST}\s?\]"
RAISED_LIST = f"[{RAISED}]+(?:[⁻–-][{RAISED}]+)?(?:\\s?[,;]\\s{{0,2}}[{RAISED}]+(?:[⁻–-][{RAISED}]+)?)*"
CARET_LIST = rf"\^\{{\**\s?\(?\s?({LIST})\s?\)?,?\s?\**\}}|\^([1-9])(?![0-9.])|<sup>\s?({LIST})\s?</sup>"

PATTERNS: dict[Style, re.Pattern[str]] = {
    "bracket": re.compile(rf"{IN_BRACKETS}(?:\s?(?:[,;]|{DASH}|and|to)?\s?{IN_BRACKETS})*"),
    "superscript": re.compile(rf"\^\(([{RAISED}⁻–,;\s^-]{{1,80}})\^?\)|({RAISED_LIST})|{CARET_LIST}"),
    "parenthesis": re.compile(rf"\(\s?(?:[Rr]efs?\.?\s?)?(?P<list>[*_]{{0,2}}{LIST}[*_]{{0,2}})\s?\)"),
    "glued": re.compile(
        rf"(?:(?<=[a-zα-ω][a-z][a-z])|(?<=[A-Za-zα-ωà-þ)\]”’\"%][.,;:])|(?<=[)\]”%]))(?P<list>{TIGHT_LIST})"
        r"(?=[\s.,;:)\]”]|\Z)(?!\.[0-9])"
    ),
    # "in later life 3–5, and": a superscript that a blank parts from its word.
    "spaced": re.compile(rf"(?:(?<=[a-z][a-z][a-z])|(?<=[)\]”A-Z])) (?P<list>{TIGHT_LIST})(?=[.,;:](?:\s|\Z))"),
}
REFERRED = re.compile(rf"(?<=[;,(\s])(?:refs?\.?|Refs?\.)\s(?P<list>{LIST})(?=\s?[;,.)\]])")
# What printed digits after a letter mean when they cite nothing.
EXPONENT = re.compile(r"(?:\b|[/·. ])(?:[mMcdkµμn]?[mgslL]|min|kg|day|h|[rRIiχηxp]|chi|log|kcal|[A-Z])\**\Z")
NUMBER_BEFORE = re.compile(r"(?:^|[\s(=<>≤≥±-])[0-9][0-9.,·]*%?\s?\Z")
POWER_BASE = re.compile(r"(?:\b|[×x* ])10\Z")
YEAR_BEFORE = re.compile(r"\b(?:19|20)[0-9]{2}\Z")
LABELLED = re.compile(
    r"(?:figs?|figures?|tables?|no|nos|vol|suppl|ref|refs|phase|days?|weeks?|grades?|groups?|stage|type|version|cycles?"
    r"|months?|years?|arms?|cohorts?|level|score|part|parts|eq|class|interleukin|caspase|interferon|vitamin)\.?\Z",
    re.IGNORECASE,
)
# Before a number after a blank that counts or measures.
COUNTING = re.compile(
    r"\b(?:is|was|were|are|of|to|and|or|than|with|by|at|in|for|from|the|aged?|means?|medians?|total|only|about|approximately|least|most"
    r"|between|over|under|after|per|times|equals?|reached|had|score[ds]?|grades?|numbers?|code|size|items?|chapter|chromosome|page|pages"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\Z",
    re.IGNORECASE,
)
# "PD-1 (15)", "VEGFR2 (27)": the digit ends a name.
NAME_BEFORE = re.compile(r"[A-Za-z][\w-]*[0-9]\s?\Z")
PERCENT_BEFORE = re.compile(r"%\s?\Z")
COUNT_BEFORE = re.compile(r"[0-9%]\s?\Z|[=<>≤≥±]\s?\Z")
# Styles whose numbers are printed as other numbers are.
UNSIGNED = ("parenthesis", "glued", "spaced")
SIGNS = re.compile(rf"[\[^{RAISED}]")
UNCITING = ("front", "title")
# A list numbered in order of citation does not jump this far ahead.
JUMP = 12
MIN_COVERAGE = 0.3
CLEAR_COVERAGE = 0.6
MAX_DIGITS = 18


def expanded(printed: str, count: int) -> tuple[int, ...]:
    """The numbers of `4-7,9` or `[4]-[7], [9]`; () where one of them is no reference of a list of `count`."""
    text = re.sub(r"\s*-\s*", "-", re.sub(r"[\[\]*]", "", printed.translate(LOWERED)))
    numbers: list[int] = []
    for part in re.split(r"[^0-9-]+", text):
        ends = [int(n) for n in part.split("-") if n]
        if len(ends) == 2 and ends[0] < ends[1] <= count:
            numbers += range(ends[0], ends[1] + 1)
        else:
            for end in ends:
                numbers += [end] if end <= count else _ascending(str(end), count)
    valid = numbers and all(0 < n <= count for n in numbers)
    return tuple(dict.fromkeys(numbers)) if valid else ()


def _ascending(digits: str, count: int) -> tuple[int, ...]:
    """Numbers that lost the commas between them, as close together as they can be: 262729 is 26, 27, 29."""
    ways = list(_splits(digits, count, 0)) if len(digits) < MAX_DIGITS else []
    return min(ways, key=lambda way: (way[-1] - way[0], len(way)), default=())


def _splits(digits: str, count: int, last: int) -> Iterator[tuple[int, ...]]:
    if not digits:
        yield ()
    for size in range(1, min(3, len(digits)) + 1):
        number = int(digits[:size])
        if digits[0] != "0" and last < number <= count:
            yield from ((number, *rest) for rest in _splits(digits[size:], count, number))


def markers(text: str, style: Style, count: int) -> list[Marker]:
    """The numeric markers of one style in a text, for a list of `count` references."""
    found = []
    for match in PATTERNS[style].finditer(text):
        printed = next((group for group in match.groups() if group), match[0])
        numbers = expanded(printed.replace("*", ""), count)
        if numbers and _ACCEPTED[style](text, match):
            found.append(Marker(numbers, *match.span()))
    found = _grouped(text, found) if style == "superscript" else found
    return sorted((*found, *_referred(text, found, count)), key=lambda marker: marker.start)


def _referred(text: str, found: list[Marker], count: int) -> Iterator[Marker]:
    """References that are named as such, whatever the style: "(HR, 0.31; ref. 4)"."""
    for match in REFERRED.finditer(text) if "ef" in text else ():
        numbers = expanded(match["list"], count)
        if numbers and all(match.end() <= other.start or other.end <= match.start() for other in found):
            yield Marker(numbers, *match.span())


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
    ends = re.findall(r"[0-9]+", match[0])
    neighbours = len(ends) == 2 and int(ends[1]) - int(ends[0]) == 1 and "," in match[0]
    several = len(ends) > 1 and "]" not in match[0][:-1] and not neighbours
    before = text[max(0, match.start() - 12) : match.start()]
    return not (several and NUMBER_BEFORE.search(before) and not YEAR_BEFORE.search(before.rstrip()))


def _raised(text: str, match: re.Match[str]) -> bool:
    """Not an isotope (¹⁸F), a power of ten, the exponent of a unit or a charge."""
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 1]
    if match[0].startswith("^("):
        return True
    spaced = before[-1:].isspace()
    before = before.rstrip()
    if not before or before[-1] in "[/-(⁻⁺=<>≤≥":
        return before[-1:] == "(" and after in (")", "⁾")
    if after and (after in "⁺⁻+" or (after.isalpha() and (spaced or (after.isupper() and not before[-1].isalpha())))):
        return False
    digits = match[0].strip("^{}")
    if before[-1].isdecimal():
        return bool(YEAR_BEFORE.search(before)) or (len(digits) > 1 and not spaced and not POWER_BASE.search(before))
    return not (len(digits) == 1 and EXPONENT.search(before))


def _in_parentheses(text: str, match: re.Match[str]) -> bool:
    """Not a count or a percentage: `12 (34)`, `p = (3)`."""
    start = max(0, match.start() - 12)
    if "ef" in match[0]:  # "version 1.1 (ref. 16)"
        return True
    return not COUNT_BEFORE.search(text, start, match.start()) or bool(NAME_BEFORE.search(text, start, match.start()))


def _glued(text: str, match: re.Match[str]) -> bool:
    """Not the number of a figure, a phase, a grade."""
    return not LABELLED.search(text, max(0, match.start() - 14), match.start())


def _spaced(text: str, match: re.Match[str]) -> bool:
    """Not a count and not the number of a figure."""
    return _glued(text, match) and not COUNTING.search(text, max(0, match.start() - 16), match.start())


_ACCEPTED: dict[Style, Callable[[str, re.Match[str]], bool]] = {
    "bracket": _in_brackets,
    "superscript": _raised,
    "parenthesis": _in_parentheses,
    "glued": _glued,
    "spaced": _spaced,
}


def numeric_style(text: str, count: int) -> tuple[Style | None, float]:
    """The style whose markers cite most of the list, and how much of it."""
    best: tuple[Style | None, float] = (None, 0.0)
    for style in PATTERNS:
        found = markers(text, style, count)
        if style in UNSIGNED:
            found = _in_order(found)
        coverage = len({n for marker in found for n in marker.numbers}) / max(1, count)
        if coverage > best[1]:
            best = style, coverage
        if best[1] > CLEAR_COVERAGE:
            break
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
class Citations:
    """How a paper cites: decided once over all its prose, then asked for each text."""

    style: Style | None
    count: int
    works: Works

    def markers(self, text: str) -> list[Marker]:
        """The markers in a text."""
        if self.style is None:
            return []
        if self.style == "author-year":
            return author_year_markers(text, self.works)
        return markers(text, self.style, self.count)


def citations_of(texts: Sequence[str], references: Sequence[ReferenceItem]) -> Citations:
    """How a paper with these texts and this reference list cites."""
    count = max((item.number for item in references), default=0)
    listed = works((item.number, item.passage.text) for item in references)
    style, coverage = numeric_style("\n\n\n".join(texts), count) if count else (None, 0.0)
    if coverage < CLEAR_COVERAGE or style in UNSIGNED:
        named = {n for text in texts for marker in author_year_markers(text, listed) for n in marker.numbers}
        if len(named) / max(1, count) > max(coverage, MIN_COVERAGE):
            style, coverage = "author-year", 1.0
    return Citations(style if coverage >= MIN_COVERAGE else None, count, listed)


def cited(
    passages: Sequence[Passage], references: Sequence[ReferenceItem]
) -> tuple[tuple[Passage, ...], tuple[CitationMarker, ...], Citations]:
    """The passages with their citation markers blanked, and the markers at their places in the document."""
    how = citations_of([p.text for p in passages if p.kind not in UNCITING], references)
    kept: list[Passage] = []
    places: list[CitationMarker] = []
    for passage in passages:
        found = [] if passage.kind in UNCITING else how.markers(passage.text)
        if how.style == "parenthesis" and passage.kind not in UNCITING:
            found = _with_next(passage.text, found, places, how.count)
        kept.append(replace(passage, blanks=tuple((m.start, m.end) for m in found)) if found else passage)
        for marker in found:
            start, end = passage.locate(marker.start, marker.end)[0]
            places.append(CitationMarker(marker.numbers, start, end, passage.section))
    return tuple(kept), tuple(places), how


def _with_next(text: str, found: list[Marker], places: Sequence[CitationMarker], count: int) -> list[Marker]:
    """The markers of a passage, and those behind a percentage that cite the next reference: "below 20% (4)"."""
    known = {marker.start: marker for marker in found}
    highest = max((number for place in places for number in place.numbers), default=0)
    kept = []
    for match in PATTERNS["parenthesis"].finditer(text):
        numbers = expanded(match["list"].replace("*", ""), count)
        after_percent = PERCENT_BEFORE.search(text, max(0, match.start() - 3), match.start())
        marker = known.get(match.start())
        if marker is None and numbers and numbers[0] == highest + 1 and after_percent:
            marker = Marker(numbers, *match.span())
        if marker is not None:
            kept.append(marker)
            highest = max(highest, *marker.numbers)
    named = [marker for marker in found if text[marker.start] not in "([" and marker not in kept]
    return sorted((*kept, *named), key=lambda marker: marker.start)


def cell_citations(table: Table, how: Citations) -> list[CitationMarker]:
    """The markers in a table's cells; a raised digit that a footnote explains is no citation."""
    if how.style not in ("bracket", "superscript"):
        return []
    notes = {note.text[:1] for note in table.footnotes}
    return [
        CitationMarker(marker.numbers, cell.start + marker.start, cell.start + marker.end, table.section)
        for cell in table.cells()
        if SIGNS.search(cell.text)
        for marker in how.markers(cell.text)
        if how.style == "bracket" or not (notes & set(cell.text[marker.start : marker.end]))
    ]
