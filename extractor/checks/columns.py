"""Counts with percentages in the columns of any table, whatever the table is of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.document import Cell, Table
from extractor.checks.arithmetic import USUAL, totals, units, way
from extractor.tables.heads import size_of
from extractor.tables.print import plain
from ontology import regex as re

# "24 (38.7)", "24/62 (38.7%)", "24 [39%]a"
COUNTED = re.compile(
    r"^(?P<count>\d{1,6})(?: ?/ ?(?P<total>\d{1,6}))? ?[(\[] ?(?P<percent>\d{1,3}(?:\.\d+)?) ?(?P<sign>%?) ?[)\]]\W*[a-z]?\W*$"
)
LARGEST = 20_000
# A total that no head gives is believed where it explains so many cells of the column.
FEW = 5
MOST = 0.8
# A percentage that many totals give does not tell which.
NEAR = 8
# Candidates are taken from the percentages that tell most.
SHARP = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """A cell that looks like a count with its percentage; `signed` where it prints the sign of percent.

    `own` tells that the total is printed in the cell, `sure` that cell or head prints it.
    """

    cell: Cell
    stub: str
    count: int
    percent: Decimal
    total: int | None
    signed: bool
    own: bool = False
    sure: bool = False


def counted(table: Table) -> Iterator[tuple[int, list[Counted]]]:
    """The columns of a table with their counts and totals; what has none is left out."""
    width = len(table.grid[0]) if table.grid else 0
    for column in range(1, width):
        found = [item for row in table.grid[table.header_rows :] if (item := _counted(row, column))]
        size = column_size(table, column)
        guess = size or _inferred(item for item in found if item.total is None)
        known = [item if item.own else replace(item, total=guess, sure=size is not None) for item in found]
        yield column, [item for item in known if item.total and item.count <= item.total and item.percent <= 100]


def _counted(row: tuple[Cell | None, ...], column: int) -> Counted | None:
    cell = row[column]
    if cell is None or cell.col_span > 1 or cell.column != column or not ("(" in cell.text or "[" in cell.text):
        return None
    match = COUNTED.match(plain(cell.text))
    if match is None:
        return None
    total = int(match["total"]) if match["total"] else None
    stub = plain(row[0].text) if row[0] else ""
    own, signed = total is not None, bool(match["sign"])
    return Counted(cell, stub, int(match["count"]), Decimal(match["percent"]), total, signed, own, own)


def column_size(table: Table, column: int) -> int | None:
    """The size that the head of a column gives."""
    heads = (plain(cell.text) for row in table.grid[: table.header_rows] if (cell := row[column]))
    return next((size for head in heads if (size := size_of(head))), None)


def _inferred(cells: Iterable[Counted]) -> int | None:
    """The total that gives most percentages of a column."""
    telling = [cell for cell in cells if cell.count and 0 < cell.percent < 100]
    if len(telling) < FEW:
        return None
    spreads = sorted((totals(cell.count, cell.percent, LARGEST) for cell in telling), key=len)
    candidates = {size for spread in [s for s in spreads if s][:SHARP] for size in spread[:NEAR]}
    candidates |= {size - 1 for size in candidates}
    most = max(cell.count for cell in telling)
    figures = [(cell.count, *units(cell.percent)) for cell in telling]
    votes = {
        size: sum(way(count, size, printed, scale) in USUAL for count, printed, scale in figures)
        for size in candidates
        if size >= most
    }
    best = max(votes, key=lambda size: (votes[size], -size), default=None)
    return best if best is not None and votes[best] >= max(MOST * len(telling), FEW) else None
