"""The columns of a page: boxes cut apart along gutters, in the order one reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol, TypeVar

NARROWEST = 6.0  # a gutter, in points
ALIGNED = 2.5  # left edges this near are one
FEWEST = 3  # boxes that begin at the left edge of a column
MOST_EDGES = 7
SHORTEST = 14.0  # a gutter reaches farther down than one line
MIN_COLUMN = 45.0  # a column of prose; numbers and bullets of lists are narrower


class Box(Protocol):
    """Anything with a place: x to the right, y down; `top` and `y` are its upper and lower edge."""

    x0: float
    x1: float
    y: float

    @property
    def top(self) -> float:
        """The upper edge."""

    @property
    def stream(self) -> tuple[int, int]:
        """Where its characters begin and end in the page's stream."""


B = TypeVar("B", bound=Box)


@dataclass(frozen=True, slots=True)
class Gutter:
    """Empty space between `x0` and `x1` with boxes at either side, from `top` to `bottom`."""

    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """How far it reaches."""
        return self.bottom - self.top


def columns(boxes: Sequence[B]) -> list[list[B]]:
    """Boxes as columns, each from the top down, in reading order."""
    gutter = best_gutter(boxes)
    if gutter is None:
        return [sorted(boxes, key=lambda box: (box.y, box.x0))] if boxes else []
    middle = (gutter.x0 + gutter.x1) / 2
    above = [box for box in boxes if box.y <= gutter.top]
    below = [box for box in boxes if box.top >= gutter.bottom]
    inside = [box for box in boxes if box.y > gutter.top and box.top < gutter.bottom]
    left = [box for box in inside if (box.x0 + box.x1) / 2 < middle]
    right = [box for box in inside if (box.x0 + box.x1) / 2 >= middle]
    return [column for part in (above, left, right, below) for column in columns(part)]


def best_gutter(boxes: Sequence[Box]) -> Gutter | None:
    """The tallest gutter between two columns."""
    found = [gutter for edge in left_edges(boxes) for gutter in gutters_at(boxes, edge)]
    return max(found, key=lambda gutter: gutter.height, default=None)


def left_edges(boxes: Sequence[Box]) -> list[float]:
    """The places where most boxes begin."""
    runs: list[list[float]] = []
    for x in sorted(box.x0 for box in boxes):
        if runs and x - runs[-1][0] <= ALIGNED:
            runs[-1].append(x)
        else:
            runs.append([x])
    often = sorted((run for run in runs if len(run) >= FEWEST), key=len, reverse=True)
    return [run[0] for run in often[:MOST_EDGES]]


def gutters_at(boxes: Sequence[Box], edge: float) -> list[Gutter]:
    """The gutters that end at a left edge: stretches of it that no box crosses, with text at both sides."""
    crossing = sorted((box for box in boxes if box.x0 < edge - 1 and box.x1 > edge - NARROWEST), key=lambda box: box.y)
    clear = [box for box in boxes if not (box.x0 < edge - 1 and box.x1 > edge - NARROWEST)]
    tops = [float("-inf"), *(box.y for box in crossing)]
    bottoms = [*(box.top for box in crossing), float("inf")]
    found = []
    for top, bottom in zip(tops, bottoms, strict=True):
        if bottom - top < SHORTEST:
            continue
        part = [box for box in clear if box.y > top and box.top < bottom]
        left = [box for box in part if box.x1 <= edge - NARROWEST]
        right = [box for box in part if box.x0 >= edge - 1]
        if are_columns(left, right) and not are_joined(left, right):
            found.append(Gutter(edge - NARROWEST, edge - 1, *_reach(left, right)))
    return found


def _reach(left: Sequence[Box], right: Sequence[Box]) -> tuple[float, float]:
    return min(box.top for box in (*left, *right)) - 0.01, max(box.y for box in (*left, *right)) + 0.01


def are_columns(left: Sequence[Box], right: Sequence[Box]) -> bool:
    """Are the boxes at both sides columns of prose side by side, rather than numbers and items of a list?"""
    if not left or not right:
        return False
    start = max(min(box.top for box in left), min(box.top for box in right))
    end = min(max(box.y for box in left), max(box.y for box in right))
    widths = (row_widths(left), row_widths(right))
    return end > start and all(len(rows) > 1 and median(rows) >= MIN_COLUMN for rows in widths)


def row_widths(boxes: Sequence[Box]) -> list[float]:
    """How wide the lines are."""
    rows: dict[int, tuple[float, float]] = {}
    for box in boxes:
        x0, x1 = rows.get(round(box.y), (box.x0, box.x1))
        rows[round(box.y)] = (min(x0, box.x0), max(x1, box.x1))
    return [x1 - x0 for x0, x1 in rows.values()]


def are_joined(left: Sequence[Box], right: Sequence[Box]) -> bool:
    """Do the lines run on over the gap, as they do where justification leaves wide spaces?"""
    last: dict[int, Box] = {}
    for box in left:
        if box.x1 > last.get(round(box.y), box).x1 - 0.01:
            last[round(box.y)] = box
    first: dict[int, Box] = {}
    for box in right:
        if box.x0 < first.get(round(box.y), box).x0 + 0.01:
            first[round(box.y)] = box
    pairs = [(last[y + step], box) for y, box in first.items() for step in (0, 1, -1) if y + step in last]
    joined = sum(0 <= box.stream[0] - before.stream[1] <= 3 for before, box in pairs)
    return joined * 2 > len(pairs)
