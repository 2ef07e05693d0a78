"""Numbers, intervals, p-values and counts as trials print them."""

import re
from decimal import Decimal

import pytest

from extractor.quantities import (
    ANY_COUNT,
    CONFIDENCE_INTERVAL,
    COUNT_OF_TOTAL,
    NUMBER,
    P_VALUE,
    PERCENT,
    count,
    decimal,
    interval,
    p_value,
    words_to_number,
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("1,234 patients", ["1,234"], id="thousands"),
        pytest.param("1 234 567 doses", ["1 234 567"], id="thousands by blanks"),
        pytest.param("12.5 and .05", ["12.5", ".05"], id="decimals"),
        pytest.param("3, 12", ["3", "12"], id="a list is no number"),
        pytest.param("no number", [], id="words"),
    ],
)
def test_number(text: str, numbers: list[str]) -> None:
    assert [match[0] for match in re.finditer(NUMBER, text)] == numbers


@pytest.mark.parametrize("text", ["12%", "12.5 %", "40 per cent", "40 percent"])
def test_percent(text: str) -> None:
    assert re.fullmatch(PERCENT, text)


@pytest.mark.parametrize("text", ["12", "%", "40 percentiles"])
def test_no_percent(text: str) -> None:
    assert not re.search(PERCENT, text)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        pytest.param("0.60", "0.60", id="digits kept"),
        pytest.param("1,234", "1234", id="thousands"),
        pytest.param("12 345", "12345", id="thousands by a blank"),
        pytest.param(".05", "0.05", id="no leading zero"),
        pytest.param("- 3.5", "-3.5", id="minus with a blank"),
        pytest.param("45%", "45", id="percent"),
        pytest.param("NR", None, id="not reached"),
        pytest.param("", None, id="empty"),
        pytest.param(None, None, id="nothing"),
    ],
)
def test_decimal(printed: str | None, value: str | None) -> None:
    read = decimal(printed)
    assert read == (None if value is None else Decimal(value))
    assert printed != "0.60" or str(read) == "0.60"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1,234", 1234),
        ("thirty-seven", 37),
        ("one hundred and two", 102),
        ("two hundred", 200),
        ("a hundred", 100),
        ("Nineteen", 19),
        ("12.5", None),
        ("dozens", None),
        (None, None),
    ],
)
def test_count(printed: str | None, value: int | None) -> None:
    assert count(printed) == value


def test_words_to_number_knows_every_number_it_finds() -> None:
    for words in ("zero", "ninety-nine", "nine hundred and ninety nine", "forty two"):
        assert re.fullmatch(ANY_COUNT, words)
    assert words_to_number("nine hundred and ninety nine") == 999
    assert words_to_number("nine hundred patients") is None


@pytest.mark.parametrize(
    ("text", "low", "high", "level"),
    [
        pytest.param("95% CI 0.7-1.1", "0.7", "1.1", "95", id="plain"),
        pytest.param("(95% confidence interval: 0.7 to 1.1)", "0.7", "1.1", "95", id="words"),
        pytest.param("95% CI, -3.1 to -0.4", "-3.1", "-0.4", "95", id="negative bounds"),
        pytest.param("97.5% two-sided CI [10.2%, 20.4%]", "10.2", "20.4", "97.5", id="percentages"),
        pytest.param("CI 8.1-NR", "8.1", None, None, id="upper bound not reached"),
        pytest.param("95% CI 12.4-not reached", "12.4", None, "95", id="not reached in words"),
        pytest.param("90% confidence limits 1,200 and 1,450", "1200", "1450", "90", id="thousands"),
        pytest.param("95% CrI 0.5; 0.9", "0.5", "0.9", "95", id="credible"),
    ],
)
def test_confidence_interval(text: str, low: str | None, high: str | None, level: str | None) -> None:
    match = re.search(CONFIDENCE_INTERVAL, text)
    assert match
    found = interval(match["ci_low"], match["ci_high"], match["ci_level"], match["ci_to"])
    assert found
    assert (found.low, found.high, found.level) == tuple(None if v is None else Decimal(v) for v in (low, high, level))


@pytest.mark.parametrize("text", ["range 0.7-1.1", "95% of patients", "CI was wide", "a CI of the rate"])
def test_no_confidence_interval(text: str) -> None:
    assert not re.search(CONFIDENCE_INTERVAL, text)


@pytest.mark.parametrize(
    ("low", "high", "joined_by", "expected"),
    [
        pytest.param("2.1", "-3.4", None, ("2.1", "-3.4"), id="as printed"),
        pytest.param("2.1", "-1.4", "-", ("2.1", "1.4"), id="a second dash is no sign"),
        pytest.param("2.1", "-3.4", " to ", ("2.1", "-3.4"), id="after a word it is"),
        pytest.param("NR", "NE", None, (None, None), id="neither reached"),
    ],
)
def test_interval(low: str, high: str, joined_by: str | None, expected: tuple[str | None, str | None]) -> None:
    found = interval(low, high, None, joined_by)
    assert found
    assert (found.low, found.high) == tuple(None if bound is None else Decimal(bound) for bound in expected)


@pytest.mark.parametrize(("low", "high"), [(None, "1"), ("1", None), ("age", "sex")])
def test_no_interval(low: str | None, high: str | None) -> None:
    assert interval(low, high) is None


@pytest.mark.parametrize(
    ("text", "relation", "value"),
    [
        pytest.param("P = 0.03", "=", "0.03", id="equal"),
        pytest.param("p<.001", "<", "0.001", id="no zero"),
        pytest.param("p-value 0.2", "=", "0.2", id="p-value"),
        pytest.param("p value of less than 0.05", "<", "0.05", id="in words"),
        pytest.param("P for trend = 0.2", "=", "0.2", id="trend"),
        pytest.param("p = 6.5 x 10-4", "=", "0.00065", id="scientific"),
        pytest.param("p ≤ 0.01", "<", "0.01", id="at most"),
        pytest.param("P > 0.99", ">", "0.99", id="greater"),
    ],
)
def test_p_value(text: str, relation: str, value: str) -> None:
    match = re.search(P_VALUE, text)
    assert match
    found = p_value(match["p_value"], match["p_relation"])
    assert found
    assert (found.relation, found.value) == (relation, Decimal(value))


@pytest.mark.parametrize("text", ["MAP = 0.03", "pH 0.5", "phase 2", "P was not given"])
def test_no_p_value(text: str) -> None:
    assert not re.search(P_VALUE, text)


@pytest.mark.parametrize("printed", ["1.2", "NS", None, "-0.1"])
def test_no_probability(printed: str | None) -> None:
    assert p_value(printed) is None


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("12 of 52 patients", ("12", "52")),
        ("12/52", ("12", "52")),
        ("12 out of the 1,052", ("12", "1,052")),
        ("12 of a total of 52", ("12", "52")),
    ],
)
def test_count_of_total(text: str, counts: tuple[str, str]) -> None:
    match = re.search(COUNT_OF_TOTAL, text)
    assert match
    assert (match["count"], match["total"]) == counts


@pytest.mark.parametrize("text", ["12 patients of 52", "of 52", "12 or 52"])
def test_no_count_of_total(text: str) -> None:
    assert not re.search(COUNT_OF_TOTAL, text)
