"""Who the patients were at the start, in invented sentences."""

from collections.abc import Callable

import pytest

from extractor.baseline_prose import prose_baseline
from extractor.study import Study
from ontology.record import Baseline

MakeStudy = Callable[..., Study]
Row = tuple[str, str | None, str | None, float | None]
ARMS = ("alpha", "beta")


def rows(study: Study, printed: tuple[Baseline, ...] = ()) -> list[Row]:
    return [
        (f.variable, f.category, f.arm, float(next(n for n in (f.value, f.count, f.percent) if n is not None)))
        for f in prose_baseline(study, printed)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The median age was 61 years (range 34-80).", [("age", None, None, 61)]),
        ("Patients had a mean body mass index (BMI) of 26 kg/m2.", [("body mass index", None, None, 26)]),
        (
            "The median age was 61 years (62 years in the alpha group and 60 years in the beta group).",
            [("age", None, None, 61), ("age", None, "alpha", 62), ("age", None, "beta", 60)],
        ),
        (
            "The median ages were 47 (range 27-69) years for the alpha arm and 48 (range 24-68) years for the beta arm.",
            [("age", None, "alpha", 47), ("age", None, "beta", 48)],
        ),
        (
            "Mean total scores at baseline were 29.9 and 30.1 in the alpha and the beta group, respectively.",
            [("total scores", None, "alpha", 29.9), ("total scores", None, "beta", 30.1)],
        ),
        ("There were 56 males and 52 females.", [("sex", "male", None, 56), ("sex", "female", None, 52)]),
        ("Of these, 859 (81%) of 1063 patients were men.", [("sex", "men", None, 859)]),
        ("Most patients were male (55.2%).", [("sex", "male", None, 55.2)]),
        ("In all, 71 participants (44%) were female.", [("sex", "female", None, 71)]),
        ("Men made up 70% of the sample.", [("sex", "men", None, 70)]),
        (
            "We randomized 148 children (mean [SD] age, 9.4 [2.3] years; 88 boys [59.5%]).",
            [("age", None, None, 9.4), ("sex", "boy", None, 88)],
        ),
        (
            "The median age was 44 years (range 20-77) and 31% of the adults were men.",
            [("age", None, None, 44), ("sex", "men", None, 31)],
        ),
        ("The mean age was 50 years and 33 smokers were seen.", [("age", None, None, 50)]),
        (
            "At enrolment, the mean heart rate was 81 and the median body-mass index was 24.1; after 3 weeks the mean heart rate was 70.",
            [("heart rate", None, None, 81), ("body mass index", None, None, 24.1)],
        ),
        ("At baseline, the mean change planned was 4.", []),
        ("The median time since first diagnosis was 8 months.", [("time since first diagnosis", None, None, 8)]),
        ("The median duration of response was 8 months.", []),
        ("The mean ages were 24.8 and 23.5 years in the one and the other group.", []),
        ("The mean gestational age was 38 weeks.", []),
        ("The mean change from baseline was 4.", []),
        ("Fever occurred among women (38%).", []),
        ("About 72% and 82% of patients were female in the two sets.", []),
        ("We assumed a mean age of 60 years.", []),
        ("The median age of the patients of the alpha and beta groups was alike: 61 years.", []),
        (
            "In all, 238 participants (mean age 66.2 years [SD 6.5], median HbA1c 7.2% [IQR 6.6-8.1], 110 [46.3%] women) were enrolled and randomly assigned to alpha (n=120) or beta (n=118).",
            [("age", None, None, 66.2), ("HbA1c", None, None, 7.2), ("sex", "women", None, 110)],
        ),
        ("Sex was alike in the groups (72% vs. 70% men).", []),
        (
            "There were 66 men and 54 women in the alpha group and 60 men and 58 women in the beta group.",
            [
                ("sex", "men", "alpha", 66),
                ("sex", "women", "alpha", 54),
                ("sex", "men", "beta", 60),
                ("sex", "women", "beta", 58),
            ],
        ),
    ],
)
def test_what_the_prose_says(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    assert rows(make_study(("results", text), arms=ARMS)) == expected


@pytest.mark.parametrize(
    ("text", "unit", "sd"),
    [
        ("The mean age was 9.4 (SD 3.1) months.", "mo", "3.1"),
        ("The median age was 12 days in all.", "d", None),
        ("The mean age was 51 (SD 8.0).", "a", "8.0"),
        ("The mean (SD) blood glucose at baseline was 8.4 mmol/L (1.1).", "mmol/L", "1.1"),
        ("The mean time since diagnosis (standard deviation [SD]) was 0.7 (0.4) years.", "a", "0.4"),
        ("At baseline, the mean weight was 81.4 ± 9.9 kg.", "kg", "9.9"),
    ],
)
def test_units_and_spreads(make_study: MakeStudy, text: str, unit: str, sd: str | None) -> None:
    (fact,) = prose_baseline(make_study(("results", text), arms=ARMS), ())
    assert (fact.unit, str(fact.sd) if fact.sd else None) == (unit, sd)


def test_what_a_table_has_is_not_told_again(make_study: MakeStudy) -> None:
    study = make_study(("results", "The median age was 61 years, with 56 males and 52 females."), arms=ARMS)
    printed = (
        Baseline(variable="Age (years)", value=61, statistic="median"),
        Baseline(variable="Gender", category="Men", arm="alpha", count=30, statistic="count"),
        Baseline(variable="Gender", category="Women", arm="alpha", count=24, statistic="count"),
    )
    assert rows(study, printed) == [("Gender", "Men", None, 56), ("Gender", "Women", None, 52)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The mean PASI score of the patients was 20.4 and the mean affected body-surface area was 26%.",
            [("PASI score", None, None, 20.4), ("affected body-surface area", None, None, 26)],
            id="whatever is averaged",
        ),
        pytest.param(
            "The mean baseline glycated hemoglobin level was 8.1%.",
            [("glycated hemoglobin level", None, None, 8.1)],
            id="the word baseline is no part of the name",
        ),
        pytest.param(
            "The majority were men (n=150, 63%); mean age 54.6 ± 9.8 years.",
            [("age", None, None, 54.6), ("sex", "men", None, 150)],
            id="a count in the bracket, no verb",
        ),
        pytest.param("The median follow-up was 18 months.", [], id="how long they were watched"),
        pytest.param("The median DFS was 22 months.", [], id="what came out"),
        pytest.param("The mean dose was 40 mg.", [], id="what they were given"),
    ],
)
def test_a_section_on_the_patients(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    assert rows(make_study(("results", text), arms=ARMS, titles={"results": "Patient characteristics"})) == expected
