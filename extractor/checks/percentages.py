"""Printed percentages against their counts and totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extractor.checks.arithmetic import CUT, ROUNDED, UP, USUAL, counts, percentage, rounding, totals
from extractor.checks.audit import Audit, Verdict, finding, place
from extractor.checks.proportions import Proportion, cells, fractions
from ontology.record import Check

TRUSTED = 0.75
FEW = 3
FORMULA = "100 x count / total"


def stated_fractions(audit: Audit) -> Iterator[Check]:
    """Percentages of running text whose count and total stand beside them: 100 x count / total.

    Where several of one total do not follow it, they are of another.
    """
    misfits = Cells((*fractions(audit), *cells(audit)))
    for proportion in fractions(audit):
        if proportion.rounding in USUAL:
            yield _holds(proportion, proportion.total)
            continue
        other = _known(audit, proportion)
        if proportion.rounding == UP:
            yield _doubt(proportion, "undecided", f"which prints so only when {UP}")
        elif other:
            yield _doubt(proportion, "undecided", f"while it is the percentage of {other} ({audit.sizes[other]})")
        elif misfits.shares(proportion):
            yield _doubt(proportion, "undecided", "like others of this total, which may be of another")
        else:
            yield _doubt(proportion, "fails", _remedy(proportion))


def table_cells(audit: Audit) -> Iterator[Check]:
    """Percentages of table cells against the size of their column: 100 x count / total.

    A cell fails only where the rest of its column proves the total, its neighbours in the row and its group
    follow their totals too, and no other total explains it.
    """
    table, everything = Cells(cells(audit)), Cells((*fractions(audit), *cells(audit)))
    doubted: set[tuple[object, ...]] = set()
    for cell in table.cells:
        if cell.rounding in USUAL:
            yield _holds(cell, cell.total)
        elif not cell.sure:
            continue
        elif cell.rounding == UP:
            yield _doubt(cell, "undecided", f"which prints so only when {UP}")
        elif table.divides(cell):
            yield _doubt(cell, "fails", f"and the categories make {cell.total}, {_remedy(cell)}")
        elif table.trusts(cell) or (cell.own and not everything.shares(cell)):
            yield _own(cell, audit) if cell.own and not everything.shares(cell) else _misfit(cell, table, audit)
        elif table.column(cell) not in doubted:
            doubted.add(table.column(cell))
            yield _doubt(cell, "undecided", "like other percentages of its column, which may be of another total")


@dataclass(frozen=True)
class Cells:
    """The cells of a paper's tables, to be asked by column, row and group."""

    cells: tuple[Proportion, ...]

    @staticmethod
    def column(cell: Proportion) -> tuple[object, ...]:
        """The cells that should share its total."""
        return cell.table, cell.column, cell.total

    @cached_property
    def columns(self) -> dict[tuple[object, ...], list[Proportion]]:
        """The cells of each column."""
        found: dict[tuple[object, ...], list[Proportion]] = defaultdict(list)
        for cell in self.cells:
            found[self.column(cell)].append(cell)
        return found

    def trusts(self, cell: Proportion) -> bool:
        """Whether the other cells of the column and of the row follow their totals."""
        others = [other for other in self.columns[self.column(cell)] if other is not cell]
        right = sum(other.rounding in USUAL for other in others)
        row = [
            other for other in self.cells if (other.table, other.row) == (cell.table, cell.row) and other is not cell
        ]
        return (
            right >= FEW
            and right >= TRUSTED * len(others)
            and all(other.rounding in USUAL for other in row if other.column != cell.column)
        )

    def divides(self, cell: Proportion) -> bool:
        """Whether the categories of the cell's variable make the total, and most of the others follow it."""
        others = self.group(cell)
        right = sum(other.rounding in USUAL for other in others)
        return 0 < len(others) <= 2 * right and cell.count + sum(other.count for other in others) == cell.total

    def shares(self, cell: Proportion) -> bool:
        """Whether another count printed with its total does not follow it either: the percentages are of another."""
        return any(
            other.rounding is None
            and other.total == cell.total
            and (other.own or other.table is None)
            and (other.count, other.percent) != (cell.count, cell.percent)
            for other in self.cells
        )

    def group(self, cell: Proportion) -> list[Proportion]:
        """The other categories of the same variable in the same arm."""
        if not cell.group:
            return []
        return [o for o in self.cells if o.group == cell.group and o.row != cell.row and o.column == cell.column]


