"""Where a page prints its tables: from a caption down to the last rule, with the notes below."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from corpus.headings import main_heading_kind
from corpus.layout.blocks import FIGURE_CAPTION, TABLE_CAPTION, caption, label_of
from corpus.layout.floats import explains
from corpus.layout.heads import is_value
from corpus.pdf.captions import is_caption, printed_line
from corpus.pdf.drawn import Drawn, Rule
from corpus.pdf.lines import SENTENCE_END, Line, line_of
from corpus.pdf.words import Chunk

Row = list[Chunk]

RULE_BELOW = 16.0  # a table's first rule stands at most this many sizes under its caption
RULE_ABOVE = 2.5
FULL = 0.93  # share of the width that makes a rule one of the whole table
WIDEST_STEP = 3.4  # in sizes: a wider empty band ends a table
NOTE_STEP = 2.6
UNRULED = 0.4  # share of the rows with values in a table without rules
HEADED = 6  # rows under a head that tell its columns
OVER = 2.0  # points
MOST_CAPTION = 4  # lines
FOOT = 0.75  # share of the height below which a caption may stand without its table
SMALLER = 0.985  # notes and tables are set smaller than prose by at least this
PARTS = ("references", "methods", "discussion")  # headings that no table has


@dataclass
class View:
    """A page as the search for tables needs it; `body` is the size of the paper's prose."""

    page: int
    width: float
    height: float
    chunks: list[Chunk]
    drawn: Drawn
    body: float
    columns: list[tuple[float, float]] = field(default_factory=list)
    under: bool = False  # do the paper's captions stand under its tables?

    @property
    def rules(self) -> list[Rule]:
        """The horizontal lines of the page."""
        return self.drawn.rules


@dataclass
class Area:
    """A table as it stands on a page; `open` where nothing closes it before the page or column ends."""

    page: int
    label: str
    rows: list[Row]
    x0: float
    x1: float
    top: float = 0.0
    bottom: float = 0.0
    caption: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    drawn: Drawn = field(default_factory=Drawn)
    open: bool = False

    @property
    def rules(self) -> list[Rule]:
        """Its horizontal lines."""
        return self.drawn.rules

    @property
    def size(self) -> float:
        """The size of most of its text."""
        return median(chunk.size for row in self.rows for chunk in row) if self.rows else 0.0


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


def without(chunks: Iterable[Chunk], area: Area) -> list[Chunk]:
    """The chunks that are not part of an area."""
    words = {id(word) for line in (*area.caption, *area.notes) for word in line.words}
    taken = {id(chunk) for row in area.rows for chunk in row}
    return [chunk for chunk in chunks if id(chunk) not in taken and id(chunk.words[0]) not in words]


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


def drawn_in(view: View, top: float, bottom: float, x0: float, x1: float) -> Drawn:
    """What a page draws in a table."""
    return Drawn(
        [rule for rule in view.rules if top < rule.y < bottom and inside(rule, x0, x1)],
        [bar for bar in view.drawn.bars if x0 - 8 < bar.x < x1 + 8 and bar.y1 > top and bar.y0 < bottom],
        [frame for frame in view.drawn.frames if frame.y1 > top and frame.y0 < bottom],
    )


def inside(rule: Rule, x0: float, x1: float) -> bool:
    """Does a rule lie within the width of a table?"""
    return rule.x0 > x0 - 8 and rule.x1 < x1 + 8


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
        if x0 - 4 <= start.x0 <= x1 and start.x1 <= x1 + 4:
            return x0, x1
    edges = [chunk.x0 for chunk in view.chunks] + [chunk.x1 for chunk in view.chunks]
    return min(edges), max(edges)


def rows_in(chunks: Iterable[Chunk], x0: float, x1: float, top: float, bottom: float) -> list[Row]:
    """The rows of chunks between two edges, each from left to right."""
    rows: list[Row] = []
    for chunk in sorted(chunks, key=lambda chunk: chunk.y):
        if chunk.y < top or chunk.y > bottom or not (x0 - 6 <= chunk.x0 and chunk.x1 <= x1 + 6):
            continue
        if rows and chunk.y - rows[-1][0].y < 0.35 * min(chunk.size, rows[-1][0].size):
            rows[-1].append(chunk)
        else:
            rows.append([chunk])
    return [sorted(row, key=lambda chunk: chunk.x0) for row in rows]


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


