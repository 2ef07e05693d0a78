"""Where a page prints its tables: from a caption down to the last rule, with the notes below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.layout.blocks import TABLE_CAPTION, caption, label_of
from corpus.layout.heads import is_value
from corpus.pdf.area import FULL, Area, Row, View, drawn_in, inside, rows_in, without
from corpus.pdf.captions import is_caption, printed_line
from corpus.pdf.lines import line_of
from corpus.pdf.table_end import WIDEST_STEP, is_tabular, opens_other, table_rows
from corpus.pdf.words import Chunk

RULE_BELOW = 16.0  # a table's first rule stands at most this many sizes under its caption
RULE_ABOVE = 2.5
UNRULED = 0.4  # share of the rows with values in a table without rules
HEADED = 6  # rows under a head that tell its columns
OVER = 2.0  # points
SAME_EDGE = 4.0
MOST_CAPTION = 4  # lines
FOOT = 0.75  # share of the height below which a caption may stand without its table


def find_areas(view: View) -> tuple[list[Area], list[Chunk]]:
    """The tables of a page that have a caption, and the chunks that belong to none."""
    areas: list[Area] = []
    left = list(view.chunks)
    finders = (area_above, area_below) if view.under else (area_below, area_above)
    for start in [chunk for chunk in view.chunks if is_caption(chunk, view.chunks, TABLE_CAPTION)]:
        if all(chunk is not start for chunk in left):
            continue
        area = next((found for find in finders if (found := find(start, left, view))), None)
        if area is not None:
            areas.append(area)
            left = without(left, area)
    return areas, left


def area_below(start: Chunk, chunks: Sequence[Chunk], view: View) -> Area | None:
    """The table whose caption begins with `start`, if its rows stand below."""
    edges = reach(start, view)
    below = rows_in(chunks, *edges, start.y - 0.3 * start.size, view.height)
    lead, rows = split_caption(start, below, view, edges)
    if not rows or (len(rows) < MOST_CAPTION and not any(map(is_tabular, rows))):
        return caption_alone(start, lead + rows, view) if lead else None
    size = median(chunk.size for row in rows[:6] for chunk in row)
    body, notes, is_open = table_rows(rows, edges, size, view)
    if not is_table(body, view, edges):
        return None
    area = made(start, lead, body, notes, view, edges)
    area.open = is_open
    return area


def made(
    start: Chunk, lead: list[Row], body: list[Row], notes: list[Row], view: View, edges: tuple[float, float]
) -> Area:
    """The area of a caption, rows and notes."""
    match = caption(printed_line(start, view.chunks), TABLE_CAPTION)
    area = Area(view.page, label_of(match) if match else "", body, *edges)
    area.caption = [line_of(row, view.page) for row in lead]
    area.notes = [line_of(row, view.page) for row in notes]
    parts = [*lead, *body, *notes]
    area.top, area.bottom = min(row[0].top for row in parts), max(row[0].y for row in parts)
    area.drawn = drawn_in(view, area.top - 20, body[-1][0].y + 15, *edges)
    return area


def is_table(body: list[Row], view: View, edges: tuple[float, float]) -> bool:
    """Are rows a table? Where no rules say so, most of them must hold values."""
    ruled = any(body[0][0].top - 15 < rule.y < body[-1][0].y + 15 and inside(rule, *edges) for rule in view.rules)
    if ruled:
        return sum(len(row) > 1 for row in body) > 1
    return sum(map(is_tabular, body)) >= max(3, UNRULED * len(body))


def caption_alone(start: Chunk, lead: list[Row], view: View) -> Area | None:
    """The area of a caption at the foot of a page or column, whose rows stand on the next one."""
    if lead[-1][0].y < FOOT * view.height:
        return None
    match = caption(printed_line(start, view.chunks), TABLE_CAPTION)
    x0, x1 = reach(start, view)
    area = Area(view.page, label_of(match) if match else "", [], x0, x1, open=True)
    area.caption = [line_of(row, view.page) for row in lead]
    area.top, area.bottom = lead[0][0].top, lead[-1][0].y
    return area


def reach(start: Chunk, view: View) -> tuple[float, float]:
    """The left and right edge of the table under a caption: of its rules, else of the column it stands in."""
    near = [
        rule
        for rule in view.rules
        if -RULE_ABOVE * start.size < rule.y - start.y < RULE_BELOW * start.size
        and rule.x0 - 6 <= start.x0
        and rule.x1 >= start.x0 + 30
    ]
    if near:
        first = min(near, key=lambda rule: (rule.y < start.y - 1, abs(rule.y - start.y)))
        row = [rule for rule in view.rules if abs(rule.y - first.y) < 2]
        x1 = first.x1
        for rule in sorted(row, key=lambda rule: rule.x0):
            if rule.x0 - x1 < 14 and rule.x1 > x1:
                x1 = rule.x1
        wide = [rule for rule in near if rule.x1 - rule.x0 > x1 - first.x0 and abs(rule.y - start.y) < 9 * start.size]
        return (min([first.x0, *(rule.x0 for rule in wide)]), max([x1, *(rule.x1 for rule in wide)]))
    for x0, x1 in view.columns:
        if x0 - SAME_EDGE <= start.x0 <= x1 and start.x1 <= x1 + SAME_EDGE:
            return x0, max(x1, text_edge(x0, x1, view))
    edges = [chunk.x0 for chunk in view.chunks] + [chunk.x1 for chunk in view.chunks]
    return min(edges), max(edges)


def text_edge(x0: float, x1: float, view: View) -> float:
    """Where the paper's columns of text end that begin at `x0`, unless more text than cells stands between `x1` and there."""
    end = next((right for left, right in view.usual if abs(left - x0) < SAME_EDGE), x1)
    beside = [chunk for chunk in view.chunks if x1 < chunk.x0 and chunk.x1 <= end + SAME_EDGE]
    return end if sum(is_value(chunk.text) for chunk in beside) * 3 > len(beside) else x1


