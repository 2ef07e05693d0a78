"""A table as entries: each number with what its column, its row and the groups above it say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from corpus.document import Cell, Table
from extractor.arms import ArmBook
from extractor.tables.axes import RESPONSES, Axis, Scope, merged_axis, read_axis
from extractor.tables.columns import read_columns, stub_columns
from extractor.tables.heads import COUNT_CELL, COUNT_ROW, HEAD_WORD, bare_sizes, head_path, head_rows, size_of
from extractor.tables.kinds import Kind
from extractor.tables.print import label, plain
from extractor.tables.values import Value, read_value
from ontology.record import Evidence

# A stub column of bare numbers takes its meaning from its head: Day | 8 is day 8.
PREFIXED = re.compile(r"^(?:grade|day|week|month|visit|cycle|year)s?$", re.IGNORECASE)
# A stub column of groups: Group | II is group II.
GROUPED = re.compile(r"^(?:treatment )?(?P<word>group|arm|cohort|regimen|treatment)s?$", re.IGNORECASE)
NUMBERED = re.compile(r"^(?:[IVX]{1,4}|[A-H]|\d)$")
# Heads over stubs that name no variable.
GENERAL = re.compile(
    r"\b(?:characteristics?|variables?|parameters?|items?|factors?|features?|groups?|outcomes?|measures?|adverse events?|events?|toxicit\w+)\b",
    re.IGNORECASE,
)
# Stubs that are no variable of their own: "<65", "18-30", "Yes", "Unknown".
CATEGORY = re.compile(
    r"^(?:[<>≤≥=]|\d+(?:\.\d+)?(?:\s?[-/]\s?\d.*|\+)?$|(?:yes|no|none|unknown|others?|missing|present|absent|never|current"
    r"|former|positive|negative|not (?:known|reported|available|stated|done))(?: smokers?| data)?(?: \(.*\))?$)",
    re.IGNORECASE,
)
CHANGE = re.compile(r"^(?:\w+ ){0,2}(?:changes?|differences?|comparisons?|Δ)\b|^Δ", re.IGNORECASE)
# Stubs that say more of the row above them.
GOES_ON = re.compile(r"^(?:leading to|led to|resulting in|requiring|of which|including|with)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """A body row: its own stub and the headings above it, outermost first."""

    index: int
    stub: Axis
    groups: tuple[Axis, ...] = ()
    ragged: bool = False

    @cached_property
    def axis(self) -> Axis:
        """What its headings and its stub say together."""
        axis = Axis()
        for part in (*self.groups, self.stub):
            axis = merged_axis(axis, part)
        return axis


class _Places(dict[int, Evidence]):
    """The evidence of each cell of one table, made once."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.table = table

    def of(self, cell: Cell) -> Evidence:
        """Where a cell stands."""
        place = self.get(id(cell))
        if place is None:
            place = self[id(cell)] = self.table.evidence(cell)
        return place


