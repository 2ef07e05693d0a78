from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.journal import sentence_scores, truth_of
from benchmarks.pdf import words
from corpus.document import Document
from corpus.readers.pdf import read_pdf

PAPER = Path(__file__).parents[3] / ".." / "shared" / "papers" / "journal-pdf" / "paper.pdf"

pytestmark = pytest.mark.skipif(not PAPER.is_file(), reason="development papers are not on this machine")


@pytest.fixture(scope="module")
def journal() -> Document:
    return read_pdf(PAPER.read_bytes(), "paper.pdf")


def test_a_journal_keeps_its_tables_and_references(journal: Document) -> None:
    assert [table.label for table in journal.tables] == [f"Table {n}" for n in range(1, 7)]
    assert len(journal.references) == 39


def test_cells_and_passages_are_their_characters(journal: Document) -> None:
    text = journal.text
    assert all(text[cell.start : cell.end] == cell.text for table in journal.tables for cell in table.cells())
    whole = [passage for passage in journal.passages if isinstance(passage.offsets, range)]
    assert all(text[passage.offsets[0] : passage.offsets[-1] + 1] == passage.text for passage in whole)


def test_sentences_are_whole_and_in_order(journal: Document) -> None:
    truth = truth_of(PAPER.read_bytes())
    assert truth
    scores = sentence_scores(truth, [words(passage.text) for passage in journal.passages])
    assert min(scores.values()) == 1
