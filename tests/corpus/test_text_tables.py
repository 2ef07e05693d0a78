from __future__ import annotations

import pytest

from corpus.document import Table
from corpus.layout.heads import header_rows, is_value
from corpus.readers.text import read_text

VALUES = [
    "12",
    "12 (34.5)",
    "54 (21–77)",
    "5.2 ± 1.1",
    "<0.001",
    "P = 0.02",
    "12/40",
    "1.2 to 3.4",
    "NS",
    "..",
    "–",
    "3*",
    "0·85 (0·60–1·20)",
]
LABELS = ["", "n = 29", "(N = 29)", "95% CI", "Grade 3", "12 mg", "Male", "No. (%)", "12 weeks", "P value", "T4"]


@pytest.mark.parametrize("cell", VALUES)
def test_value(cell: str) -> None:
    assert is_value(cell)


@pytest.mark.parametrize("cell", LABELS)
def test_no_value(cell: str) -> None:
    assert not is_value(cell)


HEADS = [
    ("one row", 1, ["Characteristic|Drug A|Drug B", "Age|54|55", "Male|12|13"]),
    ("no stub", 1, ["|Drug A|Drug B", "Age|54|55"]),
    ("section row is body", 1, ["Characteristic|Drug A|Drug B", "Sex||", "Male|12|13"]),
    ("sizes below", 2, ["|Drug A|Drug B", "|(n = 30)|(n = 31)", "Age|54|55"]),
    ("count row is body", 1, ["|Drug A|Drug B", "N|30|31", "Age|54|55"]),
    ("spanning", 2, ["Event|Drug A||Drug B|", "|Any grade|Grade ≥3|Any grade|Grade ≥3", "Rash|9|1|8|2"]),
    ("spanning over numbers", 2, ["Event|Drug A (n = 30)|||", "|0|1|2|3", "Rash|9|1|8|2"]),
    (
        "three rows",
        3,
        ["Event|Drug A||Drug B|", "|Any|Grade 3|Any|Grade 3", "|n (%)|n (%)|n (%)|n (%)", "Rash|9 (3)|1|8|2"],
    ),
    ("bold head", 2, ["**A**|**B**|**C**", "**Dose level**|**Dose of A**|**Dose of B**", "1|16|30", "2|24|60"]),
    ("no head", 0, ["Age|54", "Weight|70"]),
    ("days are a head", 1, [*["Day of trial|1|2|3|4", "Dose (mg)|37|37|75|75"][:1], "Dose (mg)|low|low|high|high"]),
    (
        "criteria in words",
        1,
        ["Inclusion criteria|Exclusion criteria", "Age above 18 years|Brain metastases", "ECOG 0|Infection"],
    ),
    ("empty rows", 0, ["|", "|"]),
]


@pytest.mark.parametrize(("height", "rows"), [case[1:] for case in HEADS], ids=[case[0] for case in HEADS])
def test_header_rows(height: int, rows: list[str]) -> None:
    assert header_rows([row.split("|") for row in rows]) == height


def table(*rows: str, label: str = "Table 1. Adverse events") -> Table:
    text = (
        "Results\n\nThe events are listed in Table 1.\n\n"
        + label
        + "\n\n"
        + "\n".join(rows)
        + "\n\nThe rest of the text.\n"
    )
    document = read_text(text.encode(), "t.txt")
    assert len(document.tables) == 1
    return document.tables[0]


def texts(one: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in one.grid]


