"""Criteria that stand in tables, and in lists under a caption."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.document import Cell, Document, Passage, Table
from extractor.criterion_lists import Statement
from extractor.reading import Reading, Sentence
from ontology import regex as re

CRITERIA_HEAD = re.compile(r"\b(?P<in>inclusion)\b|\b(?P<out>exclusion|ineligib\w+)\b", re.IGNORECASE)
CRITERIA_TABLE = re.compile(r"\b(?:inclusion|exclusion|eligibility|selection|entry)\b.{0,30}\bcriteri|criteria for (?:patient )?(?:selection|inclusion|eligibility|enrol)", re.IGNORECASE)  # fmt: skip


def table_statements(document: Document) -> Iterator[Statement]:
    """The cells of eligibility tables, each a criterion; the polarity is that of the column's or the block's head."""
    for table in document.tables:
        caption = table.caption.search if table.caption else ""
        if CRITERIA_TABLE.search(caption) or sum(_names_criteria(cell.text) for cell in table.cells()) > 1:
            told = _polarity(" ".join((caption, *(note.search for note in table.footnotes))))
            yield from _of_table(table, told)


def _names_criteria(text: str) -> bool:
    return ("riteri" in text or "RITERI" in text) and bool(CRITERIA_TABLE.search(text))


def _of_table(table: Table, polarity: str | None) -> Iterator[Statement]:
    columns: dict[int, str] = {}
    for cell in table.cells():
        told = _polarity(cell.text) if len(cell.text) < 60 else None
        if told and cell.row < table.header_rows and cell.col_span == 1:
            columns[cell.column] = told
        elif told:
            polarity, columns = told, {}
        elif (side := columns.get(cell.column, polarity)) and len(cell.text) > 3:
            yield _cell_statement(table, cell, side)


def _polarity(text: str) -> str | None:
    """The polarity that a head names; None when it names both or none."""
    sides = {str(match.lastgroup) for match in CRITERIA_HEAD.finditer(text)}
    return ("inclusion" if sides == {"in"} else "exclusion") if len(sides) == 1 else None


def _cell_statement(table: Table, cell: Cell, polarity: str) -> Statement:
    passage = Passage(cell.text, range(cell.start, cell.start + len(cell.text)), "list-item", table.section)
    sentence = Sentence(passage, 0, len(cell.text))
    return Statement(sentence, 0, len(cell.text), polarity, "eligibility.table", (table.evidence(cell),))


def captioned_statements(reading: Reading) -> Iterator[Statement]:
    """The items of the lists that captions name: papers print a table of criteria as a list too."""
    polarity: str | None = None
    open_sides = iter(("inclusion", "exclusion"))
    for sentence in reading.sentences:
        kind = sentence.passage.kind
        if kind == "caption":
            named = bool(CRITERIA_TABLE.search(sentence.text))
            told = _polarity(sentence.text)
            # Of two lists of "eligibility criteria" the first says who may enter.
            polarity = (told or next(open_sides, None)) if named else None
        elif kind not in ("list-item", "footnote"):
            polarity = None
        elif polarity and kind == "list-item":
            yield Statement(sentence, 0, len(sentence.text), polarity, "eligibility.table")
