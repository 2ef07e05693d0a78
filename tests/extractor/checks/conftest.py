"""Audits made from invented facts, sentences and tables."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from corpus.document import Cell, Document, Passage, Section, SectionKind, Table
from extractor.checks.audit import Audit
from ontology.record import Check, DocumentInfo, TrialRecord

Grid = Sequence[Sequence[str | None]]
MakeAudit = Callable[..., Audit]


class Writer:
    """The text of a document as it grows, with what stands in it."""

    def __init__(self) -> None:
        self.text = ""
        self.passages: list[Passage] = []
        self.tables: list[Table] = []
        self.sections: list[Section] = []

    def paragraph(self, kind: SectionKind, words: str) -> None:
        start = len(self.text)
        section = Section(kind.capitalize(), kind, 1, start, start + len(words))
        self.sections.append(section)
        self.passages.append(Passage(words, range(start, start + len(words)), "paragraph", section))
        self.text += words + "\n\n"

    def table(self, label: str, grid: Grid, header_rows: int) -> None:
        start = len(self.text)
        section = Section("Results", "results", 1, start, start)
        rows = tuple(tuple(self._cell(text, r, c) for c, text in enumerate(row)) for r, row in enumerate(grid))
        self.tables.append(Table(label, None, rows, header_rows, (), section, start, len(self.text)))

    def _cell(self, text: str | None, row: int, column: int) -> Cell | None:
        if text is None:
            return None
        start = len(self.text)
        self.text += text + "\t"
        return Cell(text, start, start + len(text), row, column)


@pytest.fixture(scope="session")
def make_audit() -> MakeAudit:
    """An Audit of `(section kind, text)` paragraphs, of `{label: (grid, header rows)}` tables, and of lists of facts."""

    def make(
        *paragraphs: tuple[SectionKind, str], tables: dict[str, tuple[Grid, int]] | None = None, **facts: Any
    ) -> Audit:
        writer = Writer()
        for kind, words in paragraphs:
            writer.paragraph(kind, words)
        for label, (grid, header_rows) in (tables or {}).items():
            writer.table(label, grid, header_rows)
        document = Document(
            "invented",
            "invented",
            "text",
            "0",
            writer.text,
            tuple(writer.sections),
            tuple(writer.passages),
            tuple(writer.tables),
        )
        info = DocumentInfo(id="invented", source="invented", format="text", sha256="0", characters=len(writer.text))
        return Audit(TrialRecord(document=info, **facts), document)

    return make


@pytest.fixture(scope="session")
def verdicts() -> Callable[[Callable[[Audit], Any], Audit], list[str]]:
    """The verdicts that a check gives, in order."""

    def run(check: Callable[[Audit], Any], audit: Audit) -> list[str]:
        found: list[Check] = list(check(audit))
        for fact in found:
            assert fact.explanation
            assert fact.explanation.endswith(".")
            assert fact.rule == f"checks.{fact.kind}"
            assert all(0 <= place.start < place.end <= len(audit.document.text) for place in fact.evidence)
        return [fact.verdict for fact in found]

    return run
