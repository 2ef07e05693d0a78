"""The words with which journals say who may enter, in invented sentences of a section on patients."""

from collections.abc import Callable

import pytest

from extractor.eligibility import eligibility
from extractor.study import Study
from ontology.record import Criterion

ReadPaper = Callable[[str], Study]
Row = tuple[str, str, str | None, float | None, str | None]


def found(study: Study) -> list[Row]:
    facts = [fact for fact in eligibility(study) if isinstance(fact, Criterion)]
    return [
        (f.polarity[:2], f.kind, f.operator, float(f.value) if f.value is not None else None, f.unit) for f in facts
    ]


CASES: tuple[tuple[str, str, list[Row]], ...] = (
    (
        "day patients",
        "The study enrolled inpatients, outpatients, and day-patients ≥ 18 years of age who had moderate chronic pain.",
        [("in", "age", ">=", 18, "a"), ("in", "histology", None, None, None)],
    ),
    (
        "included in a named trial",
        "Women were included in ALPHA if they had a BMI between 18 and 31 kg/m2 and a diagnosis of infertility.",
        [
            ("in", "sex", None, None, None),
            ("in", "other", "range", 18, "kg/m2"),
            ("in", "histology", None, None, None),
        ],
    ),
    (
        "criteria for",
        "The criteria for qualifying for the study included good health and at least 2 years of training experience.",
        [("in", "other", None, None, None), ("in", "other", ">=", 2, "a")],
    ),
    (
        "reasons for exclusion",
        "Reasons for exclusion were known hypersensitivity to the drug, pregnancy, and participation in another trial within 30 days.",
        [("ex", "allergy", None, None, None), ("ex", "pregnancy", None, None, None), ("ex", "other", "<=", 30, "d")],
    ),
    (
        "exclusions",
        "Exclusions were eGFR <45 mL/min/1.73 m2, heart failure, and pregnancy.",
        [
            ("ex", "laboratory:creatinine clearance", "<", 45, "mL/min/{1.73_m2}"),
            ("ex", "comorbidity", None, None, None),
            ("ex", "pregnancy", None, None, None),
        ],
    ),
    (
        "any of the following reasons",
        "Patients were excluded from the trial for any of the following reasons: age under 18; pregnancy; known HIV infection.",
        [
            ("ex", "age", "<", 18, "a"),
            ("ex", "pregnancy", None, None, None),
            ("ex", "comorbidity", None, None, None),
        ],
    ),
    (
        "eligible to participate",
        "Persons were eligible to participate if they were 40 years of age or older and had an FEV1 of less than 80%.",
        [("in", "age", ">=", 40, "a"), ("in", "organ-function", "<", 80, "%")],
    ),
    (
        "12 or higher",
        "Participants were adults (≥18 years) with plaque psoriasis, a PASI score of 12 or higher, and an IGA score of 3 or higher.",
        [
            ("in", "age", ">=", 18, "a"),
            ("in", "histology", None, None, None),
            ("in", "other", ">=", 12, None),
            ("in", "other", ">=", 3, None),
        ],
    ),
    (
        "at least 18 years",
        "Patients were at least 18 years of age and had a glycated haemoglobin level of 7.0 to 10.0%.",
        [("in", "age", ">=", 18, "a"), ("in", "laboratory:hba1c", "range", 7, "%")],
    ),
    (
        "the trial population",
        "The trial population consisted of patients 50 years of age or older with knee osteoarthritis for at least 3 months.",
        [("in", "age", ">=", 50, "a"), ("in", "histology", ">=", 3, "mo")],
    ),
    (
        "restricted to",
        "Enrolment was restricted to patients with an ejection fraction of 40% or less.",
        [("in", "organ-function", "<=", 40, "%")],
    ),
    (
        "included were",
        "Included were women with cervical length of less than 25 mm. Not included were women with ruptured membranes or asthma.",
        [("in", "sex", None, None, None), ("in", "other", "<", 25, "mm"), ("ex", "comorbidity", None, None, None)],
    ),
    (
        "units in words, a second unit in brackets",
        "Patients had to have an LDL cholesterol level of 70 mg per deciliter (1.8 mmol per liter) or higher and platelets above 90,000 per cubic millimeter.",
        [("in", "laboratory:ldl cholesterol", ">=", 70, "mg/dL"), ("in", "laboratory:platelets", ">", 90000, "/mm3")],
    ),
    (
        "not allowed",
        "Adults were eligible. Use of medications that affect lipid levels was not allowed.",
        [("ex", "concomitant-medication", None, None, None)],
    ),
    (
        "allowed if completed",
        "Previous adjuvant chemotherapy was allowed if completed 6 months before randomisation.",
        [("in", "prior-therapy", ">=", 6, "mo")],
    ),
    (
        "no earlier therapy allowed",
        "No previous systemic therapy was allowed for entry to the trial.",
        [("in", "prior-therapy", None, None, None)],
    ),
    (
        "lines in words",
        "Patients could be enrolled if they had received one to three prior lines of therapy.",
        [("in", "prior-therapy", "range", 1, None)],
    ),
    (
        "weeks of age",
        "Healthy infants aged 6 to 10 weeks were eligible for inclusion.",
        [("in", "age", "range", 6, "wk")],
    ),
    (
        "participants had",
        "Participants had type 1 diabetes for at least 1 year and a glycated haemoglobin level of less than 10%.",
        [("in", "histology", ">=", 1, "a"), ("in", "laboratory:hba1c", "<", 10, "%")],
    ),
    (
        "smokers",
        "All participants were current smokers (≥10 cigarettes per day) and aged 18 years or older.",
        [("in", "other", ">=", 10, None), ("in", "age", ">=", 18, "a")],
    ),
    (
        "recruited from places if",
        "Patients were recruited from 12 hospitals if they were older than 65 years and had a hip fracture.",
        [("in", "age", ">", 65, "a"), ("in", "histology", None, None, None)],
    ),
    (
        "conducted in volunteers",
        "The study was conducted in 120 healthy volunteers aged 18 to 45 years.",
        [("in", "age", "range", 18, "a")],
    ),
    (
        "a number in words, randomised",
        "One hundred and twenty children aged 3–10 years with asthma were randomly allocated to three groups.",
        [("in", "age", "range", 3, "a"), ("in", "histology", None, None, None)],
    ),
    (
        "a viral load is no disease",
        "Persons with an HIV-1 RNA level of 1000 copies per milliliter or more were eligible.",
        [("in", "laboratory:viral load", ">=", 1000, "copies/mL")],
    ),
    (
        "a year is no adjective",
        "Key eligibility criteria were a history of at least two exacerbations in the previous year, and measurable disease.",
        [("in", "other", ">=", 2, None), ("in", "measurable-disease", None, None, None)],
    ),
)


