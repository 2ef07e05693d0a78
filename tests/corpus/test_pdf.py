from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.pdf.places import page_boxes
from corpus.readers.pdf import read_pdf
from ontology.errors import UnreadablePaper

PAPERS = Path(__file__).parents[2] / ".." / "shared" / "papers"

# ---------------------------------------------------------------- a small typesetter: Courier, all letters 0.6 em wide

WIDTH, HEIGHT = 595, 842
FONTS = {"F": "Courier", "B": "Courier-Bold"}


def text(x: float, y: float, words: str, size: float = 9, font: str = "F", angle: int = 0) -> str:
    """Words on the baseline `y` points under the top edge."""
    shown = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    turn = {0: "1 0 0 1", 90: "0 1 -1 0"}[angle]
    return f"BT /{font} {size} Tf {turn} {x} {HEIGHT - y} Tm ({shown}) Tj ET"


def rule(x0: float, x1: float, y: float) -> str:
    return f"{x0} {HEIGHT - y} m {x1} {HEIGHT - y} l S"


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"0.9 g {x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re f 0 g"


def column(
    x: float, y: float, words: str, letters: int = 44, size: float = 9, indent: int = 0
) -> tuple[list[str], float]:
    """A paragraph set in lines of so many letters, justified; its last baseline."""
    lines = textwrap.wrap(" " * indent + words, letters, drop_whitespace=True)
    made = []
    for place, line in enumerate(lines):
        gaps = line.strip().count(" ")
        room = (letters - len(line)) * 0.6 * size if place + 1 < len(lines) and gaps else 0
        spacing = f"{room / gaps:.3f} Tw " if room and gaps else "0 Tw "
        start = x + (0.6 * size * indent if place == 0 else 0)
        made.append(spacing + text(start, y + place * 1.2 * size, line.strip(), size) + " 0 Tw")
    return made, y + (len(lines) - 1) * 1.2 * size


def pdf(pages: Sequence[Sequence[str]], extra: str = "", rotate: int = 0, trailer: str = "") -> bytes:
    """A PDF of pages, each a list of drawing operators."""
    objects = [f"<< /Type /Catalog /Pages 2 0 R {extra} >>", ""]
    fonts = " ".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding << /BaseEncoding /WinAnsiEncoding"
        " /Differences [1 /fi /fl] >> >>"
        for name, base in FONTS.items()
    )
    kids = []
    for page in pages:
        stream = "\n".join(page)
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate} "
            f"/Resources << /Font << {fonts} >> >> /Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream.encode('latin-1'))} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, offsets = "%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(body.encode("latin-1")))
        body += f"{number} 0 obj\n{item}\nendobj\n"
    start = len(body.encode("latin-1"))
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    return (body + f"<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF").encode("latin-1")


def read(*pages: Sequence[str], **options: object) -> Document:
    return read_pdf(pdf(pages, **options), "made.pdf")  # type: ignore[arg-type]


def prose(document: Document) -> list[str]:
    return [passage.text for passage in document.passages if passage.kind not in ("heading", "caption", "footnote")]


LEFT, RIGHT = 50, 320
ALPHA = (
    "The first column tells how the trial began and whom the investigators asked to take part in it after they had read "
    "the protocol and signed the form that the committee had approved in the spring of that year."
)
BETA = (
    "Nobody left the study before the second visit, and all of the samples reached the laboratory within one day of the "
    "time at which they were drawn by the nurses of the ward."
)
GAMMA = (
    "Later on the results were compared between the groups with methods that the plan had named before the data were "
    "locked, so that no choice was made after the fact."
)


def two_columns(left: str, right: str, y: float = 100) -> list[str]:
    return column(LEFT, y, left)[0] + column(RIGHT, y + 4, right)[0]


# ---------------------------------------------------------------- reading order


def test_columns_are_read_one_after_the_other() -> None:
    document = read(two_columns(ALPHA, BETA))
    assert prose(document) == [ALPHA, BETA]