@dataclass(frozen=True)
class Entry:
    """A number with its row and column, and the size of the group that it is of."""

    table: Table
    cell: Cell
    value: Value
    row: Row
    column: Axis
    size: int | None
    places: _Places

    @cached_property
    def meaning(self) -> Axis:
        """What row and column say together."""
        return _over(self.column, self.row.axis)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The value cell, its stub and the head that names its arm."""
        cells = [self.cell, *self.row.stub.cells]
        if not self.row.stub.name and self.row.groups:
            cells.extend(self.row.groups[-1].cells)
        cells.extend(self.column.cells)
        unique = {id(cell): cell for cell in cells if cell.text.strip()}
        return tuple(self.places.of(cell) for cell in unique.values())


@dataclass
class _Frame:
    """What holds while reading down a table: the heads, the open groups, the sizes printed in rows."""

    places: _Places
    columns: dict[int, Axis] = field(default_factory=dict)
    title: Axis | None = None
    groups: tuple[Axis, ...] = ()
    parent: Axis | None = None
    named: Axis | None = None
    sizes: dict[int, int] = field(default_factory=dict)
    arm_sizes: dict[str, int] = field(default_factory=dict)
    lasting: frozenset[int] = frozenset()
    after_group: bool = False
    statistics_seen: bool = False
    bare_seen: bool = False
    row_sizes: frozenset[int] = frozenset()


def entries(table: Table, book: ArmBook, kind: Kind = "results") -> Iterator[Entry]:
    """The entries of a table in reading order; rows that lost cells are marked, not guessed."""
    if not table.grid or len(table.grid[0]) < 2:
        return
    heads = head_rows(table)
    stubs = stub_columns(table, heads)
    scope = _scope(table, heads, book, kind)
    frame = _Frame(_Places(table), title=_title(table, heads, stubs, scope))
    _set_columns(frame, read_columns(table, table.grid[:heads], stubs, scope))
    scope = replace(scope, stub_arms=not any(axis.arm for axis in frame.columns.values() if not axis.is_comparison))
    heading = _has_arm_headings(table, heads, frame, scope)
    extra: list[tuple[Cell | None, ...]] = []
    above: tuple[Cell, ...] = ()
    for index, row in enumerate(table.grid[heads:], heads):
        stub_cells = _stub_cells(row, stubs)
        values = [(column, cell) for column, cell in enumerate(row) if column > max(stubs)]
        if is_subhead(values, scope):
            extra = [*extra, row] if extra and not frame.after_group and extra[-1] is table.grid[index - 1] else [row]
            _set_columns(frame, read_columns(table, (*table.grid[: table.header_rows], *extra), stubs, scope))
            frame.parent = None
            if stub_cells:
                frame.groups = (read_axis(stub_cells[-1], scope, is_head=False),)
            continue
        if is_group(values, stub_cells, frame.columns):
            _open_group(frame, stub_cells, scope, _is_inner(table, index, stubs))
            frame.sizes |= _printed_sizes(values)
            continue
        above = _inherited(stub_cells, above, row, stubs)
        stub = _stub_axis(above, table, heads, stubs, scope)
        if heading and stub.arm is not None and not stub.names:
            frame.groups, frame.parent, frame.after_group = (stub,), None, True
            _keep_sizes(Row(index, stub, (stub,)), values, frame)
            continue
        groups = _groups_of(stub, frame)
        yield from _row_entries(table, Row(index, stub, groups, _is_ragged(row, table)), values, frame)
        frame.after_group = False


def _title(table: Table, heads: int, stubs: tuple[int, ...], scope: Scope) -> Axis | None:
    """The head over the stubs where it names what the rows are categories of ("T stage")."""
    path = head_path(table, stubs[0], heads)
    axis = read_axis(path[-1], scope, is_head=False) if path else None
    return axis if axis is not None and axis.names and not GENERAL.search(axis.name) else None


def _has_arm_headings(table: Table, heads: int, frame: _Frame, scope: Scope) -> bool:
    """Whether some rows name an arm with its sizes and head the rows below: `FEC arm | 151 | 132`, `CR | 20 | 31`."""
    if any(axis.arm for axis in frame.columns.values()):
        return False
    named = [row for row in table.grid[heads:] if row[0] and scope.book.resolve(label(row[0].text))]
    counts = [all(cell and COUNT_CELL.fullmatch(plain(cell.text)) for cell in row[1:]) for row in named]
    return len(named) > 1 and len(named) * 2 < len(table.grid) - heads and all(counts)


def _set_columns(frame: _Frame, columns: dict[int, Axis]) -> None:
    """Take over the columns; one without any head goes on with the arm on its left, where sizes are printed beside."""
    found: dict[int, Axis] = {}
    for column, axis in columns.items():
        left = found.get(column - 1)
        found[column] = left if left is not None and not axis.text and left.arm and not left.is_p else axis
    frame.columns = found
    # A column `n` beside columns of outcomes says how many the arm of its row has.
    named = any((axis.names or axis.timepoint) and axis.arm is None for axis in found.values())
    sizes = (column for column, axis in found.items() if axis.arm is None and axis.cells and COUNT_ROW.match(axis.text))
    frame.row_sizes = frozenset(sizes) if named else frozenset()


def _scope(table: Table, heads: int, book: ArmBook, kind: Kind) -> Scope:
    texts = tuple(plain(cell.text) for row in table.grid[:heads] for cell in row if cell)
    stubs = {label(row[0].text) for row in table.grid if row[0]}
    events = kind == "adverse_events"
    # Heads 2.5, 5, 10 are doses, not grades.
    doses = any(re.fullmatch(r"\d+(?:\.\d+)?", text) and text not in set("012345") for text in texts)
    return Scope(
        book,
        events=events,
        levels=events and not doses,
        times=kind != "baseline",
        loose=kind in ("baseline", "adverse_events"),
        response=bool(RESPONSES & {*texts, *stubs}),
        bare=tuple(bare_sizes(texts).items()),
    )


def _stub_cells(row: tuple[Cell | None, ...], stubs: tuple[int, ...]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for column in sorted(stubs):
        cell = row[column]
        if cell is not None and plain(cell.text) and all(cell is not other for other in cells):
            cells.append(cell)
    return tuple(cells)


def _inherited(
    cells: tuple[Cell, ...], above: tuple[Cell, ...], row: tuple[Cell | None, ...], stubs: tuple[int, ...]
) -> tuple[Cell, ...]:
    """A row with an empty first stub goes on with the one above it: `Bilirubin | baseline`, then ` | 6 weeks`."""
    first = row[min(stubs)]
    text = plain(first.text) if first is not None else ""
    aside = text.startswith("(") and text.endswith(")")
    if len(stubs) < 2 or not cells or len(above) < 2 or (text and not aside):
        return cells
    return (above[0], *(cells[1:] if aside else cells))


def _stub_axis(cells: tuple[Cell, ...], table: Table, heads: int, stubs: tuple[int, ...], scope: Scope) -> Axis:
    axis = Axis()
    for cell in cells:
        part = read_axis(cell, scope, is_head=False)
        head = head_path(table, cell.column, heads) if cell.column in stubs else ()
        title = label(head[-1].text) if head else ""
        if PREFIXED.match(title) and not part.timepoint and not part.grade:
            whole = read_axis(replace(cell, text=f"{title.rstrip('s')} {cell.text}"), scope, is_head=False)
            part = replace(whole, cells=(cell,)) if whole.timepoint or whole.grade else part
        if (
            (grouped := GROUPED.match(title))
            and part.arm is None
            and (name := _group_name(part, grouped["word"], table, scope))
        ):
            part = replace(part, arm=name, names=())
        axis = merged_axis(axis, part)
    return axis


def _group_name(part: Axis, word: str, table: Table, scope: Scope) -> str | None:
    """The arm of a stub under the head "Group": known by its number, else by its words beside a known arm."""
    if NUMBERED.match(part.text):
        return scope.book.resolve(f"{word} {part.text}") or f"{word} {part.text}"
    column = [row[part.cells[0].column] for row in table.grid]
    known = not scope.book.arms or any(cell and scope.book.resolve(label(cell.text)) for cell in column)
    return part.text if known and len(part.text.split()) <= 8 and not part.statistics else None


def is_group(values: Sequence[tuple[int, Cell | None]], stub: tuple[Cell, ...], columns: dict[int, Axis]) -> bool:
    """Whether a row only heads the rows below it: nothing beside its stub but p-values or size of groups."""
    if not stub:
        return False
    for column, cell in values:
        if cell is None or any(cell is own for own in stub) or not plain(cell.text):
            continue
        axis = columns.get(column)
        aside = axis is not None and (axis.is_p or (axis.arm is None and _is_p_cell(cell)))
        if not aside and not _is_size_cell(cell):
            return False
    return True


def _is_size_cell(cell: Cell) -> bool:
    value = read_value(cell.text)
    return value.clean and bool(value.parts) and all(part.kind == "size" for part in value.parts)


def _printed_sizes(values: Sequence[tuple[int, Cell | None]]) -> dict[int, int]:
    """Sizes that a heading prints over its rows: `Education | (n = 531) | (n = 580)`."""
    cells = ((column, cell) for column, cell in values if cell is not None and _is_size_cell(cell))
    return {column: int(str(read_value(cell.text).parts[0].number)) for column, cell in cells}


def _is_p_cell(cell: Cell) -> bool:
    value = read_value(cell.text)
    return bool(value.parts) and all(part.kind in ("p", "insignificant") for part in value.parts)


def is_subhead(values: Sequence[tuple[int, Cell | None]], scope: Scope) -> bool:
    """Whether a body row holds new heads for the columns below it."""
    cells = {id(cell): cell for _, cell in values if cell is not None and plain(cell.text)}
    if len(cells) < 2 or any(read_value(cell.text).is_numeric for cell in cells.values()):
        return False
    texts = [plain(cell.text) for cell in cells.values()]
    heads = sum(
        bool(HEAD_WORD.match(text)) or bool(size_of(text)) or scope.book.resolve(text) is not None for text in texts
    )
    return heads * 2 >= len(texts)


def _is_inner(table: Table, index: int, stubs: tuple[int, ...]) -> bool:
    """Whether the rows below a heading leave the first of several stub columns empty, as rows of a sub-heading do."""
    below = table.grid[index + 1] if index + 1 < len(table.grid) else (None,)
    return len(stubs) > 1 and below[0] is not None and not plain(below[0].text)


def _open_group(frame: _Frame, cells: tuple[Cell, ...], scope: Scope, inner: bool) -> None:
    axis = Axis()
    for cell in cells:
        axis = merged_axis(axis, read_axis(cell, scope, is_head=False))
    if frame.groups and (frame.after_group or (inner and len(frame.groups) > 1)):
        frame.groups = (*(frame.groups[-1:] if frame.after_group else frame.groups[:1]), axis)
    else:
        frame.groups = (axis,)
    frame.after_group = True
    frame.statistics_seen = frame.bare_seen = False
    frame.parent = frame.named = None
    frame.sizes = {column: size for column, size in frame.sizes.items() if column in frame.lasting}


def _groups_of(stub: Axis, frame: _Frame) -> tuple[Axis, ...]:
    """The headings that a row stands under; one that brings its own statistic or unit closes the group above it.

    Rows that only name a statistic or a category go on with the last named row: `Age, mean (SD)`, then `Median`.
    """
    if GOES_ON.match(stub.text) and frame.named is not None:
        return (*frame.groups, frame.named)
    frame.named = stub if stub.names else frame.named
    group = frame.groups[-1] if frame.groups else None
    if group is not None and stub.name and _closes(stub, group, frame):
        frame.groups = ()
    frame.statistics_seen = frame.statistics_seen or (stub.is_pure and not COUNT_ROW.match(stub.text))
    frame.bare_seen = frame.bare_seen or not stub.statistics
    if frame.groups:
        return frame.groups
    if stub.arm is not None and not stub.names and frame.title is not None:
        return (frame.title,)
    if frame.parent is not None and (stub.is_pure or CATEGORY.match(stub.name) or _is_child(stub, frame)):
        return (frame.parent,)
    if CATEGORY.match(stub.name) and _is_bare_category(stub) and frame.title is not None:
        return (frame.title,)
    if not stub.is_pure and not COUNT_ROW.match(stub.text):
        frame.parent = stub
    return ()


def _is_bare_category(stub: Axis) -> bool:
    """A category in words that has its own statistic ("Other, n (%)") may be a variable like those above it."""
    return not stub.statistics or not stub.name[:1].isalpha()


def _is_child(stub: Axis, frame: _Frame) -> bool:
    """A bare row below "Prior therapy, n (%)" is one of its categories, where the heads name no statistic."""
    parent = frame.parent
    announced = any(axis.statistics for axis in frame.columns.values() if not (axis.is_p or axis.is_comparison))
    counted = parent is not None and bool(parent.statistics) and parent.statistics[0][0] == "count"
    return counted and not announced and not stub.statistics and stub.unit is None


def _closes(stub: Axis, group: Axis, frame: _Frame) -> bool:
    """Whether a row brings what the rows of the open group do not: a statistic or unit of its own."""
    if CATEGORY.match(stub.name) or stub.timepoint or CHANGE.match(stub.name):
        return False
    if stub.statistics and (group.statistics or frame.statistics_seen or frame.bare_seen):
        return True
    return stub.unit is not None and (group.unit is not None or bool(group.statistics) or frame.statistics_seen)


def _is_ragged(row: tuple[Cell | None, ...], table: Table) -> bool:
    """Whether a converter lost cells of the row, so that none of its numbers has a sure column."""
    return any(cell is None for cell in row) and len(row) == len(table.grid[0])


def _row_entries(table: Table, row: Row, values: Sequence[tuple[int, Cell | None]], frame: _Frame) -> Iterator[Entry]:
    if _is_count_row(row, values, frame):
        _keep_sizes(row, values, frame)
        return
    sizes = _sizes_of_arms(values, frame)
    cells = dict(values)
    own = row.stub.size or frame.arm_sizes.get(row.stub.arm or "")
    if row.stub.arm and row.stub.size:
        frame.arm_sizes[row.stub.arm] = row.stub.size
    seen = {id(cell) for cell in row.stub.cells}
    for column, cell in values:
        axis = frame.columns[column]
        if cell is None or id(cell) in seen or axis.is_size or column in frame.row_sizes:
            continue
        value, second = _joined_value(column, cell, cells, frame)
        seen |= {id(cell), id(second)}
        if value.empty:
            continue
        size = sizes.get(axis.arm or "") or frame.sizes.get(column) or own or axis.size
        yield Entry(table, cell, value, row, axis, size, frame.places)


def _keep_sizes(row: Row, values: Sequence[tuple[int, Cell | None]], frame: _Frame) -> None:
    """A row of sizes holds for its group, or to the end of the table where it stands under none."""
    for column, cell in values:
        value = read_value(cell.text) if cell is not None else None
        if value is not None and not value.empty and not frame.columns[column].is_p:
            frame.sizes[column] = int(str(value.parts[0].number))
            frame.lasting = frame.lasting if row.groups else frame.lasting | {column}


def _joined_value(column: int, cell: Cell, cells: dict[int, Cell | None], frame: _Frame) -> tuple[Value, Cell | None]:
    """A cell's value, with that of the next column where one head ("Mean and SD") spans the two."""
    value = read_value(cell.text)
    axis, other = frame.columns[column], frame.columns.get(column + 1)
    second = cells.get(column + 1)
    shared = other is not None and axis.cells and [*map(id, axis.cells)] == [*map(id, other.cells)]
    if not shared or second is None or second is cell or len(value.parts) != 1:
        return value, None
    added = read_value(second.text)
    if not any(len(names) > 1 for names in axis.statistics) or len(added.parts) > 1 or not added.clean:
        return value, None
    return replace(value, parts=(*value.parts, *(replace(part, bracketed=True) for part in added.parts))), second


