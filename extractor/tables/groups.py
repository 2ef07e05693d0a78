"""The headings of a table: which rows open a group, what stands under it, and what closes it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.document import Cell, Table
from extractor.likeness import words
from extractor.tables.axes import Axis, Scope, merged_axis, read_axis
from extractor.tables.heads import COUNT_CELL, COUNT_ROW, head_path
from extractor.tables.print import label, plain
from extractor.tables.values import read_value
from extractor.tables.wording import COMPARISONS, SPREADS
from ontology import regex as re
from ontology.record import Evidence

# Stubs that are no variable of their own: "<65", "18-30", "Yes", "Unknown".
# Marks of footnotes behind a size.
NOTE_MARKS = " ^*†‡§¶#"
CATEGORY = re.compile(
    r"^(?:[<>≤≥=]|\d+(?:\.\d+)?(?:\s?[-/]\s?\d.*|\+)?$|(?:yes|no|none|unknown|others?|missing|present|absent|never|current"
    r"|former|positive|negative|not (?:known|reported|available|stated|done))(?: smokers?| data)?(?: \(.*\))?$)",
    re.IGNORECASE,
)
NO_NAME = re.compile(rf"^no\b|{CATEGORY.pattern}", re.IGNORECASE)
# Below "Stage: I" rows "II" and "III" are stages too.
LEVEL = re.compile(r"^(?:[IVX]{1,4}[ABCabc]?|[TNMG][0-4X][a-d]?|[A-D])$")
CHANGE = re.compile(r"^(?:\w+ ){0,2}(?:changes?|differences?|comparisons?|Δ)\b|^Δ", re.IGNORECASE)
# Stubs that say more of the row above them.
GOES_ON = re.compile(
    r"^(?:leading to|led to|resulting in|requiring|of which|including|with)\b"
    r"|^(?:(?:possibly |probably )?(?:(?:treatment|drug|study drug)[- ])?related(?: to (?:the )?(?:study |trial )?(?:treatment|drug|medication))?|serious)$",
    re.IGNORECASE,
)

# Heads over stubs that name no variable.
GENERAL = re.compile(
    r"\b(?:characteristics?|variables?|parameters?|items?|factors?|features?|(?:treatment )?(?:groups?|arms?)|treatments?|regimens?|cohorts?|outcomes?|measures?|adverse events?|events?|toxicit\w+|time(?: ?points?)?|visits?)\b",
    re.IGNORECASE,
)


# Rows that print an effect again, by another model.
MODEL = re.compile(
    r"^(?:(?:un|non-?|fully |partially )?adjusted|crude)(?: (?:for|by|analysis|model|estimates?)\b.*)?$", re.IGNORECASE
)


# "< 65", "2 or more", "18-30 years"
AMOUNT = re.compile(r"^(?:[<>≤≥=]|\d)")
# "FLT3-ITD mutation" names a thing as "Prior surgery" does.
WORDS = re.compile(r"^[A-Za-z][A-Za-z -]{3,}|^[A-Z][A-Z0-9]{2,}[\w/-]* [a-z]{3}")


class Places(dict[int, Evidence]):
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


@dataclass
class Frame:
    """What holds while reading down a table: the heads, the open groups, the sizes printed in rows."""

    places: Places
    columns: dict[int, Axis] = field(default_factory=dict)
    title: Axis | None = None
    groups: tuple[Axis, ...] = ()
    parent: Axis | None = None
    named: Axis | None = None
    sizes: dict[int, int] = field(default_factory=dict)
    arm_sizes: dict[str, int] = field(default_factory=dict)
    whole_size: int | None = None
    lasting: frozenset[int] = frozenset()
    sized: frozenset[str] = frozenset()
    after_group: bool = False
    statistics_seen: bool = False
    bare_seen: bool = False
    row_sizes: frozenset[int] = frozenset()
    effect: tuple[tuple[str, ...], ...] = ()
    fills: bool = False
    first: str = ""
    counted: dict[int, list[int]] = field(default_factory=dict)
    amounts: int = 0


def stub_title(table: Table, heads: int, stubs: tuple[int, ...], scope: Scope) -> Axis | None:
    """The head over the stubs where it names what the rows are categories of ("T stage")."""
    path = head_path(table, stubs[0], heads)
    axis = read_axis(path[-1], scope, is_head=False) if path else None
    return axis if axis is not None and axis.names and not GENERAL.search(axis.name) else None


def has_arm_headings(table: Table, heads: int, frame: Frame, scope: Scope) -> bool:
    """Whether some rows name an arm with its sizes and head the rows below: `FEC arm | 151 | 132`, `CR | 20 | 31`."""
    if any(axis.arm for axis in frame.columns.values()):
        return False
    named = [row for row in table.grid[heads:] if row[0] and scope.book.resolve(label(row[0].text))]
    counts = [all(cell and COUNT_CELL.fullmatch(plain(cell.text)) for cell in row[1:]) for row in named]
    return len(named) > 1 and len(named) * 2 < len(table.grid) - heads and all(counts)


def set_columns(frame: Frame, columns: dict[int, Axis]) -> None:
    """Take over the columns; one without any head goes on with the arm on its left, where sizes are printed beside.

    A column `SD` is of the mean on its left.
    """
    found: dict[int, Axis] = {}
    spread = _are_spread(columns)
    for column, axis in columns.items():
        left = found.get(column - 1)
        goes_on = left is not None and not axis.text and left.arm and not left.is_p
        found[column] = left if left is not None and goes_on else axis
        if left is not None and _is_spread(axis) and not _is_spread(left):
            arm = left.arm if spread and axis.arm is None else axis.arm
            names = left.names if arm == left.arm and not left.is_comparison else ()
            found[column] = replace(axis, arm=arm, names=names)
    frame.columns = found
    frame.row_sizes = frozenset(_size_columns(found))


def _is_spread(axis: Axis) -> bool:
    """Whether a column prints nothing but the spread of another's numbers."""
    return axis.is_pure and axis.statistics[0][0] in SPREADS and not axis.is_comparison


