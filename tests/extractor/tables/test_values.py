from decimal import Decimal

import pytest

from extractor.tables.values import read_value

# What is printed, and its parts as "kind:numbers", those in brackets in brackets.
PRINTED = {
    "14": "number:14",
    "1,024": "number:1024",
    "27.5": "number:27.5",
    "27·5": "number:27.5",
    "-4.2": "number:-4.2",
    "14 (27%)": "number:14 (percent:27)",
    "14 (27)": "number:14 (number:27)",
    "27% (14)": "percent:27 (number:14)",
    "27.0% [14]": "percent:27.0 (number:14)",
    "12/52 (23)": "slash:12,52 (number:23)",
    "12/52": "slash:12,52",
    "12 of 52 (23%)": "slash:12,52 (percent:23)",
    "4.6 (2.5-6.9)": "number:4.6 (interval:2.5,6.9)",
    "4.6 (2.5, 6.9)": "number:4.6 (interval:2.5,6.9)",
    "47 (33–70)": "number:47 (interval:33,70)",
    "0.86 [0.70 to 1.06]": "number:0.86 (interval:0.70,1.06)",
    "-1.2 (-3.0 to -0.4)": "number:-1.2 (interval:-3.0,-0.4)",
    "17.2 (12.0-NR)": "number:17.2 (interval:12.0,None)",
    "12.3 ± 4.5": "number:12.3 spread:4.5",
    "12.3 +/- 4.5": "number:12.3 spread:4.5",
    "12.3 (4.5)": "number:12.3 (number:4.5)",
    "NR": "unreached:",
    "Not reached (8.1–NE)": "unreached: (interval:8.1,None)",
    "NS": "insignificant:",
    "14 (27)a": "number:14 (number:27)",
    "14 (27)*": "number:14 (number:27)",
    "14\n(27%)": "number:14 (percent:27)",
    "61 years": "number:61",
    "n = 52": "size:52",
}


@pytest.mark.parametrize(("text", "expected"), PRINTED.items(), ids=PRINTED)
def test_the_parts_of_a_cell(text: str, expected: str) -> None:
    value = read_value(text)
    found = [f"{part.kind}:{','.join(map(str, part.numbers))}" for part in value.parts]
    shown = [f"({each})" if part.bracketed else each for part, each in zip(value.parts, found, strict=True)]
    assert " ".join(shown) == expected
    assert value.clean


@pytest.mark.parametrize("text", ["", "-", "–", "—", "…", "N/A", "Ref.", "not done"])
def test_an_empty_cell_is_no_zero(text: str) -> None:
    value = read_value(text)
    assert value.empty
    assert not value.is_numeric


@pytest.mark.parametrize("text", ["Mild", "T3N1", "See text", "12:30", "FOLFOX 4", "Male 12, female 40"])
def test_words_are_no_value(text: str) -> None:
    assert not read_value(text).is_numeric


@pytest.mark.parametrize(
    ("text", "sign", "number"),
    [("<1", "<", "1"), ("<0.001", "<", "0.001"), ("≤5%", "≤", "5"), (">10", ">", "10")],
)
def test_signs_are_kept(text: str, sign: str, number: str) -> None:
    (part,) = read_value(text).parts
    assert (part.sign, part.number) == (sign, Decimal(number))


def test_a_p_value_in_a_cell() -> None:
    *_, last = read_value("1.4 (0.9-2.1); p = 0.03").parts
    assert last.kind == "p"
    assert last.p is not None
    assert last.p.value == Decimal("0.03")


def test_a_cell_may_name_its_spread() -> None:
    parts = read_value("63 (SD = 9.5; range 31-79)").parts
    assert [(part.kind, part.name) for part in parts] == [("number", ""), ("number", "sd"), ("interval", "range")]


def test_decimals_stay_as_printed() -> None:
    assert str(read_value("27.50 (3.0)").parts[0].number) == "27.50"
