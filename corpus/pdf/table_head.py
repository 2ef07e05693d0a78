"""The head of a printed table: how far it reaches, its levels, and what its labels span."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.layout.heads import header_rows
from corpus.pdf.area import FULL, Area, inside
from corpus.pdf.plans import Box, Line
from ontology import regex as re

MOST_HEAD = 8  # printed lines
# Columns of all patients or of a comparison, which stand under no group's label.
ALONE = re.compile(
    r"(?:overall|total|all(?: patients| participants| subjects)?|difference|(?:hazard|odds|risk|rate) ratio|[HOR]R)\b"
    r"|p\b(?:[ -]?values?)?|χ|relative risk",
    re.IGNORECASE,
)
PARTIAL = 12.0  # points: a shorter rule is a stroke


def head_lines(lines: Sequence[Line], area: Area) -> int:
    """How many printed lines the rule or the shade under the head has above it; 0 where neither tells."""
    shade = next(
        (frame.y1 for frame in area.drawn.frames if _shades(frame.x0, frame.x1, frame.y0, frame.y1, lines, area)), None
    )
    if shade is not None:
        return sum(line.y < shade for line in lines)
    marks = sorted(
        rule.y for rule in area.rules if inside(rule, area.x0, area.x1) and rule.width > FULL * (area.x1 - area.x0)
    )
    counts = sorted({sum(line.y < y for line in lines) for y in marks} - {0, len(lines)})
    if not counts or counts[0] > max(MOST_HEAD, len(lines) // 2):
        return 0
    if len(counts) > 1 and counts[1] <= MOST_HEAD:
        texts = [row_texts(lines[a:b]) for a, b in pairwise([0, *counts[:4]])]
        texts += [row_texts([line]) for line in lines[counts[: len(texts)][-1] :][:6]]
        width = max(len(row) for row in texts)
        height = header_rows([row + [""] * (width - len(row)) for row in texts])
        return counts[max(1, min(height, len(counts))) - 1]
    return counts[0]


def row_texts(lines: Sequence[Line]) -> list[str]:
    """The texts of one row by column, from its printed lines."""
    texts: dict[int, str] = {}
    for line in lines:
        for first, _, place in line.cells:
            texts[first] = f"{texts.get(first, '')} {place.text}".strip()
    return [texts.get(column, "") for column in range(max(texts, default=-1) + 1)]


def _shades(x0: float, x1: float, y0: float, y1: float, lines: Sequence[Line], area: Area) -> bool:
    """Does a filled box lie under the first lines alone, as wide as the table?"""
    if x1 - x0 < 0.9 * (area.x1 - area.x0) or x1 - x0 > 1.1 * (area.x1 - area.x0) + 20 or not lines:
        return False
    covered = [y0 < line.y < y1 for line in lines]
    return covered[0] and sum(covered) < max(2, 0.7 * len(lines)) and all(covered[: sum(covered)])


def head_boxes(lines: Sequence[Line], area: Area, gaps: Sequence[float]) -> tuple[list[Box], int]:
    """The cells of the head: levels where rules or spanning labels part them, else one row."""
    levels = levels_of(lines, area)
    grid: list[dict[int, Box]] = []
    for row, level in enumerate(levels):
        cells: dict[int, Box] = {}
        for line in level:
            for first, last, place in line.cells:
                if first in cells:
                    cells[first].lines.append(place.words)
                    cells[first].col_span = max(cells[first].col_span, last - first + 1)
                else:
                    cells[first] = Box([place.words], row, first, 1, last - first + 1)
        grid.append(cells)
    for row in range(len(grid) - 1):
        widen(grid, row, len(gaps) + 1)
    stack(grid, [parted_columns(a, b, area, gaps) for a, b in pairwise(levels)], len(gaps) + 1)
    return [box for cells in grid for box in cells.values()], len(levels)


def levels_of(lines: Sequence[Line], area: Area) -> list[list[Line]]:
    """Lines of the head in levels."""
    if not lines:
        return []
    cuts = {
        sum(line.y < rule.y for line in lines)
        for rule in area.rules
        if rule.width > PARTIAL and inside(rule, area.x0, area.x1)
    } - {0, len(lines)}
    if not cuts:
        for place, (line, below) in enumerate(pairwise(lines), 1):
            wide = [(first, last) for first, last, _ in line.cells if last > first]
            inner = [first for first, last, _ in below.cells if first == last]
            if any(sum(a <= first <= b for first in inner) > 1 for a, b in wide):
                cuts.add(place)
    marks = [0, *sorted(cuts), len(lines)]
    return [list(lines[a:b]) for a, b in pairwise(marks)]


def widen(grid: list[dict[int, Box]], row: int, columns: int) -> None:
    """Let a label over another of its own column cover the free columns to its right that have labels below."""
    cells = grid[row]
    for column in sorted(cells):
        box = cells[column]
        if any(other.column < column < other.column + other.col_span for other in cells.values()):
            continue
        end = box.column + box.col_span
        following = min((other for other in cells if other > column), default=columns)
        while end < following and end in grid[row + 1] and column and column in grid[row + 1]:
            if ALONE.match(grid[row + 1][end].text):
                break
            end += 1
        box.col_span = end - box.column


def parted_columns(above: Sequence[Line], below: Sequence[Line], area: Area, gaps: Sequence[float]) -> set[int]:
    """The columns that have a rule between two levels of the head."""
    edges = [area.x0, *gaps, area.x1]
    rules = [rule for rule in area.rules if above[-1].y < rule.y < below[0].y and rule.width > PARTIAL]
    return {
        column
        for column, (x0, x1) in enumerate(pairwise(edges))
        if any(rule.x0 < (x0 + x1) / 2 < rule.x1 for rule in rules)
    }


def stack(grid: list[dict[int, Box]], parted: Sequence[set[int]], columns: int) -> None:
    """Make one cell of the labels that stand over one another in a column without a rule or a wider label between."""
    for column in range(columns):
        row = 0
        while row < len(grid):
            last = row
            while last + 1 < len(grid) and column not in parted[last] and not _covers(grid[last], column):
                last += 1
            _stack_run(grid, column, row, last)
            row = last + 1


def _covers(cells: dict[int, Box], column: int) -> bool:
    """Does a label of a level stand over this column and others?"""
    return any(box.col_span > 1 and box.column <= column < box.column + box.col_span for box in cells.values())


def _stack_run(grid: list[dict[int, Box]], column: int, first: int, last: int) -> None:
    rows = [row for row in range(first, last + 1) if column in grid[row]]
    if not rows or last == first or grid[rows[-1]][column].col_span > 1:
        return
    box = grid[rows[0]].pop(column)
    for row in rows[1:]:
        box.lines += grid[row].pop(column).lines
    box.row, box.row_span = first, last - first + 1
    grid[first][column] = box
