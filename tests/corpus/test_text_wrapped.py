from __future__ import annotations

import pytest

from corpus.document import Document
from corpus.layout.prose import Vocabulary, ends_sentence, joined
from corpus.readers.text import read_text

PAGES = """J Invented Oncol 2020;1:1-9

Veltanib plus pruvimab in advanced chordoma: an
open-label trial
Ann B Roe1, Karl Poe2, and Maria Loe1
1

Department of Oncology, Hill Hospital, Oslo, Norway

Abstract
Background
Chordoma is a rare tumour of the spine and the skull base for
which there are few drugs.
Conclusions
The combination of the two drugs was active in patients with
chordoma.
Keywords: Chordoma, Veltanib

Introduction
Chordoma is rare.1 Antiangiogenic drugs have been shown to be
active in sarcoma2 and the drugs were given together with anti-
bodies in a trial of patients with disease of the bone, who had
not been treated before.3,4 We report a new trial.
Platinum

agents

induce

responses

in some of the patients who are treated with them, as others have
found in a trial of pazotinib5 in
\x0cRoe et al.

J Invented Oncol 2020;1:1-9

patients with sarcoma.

Methods
Study design
Veltanib 12 mg was given once daily in this open-label trial of
patients who had chordoma and who had not been operated.

Results
Of the 31 patients who were enrolled, all were treated and most
of them were men, as shown in Table 1, with an age in

Table 1. Characteristics of the patients
Characteristic

Drug A (n = 30)

Drug B (n = 31)

Age (years)

54 (21–77)

55 (22–78)

Male
Female

20 (66.7)
10 (33.3)

21 (67.7)
10 (32.3)

the range that is expected of patients with the disease.

Page 2 of 3
\x0cRoe et al.

J Invented Oncol 2020;1:1-9

Discussion
The results of our trial compare well with those of the trials that
others have done with drugs of the same class.

References
1. Lee A, Kim B. Chordoma today and the drugs that are given in
it. J Bone 2001;1:1–9.
2. Moe C, Noe D. Sarcoma and vessels. Lancet 2002;2:10–12.
3. Noe D, Ooe E. Antibodies in sarcoma. N Engl J Med 2003;3:100.
4. Poe F, Roe G. A trial. J Clin Oncol 2004;4:5–6.
5. Roe G, Soe H. A second trial. Ann Oncol 2005;5:7–8.

Page 3 of 3
"""


@pytest.fixture(scope="module")
def paper() -> Document:
    return read_text(PAGES.encode(), "pages.txt")


def prose(document: Document, kind: str) -> list[str]:
    return [p.text for p in document.passages if p.section.kind == kind and p.kind in ("paragraph", "list-item")]


def test_headings(paper: Document) -> None:
    assert [s.title for s in paper.sections if s.title] == [
        "Abstract",
        "Background",
        "Conclusions",
        "Introduction",
        "Methods",
        "Study design",
        "Results",
        "Discussion",
        "References",
    ]


def test_lines_and_pages_are_joined(paper: Document) -> None:
    introduction = " ".join(prose(paper, "introduction"))
    assert "together with antibodies in a trial" in introduction
    assert "Platinum agents induce responses in some" in introduction
    assert "pazotinib5 in patients with sarcoma." in introduction
    assert "Roe et al." not in introduction


def test_table_parts_a_sentence(paper: Document) -> None:
    assert any("an age in the range" in text for text in prose(paper, "results"))


def test_stacked_table(paper: Document) -> None:
    (table,) = paper.tables
    assert [[c.text if c else None for c in row] for row in table.grid] == [
        ["Characteristic", "Drug A (n = 30)", "Drug B (n = 31)"],
        ["Age (years)", "54 (21–77)", "55 (22–78)"],
        ["Male", "20 (66.7)", "21 (67.7)"],
        ["Female", "10 (33.3)", "10 (32.3)"],
    ]
    assert paper.warnings


def test_glued_citations(paper: Document) -> None:
    assert [c.numbers for c in paper.citations] == [(1,), (2,), (3, 4), (5,)]


def test_references(paper: Document) -> None:
    assert [(r.number, r.passage.text[:3]) for r in paper.references] == [
        (1, "Lee"),
        (2, "Moe"),
        (3, "Noe"),
        (4, "Poe"),
        (5, "Roe"),
    ]
    assert paper.references[0].passage.text.endswith("given in it. J Bone 2001;1:1–9.")


