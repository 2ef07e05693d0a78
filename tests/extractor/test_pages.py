from __future__ import annotations

from typesetter import read, text

from extractor.pages import on_pages
from ontology.record import Arm, DocumentInfo, Evidence, Paper, TrialRecord

PAGE = [text(50, 100, "The arm of velorastinib had forty patients, and all came to the last of the visits.")]


def test_facts_of_a_pdf_have_their_page_and_boxes() -> None:
    document = read(PAGE)
    start = document.text.index("velorastinib")
    place = Evidence(start=start, end=start + 12)
    bare = TrialRecord(
        document=DocumentInfo(id="a", source="a.pdf", format="pdf", sha256="0", characters=len(document.text)),
        paper=Paper(title="x", evidence={"title": (place,)}),
        arms=(Arm(label="velorastinib", evidence=(place,)),),
    )
    record = on_pages(bare, document)
    for found in (record.arms[0].evidence[0], record.paper.evidence["title"][0]):
        assert found.page == 1
        assert found.boxes
        assert round(found.boxes[0].left) == round(50 + 11 * 5.4)


def test_facts_of_a_text_have_none() -> None:
    assert Evidence(start=1, end=2).page is None
