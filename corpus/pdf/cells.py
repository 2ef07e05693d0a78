"""A table's printed lines as rows and columns of cells, from where its words stand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.layout.heads import header_rows
from corpus.pdf.area import Area, Row
from corpus.pdf.plans import Line, Plan
from corpus.pdf.sheet import MADE_SPACE, SPACE
from corpus.pdf.table_body import body_groups, merged
from corpus.pdf.table_head import head_boxes, head_lines
from corpus.pdf.walls import columns_of, cut_at_walls, walls_of
from corpus.pdf.words import chunk

CELL_GAP = 0.45  # in sizes, where the print has real spaces inside its cells
SMALL_GAP = 0.4
FEWEST = 4  # rows of cells that tell columns against a label over them
FEW_CROSS = 0.06  # share of the lines that may run over a gap between columns
NARROW = 1.2  # points
ALIGNED = 2.0  # points


def plan_of(area: Area) -> Plan:
    """The cells of a table."""
    gaps, lines = columns_and_lines(area)
    head = head_lines(lines, area)
    boxes, height = head_boxes(lines[:head], area, gaps)
    groups = body_groups(lines[head:], area, [*gaps, area.x1][0])
    for group in groups:
        boxes += merged(group, height, len(gaps) + 1)
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
    """The places between two columns, from left to right; a label of the first line may stand over several."""
    most_cells = max((len(row) for row in rows), default=0)
    several = [row for row in rows if len(row) >= max(2, 0.7 * most_cells)]
    if len(several) < 3:
        several = [row for row in rows if len(row) > 1]
    edges = sorted({edge for row in several for place in row for edge in (place.x0, place.x1)})
    most = int(FEW_CROSS * len(several))
    counted = several[1:] if several[:1] == list(rows[:1]) and len(several) > FEWEST else several
    open_: list[tuple[float, float, int, int]] = []
    for low, high in pairwise(edges):
        middle = (low + high) / 2
        crossed = sum(place.x0 < middle < place.x1 for row in counted for place in row)
        between = sum(any(a.x1 <= middle <= b.x0 for a, b in pairwise(row)) for row in several)
        if crossed <= most and between:
            open_.append((low, high, crossed, between))
    found = []
    for run in _runs(open_):
        low, high = run[0][0], run[-1][1]
        support = max(between for *_, between in run) + sum(_begins(row, high) for row in rows if row not in several)
        if high - low >= NARROW and (support > 1 or high - low > area.size or len(several) < 4):
            found.append(clearest(low, high, rows))
    return found


def _begins(row: Row, x: float) -> bool:
    """Does a row that leaves cells out begin one here?"""
    return any(abs(place.x0 - x) < ALIGNED for place in row[1:])


def clearest(low: float, high: float, rows: Sequence[Row]) -> float:
    """Where between two columns the fewest words of all rows stand: heads are wider than their columns.

    What stands between them alone is a label over both.
    """
    places = [place for row in rows for place in row if place.x0 <= low + ALIGNED or place.x1 >= high - ALIGNED]
    inner = {edge for place in places for edge in (place.x0, place.x1) if low < edge < high}
    parts = list(pairwise(sorted({low, high, *inner})))
    crossed = [sum(place.x0 < (a + b) / 2 < place.x1 for place in places) for a, b in parts]
    a, b = max((part for part, count in zip(parts, crossed, strict=True) if count == min(crossed)), key=_width)
    return (a + b) / 2


def _width(part: tuple[float, float]) -> float:
    return part[1] - part[0]


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


# ---------------------------------------------------------------- labels


def with_found_head(plan: Plan) -> Plan:
    """The plan with as many head rows as its words tell."""
    texts = [[""] * plan.columns for _ in range(plan.rows)]
    for box in plan.boxes:
        texts[box.row][box.column] = box.text
    plan.header_rows = header_rows(texts)
    return plan