SIDE_BY_SIDE = [
    ("Introduction", "drugs were given in the trial that we report"),
    ("Chordoma is rare and its treatment is a matter", "here, in which patients of all ages who had the"),
    ("of debate among those who treat patients with", "disease were treated until it progressed again."),
    ("tumours of the spine and of the skull base.", ""),
    ("", "Safety"),
    ("Results", "The drugs were well tolerated by the patients of"),
    ("The patients were treated as it was planned by", "both groups, and there were no deaths that were"),
    ("the committee, and all of them were told that the", "thought to be due to the drugs of the trial."),
]
ALIGNED = """

Table 1. Characteristics of all the patients of the trial, who were treated at the sites of the study
Characteristic             Drug A (n = 30)          Drug B (n = 31)               P value
Age (years)                54 (21–77)               55 (22–78)                    0.50
Sex                                                                               0.41
Male                       20 (66.7)                21 (67.7)
Female                     10 (33.3)                10 (32.3)
"""


def test_columns_side_by_side() -> None:
    columns = "\n".join(f"{left:56}{right}".rstrip() for left, right in SIDE_BY_SIDE)
    document = read_text((columns + ALIGNED).encode(), "layout.txt")
    assert prose(document, "introduction")[0].startswith("Chordoma is rare and its treatment is a matter of debate")
    assert any("were told that the drugs were given in the trial" in text for text in prose(document, "results"))
    (table,) = document.tables
    assert [[c.text if c else None for c in row] for row in table.grid] == [
        ["Characteristic", "Drug A (n = 30)", "Drug B (n = 31)", "P value"],
        ["Age (years)", "54 (21–77)", "55 (22–78)", "0.50"],
        ["Sex", None, None, "0.41"],
        ["Male", "20 (66.7)", "21 (67.7)", None],
        ["Female", "10 (33.3)", "10 (32.3)", None],
    ]


CAPTION, ROWS = ALIGNED.strip().split("\n", 1)
ABOVE = """Results

The patients of the trial were treated as it was planned by the committee, and
all of them were told that the drugs were given in the trial that we report here.
"""


def test_a_caption_under_its_rows() -> None:
    text = f"{ABOVE}\n{ROWS}\n\nData are n (%) or medians.\n{CAPTION}\n\n\nDiscussion\n\nThe drugs were alike.\n"
    document = read_text(text.encode(), "layout.txt")
    (table,) = document.tables
    assert table.caption is not None
    assert table.caption.text == CAPTION
    assert [row[0].text for row in table.grid if row[0]] == ["Characteristic", "Age (years)", "Sex", "Male", "Female"]
    assert prose(document, "discussion") == ["The drugs were alike."]


JOINS = [
    (["the treat-", "ment of"], "the treatment of", "treatment"),
    (["a placebo-", "controlled trial"], "a placebo-controlled trial", ""),
    (["the non-", "hematologic events"], "the non-hematologic events", ""),
    (["PD-", "L1 expression"], "PD-L1 expression", ""),
    (["a soft\u00ad", "ware"], "a software", ""),
    (["from 2–", "3 weeks"], "from 2–3 weeks", ""),
    (["two", "words"], "two words", ""),
    (["a range of 3 -", "5 days"], "a range of 3 - 5 days", ""),
]


@pytest.mark.parametrize(("lines", "whole", "known"), JOINS, ids=[case[1] for case in JOINS])
def test_joined(lines: list[str], whole: str, known: str) -> None:
    text = "\n".join([*lines, known])
    places, at = [], 0
    for line in lines:
        places.append((at, at + len(line)))
        at += len(line) + 1
    printed, offsets = joined(text, places, Vocabulary(text))
    assert printed == whole
    assert all(offset < 0 or text[offset] == char for offset, char in zip(offsets, printed, strict=True))


ENDS = [
    ("It was so.", True),
    ("It was so.^{4-6}", True),
    ("It was so.¹²", True),
    ("It was so [12].", True),
    ("It was so. [12]", True),
    ("as follows:", True),
    ("It was “so.”", True),
    ("It was", False),
    ("by Roe et al.", False),
    ("as shown in Fig.", False),
    ("in 31 patients", False),
]


@pytest.mark.parametrize(("text", "done"), ENDS, ids=[text for text, _ in ENDS])
def test_ends_sentence(text: str, done: bool) -> None:
    assert ends_sentence(text) is done


