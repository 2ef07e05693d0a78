"""A printed reference list cut into its items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.layout.prose import Piece, ends_sentence
from ontology import regex as re

NUMBERED = re.compile(
    r"\s*(?:\[\s?([0-9]{1,3})\s?\]\.?|\(([0-9]{1,3})\)|([0-9]{1,3})[.)]|\^\{?([0-9]{1,3})\}?)\s*(?=\S)"
)
BARE_NUMBER = re.compile(r"\s*([0-9]{1,3})\s+(?=[A-ZÀ-Þ])")
DASHED = re.compile(r"\s*[-–•*]\s+(?=\S)")
SUPERSCRIPT = re.compile(r"\s*([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*(?=\S)")
# "Surname AB,", "Surname, A. B.", "van der Berg J", "World Health Organization."
AUTHOR = re.compile(
    r"(?:(?:van|von|de|del|della|der|den|di|da|dos|du|la|le|el|al|ter|ten|Mc|Mac|O['’])[\s-]?){0,3}"
    r"[A-ZÀ-Þ][\w'’ʼ-]+(?:[\s-][A-ZÀ-Þ][\w'’-]+){0,2}(?:,\s?(?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][a-z]+\b)|\s[A-ZÀ-Þ]{1,4}\b|,\s[A-ZÀ-Þ]{1,3}\b)"
)
GROUP_AUTHOR = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’-]+\s){1,6}(?:Group|Association|Organi[sz]ation|Committee|Society|Agency|Institute)\b"
)
# A line that ends so is followed by the rest of the same entry.
GOES_ON = re.compile(r"(?:[,;&:(–-]|\band|\bof|\bthe|\bin|\bet|\bfor|\b[Dd]oi:?|,\s[A-ZÀ-Þ]\.)\s*\Z")
# "Fertil Steril2016;105": converters lose the blank before a year.
YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
YEAR_WITHIN = 5
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item: its number, where its number or dash begins, and the pieces of its text without that."""

    number: int
    start: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int | None
    start: int
    pieces: tuple[Piece, ...]
    gap: bool


def list_items(text: str, printed: Sequence[tuple[int, int, bool]]) -> tuple[ListItem, ...]:
    """The items of a reference list from its lines (start, end, is there an empty line above)."""
    entries = _numbered(text, printed)
    if sum(entry.number is not None for entry in entries) * 3 < len(entries):
        entries = _by_author(text, printed) if not _is_dashed(text, printed) else entries
    return _with_numbers(text, entries)


def _is_dashed(text: str, printed: Sequence[tuple[int, int, bool]]) -> bool:
    return sum(bool(DASHED.match(text, start)) for start, _, _ in printed) * 2 > len(printed)


def _numbered(text: str, printed: Sequence[tuple[int, int, bool]]) -> list[_Entry]:
    """Entries that open with a dash or with a number one or a few higher than the last one."""
    entries: list[_Entry] = []
    last = 0
    dashed = any(DASHED.match(text, start) for start, _, _ in printed)
    for start, end, gap in printed:
        number, body = _number(text, start, end)
        expected = last + 1 if last or not dashed else None
        if number is not None and (expected is None or expected <= number <= expected + 3 or not last):
            last = number
            entries.append(_Entry(number, start, ((body, end),), gap))
        elif dash := DASHED.match(text, start, end):
            entries.append(_Entry(None, start, ((dash.end(), end),), gap))
        elif entries and (last or not _opens(text, entries[-1], start, end)):
            entries[-1] = _continued(entries[-1], (start, end))
        else:
            entries.append(_Entry(None, start, ((start, end),), gap))
    return entries


def _opens(text: str, before: _Entry, start: int, end: int) -> bool:
    """Does a line without number or dash open an entry, above the first one that has a number?"""
    return bool(AUTHOR.match(text, start, end)) and ends_sentence(text[slice(*before.pieces[-1])])


def _continued(entry: _Entry, piece: Piece) -> _Entry:
    return _Entry(entry.number, entry.start, (*entry.pieces, piece), entry.gap)


def _number(text: str, start: int, end: int) -> tuple[int | None, int]:
    """The number that opens a line and where the text after it begins."""
    for pattern in (NUMBERED, BARE_NUMBER, SUPERSCRIPT):
        if match := pattern.match(text, start, end):
            printed = next(group for group in match.groups() if group)
            return int(printed.translate(DIGITS)), match.end()
    return None, start


def _by_author(text: str, printed: Sequence[tuple[int, int, bool]]) -> list[_Entry]:
    """Entries of a list without numbers: a line that opens with an author, after one that is complete."""
    entries: list[_Entry] = []
    for index, (start, end, gap) in enumerate(printed):
        line = text[start:end]
        before = text[slice(*entries[-1].pieces[-1])] if entries else "."
        years = "".join(text[a:b] for a, b, _ in printed[index : index + YEAR_WITHIN])
        opens = AUTHOR.match(line) or (gap and line[:1].isupper()) or GROUP_AUTHOR.match(line)
        if not entries or (
            opens and not GOES_ON.search(before) and YEAR.search(years) and _follows(text, entries, line)
        ):
            entries.append(_Entry(None, start, ((start, end),), gap))
        else:
            entries[-1] = _continued(entries[-1], (start, end))
    return entries


def _follows(text: str, entries: Sequence[_Entry], line: str) -> bool:
    """Lists without numbers are in the order of the alphabet."""
    last = text[entries[-1].start : entries[-1].start + 3].casefold()
    return line[:1].casefold() >= last[:1] or len(entries) < 3


def _with_numbers(text: str, entries: Sequence[_Entry]) -> tuple[ListItem, ...]:
    """Numbers for entries that print none, from their neighbours; halves of one entry put together."""
    first = next((i for i, entry in enumerate(entries) if entry.number is not None), None)
    head = list(entries[:first]) if first is not None else list(entries)
    spare = len(head) - (entries[first].number or 1) + 1 if first is not None else 0
    while spare > 0 and (at := _second_half(text, head)) is not None:
        half = head.pop(at)
        before = head[at - 1]
        head[at - 1] = _Entry(None, before.start, before.pieces + half.pieces, before.gap)
        spare -= 1
    items: list[ListItem] = []
    for entry in [*head, *(entries[first:] if first is not None else ())]:
        last = items[-1].number if items else 0
        items.append(ListItem(entry.number or last + 1, entry.start, entry.pieces))
    return tuple(items)


def _second_half(text: str, head: Sequence[_Entry]) -> int | None:
    """The entry that most looks like the rest of the one before it."""
    weights = [0] * len(head)
    for i in range(1, len(head)):
        before = text[slice(*head[i - 1].pieces[-1])]
        own = text[slice(*head[i].pieces[0])]
        weights[i] = 2 * (not ends_sentence(before)) + 2 * own[:1].islower() + head[i].gap + (not AUTHOR.match(own))
    best = max(range(len(head)), key=weights.__getitem__, default=0)
    return best if weights and weights[best] > 1 else None
