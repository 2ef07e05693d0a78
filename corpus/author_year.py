"""Citations by name and year, tied to the reference list: `(Name et al., 2007; Name and Name 2009a,b)`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ontology import regex as re


class Marker(NamedTuple):
    """A marker in a string: reference numbers with ranges expanded, and its characters."""

    numbers: tuple[int, ...]
    start: int
    end: int


YEAR = re.compile(r"(?<![0-9])((?:18|19|20)[0-9]{2})([a-z]?)(?![0-9])")
# The year of a reference stands in parentheses or before the volume; other numbers of four digits may be pages.
PRINTED_YEARS = (
    re.compile(r"\(((?:18|19|20)[0-9]{2})([a-z]?)\)"),
    re.compile(r"(?<![0-9])((?:18|19|20)[0-9]{2})([a-z]?)\s?;"),
)
NAME = re.compile(r"[A-ZÀ-Þ][\w'’ʼ-]*[a-zà-þ][\w'’-]*|[A-Z]{3,}")
MORE_YEARS = re.compile(r"\s?[,;&]\s?(?:and\s)?")
BARE_LETTER = re.compile(r"\s?,\s?([b-f])(?![\w])")
# Characters before a year in which its names stand, and before the first name the bracket that opens.
REACH = 90
HEAD = 160


@dataclass(frozen=True, slots=True)
class Work:
    """A reference as it is cited: the first authors' names in order, and its year with the printed letter."""

    number: int
    names: tuple[str, ...]
    year: str
    letter: str


@dataclass(frozen=True, slots=True)
class Works:
    """A reference list by first name and year."""

    by_key: dict[tuple[str, str], tuple[Work, ...]]

    def of(self, words: str, year: str, letter: str) -> int | None:
        """The work that a year cites after these words: the first name that has one, the best fit of its works."""
        names = [name.casefold() for name in NAME.findall(words)][-6:]
        for index, name in enumerate(names):
            if works := self.by_key.get((name, year)):
                others = names[index + 1 :]
                return max(works, key=lambda work: _fit(work, others, letter, "et al" in words)).number
        return None


def _fit(work: Work, others: Sequence[str], letter: str, et_al: bool) -> tuple[bool, bool, bool, int]:
    several = len(work.names) > 2
    second = bool(others) and others[0] in work.names[1:2]
    return (bool(letter) and work.letter == letter, second, et_al == several, -work.number)


def works(references: Iterable[tuple[int, str]]) -> Works:
    """The works of a reference list of (number, text)."""
    keys: dict[tuple[str, str], list[Work]] = {}
    for number, text in references:
        printed = next((found for pattern in PRINTED_YEARS if (found := pattern.search(text))), None)
        years = [printed] if printed else list(YEAR.finditer(text))
        names = _authors(text, years[0].start() if years else HEAD)
        for year in years:
            for name in names[:1] if _is_person(text) else names[:4]:
                keys.setdefault((name, year[1]), []).append(Work(number, names, year[1], year[2]))
    return Works({key: tuple(found) for key, found in keys.items()})


def _is_person(text: str) -> bool:
    return bool(re.match(r"\W*(?:[a-z]+ ){0,3}[\w'’ -]+(?:, ?[A-ZÀ-Þ]\.| [A-ZÀ-Þ]{1,4}\b|, [A-ZÀ-Þ]{1,3}\b)", text))


def _authors(text: str, end: int) -> tuple[str, ...]:
    """The names at the head of a reference: words with a small letter, as initials have none."""
    return tuple(name.casefold() for name in NAME.findall(text[: min(end, HEAD)]))


def author_year_markers(text: str, listed: Works) -> list[Marker]:
    """The markers in a text, one for each pair of parentheses or name."""
    hits: list[Marker] = []
    last = ""
    previous = 0
    for year in YEAR.finditer(text):
        between = text[hits[-1].end : year.start()] if hits else "x"
        words = last if MORE_YEARS.fullmatch(between) else _words(text, previous, year.start())
        if (number := listed.of(words, year[1], year[2])) is not None:
            numbers: tuple[int, ...] = (number,)
            end = year.end()
            while year[2] and (letter := BARE_LETTER.match(text, end)):  # 2015a,b
                end = letter.end()
                numbers += tuple(n for n in (listed.of(words, year[1], letter[1]),) if n)
            hits.append(Marker(numbers, year.start(), end))
            last, previous = words, end
        else:
            previous = year.end()
    return _bracketed(text, hits)


def _words(text: str, previous: int, start: int) -> str:
    """What stands before a year back to the sign that parts it from the citation before."""
    reach = max(previous, start - REACH)
    cut = max(text.rfind(sign, reach, start) for sign in ("; ", ") ", "];"))
    return text[max(reach, cut + 1) : start]


def _bracketed(text: str, hits: Sequence[Marker]) -> list[Marker]:
    """Years inside one pair of parentheses are one marker, which the parentheses belong to."""
    groups: list[list[Marker]] = [[hit] for hit in hits[:1]]
    for before, hit in pairwise(hits):
        if any(sign in text[before.end : hit.start] for sign in ")("):
            groups.append([hit])
        else:
            groups[-1].append(hit)
    return [_group(text, group) for group in groups]


def _group(text: str, group: Sequence[Marker]) -> Marker:
    first, last = group[0], group[-1]
    opened = text.rfind("(", max(0, first.start - HEAD), first.start)
    closed = text.find(")", last.end, last.end + 40)
    inside = opened >= 0 and closed >= 0 and ")" not in text[opened : first.start]
    numbers = tuple(dict.fromkeys(number for hit in group for number in hit.numbers))
    return Marker(numbers, opened, closed + 1) if inside else Marker(numbers, first.start, last.end)
