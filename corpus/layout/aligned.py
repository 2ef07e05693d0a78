"""Tables whose columns white space draws, as `pdftotext -layout` prints them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from corpus.document import SectionKind
from corpus.headings import main_heading_kind
from corpus.layout.blocks import (
    CAPTIONS,
    TABLE_CAPTION,
    Block,
    Line,
    caption,
    label_of,
    long_line_blocks,
    over_rows,
    runs,
)
from corpus.layout.columns import Cell, cells
from corpus.layout.grids import Row
from corpus.layout.heads import is_value
from corpus.layout.prose import Piece, ends_sentence
from corpus.layout.wrapped import is_prose, wrapped_blocks

# Lines of a head or a wrapped cell may cross from one column into the next.
CROSSING_LINES = 0.06
MAX_CAPTION = 4
LOOK_AHEAD = 4
MIN_ROWS = 3
# Parts of a paper whose headings, set apart, are no rows.
ENDS: frozenset[SectionKind | None] = frozenset(("methods", "results", "discussion", "conclusion", "references"))


def columnar_blocks(text: str, printed: Sequence[Line]) -> list[Block]:
    """Blocks of a text in reading order whose tables keep their columns."""
    blocks: list[Block] = []
    pending: list[Line] = []
    index = 0
    while index < len(printed):
        line = printed[index]
        if match := caption(line.text, TABLE_CAPTION, alone=True):
            head, stop = _table(printed, index)
            start, end = _rows_above(text, pending) if _is_below(printed, index) else (0, 0)
            blocks += wrapped_blocks(text, pending[:start] if end else pending)
            if end:
                blocks += [*_rows(text, pending[start:end]), *wrapped_blocks(text, pending[end:])]
                head = stop = _caption_end(printed, index)
            blocks.append(Block("table", _pieces(printed[index:head]), label=label_of(match), gap=line.gap))
            blocks += _rows(text, printed[head:stop])
            pending = []
            index = stop
        else:
            pending.append(line)
            index += 1
    return blocks + wrapped_blocks(text, pending)


def spaced_blocks(text: str, printed: Sequence[Line]) -> list[Block]:
    """Blocks of a text that has one line a paragraph, and tables whose columns tabs, pipes or spaces draw."""
    blocks: list[Block] = []
    pending: list[Line] = []
    for run in runs(printed):
        spaced = [place for place, line in enumerate(run) if not _is_alone(line) and "\t" not in line.text]
        if len(spaced) < MIN_ROWS or 2 * len(spaced) <= spaced[-1] + 1 - spaced[0]:
            pending += run
            continue
        (block,) = _rows(text, run[spaced[0] : spaced[-1] + 1])
        above = long_line_blocks(text, [*pending, *run[: spaced[0]]])
        blocks += [*above[:-1], *(over_rows(text, last, block) for last in above[-1:]), block]
        pending = list(run[spaced[-1] + 1 :])
    return blocks + long_line_blocks(text, pending)


def _pieces(printed: Sequence[Line]) -> tuple[Piece, ...]:
    return tuple((line.start, line.end) for line in printed)


def _rows(text: str, printed: Sequence[Line]) -> list[Block]:
    rows = aligned_rows(text, printed)
    return [Block("rows", _pieces(printed), rows=rows)] if rows else []


def _table(printed: Sequence[Line], start: int) -> tuple[int, int]:
    """Where the caption's lines end and where the rows under it end."""
    stop = head = _caption_end(printed, start)
    while stop < len(printed) and _is_table_line(printed, stop):
        stop += 1
    return (head, stop) if stop > head else (start + 1, start + 1)


def _caption_end(printed: Sequence[Line], start: int) -> int:
    head = start + 1
    while head < len(printed) and head - start < MAX_CAPTION and not printed[head].gap and _is_alone(printed[head]):
        if ends_sentence(printed[head - 1].text):
            break
        head += 1
    return head


def _is_below(printed: Sequence[Line], index: int) -> bool:
    """Does a caption stand under its rows: is the line behind it none of a table?"""
    after = _caption_end(printed, index)
    return after == len(printed) or _is_alone(printed[after])


def _rows_above(text: str, printed: Sequence[Line]) -> tuple[int, int]:
    """The lines of a table that no caption stands over, at the end of a page's lines; notes may stand under them."""
    end = len(printed)
    while end and len(printed) - end < MAX_CAPTION and _is_alone(printed[end - 1]):
        end -= 1
    start = end
    while start and not (start < end and printed[start].gap and _is_alone(printed[start - 1])):
        if not _is_table_line(printed[:end], start - 1):
            break
        start -= 1
    rows = [cells(line)[1:] for line in printed[start:end] if not _is_alone(line)]
    valued = sum(any(is_value(text[cell.start : cell.end]) for cell in row) for row in rows)
    return (start, end) if len(rows) >= MIN_ROWS and 2 * valued > len(rows) else (0, 0)


