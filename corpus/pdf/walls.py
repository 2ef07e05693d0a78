"""Vertical lines between the columns of a ruled table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.pdf.area import Area, Row
from corpus.pdf.words import Chunk, chunk

SAME = 2.0  # points between pieces of one line
TALL = 0.4  # share of a table's height that a wall between columns stands along
EDGE = 6.0  # points from the side of a table where a line is its frame


@dataclass
class Wall:
    """A vertical line at `x`, with the stretches where it is drawn: it is left out where a cell spans columns."""

    x: float
    stretches: list[tuple[float, float]] = field(default_factory=list)

    def stands_at(self, y: float) -> bool:
        """Is it drawn at this height?"""
        return any(y0 <= y <= y1 for y0, y1 in self.stretches)


def walls_of(area: Area) -> list[Wall]:
    """The walls between the columns of a table, from left to right; [] where it has none."""
    walls: list[Wall] = []
    for bar in sorted(area.drawn.bars, key=lambda bar: bar.x):
        if walls and bar.x - walls[-1].x < SAME:
            walls[-1].stretches.append((bar.y0, bar.y1))
        else:
            walls.append(Wall(bar.x, [(bar.y0, bar.y1)]))
    lines = [row[0].y - 0.3 * row[0].size for row in area.rows]
    inner = [wall for wall in walls if area.x0 + EDGE < wall.x < area.x1 - EDGE]
    return [wall for wall in inner if sum(map(wall.stands_at, lines)) > TALL * len(lines)]


def cut_at_walls(row: Row, walls: Sequence[Wall]) -> Row:
    """A row with its chunks cut where a wall stands between two words."""
    cut: list[Chunk] = []
    for place in row:
        y = place.y - 0.3 * place.size
        standing = [wall.x for wall in walls if wall.stands_at(y)]
        run = [place.words[0]]
        for word in place.words[1:]:
            side = sum(x < (word.x0 + word.x1) / 2 for x in standing)
            if side != sum(x < (run[-1].x0 + run[-1].x1) / 2 for x in standing):
                cut.append(chunk(run))
                run = []
            run.append(word)
        cut.append(chunk(run))
    return cut


def columns_of(place: Chunk, walls: Sequence[Wall]) -> tuple[int, int]:
    """(first, last) column of the cell a chunk stands in: between the walls drawn at its height."""
    y, x = place.y - 0.3 * place.size, (place.words[0].x0 + place.words[0].x1) / 2
    first = max((column for column, wall in enumerate(walls, 1) if wall.x < x and wall.stands_at(y)), default=0)
    last = next((column for column, wall in enumerate(walls) if wall.x > x and wall.stands_at(y)), len(walls))
    return first, max(first, last)
