"""A table's cells as they are found: printed lines by columns, boxes, and the plan of the grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from corpus.pdf.sheet import Word
from corpus.pdf.words import Chunk, chunk


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
