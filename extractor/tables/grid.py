"""A table as entries: each number with what its column, its row and the groups above it say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from corpus.document import Cell, Table
from extractor.arm_book import ArmBook
from extractor.tables.axes import RESPONSES, Axis, Scope, merged_axis, read_axis
from extractor.tables.captions import STRATA, marked_statistics
from extractor.tables.columns import read_columns, stub_columns
from extractor.tables.facets import timepoint
from extractor.tables.groups import (
    Frame,
    Places,
    as_effect,
    groups_of,
    has_arm_headings,
    is_group,
    is_inner,
    only_sizes,
    open_group,
    printed_sizes,
    remember,
    set_columns,
    stub_title,
)
from extractor.tables.heads import COUNT_CELL, COUNT_ROW, HEAD_WORD, SIZE, bare_sizes, head_path, head_rows, size_of
from extractor.tables.kinds import Kind
from extractor.tables.print import caption_text, label, plain
from extractor.tables.ragged import is_packed, short_rows, sure_cells
from extractor.tables.values import Value, read_value
from ontology import regex as re
from ontology.record import Evidence

# A stub column of bare numbers takes its meaning from its head: Day | 8 is day 8.
PREFIXED = re.compile(r"^(?:grade|day|week|month|visit|cycle|year)s?$", re.IGNORECASE)
# A stub column of bare numbers whose head has their unit: Time (h) | 0.5 is 0.5 h.
TIMED = re.compile(
    r"^(?:\w+ )?time(?: ?points?)?(?: (?:after|since|from) [\w ]+)?,? ?[(\[]?(?:in )?(?P<unit>min(?:ute)?s?|h|hr?s?|hours?|days?|weeks?|wks?|months?)[)\]]?$",
    re.IGNORECASE,
)
# A stub column of groups: Group | II is group II.
GROUPED = re.compile(r"^(?:treatment )?(?P<word>group|arm|cohort|regimen|treatment)s?$", re.IGNORECASE)
NUMBERED = re.compile(r"^(?:[IVX]{1,4}|[A-H]|\d)$")


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


@dataclass(frozen=True)
class Entry:
    """A number with its row and column, and the size of the group that it is of."""

    table: Table
    cell: Cell
    value: Value
    row: Row
    column: Axis
    size: int | None
    places: Places
    second: Cell | None = None

    @cached_property
    def meaning(self) -> Axis:
        """What row and column say together."""
        return _over(self.column, self.row.axis)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The value cell, with the next one where the value goes on there, its stub and the head that names its arm."""
        cells = [self.cell, *([self.second] if self.second else ()), *self.row.stub.cells]
        if not self.row.stub.name and self.row.groups:
            cells.extend(self.row.groups[-1].cells)
        cells.extend(self.column.cells)
        unique = {id(cell): cell for cell in cells if cell.text.strip()}
        return tuple(self.places.of(cell) for cell in unique.values())


def _certain(
    values: list[tuple[int, Cell | None]], frame: Frame, *, lost: bool, short: bool
) -> tuple[list[tuple[int, Cell | None]], bool]:
    """The cells of a row, those of a short one where sums prove their columns, and whether some are in doubt."""
    sure = sure_cells([cell for _, cell in values if cell], frame.columns) if short else {}
    return (list(sure.items()), False) if sure else (values, lost or is_packed(values, frame.columns))


def _reopen(frame: Frame, stub_cells: Sequence[Cell], scope: Scope) -> None:
    """Under new heads the stub beside them is the heading of the rows that follow."""
    frame.parent = None
    if stub_cells:
        frame.groups = (read_axis(stub_cells[-1], scope, is_head=False),)


