from __future__ import annotations

import textwrap

import pytest
from typesetter import ALPHA, BETA, GAMMA, LEFT, RIGHT, box, column, justified, prose, read, rule, text, two_columns


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


def test_recognised_text_has_one_size_whatever_was_guessed() -> None:
    sizes = (9, 4.8, 7.4, 4.2, 8.1, 4.5, 7.9)

    def words(x: float, y: float, line: str) -> str:
        at, made = x, ["3 Tr"]
        for word in line.split():
            size = sizes[(int(x + y) + len(made) // 3) % len(sizes)]
            made.append(f"{800 / size:.1f} Tz {text(at, y, word, size)}")
            at += 4.8 * len(word) + 7
        return " ".join(made)

    page = [
        words(x, 100 + 11 * n + x / 99, line)
        for x, whole in ((LEFT, f"{ALPHA} {GAMMA}"), (RIGHT, f"{BETA} {GAMMA}"))
        for n, line in enumerate(textwrap.wrap(whole, 44))
    ]
    assert prose(read(page)) == [f"{ALPHA} {GAMMA}", f"{BETA} {GAMMA}"]
