"""The data of a table: its entries with their figures, cells that print parts of one fact brought together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from corpus.document import Cell, Table
from extractor.arm_book import NOTHING, ArmBook
from extractor.study import Rejected, Study
from extractor.tables.axes import Axis
from extractor.tables.captions import CHANGES, announced_of, read_caption, stated_middle, stated_spread
from extractor.tables.figures import LOCATIONS, ROUNDING, Figures, consistent, merged, read_figures
from extractor.tables.grid import Entry, Row, entries
from extractor.tables.heads import head_rows
from extractor.tables.kinds import Kind, table_kind
from extractor.tables.print import label
from extractor.tables.wording import SPREADS
from ontology.record import Evidence

# A fraction's total is at least this part of its group: of fewer patients it would be a part of the events.
LEAST_ASSESSED = 0.5
# How far a percentage may lie from that of the whole group, in points or in tenths of itself.
MISSED = Decimal(3)
# So many pairs that are percentages of one group cannot be so by chance.
LEAST_PAIRS = 3


@dataclass(frozen=True)
class Datum:
    """One fact of a table: what it is about, its figures, and every entry that prints a part of it."""

    entry: Entry
    figures: Figures
    meaning: Axis
    entries: tuple[Entry, ...]

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every cell that prints a part of it."""
        if len(self.entries) == 1:
            return self.entry.evidence
        return tuple(dict.fromkeys(place for entry in self.entries for place in entry.evidence))

    @property
    def table(self) -> Table:
        """Its table."""
        return self.entry.table

    @property
    def arm(self) -> str | None:
        """The arm; None for the whole trial."""
        return self.meaning.arm


@dataclass(frozen=True)
class Reading:
    """A table with its kind and what its caption says of all its numbers."""

    table: Table
    kind: Kind
    caption: Axis
    announced: tuple[tuple[str, ...], ...]
    default_spread: str | None
    default_middle: str | None
    entries: tuple[Entry, ...]
    sizes: Mapping[str | None, int | None]
    abbreviations: Mapping[str, str]
    markers: Mapping[str, str]

    @cached_property
    def arms(self) -> frozenset[str]:
        """The arms that its numbers are of."""
        return frozenset(entry.meaning.arm for entry in self.entries if entry.meaning.arm is not None)

    @cached_property
    def has_one_column(self) -> bool:
        """Whether it has one column of numbers, p-values aside."""
        return len({entry.cell.column for entry in self.entries if not entry.column.is_p}) == 1

    @cached_property
    def is_graded(self) -> bool:
        """Whether its columns are the grades of events, and nothing but a total besides."""
        columns = {entry.cell.column: entry.column for entry in self.entries if not entry.column.is_p}
        graded = [axis for axis in columns.values() if axis.grade is not None]
        return len(graded) > 1 and all(axis.grade is not None or axis.whole for axis in columns.values())

    @cached_property
    def is_of_changes(self) -> bool:
        """Whether the caption says that the numbers are changes, and no row or column says which of them are."""
        if not CHANGES.search(self.caption.text):
            return False
        axes = [axis for entry in self.entries for axis in (entry.column, entry.row.axis)]
        return not any(axis.timepoint == "baseline" or "change" in axis.text.lower() for axis in axes)


