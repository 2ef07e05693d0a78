"""Cells of a table that a converter wrote one below the other, put back into rows and columns.

`pdftotext` writes a table in pieces between empty lines: some labels of the first column, then the values beside
them column by column. How many pieces of values follow the labels tells the columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.layout.blocks import Line
from corpus.layout.grids import Row
from corpus.layout.heads import is_value, plain
from corpus.layout.prose import Piece

SECTION_LABEL = re.compile(
    r",?\s*\(?(?:n|no\.?|number)?\s*\(?%\)?\)?\W*$|\((?:years?|yrs?|mo|months?|kg|cm|mm|mg|g|days?|weeks?)\)\W*$|:$"
)
VALUED_LABEL = re.compile(
    r"\b(?:mean|median|range|sd|iqr|yes|no|male|female|men|women|unknown|missing|total|other|none|grade)\b",
    re.IGNORECASE,
)
Part = Sequence[Line]


@dataclass
class Band:
    """Labels of the first column and the pieces of values beside them."""

    labels: list[Line] = field(default_factory=list)
    values: list[list[Line]] = field(default_factory=list)
    beside: dict[int, Line] = field(default_factory=dict)


def stacked_rows(parts: Sequence[Part]) -> tuple[Row, ...]:
    """The rows of a table from the parts under its caption; () where there are no cells."""
    first = next((i for i, part in enumerate(parts) if is_values(part)), None)
    if first is None:
        return ()
    start = _body_start(parts, first)
    bands = _bands(parts[start:])
    columns = _columns(bands)
    head = [cell for part in parts[:start] for cell in _head_cells(part)]
    rows: list[Row] = [_head_row(head, columns)] if head else []
    for band in bands:
        rows += _rows(band, columns)
    return tuple(rows)


def is_values(part: Part) -> bool:
    """Are most lines of a part what a table's body holds?"""
    return sum(is_value(line.text) for line in part) * 2 > len(part)


def _body_start(parts: Sequence[Part], first: int) -> int:
    """The part of labels just before the first values, which begins the body."""
    start = first
    if first > 0 and not is_values(parts[first - 1]):
        start -= 1
    return start


def _head_cells(part: Part) -> list[Piece]:
    """A part of the head is one cell, on as many lines as it needs."""
    return [(part[0].start, part[-1].end)]


def _head_row(head: list[Piece], columns: int) -> Row:
    width = columns + 1
    cells: list[Piece | None] = list(head[:width])
    return [None] * (width - len(cells)) + cells


def _bands(parts: Sequence[Part]) -> list[Band]:
    bands: list[Band] = [Band()]
    for part in parts:
        if is_values(part) and all(is_value(line.text) for line in part):
            bands[-1].values.append(list(part))
            continue
        if bands[-1].values or bands[-1].beside:
            bands.append(Band())
        for line in part:
            if is_value(line.text) and bands[-1].labels and len(bands[-1].labels) - 1 not in bands[-1].beside:
                bands[-1].beside[len(bands[-1].labels) - 1] = line
            else:
                bands[-1].labels.append(line)
    return [band for band in bands if band.labels or band.values]


def _columns(bands: Sequence[Band]) -> int:
    """How many columns of values most bands have."""
    counts: Counter[int] = Counter()
    for band in bands:
        sizes = Counter(len(part) for part in band.values)
        for size, number in sizes.items():
            counts[number + (1 if len(band.beside) == size else 0)] += size
    return max(counts, key=lambda n: (counts[n], n), default=1)


def _rows(band: Band, columns: int) -> list[Row]:
    """The rows of one band: the labels that are sections alone, the others with their values."""
    columns_of_band = _by_column(band, columns)
    height = max((len(column) for column in columns_of_band), default=0)
    places = sorted(band.beside) if len(band.beside) == height else _valued(band.labels, height)
    rows: list[list[Piece | None]] = [[(label.start, label.end)] for label in band.labels]
    rows += [[None] for _ in range(height - len(places))]
    places += list(range(len(band.labels), len(rows)))
    for column in columns_of_band:
        for place, line in zip(places, column, strict=False):
            rows[place].append((line.start, line.end))
    return list(rows)


def _by_column(band: Band, columns: int) -> list[list[Line]]:
    """The values of a band column by column: pieces of the same height come once a column, group after group."""
    beside = [band.beside[i] for i in sorted(band.beside)]
    pieces = [beside, *band.values] if beside else list(band.values)
    merged: list[list[Line]] = [[] for _ in range(columns)]
    at = 0
    while at < len(pieces):
        group = pieces[at : at + columns]
        size = len(group[0])
        same = next((i for i, piece in enumerate(group) if len(piece) != size), len(group))
        for column, piece in zip(merged, group[:same], strict=False):
            column.extend(piece)
        at += max(1, same)
    return [column for column in merged if column]


def _valued(labels: Sequence[Line], height: int) -> list[int]:
    """The labels that have values: all but those that most look like the heading of a section."""
    spare = len(labels) - height
    if spare <= 0:
        return list(range(len(labels)))
    weights = [_section_weight(labels, i) for i in range(len(labels))]
    sections = set(sorted(range(len(labels)), key=lambda i: -weights[i])[:spare])
    return [i for i in range(len(labels)) if i not in sections]


def _section_weight(labels: Sequence[Line], i: int) -> float:
    label = plain(labels[i].text)
    weight = 2.0 * bool(SECTION_LABEL.search(label)) - 2.0 * bool(VALUED_LABEL.search(label))
    if i + 1 < len(labels):
        following = plain(labels[i + 1].text)
        weight += 1.0 * bool(VALUED_LABEL.search(following)) + 0.5 * (not following[:1].isupper())
    return weight
