from __future__ import annotations

from typesetter import ALPHA, BETA, GAMMA, box, column, grid, prose, read, rule, table_page, text

XS = [60, 200, 300]
HEAD = [["Event", "Arm A", "Arm B"]]
FIRST = [[f"Event {n}", f"{n} (2)", f"{n} (4)"] for n in range(10, 15)]
LATER = [[f"Event {n}", f"{n} (3)", f"{n} (5)"] for n in range(20, 25)]


def test_a_head_on_every_page_of_a_table_is_no_running_head() -> None:
    one = [*column(60, 200, ALPHA, 80)[0], text(60, 800, "Table 1. Long", 9, "B")]
    parts = [
        [text(60, 40, "Roe et al.", 8), rule(60, 380, 50), *table_page(HEAD, XS, 62), *table_page(rows, XS, 84)]
        for rows in (FIRST, LATER)
    ]
    document = read(one, *parts, [text(60, 40, "Roe et al.", 8), *column(60, 200, BETA, 80)[0]])
    assert grid(document) == [*HEAD, *FIRST, *LATER]
    assert prose(document) == [ALPHA, BETA]


def test_a_table_without_rules_is_as_wide_as_the_column_of_text() -> None:
    cells = [["Event", "In arm A", "In arm B"]]
    cells += [[f"Sort of event {n}", f"{n} (12.5)", f"{n} (14.5)"] for n in range(20, 40)]
    page = [text(50, 100, "Table 1. Narrow", 9, "B")]
    for x, column_of_cells in zip([50, 140, 230], zip(*cells, strict=True), strict=True):
        page += table_page([[cell] for cell in column_of_cells], [x], 112)
    left = column(50, 360, f"{ALPHA} {GAMMA} {BETA}")[0]
    document = read([*page, *left, *column(320, 100, f"{BETA} {GAMMA} {ALPHA} {BETA} {GAMMA} {ALPHA}")[0]])
    assert grid(document) == cells


def test_a_label_over_two_columns_of_few_rows_parts_them() -> None:
    cells = [[f"Event {n}", f"{n} (2)", f"{n} (4)", "0.5"] for n in range(10, 16)]
    page = [text(60, 100, "Table 1. Over", 9, "B"), rule(60, 480, 105)]
    page += [text(60, 116, "Event", 8), text(210, 116, "Treatment that was given", 8), text(400, 116, "P", 8)]
    page += [rule(190, 380, 119), *table_page([["Arm A", "Arm B"]], [200, 300], 129), rule(60, 480, 133)]
    page += [*table_page(cells, [60, 200, 300, 400], 145), rule(60, 480, 205), *column(60, 240, ALPHA, 60)[0]]
    found = grid(read(page))
    assert found[0] == ["Event", *["Treatment that was given"] * 2, "P"]
    assert found[2:] == cells


def test_filled_bands_tell_rows_whose_cells_stand_at_half_height() -> None:
    page = [text(60, 100, "Table 1. Bands", 9, "B"), rule(60, 380, 104)]
    page += [text(x, 114, word, 8, "B") for x, word in zip(XS, HEAD[0], strict=True)]
    top, rows = 120.0, []
    for n, (label, cell) in enumerate(((1, 1), (2, 1), (1, 1), (2, 2), (1, 2), (1, 1), (2, 2), (1, 1))):
        cells = [["Event", "and fever"][:label], *[[f"{n} (2)", "all"][:cell]] * 2]
        height = 9.2 * max(label, cell) + 2
        page += [box(60, top, 380, top + height)] * (n % 2)
        for x, lines in zip(XS, cells, strict=True):
            first = top + height / 2 + 2.5 - 4.6 * (len(lines) - 1)
            page += [text(x, first + 9.2 * line, words, 8) for line, words in enumerate(lines)]
        rows.append([" ".join(lines) for lines in cells])
        top += height
    document = read([*page, rule(60, 380, top + 1), *column(60, 300, ALPHA, 60)[0]])
    assert grid(document) == [*HEAD, *rows]


def test_the_rest_of_a_cell_at_the_foot_of_a_column_is_no_note() -> None:
    one = [*column(60, 200, ALPHA, 80)[0], text(60, 740, "Table 1. Long", 9, "B"), rule(60, 380, 745)]
    one += [*table_page([*HEAD, *FIRST[:2], ["Age", "12 (1 to 20, all", "14 (2 to 30, all"]], XS, 756)]
    one += table_page([["values)", "values)"]], XS[1:], 800)
    document = read(one, [*table_page(LATER, XS, 62), rule(60, 380, 112), *column(60, 160, BETA, 80)[0]])
    assert grid(document)[3] == ["Age", "12 (1 to 20, all values)", "14 (2 to 30, all values)"]
    assert grid(document)[-1] == LATER[-1]
