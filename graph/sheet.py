"""The extraction sheet of a paper, as a reviewer would sign it: Rich tables, one an entity, derived from the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from graph import wording
from graph.sections import COUNTED, HEAD, MATRICES, Matrix, section_of
from ontology.record import Evidence, Fact, TrialRecord, fact_lists

# Blanks between two columns, and the longest word that is never broken.
GAP = 2
WIDEST_WORD = 24

Quote = Callable[[Sequence[Evidence]], str]


def sheet(record: TrialRecord, text: str = "", *, evidence: bool = False) -> Group:
    """The whole sheet; `evidence` adds the quoted places of `text` to every fact."""
    quote: Quote | None = partial(wording.places, text=text) if evidence else None
    parts: list[RenderableType] = [*head(record)]
    for name in fact_lists():
        facts = getattr(record, name)
        if facts and name not in COUNTED:
            parts.extend(part for table in entity(name, facts, quote) for part in (Text(), table))
    parts.extend((Text(), Text(foot(record), style="dim")))
    return Group(*parts)


def head(record: TrialRecord) -> Iterator[RenderableType]:
    """Title, journal and the line of facts on the trial."""
    paper = record.paper
    yield Text(wording.printable(paper.title or record.document.id), style="bold")
    where = " ".join(words for words in (paper.journal, wording.words(paper.year), paper.volume, paper.pages) if words)
    yield Text(wording.printable("  ".join(part for part in (where, paper.doi) if part)), style="dim")
    grid = Table.grid(padding=(0, 2))
    for label, reads in HEAD:
        if value := reads(record):
            grid.add_row(Text(label, style="cyan"), wording.printable(value))
    yield grid


def entity(name: str, facts: Sequence[Fact], quote: Quote | None) -> Iterator[Group]:
    """The tables of one list: matrices, a section of the sheet, or all fields of a type that has none."""
    if name in MATRICES and quote is None:
        yield from matrices(name, facts)
    else:
        yield listing(name, facts, quote)


def listing(name: str, facts: Sequence[Fact], quote: Quote | None) -> Group:
    """A table with a row a fact; the first column is printed where it changes."""
    section = section_of(name)
    word, is_counted = section.counted or ("", lambda _: False)
    shown = [fact for fact in facts if not is_counted(fact)]
    columns = [column for column in section.columns if any(column[1](fact) for fact in shown)]
    titles = [title for title, _ in columns]
    rows = [[wording.printable(reads(fact)) for _, reads in columns] for fact in shown]
    if quote:
        titles.append("where")
        rows = [[*cells, wording.printable(quote(fact.evidence))] for cells, fact in zip(rows, shown, strict=True)]
    table = Fitted(tuple(titles), tuple(map(tuple, rows)))
    return titled(f"{section.title} ({len(facts) - len(shown)} {word})" if word else section.title, table)


@dataclass(frozen=True)
class Fitted:
    """A table whose columns share the console's width so that no word is broken while there is room."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The table, its columns cut to their shares."""
        table = started()
        columns = list(zip(self.titles, *self.rows, strict=True))
        naturals = [max(map(len, cells)) for cells in columns]
        words = [max((len(word) for cell in cells for word in cell.split()), default=1) for cells in columns]
        room = options.max_width - GAP * (len(columns) - 1)
        for title, width in zip(self.titles, shares(naturals, words, room), strict=True):
            table.add_column(title, overflow="fold", max_width=width, style="dim" if title == "where" else "")
        before = None
        for first, *others in self.rows:
            table.add_row("" if first == before else first, *others)
            before = first
        yield table


def shares(naturals: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """The widths of columns in so much `room`: each has its longest word's, then those that lack least are made whole."""
    widths = [min(word, WIDEST_WORD) for word in words]
    spare = max(0, room - sum(widths))
    needs = [natural - width for natural, width in zip(naturals, widths, strict=True)]
    for place in sorted(range(len(needs)), key=needs.__getitem__):
        more = min(needs[place], spare)
        widths[place] += more
        spare -= more
    return widths


def matrices(name: str, facts: Sequence[Fact]) -> Iterator[Group]:
    """A list as matrices, in the order in which their titles come up."""
    tables: dict[str, list[Fact]] = {}
    for fact in facts:
        tables.setdefault(MATRICES[name].title(fact), []).append(fact)
    for title, members in tables.items():
        yield matrix(title, MATRICES[name], members)


def matrix(title: str, reads: Matrix, facts: Sequence[Fact]) -> Group:
    """Facts as rows and columns; several facts of one cell stand side by side."""
    columns = list(dict.fromkeys(reads.column(fact) for fact in facts))
    cells: dict[str, dict[str, list[str]]] = {}
    for fact in facts:
        cells.setdefault(reads.row(fact), {}).setdefault(reads.column(fact), []).append(wording.cell(fact))
    table = started()
    table.add_column("", overflow="fold", min_width=min(40, max(map(len, cells))))
    for column in columns:
        table.add_column("\n".join(map(wording.printable, column.split("\n"))), justify="right", overflow="fold")
    for row, found in cells.items():
        table.add_row(wording.printable(row), *("; ".join(found.get(column, ())) for column in columns))
    return titled(title, table)


def titled(title: str, table: RenderableType) -> Group:
    """A table under its title; a title of its own would be broken to the table's width."""
    return Group(Text(wording.printable(title), style="bold"), table)


def started() -> Table:
    """An empty table in the style of the sheet."""
    return Table(header_style="cyan", box=None, pad_edge=False)


def foot(record: TrialRecord) -> str:
    """What is counted and not shown, and where the record comes from."""
    counts = [f"{len(getattr(record, name))} {name}" for name in COUNTED]
    document = record.document
    return f"{', '.join(counts)}; {document.source}, {document.format}, {document.characters} characters"