def test_a_title_and_a_full_line_stand_above_columns() -> None:
    head = [text(60, 60, "A trial of something in somebody", 16, "B")]
    document = read([*two_columns(ALPHA, BETA), *head])
    assert document.text.startswith("A trial of something in somebody")
    assert document.text.index(ALPHA[:20]) < document.text.index(BETA[:20])


def test_three_columns() -> None:
    parts = [ALPHA, BETA, GAMMA]
    page = [op for place, words in enumerate(parts) for op in column(40 + 180 * place, 120 + 3 * place, words, 30)[0]]
    assert prose(read(page)) == parts


def test_a_sentence_goes_on_over_a_column_and_a_page() -> None:
    whole = f"{ALPHA[:-1]} and then {BETA[0].lower()}{BETA[1:]}"
    cut = len(ALPHA) + 4
    first, second = whole[:cut].rstrip(), whole[cut:].lstrip()
    # The page ends where its last line is full.
    lines = textwrap.wrap(whole, 44)
    first, second = " ".join(lines[:5]), " ".join(lines[5:])
    one = column(LEFT, 100, GAMMA)[0] + justified(RIGHT, 100, lines[:5])
    two = column(LEFT, 100, second)[0] + column(RIGHT, 100, GAMMA)[0]
    texts = prose(read(one, two))
    assert f"{first} {second}" in texts


def justified(x: float, y: float, lines: Sequence[str], letters: int = 44, size: float = 9) -> list[str]:
    """Lines that all reach the right edge."""
    made = []
    for place, line in enumerate(lines):
        room = (letters - len(line)) * 0.6 * size / max(1, line.count(" "))
        made.append(f"{room:.3f} Tw {text(x, y + 1.2 * size * place, line, size)} 0 Tw")
    return made


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            *column(50, 100, words, 60)[0],
            text(50, 40, "Roe et al. A made trial", 8),
            text(290, 815, f"Page {n} of 3", 8),
        ]
        for n, words in enumerate((ALPHA, GAMMA, BETA), 1)
    ]
    document = read(*pages)
    assert "Roe et al." not in document.text
    assert "Page" not in document.text
    assert prose(document) == [ALPHA, GAMMA, BETA]


def test_line_numbers_are_left_out() -> None:
    lines = textwrap.wrap(f"{ALPHA} {BETA} {GAMMA}", 60)
    page = [text(100, 100 + 20 * n, line) for n, line in enumerate(lines)]
    page += [text(60, 100 + 20 * n, str(n + 1), 8) for n in range(len(lines))]
    document = read(page)
    assert not any(character.isdigit() for character in document.text)


def test_numbers_of_a_table_are_no_line_numbers() -> None:
    page = [
        text(60, 100, "Table 1. Doses", 9, "B"),
        rule(60, 400, 106),
        text(60, 116, "Level", 8),
        text(200, 116, "Dose", 8),
    ]
    page.append(rule(60, 400, 120))
    for n in range(12):
        page += [text(60, 132 + 11 * n, str(n + 1), 8), text(200, 132 + 11 * n, f"{5 * n}.5 mg", 8)]
    page += [rule(60, 400, 258), *column(60, 300, ALPHA, 60)[0]]
    (table,) = read(page).tables
    assert [row[0].text for row in table.body if row[0]] == [str(n + 1) for n in range(12)]


def test_turned_margin_notes_are_left_out() -> None:
    document = read([*two_columns(ALPHA, BETA), text(20, 600, "Downloaded from a server by a guest", 7, angle=90)])
    assert "Downloaded" not in document.text


