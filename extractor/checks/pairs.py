"""The same comparison told twice: two values with their p-value, in abstract, text and tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from corpus.document import Cell, Table
from extractor.checks.arithmetic import decimals
from extractor.checks.audit import Audit, Verdict, finding, place
from extractor.checks.comparisons import p_cell, p_columns
from extractor.quantities import p_value
from extractor.tables.print import plain
from ontology import regex as re
from ontology.record import Check, Evidence, PValue

# "76.1% vs. 57.0%, ", "3 (4.4%) cases after surgery and 8 (11.1%) after both (", "14.2 months versus 10.5 months; "
VALUE = r"(?<![\d.,/<>=-])(?P<{0}>\d{{1,4}}(?:\.\d+)?) ?(?P<{0}_unit>%|per ?cent|months?|weeks?|days?|years?|points?|mm ?Hg|mg|h|min)?[)\]]?"
PAIR = re.compile(
    rf"{VALUE.format('a')}(?P<between>[^;%]{{1,80}}?){VALUE.format('b')}(?P<rest>[^\d%]{{0,60}})$", re.IGNORECASE
)
VERSUS = re.compile(r"\b(?:vs|versus|compared|and|while|whereas|against|than)\b", re.IGNORECASE)
BREAK = re.compile(r"\. [A-Z]")
NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]*\d)")
REACH = 190
WORD = re.compile(r"[a-z]{4,}")
COMMON = frozenset(
    "with from than that were this group groups arms patients respectively between compared versus significantly significant".split()
)
STEM = 6
# Words of two sentences that both need, and the part of the shorter one's that they share.
FEW = 3
ALIKE = 0.6
# Two printed values that differ by less than this are the same figure misprinted.
NEAR = Decimal("0.2")


@dataclass(frozen=True)
class Pair:
    """Two values that are compared, their p-value, the words around them and their place."""

    values: tuple[Decimal, Decimal]
    unit: str
    p: PValue
    words: frozenset[str]
    evidence: tuple[Evidence, ...]

    @property
    def printed(self) -> str:
        """The figures as a reader sees them."""
        return f"{self.values[0]}{self.unit} and {self.values[1]}{self.unit} (P{self.p.relation}{self.p.value})"


@lru_cache(maxsize=2)
def pairs(audit: Audit) -> tuple[Pair, ...]:
    """The comparisons of running text and legends."""
    return tuple(_pairs(audit))


def _pairs(audit: Audit) -> Iterator[Pair]:
    for passage, chance in audit.chances:
        text = passage.search
        first = max(0, chance.start() - REACH)
        window = text[first : chance.start()]
        match = PAIR.search(window) if VERSUS.search(window) else None
        value = p_value(chance["p_value"], chance["p_relation"]) if match else None
        if match is None or value is None or not VERSUS.search(match["between"]):
            continue
        units = {unit for unit in (match["a_unit"], match["b_unit"]) if unit}
        whole = not match["b_unit"] and not ("." in match["a"] and "." in match["b"])
        if whole or len(units) > 1 or BREAK.search(match["between"] + match["rest"]):
            continue
        start = first + match.start()
        sentence = max(text.rfind(". ", 0, start) + 2, start - REACH)
        values = (Decimal(match["a"]), Decimal(match["b"]))
        unit = "%" if "%" in units else f" {units.pop()}" if units else ""
        yield Pair(values, unit, value, words(text[sentence : chance.start()]), passage.evidence(start, chance.end()))


def words(text: str) -> frozenset[str]:
    """The stems of the words that tell what a sentence is of."""
    return frozenset(word.rstrip("s")[:STEM] for word in WORD.findall(text.lower()) if word not in COMMON)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences speak of the same."""
    shared = len(one & other)
    return shared >= FEW and shared >= ALIKE * min(len(one), len(other))


def told_twice(audit: Audit) -> Iterator[Check]:
    """A comparison that is printed twice has the same two values and the same p-value."""
    exact: dict[Decimal, list[Pair]] = defaultdict(list)
    for pair in pairs(audit):
        if pair.p.relation == "=":
            for other in exact[pair.p.value.normalize()]:
                yield from _same_p(other, pair)
            exact[pair.p.value.normalize()].append(pair)
    found = pairs(audit)
    for number, first in enumerate(found):
        for second in found[number + 1 :]:
            if first.values == second.values and first.unit == second.unit and alike(first.words, second.words):
                yield from _same_values(first, second)


