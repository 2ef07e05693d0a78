"""The same row in two tables: means with their deviations that are printed twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.document import Cell, Table
from extractor.checks.audit import Audit, Verdict, finding
from extractor.checks.columns import column_size
from extractor.tables.heads import head_path, without_size
from extractor.tables.print import plain
from ontology import regex as re
from ontology.record import Check

# "168.3 (5.9)", "168.3 ± 5.9"
SPREAD = re.compile(r"^(?P<value>-?\d+\.\d+) ?(?:[(\[]|±) ?(?P<spread>\d+\.\d+)[)\]]?$")
NEAR = Decimal("0.01")
FEWEST = 2


@dataclass(frozen=True)
class Row:
    """The cells of a row that hold a value with its spread, each with the head over it and the size of its group."""

    table: Table
    stub: str
    cells: tuple[Cell, ...]
    heads: tuple[str, ...]
    sizes: tuple[int | None, ...]

    @property
    def figures(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """Value and spread of each cell."""
        found = (SPREAD.match(plain(cell.text)) for cell in self.cells)
        return tuple((Decimal(match["value"]), Decimal(match["spread"])) for match in found if match)


def rows(audit: Audit) -> Iterator[Check]:
    """A row of means that two tables print for groups of the same sizes is the same in both.

    The rows are those that have a cell in common, and in every other a value within one percent.
    """
    known: dict[str, list[Row]] = defaultdict(list)
    for table in audit.document.tables:
        found = list(_rows(table))
        for row in found:
            twins = {id(twin): twin for cell in row.cells for twin in known.get(plain(cell.text), ())}
            for twin in twins.values():
                yield from _compared(twin, row)
        for row in found:
            for cell in row.cells:
                known[plain(cell.text)].append(row)


def _rows(table: Table) -> Iterator[Row]:
    for grid in table.grid[table.header_rows :]:
        held = [(column, cell) for column, cell in enumerate(grid) if column and cell and _is_spread(cell.text)]
        if len(held) >= FEWEST:
            heads = tuple(_head(table, column) for column, _ in held)
            sizes = tuple(column_size(table, column) for column, _ in held)
            yield Row(table, plain(grid[0].text) if grid[0] else "", tuple(cell for _, cell in held), heads, sizes)


def _head(table: Table, column: int) -> str:
    return without_size(" ".join(plain(cell.text) for cell in head_path(table, column, table.header_rows)))


def _is_spread(text: str) -> bool:
    return "." in text and bool(SPREAD.match(plain(text)))


def _compared(first: Row, second: Row) -> Iterator[Check]:
    one, other = first.figures, second.figures
    if len(one) != len(other) or not any(a == b for a, b in zip(one, other, strict=True)):
        return
    if any(abs(a[0] - b[0]) > NEAR * abs(a[0]) for a, b in zip(one, other, strict=True)):
        return
    if any(a and b and a != b for a, b in zip(first.sizes, second.sizes, strict=True)):
        return
    same = first.heads == second.heads
    for place_, (a, b) in enumerate(zip(one, other, strict=True)):
        here, there = plain(first.cells[place_].text), plain(second.cells[place_].text)
        verdict: Verdict = "holds" if a == b else "fails" if same else "undecided"
        text = f"{first.table.label} prints {here} for {first.stub} and {second.table.label} {there} for {second.stub} of the same group."
        evidence = (first.table.evidence(first.cells[place_]), second.table.evidence(second.cells[place_]))
        yield finding("voices.rows", verdict, here, there, text, evidence)