def _are_spread(columns: dict[int, Axis]) -> bool:
    """Whether each arm's column has one of spreads beside it: `Velorastinib | SD | Placebo | SD`."""
    arms = [column for column, axis in columns.items() if axis.arm and not axis.is_p]
    return bool(arms) and all(column + 1 in columns and _is_spread(columns[column + 1]) for column in arms)


def _size_columns(columns: dict[int, Axis]) -> Iterator[int]:
    """Columns that say of how many the others are: `n` beside outcomes, "Total patients" under an arm.

    "Patients" beside "Events" are those who had one.
    """
    named = any((axis.names or axis.timepoint) and axis.arm is None for axis in columns.values())
    counted = any(axis.counts_events for axis in columns.values())
    for column, axis in columns.items():
        beside = named and axis.arm is None and bool(axis.cells) and COUNT_ROW.match(axis.text)
        if beside or (axis.is_size and not counted):
            yield column


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
    value = read_value(cell.text.rstrip(NOTE_MARKS))
    return value.clean and bool(value.parts) and all(part.kind == "size" for part in value.parts)


def printed_sizes(values: Sequence[tuple[int, Cell | None]]) -> dict[int, int]:
    """Sizes that a heading prints over its rows: `Education | (n = 531) | (n = 580)`."""
    cells = ((column, cell) for column, cell in values if cell is not None and _is_size_cell(cell))
    return {column: int(str(read_value(cell.text.rstrip(NOTE_MARKS)).parts[0].number)) for column, cell in cells}


def only_sizes(values: Sequence[tuple[int, Cell | None]]) -> bool:
    """Whether a row prints nothing but sizes: ` | (n = 27) | (n = 32)` below a heading."""
    cells = [cell for _, cell in values if cell is not None and plain(cell.text)]
    return bool(cells) and all(map(_is_size_cell, cells))


