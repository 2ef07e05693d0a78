import pytest

from extractor.grades import grade, grades


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grade 3-4 neutropenia", "3-4"),
        ("grades III/IV", "3-4"),
        ("grade 3 or grade 4 events", "3-4"),
        ("grade 3, 4, or 5", "3-5"),
        ("≥ grade 3", ">=3"),
        ("Grade ≥3", ">=3"),
        ("grade 3 or higher", ">=3"),
        ("at least grade 2", ">=2"),
        ("> grade 2", ">=3"),
        ("grade 3+ anaemia", ">=3"),
        ("≤ grade 2", "<=2"),
        ("of any grade", "any"),
        ("all-grade rash", "any"),
        ("G3 nausea", "3"),
        ("severe rash of grade 3", "3"),
        ("severe rash", "severe"),
        ("moderate to severe pain", "moderate to severe"),
        ("grade 3 in 12 patients", "3"),
    ],
)
def test_a_grade_is_read(text: str, expected: str) -> None:
    assert grade(text) == expected


@pytest.mark.parametrize("text", ["high-grade glioma", "upgraded to 45 beds", "in 12 patients", "grade IIIb disease"])
def test_no_grade(text: str) -> None:
    assert grade(text) is None


def test_places_of_grades() -> None:
    text = "grade 3 rash and grade 4 sepsis"
    assert [text[item.start : item.end] for item in grades(text)] == ["grade 3", "grade 4"]