def test_tabs_make_rows_between_broken_lines() -> None:
    prose = [
        "The patients were seen every week until the",
        "end of the trial, and then once a month by",
        "one of the nurses.",
    ]
    rows = ["Sign\tDrug A\tPlacebo", "Blood", "Anaemia\t4 (10)\t2 (5)", "Fever\t3 (8)\t1 (2)"]
    text = "\n".join(
        [
            "A trial of one drug",
            "",
            "Results",
            "",
            *prose * 2,
            "",
            "Table 1. Signs",
            *rows,
            "",
            "Discussion",
            "",
            *prose * 2,
        ]
    )
    (one,) = read_text(text.encode(), "x.txt").tables
    assert [[cell and cell.text for cell in row] for row in one.grid] == [
        ["Sign", "Drug A", "Placebo"],
        ["Blood", None, None],
        ["Anaemia", "4 (10)", "2 (5)"],
        ["Fever", "3 (8)", "1 (2)"],
    ]


START = """Introduction
Chordoma is a rare tumour of the spine and the skull base for
which there are few drugs, and none of these has been tested.

Results
All of the patients who were enrolled were treated as it was
planned by the committee, and most of them were men.
"""
REST = """relatives who were asked for their consent before the trial,
and all of the others were told that the drug had not been active
in any of them as far as the committee had been informed.
"""


@pytest.mark.parametrize(
    ("printed", "headings"),
    [
        (
            f"Tumour response\nOf the patients of the trial, twelve had a tumour that became\n{REST}",
            ["Tumour response"],
        ),
        (
            f"More recently, the Avoidance of the Second Tumour in Patients\nOperated for Chordoma trial of the committee began with new drugs\n{REST}",
            [],
        ),
        (
            f"Pazotinib inhibits tumours of the spine.\nThis was found in a later trial of patients whose tumours came\n{REST}",
            [],
        ),
        (f"\nPatients of all ages and their\n\n{REST}", []),
    ],
    ids=["short", "full line of prose", "sentence", "prose goes on"],
)
def test_lines_that_are_headings(printed: str, headings: list[str]) -> None:
    document = read_text(f"{START}{printed}\n".encode(), "made.txt")
    assert [s.title for s in document.sections if s.title][2:] == headings


def test_a_legend_without_a_stop_takes_no_heading() -> None:
    legend = (
        "Figure 1. Survival of the patients of both groups.\n"
        + "The curves are those of the patients who were treated\n" * 5
    )
    document = read_text(
        f"{START}\n{legend.strip()} (P = 0.03)\n\nDiscussion\nThe drugs were active in patients.\n".encode(), "made.txt"
    )
    assert [s.title for s in document.sections if s.title] == ["Introduction", "Results", "Discussion"]


def test_labels_of_a_table_are_no_prose() -> None:
    table = """
Table 1. Characteristics of the patients
Characteristic

Drug A (n = 30)

Drug B (n = 31)

Age (years)

54 (21–77)

55 (22–78)

Time from the diagnosis of the tumour to the first of the doses
Male sex
Number of the tumours in the spine and in the skull base
Pain

12 (40)
3.5 (1–9)

14 (45)
3.9 (2–8)

ECOG, a score of the Eastern Cooperative Oncology Group, at first.
"""
    document = read_text(f"{START}{table}".encode(), "made.txt")
    assert prose(document, "results")[1:] == ["ECOG, a score of the Eastern Cooperative Oncology Group, at first."]


def test_cells_go_on_to_the_last_value() -> None:
    table = """
Table 1. Abstinence of the patients
Outcome

Drug A (n = 30)

Drug B (n = 31)

Odds ratio (95% CI)

Self report
Carbon monoxide
in the breath

12 (40)

14 (45)

0.81 (0.29 to 2.25)

11 (37)

13 (42)

0.80 (0.28 to 2.24)

All of the patients were asked by the nurses of the trial how often they had smoked in the weeks before the visit at the site.
"""
    (read,) = read_text(f"{START}{table}".encode(), "made.txt").tables
    assert [[c.text if c else None for c in row] for row in read.body] == [
        ["Self report", "12 (40)", "14 (45)", "0.81 (0.29 to 2.25)"],
        ["Carbon monoxide in the breath", "11 (37)", "13 (42)", "0.80 (0.28 to 2.24)"],
    ]