@pytest.mark.parametrize("rotate", [0, 90])
def test_a_page_set_sideways_is_read_upright(rotate: int) -> None:
    lines = textwrap.wrap(f"{ALPHA} {BETA}", 60)
    page = [text(100 + 12 * n, 700, line, angle=90) for n, line in enumerate(lines)]
    document = read(page, rotate=rotate)
    assert prose(document) == [f"{ALPHA} {BETA}"]


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a hazard ratio in the popula-", "tion and the population at large was low"], "the population and the"),
        (["given with a placebo-", "controlled design, as placebo-controlled trials"], "placebo-controlled design"),
        (["a dose of 5-", "10 mg was given to all of them in the trial"], "5-10 mg"),
        (["the mean of the two-", "thirds of them who had been treated in the end"], "two-thirds of"),
    ],
    ids=["divided", "compound elsewhere", "range", "prefix"],
)
def test_hyphens_at_line_ends(lines: list[str], joined: str) -> None:
    page = [text(50, 100 + 11 * n, line) for n, line in enumerate(lines)]
    page += column(50, 200, f"{ALPHA} It was placebo-controlled.")[0]
    assert joined in read(page).text


def test_superscripts_and_subscripts() -> None:
    page = [
        text(50, 100, "It was seen before."),
        text(50 + 19 * 5.4, 96.5, "4,7", 6),
        text(50 + 19 * 5.4 + 12, 100, "Then 10"),
        text(50 + 19 * 5.4 + 12 + 7 * 5.4, 96.5, "9", 6),
        text(50 + 19 * 5.4 + 12 + 7 * 5.4 + 3.6, 100, "/L of CO"),
        text(50 + 19 * 5.4 + 12 + 15 * 5.4 + 3.6, 102, "2", 6),
        *column(50, 140, ALPHA)[0],
    ]
    assert "seen before.⁴,⁷ Then 10⁹/L of CO₂" in read(page).text


def test_an_initial_over_lines_belongs_to_its_word() -> None:
    lines = textwrap.wrap(ALPHA[1:], 44)
    page = [text(50, 116, "T", 30), *[text(70 if n < 2 else 50, 102 + 11 * n, line) for n, line in enumerate(lines)]]
    assert read(page).text.startswith("The first column tells")


def test_ligatures_are_letters() -> None:
    page = [text(50, 100, "the \\001rst \\002ow of ef\\001cacy").replace("\\\\", "\\"), *column(50, 140, ALPHA)[0]]
    document = read(page)
    assert "the first flow of efficacy" in document.text
    start = document.text.index("first")
    assert len(page_boxes(document, start, start + 5)) == 1


def test_every_character_has_its_place() -> None:
    document = read(two_columns(ALPHA, BETA), two_columns(GAMMA, ALPHA))
    start = document.text.index("Nobody left")
    (place,) = page_boxes(document, start, start + len("Nobody left"))
    assert (place.page, round(place.left)) == (1, RIGHT)
    assert 11 * 5.4 <= place.right - place.left < 15 * 5.4
    assert place.bottom < HEIGHT - 104 < place.top
    later = document.text.index("Later on")
    assert [found.page for found in page_boxes(document, later, later + 5)] == [2]
    whole = document.text.index(ALPHA[:30])
    assert len(page_boxes(document, whole, whole + len(ALPHA))) == len(textwrap.wrap(ALPHA, 44))


# ---------------------------------------------------------------- tables


def table_page(rows: Sequence[Sequence[str]], xs: Sequence[float], y: float = 130, step: float = 11) -> list[str]:
    return [
        text(x, y + step * n, cell, 8) for n, row in enumerate(rows) for x, cell in zip(xs, row, strict=True) if cell
    ]


def grid(document: Document, place: int = 0) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in document.tables[place].grid]


ROWS = [["Rash", "12 (24)", "8 (16)"], ["Nausea", "5 (10)", "7 (14)"], ["Death", "0", "1 (2)"]]
XS = [60, 200, 300]