def _own(cell: Proportion, audit: Audit) -> Check:
    """The verdict on a cell with a total of its own."""
    other = _known(audit, cell)
    why = f"while it is the percentage of {other}, printed elsewhere" if other else _remedy(cell)
    return _doubt(cell, "undecided" if other else "fails", why)


def _misfit(cell: Proportion, table: Cells, audit: Audit) -> Check:
    """The verdict on a cell whose column is trusted and whose percentage is not of the column's total."""
    group = table.group(cell)
    known = cell.count + sum(other.count for other in group)
    if group and 0 < known < cell.total and rounding(cell.count, known, cell.percent) in USUAL:
        return _holds(cell, known)
    proven = bool(group) and all(other.rounding in (ROUNDED, CUT) for other in group)
    if not (proven and known == cell.total):
        other = _known(audit, cell) or _subset(cell, table)
        if other:
            return _doubt(cell, "undecided", f"while it is the percentage of {other}, printed elsewhere")
    fitting = totals(cell.count, cell.percent, cell.total)
    if fitting and not proven:
        return _doubt(cell, "undecided", f"while a total of {_span(fitting)} would give it")
    return _doubt(cell, "fails", _remedy(cell))


def _known(audit: Audit, cell: Proportion) -> int | None:
    """Another size that the paper gives, of which the count is the printed percentage.

    A count with its total beside it is of no group but one of the trial's own.
    """
    own = cell.own or cell.table is None
    sizes = (
        size for size in (audit.sizes if own else audit.printed_sizes) if size >= cell.count and size != cell.total
    )
    return next((size for size in sizes if rounding(cell.count, size, cell.percent) in (ROUNDED, CUT)), None)


def _subset(cell: Proportion, table: Cells) -> int | None:
    """A count of the same column, of which the cell is the printed percentage: the cell is of a subset."""
    for other in table.columns[table.column(cell)]:
        fits = other.count >= cell.count and rounding(cell.count, other.count, cell.percent) in (ROUNDED, CUT)
        if other.row != cell.row and fits:
            return other.count
    return None


def _remedy(cell: Proportion) -> str:
    """What would make the figures agree."""
    fitting = counts(cell.total, cell.percent)
    if fitting:
        return f"while {cell.percent}% of {cell.total} is {_span(fitting)}"
    other = totals(cell.count, cell.percent, 10 * cell.total)
    if other:
        return f"while {cell.count} is {cell.percent}% of {_span(other)}, and no count of {cell.total} gives {cell.percent}%"
    return f"and no count of {cell.total} gives {cell.percent}%"


def _span(numbers: range) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"


def _what(cell: Proportion) -> str:
    return f"{cell.count} ({cell.percent}%)" + (f" for {cell.label}" if cell.label else "")


def _holds(cell: Proportion, total: int) -> Check:
    exact = percentage(cell.count, total, 2)
    of = f"{cell.count} of {total}"
    if total != cell.total:
        of += f", the sum of the categories (column: {cell.total}),"
    text = f"{place(cell.evidence[0])} prints {_what(cell)}; {of} is {exact} ({FORMULA}), {cell.rounding or ROUNDED}."
    return finding("percentages", "holds", cell.printed, exact, text, cell.evidence)


def _doubt(cell: Proportion, verdict: Verdict, why: str) -> Check:
    exact = percentage(cell.count, cell.total, 2)
    text = (
        f"{place(cell.evidence[0])} prints {_what(cell)}; {cell.count} of {cell.total} is {exact} ({FORMULA}), {why}."
    )
    return finding("percentages", verdict, cell.printed, exact, text, cell.evidence)