SPACED = (
    "                     Drug A        Drug B\n                     (n=30)        (n=31)\n"
    "Age, years           54            55\nSex\n  Male               12 (40%)      13 (42%)"
)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param(["Table 1. Patients", SPACED], id="the caption above"),
        pytest.param([f"Table 1 Patients\n{SPACED}"], id="a caption without a point"),
        pytest.param([SPACED, "Table 1: Patients"], id="the caption below"),
        pytest.param([f"{SPACED}\nData are n (%).\nTable 1: Patients"], id="notes and the caption below"),
    ],
)
def test_columns_that_spaces_draw_among_paragraphs(parts: list[str]) -> None:
    paragraph = (
        "The patients of both groups were much alike, and they stayed so for all of the time that we looked. " * 4
    )
    text = "\n\n".join(
        [
            "Results",
            paragraph,
            *parts,
            "Discussion\nThey were alike.",
            "References",
            "1 Roe A. Bone. Lancet 2007; 3: 2.\n2 Poe B. Skin. Lancet 2008; 3: 9.\n",
        ]
    )
    document = read_text(text.encode(), "t.txt")
    (one,) = document.tables
    assert one.label == "Table 1"
    assert texts(one) == [
        [None, "Drug A", "Drug B"],
        [None, "(n=30)", "(n=31)"],
        ["Age, years", "54", "55"],
        ["Sex", None, None],
        ["Male", "12 (40%)", "13 (42%)"],
    ]
    assert [section.kind for section in document.sections][-2:] == ["discussion", "references"]
    assert len(document.references) == 2


def test_spanning_heads_cover_their_columns() -> None:
    one = table("Event\tDrug A\t\tDrug B\t\tP value", "\tAny\tGrade 3\tAny\tGrade 3\t", "Rash\t9\t1\t8\t2\t0.5")
    assert texts(one)[0] == ["Event", "Drug A", "Drug A", "Drug B", "Drug B", "P value"]
    assert texts(one)[1] == ["Event", "Any", "Grade 3", "Any", "Grade 3", "P value"]
    assert one.header_rows == 2
    head = one.grid[0][1]
    assert head is not None
    assert (head.col_span, head.row_span) == (2, 1)
    assert sum(cell.text == "Drug A" for cell in one.cells()) == 1


def test_last_column_stands_alone() -> None:
    one = table("\t\tTreated\t\t", "Group\tAll\tDrug A\tDrug B\tRelative risk (95% CI)", "Rash\t9\t1\t8\t0.5 (0.2–1.1)")
    assert texts(one)[0] == [None, None, "Treated", "Treated", None]


def test_heads_packed_to_the_left_go_over_their_groups() -> None:
    one = table("\tDrug A\tDrug B\t\t\t", "\tMean\tSD\tMean\tSD\tP", "Age\t54\t5\t55\t6\t0.5")
    assert texts(one)[0] == [None, "Drug A", "Drug A", "Drug B", "Drug B", None]


def test_labels_packed_to_the_left_go_under_their_heading() -> None:
    one = table("\tEvent rate\t\tHazard ratio\tP value", "Drug A\tPlacebo\t\t\t", "Death\t1\t2\t0.5\t0.4")
    assert texts(one)[1] == [None, "Drug A", "Placebo", "Hazard ratio", "P value"]


def test_units_that_lost_the_empty_corner_move_right() -> None:
    one = table("Event\tAny\tGrade 3", "n (%)\tn (%)", "Rash\t9 (2)\t1 (1)")
    assert texts(one)[1] == ["Event", "n (%)", "n (%)"]


def test_lone_label_has_no_other_cells() -> None:
    assert texts(table("Event\tA\tB", "Skin\t\t", "Rash\t9\t1"))[1] == ["Skin", None, None]
    assert texts(table("Event\tA\tB", "Skin", "Rash\t9\t1"))[1] == ["Skin", None, None]


def test_rows_that_lost_cells_are_told() -> None:
    text = "Table 2. Events\n\nEvent\tA\tB\tC\nRash\t9\t1\t2\nItch\t9\t1\n"
    document = read_text(text.encode(), "t.txt")
    assert document.warnings == ("Table 2: 1 rows have fewer cells than the widest",)
    assert texts(document.tables[0])[2] == ["Itch", "9", "1", None]


def test_emphasis_around_a_cell_goes() -> None:
    one = table("**Event**\t**A**", "*Rash*\t12*")
    assert texts(one) == [["Event", "A"], ["Rash", "12*"]]


def test_markdown_table() -> None:
    one = table("| Event | A | B |", "|---|---|---|", "| Rash | 9 | 1 |")
    assert texts(one) == [["Event", "A", "B"], ["Rash", "9", "1"]]
    assert one.header_rows == 1


