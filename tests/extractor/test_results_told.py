"""Results as trials outside oncology tell them: movements, moments, risks and what happened to patients."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.adverse_events import adverse_events
from extractor.results import results
from extractor.study import Study
from ontology.record import AdverseEvent, Result

MakeStudy = Callable[..., Study]
Row = tuple[str, str | None, float]
ARMS = ("alpha", "beta")


def values(study: Study) -> list[Row]:
    facts = [fact for fact in results(study) if isinstance(fact, Result) and fact.statistic != "p_value"]
    return [(fact.endpoint, fact.arm, float(fact.value or 0)) for fact in facts]


PFS, ORR = "progression-free survival", "objective response rate"
SBP = "systolic blood pressure"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Systolic blood pressure fell from 152 ± 11 to 134 ± 10 mmHg with alpha and from 151 ± 12 to 140 ± 9 mmHg with beta.",
            [(SBP, "alpha", 134), (SBP, "beta", 140)],
            id="from and to",
        ),
        pytest.param(
            "Systolic blood pressure rose from a mean of 120 ± 9 at baseline to 131 ± 8 mmHg in the beta group.",
            [(SBP, "beta", 131)],
            id="from and to in one arm",
        ),
        pytest.param(
            "Mean systolic blood pressure ranged from 120 ± 9 with alpha to 131 ± 8 mmHg with beta.",
            [(SBP, "alpha", 120), (SBP, "beta", 131)],
            id="a range over the arms",
        ),
        pytest.param(
            "Systolic blood pressure decreased by 12.4 ± 8.1 mm Hg in the alpha group and by 5.2 ± 7.9 mm Hg in the beta group.",
            [(SBP, "alpha", 12.4), (SBP, "beta", 5.2)],
            id="decreased by",
        ),
        pytest.param(
            "Relapse occurred in 158 patients in the alpha group (annualized rate, 4.7%) and in 156 in the beta group (annualized rate, 4.5%).",
            [("relapse", "alpha", 158), ("relapse", "alpha", 4.7), ("relapse", "beta", 156), ("relapse", "beta", 4.5)],
            id="a bare number of the other arm, rates in brackets",
        ),
        pytest.param(
            "Body weight fell by 5.1 kg with alpha and 1.2 kg with beta.",
            [("body weight", "alpha", 5.1), ("body weight", "beta", 1.2)],
            id="fell by",
        ),
        pytest.param(
            "LDL cholesterol fell from 3.9 mmol/L at baseline to 2.1 mmol/L in the alpha group and from 3.8 to 3.7 mmol/L in the beta group.",
            [("LDL cholesterol", "alpha", 2.1), ("LDL cholesterol", "beta", 3.7)],
            id="from and to without a spread",
        ),
        pytest.param(
            "LDL cholesterol levels ranged from 150 mg/dL to 175 mg/dL and were reduced by alpha.",
            [],
            id="ranged from and to",
        ),
        pytest.param(
            "The annualized relapse rate was 0.17 with alpha and 0.36 with beta.",
            [("annualised relapse rate", "alpha", 0.17), ("annualised relapse rate", "beta", 0.36)],
            id="relapses a year",
        ),
        pytest.param(
            "The rate of exacerbations was 3.9 events per 100 patient-years with alpha and 4.5 with beta.",
            [("exacerbation rate", "alpha", 3.9), ("exacerbation rate", "beta", 4.5)],
            id="events by patient-years",
        ),
        pytest.param(
            "There were 45 deaths (37.5%) in the alpha group and 60 (50.8%) in the beta group.",
            [("death", "alpha", 37.5), ("death", "beta", 50.8)],
            id="an outcome inside the first number",
        ),
        pytest.param(
            "The mortality was lower with alpha (age-adjusted rate ratio, 0.83; 95% CI, 0.75 to 0.93).",
            [("mortality", "alpha", 0.83)],
            id="an adjusted ratio",
        ),
        pytest.param(
            "In patients with brain metastases, the hazard ratio for progression or death was 0.55 (95% CI, 0.38 to 0.80).",
            [(PFS, "alpha", 0.55)],
            id="a ratio in a group of patients",
        ),
        pytest.param(
            "Alpha reduced the risk of stroke by 32% (hazard ratio 0.68; 95% CI 0.51-0.91).",
            [("stroke", "alpha", 0.68)],
            id="a risk that a ratio tells",
        ),
        pytest.param(
            "There were 4 deaths with alpha and 9 with beta.",
            [("death", "alpha", 4), ("death", "beta", 9)],
            id="deaths",
        ),
        pytest.param(
            "Of those given alpha 5 (8.6%) were hospitalised.", [("hospitalisation", "alpha", 8.6)], id="what was done"
        ),
        pytest.param(
            "Median time to healing was 14 days with alpha and 21 days with beta.",
            [("time to healing", "alpha", 14), ("time to healing", "beta", 21)],
            id="a time of what else is a rate",
        ),
        pytest.param(
            "12 (20%) given alpha and 5 (8.6%) given beta were hospitalised.",
            [("hospitalisation", "alpha", 20), ("hospitalisation", "beta", 8.6)],
            id="a verb behind both arms",
        ),
        pytest.param(
            "There were 23 local recurrences with alpha compared with 41 with beta.",
            [("local recurrence", "alpha", 23), ("local recurrence", "beta", 41)],
            id="what is counted",
        ),
        pytest.param(
            "Median PFS was 11.2 months with alpha and 5.6 months with beta (hazard ratio for progression or death, 0.46).",
            [(PFS, "alpha", 11.2), (PFS, "beta", 5.6), (PFS, "alpha", 0.46)],
            id="the events of a hazard are no outcome",
        ),
        pytest.param(
            "The response rate was 68% in the alpha arm as compared with 47% in the beta arm.",
            [(ORR, "alpha", 68), (ORR, "beta", 47)],
            id="as compared with",
        ),
        pytest.param(
            "Pain scores were lower with alpha (59 ± 4 vs 71 ± 5 vs 73 ± 6).",
            [],
            id="more values than arms that are named",
        ),
        pytest.param(
            "Relapse occurred in 30 (25.0%) patients at an incidence rate of 2.4 per 100 person-years in the alpha group and in 40 (33.9%) patients at an incidence rate of 2.7 per 100 person-years in the beta group (hazard ratio 0.88, 95% CI 0.79-0.99).",
            [
                ("relapse", "alpha", 25.0),
                ("relapse", "alpha", 2.4),
                ("relapse", "beta", 33.9),
                ("relapse", "beta", 2.7),
                ("relapse", "alpha", 0.88),
            ],
            id="a share and its rate",
        ),
        pytest.param(
            "Forty-five (37.5%) women in the alpha group and 61 (51.7%) in the beta group had a preterm birth.",
            [("preterm birth", "alpha", 37.5), ("preterm birth", "beta", 51.7)],
            id="women",
        ),
        pytest.param(
            "The live birth rate per woman randomised was 32.5% with alpha and 28.0% with beta.",
            [("live birth rate", "alpha", 32.5), ("live birth rate", "beta", 28.0)],
            id="per woman randomised",
        ),
        pytest.param(
            "HbA1c decreased from 8.2% (66 mmol/mol) to 7.1% (54 mmol/mol) in the alpha group and from 8.1% (65 mmol/mol) to 7.8% (62 mmol/mol) in the beta group.",
            [("HbA1c", "alpha", 7.1), ("HbA1c", "alpha", 54), ("HbA1c", "beta", 62)],
            id="values before treatment in two units",
        ),
        pytest.param(
            "Syncope occurred in 30 (25%) patients given alpha and 40 (34%) given beta (hazard ratio 0.74; 95% CI 0.5-0.9).",
            [("syncope", "alpha", 25), ("syncope", "beta", 34), ("syncope", "alpha", 0.74)],
            id="an event with its hazard",
        ),
        pytest.param(
            "Syncope occurred in 30 (25%) patients given alpha and 40 (34%) given beta.",
            [],
            id="an event that nobody looked for",
        ),
        pytest.param(
            "The response rate was 68% vs. 47% with alpha and beta, and treatment-related adverse events were less frequent.",
            [(ORR, "alpha", 68), (ORR, "beta", 47)],
            id="toxicity in a later clause",
        ),
        pytest.param(
            "Grade 3 adverse events occurred in 12% of patients with a response of 68% vs. 47% to alpha and beta.",
            [],
            id="toxicity in the same clause",
        ),
    ],
)
def test_values(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    assert values(make_study(("results", text), arms=ARMS)) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Participants", []),
        ("Baseline characteristics", []),
        ("Patients and outcomes", [43.1]),
        ("Kidney function", [43.1]),
    ],
)
def test_averages_of_those_who_took_part(make_study: MakeStudy, title: str, expected: list[float]) -> None:
    text = "The mean HbA1c with alpha was 43.1 mmol/mol."
    study = make_study(("results", text), arms=ARMS, titles={"results": title})
    assert [value for _, _, value in values(study)] == expected


def test_moments_before_brackets(make_study: MakeStudy) -> None:
    text = "Pain scores were lower with alpha than beta at 2 h (2.1 ± 0.8 vs 3.4 ± 1.0), 6 h (2.5 ± 0.9 vs 3.9 ± 1.1) and 24 h (1.8 ± 0.7 vs 2.9 ± 0.9)."
    facts = [fact for fact in results(make_study(("results", text), arms=ARMS)) if isinstance(fact, Result)]
    assert [(fact.arm, fact.timepoint) for fact in facts] == [
        (arm, time) for time in ("2 h", "6 h", "24 h") for arm in ARMS
    ]


DECLARED = "The primary endpoint was progression-free survival. Overall survival was a secondary endpoint."


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        pytest.param(
            "The hazard ratio for death was 0.72 (95% CI, 0.55 to 0.94) with alpha.", "overall survival", id="death"
        ),
        pytest.param(
            "Alpha was associated with a lower risk of disease progression or death than beta (HR, 0.46).",
            PFS,
            id="progression",
        ),
    ],
)
def test_survivals_by_their_events(make_study: MakeStudy, text: str, endpoint: str) -> None:
    study = make_study(("methods", DECLARED), ("results", text), arms=ARMS)
    assert [(fact.endpoint, fact.statistic) for fact in results(study) if isinstance(fact, Result)] == [
        (endpoint, "hazard_ratio")
    ]


def test_a_bare_v_sets_values_against_each_other(make_study: MakeStudy) -> None:
    text = "Time to treatment failure was longer with alpha (9.2 v 5.1 months; HR 0.61)."
    assert values(make_study(("results", text), arms=ARMS)) == [
        ("time to treatment failure", arm, value) for arm, value in (("alpha", 9.2), ("beta", 5.1), ("alpha", 0.61))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("METHODS: The response rate was 40% with alpha.", 0),
        ("RESULTS: The response rate was 40% with alpha.", 1),
        ("METHODS AND RESULTS: The response rate was 40% with alpha.", 1),
        ("Methods: All took alpha. Results: The response rate was 40% with alpha.", 1),
        ("Results: All took alpha. Conclusions: The response rate was 40% with alpha.", 1),
    ],
)
def test_labels_of_an_abstract(make_study: MakeStudy, text: str, expected: int) -> None:
    found = [fact for fact in results(make_study(("abstract", text), arms=ARMS)) if isinstance(fact, Result)]
    assert len(found) == expected


@pytest.mark.parametrize(
    ("text", "endpoints"),
    [
        ("The adjusted mean change from baseline at week 12 was 1.2 with alpha and 1.7 with beta.", ["lantern score"]),
        ("The mean change from baseline in sleep was 1.2 with alpha and 1.7 with beta.", ["sleep"]),
    ],
)
def test_a_change_of_nothing_named(make_study: MakeStudy, text: str, endpoints: list[str]) -> None:
    planned = ("methods", "The primary endpoint was the change from baseline to week 12 in the lantern score.")
    facts = [fact for fact in results(make_study(planned, ("results", text), arms=ARMS)) if isinstance(fact, Result)]
    assert list(dict.fromkeys(fact.endpoint for fact in facts)) == endpoints


PRIMARY = "The primary endpoint was a composite of myocardial infarction or stroke."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The primary outcome occurred in 45 patients with alpha.", 45, id="occurred"),
        pytest.param("Data of 45 patients contributed to the primary outcome.", None, id="only spoken of"),
        pytest.param("45 (37%) patients given alpha reached the primary endpoint.", 45, id="reached"),
    ],
)
def test_the_primary_outcome(make_study: MakeStudy, text: str, expected: int | None) -> None:
    study = make_study(("methods", PRIMARY), ("results", text), arms=ARMS)
    counts = [fact.count for fact in results(study) if isinstance(fact, Result)]
    assert counts == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        pytest.param("results", "In the beta group, 5 patients had nausea.", [("nausea", 5)], id="patients had it"),
        pytest.param(
            "results", "Headache was reported by 6 patients given beta.", [("Headache", 6)], id="was reported"
        ),
        pytest.param(
            "results", "The incidence of hypotension was 12/60 (20%) with beta.", [("hypotension", 12)], id="incidence"
        ),
        pytest.param("results", "Five patients given beta had diabetes.", [], id="an illness"),
        pytest.param("methods", "In the beta group, 5 patients had nausea.", [], id="not in results"),
    ],
)
def test_symptoms_that_patients_are_counted_with(
    make_study: MakeStudy, kind: str, text: str, expected: list[tuple[str, int]]
) -> None:
    facts = [f for f in adverse_events(make_study((kind, text), arms=ARMS)) if isinstance(f, AdverseEvent)]
    assert [(fact.term, fact.count) for fact in facts] == expected


@pytest.mark.parametrize(
    ("methods", "text", "spreads"),
    [
        pytest.param("", "The mean (SE) pain score was 2.1 (0.3) with alpha.", (None, 0.3), id="announced"),
        pytest.param("", "The mean pain score was 2.1 (SE 0.3) with alpha.", (None, 0.3), id="in the bracket"),
        pytest.param("", "The mean pain score was 2.1 (SD 0.3) with alpha.", (0.3, None), id="a deviation"),
        pytest.param(
            "Values are mean ± SEM.", "Pain scores were 2.1 ± 0.3 with alpha.", (None, 0.3), id="in the methods"
        ),
        pytest.param(
            "Values are mean ± SD.", "Pain scores were 2.1 ± 0.3 with alpha.", (0.3, None), id="deviations there"
        ),
        pytest.param(
            "Values are mean ± SD or mean ± SEM.",
            "Pain scores were 2.1 ± 0.3 with alpha.",
            (0.3, None),
            id="one or the other",
        ),
    ],
)
def test_spreads(make_study: MakeStudy, methods: str, text: str, spreads: tuple[float | None, float | None]) -> None:
    study = make_study(("methods", methods or "It was a trial."), ("results", text), arms=ARMS)
    (fact,) = (fact for fact in results(study) if isinstance(fact, Result))
    assert tuple(None if each is None else float(each) for each in (fact.sd, fact.se)) == spreads


def test_a_change_with_its_spread_is_a_change(make_study: MakeStudy) -> None:
    text = "The mean change in pain score was -1.2 (SD 0.4) with alpha."
    (fact,) = (fact for fact in results(make_study(("results", text), arms=ARMS)) if isinstance(fact, Result))
    assert (fact.statistic, float(fact.value or 0), float(fact.sd or 0)) == ("difference", -1.2, 0.4)


def test_times_as_labels_of_values(make_study: MakeStudy) -> None:
    text = "Alpha increased HbA1c (0 week: 5.7 ± 0.9 versus 12 weeks: 8.2 ± 0.7%, P = 0.06) while beta did not."
    facts = [fact for fact in results(make_study(("results", text), arms=ARMS)) if isinstance(fact, Result)]
    assert [(fact.arm, fact.statistic, float(fact.value or 0), fact.timepoint) for fact in facts] == [
        ("alpha", "mean", 8.2, "12 wk")
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param(
            "HbA1c did not differ (age, alpha: 66.6 ± 11.9, >70 years: 12, versus beta: 68.4 ± 9.2).", 0, id="age"
        ),
        pytest.param("HbA1c did not differ (alpha: 6.6 ± 1.9 versus beta: 6.8 ± 0.9).", 2, id="the outcome"),
    ],
)
def test_a_bracket_on_the_patients(make_study: MakeStudy, text: str, count: int) -> None:
    facts = [fact for fact in results(make_study(("results", text), arms=ARMS)) if isinstance(fact, Result)]
    assert len(facts) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Median TMB was 3.1 mut/Mb and was not associated with response (p = 0.47).", [], id="a marker"),
        pytest.param("Median PFS was 3.1 months.", [(PFS, "alpha", 3.1)], id="an outcome"),
    ],
)
def test_the_level_of_a_marker_is_no_result(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    assert values(make_study(("results", text), arms=("alpha",))) == expected
