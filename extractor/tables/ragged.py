"""Rows that lost cells on their way through a converter: which of their numbers still have a sure column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from corpus.document import Cell, Table
from extractor.tables.axes import Axis
from extractor.tables.values import read_value

MAX_ALIGNMENTS = 5000


def short_rows(table: Table, text: str) -> frozenset[int]:
    """The rows of a table of tabs that print fewer cells than the widest does."""
    printed = {index: cells for index, row in enumerate(table.grid) if (cells := _printed_cells(row, text))}
    widest = max(printed.values(), default=0)
    return frozenset(index for index, cells in printed.items() if 1 < cells < widest)


def _printed_cells(row: Sequence[Cell | None], text: str) -> int:
    """How many cells the line of a row prints; 0 where no tab divides it."""
    first = next((cell for cell in row if cell is not None), None)
    if first is None:
        return 0
    start = text.rfind("\n", 0, first.start) + 1
    end = text.find("\n", first.start)
    line = text[start : len(text) if end < 0 else end]
    return line.count("\t") + 1 if "\t" in line else 0


def is_packed(values: Sequence[tuple[int, Cell | None]], columns: Mapping[int, Axis]) -> bool:
    """Whether a row prints one number a group, packed to the left under heads that give each group several columns."""
    places = sorted(columns)
    groups = [
        (columns[place].arm, columns[place].whole) for place in places if columns[place].arm or columns[place].whole
    ]
    count = len(dict.fromkeys(groups))
    filled = [place for place, cell in values if cell is not None and cell.text.strip()]
    return 1 < count < len(groups) and len(groups) % count == 0 and filled == places[:count] and len(filled) == count


def sure_cells(cells: Sequence[Cell], columns: Mapping[int, Axis]) -> dict[int, Cell]:
    """The cells of a short row that stand in the same column whichever way its grades add up.

    `cells` are in printed order; the number of any grade is the sum of its grades. Nothing is sure in a table
    that has no such sum.
    """
    places = sorted(columns)
    sums = list(_sums(columns))
    counts = [_count(cell) for cell in cells]
    if not sums or len(cells) >= len(places) or _many(len(places), len(cells)):
        return {}
    sure: dict[int, Cell] | None = None
    for chosen in combinations(places, len(cells)):
        if not _adds_up(dict(zip(chosen, counts, strict=True)), sums):
            continue
        found = dict(zip(chosen, cells, strict=True))
        same = {column: cell for column, cell in found.items() if sure is None or sure.get(column) is cell}
        sure = same
        if not sure:
            break
    return sure or {}


def _sums(columns: Mapping[int, Axis]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The column of any grade of each arm with the columns of the grades that make it up."""
    by_arm: dict[str | None, dict[str, int]] = {}
    for column, axis in columns.items():
        if axis.grade is not None:
            by_arm.setdefault(axis.arm, {}).setdefault(axis.grade, column)
    for grades in by_arm.values():
        whole = grades.pop("any", None)
        levels = [level for grade in grades for level in _levels(grade)]
        if whole is not None and len(grades) > 1 and len(levels) == len(set(levels)):
            yield whole, tuple(grades.values())


def _levels(grade: str) -> range:
    """The levels of a grade ("3-4": 3 and 4, ">=3": 3 to 5); a severity in words has none."""
    numbers = [int(number) for number in re.findall(r"\d", grade)]
    if not numbers:
        return range(0)
    return range(numbers[0], 6) if grade.startswith(">") else range(numbers[0], numbers[-1] + 1)


def _adds_up(counts: Mapping[int, int | None], sums: Sequence[tuple[int, tuple[int, ...]]]) -> bool:
    for whole, parts in sums:
        total = counts.get(whole)
        if total is None or total != sum(counts.get(column) or 0 for column in parts):
            return False
    return True


def _count(cell: Cell) -> int | None:
    """The whole number that a cell begins with."""
    parts = read_value(cell.text).parts
    number = parts[0].number if parts else None
    return int(number) if number is not None and number == number.to_integral_value() else None


def _many(places: int, cells: int) -> bool:
    alignments = 1
    for step in range(min(cells, places - cells)):
        alignments = alignments * (places - step) // (step + 1)
    return alignments > MAX_ALIGNMENTS
