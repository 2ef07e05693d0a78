"""Where a table ends: at its last rule, at what follows, and which small print under it is its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from corpus.headings import main_heading_kind
from corpus.layout.blocks import FIGURE_CAPTION, TABLE_CAPTION, caption
from corpus.layout.floats import explains
from corpus.layout.heads import is_value
from corpus.pdf.area import FULL, Row, View, inside
from corpus.pdf.lines import SENTENCE_END

WIDEST_STEP = 3.4  # in sizes: a wider empty band ends a table
PARTED = 1.6  # in sizes: prose after such a step is no row
FILLED = 0.7  # share of the width that prose fills
WIDER = 1.08  # times the step of rows: a note stands farther from them
NOTE_STEP = 2.6
INDENT = 20.0  # points from the left edge within which a note begins
SMALLER = 0.985  # notes and tables are set smaller than prose by at least this
PARTS = ("references", "methods", "discussion")  # headings that no table has


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
    last = end if last is not None else before_notes(rows[:end])
    at_end = end == len(rows) or rows[end][0].y > 0.9 * view.height
    notes = rows[last:end] + (notes_after(rows[end:], rows[end - 1], size, view) if end < len(rows) else [])
    return rows[:last], notes, at_end and not notes


def before_notes(rows: list[Row]) -> int:
    """How many rows stand above the notes at the foot of a table that no rule closes."""
    last = max((place for place, row in enumerate(rows) if is_tabular(row)), default=len(rows) - 1) + 1
    edge = min((row[0].x0 for row in rows), default=0.0)
    steps = [below[0].y - row[0].y for row, below in pairwise(rows[:last])]
    for place in range(last, len(rows)):
        if rows[place][0].x0 > edge + INDENT:  # the rest of a cell
            continue
        step = rows[place][0].y - rows[place - 1][0].y
        text = " ".join(chunk.text for chunk in rows[place])
        if explains(text) or (steps and step > WIDER * median(steps)):
            return place
    return len(rows)


def stop(rows: list[Row], edges: tuple[float, float], size: float, view: View) -> int:
    """The place of the first row that is no longer the table's nor its notes'."""
    for place, row in enumerate(rows):
        if place and ends_before(rows[place - 1], row, edges, size, view):
            return place
    return len(rows)


def ends_before(last: Row, row: Row, edges: tuple[float, float], size: float, view: View) -> bool:
    """Does something else begin with a row?"""
    if opens_other(row):
        return True
    step = row[0].y - last[0].y
    between = any(last[0].y < rule.y < row[0].y and inside(rule, *edges) for rule in view.rules)
    if step > WIDEST_STEP * size * (1.8 if between else 1):
        return True
    closed = any(rule.y > row[0].y and inside(rule, *edges) for rule in view.rules)
    if step > PARTED * size and is_prose(row, edges) and not closed:
        return True
    larger = max(row, key=lambda chunk: chunk.x1 - chunk.x0).size
    return larger > 1.04 * size and larger > SMALLER * view.body and size < SMALLER * view.body


def is_prose(row: Row, edges: tuple[float, float]) -> bool:
    """Do several columns of prose fill a row?"""
    filled = sum(chunk.x1 - chunk.x0 for chunk in row)
    return len(row) > 1 and not is_tabular(row) and filled > FILLED * (edges[1] - edges[0])


def opens_other(row: Row) -> bool:
    """Does a row open another table, a figure or a part of the paper?"""
    first = row[0]
    if len(row) == 1 and first.bold and main_heading_kind(first.text) in PARTS:
        return True
    return bool(caption(first.text, TABLE_CAPTION) or caption(first.text, FIGURE_CAPTION, alone=True))


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
