"""Cells of a table that a converter wrote one below the other, put back into rows and columns.

`pdftotext` writes a table in pieces between empty lines: some labels of the first column, then the values beside
them column by column. How many pieces of values follow the labels tells the columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

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
# "<40" and "40–59" name groups; the same signs before a count are values.
GROUP_LABEL = re.compile(
    r"[<>≤≥≧≦]\s?[0-9]+(?:\.[0-9]+)?(?:\s?(?:years?|y))?|[0-9]{2}\s?[-]\s?[0-9]{2}|[0-9]\+|[IV]+(?:-[IV]+)?"
)
MAX_COLUMNS = 16
# Where fewer values than this find a label, none of them is certain.
CERTAIN = 0.7
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
    start = first - 1 if first > 0 else 0
    bands = _bands(parts[start:])
    head = [(part[0].start, part[-1].end) for part in parts[:start]]
    columns = _columns(bands, len(head))
    placed = [_rows(band, columns) for band in bands]
    if _share_placed(placed) < CERTAIN:
        placed = [_loose(band) for band in bands]
    return (*_head_rows(head, columns), *(row for rows in placed for row in rows))


def _share_placed(placed: Sequence[Sequence[Row]]) -> float:
    """The share of values that stand beside a label."""
    values = [bool(row[0]) for rows in placed for row in rows for _ in row[1:]]
    return sum(values) / max(1, len(values))


def _loose(band: Band) -> list[Row]:
    """Labels and values each in a row of its own: nothing is said of what belongs together."""
    values = [*band.beside.values(), *(line for part in band.values for line in part)]
    return [
        *([(label.start, label.end)] for label in band.labels),
        *([None, (line.start, line.end)] for line in values),
    ]


def is_values(part: Part) -> bool:
    """Are most lines of a part what a table's body holds?"""
    return sum(_is_cell(line.text) for line in part) * 2 > len(part)


def _is_cell(text: str) -> bool:
    return is_value(text) and not GROUP_LABEL.fullmatch(plain(text))


def _head_rows(head: list[Piece], columns: int) -> list[Row]:
    """The head's cells over the columns; as many more as make a row of headings above."""
    if not head:
        return []
    if len(head) <= columns + 1:
        return [[*[None] * (columns + 1 - len(head)), *head]]
    above, below = head[:-columns], head[-columns:]
    if len(above) > columns + 1:
        return [[None, *below]]
    stub: Row = above[:1] if len(above) > 1 else [None]
    return [[*stub, *(above[1:] if len(above) > 1 else above)], [None, *below]]


def _bands(parts: Sequence[Part]) -> list[Band]:
    bands: list[Band] = [Band()]
    for part in parts:
        if all(_is_cell(line.text) for line in part):
            bands[-1].values.append(list(part))
            continue
        if bands[-1].values or bands[-1].beside:
            bands.append(Band())
        for line in part:
            if _is_cell(line.text) and bands[-1].labels and len(bands[-1].labels) - 1 not in bands[-1].beside:
                bands[-1].beside[len(bands[-1].labels) - 1] = line
            else:
                bands[-1].labels.append(line)
    return [band for band in bands if band.labels or band.values]


def _columns(bands: Sequence[Band], heads: int) -> int:
    """How many columns of values: the number that the pieces of one height come in, as the head has it if it can."""
    runs = [run for band in bands for run in _runs(band)]
    most = min(MAX_COLUMNS, max((number for _, number in runs), default=1))
    return max(range(1, most + 1), key=lambda columns: (_fit(runs, columns, heads), columns))


def _fit(runs: Sequence[tuple[int, int]], columns: int, heads: int) -> float:
    """How well pieces come in multiples of `columns`; one column may be empty in some rows."""
    whole = sum(size * number for size, number in runs if number % columns == 0)
    short = sum(size * number for size, number in runs if columns > 2 and number % columns == columns - 1)
    prior = 1.3 if heads in (columns, columns + 1) else 1.0
    return (whole + 0.7 * short) * (1 + 0.15 * min(columns, 6)) * prior


def _runs(band: Band) -> list[tuple[int, int]]:
    """Heights of the pieces of a band and how many of one height follow one another."""
    beside = [len(band.beside)] if band.beside else []
    heights = beside + [len(part) for part in band.values]
    return [(size, len(list(group))) for size, group in groupby(heights)]


def _rows(band: Band, columns: int) -> list[Row]:
    """The rows of one band; values that fit no label for certain stand in rows of their own, without a label."""
    groups = _groups(band, columns)
    heights = [len(group[0]) for group in groups]
    places = _places(band, heights)
    rows: list[list[Piece | None]] = [[(label.start, label.end)] for label in band.labels]
    if places is None:
        return _loose(band)
    values = [line for group in groups for line in zip(*group, strict=True)]
    for place, cells in zip(places, values, strict=True):
        rows[place] += [(cell.start, cell.end) for cell in cells]
    return list(rows)


def _groups(band: Band, columns: int) -> list[list[list[Line]]]:
    """The pieces of values in groups of one height, one piece a column; a group may lack the last column."""
    beside = [[band.beside[i] for i in sorted(band.beside)]] if band.beside else []
    groups: list[list[list[Line]]] = []
    for _, run in groupby([*beside, *band.values], key=len):
        pieces = list(run)
        groups += [pieces[at : at + columns] for at in range(0, len(pieces), columns)]
    return groups


def _places(band: Band, heights: Sequence[int]) -> list[int] | None:
    """The labels that the rows of the groups stand beside, or None where that is not certain."""
    labels, total = band.labels, sum(heights)
    spare = len(labels) - total
    if band.beside:
        return sorted(band.beside) if len(band.beside) == total else None
    if spare == 0 or not labels:
        return list(range(total)) if labels else None
    first, last = _section_weight(labels, 0), _section_weight(labels, len(labels) - 1)
    if spare == len(heights) - 1:
        start = 0
    elif spare == len(heights):
        start = 1 if first >= last else 0
    else:
        return None
    places: list[int] = []
    for height in heights:
        places += range(start, start + height)
        start += height + 1
    return places


def _section_weight(labels: Sequence[Line], i: int) -> float:
    """How much a label looks like the heading of a section of rows."""
    label = plain(labels[i].text)
    weight = 2.0 * bool(SECTION_LABEL.search(label)) - 2.0 * bool(VALUED_LABEL.search(label))
    if i + 1 < len(labels):
        following = plain(labels[i + 1].text)
        weight += 1.0 * bool(VALUED_LABEL.search(following)) + 0.5 * (not following[:1].isupper())
    return weight
