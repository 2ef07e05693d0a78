"""The pages of a paper in reading order: paragraphs, tables and figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.pdf.area import Area, View
from corpus.pdf.areas import SAME_EDGE, find_areas, stand_under
from corpus.pdf.columns import columns
from corpus.pdf.continued import joined_areas
from corpus.pdf.figures import FigureArea, find_figures
from corpus.pdf.furniture import without_furniture
from corpus.pdf.lines import INDENT, ITEM, SENTENCE_END, Line, Paragraph, lines_of, paragraphs_of, same_size
from corpus.pdf.sheet import HYPHEN, Sheet
from corpus.pdf.words import Chunk, chunks_of

FAR = 25  # items between the halves of a paragraph

Item = Paragraph | Area | FigureArea


@dataclass(slots=True)
class Placed:
    """A table or figure as a box among the chunks of a page."""

    x0: float
    x1: float
    top: float
    y: float
    item: Area | FigureArea

    @property
    def stream(self) -> tuple[int, int]:
        """Nowhere: what a float holds is read by itself."""
        return -9, -9


def items_of(sheets: Sequence[Sheet]) -> list[Item]:
    """What the pages print, in reading order, without what only helps to turn the pages."""
    pages = without_furniture([chunks_of(sheet.words) for sheet in sheets], [sheet.height for sheet in sheets])
    body = body_size(pages)
    views = [view_of(sheet, chunks, body) for sheet, chunks in zip(sheets, pages, strict=True)]
    areas: list[list[Area]] = []
    left: list[list[Chunk]] = []
    usual = usual_columns(views)
    for view in views:
        view.usual = usual
    under = stand_under(views)
    for view in views:
        view.under = under
        found, rest = find_areas(view)
        areas.append(found)
        left.append(rest)
    places = [[placed(area) for area in found] for found in areas]
    joined_areas(areas, left, views)
    kept = {id(area) for found in areas for area in found if area.rows}
    items: list[Item] = []
    for view, boxes, chunks in zip(views, places, left, strict=True):
        figures, rest = find_figures(view, chunks)
        floats = [box for box in boxes if id(box.item) in kept] + [placed(figure) for figure in figures]
        items += page_items(view, rest, floats)
    return joined_prose(items)


def body_size(pages: Sequence[Sequence[Chunk]]) -> float:
    """The size most letters of the paper have."""
    letters: Counter[float] = Counter()
    for page in pages:
        for chunk in page:
            letters[round(chunk.size, 1)] += len(chunk.text)
    return letters.most_common(1)[0][0] if letters else 10.0


def view_of(sheet: Sheet, chunks: list[Chunk], body: float) -> View:
    """A page for the search of tables and figures."""
    edges = [(min(c.x0 for c in column), max(c.x1 for c in column)) for column in columns(chunks)]
    return View(sheet.number, sheet.width, sheet.height, chunks, sheet.drawn, body, edges)


def usual_columns(views: Sequence[View]) -> list[tuple[float, float]]:
    """The edges of the paper's columns, those that most full lines of text stand between first."""
    lines: Counter[tuple[float, float]] = Counter()
    for view in views:
        for x0, x1 in view.columns:
            edges = (round(x0), round(x1))
            lines[edges] += sum(abs(c.x0 - x0) < SAME_EDGE and abs(c.x1 - x1) < SAME_EDGE for c in view.chunks)
    return [edges for edges, _ in lines.most_common()]


def placed(item: Area | FigureArea) -> Placed:
    """A float as a box."""
    return Placed(item.x0, item.x1, item.top, item.bottom, item)


def page_items(view: View, chunks: Sequence[Chunk], floats: Sequence[Placed]) -> list[Item]:
    """Paragraphs and floats of a page in reading order."""
    boxes: list[Chunk | Placed] = [*chunks, *floats]
    items: list[Item] = []
    for column in columns(boxes):
        lines = lines_of([box for box in column if isinstance(box, Chunk)], view.page)
        parts: list[tuple[float, Item]] = [(part.lines[0].y, part) for part in paragraphs_of(lines)]
        parts += [(box.top, box.item) for box in column if isinstance(box, Placed)]
        items += [item for _, item in sorted(parts, key=lambda part: part[0])]
    return items


# ---------------------------------------------------------------- sentences that go on over a column, a page or a float


@dataclass(slots=True)
class Open:
    """The last paragraph of a size, and what came after it."""

    paragraph: Paragraph
    place: int
    parted: bool = False  # by a heading


def joined_prose(items: list[Item]) -> list[Item]:
    """Items with the halves of paragraphs put together that a column's end or a float parts."""
    joined: list[Item] = []
    last: dict[int, Open] = {}
    for place, item in enumerate(items):
        if not isinstance(item, Paragraph):
            joined.append(item)
            continue
        size = round(4 * item.lines[0].size)
        before = next((last[key] for key in (size, size - 1, size + 1) if key in last), None)
        if before and place - before.place <= FAR and goes_on(before, item):
            before.paragraph.lines += item.lines
            before.place = place
            continue
        joined.append(item)
        if item.lines[0].bold:
            for other in last.values():
                other.parted = True
        else:
            last[size] = Open(item, place)
    return joined


def is_unfinished(paragraph: Paragraph) -> bool:
    """Does a paragraph stop in mid-sentence, at the right edge of its column?"""
    last = paragraph.lines[-1]
    return last.text.endswith(HYPHEN) or (not SENTENCE_END.search(last.text) and is_full(last, paragraph))


def is_full(line: Line, paragraph: Paragraph) -> bool:
    """Does a line reach the right edge?"""
    return line.x1 > paragraph.right - 3.5 * line.size


def goes_on(before: Open, item: Paragraph) -> bool:
    """Is a paragraph the rest of an earlier one?"""
    paragraph = before.paragraph
    last, first = paragraph.lines[-1], item.lines[0]
    if not same_size(last, first) or last.bold != first.bold or ITEM.match(first.text) or len(paragraph.text) < 30:
        return False
    if first.page == last.page and 0 < first.y - last.y < 3 * first.size and abs(first.x0 - last.x0) < 40:
        return False
    if not is_unfinished(paragraph) or first.page - last.page > 2:
        return False
    if first.text[:1].islower():
        return True
    return not before.parted and first.x0 < item.left + INDENT * first.size and len(item.text) > 30
