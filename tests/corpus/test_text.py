from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.layout.decoding import MAX_TEXT_BYTES
from corpus.readers.text import read_text
from ontology.errors import UnreadablePaper

PAPER = """



Veltanib plus pruvimab in advanced chordoma: an open-label, single-arm, phase 2 trial

Received: 3 March 2020

Ann B. Roe^{1,2}, Karl Poe², and Maria Loe¹

Abstract

Background

Chordoma is a rare tumour with few options.

Methods

Patients received veltanib 12 mg once daily. The primary endpoint was the objective response rate.

Results

Of 31 patients, 9 (29.0%) responded ($P = 0.01$).

Conclusions

The combination was active.

Keywords: Chordoma, Veltanib

Introduction

Chordoma is rare^{1,2}. Antiangiogenic drugs have activity in sarcoma³ and, given with antibodies, they showed a median

¹Department of Oncology, Hill Hospital, Oslo, Norway ²Sea Institute, Bergen, Norway

*Correspondence: Ann B. Roe, Hill Hospital, Oslo. E-mail: roe@hill.example

doi: 10.9999/invented.2020.1

© The Authors 2020

progression-free survival of 6 months in a trial of 40 patients^{4-6}.

Methods

Study design and participants

Veltanib was given at 12 mg/m² on days 1–14 of a 21-day cycle. Patients had a neutrophil count of 1.5 × 10⁹/L or more,

• age of 18 years or older

• ECOG performance status of 0 or 1

Statistical analysis

The sample size was 31.⁷ The cells were CD8⁺ and labelled with ¹⁷⁷Lu.

Results

Between May 2017 and June 2018, 31 patients were enrolled, and all of them received at least one dose of the study drugs, which

Table 1 | Characteristics of the patients

Characteristic	Patients (n = 31)
Age (years)
Median (range)	54 (21–77)
Sex, n (%)
Male	20 (64.5)
Female	11 (35.5)

^a One patient was not evaluable.

ECOG, Eastern Cooperative Oncology Group.

were given until progression (Table 1).

Safety

Grade 3 events were seen in 12 patients (38.7%).




Figure 1 | Progression-free survival of the patients.

Discussion

Our results compare well with those of others³.

Acknowledgements

We thank the patients.

References

- Lee A, Kim B. Chordoma today. J Bone 2001;1:1–9.
- Moe C. Sarcoma and vessels. Lancet 2002;2:10–12.
- Noe D, Ooe E. Antibodies in sarcoma. N Engl J Med 2003;3:100–101.

4. Qoe F. A trial of pazotinib. J Clin Oncol 2004;4:5–6.
5. Roe G. A second trial. Ann Oncol 2005;5:7–8.
6. Soe H. A third trial. Eur J Cancer 2006;6:9–10.
7. Toe I. Two-stage designs. Control Clin Trials 2007;7:1–10.
"""


@pytest.fixture(scope="module")
def paper() -> Document:
    return read_text(PAPER.encode(), "trials/chordoma.txt")


def text_of(document: Document, kind: str, section: str) -> list[str]:
    return [p.text for p in document.passages if p.kind == kind and p.section.kind == section]


def test_title_and_front(paper: Document) -> None:
    assert [p.text[:19] for p in paper.passages if p.kind == "title"] == ["Veltanib plus pruvi"]
    front = " ".join(p.text for p in paper.passages if p.kind == "front")
    for part in ("Received", "Karl Poe", "Keywords", "Hill Hospital", "doi:", "©", "roe@hill.example"):
        assert part in front


def test_sections(paper: Document) -> None:
    found = [(s.title, s.kind, s.level) for s in paper.sections if s.title]
    assert found == [
        ("Abstract", "abstract", 1),
        ("Background", "abstract", 2),
        ("Methods", "abstract", 2),
        ("Results", "abstract", 2),
        ("Conclusions", "abstract", 2),
        ("Introduction", "introduction", 1),
        ("Methods", "methods", 1),
        ("Study design and participants", "methods", 2),
        ("Statistical analysis", "methods", 2),
        ("Results", "results", 1),
        ("Safety", "results", 2),
        ("Discussion", "discussion", 1),
        ("Acknowledgements", "back", 1),
        ("References", "references", 1),
    ]


