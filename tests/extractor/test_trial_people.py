"""Numbers of patients in invented sentences."""

from collections.abc import Callable

import pytest

from extractor.study import Study
from extractor.trial_people import numbers_of_patients

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("A total of 120 patients were enrolled.", "enrolled", 120),
        ("Between 2010 and 2012, 54 women with early disease were randomly assigned.", "enrolled", 54),
        ("Thirty-seven patients were recruited.", "enrolled", 37),
        ("Of the 3,089 patients screened, 797 were randomised.", "enrolled", 797),
        ("We randomised 1,200 patients.", "enrolled", 1200),
        ("Fifty-two patients were evaluable for response.", "evaluable", 52),
        ("In all, 118 patients received at least one dose of the drug.", "safety_population", 118),
        ("The safety population included 118 patients.", "safety_population", 118),
        ("Of 180 assessed patients, 160 patients were enrolled.", "enrolled", 160),
        ("The ITT and safety analysis sets comprised 349 and 356 patients, respectively.", "evaluable", 349),
        ("The ITT and safety analysis sets comprised 349 and 356 patients, respectively.", "safety_population", 356),
    ],
)
def test_patients(make_study: MakeStudy, text: str, field: str, value: int) -> None:
    study = make_study(("results", text))
    found = [stated for stated in numbers_of_patients(study) if stated.field == field]
    assert {stated.value for stated in found} == {value}
    (place,) = found[0].evidence
    assert study.document.text[place.start : place.end].replace(",", "") in (str(value), text[: place.end])


@pytest.mark.parametrize(
    "text",
    [
        "In all, 12 patients were excluded.",
        "We screened 120 patients.",
        "A total of 120 patients were screened for eligibility.",
        "Others enrolled 400 patients [5].",
        "Two patients were enrolled twice.",
        "They came from 40 sites.",
    ],
)
def test_no_patients(make_study: MakeStudy, text: str) -> None:
    assert list(numbers_of_patients(make_study(("results", text)))) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("In the pilot, 37 women were enrolled. Then 112 women were randomised.", [112, 37]),
        ("In all, 120 women were enrolled. Of these, 112 women were randomised.", [120, 112]),
        ("Of 949 women who came back, 939 were randomised.", []),
    ],
)
def test_no_fewer_are_enrolled_than_randomised(make_study: MakeStudy, text: str, numbers: list[int]) -> None:
    assert [stated.value for stated in numbers_of_patients(make_study(("results", text)))] == numbers


@pytest.mark.parametrize(("number", "kept"), [(55, True), (60, False), (12, False)], ids=["some", "all", "a few"])
def test_the_evaluable_are_most_of_the_enrolled(make_study: MakeStudy, number: int, *, kept: bool) -> None:
    study = make_study(
        ("results", f"We enrolled 60 patients. Of these, {number} patients were evaluable for response.")
    )
    assert any(stated.field == "evaluable" for stated in numbers_of_patients(study)) == kept