@pytest.mark.parametrize(("text", "rows"), [pytest.param(text, rows, id=name) for name, text, rows in CASES])
def test_says_who_may_enter(make_study: Callable[..., Study], text: str, rows: list[Row]) -> None:
    assert found(make_study(("methods", text), titles={"methods": "Patients"})) == rows


@pytest.mark.parametrize(
    "text",
    [
        "The study population was small.",
        "Of 131 patients randomized, 20 were excluded because no perforation was found.",
        "The study was conducted in Spain at 12 hospitals.",
        "Patients had a mean age of 50 years.",
        "Included in the analysis were 40 patients.",
        "Dose escalation was not allowed.",
        "Dose reductions were allowed in case of toxicity.",
        "Inclusion of more patients was required to detect a difference of 5%.",
    ],
)
def test_says_other_things(make_study: Callable[..., Study], text: str) -> None:
    assert found(make_study(("methods", text), titles={"methods": "Patients"})) == []


PAPER = """A randomised trial of velotinib in gastric cancer

Abstract

We compared two drugs.

Methods

Patients

{lead}

• age ≥ 18 years

• ECOG performance status 0–1

Treatment

Velotinib was given.

Results

It was active.
"""


@pytest.mark.parametrize(
    ("lead", "polarity"),
    [
        ("Key inclusion criteria were:", "in"),
        ("The inclusion criteria were as follows:", "in"),
        ("Eligible patients had to meet the following criteria:", "in"),
        ("Patients with the following were eligible:", "in"),
        ("Exclusion criteria:", "ex"),
        ("Patients were excluded if they had any of the following:", "ex"),
        ("Patients with any of the following were excluded:", "ex"),
    ],
)
def test_leads_up_to_a_list(read_paper: ReadPaper, lead: str, polarity: str) -> None:
    assert found(read_paper(PAPER.format(lead=lead))) == [
        (polarity, "age", ">=", 18, "a"),
        (polarity, "ecog", "range", 0, None),
    ]