def test_a_table_without_inner_rules() -> None:
    head = table_page([["Event", "Arm A", "Arm B"]], XS, 116)
    page = [
        text(60, 100, "Table 1. Adverse events in both arms", 9, "B"),
        rule(60, 380, 105),
        *head,
        rule(60, 380, 120),
        *table_page(ROWS, XS, 132),
        rule(60, 380, 158),
        text(60, 168, "Values are n (%).", 7),
        *column(60, 200, ALPHA, 60)[0],
    ]
    document = read(page)
    (table,) = document.tables
    assert (table.label, table.header_rows) == ("Table 1", 1)
    assert table.caption is not None
    assert table.caption.text == "Table 1. Adverse events in both arms"
    assert grid(document) == [["Event", "Arm A", "Arm B"], *ROWS]
    assert [note.text for note in table.footnotes] == ["Values are n (%)."]
    assert prose(document) == [ALPHA]
    cell = table.grid[1][1]
    assert cell is not None
    (place,) = page_boxes(document, cell.start, cell.end)
    assert round(place.left) == 200


def test_a_head_in_two_levels_and_wrapped_cells() -> None:
    page = [
        text(60, 100, "Table 2. Grades", 9, "B"),
        rule(60, 480, 105),
        text(60, 116, "Event", 8),
        text(230, 116, "Combination", 8),
        text(400, 116, "Single", 8),
        rule(200, 340, 120),
        rule(370, 480, 120),
        *table_page([["", "Any", "Grade 3", "Any", "Grade 3"]], [60, 200, 290, 370, 440], 131),
        rule(60, 480, 136),
        *table_page([["Loss of", "9", "1", "4", "0"]], [60, 200, 290, 370, 440], 148),
        text(60, 157, "appetite", 8),
        *table_page([["Rash", "8", "2", "3", "1"], ["Cough", "7", "0", "2", "0"]], [60, 200, 290, 370, 440], 170, 13),
        rule(60, 480, 190),
        *column(60, 230, ALPHA, 60)[0],
    ]
    document = read(page)
    assert grid(document) == [
        ["Event", "Combination", "Combination", "Single", "Single"],
        ["Event", "Any", "Grade 3", "Any", "Grade 3"],
        ["Loss of appetite", "9", "1", "4", "0"],
        ["Rash", "8", "2", "3", "1"],
        ["Cough", "7", "0", "2", "0"],
    ]
    assert document.tables[0].header_rows == 2
    assert document.tables[0].grid[0][1] is document.tables[0].grid[0][2]


def test_a_caption_under_its_table() -> None:
    page = [
        *column(60, 80, ALPHA, 60)[0],
        rule(60, 380, 150),
        *table_page([["Event", "Arm A", "Arm B"]], XS, 161),
        rule(60, 380, 165),
        *table_page(ROWS, XS, 176),
        rule(60, 380, 202),
        text(60, 216, "Table 4. What was seen", 9, "B"),
        *column(60, 260, BETA, 60)[0],
    ]
    document = read(page)
    assert grid(document) == [["Event", "Arm A", "Arm B"], *ROWS]
    assert document.tables[0].caption is not None
    assert document.tables[0].caption.text == "Table 4. What was seen"
    assert prose(document) == [ALPHA, BETA]


def test_a_table_with_lines_around_its_cells() -> None:
    ys, xs = [105, 120, 135, 150], [55, 195, 295, 400]
    lines = [rule(xs[0], xs[-1], y) for y in ys] + [f"{x} {HEIGHT - ys[0]} m {x} {HEIGHT - ys[-1]} l S" for x in xs]
    cells = [["Event", "A", "B"], ["Rash of the skin on arms", "1", "2"], ["Cough", "", "4"]]
    page = [text(55, 100, "Table 5. Lines", 9, "B"), *lines, *table_page(cells, [60, 198, 298], 116, 15)]
    document = read([*page, *column(55, 200, ALPHA, 60)[0]])
    assert grid(document) == [["Event", "A", "B"], ["Rash of the skin on arms", "1", "2"], ["Cough", None, "4"]]


