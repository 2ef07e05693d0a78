"""A table's printed lines as rows and columns of cells, from where its words stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from corpus.layout.heads import header_rows
from corpus.pdf.areas import FULL, Area, Row, inside
from corpus.pdf.sheet import MADE_SPACE, SPACE, Word
from corpus.pdf.words import Chunk, chunk

CELL_GAP = 0.3  # in sizes, where the print has real spaces inside its cells
FEW_CROSS = 0.06  # share of the lines that may run over a gap between columns
NARROW = 1.2  # points
UNFINISHED = re.compile(r"(?:[,;(/–-]|\b(?:of|and|or|the|to|in|for|with|by|at|from|than|per|a|an|on))\Z", re.IGNORECASE)
GOES_ON = re.compile(r"[a-z(),;]|[–-]\s?\d")
PARTIAL = 12.0  # points: a shorter rule is a stroke


@dataclass
class Box:
    """A cell: its lines of words, the places it covers."""

    lines: list[list[Word]]
    row: int
    column: int
    row_span: int = 1
    col_span: int = 1

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(chunk(list(line)).text for line in self.lines)


@dataclass
class Plan:
    """A table's cells, how many rows and columns, and how many rows are the head."""

    boxes: list[Box]
    rows: int
    columns: int
    header_rows: int


@dataclass
class Line:
    """A printed line: its chunks by the columns `(first, last)` they cover."""

    y: float
    cells: list[tuple[int, int, Chunk]] = field(default_factory=list)

    @property
    def filled(self) -> set[int]:
        """Columns where something begins."""
        return {first for first, _, _ in self.cells}


def plan_of(area: Area) -> Plan:
    """The cells of a table."""
    rows = [split_row(row, tight=has_spaces(area)) for row in area.rows]
    gaps = separators(rows, area)
    lines = [placed(row, gaps) for row in rows]
    head = head_lines(lines, area)
    boxes, height = head_boxes(lines[:head], area, len(gaps) + 1)
    groups = body_groups(lines[head:], area, stub_width(lines[head:], gaps, area))
    for group in groups:
        boxes += merged(group, height)
        height += 1
    plan = Plan(boxes, height, len(gaps) + 1, height - len(groups))
    return plan if head else with_found_head(plan)


def has_spaces(area: Area) -> bool:
    """Does the print have real spaces between the words of a cell?"""
    leads = [word.lead for row in area.rows for place in row for word in place.words[1:]]
    return leads.count(SPACE) > 2 * leads.count(MADE_SPACE)


def split_row(row: Row, *, tight: bool) -> Row:
    """A row with its chunks cut where the stream has no space of its own, if it has them elsewhere."""
    if not tight:
        return row
    cut: Row = []
    for place in row:
        run = [place.words[0]]
        for last, word in pairwise(place.words):
            if word.lead != SPACE and not word.script and word.x0 - last.x1 > CELL_GAP * place.size:
                cut.append(chunk(run))
                run = []
            run.append(word)
        cut.append(chunk(run))
    return cut


# ---------------------------------------------------------------- columns


def separators(rows: Sequence[Row], area: Area) -> list[float]:
    """The places between two columns, from left to right."""
    most_cells = max((len(row) for row in rows), default=0)
    several = [row for row in rows if len(row) >= max(2, most_cells / 2)]
    edges = sorted({edge for row in several for place in row for edge in (place.x0, place.x1)})
    most = int(FEW_CROSS * len(several))
    open_: list[tuple[float, float, int, int]] = []
    for low, high in pairwise(edges):
        middle = (low + high) / 2
        crossed = sum(place.x0 < middle < place.x1 for row in several for place in row)
        between = sum(any(a.x1 <= middle <= b.x0 for a, b in pairwise(row)) for row in several)
        if crossed <= most and between:
            open_.append((low, high, crossed, between))
    found = []
    for run in _runs(open_):
        width = run[-1][1] - run[0][0]
        support = max(between for *_, between in run)
        if width >= NARROW and (support > 1 or width > area.size or len(several) < 4):
            least = min(crossed for _, _, crossed, _ in run)
            best = max((part for part in run if part[2] == least), key=lambda part: part[1] - part[0])
            found.append((best[0] + best[1]) / 2)
    return found