CAPTIONS = [
    ("Table 1 | Baseline", "Table 1"),
    ("**Table 2.** Baseline", "Table 2"),
    ("TABLE III. Baseline", "TABLE III"),
    ("Table S1: Baseline", "Table S1"),
    ("Supplementary Table 4. Baseline", "Supplementary Table 4"),
    ("Table 5", "Table 5"),
]


@pytest.mark.parametrize(("caption", "label"), CAPTIONS, ids=[label for _, label in CAPTIONS])
def test_captions(caption: str, label: str) -> None:
    assert table("Event\tA", "Rash\t9", label=caption).label == label


def test_a_caption_without_a_stop_stands_over_rows() -> None:
    assert table("Event\tA", "Rash\t9", label="TABLE 1 Adverse events").label == "TABLE 1"


def test_captions_under_their_rows() -> None:
    text = (
        "Results\n\nAs follows.\n\n\tA\nRash\t9\n\nData are n.\n\nTable 1: Events\n\nThe text goes on for a while.\n\n"
        "\tA\nFever\t8\n\nTable 2: More events\n\nThe end.\n"
    )
    document = read_text(text.encode(), "t.txt")
    assert [(one.label, texts(one)[1]) for one in document.tables] == [
        ("Table 1", ["Rash", "9"]),
        ("Table 2", ["Fever", "8"]),
    ]
    assert [one.caption.text for one in document.tables if one.caption] == ["Table 1: Events", "Table 2: More events"]


@pytest.mark.parametrize(
    "sentence", ["Table 2 shows the events of all patients.", "Tables 1 and 2 are online.", "Figure 1 and others."]
)
def test_sentences_about_tables_are_prose(sentence: str) -> None:
    document = read_text(f"Results\n\n{sentence}\n\nMore text.\n".encode(), "t.txt")
    assert not document.tables
    assert not document.figures
    assert any(p.text == sentence and p.kind == "paragraph" for p in document.passages)


NOTES = [
    ("^a One patient was lost.", True),
    ("* P < 0.05 against placebo", True),
    ("ECOG, Eastern Cooperative Oncology Group; CR, complete response.", True),
    ("*FEC* three drugs, *PE* two drugs", True),
    ("TEAE treatment-emergent adverse event", True),
    ("Data are median (range) or n (%).", True),
    ("Median (range) or means were taken.", True),
    (
        "Median survival was 9.1 months (95% CI 6.9-11.8) in one group and 5.2 months (3.8-7.0) in the other group of it.",
        False,
    ),
    (
        "The patients were followed for three years, and their data were analysed by an independent committee of experts.",
        False,
    ),
    ("were treated until the disease progressed or for two years.", False),
]


@pytest.mark.parametrize(("line", "is_note"), NOTES, ids=[line[:24] for line, _ in NOTES])
def test_notes(line: str, is_note: bool) -> None:
    text = (
        "Results\n\nThe events of the patients who\n\nTable 1. Events\n\nEvent\tA\nRash\t9\n\n"
        + line
        + "\n\nThe end of it.\n"
    )
    document = read_text(text.encode(), "t.txt")
    assert [note.text for note in document.tables[0].footnotes] == ([line] if is_note else [])


def test_a_heading_over_its_paragraph_is_no_table() -> None:
    paragraph = "Responses were seen in many of the patients who came back to the clinic for a second visit. " * 4
    lines = [
        "Table 1. Sex",
        "",
        "Sex\tAll",
        "Male\t12",
        "Female\t13",
        "",
        "Efficacy",
        paragraph,
        "",
        "Safety",
        paragraph,
    ]
    document = read_text("\n".join(["A trial of one drug in adults", "", "Results", "", *lines]).encode(), "x.txt")
    assert [texts(one) for one in document.tables] == [[["Sex", "All"], ["Male", "12"], ["Female", "13"]]]
    assert [s.title for s in document.sections if s.title] == ["Results", "Efficacy", "Safety"]


def test_a_column_of_short_lines_is_a_table() -> None:
    assert texts(table("Fever", "Chills", "Rash"))[0] == ["Fever"]
