"""Where the characters of a document stand on the pages of its PDF."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.document import Document


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page, in points of the PDF's own space: y up, from the lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass
class PageMap:
    """The characters of the text that stand on a page: runs of them, each with its first box; four numbers a box."""

    width: float
    height: float
    starts: array[int] = field(default_factory=lambda: array("I"))
    firsts: array[int] = field(default_factory=lambda: array("I"))
    boxes: array[float] = field(default_factory=lambda: array("f"))

    def add(self, start: int, boxes: array[float]) -> None:
        """Append a run: the boxes of the characters from offset `start` on (left, top, right, bottom each)."""
        self.starts.append(start)
        self.firsts.append(len(self.boxes) // 4)
        self.boxes.extend(boxes)

    def within(self, start: int, end: int) -> Iterator[tuple[float, float, float, float]]:
        """(left, bottom, right, top) of the characters `[start, end)` that stand on this page."""
        run = max(0, bisect_right(self.starts, start) - 1)
        while run < len(self.starts) and self.starts[run] < end:
            first = self.firsts[run]
            last = self.firsts[run + 1] if run + 1 < len(self.firsts) else len(self.boxes) // 4
            low = max(first, first + start - self.starts[run])
            high = min(last, first + end - self.starts[run])
            for place in range(low, high):
                left, top, right, bottom = self.boxes[4 * place : 4 * place + 4]
                yield left, bottom, right, top
            run += 1


def page_boxes(document: Document, start: int, end: int) -> tuple[PageBox, ...]:
    """The rectangles of `[start, end)` of a PDF's text, one a line; () for a document of another format."""
    found: list[PageBox] = []
    for number, page in document.pages.items():
        for left, bottom, right, top in page.within(start, end):
            last = found[-1] if found else None
            if last and last.page == number and bottom < last.top and top > last.bottom and left > last.left - 1:
                found[-1] = PageBox(
                    number, last.left, min(last.bottom, bottom), max(last.right, right), max(last.top, top)
                )
            else:
                found.append(PageBox(number, left, bottom, right, top))
    return tuple(found)
