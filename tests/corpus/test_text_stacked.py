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


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        (
            ("Drug", "Placebo", "n = 40", "n = 38", "p", "Rash", "1", "2", "0.5", "Cough", "3", "4", "0.6"),
            [
                ["", "Drug", "Placebo", ""],
                ["", "n = 40", "n = 38", "p"],
                ["Rash", "1", "2", "0.5"],
                ["Cough", "3", "4", "0.6"],
            ],
        ),
        (
            ("Event", "Arm A (n = 40)", "Arm B (n = 38)", "No.", "No.", "%", "%", "Rash", "1", "2", "3", "4"),
            [
                ["Event", "Arm A (n = 40)", "", "Arm B (n = 38)", ""],
                ["", "No.", "%", "No.", "%"],
                ["Rash", "1", "2", "3", "4"],
            ],
        ),
        (
            ("Fever", *HEAD[1:], "1", "2", "Cough", "3", "4"),
            [["", *HEAD[1:]], ["Fever", "1", "2"], ["Cough", "3", "4"]],
        ),
        (
            ("Veltanib group (n = 9)", "Placebo group (n = 8)", "Fever", "1", "2", "Cough", "3", "4"),
            [["", "Veltanib group (n = 9)", "Placebo group (n = 8)"], ["Fever", "1", "2"], ["Cough", "3", "4"]],
        ),
        (
            ("Outcomes", "Rash / Cough", *HEAD[1:], "1", "2", "3", "4"),
            [["Outcomes", *HEAD[1:]], ["Rash", "1", "2"], ["Cough", "3", "4"]],
        ),
        ((*HEAD, "Any adverse event", "1", "2"), [TOP, ["Any adverse event", "1", "2"]]),
        (
            (
                "Dose",
                "Low",
                "Mid",
                "High",
                "Rash",
                "1",
                "2",
                "3",
                "Cough",
                "4",
                "5",
                "6",
                "Pain",
                "7",
                "8",
                "9",
                "Fever",
                "0",
                "1",
                "2",
            ),
            [
                ["Dose", "Low", "Mid", "High"],
                ["Rash", "1", "2", "3"],
                ["Cough", "4", "5", "6"],
                ["Pain", "7", "8", "9"],
                ["Fever", "0", "1", "2"],
            ],
        ),
    ],
    ids=[
        "names over sizes",
        "groups over units",
        "a label before",
        "groups are no stub",
        "labels between",
        "an event is no head",
        "a band between two labels",
    ],
)
def test_heads(parts: tuple[str, ...], found: Rows) -> None:
    assert rows(*parts) == found


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        (
            ("Rash", "1 (3)", "2 (5)", "Severity:", "0 / 1", "3 (8) / 4 (9)", "5 (1) / 6 (2)"),
            [["Rash", "1 (3)", "2 (5)"], ["Severity:"], ["0", "3 (8)", "5 (1)"], ["1", "4 (9)", "6 (2)"]],
        ),
        (
            ("Rash", "1", "2", "Cough", "3 / 9", "4", "Fever", "5", "6", "Nausea", "7", "8"),
            [["Rash", "1", "2"], ["Fever", "5", "6"], ["Nausea", "7", "8"]],
        ),
        (
            ("Pain of the head or neck", "1", "2", "slight / moderate / severe", "3 / 5 / 7", "4 / 6 / 8"),
            [
                ["Pain of the head or neck", "1", "2"],
                ["slight", "3", "4"],
                ["moderate", "5", "6"],
                ["severe", "7", "8"],
            ],
        ),
        (
            (
                "Rash / Weight / Pain / Cough / Fever",
                "1 / n=40, 3.5 (1.1) / 4 / 6 / 8",
                "2 / n=38, 3.6 (1.2) / 5 / 7 / 9",
            ),
            [
                ["Rash", "1", "2"],
                ["Weight", "n=40, 3.5 (1.1)", "n=38, 3.6 (1.2)"],
                ["Pain", "4", "5"],
                ["Cough", "6", "7"],
                ["Fever", "8", "9"],
            ],
        ),
        (
            (
                "Rash",
                "1",
                "2",
                "Cough",
                "3",
                "4",
                "Values of three patients are not known.",
                "Rash was told by the patients alone.",
            ),
            [["Rash", "1", "2"], ["Cough", "3", "4"]],
        ),
        (("Rash", "1", "2", "a", "Cough", "3", "4", "a"), [["Rash", "1", "2"], ["Cough", "3", "4"]]),
        (
            ("Age (years)", "51", "52", "Male", "3", "4", "Nausea", "5", "6", "Sex"),
            [["Age (years)", "51", "52"], ["Nausea", "5", "6"], ["Sex"]],
        ),
    ],
    ids=[
        "codes are labels",
        "a gap",
        "room for a label",
        "values with words",
        "sentences",
        "marks",
        "words that a late heading may belong to",
    ],
)
def test_rows_beside_what_is_not_certain(parts: tuple[str, ...], body: Rows) -> None:
    assert rows(*HEAD, *parts) == [TOP, *body]


@pytest.mark.parametrize(
    "parts",
    [
        ("n = 40", "n = 38", "Rash", "1", "2", "Cough", "3", "4"),
        (*HEAD, "Odds ratio (95% CI)", "1", "2", "Cough", "3", "4"),
        (*HEAD, "Rash (n =", "1", "2", "Cough", "3", "4"),
    ],
    ids=["no names", "a column among the labels", "torn size"],
)
def test_heads_that_are_none(parts: tuple[str, ...]) -> None:
    assert rows(*parts) == []
