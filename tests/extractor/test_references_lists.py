"""Lists from documents: evidence, tags of the format, citations, the journals table, speed."""

import json
import time
from pathlib import Path

import pytest

from corpus.document import CitationMarker, Document, Passage, ReferenceItem, Section, Tagged
from extractor.references import citations, parse_list, parse_text
from extractor.references.journals import abbreviation, key, table
from ontology.terms import rows

SHARED = Path(__file__).parents[2] / ".." / "shared"
SECTION = Section("References", "references", 1, 0, 1000)
PRINT = "Weber KA, Larsen CP. On drug A. *Lancet* 2001;357:1576–82."


def item(text: str, number: int = 1, start: int = 100, tagged: tuple[Tagged, ...] = ()) -> ReferenceItem:
    passage = Passage(text, range(start, start + len(text)), "list-item", SECTION)
    return ReferenceItem(number, passage, start, start + len(text), tagged)


def test_evidence_is_the_whole_item():
    (reference,) = parse_list([item(PRINT, number=7)])
    assert (reference.number, reference.rule, reference.raw) == (7, "references.vancouver", PRINT)
    assert [(place.start, place.end, place.section) for place in reference.evidence] == [(100, 158, "References")]


def test_an_item_cut_by_a_page_end_has_two_places():
    text = PRINT
    offsets = (*range(10, 30), *range(400, 400 + len(text) - 20))
    passage = Passage(text, offsets, "list-item", SECTION)
    (reference,) = parse_list([ReferenceItem(1, passage, 10, 400 + len(text))])
    assert [(place.start, place.end) for place in reference.evidence] == [(10, 30), (400, 438)]


def tags(**values) -> tuple[Tagged, ...]:
    return tuple(Tagged(field, value, 0, 1) for field, value in values.items())


def test_tags_win_over_the_print():
    tagged = (
        Tagged("author", {"family": "Weber", "given": "Karl A"}, 0, 1),
        Tagged("author", {"collab": "ACME Group"}, 0, 1),
        *tags(
            title="On drug A", journal="Lancet", year=2001, volume="357", first_page="1576", last_page="82", pmid="99"
        ),
    )
    (reference,) = parse_list([item(PRINT + " doi:10.1000/x", tagged=tagged)])
    assert [(author.family, author.given) for author in reference.authors] == [
        ("Weber", "Karl A"),
        ("ACME Group", None),
    ]
    assert (reference.last_page, reference.pmid, reference.doi) == ("1582", "99", "10.1000/x")
    assert reference.issue is None
    assert reference.rule == "references.tagged"


def test_identifiers_alone_do_not_hide_the_print():
    (reference,) = parse_list([item(PRINT, tagged=tags(pmid="99"))])
    assert (reference.title, reference.pmid, reference.rule) == ("On drug A", "99", "references.vancouver")


def test_no_items():
    assert parse_list([]) == ()
    assert parse_text([]) == ()


def test_citations():
    marker = CitationMarker((3, 4, 5), 10, 15, Section("Methods", "methods", 1, 0, 100))
    (citation,) = citations(Document("d", "d.txt", "text", "0", "x" * 100, citations=(marker,)))
    assert citation.numbers == (3, 4, 5)
    assert [(place.start, place.end, place.section) for place in citation.evidence] == [(10, 15, "Methods")]


# ---------------------------------------------------------------- the journals table


def test_the_table_is_large_and_well_formed():
    journals = rows("journals")
    assert len(journals) >= 800
    assert len({row["abbreviation"] for row in journals}) == len(journals)
    assert len({row["name"].lower() for row in journals}) == len(journals)
    assert all(row["name"] and row["abbreviation"] and row["source"] for row in journals)
    assert all("." not in row["abbreviation"] for row in journals)


JOURNALS = [
    ("The Lancet", "Lancet"),
    ("N. Engl. J. Med.", "N Engl J Med"),
    ("New England Journal of Medicine", "N Engl J Med"),
    ("NEJM", "N Engl J Med"),
    ("Journal of Clinical Oncology", "J Clin Oncol"),
    ("PLOS ONE", "PLoS One"),
    ("Medicine", "Medicine (Baltimore)"),
    ("Proc Natl Acad Sci USA", "Proc Natl Acad Sci U S A"),
]


@pytest.mark.parametrize(("printed", "abbreviated"), JOURNALS, ids=[printed for printed, _ in JOURNALS])
def test_journals_are_known_as_printed(printed, abbreviated):
    assert abbreviation(printed) == abbreviated


@pytest.mark.parametrize("printed", ["", "Trial", "Patients", "Journal", "Acta Imaginaria"])
def test_what_is_no_journal_is_unknown(printed):
    assert abbreviation(printed) is None


def test_names_fold_to_words():
    assert key("The Annals of Internal-Medicine.") == "annals internal medicine"
    assert all(name == key(name) for name in table().names)


# ---------------------------------------------------------------- the development papers


@pytest.fixture(scope="module")
def lists() -> list[list[dict]]:
    found = sorted((SHARED / "papers").glob("*/truth.json"))
    if not found:
        pytest.skip("the development papers are not here")
    return [json.loads(path.read_text(encoding="utf-8"))["references"] for path in found[:20]]


def test_most_fields_of_real_lists_are_right(lists):
    right = total = 0
    for truth in lists:
        for wanted, got in zip(truth, parse_text([item["raw"] for item in truth]), strict=True):
            if not wanted["title"]:
                continue
            for field in ("title", "journal", "year", "volume", "first_page"):
                if wanted[field] and folded(wanted[field]) in folded(wanted["raw"]):
                    total += 1
                    right += folded(getattr(got, field)) == folded(wanted[field])
    assert right / total > 0.97


def folded(value: object) -> str:
    return "".join(character for character in str(value or "").lower() if character.isalnum())


def test_a_list_is_read_in_milliseconds(lists):
    lines = [item["raw"] for truth in lists for item in truth]
    parse_text(lines[:40])
    start = time.process_time()
    parse_text(lines)
    assert (time.process_time() - start) / len(lines) < 0.002


HARD = [
    "A, B. " * 400,
    "(" * 500 + "1" * 500,
    "12-" * 600,
    "Aa-" * 600,
    "Aa " * 800 + "2010",
    "vol. " * 400,
    "[abc] " * 400,
]


@pytest.mark.parametrize("text", HARD, ids=[text[:5] for text in HARD])
def test_no_text_takes_long(text):
    start = time.process_time()
    parse_text([text])
    assert time.process_time() - start < 0.5
