"""Columns for all patients against the columns of their groups, and rows of totals against the rows above them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean, median

from corpus.document import Cell, Table
from extractor.checks.arithmetic import USUAL, decimals, rounding
from extractor.checks.audit import Audit, Verdict, finding
from extractor.checks.columns import column_size
from extractor.tables.print import plain
from ontology import regex as re
from ontology.record import Check

SHARE = re.compile(r"^(?P<count>\d{1,6}) ?[(\[](?P<percent>\d{1,3}(?:\.\d+)?) ?%?[)\]]$")
MEAN = re.compile(r"^(?P<mean>-?\d+(?:\.\d+)?) ?± ?\d+(?:\.\d+)?$")
TOTAL = re.compile(
    r"^(?:grand )?(?:total|sum|overall|all)(?: (?:patients|number|cases|events))?(?:,? n)?(?: ?\(%\)| ?\(n\))?$",
    re.IGNORECASE,
)
WHOLE = re.compile(r"^(?P<count>\d{1,6})(?: ?[(\[]100(?:\.0+)? ?%?[)\]])?$")
PART = re.compile(r"^(?P<count>\d{1,6})(?: ?[(\[]\d{1,3}(?:\.\d+)? ?%?[)\]])?$")
NUMBER = re.compile(r"^[-+]?\d+(?:\.\d+)?$")
# What stands below a list of patients.
SUMMARIES: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "mean": mean,
    "average": mean,
    "median": median,
    "min": min,
    "minimum": min,
    "max": max,
    "maximum": max,
}
LISTED = 5
# Units of the last digit that rounding explains: to the nearest, and cut.
EXTREME, AVERAGE = Decimal("0.5"), Decimal("0.99")
FEW = 2
SURE = 3


@dataclass(frozen=True)
class Row:
    """What the groups of a row give and what the column for all prints."""

    stub: str
    cells: tuple[Cell, ...]
    printed: Decimal
    made: Decimal
    slack: Decimal

    @property
    def holds(self) -> bool:
        """Whether the one is the other within rounding."""
        return abs(self.printed - self.made) <= self.slack


def columns(audit: Audit) -> Iterator[Check]:
    """A column whose size is the sum of the other sizes counts what they count, and has the mean of their means by size.

    A row fails only where two others of the table, and three of four, hold.
    """
    for table in audit.document.tables:
        sizes = {c: size for c in range(1, len(table.grid[0]) if table.grid else 0) if (size := column_size(table, c))}
        whole = next((c for c, size in sizes.items() if len(sizes) > FEW and 2 * size == sum(sizes.values())), None)
        if whole is not None:
            parts = {c: size for c, size in sizes.items() if c != whole}
            rows = [row for grid in table.grid[table.header_rows :] if (row := _row(grid, whole, parts, sizes[whole]))]
            yield from _checks(table, rows, "in all; its groups make")


def _row(grid: Sequence[Cell | None], whole: int, parts: dict[int, int], size: int) -> Row | None:
    cells = [grid[column] for column in (*parts, whole)]
    kept = tuple(cell for cell in cells if cell)
    if len({id(cell) for cell in kept}) < len(cells):
        return None
    texts = [plain(cell.text) for cell in kept]
    stub = next((plain(cell.text) for cell in grid[:1] if cell), "")
    if all(found := [SHARE.match(text) for text in texts]):
        counts = [int(match["count"]) for match in found if match]
        fits = [
            rounding(n, m, Decimal(f["percent"])) in USUAL
            for n, m, f in zip(counts, (*parts.values(), size), found, strict=True)
            if f
        ]
        if 2 * sum(fits) > len(fits):
            return Row(stub, kept, Decimal(counts[-1]), Decimal(sum(counts[:-1])), Decimal(0))
    if all(found := [MEAN.match(text) for text in texts]):
        means = [Decimal(match["mean"]) for match in found if match]
        made = sum((n * mean for n, mean in zip(parts.values(), means, strict=False)), Decimal(0)) / size
        slack = sum(
            (
                Decimal(1).scaleb(-decimals(mean)) / 2
                for mean in (means[-1], max(means[:-1], key=lambda m: -decimals(m)))
            ),
            Decimal(0),
        )
        return Row(stub, kept, means[-1], round(made, decimals(means[-1]) + 1), slack)
    return None


def totals(audit: Audit) -> Iterator[Check]:
    """The counts above a last row of totals make it, column by column; one fails only where two others of the row hold."""
    for table in audit.document.tables:
        body = table.grid[table.header_rows :]
        if len(body) <= FEW or not body[-1][0] or not TOTAL.match(plain(body[-1][0].text)):
            continue
        rows = []
        for column in range(1, len(body[-1])):
            cells = [row[column] for row in body]
            last = WHOLE.match(plain(cells[-1].text)) if cells[-1] else None
            parts = [PART.match(plain(cell.text)) for cell in cells[:-1] if cell and plain(cell.text)]
            if last and len(parts) >= FEW and all(parts) and cells[-1]:
                made = sum(int(part["count"]) for part in parts if part)
                rows.append(Row("the total", (cells[-1],), Decimal(last["count"]), Decimal(made), Decimal(0)))
        yield from (
            _checks(table, rows, "in the last row; the rows above make")
            if sum(row.holds for row in rows) >= FEW
            else ()
        )


def summaries(audit: Audit) -> Iterator[Check]:
    """The mean, median, smallest or largest value below a list of patients is that of the values above it.

    One fails where others of the table hold; a mean or median may be of some of the patients.
    """
    for table in audit.document.tables:
        body = table.grid[table.header_rows :]
        stubs = [plain(row[0].text).lower().strip(" :.()") if row[0] else "" for row in body]
        first = next((number for number, stub in enumerate(stubs) if stub in SUMMARIES), 0)
        if first < LISTED:
            continue
        rows = [
            row
            for number in range(first, len(body))
            if stubs[number] in SUMMARIES
            for column in range(1, len(body[number]))
            if (row := _summary(body[:first], body[number][column], column, stubs[number]))
        ]
        held = sum(row.holds for row in rows)
        for row in rows if held >= FEW else ():
            extreme = row.stub.startswith(("the min", "the max")) and held >= LISTED
            proven = extreme or held >= SURE * (len(rows) - held)
            yield _check(table, row, "ranges.listed", "below its list; the list gives", proven=proven)


def _summary(listed: Sequence[Sequence[Cell | None]], cell: Cell | None, column: int, name: str) -> Row | None:
    printed = NUMBER.match(plain(cell.text)) if cell else None
    found = [NUMBER.match(plain(c.text)) for row in listed if (c := row[column])]
    values = [Decimal(match[0]) for match in found if match]
    if cell is None or printed is None or len(values) < LISTED:
        return None
    value = Decimal(printed[0])
    made = SUMMARIES[name](values)
    slack = EXTREME if name[:3] in ("min", "max") else AVERAGE
    unit = Decimal(1).scaleb(-decimals(value))
    return Row(f"the {name} of column {column}", (cell,), value, round(made, decimals(value) + 2), slack * unit)


def _checks(table: Table, rows: Sequence[Row], words: str) -> Iterator[Check]:
    held = sum(row.holds for row in rows)
    proven = held >= FEW and held >= SURE * (len(rows) - held)
    for row in rows:
        yield _check(table, row, "sums.columns", words, proven=proven)


def _check(table: Table, row: Row, kind: str, words: str, *, proven: bool) -> Check:
    verdict: Verdict = "holds" if row.holds else "fails" if proven else "undecided"
    text = f"{table.label} prints {row.printed} for {row.stub} {words} {row.made}."
    evidence = tuple(table.evidence(cell) for cell in row.cells[::-1])
    return finding(kind, verdict, str(row.printed), str(row.made), text, evidence)
