from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from typesetter import ALPHA, BETA, HEIGHT, column, grid, prose, read, rule, table_page, text

from corpus.document import Document
from corpus.pdf.places import page_boxes

PAPERS = Path(__file__).parents[3] / ".." / "shared" / "papers"


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
    assert grid(document) == [["Event", "A", "B"], ["Rash of the skin on arms", "1", "2"], ["Cough", "", "4"]]


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


def set_table(
    head: list[list[str]], rows: list[list[str]], xs: list[float], step: float = 11, more: Sequence[str] = ()
) -> Document:
    """A table with a rule over and under its head."""
    foot = 116 + step * (len(head) - 1) + 4
    page = [
        text(60, 100, "Table 1. What was seen", 9, "B"),
        rule(60, 480, 105),
        *table_page(head, xs, 116, step),
        rule(60, 480, foot),
        *table_page(rows, xs, foot + 11, step),
        rule(60, 480, foot + 11 + step * len(rows)),
        *column(60, 500, ALPHA, 60)[0],
    ]
    return read([*page, *more])


def test_heads_wider_than_their_columns() -> None:
    head = [["", "Group 1 of 60 (%)", "Group 2 of 61 (%)"]]
    rows = [["Rash", "1", "2"], ["Cough", "3", "4"], ["Pain", "5", "6"]]
    assert grid(set_table(head, rows, [60, 150, 240])) == [*head, *rows]


def test_a_last_column_that_few_rows_fill() -> None:
    head = [["Stage", "All", "Arm A", "P"]]
    rows = [
        row
        for number in range(3)
        for row in (
            [f"Part {number}", "", "", f"0.1{number}"],
            ["I", "11 (9)", "10", ""],
            ["II", "83 (67)", "73", ""],
            ["III", "1 (1)", "7", ""],
        )
    ]
    assert grid(set_table(head, rows, [60, 200, 300, 360])) == [*head, *rows]


def test_rows_far_apart_are_no_wrapped_label() -> None:
    head = [["", "Arm A", "Arm B"]]
    rows = [["Grade 3 or 4", "1", "2"], ["Neutropenia", "", ""], ["Grade 1 or 2", "3", "4"], ["Grade 3 or 4", "5", "6"]]
    assert grid(set_table(head, rows, [60, 130, 240], 12)) == [*head, *rows]


def test_a_label_alone_that_runs_on_covers_its_row() -> None:
    head = [["Event", "Arm A", "Arm B", "P"]]
    rows = [["Events of all who were treated twice", "", "", ""], ["Rash", "1", "2", "0.5"], ["Cough", "3", "4", "0.6"]]
    found = set_table(head, rows, [60, 130, 240, 400]).tables[0].grid
    assert len({id(cell) for cell in found[1]}) == 1


def test_totals_stand_under_no_group() -> None:
    head = [["", "Study drug", "", ""], ["Event", "Low", "High", "Overall"]]
    rows = [["Rash", "1", "2", "3"], ["Cough", "3", "4", "7"], ["Pain", "5", "6", "11"]]
    found = grid(set_table(head, rows, [60, 180, 260, 340], 14, [rule(180, 400, 121)]))
    assert found[0][1:] == ["Study drug", "Study drug", ""]
