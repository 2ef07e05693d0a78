"""Results of groups that are no arms, and whose they are, in invented sentences."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extractor.results import results
from extractor.study import Study
from ontology.record import Result

MakeStudy = Callable[..., Study]
ONE = ("Zelturinib",)
TWO = ("alpha", "beta")
OS = "overall survival"
LOW, HIGH = "low platelets", "high platelets"


def found(study: Study) -> list[Result]:
    return [fact for fact in results(study) if isinstance(fact, Result)]


@pytest.mark.parametrize(
    ("text", "populations", "chance"),
    [
        pytest.param(
            "Patients with a high score had a higher ORR than those with a low score (50% vs 12%, P = 0.019).",
            ["high score", "low score", "high score vs low score"],
            "0.019",
            id="two groups by a marker",
        ),
        pytest.param(
            "The ORR was 52% in patients with high infiltration and 11% in patients with low infiltration (P = 0.021).",
            ["high infiltration", "low infiltration", "high infiltration vs low infiltration"],
            "0.021",
            id="each group behind its value",
        ),
        pytest.param(
            "Patients with dense infiltrates had longer median PFS than patients with sparse infiltrates (12.1 months vs 3.4 months, P = 6.5 × 10-4).",
            ["dense infiltrates", "sparse infiltrates", "dense infiltrates vs sparse infiltrates"],
            "0.00065",
            id="scientific notation",
        ),
    ],
)
def test_groups(make_study: MakeStudy, text: str, populations: list[str], chance: str) -> None:
    facts = found(make_study(("results", text), arms=ONE))
    assert [f.population for f in facts] == populations
    assert [f.p_value.value for f in facts if f.p_value] == [Decimal(chance)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The ORR was 62.5% (10/16) in patients with PD-L1-positive tumours and 20.0% (3/15) in those with PD-L1-negative "
            "tumours (P = 0.029).",
            [(62.5, "PD-L1-positive"), (20.0, "PD-L1-negative"), (None, "PD-L1-positive vs PD-L1-negative")],
            id="behind their values",
        ),
        pytest.param(
            "The ORR was 50.0% (11/22) in PD-L1-positive and 18.8% (3/16) in PD-L1-negative patients (p = 0.088).",
            [(50.0, "PD-L1-positive"), (18.8, "PD-L1-negative"), (None, "PD-L1-positive vs PD-L1-negative")],
            id="with one noun",
        ),
        pytest.param(
            "An objective response was seen in 19 (50.0% [33.4-66.6]) of 38 patients with PD-L1-positive tumours and in "
            "seven (24.1% [10.3-43.5]) of 29 with PD-L1-negative tumours.",
            [(50.0, "PD-L1-positive"), (24.1, "PD-L1-negative")],
            id="behind intervals",
        ),
        pytest.param(
            "PD-L1 was found in 16 of 31 tumours (51.6%); the ORR was 42.0% in all.",
            [(42.0, None)],
            id="a marker's number",
        ),
        pytest.param(
            "In patients with high expression, the median PFS was 18.2 months compared with 5.0 months in patients with low "
            "expression (HR, 0.28; 95% CI, 0.12-0.66).",
            [(18.2, "high expression"), (5.0, "low expression"), (0.28, "high expression vs low expression")],
            id="before a ratio",
        ),
        pytest.param("Four patients (6.0%) were not evaluable for ORR.", [], id="not assessed"),
    ],
)
def test_populations_of_one_arm(
    make_study: MakeStudy, text: str, expected: list[tuple[float | None, str | None]]
) -> None:
    facts = found(make_study(("results", text), arms=ONE))
    assert [(None if f.value is None else float(f.value), f.population) for f in facts] == expected


def test_a_factor_is_no_comparison_of_arms(make_study: MakeStudy) -> None:
    text = "In multivariate analysis, high tumour burden was associated with shorter OS (HR 2.31, 95% CI 1.2-4.4, p = 0.01)."
    facts = found(make_study(("results", text), arms=TWO))
    assert [(f.endpoint, f.arm, f.comparator, f.population) for f in facts] == [(OS, None, None, "high tumour burden")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Patients with low platelets had a shorter PFS (1.9 months vs. 3.6 months, p = 0.03), whereas patients with "
            "high platelets did not (7.1 vs. 2.4 months).",
            [(LOW, "alpha", 1.9), (LOW, "beta", 3.6), (HIGH, "alpha", 7.1), (HIGH, "beta", 2.4)],
            id="two groups of two arms each",
        ),
        pytest.param(
            "Among patients who had received prior surgery, the ORR was 20% vs. 10% with alpha versus beta.",
            [("prior surgery", "alpha", 20), ("prior surgery", "beta", 10)],
            id="an earlier treatment",
        ),
        pytest.param(
            "In patients with low platelets, alpha was better. For example, the ORR was 20% vs. 10%. The CR rate was 9% vs. 5%.",
            [(LOW, "alpha", 20), (LOW, "beta", 10), (None, "alpha", 9), (None, "beta", 5)],
            id="the next sentence goes on, the one after does not",
        ),
        pytest.param("The PFS rate was 20% after 8.2 months of alpha.", [(None, "alpha", 20)], id="a moment"),
        pytest.param("PFS was longer with alpha (6-month rate 20% vs. 10%).", [(None, "alpha", 20), (None, "beta", 10)], id="a timed rate"),
    ],
)  # fmt: skip
def test_groups_of_arms(make_study: MakeStudy, text: str, expected: list[tuple[str | None, str, float]]) -> None:
    facts = [f for f in found(make_study(("results", text), arms=TWO)) if f.value is not None]
    assert [(f.population, f.arm, float(f.value or 0)) for f in facts] == expected


@pytest.mark.parametrize(
    ("people", "name"),
    [
        ("In male patients", "male"),
        ("Among non-Black patients", "non-Black"),
        ("In patients aged ≥65 years", "≥65 years"),
        ("In patients aged 65 to 70 years", "aged 65 to 70 years"),
        ("In patients with BMI > 35 kg/m2", "BMI > 35"),
        ("In patients who underwent R0 resection", "R0 resection"),
        ("In the group with a GCS of 6 to 8", "GCS of 6 to 8"),
        ("In all patients", None),
    ],
)
def test_names_of_groups(make_study: MakeStudy, people: str, name: str | None) -> None:
    facts = found(make_study(("results", f"{people}, the ORR was 20% with alpha and 10% with beta."), arms=TWO))
    assert [f.population for f in facts] == [name, name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The ORR was 40.0% (4/10) in angiosarcoma and 12.5% (1/8) in chordoma.", ["angiosarcoma", "chordoma"], id="diseases"),
        pytest.param("The ORR was 40.0% (4/10) in angiosarcoma.", [None], id="one disease"),
        pytest.param("Patients with mutations had longer PFS than those without (12.4 vs 4.2 months).", ["mutations", "without mutations"], id="those without"),
        pytest.param("A high vessel density was associated with response and longer PFS (HR 0.41, 95% CI 0.20-0.85).", ["high vessel density"], id="a factor"),
        pytest.param("Vessel density correlates with response and longer PFS (HR 0.41, 95% CI 0.20-0.85).", [], id="an outcome is no factor"),
    ],
)  # fmt: skip
def test_patients_of_one_arm_by_group(make_study: MakeStudy, text: str, expected: list[str | None]) -> None:
    study = make_study(("results", text), arms=("alpha",))
    assert [fact.population for fact in results(study) if isinstance(fact, Result)] == expected
