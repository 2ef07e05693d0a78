import pytest

from extractor.tables.wording import alternatives, read_wording
from extractor.units import unit_code

# Text, statistics, UCUM unit, name.
WORDS = [
    ("Age (years), median (range)", "median range", "a", "Age"),
    ("Age, years, mean ± SD", "mean sd", "a", "Age"),
    ("Mean (SD) weight, kg", "mean sd", "kg", "weight"),
    ("Weight (kg)", "", "kg", "Weight"),
    ("Median (IQR)", "median iqr", None, ""),
    ("Velorastinib n (%)", "count percent", None, "Velorastinib"),
    ("No. (%)", "count percent", None, ""),
    ("% (n)", "percent count", None, ""),
    ("HbA1c <7.0%, No. (%)", "count percent", None, "HbA1c <7.0%"),
    ("HR (95% CI)", "hazard_ratio ci", None, ""),
    ("Odds ratio (95% confidence interval)", "odds_ratio ci", None, ""),
    ("Mean difference (95% CI)", "difference ci", None, ""),
    ("P value", "p_value", None, ""),
    ("Pain score, mean (SE)", "mean se", None, "Pain score"),
    ("Stool frequency (bowel movements/day)", "", "/d", "Stool frequency"),
    ("Sex", "", None, "Sex"),
    ("Response rate", "", None, "Response rate"),
    ("Range of motion", "", None, "Range of motion"),
    ("Prior chemotherapy", "", None, "Prior chemotherapy"),
    ("FEV1, mean (SD), % predicted", "mean sd", "%", "FEV1, % predicted"),
    ("Nights with awakenings per week, median (IQR)", "median iqr", None, "Nights with awakenings per week"),
    ("Body mass index, mean (SD)a", "mean sd", None, "Body mass index"),
]


@pytest.mark.parametrize(("text", "statistics", "unit", "name"), WORDS, ids=[case[0] for case in WORDS])
def test_a_head_taken_apart(text: str, statistics: str, unit: str | None, name: str) -> None:
    wording = read_wording(text)
    assert (" ".join(wording.statistics), wording.unit, wording.name) == (statistics, unit, name)


def test_two_pairs_of_statistics() -> None:
    text = "Mean (SD) or median (IQR)"
    assert alternatives(read_wording(text), text) == (("median", "iqr"), ("mean", "sd"))


@pytest.mark.parametrize(
    ("printed", "code"),
    [("years", "a"), ("kg/m2", "kg/m2"), ("mmHg", "mm[Hg]"), ("episodes per week", "/wk"), ("stage", None)],
)
def test_units(printed: str, code: str | None) -> None:
    assert unit_code(printed) == code
