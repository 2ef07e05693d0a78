from __future__ import annotations

import pytest

from corpus.layout.blocks import Line
from corpus.layout.stacked import stacked_rows

Rows = list[list[str]]


def rows(*parts: str) -> Rows:
    """The rows made of parts, each given as its lines with " / " between."""
    text, printed = "", []
    for part in parts:
        lines = []
        for line in part.split(" / "):
            lines.append(Line(len(text), len(text) + len(line), line))
            text += f"{line}\n"
        printed.append(lines)
    return [[text[slice(*cell)].replace("\n", " ") if cell else "" for cell in row] for row in stacked_rows(printed)]


HEAD = ("Characteristic", "Arm A (n = 40)", "Arm B (n = 38)")
TOP = list(HEAD)


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        (("Rash", "1", "2", "Cough", "3", "4"), [["Rash", "1", "2"], ["Cough", "3", "4"]]),
        (("Rash / Cough", "1 / 3", "2 / 4"), [["Rash", "1", "2"], ["Cough", "3", "4"]]),
        (
            ("Sex / Male / Female / Tumour stage / I / II", "20 / 20", "19 / 19", "7 / 33", "9 / 29"),
            [
                ["Sex"],
                ["Male", "20", "19"],
                ["Female", "20", "19"],
                ["Tumour stage"],
                ["I", "7", "9"],
                ["II", "33", "29"],
            ],
        ),
        (
            ("Loss of / appetite / Rash", "5", "6", "1", "2"),
            [["Loss of appetite", "5", "6"], ["Rash", "1", "2"]],
        ),
        (("Rash / Cough", "1 (3) 2 (5) / 3 (8) 4 (11)"), [["Rash", "1 (3)", "2 (5)"], ["Cough", "3 (8)", "4 (11)"]]),
        (
            ("Rash / Cough / Fever", "1 / 3 / 5", "2", "4 / 6"),
            [["Rash", "1", "2"], ["Cough", "3", "4"], ["Fever", "5", "6"]],
        ),
        (
            ("Rash", "1", "2", "Cough", "3", "4", "Any effect"),
            [["Rash", "1", "2"], ["Cough", "3", "4"], ["Any effect"]],
        ),
        (("Rash", "1", "2", "Cough", "3", "4", "P value / 0.30", "0.04"), [["Rash", "1", "2"], ["Cough", "3", "4"]]),
    ],
    ids=["row by row", "columns", "headings", "wrapped", "two values a line", "pieces", "late heading", "p apart"],
)
def test_rows_that_are_certain(parts: tuple[str, ...], body: Rows) -> None:
    assert rows(*HEAD, *parts) == [TOP, *body]


def test_a_column_of_p_values_that_some_rows_leave_out() -> None:
    found = rows(*HEAD, "P value", "Rash", "1", "2", "0.30", "Cough", "3", "4", "Fever", "5", "6", "0.04")
    assert found == [[*TOP, "P value"], ["Rash", "1", "2", "0.30"], ["Cough", "3", "4"], ["Fever", "5", "6", "0.04"]]


@pytest.mark.parametrize(
    "parts",
    [
        (*HEAD, "Rash / Cough / Fever / Pain", "1", "2", "3", "4"),
        (*HEAD, "Rash / Cough", "1 / 3", "2"),
        (*HEAD, "12 (30)", "11 (29)", "Rash / Cough", "3", "4"),
        (*HEAD, "Rash", "1", "2", "Cough", "3", "4", "Mean weight"),
        ("Event", "Arm A", "Arm B", "Grade 1", "Grade 3", "Rash", "1", "2", "3", "4"),
        ("Arm A", "Event", "Arm B", "Rash", "1", "2", "Cough", "3", "4"),
        ("Words of prose", "and more of them"),
        (),
    ],
    ids=["which labels", "short column", "value first", "late row", "two heads", "odd head", "no values", "nothing"],
)
def test_what_is_not_certain_has_no_cells(parts: tuple[str, ...]) -> None:
    assert rows(*parts) == []
