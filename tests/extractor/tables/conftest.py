"""Tables written as text, made into studies: `|` parts cells, `<` goes on with the cell to the left, `^` with that above,
`~` is no cell at all, as in the text of a converter."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from corpus.document import Cell, Document, Passage, Section, Table
from extractor.arm_book import ArmBook, book
from extractor.reading import read
from extractor.study import Rejected, Study
from ontology.record import Arm, Fact

RESULTS = Section("Results", "results", 1, 0, 0)
ARMS = (
    Arm(label="velorastinib", role="experimental", size=52, synonyms=("VEL",)),
    Arm(label="placebo", role="comparator", size=50, synonyms=("PBO",)),
)


def rows_of(text: str) -> list[list[str]]:
    rows = [[cell.strip() for cell in line.strip().split("|")] for line in text.strip().splitlines()]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def table_of(text: str, caption: str = "", notes: Sequence[str] = (), heads: int = 1, offset: int = 0) -> Table:
    """A table as a JATS reader makes it; a cell's offsets are those in the rows joined by tabs and line ends."""
    grid: list[list[Cell | None]] = []
    place = offset
    for r, row in enumerate(rows_of(text)):
        line: list[Cell | None] = []
        for c, printed in enumerate(row):
            if printed == "<":
                line.append(line[-1])
            elif printed == "^":
                line.append(grid[-1][c])
            elif printed == "~":
                line.append(None)
            else:
                line.append(Cell(printed, place, place + len(printed), r, c, header=r < heads))
                place += len(printed)
            place += 1
        grid.append(line)
    return Table(
        label="Table 1",
        caption=passage(caption) if caption else None,
        grid=tuple(map(tuple, grid)),
        header_rows=heads,
        footnotes=tuple(map(passage, notes)),
        section=RESULTS,
        start=offset,
        end=place,
    )


def passage(text: str) -> Passage:
    return Passage(text, range(len(text)), "caption", RESULTS)


def printed(text: str) -> str:
    """The text that the offsets of `table_of` count in."""
    rows = [["" if cell in "<^~" else cell for cell in row] for row in rows_of(text)]
    return "\n".join("\t".join(row) for row in rows)


def study_of(
    text: str, caption: str = "", notes: Sequence[str] = (), heads: int = 1, arms: Sequence[Arm] = ARMS
) -> Study:
    body = printed(text)
    table = table_of(text, caption, notes, heads)
    document = Document(id="trial", source="trial.xml", format="jats", sha256="", text=body, tables=(table,))
    return Study(read(document), book(arms))


def said(fact: Fact, *names: str) -> tuple[Any, ...]:
    """What a fact says in these fields; numbers as they are printed."""
    values = fact.model_dump(exclude_none=True)
    found = (values.get(name) for name in names)
    return tuple(value if value is None or isinstance(value, (int, dict, bool)) else str(value) for value in found)


def facts_of(extractor: Callable[[Study], Any], study: Study, *names: str) -> list[tuple[Any, ...]]:
    return [said(fact, *names) for fact in extractor(study) if not isinstance(fact, Rejected)]


@pytest.fixture
def table() -> Callable[..., Table]:
    return table_of


@pytest.fixture
def study() -> Callable[..., Study]:
    return study_of


@pytest.fixture
def facts() -> Callable[..., list[tuple[Any, ...]]]:
    return facts_of


@pytest.fixture
def arms() -> ArmBook:
    return book(ARMS)
