"""Best responses of a table against response, disease control and the group (RECIST, WHO, IMWG)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.document import Cell, Passage, Table
from extractor.checks.audit import Audit, Verdict, finding, place
from extractor.checks.columns import column_size
from extractor.quantities import ANY_COUNT, count
from extractor.tables.print import plain
from ontology import regex as re
from ontology.record import Check

# Tried in this order: a sum names its parts.
STUBS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(form, re.IGNORECASE))
    for name, form in (
        ("control", r"^(?:c?DCR\b|disease[- ]control|tumou?r control)|\bCR ?\+ ?PR ?\+ ?SD\b"),
        (
            "response",
            r"^(?:(?:c|i)?ORR\b|(?:confirmed )?(?:overall|objective|tumou?r) (?:response|remission)|responders\b)|\bCR ?\+ ?PR\b",
        ),
        ("CR", r"^[ci]?CR\b|^complete (?:response|remission)"),
        ("PR", r"^[ci]?PR\b|^partial (?:response|remission)"),
        ("SD", r"^[ci]?SD\b(?!\))|^stable disease|^no change\b"),
        ("PD", r"^[ci]?PD\b|^progressive disease|^(?:disease )?progression$"),
        (
            "NE",
            r"^(?:NE|NA|ND|UK)\b|^(?:not|un|in)[- ]?(?:evalua\w+|asses\w+|evaluated|known|available|done|determined)|^missing\b|^unknown\b",
        ),
    )
)
SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("response", ("CR", "PR")),
    ("control", ("CR", "PR", "SD")),
    ("control", ("response", "SD")),
)
SAID = {"response": "the responders", "control": "disease control"}
# Columns whose classes make their group, before another column that does not is a misprint.
PROOF = 2
BEST = ("CR", "PR", "SD", "PD")
# Stable for a minimum of time, or with minor responses beside it: another sum.
QUALIFIED = re.compile(r"≥|>|weeks|months|minor|\bMR\b|unconfirmed|very good|VGPR", re.IGNORECASE)
# "20 patients with CR", "1 CR case"
NAME = re.compile(
    r"\b(?:[ci]?(?:CR|PR|MR|SD|PD|NE)s?|(?:[Cc]omplete|[Pp]artial|[Mm]inor) (?:response|remission)s?"
    r"|[Ss]table disease|[Pp]rogressive disease)\b"
)
COUNTED = re.compile(
    rf"(?<![\d./])\b(?P<n>{ANY_COUNT})(?: ?\([^()]{{1,14}}\))?(?: (?:patients?|cases?|subjects?|women|men))?"
    r"(?: (?:with|had|achieved|showed|experienced|of|in|exhibited))?(?: an?)? $",
    re.IGNORECASE,
)
# Words of which a listing in a sentence has the first two or the last two.
CUES = ("CR", "PR", "omplete re", "artial re")
WHOLE = re.compile(r"(?<![\d./])(?P<some>\d{1,4}) ?(?:/| of ) ?(?P<all>\d{1,4})(?!\d|[./]\d)")
NEXT, BEFORE, BEHIND = 40, 60, 90
COUNT = re.compile(r"^\W*(?P<count>\d{1,4})(?![\d.,]*\d|\s?%|\.)")
PERCENTS = re.compile(r"%|per ?cent", re.IGNORECASE)
COUNTS = re.compile(r"\bn(?:o|um)?\b|number|patients|=", re.IGNORECASE)


@dataclass
class Block:
    """The rows of one listing of best responses: the cells by class and column."""

    cells: dict[str, dict[int, Cell]] = field(default_factory=dict)
    qualified: bool = False

    def count(self, name: str, column: int) -> int | None:
        """The count of a class in a column."""
        cell = self.cells.get(name, {}).get(column)
        match = COUNT.match(plain(cell.text)) if cell else None
        return int(match["count"]) if match else None


def responses(audit: Audit) -> Iterator[Check]:
    """CR + PR make the responders, CR + PR + SD those with disease control, all classes the group.

    A sum fails only where the same sum holds in another column of the same rows.
    """
    for table in audit.document.tables:
        for block in _blocks(table):
            if not block.qualified:
                for whole, parts in SUMS:
                    yield from _sums(table, block, whole, parts)
                yield from _groups(table, block)


def _blocks(table: Table) -> Iterator[Block]:
    """The listings of a table; a class that comes again begins the next one."""
    block = Block()
    for row in table.grid[table.header_rows :]:
        stub = plain(row[0].text) if row and row[0] else ""
        name = next((name for name, form in STUBS if form.search(stub)), None)
        if name is None:
            continue
        if name in block.cells:
            yield block
            block = Block()
        block.qualified |= bool(QUALIFIED.search(stub))
        block.cells[name] = {c: cell for c, cell in enumerate(row) if cell and c and cell.col_span == 1}
    yield block


def _columns(table: Table, block: Block) -> list[int]:
    """The columns that hold counts."""
    columns = sorted({column for cells in block.cells.values() for column in cells})
    last = table.grid[table.header_rows - 1] if table.header_rows else ()
    heads = {column: plain(cell.text) for column, cell in enumerate(last) if cell}
    return [c for c in columns if not (PERCENTS.search(heads.get(c, "")) and not COUNTS.search(heads[c]))]


def _sums(table: Table, block: Block, whole: str, parts: tuple[str, ...]) -> Iterator[Check]:
    """One check a column in which all parts and the whole are counted."""
    found: list[tuple[int, int, list[int]]] = []
    for column in _columns(table, block):
        total, counts = block.count(whole, column), [block.count(part, column) for part in parts]
        if total is not None and None not in counts:
            found.append((column, total, [count or 0 for count in counts]))
    held = sum(total == sum(terms) for _, total, terms in found)
    for column, total, terms in found:
        holds = total == sum(terms)
        verdict: Verdict = "holds" if holds else "fails" if held else "undecided"
        text = (
            f"{table.label} prints {total} for {SAID[whole]}; {' + '.join(parts)} is "
            f"{' + '.join(map(str, terms))} = {sum(terms)}."
        )
        evidence = [table.evidence(block.cells[name][column]) for name in (whole, *parts)]
        yield finding("sums.responses", verdict, str(total), str(sum(terms)), text, evidence)


def _groups(table: Table, block: Block) -> Iterator[Check]:
    """The classes of best response make the group that the head of the column gives."""
    found: list[tuple[int, int, list[int]]] = []
    names = [name for name in (*BEST, "NE") if name in block.cells]
    if not set(names) >= set(BEST):
        return
    for column in _columns(table, block):
        size, counts = column_size(table, column), [block.count(name, column) for name in names]
        if size is not None and None not in counts:
            found.append((column, size, [count or 0 for count in counts]))
    held = sum(size == sum(terms) for _, size, terms in found)
    for column, size, terms in found:
        if sum(terms) < size and "NE" not in names:
            continue
        proven = held >= PROOF and "NE" in names
        verdict: Verdict = "holds" if sum(terms) == size else "fails" if proven else "undecided"
        text = (
            f"{table.label} prints {' + '.join(names)} as {' + '.join(map(str, terms))} = {sum(terms)} "
            f"of a group of {size}."
        )
        evidence = [table.evidence(block.cells[name][column]) for name in names]
        yield finding("sums.responses", verdict, str(size), str(sum(terms)), text, evidence)


def in_text(audit: Audit) -> Iterator[Check]:
    """The same of a sentence that lists the best responses of one group, with the responders as a fraction."""
    for passage in audit.prose:
        text = passage.search
        complete, partial, completely, partially = (cue in text for cue in CUES)
        if not ((complete and partial) or (completely and partially)):
            continue
        listed = [found for match in NAME.finditer(text) if (found := _class_counted(text, match))]
        for number, first in enumerate(listed):
            group = [first]
            for found in listed[number + 1 :]:
                between = text[group[-1].end : found.start]
                if len(between) > NEXT or ". " in between or found.name in {other.name for other in group}:
                    break
                group.append(found)
            if first.name == "CR" and len(group) > 1:
                yield from _listed(passage, group)


@dataclass(frozen=True)
class Counted:
    """A class of response with its count in a sentence."""

    name: str
    count: int
    start: int
    end: int


def _class_counted(text: str, match: re.Match[str]) -> Counted | None:
    first = max(0, match.start() - BEFORE)
    number = COUNTED.search(text[first : match.start()])
    name = next((name for name, form in STUBS if form.search(match[0].removesuffix("s"))), None)
    if number is None or name is None:
        return None
    return Counted(name, count(number["n"]) or 0, first + number.start(), match.end())


def _listed(passage: Passage, group: list[Counted]) -> Iterator[Check]:
    counts = {found.name: found.count for found in group}
    last = group[-1].end
    whole = WHOLE.search(passage.search, last, last + BEHIND)
    if whole is None or "PR" not in counts or ". " in passage.search[last : whole.start()]:
        return
    responders, size = int(whole["some"]), int(whole["all"])
    evidence = passage.evidence(group[0].start, whole.end())
    terms, total = " + ".join(str(n) for n in counts.values()), sum(counts.values())
    if responders <= size:
        both = counts["CR"] + counts["PR"]
        verdict: Verdict = "holds" if both == responders else "undecided"
        text = f"{place(evidence[0])} prints {responders} responders of {size}; CR + PR is {counts['CR']} + {counts['PR']} = {both}."
        yield finding("sums.responses", verdict, str(responders), str(both), text, evidence)
    if set(BEST) <= set(counts) and responders == counts["CR"] + counts["PR"]:
        verdict = "holds" if total == size else "fails" if total > size else "undecided"
        text = f"{place(evidence[0])} prints {' + '.join(counts)} as {terms} = {total} of a group of {size}."
        yield finding("sums.responses", verdict, str(size), str(total), text, evidence)