def _is_count_row(row: Row, values: Sequence[tuple[int, Cell | None]], frame: _Frame) -> bool:
    """Whether a row prints how many patients each column has: `N | 328 | 317`, `Total | 54 (100) | 52 (100)`."""
    if not row.stub.cells or not COUNT_ROW.match(row.stub.text):
        return False
    texts = [plain(cell.text) for column, cell in values if cell is not None and not frame.columns[column].is_p]
    return any(texts) and all(not text or COUNT_CELL.fullmatch(text) or read_value(text).empty for text in texts)


def _sizes_of_arms(values: Sequence[tuple[int, Cell | None]], frame: _Frame) -> dict[str, int]:
    """Sizes that a row prints in a column of its own for each arm: `Nausea | 529 | 317 (60%) | ...`."""
    sizes: dict[str, int] = {}
    for column, cell in values:
        axis = frame.columns[column]
        printed = plain(cell.text).replace(",", "") if cell is not None else ""
        if printed.isdigit() and (axis.is_size or column in frame.row_sizes):
            sizes[axis.arm or ""] = int(printed)
    return sizes


def _over(column: Axis, row: Axis) -> Axis:
    """A column's meaning under a row: the row's facets come first, except its arm and that a p-column stays one."""
    own = column.arm if column.arm is not None and not column.is_comparison else None
    tests = column.is_p or column.is_comparison
    both = merged_axis(column, row)
    if own is None and not tests and not both.whole:
        return both
    arm = own or both.arm
    statistics = (*column.statistics, *row.statistics) if tests else both.statistics
    return replace(both, arm=arm, statistics=statistics, whole=column.whole and arm is None)