class _Paper:
    """A study as a key: the same object is the same key, whatever it holds."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def __hash__(self) -> int:
        return id(self.study)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Paper) and other.study is self.study


def read_tables(study: Study) -> tuple[Reading, ...]:
    """The tables of a paper that hold data, read once for all that ask."""
    return _read_tables(_Paper(study))


@lru_cache(maxsize=1)
def _read_tables(paper: _Paper) -> tuple[Reading, ...]:
    study = paper.study
    spread, middle = stated_spread(study.document.text), stated_middle(study.document.text)
    tables = (table for table in study.document.tables if table.grid and len(table.grid[0]) > 1)
    text = study.document.text if study.document.format == "text" else None
    found = (read_table(table, study.arms, spread, middle, text) for table in tables)
    return tuple(replace(reading, abbreviations=study.reading.abbreviations) for reading in found)


def placed(datum: Datum, study: Study) -> Datum | None:
    """The datum with its arm, comparator or whole trial known; None where its number belongs to nobody.

    The columns of a trial with one arm need no name: what is no other arm's is that arm's.
    """
    meaning = datum.meaning
    labels = [arm.label for arm in study.arms.arms]
    if meaning.arm or meaning.comparator or (meaning.whole and len(labels) != 1):
        return datum
    reading = _reading_of(datum, study)
    if reading.caption.arm and not reading.arms and not meaning.whole:
        return replace(datum, meaning=replace(meaning, arm=reading.caption.arm))
    if meaning.whole and not reading.arms <= set(labels):
        return datum
    if reading.arms and not meaning.whole:
        return None
    if len(labels) == 1:
        return replace(datum, meaning=replace(meaning, arm=labels[0]))
    everybody = reading.has_one_column or reading.is_graded
    return replace(datum, meaning=replace(meaning, whole=True)) if everybody else None


def total_of(datum: Datum, figures: Figures, study: Study) -> int | None:
    """How many patients a figure is of: as printed beside it, in a head, or the arm's size where the percentage says so."""
    if figures.total is not None or datum.entry.size is not None:
        return figures.total if figures.total is not None else datum.entry.size
    size = study.arms.size(datum.arm)
    if figures.count:
        return size if consistent(figures.count, figures.percent, size) else None
    return size if figures.count == 0 and _is_borne_out(datum, size, study) else None


def _is_borne_out(datum: Datum, size: int | None, study: Study) -> bool:
    """Whether the other counts of an arm in the table have the percentages that its size gives them."""
    pairs = [
        (entry.value.parts[0].number, entry.value.parts[1].number)
        for entry in _reading_of(datum, study).entries
        if entry.meaning.arm == datum.entry.meaning.arm
        and [part.bracketed for part in entry.value.parts] == [False, True]
    ]
    return any(count for count, _ in pairs) and all(consistent(*pair, size) for pair in pairs if pair[0])


def fraction(datum: Datum, study: Study) -> Figures:
    """The count and total of a bare "62/99", believed where the group has about as many patients."""
    parts = datum.entry.value.parts
    size = datum.entry.size or study.arms.size(datum.arm)
    if not datum.figures.is_empty or size is None or len(parts) != 1 or len(parts[0].numbers) != 2:
        return datum.figures
    count, total = (int(number or 0) for number in parts[0].numbers)
    believed = count <= total and size * LEAST_ASSESSED <= total <= size
    return Figures(statistic="count", count=count, total=total) if believed else datum.figures


def _reading_of(datum: Datum, study: Study) -> Reading:
    return next(reading for reading in read_tables(study) if reading.table is datum.table)


def read_table(
    table: Table, book: ArmBook, spread: str | None = None, middle: str | None = None, text: str | None = None
) -> Reading:
    """A table's kind, caption and entries; `text` is the document's where it divides cells by tabs."""
    kind = table_kind(table, _compares(table, book))
    announced = tuple(announced_of(table))
    axis = read_caption(table, book)
    found = tuple(entries(table, book, kind, text))
    sizes: dict[str | None, int | None] = {arm.label: arm.size for arm in book.arms}
    sizes |= {None: book.arms[0].size} if len(book.arms) == 1 else {}
    return Reading(table, kind, axis, announced, spread, middle, found, sizes, NOTHING, NOTHING)