def split_caption(start: Chunk, rows: list[Row], view: View, edges: tuple[float, float]) -> tuple[list[Row], list[Row]]:
    """The rows of a caption, and the rows under it."""
    if not rows:
        return [], []
    rules = [rule.y - start.y for rule in view.rules if inside(rule, *edges)]
    below = min((y for y in rules if y > 0), default=math.inf)
    ruled = below < RULE_BELOW * start.size and not any(-RULE_ABOVE * start.size < y < 0 for y in rules)
    end = 1
    while (
        end < len(rows)
        and not caption(rows[end][0].text, TABLE_CAPTION)
        and not is_head(rows[end], [row for row in rows[end + 1 :] if row[0].y > start.y + below][:HEADED])
        and (rows[end][0].y < start.y + below if ruled else _goes_on(rows[end - 1], rows[end], start, start.y + below))
    ):
        end += 1
    return rows[:end], rows[end:]


def is_head(row: Row, below: Sequence[Row]) -> bool:
    """Do the cells of a row stand over those of the rows below a rule, at their left or right edge or their middle?"""
    cells = [chunk for chunk in row if len(row) > 1 and chunk.x0 > row[0].x0 + 1]
    others = [chunk for other in below for chunk in other[1:]]
    over = sum(
        any(min(abs(c.x0 - o.x0), abs(c.x1 - o.x1), abs(c.x0 + c.x1 - o.x0 - o.x1) / 2) < OVER for o in others)
        for c in cells
    )
    return len(cells) > 0 and over * 3 > len(cells) * 2


def _goes_on(last: Row, row: Row, start: Chunk, rule: float) -> bool:
    """Does a caption go on in a row?"""
    first = row[0]
    if first.y > rule or first.y - last[0].y > 1.6 * start.size or abs(first.size - last[-1].size) > 0.04 * start.size:
        return False
    gaps = [right.x0 - left.x1 for left, right in pairwise(row)]
    if gaps and max(gaps) > 1.6 * start.size:
        return False
    label_alone = len(last) == 1 and last[0] is start and len(start.text) < 12
    return label_alone or first.bold == last[-1].bold or not last[-1].bold


# ---------------------------------------------------------------- captions under their tables


def stand_under(views: Sequence[View]) -> bool:
    """Do the captions of a paper stand under its tables? Those that can belong to one table alone decide."""
    above = below = 0
    for view in views:
        for start in (chunk for chunk in view.chunks if is_caption(chunk, view.chunks, TABLE_CAPTION)):
            over, beneath = area_above(start, view.chunks, view), area_below(start, view.chunks, view)
            rows = beneath.rows if beneath else []
            above += over is not None and not rows
            below += bool(rows) and over is None
    return above > below


def area_above(start: Chunk, chunks: Sequence[Chunk], view: View) -> Area | None:
    """The ruled table whose caption begins with `start`, if its rows stand above, perhaps with notes between."""
    near = [
        rule
        for rule in view.rules
        if 0 < start.y - rule.y < RULE_BELOW * start.size and rule.x0 - 6 <= start.x0 and rule.x1 >= start.x0 + 30
    ]
    if not near:
        return None
    last = max(near, key=lambda rule: rule.y)
    edges = (last.x0, last.x1)
    notes = rows_in(chunks, *edges, last.y, start.y - 0.5 * start.size)
    rows = rows_in(chunks, *edges, 0.0, last.y)
    body = rows[first_above(rows, edges, view) :]
    if any(map(is_tabular, notes)) or any(map(opens_other, notes)) or sum(map(is_tabular, body)) < 2:
        return None
    below = rows_in(chunks, *edges, start.y - 0.3 * start.size, view.height)
    lead = below[: own_lines(below)]
    return made(start, lead, body, notes, view, edges) if lead else None


def first_above(rows: list[Row], edges: tuple[float, float], view: View) -> int:
    """The place of the first row of a table that ends with the last row: under the highest rule that it reaches."""
    rules = [r.y for r in view.rules if inside(r, *edges) and r.width > FULL * (edges[1] - edges[0])]
    first = len(rows)
    for place in range(len(rows) - 1, -1, -1):
        size = rows[place][0].size
        step = rows[place + 1][0].y - rows[place][0].y if place + 1 < len(rows) else 0.0
        if step > 1.8 * WIDEST_STEP * size or opens_other(rows[place]):
            break
        if any(0 < rows[place][0].y - y < 2.2 * size for y in rules):
            first = place
    return first


def own_lines(rows: list[Row]) -> int:
    """How many rows are a caption that stands under its table: up to a wider step or another size."""
    for place, (row, after) in enumerate(pairwise(rows), 1):
        if after[0].y - row[0].y > 1.5 * row[0].size or abs(after[0].size - row[0].size) > 0.04 * row[0].size:
            return place
    return len(rows)