def entries(table: Table, book: ArmBook, kind: Kind = "results", text: str | None = None) -> Iterator[Entry]:
    """The entries of a table in reading order; rows that lost cells are marked, not guessed.

    `text` is the document's where tabs divide the cells: only there an empty cell and a lost one differ.
    """
    if not table.grid or len(table.grid[0]) < 2:
        return
    stubs = stub_columns(table, heads := head_rows(table))
    scope = _scope(table, heads, book, kind)
    frame = Frame(Places(table), title=stub_title(table, heads, stubs, scope), fills=kind == "baseline")
    set_columns(frame, read_columns(table, table.grid[:heads], stubs, scope))
    frame.whole_size = _whole_size(table, frame)
    scope = replace(scope, stub_arms=not any(axis.arm for axis in frame.columns.values() if not axis.is_comparison))
    heading = has_arm_headings(table, heads, frame, scope)
    short = short_rows(table, text) if text is not None else None
    extra: list[tuple[Cell | None, ...]] = []
    above: tuple[Cell, ...] = ()
    for index, row in enumerate(table.grid[heads:], heads):
        stub_cells = _stub_cells(row, stubs)
        values = [(column, cell) for column, cell in enumerate(row) if column > max(stubs)]
        if not stub_cells and frame.groups and only_sizes(values):
            frame.sizes |= printed_sizes(values)
            continue
        if is_subhead(values, scope) or _are_times(values, stub_cells):
            extra = [*extra, row] if extra and not frame.after_group and extra[-1] is table.grid[index - 1] else [row]
            set_columns(frame, read_columns(table, (*table.grid[: table.header_rows], *extra), stubs, scope))
            _reopen(frame, stub_cells, scope)
            continue
        if is_group(values, stub_cells, frame.columns):
            sizes = printed_sizes(values)
            open_group(frame, stub_cells, scope, is_inner(table, index, stubs, frame.first), bool(sizes))
            frame.sizes |= sizes
            yield from _heading_p_values(table, index, values, frame) if kind == "results" else ()
            continue
        above = _inherited(stub_cells, above, row, stubs)
        stub = _stub_axis(above, table, heads, stubs, scope, not heading)
        if heading and stub.arm is not None and not stub.names:
            frame.groups, frame.parent, frame.after_group = (stub,), None, True
            _keep_sizes(Row(index, stub, (stub,)), values, frame)
            continue
        stub = as_effect(stub, frame)
        lost = index in short if short is not None else _is_ragged(row, table, frame)
        values, ragged = _certain(values, frame, lost=lost, short=index in (short or ()))
        yield from _row_entries(table, Row(index, stub, groups_of(stub, frame), ragged), values, frame)
        frame.after_group = False


def _whole_size(table: Table, frame: Frame) -> int | None:
    """How many patients the caption says a table of one group is of ("Toxicity (n = 52)")."""
    match = SIZE.search(caption_text(table))
    if match is None or any(axis.arm or axis.size for axis in frame.columns.values()):
        return None
    return size_of(match[0])


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
        colons=kind == "baseline",
        strata=bool(STRATA.search(caption_text(table))),
        loose=kind in ("baseline", "adverse_events"),
        response=bool(RESPONSES & {*texts, *stubs}),
        bare=tuple(bare_sizes(texts).items()),
        marked=tuple(marked_statistics(table)),
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
    if len(stubs) < 2 or not cells or len(above) < 2:
        return cells
    aside = (text.startswith("(") and text.endswith(")")) or (text[:1].islower() and _is_later(cells, above))
    if text and not aside:
        return cells
    return (above[0], *(cells[1:] if aside else cells))


def _is_later(cells: tuple[Cell, ...], above: tuple[Cell, ...]) -> bool:
    """Whether a row goes on with the times of the row above it, so that its first stub goes on with the name there."""
    first, second = (timepoint(plain(each[-1].text))[0] or "" for each in (above, cells))
    return first.startswith(("baseline", "0 ")) and second[:1].isdigit() and not second.startswith("0 ")


