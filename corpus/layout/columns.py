"""Text that keeps the page's columns side by side (`pdftotext -layout`), put in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from corpus.layout.blocks import FIGURE_CAPTION, TABLE_CAPTION, Line, caption
from ontology import regex as re

GAP = re.compile(r" {2,}")
WIDE_GAP = re.compile(r"\S {4,}\S")
# A page has two columns where so many of its lines with a gap in the middle go on at the same place.
BOTH_SIDES = 0.5
MIN_LINES = 6
# Paragraphs and references indent their first or their other lines by less than this.
HANGING = 6
COLUMNAR = 0.08
MIN_PROSE = 30


class Cell(NamedTuple):
    """A run of text on a line: its characters, and the columns of the page it covers."""

    start: int
    end: int
    left: int
    right: int


class Row(NamedTuple):
    """A printed line at its height on the page; `text` with the white space on its left."""

    line: Line
    text: str
    height: int

    @property
    def origin(self) -> int:
        """Offset of the page's left edge on this line."""
        return self.line.start - self.line.indent


def is_columnar(printed: Sequence[Line]) -> bool:
    """Does white space inside the lines draw the page's columns?"""
    wide = sum(bool(WIDE_GAP.search(line.text)) for line in printed)
    return wide > COLUMNAR * len(printed)


def cells(line: Line, least: int = 2) -> list[Cell]:
    """The runs of a line that `least` spaces or more part."""
    found = []
    last = 0
    bounds = [(m.start(), m.end()) for m in GAP.finditer(line.text) if m.end() - m.start() >= least]
    for stop, restart in [*bounds, (len(line.text), len(line.text))]:
        start, end = line.start + last, line.start + stop
        found.append(Cell(start, end, line.indent + last, line.indent + stop))
        last = restart
    return found


def in_reading_order(printed: Sequence[Line]) -> list[Line]:
    """The lines of all pages, the left column of a page before its right one."""
    ordered: list[Line] = []
    table = False
    for _, page in groupby(printed, key=lambda line: line.page):
        rows = _rows(list(page))
        gutter = _gutter(rows)
        if gutter is None:
            ordered += [row.line for row in rows]
            table = len(cells(rows[-1].line)) > 2
        else:
            marked = list(_marked(rows, gutter, table=table))
            ordered += _unfolded(marked, gutter)
            table = marked[-1][0] and len(cells(rows[-1].line)) > 2
    return ordered


def _rows(page: Sequence[Line]) -> list[Row]:
    rows: list[Row] = []
    height = 0
    for line in page:
        height += 1 + line.gap
        rows.append(Row(line, " " * line.indent + line.text, height))
    return rows


def _gutter(rows: Sequence[Row]) -> int | None:
    """The column of the page where the right half of its lines begins."""
    width = max(len(row.text) for row in rows)
    starts: Counter[int] = Counter()
    for row in rows:
        starts.update(cell.left for cell in cells(row.line) if 0.3 * width < cell.left < 0.7 * width)
    parted = sum(any(0.3 * width < cell.left < 0.7 * width for cell in cells(row.line)) for row in rows)
    near = {edge: sum(starts[x] for x in range(edge, edge + HANGING)) for edge in starts if starts[edge] > 1}
    most = max(near.values(), default=0)
    if most < MIN_LINES or most < BOTH_SIDES * parted:
        return None
    return min(edge for edge, number in near.items() if number > 0.9 * most)


def _unfolded(marked: Sequence[tuple[bool, Row]], edge: int) -> list[Line]:
    """The lines of a page in order: bands of two columns, and between them what runs across both."""
    ordered: list[Line] = []
    for across, band in groupby(marked, key=lambda pair: pair[0]):
        group = [row for _, row in band]
        ordered += [row.line for row in group] if across else _halves(group, edge)
    return ordered


def _marked(rows: Sequence[Row], edge: int, *, table: bool) -> Iterator[tuple[bool, Row]]:
    """Each row with whether it runs across both columns: by its text, or as a row of a table as wide as the page.

    `table`: the page before ended within such a table.
    """
    for index, row in enumerate(rows):
        crosses = bool(row.text[edge - 2 : edge].strip())
        if caption(row.line.text, TABLE_CAPTION, alone=True):
            table = crosses or _is_wide(rows[index + 1 : index + 6], edge)
        elif table and (_is_two_columns(row, edge) or _is_figure(row)):
            table = False
        yield crosses or table, row


def _is_figure(row: Row) -> bool:
    return caption(row.line.text, FIGURE_CAPTION, alone=True) is not None


def _is_wide(below: Sequence[Row], edge: int) -> bool:
    """Do the rows under a caption ignore the gutter?"""
    aligned = sum(row.text[edge - 2 : edge + 1].strip() != "" and row.text[edge - 2 : edge] == "  " for row in below)
    return bool(below) and aligned * 2 < len(below) and any(len(row.text) > edge for row in below)


def _is_two_columns(row: Row, edge: int) -> bool:
    """Is there prose on either side, the right one beginning where right columns begin?"""
    left, right = row.text[: edge - 1].strip(), row.text[edge:]
    starts = row.text[edge - 2 : edge] == "  " and right[:1].strip() != ""
    prose = [half for half in (left, right.strip()) if len(half) > MIN_PROSE and not GAP.search(half)]
    return bool(prose) and (starts or not right.strip()) and len(prose) == bool(left) + bool(right.strip())


def _halves(rows: Sequence[Row], edge: int) -> list[Line]:
    """The left halves of the rows, then the right halves; a gap where lines between are empty on that side."""
    ordered: list[Line] = []
    for from_, to in ((0, edge), (edge, None)):
        last = None
        for row in rows:
            half = row.text[from_:to]
            text = half.strip()
            if not text:
                continue
            start = row.origin + from_ + half.index(text[0])
            gap = 1 if last is None else row.height - last - 1
            indent = from_ + half.index(text[0])
            ordered.append(row.line._replace(start=start, end=start + len(text), text=text, gap=gap, indent=indent))
            last = row.height
    return ordered
