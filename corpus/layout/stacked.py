"""Cells of a table that a converter wrote one below the other, put back into rows and columns where that is certain.

`pdftotext` writes a table in parts between empty lines: labels of the first column, and pieces of the columns of
values beside them. Pieces of one height, one a column, are a band of rows. A table has cells only where its bands
fit its labels in one way alone: no cells are better than wrong ones.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.layout.blocks import Line
from corpus.layout.fitting import GROUP_LABEL, Band, Label, Values, fitted
from corpus.layout.grids import Row
from corpus.layout.heads import COMPARISON, P_LABEL, STUB_LABEL, UNIT_LABEL, is_value, plain

P_VALUE = re.compile(r"(?:p\s?)?[=<>≤]?\s?(?:0?\.[0-9]+|1\.0+)\W*|ns|n/?a|-", re.IGNORECASE)
# Between two values on one line: "12 (24) 8 (16)".
NEXT_VALUE = re.compile(r"(?<=[)\]%0-9*†‡])\s+(?=[<>≤≥]?[-−–]?[0-9])")
# What a head has and no label: "(n = 46)", "Arm 1", "n (%)".
HEAD_LABEL = re.compile(
    r"\bn\s?=\s?[0-9]|^(?:arm|group|cohort|grade) [0-9A-Z]\b|^(?:n|no\.?)?\s?\(?%\)?$|\[(?:cases|n|no)\b|^(?:SD|SE|SEM|95% CI)$"
    r"|^(?:any|all) grades?$",
    re.IGNORECASE,
)
SIZED = re.compile(r"(?:arm|group|cohort|week|month|day|year|visit|baseline|all)\b", re.IGNORECASE)
OVER_LABELS = re.compile(
    r"(?:\w+ ){0,2}(?:characteristics?|variables?|parameters?|events?|factors?|outcomes?|items?|end ?points?|covariates?|terms?"
    r"|category|symptoms?|toxicit(?:y|ies)|reactions?|subgroups?)(?:,? \w+)?(?:\s*\(.*\))?",
    re.IGNORECASE,
)
GOES_ON = re.compile(r"[a-zα-ω(),;]")
MAX_COLUMNS = 12
LONGEST_LABEL = 70
MOST_LABELS = 3  # parts of labels before the first value
Part = Sequence[Line]


@dataclass(frozen=True, slots=True)
class Piece:
    """Values that stand directly under one another in a column, and the part that prints them."""

    part: int
    lines: tuple[Line, ...]

    @property
    def is_p(self) -> bool:
        """Can all of them be p-values?"""
        return all(P_VALUE.fullmatch(plain(line.text)) for line in self.lines)


@dataclass(frozen=True)
class Layout:
    """What the parts of a table are if it has so many columns of values: the head, labels and bands of its body."""

    head: tuple[Part, ...]
    labels: tuple[Label, ...]
    bands: tuple[Band, ...]
    columns: int


def stacked_rows(parts: Sequence[Part]) -> tuple[Row, ...]:
    """The rows of a table from the parts under its caption; () where they are not certain."""
    layout = next(layouts(parts), None)
    rows = fitted(layout.labels, layout.bands) if layout else []
    return (head_row(layout), *(body_row(label, values) for label, values in rows)) if layout and rows else ()


def is_values(part: Part) -> bool:
    """Are most lines of a part what a table's body holds?"""
    return sum(is_cell(line.text) for line in part) * 2 > len(part)


def is_cell(text: str) -> bool:
    """Is a line a value, not the name of a group of values?"""
    return is_value(text) and not GROUP_LABEL.fullmatch(plain(text))


# ---------------------------------------------------------------- what the parts can be


def layouts(parts: Sequence[Part]) -> Iterator[Layout]:
    """The ways to take the parts as a head and a body, the most columns first."""
    first = next((place for place, part in enumerate(parts) if not is_labels(part)), 0)
    for columns in range(min(MAX_COLUMNS, first), 0, -1):
        for head in heads_of(parts[:first], columns):
            body = parts[len(head) :]
            if not is_head(head, body[0]) or first - len(head) > MOST_LABELS:
                continue
            tested = bool(P_LABEL.fullmatch(words_of(head[-1])))
            pieces = list(pieces_of(body))
            if not tested and any(map(is_p_label, body)):
                pieces = [piece for piece in pieces if not piece.is_p]
            bands, labels = bands_of(pieces, columns, tested=tested), tuple(labels_of(body))
            if bands and sum(len(band.rows) for band in bands) <= len(labels):
                yield Layout(tuple(head), labels, bands, columns)


