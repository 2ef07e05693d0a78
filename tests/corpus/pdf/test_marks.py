from __future__ import annotations

import io

import pdfplumber
import pytest
from typesetter import ALPHA, BETA, column, pdf, read

from corpus.pdf.marks import Mark, with_marks
from corpus.pdf.places import page_boxes
from ontology.errors import UnreadablePaper

PAGES = (column(50, 100, ALPHA)[0], column(50, 100, BETA)[0])
DATA = pdf(PAGES)
DOCUMENT = read(*PAGES)
START = DOCUMENT.text.index(BETA)
BOXES = page_boxes(DOCUMENT, START, START + len(BETA))


def test_a_highlight_covers_its_lines_and_carries_a_note() -> None:
    copy = with_marks(DATA, "a.pdf", [Mark(BOXES, (255, 128, 0), "Results", "rate: 37.5% (15/40) ≥ α")])
    with pdfplumber.open(io.BytesIO(copy)) as pages:
        assert [len(page.annots) for page in pages.pages] == [0, 1]
        (found,) = pages.pages[1].annots
    data = found["data"]
    assert data["Subtype"].name == "Highlight"
    assert found["contents"] == "rate: 37.5% (15/40) ≥ α"
    assert found["title"] == "Results"
    assert len(data["QuadPoints"]) == 8 * len(BOXES)
    assert [round(part, 2) for part in data["C"]] == [1, 0.5, 0]
    assert "AP" in data, "viewers that draw no highlights by themselves show it"
    assert found["x0"] == pytest.approx(min(box.left for box in BOXES), abs=0.1)


def test_the_paper_stays_as_it_was() -> None:
    copy = with_marks(DATA, "a.pdf", [Mark(BOXES[:1], (9, 9, 9), "a", "b")])
    assert copy.startswith(DATA)
    with pdfplumber.open(io.BytesIO(DATA)) as one, pdfplumber.open(io.BytesIO(copy)) as other:
        assert [page.extract_text() for page in one.pages] == [page.extract_text() for page in other.pages]


def test_what_is_no_pdf_is_told() -> None:
    with pytest.raises(UnreadablePaper, match="damaged"):
        with_marks(b"%PDF-1.4 nothing", "a.pdf", [])
