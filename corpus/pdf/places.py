"""Where the characters of a document stand on the pages of its PDF."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus.document import Document
from ontology.base import PageBox

Edges = tuple[float, float, float, float]

SAME_LINE = 0.5  # share of a letter's height that letters of one line have in common


@dataclass
class PageMap:
    """The characters of the text that stand on a page: runs of them, each with its first box; four numbers a box.

    A run is a word on one line; `turn` is the direction of the page's text in quarter turns.
    """

    width: float
    height: float
    turn: int = 0
    starts: array[int] = field(default_factory=lambda: array("I"))
    firsts: array[int] = field(default_factory=lambda: array("I"))
    boxes: array[float] = field(default_factory=lambda: array("f"))

    def add(self, start: int, boxes: array[float]) -> None:
        """Append a run: the boxes of the characters from offset `start` on (left, top, right, bottom each)."""
        self.starts.append(start)
        self.firsts.append(len(self.boxes) // 4)
        self.boxes.extend(boxes)

    def within(self, start: int, end: int) -> Iterator[Edges]:
        """(left, bottom, right, top) of what of each run stands in `[start, end)`."""
        run = max(0, bisect_right(self.starts, start) - 1)
        while run < len(self.starts) and self.starts[run] < end:
            first = self.firsts[run]
            last = self.firsts[run + 1] if run + 1 < len(self.firsts) else len(self.boxes) // 4
            low = max(first, first + start - self.starts[run])
            high = min(last, first + end - self.starts[run])
            if low < high:
                a, b = self.boxes[4 * low : 4 * low + 4], self.boxes[4 * high - 4 : 4 * high]
                yield min(a[0], b[0]), min(a[3], b[3]), max(a[2], b[2]), max(a[1], b[1])
            run += 1


def page_boxes(document: Document, start: int, end: int) -> tuple[PageBox, ...]:
    """The rectangles of `[start, end)` of a PDF's text, one a line; () for a document of another format."""
    return tuple(
        PageBox.model_construct(page=number, left=left, bottom=bottom, right=right, top=top)
        for number, page in document.pages.items()
        for left, bottom, right, top in lines_of(page.within(start, end), page.turn)
    )


def lines_of(boxes: Iterable[Edges], turn: int = 0) -> Iterator[Edges]:
    """The boxes of words put together along each line, to a tenth of a point."""
    line: Edges | None = None
    for box in boxes:
        word = turned(box, turn)
        if line and goes_on(line, word):
            line = (*map(min, line[:2], word[:2]), *map(max, line[2:], word[2:]))  # type: ignore[assignment]
            continue
        if line:
            yield turned(line, -turn)
        line = word
    if line:
        yield turned(line, -turn)


def goes_on(line: Edges, word: Edges) -> bool:
    """Does a word stand behind a line of words?"""
    height = min(line[3] - line[1], word[3] - word[1])
    return min(line[3], word[3]) - max(line[1], word[1]) > SAME_LINE * height and word[0] > line[2] - height


def turned(box: Edges, quarters: int) -> Edges:
    """A box turned clockwise about the origin by so many quarters, to a tenth of a point."""
    left, bottom, right, top = (round(edge, 1) for edge in box)
    for _ in range(quarters % 4):
        left, bottom, right, top = bottom, -right, top, -left
    return left, bottom, right, top