def _runs(parts: Sequence[tuple[float, float, int, int]]) -> list[list[tuple[float, float, int, int]]]:
    runs: list[list[tuple[float, float, int, int]]] = []
    for part in parts:
        if runs and runs[-1][-1][1] == part[0]:
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def placed(row: Row, gaps: Sequence[float]) -> Line:
    """A row with the columns of its chunks; chunks that share a first column are one cell."""
    line = Line(median(place.y for place in row))
    for place in row:
        slack = min(3.0, 0.25 * (place.x1 - place.x0))
        first = sum(gap < place.x0 + slack for gap in gaps)
        last = max(first, sum(gap < place.x1 - slack for gap in gaps))
        if line.cells and line.cells[-1][1] >= first:
            before = line.cells.pop()
            line.cells.append((before[0], max(last, before[1]), chunk([*before[2].words, *place.words])))
        else:
            line.cells.append((first, last, place))
    return line


def stub_width(lines: Sequence[Line], gaps: Sequence[float], area: Area) -> float:
    """Where the first column's text ends at the latest."""
    ends = [place.x1 for line in lines for first, last, place in line.cells if first == last == 0]
    return max(ends, default=gaps[0] if gaps else area.x1)


# ---------------------------------------------------------------- the head


def head_lines(lines: Sequence[Line], area: Area) -> int:
    """How many printed lines the rule or the shade under the head has above it; 0 where neither tells."""
    shade = next(
        (frame.y1 for frame in area.frames if _shades(frame.x0, frame.x1, frame.y0, frame.y1, lines, area)), None
    )
    if shade is not None:
        return sum(line.y < shade for line in lines)
    marks = sorted(
        rule.y for rule in area.rules if inside(rule, area.x0, area.x1) and rule.width > FULL * (area.x1 - area.x0)
    )
    counts = sorted({sum(line.y < y for line in lines) for y in marks} - {0, len(lines)})
    if not counts or counts[0] > max(8, len(lines) // 2):
        return 0
    if len(counts) > 1 and len(counts) <= 3 and counts[1] <= 8 and not _has_values(lines[counts[0] : counts[1]]):
        return counts[1] if _is_head_row(lines[counts[0] : counts[1]]) else counts[0]
    return counts[0]


def _shades(x0: float, x1: float, y0: float, y1: float, lines: Sequence[Line], area: Area) -> bool:
    """Does a filled box lie under the first lines alone, as wide as the table?"""
    if x1 - x0 < 0.9 * (area.x1 - area.x0) or x1 - x0 > 1.1 * (area.x1 - area.x0) + 20 or not lines:
        return False
    covered = [y0 < line.y < y1 for line in lines]
    return covered[0] and sum(covered) < max(2, 0.7 * len(lines)) and all(covered[: sum(covered)])


def _has_values(lines: Sequence[Line]) -> bool:
    return any(re.match(r"[<>=]?\s*[\d.]", place.text) for line in lines for first, _, place in line.cells if first)


def _is_head_row(lines: Sequence[Line]) -> bool:
    return sum(len(line.cells) for line in lines) > 1


def head_boxes(lines: Sequence[Line], area: Area, columns: int) -> tuple[list[Box], int]:
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
        widen(grid, row, columns)
    stack(grid, columns)
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
    """Let the labels of a level cover the free columns to their right that have labels below."""
    cells = grid[row]
    for column in sorted(cells):
        box = cells[column]
        if any(other.column < column < other.column + other.col_span for other in cells.values()):
            continue
        end = box.column + box.col_span
        following = min((other for other in cells if other > column), default=columns)
        while end < following and end in grid[row + 1] and column and _has_below(grid, row, column):
            end += 1
        box.col_span = end - box.column


def _has_below(grid: list[dict[int, Box]], row: int, column: int) -> bool:
    """Does a label stand over another of its own column, so that it is one over several?"""
    return column in grid[row + 1]


def stack(grid: list[dict[int, Box]], columns: int) -> None:
    """Make one cell of the labels that stand over one another in a column that no wider label covers."""
    for column in range(columns):
        covering = [
            row
            for row, cells in enumerate(grid)
            for box in cells.values()
            if box.col_span > 1 and box.column <= column < box.column + box.col_span
        ]
        rows = [row for row, cells in enumerate(grid) if column in cells and row not in covering]
        if not rows:
            continue
        first = max([row + 1 for row in covering if row < rows[-1]], default=0)
        box = grid[rows[0]].pop(column)
        for row in rows[1:]:
            box.lines += grid[row].pop(column).lines
        box.row, box.row_span = first, len(grid) - first
        grid[first][column] = box


# ---------------------------------------------------------------- the body


def body_groups(lines: Sequence[Line], area: Area, stub: float) -> list[list[Line]]:
    """The printed lines of the body, those of one row together."""
    if not lines:
        return []
    rules = [rule.y for rule in area.rules if rule.width > 0.5 * (area.x1 - area.x0) and inside(rule, area.x0, area.x1)]
    parted = [any(a.y < y < b.y + 1 for y in rules) for a, b in pairwise(lines)]
    tight = wrap_step(lines, area.size)
    ruled = sum(parted) >= 0.35 * sum(len(line.cells) > 1 for line in lines) and sum(parted) > 2
    groups = [[lines[0]]]
    for place, line in enumerate(lines[1:]):
        if parted[place]:
            new = True
        elif ruled:
            new = False
        elif tight is not None:
            new = line.y - lines[place].y > tight or (
                len(line.filled) > 1 and len(line.filled - groups[-1][0].filled) > 1
            )
        else:
            new = starts_row(groups[-1], line, stub)
        if new:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def wrap_step(lines: Sequence[Line], size: float) -> float | None:
    """The distance of lines up to which they are one row, where rows stand farther apart than wrapped lines do."""
    steps = [b.y - a.y for a, b in pairwise(lines) if b.y - a.y < 2.5 * size]
    if len(steps) < 2:
        return None
    least = sorted(steps)[len(steps) // 50]
    small = [(a, b) for a, b in pairwise(lines) if b.y - a.y <= 1.07 * least]
    large = sum(step > 1.1 * least for step in steps)
    if not large or large < 0.25 * len(steps):
        return None
    rows = sum(0 in a.filled and len(a.filled) > 1 and 0 in b.filled and len(b.filled) > 1 for a, b in small)
    return 1.085 * least if rows <= 0.3 * len(small) else None


def starts_row(group: Sequence[Line], line: Line, stub: float) -> bool:
    """Does a line open a row, as far as its words tell?"""
    last = group[-1]
    words = next((place for first, _, place in line.cells if first == 0), None)
    above = next((place for first, _, place in last.cells if first == 0), None)
    if words is None:
        return not _wraps(last, line)
    if above is None:
        return True
    has_values, had_values = len(line.filled) > 1, any(len(each.filled) > 1 for each in group)
    room = stub - above.x1 > (words.words[0].x1 - words.words[0].x0) + 0.6 * words.size
    hangs = words.x0 > group[0].cells[0][2].x0 + 2 and len(group) == 1
    goes_on = bool(GOES_ON.match(words.text)) or bool(UNFINISHED.search(above.text))
    if words.bold != above.bold and not goes_on:
        return True
    if has_values and had_values:
        return True
    if has_values:
        return not (goes_on and not room)
    return not (goes_on or (not room and (hangs or words.x0 <= above.x0 + 1)))


def _wraps(last: Line, line: Line) -> bool:
    """Is a line without a label the rest of the cells above it?"""
    return all(first in last.filled for first in line.filled) or bool(
        line.cells and GOES_ON.match(line.cells[0][2].text)
    )


def merged(group: Sequence[Line], row: int) -> list[Box]:
    """The cells of one row from its printed lines."""
    boxes: dict[int, Box] = {}
    for line in group:
        for first, last, place in line.cells:
            if first in boxes:
                boxes[first].lines.append(place.words)
                boxes[first].col_span = max(boxes[first].col_span, last - first + 1)
            else:
                boxes[first] = Box([place.words], row, first, 1, last - first + 1)
    for column in sorted(boxes):
        following = min((other for other in boxes if other > column), default=None)
        if following is not None:
            boxes[column].col_span = min(boxes[column].col_span, following - column)
    return list(boxes.values())


def with_found_head(plan: Plan) -> Plan:
    """The plan with as many head rows as its words tell."""
    texts = [[""] * plan.columns for _ in range(plan.rows)]
    for box in plan.boxes:
        texts[box.row][box.column] = box.text
    plan.header_rows = header_rows(texts)
    return plan
