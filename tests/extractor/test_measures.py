"""Measures in invented phrases: statistic, value, count, interval."""

import pytest

from extractor.measures import measures

Row = tuple[str, float | None, str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("the rate was 38.7% (24/62)", [("rate", 38.7, "%")], id="rate"),
        pytest.param("20 vs 30% of patients", [("rate", 20, "%"), ("rate", 30, "%")], id="borrowed sign"),
        pytest.param("a median of 7.7 months (95% CI: 5.7-10.4)", [("median", 7.7, "mo")], id="median"),
        pytest.param("median PFS was 5.3 months and the 6-month rate 45%", [("median", 5.3, "mo"), ("rate", 45, "%")], id="median, then rate"),
        pytest.param("a median improvement of 12% and 9%", [("median", 12, "%"), ("median", 9, "%")], id="medians in percent"),
        pytest.param("hazard ratio [HR] 1.08, 95% CI 0.91-1.29", [("hazard_ratio", 1.08, None)], id="ratio with its acronym"),
        pytest.param("(odds ratio (OR), 4.342, 95% CI 1.764-10.687)", [("odds_ratio", 4.342, None)], id="ratio and comma"),
        pytest.param("7.2 ± 1.3 mmHg", [("mean", 7.2, "mm[Hg]")], id="mean and deviation"),
        pytest.param("the median follow-up was 18 months", [("other", 18, "mo")], id="follow-up"),
        pytest.param("the median score at 12 months", [], id="a moment"),
        pytest.param("PASI 75 (60.0%)", [("rate", 60, "%")], id="number of a name"),
        pytest.param("95% CI 3.1-4.2", [], id="level of an interval"),
        pytest.param("the mean pressure values 72 hours and 7 days after injury", [], id="two moments"),
    ],
)  # fmt: skip
def test_measures(text: str, expected: list[Row]) -> None:
    found = measures(text)
    assert [(m.statistic, None if m.value is None else float(m.value), m.unit) for m in found] == expected


def test_attached() -> None:
    (measure,) = measures("The rate was 50.3% (95% CI 45.5-54.9; p = 0.03).")
    assert measure.ci
    assert (float(measure.ci.low or 0), float(measure.ci.high or 0)) == (45.5, 54.9)
    assert measure.p_value
    assert float(measure.p_value.value) == 0.03


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        pytest.param("Median PFS was 7.4 months (6.9-8.4).", True, ("6.9", "8.4"), id="told above"),
        pytest.param("Median PFS was 7.4 months (6.9-8.4).", False, None, id="not told"),
        pytest.param("Median PFS was 7.4 months (5.3-not reached).", True, ("5.3", "None"), id="open above"),
        pytest.param("Median PFS was 7.4 months (8.1-9.4).", True, None, id="does not enclose the value"),
        pytest.param("The rate was 12 (30%) (24-37).", True, None, id="behind a count"),
        pytest.param("The rate was 30% [24-37].", False, ("24", "37"), id="square brackets behind a percentage"),
        pytest.param("OR 0.41, 95 per cent c.i. 0.17 to 0.95.", False, ("0.17", "0.95"), id="per cent c.i."),
        pytest.param("It was longer (HR 0.75 [0.60-0.94]).", False, ("0.60", "0.94"), id="behind a ratio"),
    ],
)
def test_bare_intervals(text: str, told: bool, expected: tuple[str, str] | None) -> None:
    (measure,) = measures(text, told=told)
    assert (measure.ci and (str(measure.ci.low), str(measure.ci.high))) == expected


@pytest.mark.parametrize(
    ("text", "low"),
    [
        pytest.param("98.4% with A (95% CI 94.1-99.8)", "94.1", id="its own"),
        pytest.param("98.4% with A (p = 0.03; 95% CI, -0.066 to -0.015)", None, id="of a difference of proportions"),
    ],
)
def test_whose_interval(text: str, low: str | None) -> None:
    (measure,) = measures(text)
    assert (measure.ci and str(measure.ci.low)) == low


def test_a_deviation_told_before_is_within_reach() -> None:
    text = "The mean (SD) score was 2.3 (1.1) with A and 3.4 (1.3) with B"
    assert [text[m.start : m.reach] for m in measures(text)] == ["2.3 (1.1)", "3.4 (1.3)"]


def test_the_second_of_two_ranges() -> None:
    found = measures("The stay was shorter (median 5 days [IQR 3-8] vs 7 days [4-11]).")
    assert [(m.value, m.range and (m.range.low, m.range.high, m.range.kind)) for m in found] == [
        (5, (3, 8, "iqr")),
        (7, (4, 11, "iqr")),
    ]
