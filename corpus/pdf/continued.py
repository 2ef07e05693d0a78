"""Tables that go on in the next column or on the next page, put together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

from corpus.pdf.area import Area, Row, View, drawn_in, rows_in, without
from corpus.pdf.cells import has_spaces, separators, split_row
from corpus.pdf.drawn import Bar, Drawn, Rule
from corpus.pdf.lines import line_of
from corpus.pdf.sheet import Word
from corpus.pdf.table_end import is_tabular, table_rows
from corpus.pdf.walls import Wall, cut_at_walls, walls_of
from corpus.pdf.words import Chunk

SAME_WIDTH = 4.0  # points
FIT = 0.85  # share of the rows whose cells must stand in the columns of the part before
MAX_PARTS = 12


def joined_areas(areas: list[list[Area]], left: list[list[Chunk]], views: Sequence[View]) -> None:
    """Puts the later parts of tables into their first part; the lists are changed in place."""
    for page in range(len(views)):
        for area in list(areas[page]):
            _join_captioned(area, page, areas)
            for _ in range(MAX_PARTS):
                if not area.open or not _extend(area, left, views):
                    break


def _join_captioned(area: Area, page: int, areas: list[list[Area]]) -> None:
    """Append the tables of this and the following pages that carry the same label again."""
    last = page
    while last < len(areas):
        again = [other for other in areas[last] if other is not area and other.label == area.label]
        for other in again:
            append(area, other.rows, other.drawn, 0.0)
            area.notes += other.notes
            area.open = other.open
            areas[last].remove(other)
        if not again and last > page:
            return
        last += 1


def _extend(area: Area, left: list[list[Chunk]], views: Sequence[View]) -> bool:
    """Append the part of a table that stands in the next column or at the head of the next page."""
    page = (area.rows[-1][0].words[0].page if area.rows else area.page) - 1
    for place, shift, width in candidates(area, page, views):
        view = views[place]
        edges = (area.x0 + shift, area.x0 + shift + width)
        rows = rows_in(left[place], *edges, 0.0, view.height)
        if not rows or not is_first(rows[0], left[place], *edges):
            continue
        size = area.size or median(chunk.size for row in rows[:6] for chunk in row)
        body, notes, is_open = table_rows(rows, edges, size, view)
        if body and (fits(without_head(body, area), area, shift) if area.rows else sum(map(is_tabular, body)) > 1):
            part = Area(view.page, "", body, *edges, notes=[line_of(row, view.page) for row in notes])
            left[place] = without(left[place], part)
            append(area, body, drawn_in(view, body[0][0].top - 9, body[-1][0].y + 9, *edges), shift)
            area.x1, area.open = area.x0 + width, is_open
            area.notes += part.notes
            return True
    return False


def candidates(area: Area, page: int, views: Sequence[View]) -> Iterator[tuple[int, float, float]]:
    """(place of the page, shift to the right, width) of where the next part may stand."""
    width = area.x1 - area.x0
    for place in (page, page + 1):
        if place >= len(views):
            return
        view = views[place]
        wide = [rule for rule in view.rules if abs(rule.width - width) < SAME_WIDTH or not area.rows]
        starts = {(round(rule.x0, 1), width if area.rows else rule.width) for rule in wide if rule.width > 60}
        starts |= {(round(x0, 1), width if area.rows else x1 - x0) for x0, x1 in view.columns if x1 - x0 > 0.8 * width}
        if place == page:
            beside = [(x0, reach) for x0, reach in sorted(starts) if x0 > area.x1 - SAME_WIDTH]
            yield from ((place, x0 - area.x0, reach) for x0, reach in beside)
        else:
            at_edge = [(x0, reach) for x0, reach in sorted(starts) if x0 <= area.x0 + SAME_WIDTH and reach != width]
            yield from ((place, x0 - area.x0, reach) for x0, reach in sorted(at_edge, key=lambda edge: -edge[1]))
            yield place, 0.0, width
            yield from ((place, x0 - area.x0, width) for x0, _ in sorted(starts) if x0 < area.x0 - SAME_WIDTH)


def is_first(row: Row, chunks: Sequence[Chunk], x0: float, x1: float) -> bool:
    """Is a row the first text between two edges of a page?"""
    return all(chunk.y >= row[0].y - 2 for chunk in chunks if chunk.x1 > x0 and chunk.x0 < x1)


def fits(rows: Sequence[Row], area: Area, shift: float) -> bool:
    """Do the cells of rows stand in the columns of a table?"""
    tight, walls = has_spaces(area), walls_of(area)
    gaps = [wall.x for wall in walls] or separators([split_row(row, tight=tight) for row in area.rows], area)
    shown = [Wall(wall.x + shift, [(0.0, math.inf)]) for wall in walls]
    cut = [cut_at_walls(split_row(row, tight=tight), shown) for row in rows]
    several = [row for row in cut if len(row) > 1]
    if not several or not gaps:
        return False
    good = sum(all(not any(c.x0 - shift < gap < c.x1 - shift for gap in gaps) for c in row[1:]) for row in several)
    return good >= FIT * len(several)


def append(area: Area, rows: list[Row], drawn: Drawn, shift: float) -> None:
    """Move rows and lines under those of a table; a repeated head is left out."""
    rows = without_head(rows, area)
    drop = area.rows[-1][0].y + 3 * area.size - rows[0][0].y if area.rows else 0.0
    top = rows[0][0].top - area.size
    area.drawn.rules += [Rule(r.x0 - shift, r.x1 - shift, r.y + drop) for r in drawn.rules if r.y > top]
    area.drawn.bars += [Bar(b.x - shift, b.y0 + drop, b.y1 + drop) for b in drawn.bars if b.y1 > top]
    area.drawn.frames += [
        replace(f, x0=f.x0 - shift, x1=f.x1 - shift, y0=f.y0 + drop, y1=f.y1 + drop) for f in drawn.frames if f.y1 > top
    ]
    for row in rows:
        for chunk in row:
            move(chunk, -shift, drop)
    area.rows += rows


def without_head(rows: list[Row], area: Area) -> list[Row]:
    """Rows less the first ones that say the head of a table again."""
    head = [" ".join(chunk.text for chunk in row) for row in area.rows[:8]]
    again = 0
    while again + 1 < len(rows) and " ".join(chunk.text for chunk in rows[again]) in head:
        again += 1
    return rows[again:]


def move(chunk: Chunk, across: float, down: float) -> None:
    """Move a chunk and its words on the page."""
    things: list[Chunk | Word] = [chunk, *chunk.words]
    for thing in things:
        thing.x0 += across
        thing.x1 += across
        thing.y += down
    chunk.top += down