def test_paths_and_reach(paper: Document) -> None:
    safety = next(s for s in paper.sections if s.title == "Safety")
    assert safety.path == ("Results", "Safety")
    results = next(s for s in paper.sections if s.title == "Results" and s.kind == "results")
    assert results.start < safety.start < safety.end == results.end


def test_sentence_goes_on_behind_addresses(paper: Document) -> None:
    assert len(text_of(paper, "paragraph", "introduction")) == 1
    assert "showed a median progression-free survival" in text_of(paper, "paragraph", "introduction")[0]


def test_sentence_goes_on_behind_a_table(paper: Document) -> None:
    assert any("study drugs, which were given until" in text for text in text_of(paper, "paragraph", "results"))


def test_evidence_of_a_cut_sentence_has_two_places(paper: Document) -> None:
    passage = next(p for p in paper.passages if "which were given" in p.text)
    at = passage.text.index("which were")
    places = passage.evidence(at, at + len("which were"))
    assert [paper.text[e.start : e.end] for e in places] == ["which", "were"]


def test_list_items(paper: Document) -> None:
    assert text_of(paper, "list-item", "methods") == [
        "• age of 18 years or older",
        "• ECOG performance status of 0 or 1",
    ]


def test_table(paper: Document) -> None:
    (table,) = paper.tables
    assert table.label == "Table 1"
    assert table.header_rows == 1
    assert [[c.text if c else None for c in row] for row in table.body][:3] == [
        ["Age (years)", None],
        ["Median (range)", "54 (21–77)"],
        ["Sex, n (%)", None],
    ]
    assert [note.text[:8] for note in table.footnotes] == ["^a One p", "ECOG, Ea"]
    assert all(paper.text[c.start : c.end] == c.text for c in table.cells())
    assert table.section.title == "Results"


def test_figure(paper: Document) -> None:
    assert [(f.label, f.caption.text[:8]) for f in paper.figures] == [("Figure 1", "Figure 1")]


def test_references(paper: Document) -> None:
    assert [(r.number, r.passage.text[:5]) for r in paper.references] == [
        (1, "Lee A"),
        (2, "Moe C"),
        (3, "Noe D"),
        (4, "Qoe F"),
        (5, "Roe G"),
        (6, "Soe H"),
        (7, "Toe I"),
    ]


def test_citations(paper: Document) -> None:
    found = [(c.numbers, paper.text[c.start : c.end]) for c in paper.citations]
    assert found == [
        ((1, 2), "^{1,2}"),
        ((3,), "³"),
        ((4, 5, 6), "^{4-6}"),
        ((7,), "⁷"),
        ((3,), "³"),
    ]


def test_citations_vanish_from_search_and_nothing_else(paper: Document) -> None:
    methods = " ".join(p.search for p in paper.passages if p.section.kind == "methods")
    assert "12 mg/m2" in methods
    assert "109/L" in methods
    assert "31.  The cells" in methods


def test_unstructured_abstract_without_heading() -> None:
    abstract = "We treated 31 patients with veltanib. " * 14
    text = f"A trial of veltanib in chordoma patients\n\nAnn Roe¹, Karl Poe², and Maria Loe³\n\n{abstract}\n\n"
    text += "Introduction\n\nChordoma is a rare tumour.\n\nMethods\n\nWe gave veltanib.\n\nResults\n\nNine responded.\n"
    document = read_text(text.encode(), "a.txt")
    assert text_of(document, "paragraph", "abstract") == [abstract.strip()]
    assert text_of(document, "paragraph", "introduction") == ["Chordoma is a rare tumour."]


def test_body_without_introduction_heading() -> None:
    abstract, body = "We treated 31 patients with veltanib. " * 14, "Chordoma is a rare tumour of the spine. " * 14
    text = f"A trial of veltanib in chordoma patients\n\nAbstract\n\n{abstract}\n\n{body}\n\nMethods\n\nWe gave it.\n"
    document = read_text(text.encode(), "a.txt")
    assert text_of(document, "paragraph", "abstract") == [abstract.strip()]
    assert text_of(document, "paragraph", "introduction") == [body.strip()]


