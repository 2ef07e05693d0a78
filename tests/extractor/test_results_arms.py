"""Whose a result is where the sentence does not say, in invented sentences."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extractor.results import results
from extractor.study import Study
from ontology.record import Result

MakeStudy = Callable[..., Study]
TWO = ("alpha", "beta")
GUESS = "The ORR was similar in the two arms (10.6% vs. 12.3%, P = 0.66)."


def found(study: Study) -> list[Result]:
    return [fact for fact in results(study) if isinstance(fact, Result)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param("", [("alpha", "10.6"), ("beta", "12.3")], id="in the order of the arms"),
        pytest.param(
            "The ORR was 10.6% with beta and 12.3% with alpha.",
            [("beta", "10.6"), ("alpha", "12.3")],
            id="the paper says another",
        ),
        pytest.param(
            "The ORR was 10.6% with alpha and 12.3% with beta.",
            [("alpha", "10.6"), ("beta", "12.3")] * 2,
            id="the paper says the same",
        ),
        pytest.param(
            "The PFS rate was 10.6% with beta and 12.3% with alpha.",
            [("alpha", "10.6"), ("beta", "12.3"), ("beta", "10.6"), ("alpha", "12.3")],
            id="another outcome",
        ),
    ],
)
def test_a_guess_gives_way(make_study: MakeStudy, more: str, expected: list[tuple[str, str]]) -> None:
    facts = found(make_study(("results", GUESS), ("results", more), arms=TWO))
    rates = [(f.arm, f.value) for f in facts if f.statistic == "rate"]
    assert rates == [(arm, Decimal(value)) for arm, value in expected]


PRIMARY = "The primary endpoint was a composite of myocardial infarction or stroke."
SINGLE = [
    pytest.param(
        "PFS was 8.3 months with alpha and 5.6 months with beta (hazard ratio for disease progression or death, 0.62; 95% CI 0.50-0.77).",
        [("progression-free survival", "median", 8.3), ("progression-free survival", "median", 5.6), ("progression-free survival", "hazard_ratio", 0.62)],
        id="a ratio for the event of an outcome",
    ),
    pytest.param(
        "The percentage of patients who were alive was 62% with alpha and 47% with beta.",
        [("survival", "rate", 62), ("survival", "rate", 47)],
        id="the percentage of those who",
    ),
    pytest.param(
        "The proportions of patients with clinical remission were 45% and 26% in the alpha and beta groups, respectively.",
        [("clinical remission", "rate", 45), ("clinical remission", "rate", 26)],
        id="the proportion of those with",
    ),
    pytest.param(
        "At week 12, mean body weight change was -7.8 kg (95% CI, -8.6 to -7.0 kg) for alpha and -1.2 kg (95% CI, -2.0 to -0.4 kg) for beta.",
        [("body weight", "difference", -7.8), ("body weight", "difference", -1.2)],
        id="weights",
    ),
    pytest.param("The mean dose was 7.8 kg with alpha and 6.1 kg with beta.", [], id="no weight of a body"),
    pytest.param(
        "Disease control was seen in 64% with alpha and 49% with beta (difference 15%, 95% CI 5-25).",
        [("disease control rate", "rate", 64), ("disease control rate", "rate", 49), ("disease control rate", "difference", 15)],
        id="a difference in a bracket",
    ),
    pytest.param(
        "The primary outcome, a composite of death, infarction, or stroke, occurred in 98 patients (9.8%) with alpha and 131 (13.1%) with beta.",
        [("composite of myocardial infarction or stroke", "rate", 9.8), ("composite of myocardial infarction or stroke", "rate", 13.1)],
        id="the primary outcome explained",
    ),
    pytest.param(
        "The primary composite outcome occurred in 98 patients (9.8%) with alpha and 131 (13.1%) with beta.",
        [("composite of myocardial infarction or stroke", "rate", 9.8), ("composite of myocardial infarction or stroke", "rate", 13.1)],
        id="a composite outcome is no response",
    ),
    pytest.param(
        "The between-group difference in HbA1c at 26 weeks was -0.6% (95% CI -0.8 to -0.4).",
        [("HbA1c", "difference", -0.6)],
        id="a difference that is negative",
    ),
    pytest.param(
        "Fewer patients in the alpha group died (12 of 200 [6.0%] vs 25 of 200 [12.5%]; RR, 0.48; 95% CI, 0.25-0.93).",
        [("death", "rate", 6.0), ("death", "rate", 12.5), ("death", "risk_ratio", 0.48)],
        id="the ratio of what a verb tells",
    ),
    pytest.param(
        "Disease-free survival events occurred in 60 patients (30%) with alpha and 88 (44%) with beta.",
        [("disease-free survival", "rate", 30), ("disease-free survival", "rate", 44)],
        id="events of an outcome",
    ),
    pytest.param(
        "LDL cholesterol fell by 38% from baseline in the alpha group compared with 3% in the beta group.",
        [("LDL cholesterol", "difference", 38), ("LDL cholesterol", "difference", 3)],
        id="a change from baseline that goes on",
    ),
    pytest.param(
        "Ferritin was lower with alpha (36.0 ± 8.1 ng/mL) than at week 0 and compared to baseline (80.7 ± 9.4 ng/mL).",
        [("ferritin", "mean", 36.0)],
        id="baseline in a bracket",
    ),
    pytest.param(
        "More patients given alpha than beta achieved HbA1c below 7% (45% vs 22%).",
        [("HbA1c <7%", "rate", 45), ("HbA1c <7%", "rate", 22)],
        id="a limit that was reached",
    ),
    pytest.param(
        "HbA1c was above 7% at entry; it fell by 1.1% with alpha and by 0.2% with beta.",
        [("HbA1c", "difference", 1.1), ("HbA1c", "difference", 0.2)],
        id="a limit that nobody reached",
    ),
    pytest.param(
        "Fewer women given alpha than beta had a drop in haemoglobin >3 g/dl (5.1% vs 9.6%).",
        [("haemoglobin >3 g/dl", "rate", 5.1), ("haemoglobin >3 g/dl", "rate", 9.6)],
        id="a drop by a limit",
    ),
    pytest.param(
        "A model adjusted for response showed longer OS with alpha than with beta (14 vs 10 months).",
        [("overall survival", "median", 14), ("overall survival", "median", 10)],
        id="what a model is adjusted for",
    ),
    pytest.param(
        "ORRs were 93% with alpha and 90% with beta; 63% of patients with alpha and 54% with beta had achieved a cCR.",
        [("objective response rate", "rate", 93), ("objective response rate", "rate", 90), ("clinical complete response", "rate", 63), ("clinical complete response", "rate", 54)],
        id="two clauses, and an acronym of many",
    ),
    pytest.param(
        "Median metastatic progression-free survival was 20.2 months with alpha versus 16.6 months with beta.",
        [("metastatic progression-free survival", "median", 20.2), ("metastatic progression-free survival", "median", 16.6)],
        id="a kind of survival",
    ),
    pytest.param(
        "The mean number of asthma exacerbations was 0.8 with alpha and 1.3 with beta.",
        [("exacerbation rate", "mean", 0.8), ("exacerbation rate", "mean", 1.3)],
        id="what happens again",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SINGLE)
def test_what_is_told(make_study: MakeStudy, text: str, expected: list[tuple[str, str, float]]) -> None:
    facts = found(make_study(("methods", PRIMARY), ("results", text), arms=TWO))
    assert [(f.endpoint, f.statistic, float(f.value or 0)) for f in facts] == expected


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("the active treatment group", ["velotinib", "placebo"]),
        ("the experimental arm", ["velotinib", "placebo"]),
        ("the other arm", ["placebo"]),
    ],
)
def test_arms_by_their_part(read_paper: Callable[[str], Study], named: str, expected: list[str]) -> None:
    paper = f"Velotinib versus placebo\n\nMethods\n\nPatients were randomised to velotinib (n = 50) or placebo (n = 50).\n\nResults\n\nThe ORR was 20% in {named} and 10% in the control group.\n"
    assert [fact.arm for fact in found(read_paper(paper)) if fact.statistic == "rate"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Median (IQR) hospital stay was 6 (4-9) days with alpha and 8 (5-12) days with beta.",
            [("range", "iqr", "4", "9"), ("range", "iqr", "5", "12")],
            id="an announced range",
        ),
        pytest.param(
            "The ORR was 45% (95% CI 37-54) with alpha and 31 of 134 (23.1%, 16.3-31.2) with beta.",
            [("ci", None, "37", "54"), ("ci", None, "16.3", "31.2")],
            id="an interval in one bracket with its rate",
        ),
        pytest.param("The ORR was 45% with alpha and 31 of 134 (23.1%, 16.3-31.2) with beta.", [], id="told nowhere"),
    ],
)
def test_spreads(make_study: MakeStudy, text: str, expected: list[tuple[str, str | None, str, str]]) -> None:
    facts = found(make_study(("results", text), arms=TWO))
    ranges = [("range", f.range.kind, str(f.range.low), str(f.range.high)) for f in facts if f.range]
    intervals = [("ci", None, str(f.ci.low), str(f.ci.high)) for f in facts if f.ci]
    assert ranges + intervals == expected


def test_analysis_sets_of_clauses(make_study: MakeStudy) -> None:
    text = "In the intention-to-treat population, median OS was 14.2 months with alpha versus 10.9 months with beta; in the per-protocol population, it was 14.9 months versus 11.0 months."
    facts = found(make_study(("results", text), arms=TWO))
    assert [fact.population for fact in facts] == [None, None, "per protocol", "per protocol"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Response was seen in 61 women (12%), who were randomised to receive either alpha or beta.",
            [],
            id="shared out",
        ),
        pytest.param(
            "The incidence of relapse was 4.1% (0.85%/year) in the alpha group and 4.2% (0.84%/year) in the beta group.",
            ["alpha", "alpha", "beta", "beta"],
            id="a rate beside a rate",
        ),
    ],
)
def test_owners(make_study: MakeStudy, text: str, expected: list[str]) -> None:
    assert [fact.arm for fact in found(make_study(("results", text), arms=TWO))] == expected


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param("Mean hospital stay was 811 [95% CI 707-912] days with alpha and 744 [638-850] days with beta.", ["d", "d"], id="behind the interval"),
        pytest.param("Median hospital stay was 5.0 (range 1.1-9.6) days with alpha and 5.1 (range 0.1-9.7) with beta.", ["d", "d"], id="of the one before"),
        pytest.param("Mean pain scores were 5.0 (95% CI 4.1-5.6) with alpha and 3.1 (95% CI 2.1-3.7) with beta.", [None, None], id="none"),
    ],
)  # fmt: skip
def test_units(make_study: MakeStudy, text: str, units: list[str | None]) -> None:
    assert [fact.unit for fact in found(make_study(("results", text), arms=TWO))] == units


DOSES = ("alpha 75 mg", "alpha 150 mg", "placebo")
LOW, HIGH, NONE = DOSES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The mean difference in HbA1c versus placebo was -0.6% (95% CI -0.8 to -0.4) for alpha 75 mg and -0.9% (95% CI -1.1 to -0.7) for alpha 150 mg.",
            [(LOW, NONE), (HIGH, NONE)],
            id="each against placebo",
        ),
        pytest.param(
            "Compared with placebo, alpha 75 mg and alpha 150 mg had a higher ORR (OR, 1.5; 95% CI, 1.0-2.3 and OR, 1.9; 95% CI, 1.1-2.9, respectively).",
            [(LOW, NONE), (HIGH, NONE)],
            id="respectively",
        ),
        pytest.param(
            "Compared with placebo, the ORR was higher with alpha 75 mg (62% vs 5%) and alpha 150 mg (78% vs 5%).",
            [(LOW, None), (NONE, None), (HIGH, None), (NONE, None)],
            id="pairs in brackets",
        ),
        pytest.param("The mean difference in HbA1c was -0.6% (95% CI -0.8 to -0.4).", [], id="against nothing"),
    ],
)
def test_against_one_of_three(make_study: MakeStudy, text: str, expected: list[tuple[str, str | None]]) -> None:
    facts = found(make_study(("results", text), arms=DOSES))
    assert [(fact.arm, fact.comparator) for fact in facts] == expected


def test_the_primary_outcomes_of_efficacy_and_safety(make_study: MakeStudy) -> None:
    planned = (
        "The primary efficacy outcome was stroke or systemic embolism; the primary safety outcome was major bleeding."
    )
    told = "The primary efficacy outcome occurred in 9.8% with alpha and 9.1% with beta, and the primary safety outcome occurred in 1.8% with alpha and 0.7% with beta."
    facts = found(make_study(("methods", planned), ("results", told), arms=TWO))
    assert [(fact.endpoint, fact.arm, float(fact.value or 0)) for fact in facts] == [
        ("stroke or systemic embolism", "alpha", 9.8),
        ("stroke or systemic embolism", "beta", 9.1),
        ("major bleeding", "alpha", 1.8),
        ("major bleeding", "beta", 0.7),
    ]