def _stub_axis(
    cells: tuple[Cell, ...], table: Table, heads: int, stubs: tuple[int, ...], scope: Scope, may_group: bool = True
) -> Axis:
    """What the stubs of a row say; under the head "Group" any of them may be one, if rows of arms do not head others."""
    axis = Axis()
    for cell in cells:
        part = read_axis(cell, scope, is_head=False)
        head = head_path(table, cell.column, heads) if cell.column in stubs else ()
        title = label(head[-1].text) if head else ""
        if PREFIXED.match(title) and not part.timepoint and not part.grade:
            whole = read_axis(replace(cell, text=f"{title.rstrip('s')} {cell.text}"), scope, is_head=False)
            part = replace(whole, cells=(cell,)) if whole.timepoint or whole.grade else part
        if timed := TIMED.match(title):
            whole = read_axis(replace(cell, text=f"{cell.text} {timed['unit']}"), scope, is_head=False)
            part = replace(whole, cells=(cell,)) if whole.timepoint else part
        if (
            may_group
            and (grouped := GROUPED.match(title))
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


def _is_time(text: str) -> bool:
    time, rest = timepoint(text)
    return time is not None and not rest


def _are_times(values: Sequence[tuple[int, Cell | None]], stub: tuple[Cell, ...]) -> bool:
    """Whether a row puts times over the columns below it: it has no stub, or three times, each later than the last."""
    texts = [plain(cell.text) for _, cell in values if cell is not None and plain(cell.text)]
    if len(texts) < (3 if stub else 2) or not _is_time(texts[0]) or not all(map(_is_time, texts)):
        return False
    times = [timepoint(text)[0] or "" for text in texts]
    numbers = [float(time.split()[0]) for time in times if time[0].isdigit()]
    rise = len(numbers) == len(times) > 2 and all(one < other for one, other in pairwise(numbers))
    return not stub or (rise and len({time.split()[1] for time in times}) == 1)


def _is_ragged(row: tuple[Cell | None, ...], table: Table, frame: Frame) -> bool:
    """Whether a converter lost cells of the row, so that none of its numbers has a sure column.

    Under one head over all columns there is nothing to be unsure of.
    """
    if len({tuple(map(id, axis.cells)) for axis in frame.columns.values()}) == 1:
        return False
    return any(cell is None for cell in row) and len(row) == len(table.grid[0])


def _heading_p_values(
    table: Table, index: int, values: Sequence[tuple[int, Cell | None]], frame: Frame
) -> Iterator[Entry]:
    """The p-values beside a heading, which are of all its categories together."""
    for column, cell in values:
        axis = frame.columns[column]
        if cell is not None and axis.is_p and frame.groups and read_value(cell.text).is_numeric:
            row = Row(index, frame.groups[-1], frame.groups[:-1])
            yield Entry(table, cell, read_value(cell.text), row, axis, None, frame.places)


def _row_entries(table: Table, row: Row, values: Sequence[tuple[int, Cell | None]], frame: Frame) -> Iterator[Entry]:
    if _is_count_row(row, values, frame):
        _keep_sizes(row, values, frame)
        return
    remember(frame, row.stub, values)
    sizes = _sizes_of_arms(values, frame)
    cells = dict(values)
    own = row.stub.size or frame.arm_sizes.get(row.stub.arm or "")
    if row.stub.arm and row.stub.size:
        frame.arm_sizes[row.stub.arm] = row.stub.size
    seen = {id(cell) for cell in row.stub.cells}
    for column, cell in values:
        axis = frame.columns[column]
        if cell is None or id(cell) in seen or column in frame.row_sizes:
            continue
        value, second = _joined_value(column, cell, cells, frame)
        seen |= {id(cell), id(second)}
        if value.empty:
            continue
        for each, mine in _shared(value, axis):
            size = sizes.get(mine.arm or "") or frame.sizes.get(column) or own or mine.size or frame.whole_size
            yield Entry(table, cell, each, row, mine, size, frame.places, second)


def _shared(value: Value, axis: Axis) -> Iterator[tuple[Value, Axis]]:
    """The value of each arm in a cell "10.8 ± 2.0 (4.9 ± 1.9)" under a head "Intervention (control)", or of each grade."""
    if axis.partner is None and axis.inner_grade is None:
        yield value, axis
        return
    outside = tuple(part for part in value.parts if not part.bracketed)
    inside = tuple(replace(part, bracketed=False) for part in value.parts if part.bracketed)
    if [part.kind for part in outside] != [part.kind for part in inside]:
        yield value, axis
        return
    yield replace(value, parts=outside), axis
    other = replace(axis, arm=axis.partner, size=None) if axis.partner else replace(axis, grade=axis.inner_grade)
    yield replace(value, parts=inside), other


def _keep_sizes(row: Row, values: Sequence[tuple[int, Cell | None]], frame: Frame) -> None:
    """A row of sizes holds for its group, or to the end of the table where it stands under none.

    In a column of percentages it prints 100; the size is that of the counts beside them.
    """
    for column, cell in values:
        value = read_value(cell.text) if cell is not None else None
        axis, left = frame.columns[column], frame.columns.get(column - 1)
        percents = axis.statistics[:1] == (("percent",),) and left is not None and left.arm == axis.arm
        if value is not None and not value.empty and not axis.is_p:
            own = frame.sizes.get(column - 1) if percents else None
            frame.sizes[column] = own or int(str(value.parts[0].number))
            frame.lasting = frame.lasting if row.groups else frame.lasting | {column}


def _joined_value(column: int, cell: Cell, cells: dict[int, Cell | None], frame: Frame) -> tuple[Value, Cell | None]:
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


def _is_count_row(row: Row, values: Sequence[tuple[int, Cell | None]], frame: Frame) -> bool:
    """Whether a row prints how many patients each column has: `N | 328 | 317`, `Total | 54 (100) | 52 (100)`."""
    if not row.stub.cells or not COUNT_ROW.match(row.stub.text) or plain(row.stub.cells[-1].text) == "No":
        return False
    texts = [plain(cell.text) for column, cell in values if cell is not None and not frame.columns[column].is_p]
    return any(texts) and all(not text or COUNT_CELL.fullmatch(text) or read_value(text).empty for text in texts)


def _sizes_of_arms(values: Sequence[tuple[int, Cell | None]], frame: Frame) -> dict[str, int]:
    """Sizes that a row prints in a column of its own for each arm: `Nausea | 529 | 317 (60%) | ...`."""
    sizes: dict[str, int] = {}
    for column, cell in values:
        axis = frame.columns[column]
        printed = plain(cell.text).replace(",", "") if cell is not None else ""
        if printed.isdigit() and column in frame.row_sizes:
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
    whole = column.whole and arm is None
    if not tests and (both.arm, both.whole) == (arm, whole):
        return both
    statistics = (*column.statistics, *row.statistics) if tests else both.statistics
    return replace(both, arm=arm, statistics=statistics, whole=whole)