def test_rows_on_the_next_page_are_the_same_table() -> None:
    one = [
        *column(60, 80, ALPHA, 80)[0],
        text(60, 700, "Table 3. Long", 9, "B"),
        rule(60, 380, 705),
        *table_page([["Event", "Arm A", "Arm B"]], XS, 716),
        rule(60, 380, 720),
        *table_page(ROWS * 2, XS, 732),
    ]
    one.append(text(330, 810, "(Continued)", 7))
    two = [
        text(60, 66, "Table 3 continued", 8),
        *table_page([["Fever", "3 (6)", "1 (2)"], ["Chills", "2 (4)", "0"]], XS, 80),
        rule(60, 380, 95),
    ]
    two += column(60, 140, BETA, 80)[0]
    document = read(one, two)
    (table,) = document.tables
    assert len(table.body) == 8
    assert grid(document)[-1] == ["Chills", "2 (4)", "0"]
    assert prose(document) == [ALPHA, BETA]
    last = table.grid[-1][0]
    assert last is not None
    assert [place.page for place in page_boxes(document, last.start, last.end)] == [2]


def test_a_sentence_about_a_table_is_no_caption() -> None:
    words = f"{ALPHA} Table 1 shows the characteristics of all who took part in it."
    document = read(column(60, 100, words, 60)[0])
    assert document.tables == ()
    assert prose(document) == [words]


# ---------------------------------------------------------------- figures


def test_words_inside_a_figure_are_kept_out_of_the_text() -> None:
    page = [
        *column(60, 80, ALPHA, 60)[0],
        box(60, 200, 360, 320),
        text(100, 240, "Screened (n=90)", 7),
        text(200, 300, "Excluded (n=9)", 7),
        text(60, 336, "Figure 1. Flow of those who took part", 8, "B"),
        *column(60, 380, BETA, 60)[0],
    ]
    document = read(page)
    assert prose(document) == [ALPHA, BETA]
    assert [figure.label for figure in document.figures] == ["Figure 1"]
    assert "Screened" not in " ".join(passage.text for passage in document.passages)


# ---------------------------------------------------------------- what cannot be read

ENCRYPTED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "11" * 32 + "> /U <" + "22" * 32 + "> >> /ID [<00> <00>]"
)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.4\nnothing of use", "damaged"),
        (pdf([]), "without pages|damaged"),
        (pdf([[box(10, 10, 500, 500)]]), "pictures without text"),
        (pdf([[text(50, 50, ALPHA)]], trailer=ENCRYPTED), "encrypted"),
    ],
    ids=["damaged", "no pages", "image only", "encrypted"],
)
def test_what_cannot_be_read(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadablePaper, match=problem) as caught:
        read_pdf(data, "paper.pdf")
    assert "\n" not in str(caught.value)


def test_the_limit_of_pages_can_be_lifted() -> None:
    data = pdf([two_columns(ALPHA, BETA)] * 3)
    with pytest.raises(UnreadablePaper, match="3 pages"):
        read_pdf(data, "paper.pdf", max_pages=2)
    assert len(read_pdf(data, "paper.pdf", max_pages=3).pages) == 3


def test_scripts_are_not_run_and_empty_pages_are_told() -> None:
    action = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    document = read(two_columns(ALPHA, BETA), [], extra=action)
    assert document.warnings == ("no text on page 2",)


@pytest.mark.skipif(not PAPERS.is_dir(), reason="development papers are not on this machine")
def test_a_journal_page_and_a_print_keep_their_tables() -> None:
    journal = read_pdf((PAPERS / "journal-pdf" / "paper.pdf").read_bytes(), "paper.pdf")
    assert [table.label for table in journal.tables] == [f"Table {n}" for n in range(1, 7)]
    assert len(journal.references) == 39
    text_ = journal.text
    assert all(text_[cell.start : cell.end] == cell.text for table in journal.tables for cell in table.cells())
    assert all(
        text_[p.offsets[0] : p.offsets[-1] + 1] == p.text for p in journal.passages if isinstance(p.offsets, range)
    )