# ---------------------------------------------------------------- where a table ends


def table_rows(
    rows: list[Row], edges: tuple[float, float], size: float, view: View
) -> tuple[list[Row], list[Row], bool]:
    """(rows, notes, is open) of the table that begins with the first row."""
    end = stop(rows, edges, size, view)
    rules = sorted(rule.y for rule in view.rules if inside(rule, *edges) and rule.width > FULL * (edges[1] - edges[0]))
    rules = [y for y in rules if rows[0][0].y < y < rows[end - 1][0].y + 2.2 * size]
    last = close_rule(rows[:end], rules)
    if last is not None and last < end:
        return rows[:last], notes_after(rows[last:], rows[last - 1], size, view), False
    at_end = end == len(rows) or rows[end][0].y > 0.9 * view.height
    notes = notes_after(rows[end:], rows[end - 1], size, view) if end < len(rows) else []
    return rows[:end], notes, at_end and not notes


def stop(rows: list[Row], edges: tuple[float, float], size: float, view: View) -> int:
    """The place of the first row that is no longer the table's nor its notes'."""
    for place, row in enumerate(rows):
        if place and ends_before(rows[place - 1], row, edges, size, view):
            return place
    return len(rows)


def ends_before(last: Row, row: Row, edges: tuple[float, float], size: float, view: View) -> bool:
    """Does something else begin with a row?"""
    first = row[0]
    if opens_other(row):
        return True
    between = any(last[0].y < rule.y < first.y and inside(rule, *edges) for rule in view.rules)
    if first.y - last[0].y > WIDEST_STEP * size * (1.8 if between else 1):
        return True
    larger = max(row, key=lambda chunk: chunk.x1 - chunk.x0).size
    return larger > 1.04 * size and larger > SMALLER * view.body and size < SMALLER * view.body


def opens_other(row: Row) -> bool:
    """Does a row open another table, a figure or a part of the paper?"""
    first = row[0]
    if len(row) == 1 and first.bold and main_heading_kind(first.text) in PARTS:
        return True
    return bool(
        (caption(first.text, TABLE_CAPTION) and first.words[0].bold) or caption(first.text, FIGURE_CAPTION, alone=True)
    )


def close_rule(rows: list[Row], rules: list[float]) -> int | None:
    """The place after the last row above the rule that closes a table: nothing tabular stands below it."""
    for y in reversed(rules):
        place = sum(row[0].y < y for row in rows)
        above, below = rows[:place], rows[place:]
        if sum(map(is_tabular, below)) > max(1, len(below) // 3):
            return None
        if len(above) > 2 or (len(above) > 1 and not below):
            return place
    return None


def is_tabular(row: Row) -> bool:
    """Does a row hold values beside its first cell?"""
    return len(row) > 1 and any(is_value(chunk.text) for chunk in row[1:])


def notes_after(rows: list[Row], last: Row, size: float, view: View) -> list[Row]:
    """The notes under a table: small print that follows closely."""
    notes: list[Row] = []
    for row in rows:
        above = notes[-1] if notes else last
        own = row[0].size
        if row[0].y - above[0].y > (NOTE_STEP if notes else NOTE_STEP + 1.2) * size or own > 1.1 * size:
            break
        if caption(row[0].text, TABLE_CAPTION) or caption(row[0].text, FIGURE_CAPTION, alone=True):
            break
        text = " ".join(chunk.text for chunk in row)
        if not explains(text) and not _is_small_print(row, notes, view.body):
            break
        notes.append(row)
    return notes


def _is_small_print(row: Row, notes: Sequence[Row], body: float) -> bool:
    """Is a row set smaller than prose and like the notes above it, or the rest of a note?"""
    own = row[0].size
    if notes and abs(own - notes[-1][0].size) > 0.015 * own:
        return False
    return own < SMALLER * body or bool(notes and not SENTENCE_END.search(notes[-1][-1].text))


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
