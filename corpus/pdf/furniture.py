"""What a page prints beside its text: running heads, page numbers, numbers of manuscript lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from corpus.pdf.areas import is_head
from corpus.pdf.table_end import is_tabular
from corpus.pdf.words import Chunk
from ontology import regex as re

Row = list[Chunk]

APART = 1.35  # sizes between a running head and the text; the head of a table at the top of two pages stands closer
MARGIN = 0.14  # share of the height where running heads and feet stand
ROWS = 4  # at either end of a page
BELOW = 8  # rows under the head of a table that tell it
NEAR = 4.0  # points by which a running head may stand elsewhere on the next page
DIGITS = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"(?:page|p\.?|seite)?\s*[-–—|]?\s*[A-Z]?\d{1,5}\s*[-–—|]?\s*(?:(?:of|/|von)\s*\d{1,5})?", re.IGNORECASE
)
LINE_NUMBER = re.compile(r"\d{1,4}")
# What tables print where they go on.
CONTINUED = re.compile(
    r"(?:table\s+[0-9IVX]{1,4})?[\W_]*(?:cont(?:inued|’d|'d|\.)?(?: on (?:the )?next page)?|from previous page)\W*",
    re.IGNORECASE,
)
FEWEST_LINES = 8
FAR = 8.0  # points between the numbers of lines and the lines


def without_furniture(pages: Sequence[Sequence[Chunk]], heights: Sequence[float]) -> list[list[Chunk]]:
    """The chunks of each page less those that only help to turn the pages."""
    rows = [page_rows(page) for page in pages]
    seen: dict[str, list[float]] = {}
    for printed, height in zip(rows, heights, strict=True):
        top, foot = ends(printed, height)
        for key, y in {(running_key(row), row[0].y) for row in (*top, *foot)}:
            seen.setdefault(key, []).append(y)
    left = []
    for page, printed, height in zip(pages, rows, heights, strict=True):
        gone = {id(chunk) for row in running_rows(printed, height, seen) for chunk in row}
        gone |= {id(chunk) for chunk in page if CONTINUED.fullmatch(chunk.text)}
        left.append([chunk for chunk in page if id(chunk) not in gone])
    numbered = [line_numbers(page) for page in left]
    if any(numbered):  # then a page of few lines has them too
        numbered = [column or margin_numbers(page) for column, page in zip(numbered, left, strict=True)]
    gone = {id(chunk) for column in numbered for chunk in column}
    return [[chunk for chunk in page if id(chunk) not in gone] for page in left]


def page_rows(page: Sequence[Chunk]) -> list[Row]:
    """The rows of a page, from the top down."""
    rows: list[Row] = []
    for chunk in sorted(page, key=lambda chunk: chunk.y):
        if rows and chunk.y - rows[-1][0].y < 0.5 * chunk.size:
            rows[-1].append(chunk)
        else:
            rows.append([chunk])
    return rows


def ends(rows: Sequence[Row], height: float) -> tuple[list[Row], list[Row]]:
    """The first rows in the upper margin, and the last ones in the lower margin from the foot up."""
    top = [row for row in rows[:ROWS] if row[0].y < MARGIN * height]
    return top, [row for row in rows[: -ROWS - 1 : -1] if row[0].y > (1 - MARGIN) * height]


def running_rows(rows: Sequence[Row], height: float, seen: Mapping[str, Sequence[float]]) -> Iterator[Row]:
    """The rows that run from page to page and stand apart from the text."""
    for margin, inwards in zip(ends(rows, height), (rows, rows[::-1]), strict=True):
        running = [is_running(row, seen) for row in margin]
        for place, row in enumerate(margin):
            if running[place] and inwards is rows and is_over_cells(row, inwards[place + 1 :][:BELOW]):
                break
            after = inwards[place + 1] if place + 1 < len(inwards) else None
            apart = after is None or abs(after[0].y - row[0].y) > APART * row[0].size
            if running[place] and (apart or any(running[place + 1 : place + 2]) or is_number(row)):
                yield row


def is_over_cells(row: Row, below: Sequence[Row]) -> bool:
    """Is a row the head of a table that goes on from the page before: do its cells stand over those of rows below?"""
    cells = [sorted(other, key=lambda chunk: chunk.x0) for other in below]
    tabular = [other for other in cells if is_tabular(other)]
    head = sorted(row, key=lambda chunk: chunk.x0)
    return len(row) > 2 and len(tabular) > 1 and is_head(head, tabular)


def running_key(row: Row) -> str:
    """A row's words with the numbers that change from page to page made one sign."""
    return DIGITS.sub("#", " ".join(chunk.text for chunk in sorted(row, key=lambda chunk: chunk.x0))).casefold()


def is_running(row: Row, seen: Mapping[str, Sequence[float]]) -> bool:
    """Does a row stand at the same height of another page, or hold a page number alone?"""
    return is_number(row) or sum(abs(y - row[0].y) <= NEAR for y in seen[running_key(row)]) > 1


def is_number(row: Row) -> bool:
    """Is a row a page number?"""
    return bool(PAGE_NUMBER.fullmatch(" ".join(chunk.text for chunk in row)))


def line_numbers(page: Sequence[Chunk]) -> list[Chunk]:
    """The numbers of lines in the margin of a manuscript: one beside each line, or beside each fifth, counting up."""
    column = margin_numbers(page)
    if len(column) < FEWEST_LINES:
        return []
    values = [int(chunk.text) for chunk in column]
    step = 5 if all(value % 5 == 0 for value in values) else 1
    counts_up = sum(later - earlier == step for earlier, later in pairwise(values))
    beside = {round(chunk.y) + near for chunk in column for near in (-1, 0, 1)}
    lines = {
        round(chunk.y) for chunk in page if column[0].y - 2 < chunk.y < column[-1].y + 2 and chunk.x0 > column[0].x1
    }
    numbered = sum(y in beside for y in lines)
    return column if counts_up >= 0.9 * (len(values) - 1) and (step == 5 or numbered >= 0.75 * len(lines)) else []


def margin_numbers(page: Sequence[Chunk]) -> list[Chunk]:
    """Numbers that stand left of all text, from the top down."""
    edges = sorted(chunk.x0 for chunk in page if not LINE_NUMBER.fullmatch(chunk.text))
    edge = edges[len(edges) // 50] if edges else 0.0
    found = (chunk for chunk in page if chunk.x1 < edge - FAR and LINE_NUMBER.fullmatch(chunk.text))
    return sorted(found, key=lambda chunk: chunk.y)
