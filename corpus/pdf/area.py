"""A page as the search for tables sees it, and a table as it stands there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from corpus.pdf.drawn import Drawn, Rule
from corpus.pdf.lines import Line
from corpus.pdf.words import Chunk

Row = list[Chunk]

FULL = 0.93  # share of the width that makes a rule one of the whole table


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
    usual: Sequence[tuple[float, float]] = ()  # the paper's columns of text, those of most lines first
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


def without(chunks: Iterable[Chunk], area: Area) -> list[Chunk]:
    """The chunks that are not part of an area."""
    words = {id(word) for line in (*area.caption, *area.notes) for word in line.words}
    taken = {id(chunk) for row in area.rows for chunk in row}
    return [chunk for chunk in chunks if id(chunk) not in taken and id(chunk.words[0]) not in words]


def inside(rule: Rule, x0: float, x1: float) -> bool:
    """Does a rule lie within the width of a table?"""
    return rule.x0 > x0 - 8 and rule.x1 < x1 + 8


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


def drawn_in(view: View, top: float, bottom: float, x0: float, x1: float) -> Drawn:
    """What a page draws in a table."""
    return Drawn(
        [rule for rule in view.rules if top < rule.y < bottom and inside(rule, x0, x1)],
        [bar for bar in view.drawn.bars if x0 - 8 < bar.x < x1 + 8 and bar.y1 > top and bar.y0 < bottom],
        [frame for frame in view.drawn.frames if frame.y1 > top and frame.y0 < bottom],
    )