def data(reading: Reading) -> Iterator[Datum | Rejected]:
    """The data of a table in reading order."""
    drafts: list[Datum] = []
    counting = _counting(reading.entries)
    implied = _implied(reading.entries)
    open_keys: dict[tuple[object, ...], list[int]] = {}
    lead: Row | None = None
    for entry in reading.entries:
        if entry.row.ragged:
            yield rejected(entry, "the row lost cells, its columns are not sure")
            continue
        if not entry.value.is_numeric:
            continue
        announced = () if entry.value.parts[0].kind == "percent" else reading.announced
        if entry.cell.column in implied:
            announced = (*announced, ("count", "percent"))
        if reading.default_spread and _is_bare_pair(entry):
            announced = (*announced, ("mean", reading.default_spread))
        size = entry.size or reading.sizes.get(entry.meaning.arm)
        found = read_figures(entry.value, _candidates(entry, counting, reading.kind), size, announced)
        for figures in found or ((Figures(),) if entry.value.parts[0].kind == "slash" else ()):
            datum = Datum(entry, _named_spread(figures, reading), entry.meaning, (entry,))
            lead = entry.row if entry.row.stub.name else lead
            key = _key(datum, lead if lead and _is_spread_of(entry.row, lead) else entry.row)
            places = open_keys.setdefault(key, [])
            if not _merge(drafts, places, datum):
                places.append(len(drafts))
                drafts.append(datum)
    yield from (datum for datum in drafts if _says(datum))


def _is_bare_pair(entry: Entry) -> bool:
    """Whether a cell prints a decimal with another number in brackets, and neither head nor stub says what they are."""
    parts = entry.value.parts
    decimal = len(parts) == 2 and "." in str(parts[0].number) and parts[1].kind == "number" and parts[1].bracketed
    return decimal and not (entry.column.statistics or entry.row.axis.statistics)


def _says(datum: Datum) -> bool:
    figures = datum.figures
    if figures.is_empty:  # "9/2": the stub may say of what
        return datum.entry.value.parts[0].kind == "slash"
    return figures.is_main or figures.p_value is not None or figures.range is not None


def _is_spread_of(row: Row, lead: Row) -> bool:
    """Whether a row says no more than the spread of a row with numbers above it ("95% CI" below "Median OS")."""
    below = row.groups[-1:] == (lead.stub,) and not row.stub.name
    return below and row.stub.is_pure and row.stub.statistics[0][0] in SPREADS


def _key(datum: Datum, row_of: Row) -> tuple[object, ...]:
    """What cells share that print parts of one fact: "Mean" and "SD" in two columns, or in two rows of a group."""
    entry, meaning = datum.entry, datum.meaning
    groups = tuple(group.text for group in row_of.groups)
    row = row_of.index if row_of.stub.name or not row_of.groups else id(row_of.groups[-1])
    return (
        groups, row, row_of.stub.name, entry.column.name, meaning.arm, meaning.comparator, meaning.whole,
        meaning.grade, meaning.timepoint, meaning.population, entry.column.is_p,
    )  # fmt: skip


def _merge(drafts: list[Datum], places: list[int], datum: Datum) -> bool:
    """Put a cell's figures into the last fact of the same key that lacks them; a size into all facts of that cell."""
    done: Cell | None = None
    for place in reversed(places):
        draft = drafts[place]
        if done is not None and draft.entry.cell is not done:
            break
        if draft.entry.cell is datum.entry.cell or datum.figures.is_empty:
            continue
        joined = _with_size(draft, datum) or merged(draft.figures, datum.figures)
        if joined is not None:
            lead = datum if _counts(draft) and not _counts(datum) else draft
            drafts[place] = replace(lead, figures=joined, entries=(*draft.entries, *datum.entries))
            done = draft.entry.cell
            if datum.figures.is_main or datum.figures.total is None:
                break
    return done is not None


def _counts(datum: Datum) -> bool:
    figures = datum.figures
    return figures.statistic == "count" and figures.percent is None and datum.entry.column.is_pure


def _with_size(draft: Datum, datum: Datum) -> Figures | None:
    """A column `n` beside a column `Mean (SD)` is the group's size."""
    for size, other in ((draft, datum), (datum, draft)):
        if _counts(size) and other.figures.statistic in LOCATIONS and size.figures.count is not None:
            return replace(other.figures, total=size.figures.count)
    return None


