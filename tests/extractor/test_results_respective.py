"""Results told "respectively", states, and whose they are, in invented sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.results import results
from extractor.study import Study
from ontology.record import Result

MakeStudy = Callable[..., Study]
TWO = ("alpha", "beta")


def found(study: Study) -> list[Result]:
    return [fact for fact in results(study) if isinstance(fact, Result)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Relapse occurred in 22 and 31 patients in the alpha and beta groups, respectively.",
            [("relapse", "alpha", 22), ("relapse", "beta", 31)],
            id="two counts",
        ),
        pytest.param(
            "Local relapse was detected in 6 and 4 patients, and distant relapse occurred in 1 and 2 patients, respectively, with alpha and beta.",
            [("local recurrence", "alpha", 6), ("local recurrence", "beta", 4), ("distant metastasis rate", "alpha", 1), ("distant metastasis rate", "beta", 2)],
            id="two counts of each outcome",
        ),
        pytest.param("Relapse occurred in 22 and then 31 patients with alpha.", [], id="no pair"),
        pytest.param(
            "No patient in the alpha group and 3 patients in the beta group had a complete response.",
            [("complete response", "alpha", 0), ("complete response", "beta", 3)],
            id="nobody of one",
        ),
        pytest.param(
            "No patient in the alpha group died early and 3 patients in the beta group had a complete response.",
            [("death", "alpha", 0), ("complete response", "beta", 3)],
            id="nobody of another outcome",
        ),
        pytest.param(
            "In all, 15 patients relapsed: 9 (45%) with alpha and 6 (30%) with beta.",
            [("relapse", None, 15), ("relapse", "alpha", 9), ("relapse", "beta", 6)],
            id="all of them before a colon",
        ),
    ],
)  # fmt: skip
def test_counts(make_study: MakeStudy, text: str, expected: list[tuple[str, str | None, int]]) -> None:
    assert [(f.endpoint, f.arm, f.count) for f in found(make_study(("results", text), arms=TWO))] == expected


PFS, OS = "progression-free survival", "overall survival"
LONGER = "PFS was longer with alpha than with beta"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "PFS and OS were longer with alpha than with beta (P = 0.02 and P = 0.04, respectively).",
            [(PFS, "0.02", None, None), (OS, "0.04", None, None)],
            id="of two outcomes",
        ),
        pytest.param(
            f"In the >6 mEq/L and <6 mEq/L groups, {LONGER} (P = 0.02 and 0.04, respectively).",
            [(PFS, "0.02", ">6 mEq/L", None), (PFS, "0.04", "<6 mEq/L", None)],
            id="of two groups",
        ),
        pytest.param(
            f"At 3 months and 6 months, {LONGER} (P = 0.02 and P = 0.04, respectively).",
            [(PFS, "0.02", None, "3 mo"), (PFS, "0.04", None, "6 mo")],
            id="of two times",
        ),
        pytest.param(f"{LONGER} (P = 0.02 and P = 0.04, respectively).", [], id="of nothing that is named"),
        pytest.param(f"{LONGER} (P = 0.02 and 0.04, respectively).", [], id="a bare one"),
        pytest.param(f"{LONGER} (P = 0.02).", [(PFS, "0.02", None, None)], id="not told respectively"),
        pytest.param(
            f"In women aged <65 years, {LONGER} (P = 0.02).", [(PFS, "0.02", "<65 years", None)], id="of a group"
        ),
        pytest.param(
            "SBP fell more with alpha than with beta (-31/-18 vs -28/-15 mm Hg;  P = 0.006  for difference in SBP and  P = 0.004  for DBP).",
            [("systolic blood pressure", "0.006", None, None), ("diastolic blood pressure", "0.004", None, None)],
            id="for two outcomes",
        ),
    ],
)
def test_chances(make_study: MakeStudy, text: str, expected: list[tuple[str, str, str | None, str | None]]) -> None:
    facts = found(make_study(("results", text), arms=TWO))
    told = [(f.endpoint, str(f.p_value.value), f.population, f.timepoint) for f in facts if f.p_value]
    assert told == expected


def test_the_time_at_the_end_is_of_all_chances(make_study: MakeStudy) -> None:
    text = "Alpha lowered HbA1c (P = 0.02) and body weight (P = 0.03) more than beta at 12 weeks."
    assert {fact.timepoint for fact in found(make_study(("results", text), arms=TWO))} == {"12 wk"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The HAM-D score improved in 11% and 8%, did not change in 67% and 75% and worsened in 15% and 9% of the alpha and beta groups, respectively.",
            [("HAM-D: improved", 11), ("HAM-D: improved", 8), ("HAM-D: unchanged", 67), ("HAM-D: unchanged", 75), ("HAM-D: worsened", 15), ("HAM-D: worsened", 9)],
            id="three states",
        ),
        pytest.param(
            "The HAM-D score improved in 11% and 8% of the alpha and beta groups, respectively.",
            [("HAM-D", 11), ("HAM-D", 8)],
            id="one state",
        ),
    ],
)  # fmt: skip
def test_states(make_study: MakeStudy, text: str, expected: list[tuple[str, float]]) -> None:
    facts = found(make_study(("results", text), arms=TWO))
    assert [(f.endpoint, float(f.value or 0)) for f in facts] == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The incidence of grade II-IV acute GVHD was 35% with alpha and 48% with beta.", "grade II-IV acute graft-versus-host disease"),
        ("The incidence of acute GVHD was 35% with alpha and 48% with beta.", "acute graft-versus-host disease"),
        ("Grade II neutropenia was rare where the ORR was 35% with alpha and 48% with beta.", None),
    ],
)  # fmt: skip
def test_grades_of_an_outcome(make_study: MakeStudy, text: str, name: str | None) -> None:
    facts = found(make_study(("results", text), arms=TWO))
    assert {fact.endpoint for fact in facts} == ({name} if name else set())


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("For GBM patients, the", "glioblastoma multiforme"),
        ("For ITT patients, the", None),
        ("The", None),
    ],
)
def test_diseases_by_their_acronym(make_study: MakeStudy, opening: str, name: str | None) -> None:
    known = "We treated glioblastoma multiforme (GBM) by intention to treat (ITT)."
    study = make_study(
        ("methods", known), ("results", f"{opening} ORR was 35% with alpha and 48% with beta."), arms=TWO
    )
    assert {fact.population for fact in found(study)} == {name}


def test_the_arm_without_its_alone(make_study: MakeStudy) -> None:
    text = "The ORR was 35% in the chemotherapy group and 48% in the chemotherapy plus alpha group."
    facts = found(make_study(("results", text), arms=("chemotherapy alone", "chemotherapy plus alpha")))
    assert [fact.arm for fact in facts] == ["chemotherapy alone", "chemotherapy plus alpha"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Ferritin was lower with alpha than with beta (mean (SD) 36.0 (8.1) ng/mL vs. 80.7 (9.4) ng/mL).",
            [36.0, 80.7],
            id="what a bracket calls a mean",
        ),
        pytest.param("Ferritin was lower with alpha than with beta (36.0 (8.1) of all vs. 80.7 (9.4)).", [], id="no unit"),
    ],
)  # fmt: skip
def test_values_that_go_on(make_study: MakeStudy, text: str, expected: list[float]) -> None:
    assert [float(f.value or 0) for f in found(make_study(("results", text), arms=TWO)) if f.value] == expected


def test_a_hazard_has_no_time_point(make_study: MakeStudy) -> None:
    text = "The 3-year OS was 50% with alpha and 48% with beta (hazard ratio 1.08, 95% CI 0.91-1.29)."
    facts = found(make_study(("results", text), arms=TWO))
    assert [(fact.statistic, fact.timepoint) for fact in facts] == [("rate", "3 a"), ("rate", "3 a"), ("hazard_ratio", None)]  # fmt: skip


def test_intervals_by_their_french_name(make_study: MakeStudy) -> None:
    text = "Median OS was 13.4 months (95% IC: 6.6-19.4) with alpha and 20 months (95% IC: 6.6-26.3) with beta."
    facts = found(make_study(("results", text), arms=TWO))
    assert [(float(fact.value or 0), str(fact.ci and fact.ci.high)) for fact in facts] == [(13.4, "19.4"), (20, "26.3")]
