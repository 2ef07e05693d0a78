import pytest

from extractor.tables.facets import bare_grade, consequence, grade, population, relatedness, timepoint


@pytest.mark.parametrize(
    ("text", "expected", "rest"),
    [
        ("Any grade", "any", ""),
        ("All grades, n (%)", "any", "n (%)"),
        ("Grade 3", "3", ""),
        ("Grades 3-4", "3-4", ""),
        ("Grade III/IV", "3-4", ""),
        ("Grade 3 or 4 nausea", "3-4", "nausea"),
        ("Grade ≥3", ">=3", ""),
        ("Grade 3 or higher", ">=3", ""),
        ("Grade >2", ">=3", ""),
        ("≥3", ">=3", ""),
        ("CTCAE grade 2", "2", ""),
        ("Mild", "mild", ""),
        ("Moderate/severe", "moderate/severe", ""),
        ("Life-threatening", "4", ""),
        ("Severe nausea", None, "Severe nausea"),
        ("Upgrade 3", None, "Upgrade 3"),
        ("Nausea", None, "Nausea"),
    ],
)
def test_grades(text: str, expected: str | None, rest: str) -> None:
    assert grade(text) == (expected, rest)


@pytest.mark.parametrize(
    ("text", "is_head", "expected"),
    [
        ("3", True, "3"),
        ("III-IV", True, "3-4"),
        ("G3", True, "3"),
        ("1-2", False, "1-2"),
        ("3+", True, ">=3"),
        ("All", True, "any"),
        ("All", False, None),
        ("12", True, None),
        ("Nausea", True, None),
    ],
)
def test_bare_levels(text: str, is_head: bool, expected: str | None) -> None:
    assert bare_grade(text, is_head) == expected


@pytest.mark.parametrize(
    ("text", "expected", "rest"),
    [
        ("Week 12", "12 wk", ""),
        ("12 weeks", "12 wk", ""),
        ("6-month", "6 mo", ""),
        ("At 24 h", "24 h", ""),
        ("Pain at week 4", "4 wk", "Pain"),
        ("Abstinence 6 months after randomisation", "6 mo", "Abstinence"),
        ("5-year survival", "5 a", "survival"),
        ("6-minute walk", None, "6-minute walk"),
        ("Baseline", "baseline", ""),
        ("Before treatment", "baseline", ""),
        ("T0", "baseline", ""),
        ("After treatment", "post-treatment", ""),
        ("Age 65 years", None, "Age 65 years"),
        (">6 months", None, ">6 months"),
        ("Baseline characteristics", None, "Baseline characteristics"),
        ("500 mg/day", None, "500 mg/day"),
    ],
)
def test_time_points(text: str, expected: str | None, rest: str) -> None:
    found = timepoint(text)
    assert found[0] == expected
    if expected is None or rest:
        assert found[1] == rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Intention-to-treat population", "intention-to-treat"),
        ("mITT", "modified intention-to-treat"),
        ("Per protocol", "per-protocol"),
        ("PP analysis", "per-protocol"),
        ("FAS", "full analysis set"),
        ("PPI use", None),
        ("All patients", None),
    ],
)
def test_populations(text: str, expected: str | None) -> None:
    assert population(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Treatment-related adverse events", "treatment-related"),
        ("Drug-related toxicity", "treatment-related"),
        ("Events related to study drug", "treatment-related"),
        ("Immune-related adverse events", "immune-related"),
        ("Adverse events of any cause", "any-cause"),
        ("All-causality adverse events", "any-cause"),
        ("Adverse events not related to treatment", "unrelated"),
        ("Treatment-emergent adverse events", None),
        ("Health-related quality of life", None),
    ],
)
def test_relatedness(text: str, expected: str | None) -> None:
    assert relatedness(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Adverse events leading to discontinuation", "discontinuation"),
        ("Withdrawals due to adverse events", "discontinuation"),
        ("AEs leading to dose reduction", "dose reduction"),
        ("Adverse events leading to death", "death"),
        ("Serious adverse events", "serious"),
        ("SAE", "serious"),
        ("Adverse events", None),
        ("Withdrew consent", None),
    ],
)
def test_consequences(text: str, expected: str | None) -> None:
    assert consequence(text) == expected