def _counting(found: Iterable[Entry]) -> frozenset[int]:
    """Columns under "(%)" that print "57 (83.8)": their first numbers are counts, even where one stands alone."""
    pairs: dict[int, list[bool]] = {}
    for entry in found:
        parts = entry.value.parts
        whole = bool(parts) and parts[0].kind == "number" and "." not in str(parts[0].number)
        second = len(parts) == 2 and parts[1].bracketed and parts[1].kind in ("number", "percent")
        if whole and second and entry.size:
            second = _is_near(parts[0].number, parts[1].number, entry.size)
        pairs.setdefault(entry.cell.column, []).append(whole and second)
    return frozenset(column for column, shapes in pairs.items() if sum(shapes) * 2 >= len(shapes))


def _is_near(count: Decimal | None, percent: Decimal | None, size: int) -> bool:
    """Whether a percentage may be that of a count in a group of which a few were not assessed."""
    if count is None or percent is None:
        return False
    return abs(count * 100 / size - percent) <= max(MISSED, percent * MISSED / 10)


def _implied(found: Iterable[Entry]) -> frozenset[int]:
    """Columns whose pairs "12 (23)" all are a number with its percentage of one group, whatever its size."""
    bounds: dict[int, list[tuple[Decimal, Decimal]]] = {}
    for entry in found:
        parts = entry.value.parts
        if len(parts) != 2 or not parts[1].bracketed or parts[1].kind not in ("number", "percent"):
            continue
        count, percent = parts[0].number, parts[1].number
        if count and percent and ROUNDING < percent <= 100:
            low, high = (count * 100 / (percent + step) for step in (ROUNDING, -ROUNDING))
            bounds.setdefault(entry.cell.column, []).append((low, high))
    return frozenset(
        column
        for column, sizes in bounds.items()
        if len(set(sizes)) >= LEAST_PAIRS and max(low for low, _ in sizes) <= min(high for _, high in sizes)
    )


def _candidates(entry: Entry, counting: frozenset[int], kind: Kind) -> Iterator[tuple[str, ...]]:
    """The statistics that head and stub name, nearest first; a heading's mean or median comes before the column's n (%)."""
    column, stub = entry.column.statistics, entry.row.stub.statistics
    if entry.cell.column in counting:
        column, stub = _as_counts(column), _as_counts(stub)
    spreads = entry.column.is_pure and entry.column.statistics[0][0] in SPREADS
    # "Haematocrit (%)" under "Mean": a mean of percentages.
    located = kind != "baseline" and entry.row.stub.statistics == (("percent",),)
    located = located and any(names[0] in LOCATIONS for names in column)
    if entry.column.is_p or entry.column.is_comparison or spreads or located:
        yield from column
    if spreads:
        return
    yield from stub
    groups = [statistics for group in reversed(entry.row.groups) for statistics in group.statistics]
    yield from (statistics for statistics in groups if statistics[0] in LOCATIONS)
    yield from column
    yield from groups


def _as_counts(statistics: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(("count", "percent") if names == ("percent",) else names for names in statistics)


def _named_spread(figures: Figures, reading: Reading) -> Figures:
    """A +- that neither head nor stub names is what the paper says it always is."""
    if figures.statistic is None and figures.value is not None and figures.range is not None:
        return replace(figures, statistic=reading.default_middle)
    if figures.spread is None:
        return figures
    name = next((each for names in reading.announced for each in names if each in ("sd", "se")), reading.default_spread)
    named = replace(figures, spread=None, statistic=figures.statistic or "mean")
    return replace(named, sd=figures.spread) if name == "sd" else replace(named, se=figures.spread) if name else named


def _compares(table: Table, book: ArmBook) -> bool:
    heads = head_rows(table)
    texts = [label(cell.text) for row in table.grid[:heads] for cell in row if cell]
    texts.extend(label(row[0].text) for row in table.grid[heads:] if row[0])
    return len({arm for text in texts if text and (arm := book.resolve(text))}) > 1


def rejected(entry: Entry, reason: str) -> Rejected:
    """An entry that no fact is made of, and why."""
    text = f"{entry.row.stub.text}: {entry.value.text}"
    return Rejected(rule="tables", text=text, reason=reason, evidence=entry.evidence)