def _is_within(name: str, frame: Frame) -> bool:
    """Whether a heading goes on with the one that printed its sizes: "Blood loss (n = 27)", then "Total blood loss (mL)"."""
    common = words(name) & frame.sized
    return common == frame.sized or len(common) > 1 if common else False


def _is_p_cell(cell: Cell) -> bool:
    value = read_value(cell.text)
    return bool(value.parts) and all(part.kind in ("p", "insignificant") for part in value.parts)


def is_inner(table: Table, index: int, stubs: tuple[int, ...], first: str = "") -> bool:
    """Whether the rows below a heading leave the first of several stub columns empty, as rows of a sub-heading do, or
    begin as those of the sub-heading before did: "Yes" and "No" again.
    """
    below = table.grid[index + 1] if index + 1 < len(table.grid) else ()
    stub = below[min(stubs)] if below else None
    if first and stub is not None and plain(stub.text) == first:
        return True
    named, *others = (_is_filled(cell) for cell in below[: len(stubs)]) if below else (True,)
    return len(stubs) > 1 and not named and any(others)


def _is_filled(cell: Cell | None) -> bool:
    return cell is not None and bool(plain(cell.text))


def open_group(frame: Frame, cells: tuple[Cell, ...], scope: Scope, inner: bool, sized: bool = False) -> None:
    """Open the group that a heading names: inside the one just opened, or in its place.

    With its sizes beside it in a table of subgroups it is a part of the patients.
    """
    if frame.effect and MODEL.match(label(cells[-1].text)):
        return
    axis = Axis()
    for cell in cells:
        axis = merged_axis(axis, read_axis(cell, replace(scope, colons=False), is_head=False))
    if scope.strata and sized and axis.names:
        axis = replace(axis, population=axis.name, names=())
    if frame.groups and (frame.after_group or (inner and len(frame.groups) > 1)):
        frame.groups = (*(frame.groups[-1:] if frame.after_group else frame.groups[:1]), axis)
    else:
        frame.groups = (axis,)
    frame.after_group = True
    frame.statistics_seen = frame.bare_seen = False
    frame.counted, frame.amounts = {}, 0
    frame.parent = frame.named = None
    if sized or not _is_within(axis.name, frame):
        frame.sizes = {column: size for column, size in frame.sizes.items() if column in frame.lasting}
        frame.sized = words(axis.name)


def groups_of(stub: Axis, frame: Frame) -> tuple[Axis, ...]:
    """The headings that a row stands under; one that brings its own statistic or unit closes the group above it.

    Rows that only name a statistic or a category go on with the last named row: `Age, mean (SD)`, then `Median`.
    """
    if frame.named is not None and (GOES_ON.match(stub.text) or _is_grade_of(stub, frame.named)):
        return (*frame.groups, frame.named)
    frame.named = stub if stub.names else frame.named
    group = frame.groups[-1] if frame.groups else None
    if group is not None and stub.name and (_closes(stub, group, frame) or _is_full(frame, stub)):
        frame.groups = ()
    frame.statistics_seen = frame.statistics_seen or (stub.is_pure and not COUNT_ROW.match(stub.text))
    frame.bare_seen = frame.bare_seen or not stub.statistics
    if frame.groups:
        return frame.groups
    if stub.arm is not None and not stub.names and frame.title is not None:
        return (frame.title,)
    if frame.parent is not None and (stub.is_pure or _is_category_of(stub, frame.parent) or _is_child(stub, frame)):
        return (frame.parent,)
    if CATEGORY.match(stub.name) and _is_bare_category(stub) and frame.title is not None:
        return (frame.title,)
    if not stub.is_pure and not COUNT_ROW.match(stub.text):
        frame.parent = replace(stub, names=stub.names[:1]) if ": " in stub.text else stub
    return ()


