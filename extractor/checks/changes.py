"""Columns of changes against the two columns whose difference they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from corpus.document import Cell, Table
from extractor.checks.arithmetic import decimals
from extractor.checks.audit import Audit, Verdict, finding
from extractor.tables.print import plain
from ontology import regex as re
from ontology.record import Check

WHAT = r"(?:changes?|reductions?|increases?|decreases?|improvements?|declines?|falls?|difference|variation)"
CUES = ("%", "ercent", "er cent")
RELATIVE = re.compile(
    rf"(?:%|\bper ?cent(?:age)?)\s*(?:of )?{WHAT}\b|\b{WHAT}\b[^()]*(?:\(%\)|\bin %|, ?%|\(per ?cent\))", re.IGNORECASE
)
ABSOLUTE = re.compile(rf"^(?:mean |absolute |net )?{WHAT}\b|^(?:Δ|delta\b)", re.IGNORECASE)
# Estimates of a model, or of patients seen twice only.
MODELLED = re.compile(r"adjust|least|\bLS\b|95|\bCI\b|between|versus|\bvs\b|treatment|group|\bp\b", re.IGNORECASE)
LEAD = re.compile(r"^\(?(?P<sign>[-+]?)\)? ?(?P<number>\d+(?:\.\d+)?)(?! ?/)")
FEW = 3
SURE = 3
# Columns before the change among which its two values are looked for.
REACH = 8


@dataclass(frozen=True)
class Row:
    """The two values of a row and their printed change."""

    first: Decimal
    second: Decimal
    change: Decimal
    cell: Cell
    cells: tuple[Cell, Cell]
    stub: str

    def span(self, *, relative: bool) -> tuple[float, float]:
        """The smallest and the largest change, without its sign, that the rounding of the values allows."""
        a, b = float(self.first), float(self.second)
        slack = 0.5 * 10.0 ** -decimals(self.first) + 0.5 * 10.0 ** -decimals(self.second)
        low, high = max(abs(b - a) - slack, 0.0), abs(b - a) + slack
        scale = 100 / abs(a) if relative and a else 1.0
        return low * scale, high * scale

    def fits(self, *, relative: bool) -> bool:
        """Whether the printed change is that of the values, rounded or cut."""
        low, high = self.span(relative=relative)
        unit = 10.0 ** -decimals(self.change)
        return low - unit <= float(abs(self.change)) <= high + unit


def changes(audit: Audit) -> Iterator[Check]:
    """A column of changes is the difference of two other columns, or that in percent of the first.

    The two are those that give most of the column; one row fails only where three times as many of the others hold.
    """
    for table in audit.document.tables:
        for column in range(FEW, len(table.grid[0]) if table.grid else 0):
            head = _head(table, column)
            relative = any(cue in head for cue in CUES) and bool(RELATIVE.search(head))
            if (relative or ABSOLUTE.search(head)) and not MODELLED.search(head):
                yield from _column(table, column, relative=relative)


def _column(table: Table, column: int, *, relative: bool) -> Iterator[Check]:
    body = table.grid[table.header_rows :]
    numbers = [[_number(cell) for cell in row[: column + 1]] for row in body]
    best: list[Row] = []
    for pair in combinations(range(max(column - REACH, 1), column), 2):
        found = (
            _row(row, known, (*pair, column))
            for row, known in zip(body, numbers, strict=True)
            if known[column] is not None
        )
        rows = [row for row in found if row]
        if _held(rows, relative=relative) > _held(best, relative=relative):
            best = rows
    held = _held(best, relative=relative)
    for row in best if held >= FEW and held >= SURE * (len(best) - held) else ():
        yield _check(table, row, relative=relative)


def _held(rows: list[Row], *, relative: bool) -> int:
    return sum(row.fits(relative=relative) and row.change != 0 for row in rows)


def _row(row: Sequence[Cell | None], numbers: Sequence[Decimal | None], columns: tuple[int, int, int]) -> Row | None:
    first, second, change = (numbers[column] for column in columns)
    one, other, last = (row[column] for column in columns)
    if first is None or second is None or change is None or one is None or other is None or last is None:
        return None
    if one is other or other is last:
        return None
    stub = next((plain(cell.text) for cell in row[: columns[0]] if cell and not plain(cell.text).isdecimal()), "")
    return Row(first, second, change, last, (one, other), stub)


def _number(cell: Cell | None) -> Decimal | None:
    match = LEAD.match(plain(cell.text)) if cell and cell.col_span == 1 else None
    return Decimal(match["sign"].replace("+", "") + match["number"]) if match else None


def _head(table: Table, column: int) -> str:
    heads = dict.fromkeys(plain(cell.text) for row in table.grid[: table.header_rows] if (cell := row[column]))
    return " ".join(heads)


def _check(table: Table, row: Row, *, relative: bool) -> Check:
    low, high = row.span(relative=relative)
    sign = "%" if relative else ""
    places = max(decimals(row.change), 1)
    middle = f"{(low + high) / 2:.{places}f}{sign}"
    holds = row.fits(relative=relative)
    text = (
        f"{table.label} prints {row.first} and {row.second} for {row.stub or 'a row'} and a change of {abs(row.change)}{sign}; "
        f"they differ by {middle}."
    )
    verdict: Verdict = "holds" if holds else "fails"
    evidence = (table.evidence(row.cell), *(table.evidence(cell) for cell in row.cells))
    return finding("changes", verdict, f"{abs(row.change)}{sign}", middle, text, evidence)
