"""A table's printed lines as rows and columns of cells, from where its words stand."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from corpus.layout.heads import header_rows, is_value
from corpus.pdf.areas import FULL, Area, Row, inside
from corpus.pdf.sheet import MADE_SPACE, SPACE, Word
from corpus.pdf.walls import columns_of, cut_at_walls, walls_of
from corpus.pdf.words import Chunk, chunk

CELL_GAP = 0.45  # in sizes, where the print has real spaces inside its cells
SMALL_GAP = 0.4
FEW_CROSS = 0.06  # share of the lines that may run over a gap between columns
NARROW = 1.2  # points
UNFINISHED = re.compile(r"(?:[,;(/–-]|\b(?:of|and|or|the|to|in|for|with|by|at|from|than|per|a|an|on))\Z", re.IGNORECASE)
GOES_ON = re.compile(r"[a-z(),;]|[–-]\s?\d")
MOST_HEAD = 8  # printed lines
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

    @classmethod
    def of(cls, cells: Iterable[tuple[int, int, Chunk]]) -> Line:
        """A line of cells; chunks in one column are one cell."""
        line = cls(0.0)
        for first, last, place in cells:
            if line.cells and line.cells[-1][1] >= first:
                before = line.cells.pop()
                line.cells.append((before[0], max(last, before[1]), chunk([*before[2].words, *place.words])))
            else:
                line.cells.append((first, last, place))
        line.y = median(place.y for _, _, place in line.cells)
        return line

    @property
    def filled(self) -> set[int]:
        """Columns where something begins."""
        return {first for first, _, _ in self.cells}


def plan_of(area: Area) -> Plan:
    """The cells of a table."""
    gaps, lines = columns_and_lines(area)
    head = head_lines(lines, area)
    boxes, height = head_boxes(lines[:head], area, gaps)
    groups = body_groups(lines[head:], area, [*gaps, area.x1][0])
    for group in groups:
        boxes += merged(group, height)
        height += 1
    plan = Plan(boxes, height, len(gaps) + 1, height - len(groups))
    return plan if head else with_found_head(plan)


def columns_and_lines(area: Area) -> tuple[list[float], list[Line]]:
    """The places between the columns, and the printed lines with the columns their chunks stand in."""
    rows = [split_row(row, tight=has_spaces(area)) for row in area.rows]
    walls = walls_of(area)
    if walls:
        lines = [Line.of((*columns_of(place, walls), place) for place in cut_at_walls(row, walls)) for row in rows]
        return [wall.x for wall in walls], lines
    gaps = separators(rows, area)
    return gaps, [placed(row, gaps) for row in rows]


def has_spaces(area: Area) -> bool:
    """Does the print have real spaces between the words of a cell?"""
    pairs = [pair for row in area.rows for place in row for pair in pairwise(place.words)]
    real = sum(word.lead == SPACE for _, word in pairs)
    made = sum(word.lead == MADE_SPACE and word.x0 - last.x1 < SMALL_GAP * word.size for last, word in pairs)
    return real > 2 * made


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
    several = [row for row in rows if len(row) >= max(2, 0.7 * most_cells)]
    if len(several) < 3:
        several = [row for row in rows if len(row) > 1]
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
    """A row with the columns of its chunks."""
    cells = []
    for place in row:
        slack = min(3.0, 0.25 * (place.x1 - place.x0))
        first = sum(gap < place.x0 + slack for gap in gaps)
        cells.append((first, max(first, sum(gap < place.x1 - slack for gap in gaps)), place))
    return Line.of(cells)


def column_ends(lines: Sequence[Line]) -> dict[int, float]:
    """Where the text of each column ends at the latest."""
    ends: dict[int, float] = {}
    for line in lines:
        for first, last, place in line.cells:
            if first == last:
                ends[first] = max(ends.get(first, 0.0), place.x1)
    return defaultdict(lambda: math.inf, ends)


# ---------------------------------------------------------------- the head


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


# ---------------------------------------------------------------- the body


def body_groups(lines: Sequence[Line], area: Area, stub: float) -> list[list[Line]]:
    """The printed lines of the body, those of one row together."""
    if not lines:
        return []
    rules = [rule.y for rule in area.rules if rule.width > 0.5 * (area.x1 - area.x0) and inside(rule, area.x0, area.x1)]
    parted = [any(a.y < y < b.y + 1 for y in rules) for a, b in pairwise(lines)]
    ends = column_ends(lines)
    tight = wrap_step(lines, area.size, ends)
    ruled = sum(parted) >= 0.35 * sum(len(line.cells) > 1 for line in lines) and sum(parted) > 2
    groups = [[lines[0]]]
    for place, line in enumerate(lines[1:]):
        if parted[place]:
            new = True
        elif ruled:
            new = False
        elif tight is not None:
            new = line.y - lines[place].y > tight and not completes(lines[place], line)
        else:
            new = starts_row(groups[-1], line, ends, stub)
        if new:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def completes(last: Line, line: Line) -> bool:
    """Does a line end a label that the line above leaves open?"""
    if not last.cells or not line.cells or last.cells[0][0] or line.cells[0][0]:
        return False
    above, own = last.cells[0][2], line.cells[0][2]
    return bool(UNFINISHED.search(above.text) and GOES_ON.match(own.text)) and above.bold == own.bold


def wrap_step(lines: Sequence[Line], size: float, ends: Mapping[int, float]) -> float | None:
    """The distance of lines up to which they are one row, where rows stand farther apart than wrapped lines do."""
    steps = [b.y - a.y for a, b in pairwise(lines) if b.y - a.y < 2.5 * size]
    if len(steps) < 2:
        return None
    least = sorted(steps)[len(steps) // 50]
    small = [(a, b) for a, b in pairwise(lines) if b.y - a.y <= 1.07 * least]
    large = [b for a, b in pairwise(lines) if b.y - a.y > 1.1 * least]
    if not large or len(large) < 0.1 * len(steps):
        return None
    rows = sum(_are_rows(a, b, ends) for a, b in small)
    return 1.085 * least if rows <= 0.3 * len(small) else None


def _are_rows(line: Line, below: Line, ends: Mapping[int, float]) -> bool:
    """Are two lines rows of their own: a label and values in both, and nothing that goes on?"""
    if 0 not in line.filled or 0 not in below.filled:
        return len(line.filled & below.filled) > 1 and not _wraps(line, below, ends)
    return len(line.filled) > 1 and len(below.filled) > 1 and not _wraps(line, below, ends)


def starts_row(group: Sequence[Line], line: Line, ends: Mapping[int, float], stub: float) -> bool:
    """Does a line open a row, as far as its words tell? `stub` is where the first column may reach."""
    last = group[-1]
    words = next((place for first, _, place in line.cells if first == 0), None)
    above = next((place for first, _, place in last.cells if first == 0), None)
    if words is None:
        return not _wraps(last, line, ends)
    if above is None:
        return True
    goes_on = _goes_on(above, words)
    if words.bold != above.bold and not goes_on:
        return True
    has_values, had_values = len(line.filled) > 1, any(len(each.filled) > 1 for each in group)
    if has_values:
        return had_values or not goes_on or has_room(above, words, ends[0])
    room = has_room(above, words, ends[0] if had_values else stub)
    hangs = words.x0 > group[0].cells[0][2].x0 + 2 and len(group) == 1
    return not (goes_on or (not room and (hangs or words.x0 <= above.x0 + 1)))


def _wraps(last: Line, line: Line, ends: Mapping[int, float]) -> bool:
    """Is a line without a label the rest of the cells above it?"""
    above = {first: place for first, _, place in last.cells}
    pairs = [(above[first], place, first) for first, _, place in line.cells if first in above]
    if not pairs:
        return bool(GOES_ON.match(line.cells[0][2].text))
    values = sum(_are_values(before.text, place.text) for before, place, _ in pairs)
    going_on = sum(_goes_on(before, place) for before, place, _ in pairs)
    if values or going_on:
        return going_on > values
    return any(not has_room(before, place, ends[first]) for before, place, first in pairs)


def _goes_on(above: Chunk, place: Chunk) -> bool:
    return bool(GOES_ON.match(place.text) or UNFINISHED.search(above.text))


def _are_values(above: str, text: str) -> bool:
    """Are two texts under one another values of their own, not a count and its percentage?"""
    return is_value(above) and is_value(text) and not text.startswith("(") and not UNFINISHED.search(above)


def has_room(above: Chunk, place: Chunk, end: float) -> bool:
    """Would the first word of a line have fitted at the end of the one above?"""
    word = place.words[0]
    if place.x1 > end + 2:  # it does not stand in the column
        return True
    return end - above.x1 > (word.x1 - word.x0) + 0.3 * word.size


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
