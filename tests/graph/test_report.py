import html
import re
from pathlib import Path

import pytest

from corpus.document import Document, Section
from graph.extraction import Extracted
from graph.report import Item, body, kinds, panels, report
from ontology.record import Arm, DocumentInfo, Drug, Evidence, Paper, TrialRecord, fact_lists

TEXT = "Results\nArm <A> had 12 patients & more.\nEvent\tA\nNausea\t3\n\x07end"
RECORD = TrialRecord(
    document=DocumentInfo(id="a", source="a.txt", format="text", sha256="0" * 64, characters=len(TEXT)),
    paper=Paper(title="<script>alert(1)</script>", evidence={"title": (Evidence(start=8, end=15),)}),
    arms=(Arm(label="<A>", size=12, evidence=(Evidence(start=8, end=30), Evidence(start=62, end=63))),),
    drugs=(Drug(name="velorastinib", evidence=(Evidence(start=20, end=22),)),),
)
DOCUMENT = Document(
    id="a",
    source="a.txt",
    format="text",
    sha256="0" * 64,
    text=TEXT,
    sections=(Section("Results", "results", 1, 0, len(TEXT)), Section("Implied", "other", 1, 8, len(TEXT))),
)
PAPER = Extracted(Path("a.txt"), DOCUMENT, RECORD)


def shown(page: str) -> str:
    text = page[page.index('<div class="text">') + 18 : page.index('</div><div class="facts">')]
    return html.unescape(re.sub(r"<[^>]*>", "", text.replace("</td><td>", "\t")))


def test_every_character_of_the_paper_is_there_in_its_order():
    assert shown(report([PAPER])) == TEXT.replace("\x07", "\ufffd")


def test_nothing_of_the_paper_is_markup_and_nothing_is_fetched():
    page = report([PAPER])
    assert "<script>alert" not in page
    assert "<A>" not in page
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import|https?://""", page)
    assert "default-src 'none'" in page


def test_every_kind_of_fact_has_a_colour():
    page = report([PAPER])
    assert all(f"--k-{name}:" in page for name in fact_lists())
    assert len(set(re.findall(r"--k-\w+: (hsl\(\d+)", page))) == len(kinds())


def test_facts_lead_to_their_places_and_back():
    page = report([PAPER])
    assert 'data-fact="arms-0" data-places="8-30 62-63"' in page
    inner = re.search(r'<mark data-facts="([^"]*)" data-kinds="([^"]*)" data-start="20">12</mark>', page)
    assert inner
    assert inner[1].split() == ["drugs-0", "arms-0"], "the shortest place comes first"
    assert inner[2].split() == ["drugs", "arms"]


def test_only_a_printed_title_is_a_heading():
    assert re.findall(r'<span class="heading">(.*?)</span>', report([PAPER]), re.DOTALL) == ["Results\n"]


def test_several_papers_are_chosen_from():
    page = report([PAPER, PAPER])
    assert page.count("<article") == 2
    assert page.count(" hidden>") == 1
    assert '<option value="paper1">' in page


def test_a_paper_without_facts_says_so():
    empty = Extracted(Path("a.txt"), DOCUMENT, TrialRecord(document=RECORD.document))
    assert "No facts were found" in report([empty])
    assert not panels(empty.record)


@pytest.mark.parametrize("spans", [[(0, 3), (3, 7)], [(0, 7), (2, 4), (2, 4)], [(5, 40), (30, 50)], []], ids=str)
def test_overlapping_places_keep_the_text(spans):
    items = [Item(f"x-{i}", "arms", (), (Evidence(start=a, end=b),)) for i, (a, b) in enumerate(spans)]
    assert shown('<div class="text">' + "".join(body(DOCUMENT, items)) + '</div><div class="facts">') == TEXT.replace(
        "\x07", "\ufffd"
    )
