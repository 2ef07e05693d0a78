from __future__ import annotations

import textwrap

import pytest
from typesetter import ALPHA, column, read, text

from corpus.pdf.places import page_boxes


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a hazard ratio in the popula-", "tion and the population at large was low"], "the population and the"),
        (["given with a placebo-", "controlled design, as placebo-controlled trials"], "placebo-controlled design"),
        (["a dose of 5-", "10 mg was given to all of them in the trial"], "5-10 mg"),
        (["the mean of the two-", "thirds of them who had been treated in the end"], "two-thirds of"),
        (["the popula-", "tion, and what pro-", "duced it in the end"], "what produced it"),
        (["the popula-", "tion of a non-", "dominant hand in the end"], "non-dominant"),
        (["the popula-", "tion. Nei-", "ther of them came to the end"], "Neither of them"),
        (["the popula-", "tion with HER-", "amplified tumours in the end"], "HER-amplified"),
    ],
    ids=["divided", "compound elsewhere", "range", "prefix", "opening", "part", "first word", "abbreviation"],
)
def test_hyphens_at_line_ends(lines: list[str], joined: str) -> None:
    page = [text(50, 100 + 11 * n, line) for n, line in enumerate(lines)]
    page += column(50, 200, f"{ALPHA} It was placebo-controlled in this population.")[0]
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


def test_half_a_character_is_no_text() -> None:
    page = [text(50, 100, "\\003 was the sign").replace("\\\\", "\\"), *column(50, 140, ALPHA)[0]]
    assert read(page).text.startswith("\ufffd was the sign")