def heads_of(parts: Sequence[Part], columns: int) -> Iterator[Sequence[Part]]:
    """The parts above the body that can be its head: a cell a column, and one over the labels."""
    if len(parts) > columns + 1 or (len(parts) == columns + 1 and is_stub(parts[0])):
        yield parts[: columns + 1]
    if not is_stub(parts[0]):
        yield parts[:columns]


def is_head(head: Sequence[Part], below: Part) -> bool:
    """Are parts a head of one row: nothing that stands over the labels among the others, no more of it below?"""
    cells = [words_of(part) for part in head[1:]]
    mixed = 0 < sum(map(is_unit, cells)) < len(cells)
    if mixed or any(map(OVER_LABELS.fullmatch, cells)) or any(map(P_LABEL.fullmatch, cells[:-1])):
        return False
    label = words_of(below[:1])
    return is_labels(below) and not (HEAD_LABEL.search(label) or OVER_LABELS.fullmatch(label))


def is_unit(cell: str) -> bool:
    """Is a cell of the head one that stands under another: n (%), mean, grade 3?"""
    return bool(UNIT_LABEL.fullmatch(cell)) and not COMPARISON.match(cell) and not SIZED.match(cell)


def is_note(part: Part) -> bool:
    """Is a part a note under the table?"""
    return len(words_of(part)) > LONGEST_LABEL * len(part)


def is_p_label(part: Part) -> bool:
    """Does a part begin with the head of a column of p-values?"""
    return bool(P_LABEL.fullmatch(plain(part[0].text)))


def is_stub(part: Part) -> bool:
    """Can a part be the head over the labels?"""
    return bool(STUB_LABEL.fullmatch(words_of(part)))


def words_of(part: Part) -> str:
    """The lines of a part in one line."""
    return plain(" ".join(line.text for line in part))


def is_labels(part: Part) -> bool:
    """Does a part hold labels? Some of them may be numbers; p-values can stand under their head."""
    named = [not is_cell(line.text) for line in part]
    return any(named) and (len(part) == 1 or not is_p_label(part) or any(named[1:]))


def labels_of(parts: Sequence[Part]) -> Iterator[Label]:
    """The labels of a body in their order; a line that goes on is one with the line above."""
    for place, part in enumerate(parts):
        runs: list[list[Line]] = []
        for line in part if is_labels(part) and not is_p_label(part) and not is_note(part) else ():
            if runs and GOES_ON.match(line.text):
                runs[-1].append(line)
            else:
                runs.append([line])
        yield from (Label(tuple(run), place, opens=number == 0) for number, run in enumerate(runs))


def bands_of(pieces: Sequence[Piece], columns: int, *, tested: bool) -> tuple[Band, ...]:
    """The bands of a body with so many columns; () where its pieces do not come in such bands.

    `tested`: the last column is one of p-values, which some rows leave out, and some print beside a heading.
    """
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


def pieces_of(parts: Sequence[Part]) -> Iterator[Piece]:
    """The pieces of columns; lines that hold several values are several pieces."""
    for place, part in enumerate(parts):
        if is_labels(part):
            continue
        values = [list(split_values(line)) for line in part if is_cell(line.text)]
        if len({len(line) for line in values}) == 1:
            yield from (Piece(place, piece) for piece in zip(*values, strict=True))
        else:
            yield Piece(place, tuple(line for line in part if is_cell(line.text)))


def split_values(line: Line) -> Iterator[Line]:
    """The values of a line."""
    start = 0
    for match in (*NEXT_VALUE.finditer(line.text), None):
        end = match.start() if match else len(line.text)
        yield line._replace(start=line.start + start, end=line.start + end, text=line.text[start:end])
        start = match.end() if match else end


# ---------------------------------------------------------------- rows


def head_row(layout: Layout) -> Row:
    """The head's cells over the columns, and over the labels where there is one."""
    pieces = [(part[0].start, part[-1].end) for part in layout.head]
    return [*[None] * (layout.columns + 1 - len(pieces)), *pieces]


def body_row(label: Label, values: Values) -> Row:
    """A label with the values beside it."""
    return [(label.lines[0].start, label.lines[-1].end), *((value.start, value.end) for value in values)]
