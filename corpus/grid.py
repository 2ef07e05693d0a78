"""Cells with spans placed into a grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.document import Cell
from corpus.draft import Draft
from corpus.run import Mark

# A damaged file may ask for any span; a printed table has not more columns or rows than this.
WIDEST, LONGEST = 200, 2000


@dataclass
class Box:
    """A cell as it is tagged: its text, what it spans, whether it is a head."""

    text: str
    marks: Sequence[Mark] = ()
    row_span: int = 1
    col_span: int = 1
    header: bool = False
    row: int = 0
    column: int = 0


@dataclass
class Rows:
    """Rows of boxes; `group` numbers keep row spans inside their part of the table (head, body, foot)."""

    rows: list[list[Box]] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    header_rows: int = 0

    def add(self, row: list[Box], group: int) -> None:
        """Append a row."""
        self.rows.append(row)
        self.groups.append(group)


Places = list[list[Box | None]]


def span(value: str | None, most: int) -> int:
    """A span attribute as a number."""
    return min(int(value), most) if value and value.isdecimal() and int(value) else 1


def arrange(rows: Rows) -> Places:
    """Every box in all the places that it spans."""
    grid: Places = [[] for _ in rows.rows]
    for place, row in enumerate(rows.rows):
        reach = _group_end(rows.groups, place)
        column = 0
        for box in row:
            while column < len(grid[place]) and grid[place][column] is not None:
                column += 1
            box.row, box.column = place, column
            box.row_span = min(box.row_span, reach - place)
            for line in grid[place : place + box.row_span]:
                line.extend([None] * (column + box.col_span - len(line)))
                line[column : column + box.col_span] = [box] * box.col_span
            column += box.col_span
    width = max((len(line) for line in grid), default=0)
    for line in grid:
        line.extend([None] * (width - len(line)))
    return grid


def _group_end(groups: Sequence[int], place: int) -> int:
    end = place
    while end < len(groups) and groups[end] == groups[place]:
        end += 1
    return end


def drop_empty(grid: Places, header_rows: int) -> tuple[Places, int]:
    """The rows that hold any text; spans and places of the boxes follow."""
    kept = [place for place, line in enumerate(grid) if any(box and box.text for box in line)]
    if len(kept) == len(grid):
        return grid, header_rows
    left = [grid[place] for place in kept]
    for box in boxes(grid):
        rows = [new for new, old in enumerate(kept) if box.row <= old < box.row + box.row_span]
        if rows:
            box.row, box.row_span = rows[0], len(rows)
    return left, sum(place < header_rows for place in kept)


def boxes(grid: Places) -> Iterator[Box]:
    """Each box once."""
    for place, line in enumerate(grid):
        for column, box in enumerate(line):
            if box is not None and (box.row, box.column) == (place, column):
                yield box


def write_grid(draft: Draft, grid: Places) -> tuple[tuple[Cell | None, ...], ...]:
    """Write the rows on lines, cells apart by tabs, and make the cells."""
    made: dict[int, Cell] = {}
    offset, pieces = draft.size, []
    for place, line in enumerate(grid):
        for column, box in enumerate(line):
            if column:
                pieces.append("\t")
                offset += 1
            if box is not None and box.row == place and box.column == column:
                end = offset + len(box.text)
                made[id(box)] = Cell(box.text, offset, end, place, column, box.row_span, box.col_span, box.header)
                draft.cite(box.marks, offset)
                pieces.append(box.text)
                offset = end
        pieces.append("\n")
        offset += 1
    draft.write("".join(pieces))
    return tuple(tuple([None if box is None else made[id(box)] for box in line]) for line in grid)
