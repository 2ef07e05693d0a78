"""The values of a table that a converter wrote one below the other, put side by side: bands of rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.layout.blocks import Line
from corpus.layout.fitting import GROUP_LABEL, Band
from corpus.layout.heads import P_LABEL, is_value, plain
from ontology import regex as re

Part = Sequence[Line]

P_VALUE = re.compile(r"(?:p\s?)?[=<>≤]?\s?(?:0?[.·][0-9]+|1[.·]0+)\W*|ns|n/?a|-", re.IGNORECASE)
# Between two values on one line: "12 (24) 8 (16)".
NEXT_VALUE = re.compile(r"(?<=[)\]%0-9*†‡])\s+(?=[<>≤≥]?[-−–]?[0-9])")
FEW_NAMED = 0.2  # of the lines: values with a word between them ("n=40, 3.2 (1.1)") are no labels
CODE = re.compile(r"[0-9]{1,2}|n/?a", re.IGNORECASE)
FEWEST_TOLD = 0.6  # of the values: where fewer come in bands nothing is certain


@dataclass(frozen=True, slots=True)
class Piece:
    """Values that stand directly under one another in a column, and the part that prints them."""

    part: int
    lines: tuple[Line, ...]

    @property
    def is_p(self) -> bool:
        """Can all of them be p-values?"""
        return all(P_VALUE.fullmatch(plain(line.text)) for line in self.lines)


def is_cell(text: str) -> bool:
    """Is a line a value, not the name of a group of values?"""
    return is_value(text) and not GROUP_LABEL.fullmatch(plain(text))


def is_labels(part: Part) -> bool:
    """Does a part hold labels? Some of them may be numbers; p-values can stand under their head."""
    named = [not is_cell(line.text) for line in part]
    return sum(named) > FEW_NAMED * len(part) and (len(part) == 1 or not is_p_label(part) or any(named[1:]))


def is_p_label(part: Part) -> bool:
    """Does a part begin with the head of a column of p-values?"""
    return bool(P_LABEL.fullmatch(plain(part[0].text)))


def pieces_of(parts: Sequence[Part]) -> Iterator[Piece]:
    """The pieces of columns; lines that hold several values are several pieces."""
    for place, part in enumerate(parts):
        if is_labels(part):
            continue
        lines = part[1:] if is_p_label(part) else part
        values = [list(split_values(line)) for line in lines]
        if len({len(line) for line in values}) == 1:
            yield from (Piece(place, piece) for piece in zip(*values, strict=True))
        else:
            yield Piece(place, tuple(lines))


def split_values(line: Line) -> Iterator[Line]:
    """The values of a line."""
    start = 0
    for match in (*NEXT_VALUE.finditer(line.text), None):
        end = match.start() if match else len(line.text)
        yield line._replace(start=line.start + start, end=line.start + end, text=line.text[start:end])
        start = match.end() if match else end


def bands_of(pieces: Sequence[Piece], columns: int, *, tested: bool) -> tuple[Band, ...]:
    """The bands of a body with so many columns; () where too few of its pieces come in such bands.

    Pieces between two labels that come in no bands are a gap, of about as many rows as they fill.
    `tested`: the last column is one of p-values, which some rows leave out, and some print beside a heading.
    """
    groups = list(groups_of(pieces))
    if columns - tested < 2 and any(len(group) > columns for group in groups):
        return ()
    alone = sum(bool(bands_in(group, columns, tested=tested)) for group in groups)
    if alone * 2 >= len(groups) and (whole := bands_in(pieces, columns, tested=tested)):
        return whole
    bands = [band for group in groups for band in group_bands(group, columns, tested=tested)]
    rows = sum(band.height for band in bands)
    return tuple(bands) if sum(len(band.rows) for band in bands) >= FEWEST_TOLD * rows else ()


def group_bands(group: Sequence[Piece], columns: int, *, tested: bool) -> tuple[Band, ...]:
    """The bands between two labels, or a gap."""
    left = group[1:] if code_label(group, columns, tested=tested) else group
    values = sum(len(piece.lines) for piece in left)
    return bands_in(left, columns, tested=tested) or (Band(left[0].part, (), gap=-(-values // columns)),)


def code_label(group: Sequence[Piece], columns: int, *, tested: bool) -> tuple[Line, ...]:
    """The lines that are labels though they look like values (0, 1, 2; NA): the only ones too many between two labels."""
    first = group[0].lines
    if not are_codes([plain(line.text) for line in first]) or len(group) <= columns - tested:
        return ()
    if bands_in(group, columns, tested=tested) or not bands_in(group[1:], columns, tested=tested):
        return ()
    return first


def are_codes(texts: Sequence[str]) -> bool:
    """Are texts classes or grades: small numbers that count up?"""
    if not all(map(CODE.fullmatch, texts)):
        return False
    return len(texts) == 1 or (all(map(str.isdecimal, texts)) and all(int(b) - int(a) == 1 for a, b in pairwise(texts)))


def code_labels(pieces: Sequence[Piece], columns: int, *, tested: bool) -> Iterator[tuple[int, Line]]:
    """The labels that look like values, with their parts."""
    for group in groups_of(pieces):
        yield from ((group[0].part, line) for line in code_label(group, columns, tested=tested))


def groups_of(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces that no label parts."""
    group: list[Piece] = []
    for last, piece in pairwise((None, *pieces)):
        if last and piece and piece.part > last.part + 1:
            yield group
            group = []
        if piece:
            group.append(piece)
    if group:
        yield group


def bands_in(pieces: Sequence[Piece], columns: int, *, tested: bool) -> tuple[Band, ...]:
    """The bands that pieces come in from the first to the last; () where they do not."""
    bands: list[Band] = []
    rest = deque(pieces)
    while rest:
        if tested and rest[0].is_p:
            rest.popleft()
            continue
        part = rest[0].part
        values = band_from(rest, columns - tested)
        if not values:
            return ()
        height = len(values[0])
        if tested and rest and rest[0].is_p and len(rest[0].lines) == height:
            values.append(rest.popleft().lines)
        bands.append(Band(part, tuple(zip(*values, strict=True))))
    return tuple(bands)


def band_from(rest: deque[Piece], columns: int) -> list[tuple[Line, ...]]:
    """Take a piece a column; columns that came out short take the pieces that follow, from left to right."""
    if not 0 < columns <= len(rest):
        return []
    values = [rest.popleft().lines for _ in range(columns)]
    height = max(map(len, values))
    while short := [place for place, lines in enumerate(values) if len(lines) < height]:
        for place in short:
            if not rest or len(values[place]) + len(rest[0].lines) > height:
                return []
            values[place] += rest.popleft().lines
    return values
