"""The columns of a table: which name its rows, and what each of the others stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.document import Cell, Table
from extractor.arm_book import ArmBook
from extractor.tables.axes import Axis, Scope, merged_axis, read_axis
from extractor.tables.facets import timepoint
from extractor.tables.heads import LETTER, NO_GROUP, dosed, head_path, size_of, without_size
from extractor.tables.print import label, plain
from extractor.tables.values import read_value
from ontology import regex as re

Cells = tuple[Cell | None, ...]

SERIAL = re.compile(r"^(?:s(?:erial)?\.? ?(?:no|number|n)\.?|sr\.? ?no\.?|no\.?|#)$", re.IGNORECASE)
NAMED_STUB = re.compile(
    r"^(?:grades?|days?|weeks?|months?|visits?|times?(?: ?points?)?|groups?|arms?|treatments?(?: groups?)?|measures?"
    r"|parameters?|category|categories|categori[sz]ation|statistics?|status|level|units?)$",
    re.IGNORECASE,
)
ENTIRE = re.compile(r"(?:grand )?total\b|all\b|overall\b|whole\b|entire\b|pooled\b|combined\b|both\b", re.IGNORECASE)
GROUP_WORD = re.compile(r"\b(?:arms?|groups?|cohorts?|regimens?)\b", re.IGNORECASE)


def stub_columns(table: Table, heads: int) -> tuple[int, ...]:
    """The leading columns that name rows: the first, and those after it that hold words or continue it.

    A first column of serial numbers names nothing and is left out.
    """
    stubs = [0]
    for column in range(1, len(table.grid[0]) - 1):
        if not _is_stub_column(table, column, heads):
            break
        stubs.append(column)
    first = [plain(row[0].text) for row in table.grid[heads:] if row[0]]
    head = head_path(table, 0, heads)
    if head and SERIAL.match(label(head[-1].text)) and len(stubs) > 1 and all(text.isdigit() for text in first if text):
        stubs.remove(0)
    return tuple(stubs)


def _is_stub_column(table: Table, column: int, heads: int) -> bool:
    head = head_path(table, column, heads)
    text = label(head[-1].text) if head else ""
    last = head_path(table, len(table.grid[0]) - 1, heads)
    over_stubs = bool(head) and any(head[-1] is cell for cell in head_path(table, 0, heads)) and head[-1] not in last
    if NAMED_STUB.match(text) or over_stubs:
        return True
    if size_of(plain(text)) is not None:
        return False
    cells = {id(row[column]): row[column] for row in table.grid[heads:] if row[column] and row[column] is not row[0]}
    texts = [plain(cell.text) for cell in cells.values() if cell and plain(cell.text)]
    spanned = sum(row[column] is row[0] and row[column] is not row[-1] for row in table.grid[heads:])
    if not text and (spanned or _is_indent(table, column, heads)):
        return True
    numeric = sum((read_value(text).is_numeric or read_value(text).empty) and not timepoint(text)[0] for text in texts)
    return bool(texts) and numeric * 4 <= len(texts) and (not text or spanned > 0 or numeric == 0)


def _is_indent(table: Table, column: int, heads: int) -> bool:
    """Whether a column without a head is filled just where the stub before it is empty: sub-rows of a heading."""
    filled = [row for row in table.grid[heads:] if not _is_blank(row[column])]
    aside = sum(_is_blank(row[column - 1]) for row in filled)
    alone = sum(_is_blank(row[column]) and not _is_blank(row[column - 1]) for row in table.grid[heads:])
    return aside >= 2 and aside == len(filled) and alone > 0


def read_columns(table: Table, rows: Sequence[Cells], stubs: Sequence[int], scope: Scope) -> dict[int, Axis]:
    """What each column after the stubs stands for, by the heads in these rows."""
    head = replace(table, grid=tuple(_filled(rows, max(stubs))))
    paths = {column: head_path(head, column, len(rows)) for column in range(max(stubs) + 1, len(table.grid[0]))}
    parts = {column: tuple(read_axis(cell, scope, is_head=True) for cell in path) for column, path in paths.items()}
    arms = {column: _arm(axes, scope) for column, axes in parts.items()}
    arms = _without_twins(_untangled(_with_siblings(arms, parts, scope), parts, scope.book), parts)
    found = {column: _column(axes, arms[column], scope.book) for column, axes in parts.items()}
    for column in _pooled(parts, arms):
        found[column] = replace(found[column], whole=False)
    headed = [column for column, axis in found.items() if axis.text]
    if len(headed) == 1 and _is_size_only(found[headed[0]]):  # "N = 14" over the one column
        found[headed[0]] = replace(found[headed[0]], whole=True)
    return found


def _filled(rows: Sequence[Cells], last_stub: int) -> list[Cells]:
    """Head rows whose cells span on where the print left the places beside them empty.

    `| A |     | B |     |` over `| Any | 3-4 | Any | 3-4 |`: a place is filled only where its own head recurs.
    `| A | B |     |     |` over the same: the heads are spread over the repeats.
    """
    if len(rows) < 2:
        return list(rows)
    first = last_stub + 1
    rows = [rows[0], *(_shifted(row, rows[0], first) for row in rows[1:])]
    lowest = [plain(cell.text).casefold() if cell else "" for cell in rows[-1]]
    return [
        *(
            _spread(row, lowest, first)
            or _even(row, first)
            or _blocked(row, lowest, first)
            or _spanned(row, lowest, first)
            for row in rows[:-1]
        ),
        rows[-1],
    ]


def _shifted(row: Cells, above: Cells, first: int) -> Cells:
    """A head row printed from the left edge on, though its heads belong under the one spanning head above."""
    filled = [column for column, cell in enumerate(row) if not _is_blank(cell)]
    count = len(filled)
    spans = [start for start in range(first, len(above) - count + 1) if _spans(above, start, count)]
    if count < 2 or filled != list(range(count)) or len(spans) != 1 or not _is_blank(above[0]):
        return row
    blank = (None,) * len(row)
    return (*blank[: spans[0]], *row[:count], *blank[spans[0] + count :])


def _spans(row: Cells, start: int, count: int) -> bool:
    """Whether one printed head stands over exactly these columns."""
    cell = row[start]
    return not _is_blank(cell) and [column for column, other in enumerate(row) if other is cell] == list(
        range(start, start + count)
    )


def _spanned(row: Cells, lowest: Sequence[str], first: int) -> Cells:
    cells = list(row)
    left: Cell | None = None
    for column in range(first, len(cells)):
        recurs = bool(lowest[column]) and lowest.count(lowest[column]) > 1
        if not _is_blank(cells[column]) or (lowest[column] and not recurs):
            left = cells[column]
        elif recurs and not _is_blank(left):
            cells[column] = left
    return tuple(cells)


def _spread(row: Cells, lowest: Sequence[str], first: int) -> Cells | None:
    """The heads of a row that lost its spans, laid over the repeats below; None where they do not fit."""
    filled = [cell for cell in row[first:] if not _is_blank(cell)]
    count = len(filled)
    if (
        count < 2
        or any(_is_blank(cell) for cell in row[first : first + count])
        or len({id(cell) for cell in filled}) < count
    ):
        return None
    for period in range(2, (len(row) - first) // count + 1):
        pattern = list(lowest[first : first + period])
        end = first + period * count
        if all(pattern) and list(lowest[first:end]) == pattern * count and pattern != list(lowest[end : end + period]):
            blanks = (None,) * (len(row) - end)
            return (*row[:first], *(cell for cell in filled for _ in range(period)), *blanks)
    return None


def _even(row: Cells, first: int) -> Cells | None:
    """A row whose heads all are followed by the same number of empty places, up to the end: `| A | | B | |`."""
    filled = [column for column in range(first, len(row)) if not _is_blank(row[column])]
    period = filled[1] - filled[0] if len(filled) > 1 else 1
    if period < 2 or filled != list(range(first, len(row), period)) or (len(row) - first) % period:
        return None
    return (*row[:first], *(row[column] for column in filled for _ in range(period)))


def _blocked(row: Cells, lowest: Sequence[str], first: int) -> Cells | None:
    """Each repeat of the heads below lies under the one head that is printed over a part of it."""
    for period in range(2, (len(row) - first) // 2 + 1):
        count = _repeats(lowest, first, period)
        blocks = [range(first + block * period, first + (block + 1) * period) for block in range(count)]
        heads = [{id(row[place]): row[place] for place in block if not _is_blank(row[place])} for block in blocks]
        if count < 2 or any(len(found) != 1 for found in heads) or len({next(iter(found)) for found in heads}) < count:
            continue
        cells = list(row)
        for block, found in zip(blocks, heads, strict=True):
            for place in block:
                cells[place] = next(iter(found.values()))
        return tuple(cells)
    return None


def _repeats(lowest: Sequence[str], first: int, period: int) -> int:
    """How often the first heads of a row come again, one after the other."""
    pattern = list(lowest[first : first + period])
    count = 0
    while all(pattern) and list(lowest[first + count * period : first + (count + 1) * period]) == pattern:
        count += 1
    return count


def _is_blank(cell: Cell | None) -> bool:
    return cell is None or not plain(cell.text)


def _arm(axes: Sequence[Axis], scope: Scope) -> str | None:
    """The arm of a column: a head that names one, the heads together, or a head that is plainly a group."""
    merged = Axis()
    for axis in axes:
        merged = merged_axis(merged, axis)
    if merged.arm is not None or merged.is_p:
        return merged.arm
    if merged.whole or merged.is_comparison:
        return None
    return scope.book.resolve(" ".join(axis.name for axis in axes)) or _dose(axes, scope) or _printed_arm(axes, scope)


def _dose(axes: Sequence[Axis], scope: Scope) -> str | None:
    """The arm of a bare dose under the head that names its drug: `Prednisone (mg/day)` over `2.5 | 5`."""
    bare = len(axes) > 1 and axes[-1].text and not LETTER.search(axes[-1].text)
    return scope.book.resolve(dosed(axes[-2].text, axes[-1].text)) if bare else None


def _printed_arm(axes: Sequence[Axis], scope: Scope) -> str | None:
    """A head with a size or the word "group" is a group though the book does not know it; its words are its label."""
    for place in range(len(axes) - 1, -1, -1):
        axis = axes[place]
        over = [each for each in axes[: place + 1] if each.names]
        named = over[-1].name if over and (axis.names or over[-1] is axes[place - 1]) else ""
        if named and not LETTER.search(named) and len(over) > 1 and axis.size is not None:
            named = dosed(over[-2].text, named)
        if axis.whole or not LETTER.search(named) or axis.timepoint or NO_GROUP.match(named):
            continue
        if axis.size is not None or (GROUP_WORD.search(named) and len(named.split()) <= 4) or _is_bare(axis, scope):
            return without_size(named)
    return None


def _is_bare(axis: Axis, scope: Scope) -> bool:
    """Whether a head can only be a group: the book knows no arm at all, and the head says nothing else."""
    says = (axis.statistics, axis.grade, axis.population, axis.unit)
    return scope.loose and not scope.book.arms and not any(says)


def _with_siblings(
    arms: dict[int, str | None], parts: dict[int, tuple[Axis, ...]], scope: Scope
) -> dict[int, str | None]:
    """A head in a row of arms that says nothing else is an arm too ("Placebo" beside two known doses)."""
    rows = [axes[-1].cells[0].row for column, axes in parts.items() if arms[column] and axes and axes[-1].cells]
    if not scope.loose or not rows:
        return arms
    found = dict(arms)
    for column, axes in parts.items():
        last = axes[-1] if axes else Axis()
        says = (last.statistics, last.grade, last.population, last.timepoint, last.unit, last.whole, last.comparator)
        if arms[column] is None and last.names and last.cells[0].row in rows and not any(says):
            found[column] = without_size(last.name)
    return found


def _untangled(arms: dict[int, str | None], parts: dict[int, tuple[Axis, ...]], book: ArmBook) -> dict[int, str | None]:
    """Columns side by side under different names are different groups, even where the book takes them for one."""
    places: dict[tuple[str | None, tuple[str, ...]], dict[str, list[int]]] = {}
    bare: dict[int, str] = {}
    for column, axes in parts.items():
        if any(axis.comparator for axis in axes):
            continue
        naming = [axis for axis in axes if not axis.whole and _names(axis, arms[column], book)]
        others = tuple(axis.text for axis in axes if axis not in naming and not _is_size_only(axis))
        others = (*others, *(axis.timepoint or "" for axis in naming))
        printed = " ".join(without_size(axis.text) for axis in naming)
        bare[column] = " ".join(axis.name for axis in naming)
        places.setdefault((arms[column], others), {}).setdefault(printed, []).append(column)
    untangled = dict(arms)
    for (arm, _), names in places.items():
        if (
            arm is None
            or len(names) < 2
            or len({bare[column] for columns in names.values() for column in columns}) == 1
        ):
            continue
        for printed, columns in names.items():
            if printed and _key(printed) != _key(arm):
                untangled.update(dict.fromkeys(columns, printed))
    return untangled


def _without_twins(arms: dict[int, str | None], parts: dict[int, tuple[Axis, ...]]) -> dict[int, str | None]:
    """Without the arms of columns that one head was printed over twice: nothing tells the groups apart."""
    printed: dict[tuple[str, ...], set[int]] = {}
    for axes in parts.values():
        if axes and axes[-1].arm is not None:
            printed.setdefault(tuple(axis.text for axis in axes), set()).add(id(axes[-1].cells[-1]))
    twins = {texts for texts, cells in printed.items() if len(cells) > 1}
    return {
        column: None if tuple(axis.text for axis in parts[column]) in twins else arm for column, arm in arms.items()
    }


def _pooled(parts: dict[int, tuple[Axis, ...]], arms: dict[int, str | None]) -> Iterator[int]:
    """Columns of totals of some arms only: those just left of it, whose sizes make up its own."""
    sizes = {column: next((axis.size for axis in axes[::-1] if axis.size), None) for column, axes in parts.items()}
    armed = [column for column in parts if arms[column]]
    for column, axes in parts.items():
        left = [other for other in armed if other < column]
        if not (sizes[column] and any(axis.whole for axis in axes) and all(sizes[other] for other in left)):
            continue
        sums = [sum(sizes[other] or 0 for other in left[start:]) for start in range(1, len(left) - 1)]
        if sizes[column] in sums:
            yield column


def _column(axes: Sequence[Axis], arm: str | None, book: ArmBook) -> Axis:
    """A column's meaning; words that name its arm are no part of its name."""
    merged = Axis()
    for axis in axes:
        merged = merged_axis(merged, axis)
    left = [name for axis in axes for name in axis.names if not _names(axis, arm, book)]
    return replace(merged, arm=arm, names=tuple(left), whole=merged.whole and arm is None)


def _names(axis: Axis, arm: str | None, book: ArmBook) -> bool:
    if axis.whole:  # "Children" over two arms is a part of each
        return arm is None or bool(ENTIRE.match(axis.text))
    if arm is None or not axis.names:
        return False
    return axis.arm is not None or axis.name == arm or without_size(axis.text) in arm or book.resolve(axis.name) == arm


def _key(name: str) -> str:
    return re.sub(r"\s+", "", GROUP_WORD.sub("", name)).casefold()


def _is_size_only(axis: Axis) -> bool:
    return axis.size is not None and not axis.names
