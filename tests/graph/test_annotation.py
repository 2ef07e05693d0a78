from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
from typesetter import column, pdf, read

from extractor.pages import on_pages
from graph.annotation import annotated, marks
from graph.extraction import Extracted
from ontology.record import Arm, Citation, DocumentInfo, Drug, Evidence, Paper, TrialRecord

WORDS = "A trial of velorastinib in forty patients, who were all asked to come to the ward twice a week."
PAGE = column(50, 100, WORDS, 30)[0]


def extracted(path: Path) -> Extracted:
    path.write_bytes(pdf([PAGE]))
    document = read(PAGE)
    title, drug = (Evidence(start=0, end=len(WORDS)), Evidence(start=11, end=23))
    record = TrialRecord(
        document=DocumentInfo(id="a", source="a.pdf", format="pdf", sha256="0", characters=len(WORDS)),
        paper=Paper(title=WORDS, evidence={"title": (title,)}),
        arms=(Arm(label="velorastinib", size=40, evidence=(drug,)), Arm(label="b", evidence=(drug,))),
        drugs=(Drug(name="velorastinib", role="experimental", evidence=(drug, drug)),),
        citations=(Citation(numbers=(1,), evidence=(drug,)),),
    )
    return Extracted(path, document, on_pages(record, document))


def test_a_place_is_marked_once_a_kind_and_says_all_that_stands_there(tmp_path: Path) -> None:
    found = {mark.title: mark for mark in marks(extracted(tmp_path / "a.pdf"))}
    assert list(found) == ["Paper", "Arms", "Drugs"], "citations are everywhere and not marked"
    assert found["Arms"].note.split("\n") == ["arm: velorastinib; n: 40", "arm: b"]
    assert found["Drugs"].note.count("\n") == 0
    assert len(found["Paper"].boxes) == 4
    assert len({mark.colour for mark in found.values()}) == 3


def test_the_copy_has_the_marks(tmp_path: Path) -> None:
    paper = extracted(tmp_path / "a.pdf")
    with pdfplumber.open(io.BytesIO(annotated(paper))) as copy:
        assert sorted(note["title"] for note in copy.pages[0].annots) == ["Arms", "Drugs", "Paper"]