def _is_alone(line: Line) -> bool:
    return len(cells(line)) == 1


def _is_table_line(printed: Sequence[Line], index: int) -> bool:
    """Is this a row of cells, or a line between such rows?"""
    line = printed[index]
    if any(caption(line.text, pattern, alone=True) for _, pattern in CAPTIONS):
        return False
    if not _is_alone(line):
        return True
    if line.gap and main_heading_kind(line.text) in ENDS:
        return False
    if is_prose([line]) or len(line.text) > 90:
        return False
    below = printed[index + 1 : index + 1 + LOOK_AHEAD]
    return any(not _is_alone(one) and one.page == line.page for one in below) and line.page == printed[index - 1].page


def aligned_rows(text: str, printed: Sequence[Line]) -> tuple[Row, ...]:
    """The rows of a table from its lines; a cell goes to the column that it begins in."""
    rows: list[list[Piece | None]] = []
    for _, page in groupby(printed, key=lambda line: line.page):  # the next page can set the columns elsewhere
        lines = [cells(line) for line in page]
        columns = _columns(lines)
        if len(columns) > 1:
            rows += [_row(_split(text, line, columns), columns) for line in lines if not _is_raised(line)]
    return tuple(_unwrapped(text, rows))


def _split(text: str, line: Sequence[Cell], columns: Sequence[tuple[int, int]]) -> list[Cell]:
    """The cells of a line, a long label parted from the value that one space brings close to it."""
    parted: list[Cell] = []
    for cell in line:
        inside = [left for left, _ in columns if cell.left < left < cell.right]
        cut = next((cell.start + left - cell.left for left in inside if _parts(text, cell, left)), None)
        if cut is None:
            parted.append(cell)
        else:
            at = cell.left + cut - cell.start
            parted += [Cell(cell.start, cut - 1, cell.left, at - 1), Cell(cut, cell.end, at, cell.right)]
    return parted


def _parts(text: str, cell: Cell, left: int) -> bool:
    at = cell.start + left - cell.left
    return text[at - 1] == " " and is_value(text[at : cell.end])


def _columns(lines: Sequence[Sequence[Cell]]) -> list[tuple[int, int]]:
    """The stretches of the page's width that the cells of rows cover."""
    several = [line for line in lines if len(line) > 1]
    width = max((cell.right for line in several for cell in line), default=0)
    covered = [0] * (width + 1)
    for line in several:
        for cell in line:
            for x in range(cell.left, cell.right):
                covered[x] += 1
    least = int(CROSSING_LINES * len(several))
    edges = [x for x in range(width + 1) if (covered[x] > least) != (x > 0 and covered[x - 1] > least)]
    bounds = [*edges, width] if len(edges) % 2 else edges
    return [(bounds[i], bounds[i + 1]) for i in range(0, len(bounds) - 1, 2)]


def _row(line: Sequence[Cell], columns: Sequence[tuple[int, int]]) -> list[Piece | None]:
    row: list[Piece | None] = [None] * len(columns)
    for cell in line:
        at = max(range(len(columns)), key=lambda c: (_overlap(cell, columns[c]) > 0, -c))
        if not _overlap(cell, columns[at]):
            at = min(range(len(columns)), key=lambda c: abs(columns[c][0] - cell.left))
        before = row[at]
        row[at] = (before[0], cell.end) if before else (cell.start, cell.end)
    return row


def _overlap(cell: Cell, column: tuple[int, int]) -> int:
    return max(0, min(cell.right, column[1]) - max(cell.left, column[0]))


def _is_raised(line: Sequence[Cell]) -> bool:
    """A line of footnote marks alone, raised from the line below."""
    return all(cell.end - cell.start < 3 for cell in line) and len(line) == 1


def _unwrapped(text: str, rows: Sequence[list[Piece | None]]) -> list[Row]:
    """Rows whose label runs over two lines made one, where nothing else stands on the first of them."""
    done: list[list[Piece | None]] = []
    for row in rows:
        last, label = (done[-1] if done else None), row[0]
        if last and label and last[0] and not any(last[1:]) and text[label[0]].islower():
            done[-1] = [(last[0][0], label[1]), *row[1:]]
        else:
            done.append(row)
    return list(done)