def remember(frame: Frame, stub: Axis, values: Sequence[tuple[int, Cell | None]]) -> None:
    """Keep the first row under a heading, the counts of all by column, and whether they are amounts ("2 or more")."""
    if frame.after_group:
        frame.first = plain(stub.cells[0].text) if stub.cells else ""
    if not (frame.groups and frame.fills):
        return
    for column, cell in values:
        part = next(iter(read_value(cell.text).parts), None) if cell is not None else None
        number = part.number if part is not None and part.kind in ("number", "slash") else None
        axis = frame.columns[column]
        tests = axis.is_p or axis.is_comparison
        if number is not None and number == number.to_integral_value() and not tests:
            frame.counted.setdefault(column, []).append(int(number))
    amount = bool(AMOUNT.match(stub.name))
    frame.amounts = frame.amounts + 1 if amount and frame.amounts >= 0 else -1


def _is_full(frame: Frame, stub: Axis) -> bool:
    """Whether the rows of the open heading have counted everybody, or all were amounts, and a row of words follows."""
    if not WORDS.match(stub.name) or CATEGORY.match(stub.name) or LEVEL.match(stub.name) or len(frame.groups) > 1:
        return False
    sizes = {column: frame.sizes.get(column) or frame.columns[column].size for column in frame.counted}
    if not sizes or not all(sizes.values()):
        return frame.amounts > 1
    return all(sum(counts) == sizes[column] and len(counts) > 1 for column, counts in frame.counted.items())


def as_effect(stub: Axis, frame: Frame) -> Axis:
    """A row that says which effect it prints, or one that prints the last effect by another model ("Adjusted")."""
    if any(names[0] in COMPARISONS for names in stub.statistics):
        frame.effect = stub.statistics
    elif frame.effect and not stub.statistics and MODEL.match(stub.text):
        return replace(stub, names=(), statistics=frame.effect)
    return stub


def _is_grade_of(stub: Axis, named: Axis) -> bool:
    """Whether a row is a grade of the event in the row above it: `Nausea | 20`, then `Grade 3 or 4 | 2`."""
    return bool(stub.grade and not stub.names and not named.grade) and not NO_NAME.match(named.name)


def _is_category_of(stub: Axis, parent: Axis) -> bool:
    """Whether a row may be a category of the one above: "Current smoker, n (%)" is none of "Age, mean (SD)"."""
    counts = bool(stub.statistics) and stub.statistics[0][0] == "count"
    measured = bool(parent.statistics) and parent.statistics[0][0] in ("mean", "median")
    return bool(CATEGORY.match(stub.name)) and not (counts and measured and stub.name[:1].isalpha())


def _is_bare_category(stub: Axis) -> bool:
    """A category in words that has its own statistic ("Other, n (%)") may be a variable like those above it."""
    return not stub.statistics or not stub.name[:1].isalpha()


def _is_child(stub: Axis, frame: Frame) -> bool:
    """A bare row below "Prior therapy, n (%)" is one of its categories, where the heads name no statistic; "II" below
    "Stage: I" always is."""
    parent = frame.parent
    if parent is not None and ": " in parent.text and LEVEL.match(stub.name):
        return True
    announced = any(axis.statistics for axis in frame.columns.values() if not (axis.is_p or axis.is_comparison))
    counted = parent is not None and bool(parent.statistics) and parent.statistics[0][0] == "count"
    return counted and not announced and not stub.statistics and stub.unit is None


def _closes(stub: Axis, group: Axis, frame: Frame) -> bool:
    """Whether a row brings what the rows of the open group do not: a statistic or unit of its own."""
    if CATEGORY.match(stub.name) or stub.timepoint or CHANGE.match(stub.name):
        return False
    if stub.statistics and (group.statistics or frame.statistics_seen or frame.bare_seen):
        return True
    return stub.unit is not None and (group.unit is not None or bool(group.statistics) or frame.statistics_seen)