@pytest.mark.parametrize(
    "line", ["The New England Journal of Medicine", "T h e n e w e n g l a nd j o u r na l o f m e dic i n e"]
)
def test_the_name_of_a_journal_is_no_title(line: str) -> None:
    text = f"{line}\n\nVeltanib in Adults With Advanced Chordoma\n\nAbstract\n\nWe treated 31 patients.\n\nMethods\n\nWe gave it.\n"
    document = read_text(text.encode(), "a.txt")
    assert [p.text for p in document.passages if p.kind == "title"] == ["Veltanib in Adults With Advanced Chordoma"]


def test_a_short_introduction_without_heading_cites() -> None:
    told = "Chordoma is a rare tumour of the spine and the skull base in adults.1 About 20% of patients have metastases, and few drugs help.2"
    text = "ABSTRACT\n\nMETHODS\nWe gave veltanib.\n\nRESULTS\nOf 31 patients, 9 responded.\n\nCONCLUSIONS\nVeltanib was active and should be given to more adults in a randomised trial.\n\n"
    body = f"{told}\n\nMETHODS\n\nPATIENTS\nWe enrolled adults.\n\nRESULTS\n\nIt was active.\n"
    document = read_text(f"A trial of veltanib in chordoma\n\n{text}{body}".encode(), "a.txt")
    assert text_of(document, "paragraph", "introduction") == [told]


def test_an_abstract_whose_headings_are_run_in() -> None:
    parts = [
        "IMPORTANCE It is not known whether veltanib helps.",
        "OBJECTIVE To assess veltanib.",
        "DESIGN, SETTING, AND PARTICIPANTS We treated 31 patients.",
        "RESULTS Nine patients had a response.",
        "TRIAL REGISTRATION Registry Identifier: 12",
    ]
    head = (
        "Bone Journal | Original Investigation\n\nVeltanib in Adults With Chordoma\nThe SPINE Randomized Clinical Trial"
    )
    text = "\n\n".join([head, "Ann Roe, MD; Karl Poe, MD", *parts, "Methods", "We gave it.", "Results", "Nine did."])
    document = read_text(text.encode(), "a.txt")
    titles = [passage.text for passage in document.passages if passage.kind == "title"]
    assert titles == ["Veltanib in Adults With Chordoma The SPINE Randomized Clinical Trial"]
    assert text_of(document, "paragraph", "abstract") == parts


def test_methods_go_on_below_ethics() -> None:
    headings = ["Methods", "Ethics approval and consent to participate", "Choice of patients", "Results", "Safety"]
    text = "A trial of veltanib in chordoma patients\n\nIntroduction\n\nChordoma is rare.\n\n"
    text += "".join(
        f"{heading}\n\nThis is what we have to say of it in this part of the paper, and it is long enough to be the prose of a section and no cell of a list.\n\n"
        for heading in headings
    )
    document = read_text(text.encode(), "a.txt")
    kinds = {section.title: section.kind for section in document.sections}
    assert kinds["Ethics approval and consent to participate"] == "back"
    assert kinds["Choice of patients"] == "methods"
    assert kinds["Safety"] == "results"


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_newlines_stay(newline: str) -> None:
    text = PAPER.replace("\n", newline)
    document = read_text(text.encode(), "a.txt")
    assert document.text == text
    assert len(document.references) == 7
    assert len(document.tables) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(encoding: str) -> None:
    assert read_text(PAPER.encode(encoding), "a.txt").text == PAPER


def test_windows_bytes() -> None:
    assert read_text("A study – of the “drug” in patients.".encode("cp1252"), "a.txt").text.count("“") == 1


def test_latin_bytes() -> None:
    assert "é" in read_text(b"Universit\xe9 de Paris \x81 \x8d", "a.txt").text