def _same_p(first: Pair, second: Pair) -> Iterator[Check]:
    """Two comparisons with the same p-value, of the same things: their values are the same."""
    differing = sum(not same(a, b) for a, b in zip(first.values, second.values, strict=True))
    if first.unit != second.unit or not differing or not alike(first.words, second.words):
        return
    near = all(abs(a - b) <= NEAR * max(a, b) for a, b in zip(first.values, second.values, strict=True))
    if near and decimals(second.p.value) >= FEW:
        yield _check(first, second, "fails")


def _same_values(first: Pair, second: Pair) -> Iterator[Check]:
    """Two comparisons with the same values: their p-values are the same."""
    if not all(decimals(value) for value in first.values):
        return
    exact = first.p.relation == second.p.relation == "="
    if exact and same(first.p.value, second.p.value):
        yield _check(first, second, "holds")
    elif exact:
        yield _check(first, second, "undecided")


def _check(first: Pair, second: Pair, verdict: Verdict) -> Check:
    here, there = place(first.evidence[0]), place(second.evidence[0])
    text = f"{here} prints {first.printed} and {there} prints {second.printed} for one comparison."
    return finding(
        "voices.comparison", verdict, first.printed, second.printed, text, (*first.evidence, *second.evidence)
    )


def in_tables(audit: Audit) -> Iterator[Check]:
    """A comparison of the text whose p-value and one value stand in a row of a table has its other value too."""
    exact = {pair.p.value for pair in pairs(audit) if pair.p.relation == "="}
    for table in audit.document.tables if exact else ():
        for column in p_columns(table):
            for number in range(table.header_rows, len(table.grid)):
                yield from _row(table, number, column, audit)


def _row(table: Table, number: int, column: int, audit: Audit) -> Iterator[Check]:
    row = table.grid[number]
    chance = p_cell(row[column])
    if chance is None or chance[1].relation != "=":
        return
    if not any(pair.p.relation == "=" and same(pair.p.value, chance[1].value) for pair in pairs(audit)):
        return
    cells = {id(cell): cell for cell in row[1:] if cell and cell is not chance[0]}.values()
    printed = [[Decimal(n) for n in NUMBER.findall(plain(cell.text))] for cell in cells]
    stub = words(" ".join(plain(cell.text) for cell in (row[0], *_above(table, number)) if cell))
    for pair in pairs(audit):
        if (
            pair.p.relation != "="
            or not same(pair.p.value, chance[1].value)
            or len(printed) != 2
            or not stub & pair.words
        ):
            continue
        for values in (pair.values, pair.values[::-1]):
            hits = [any(same(value, n) for n in numbers) for value, numbers in zip(values, printed, strict=True)]
            if all(hits):
                yield _against(pair, table, chance, printed, "holds")
                break
            wrong = [(v, n) for v, numbers, hit in zip(values, printed, hits, strict=True) if not hit for n in numbers]
            if any(hits) and any(abs(v - n) <= NEAR * n and decimals(n) == decimals(v) for v, n in wrong):
                yield _against(pair, table, chance, printed, "fails")
                break


def _above(table: Table, number: int) -> Iterator[Cell]:
    """The stub of the heading over a row."""
    for row in reversed(table.grid[table.header_rows : number]):
        if row[0] and not any(cell and cell is not row[0] and plain(cell.text) for cell in row[1:]):
            yield row[0]
            return


def _against(
    pair: Pair, table: Table, chance: tuple[Cell, PValue], printed: list[list[Decimal]], verdict: Verdict
) -> Check:
    row = " and ".join(" ".join(map(str, numbers)) for numbers in printed) + f" (P={chance[1].value})"
    text = f"{place(pair.evidence[0])} prints {pair.printed} and {table.label} {row} for one comparison."
    return finding("voices.comparison", verdict, pair.printed, row, text, (*pair.evidence, table.evidence(chance[0])))


def same(one: Decimal, other: Decimal) -> bool:
    """Whether two printed numbers are the same, the one with more decimals rounded or cut to fewer."""
    unit = Decimal(1).scaleb(-min(decimals(one), decimals(other)))
    return one == other if decimals(one) == decimals(other) else abs(one - other) < unit