UNREADABLE = [
    ("empty", b"", "is empty"),
    ("blank", b" \n\t\n", "is empty"),
    ("bom alone", b"\xef\xbb\xbf", "is empty"),
    ("PDF", b"%PDF-1.7 abc", "PDF"),
    ("ZIP", b"PK\x03\x04abc", "ZIP"),
    ("image", b"\x89PNG\r\n", "image"),
    ("binary", bytes(range(256)) * 40 + b"\x00" * 3000, "binary"),
    ("huge", b"a" * (MAX_TEXT_BYTES + 1), "too large"),
]


@pytest.mark.parametrize(("data", "problem"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE])
def test_unreadable(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadablePaper) as caught:
        read_text(data, "folder/x.txt")
    assert problem in caught.value.problem
    assert caught.value.remedy
    assert str(caught.value).startswith("folder/x.txt: ")


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "References",
        "Table 1",
        "Table 1. Caption\n\n\t\n",
        "\x01\x02 word \x1b[0m\x0c\x0c text \ufeff",
        "Abstract\n\nReferences\n\n1. ",
        "Figure 1.",
        "\t\t\t\n\ta\t\n",
        "[1] [2-5] (3) ¹ ^{2}",
        "References\n\n[1]\n[2]\n[3]",
    ],
)
def test_odd_texts_are_read(text: str) -> None:
    document = read_text(text.encode(), "odd.txt")
    assert document.text == text
    assert all(len(passage.text) == len(passage.offsets) for passage in document.passages)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 40_000,
        "[1," * 20_000,
        "^{" * 20_000,
        "\ta" * 40_000,
        "a, " * 30_000,
        "**" * 30_000,
        "¹" * 40_000,
        "A. " * 30_000,
    ],
    ids=["parentheses", "brackets", "carets", "tabs", "commas", "stars", "raised", "initials"],
)
def test_no_pattern_runs_away(text: str) -> None:
    began = time.perf_counter()
    read_text(text.encode(), "odd.txt")
    assert time.perf_counter() - began < 2


def test_id_is_the_file_or_the_folder() -> None:
    assert read_text(b"word", "trials/chordoma.txt").id == "chordoma"
    assert read_text(b"word", "trials/chordoma/paper.txt").id == "chordoma"


PAPERS = sorted((Path(__file__).parents[2] / ".." / "shared" / "papers").glob("PMC*"))


@pytest.mark.skipif(not PAPERS, reason="the development papers are not there")
@pytest.mark.parametrize("name", ["paper.txt", "pdftotext.txt", "pdftotext-layout.txt"])
def test_offsets_of_the_development_papers(name: str) -> None:
    for folder in PAPERS[::6]:
        document = read_text((folder / name).read_bytes(), str(folder / name))
        for passage in document.passages:
            assert len(passage.text) == len(passage.offsets)
            assert all(
                offset < 0 or document.text[offset] == char
                for offset, char in zip(passage.offsets, passage.text, strict=True)
            )
        for table in document.tables:
            assert len({len(row) for row in table.grid}) < 2
            assert all(table.grid[cell.row][cell.column] is cell for cell in table.cells())
            assert all(
                " ".join(document.text[c.start : c.end].split()) == " ".join(c.text.split()) for c in table.cells()
            )
        assert all(1 <= number <= len(document.references) + 9 for c in document.citations for number in c.numbers)


@pytest.mark.parametrize(
    ("above", "title"),
    [
        pytest.param(
            "BONE JOURNAL RESEARCH | CLINICAL TRIALS: TARGETED THERAPY",
            "Veltanib in Adults With Chordoma",
            id="journal",
        ),
        pytest.param(
            "VELTANIB IN ADULTS WITH SACRAL CHORDOMA", "VELTANIB IN ADULTS WITH SACRAL CHORDOMA", id="capitals"
        ),
    ],
)
def test_which_line_is_the_title(above: str, title: str) -> None:
    below = "Veltanib in Adults With Chordoma\n\n" if title[1].islower() else ""
    text = f"{above}\n\n{below}Ann Roe, MD; Karl Poe, MD\n\nAbstract\n\nIt was a trial.\n\nMethods\n\nWe gave it.\n\nResults\n\nNine did."
    document = read_text(text.encode(), "a.txt")
    assert [passage.text for passage in document.passages if passage.kind == "title"] == [title]
