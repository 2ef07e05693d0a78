"""Eligibility criteria in invented sentences: polarity, kind, operator, value, unit."""

from collections.abc import Callable

import pytest

from extractor.eligibility import eligibility
from extractor.study import Study
from ontology.record import Criterion

Row = tuple[str, str, str | None, float | None, str | None]


def found(study: Study) -> list[Row]:
    facts = [fact for fact in eligibility(study) if isinstance(fact, Criterion)]
    return [
        (f.polarity[:2], f.kind, f.operator, float(f.value) if f.value is not None else None, f.unit) for f in facts
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "Eligible patients were aged 18 years or older, had histologically confirmed sarcoma and an ECOG "
            "performance status of 0 or 1.",
            [("in", "age", ">=", 18, "a"), ("in", "histology", None, None, None), ("in", "ecog", "range", 0, None)],
            id="prose",
        ),
        pytest.param(
            "Inclusion criteria were: life expectancy of at least 12 weeks; at least one measurable lesion; neutrophils "
            "≥ 1.5 × 10⁹/L; and bilirubin ≤ 1.5 × ULN.",
            [
                ("in", "life-expectancy", ">=", 12, "wk"),
                ("in", "measurable-disease", ">=", 1, None),
                ("in", "laboratory:neutrophils", ">=", 1.5, "10*9/L"),
                ("in", "laboratory:bilirubin", "<=", 1.5, "ULN"),
            ],
            id="semicolons",
        ),
        pytest.param(
            "Adequate organ function was required: absolute neutrophil count ≥1.5 × 10⁹ cells per L, platelets ≥90 × 10⁹ per L.",
            [
                ("in", "organ-function", None, None, None),
                ("in", "laboratory:neutrophils", ">=", 1.5, "10*9/L"),
                ("in", "laboratory:platelets", ">=", 90, "10*9/L"),
            ],
            id="a function and its values",
        ),
        pytest.param(
            "Eligible patients had measurable disease by the Response Evaluation Criteria in Solid Tumors.",
            [("in", "measurable-disease", None, None, None)],
            id="the tumours of the criteria are no disease",
        ),
        pytest.param(
            "Patients aged 18-75 years with histologically confirmed sarcoma received doxorubicin at our centre.",
            [("in", "age", "range", 18, "a"), ("in", "histology", None, None, None)],
            id="who received",
        ),
        pytest.param(
            "Pregnant women were excluded, as were patients with stroke.",
            [("ex", "pregnancy", None, None, None), ("ex", "comorbidity", None, None, None)],
            id="excluded as were",
        ),
        pytest.param(
            "Exclusion criteria were: uncontrolled hypertension (blood pressure > 150/100 mmHg); stroke.",
            [("ex", "comorbidity", ">", 150, "mm[Hg]"), ("ex", "comorbidity", None, None, None)],
            id="the pressure of a hypertension",
        ),
        pytest.param(
            "Inclusion criteria were: a Global Impressions for Bipolar Disorder score ≥ 4; informed consent.",
            [("in", "other", ">=", 4, None), ("in", "consent", None, None, None)],
            id="the disease of a scale",
        ),
        pytest.param(
            "Inclusion criteria were: a Geriatric Depression Inventory score of at least 11; informed consent.",
            [("in", "other", ">=", 11, None), ("in", "consent", None, None, None)],
            id="the disease in the name of a scale",
        ),
        pytest.param(
            "Inclusion criteria were: head injury with a Glasgow Coma Scale score of 5 to 8; informed consent.",
            [("in", "histology", None, None, None), ("in", "consent", None, None, None)],
            id="a disease beside a scale",
        ),
        pytest.param(
            "AST and ALT levels had to be < 3 × ULN.",
            [
                ("in", "laboratory:aspartate aminotransferase", "<", 3, "ULN"),
                ("in", "laboratory:alanine aminotransferase", "<", 3, "ULN"),
            ],
            id="two analytes share a limit",
        ),
        pytest.param(
            "Exclusion criteria included (1) brain metastases, (2) prior treatment with a kinase inhibitor, (3) "
            "pregnant or lactating women, and (4) known hypersensitivity to taxanes.",
            [
                ("ex", "comorbidity", None, None, None),
                ("ex", "prior-therapy", None, None, None),
                ("ex", "pregnancy", None, None, None),
                ("ex", "allergy", None, None, None),
            ],
            id="numbered",
        ),
        pytest.param(
            "Patients with uncontrolled infection, bowel obstruction or unstable angina were excluded from the study.",
            [("ex", "comorbidity", None, None, None)] * 3,
            id="subject of the exclusion",
        ),
        pytest.param(
            "Patients were excluded if they had received chemotherapy within 4 weeks.",
            [("ex", "prior-therapy", "<=", 4, "wk")],
            id="time window",
        ),
        pytest.param(
            "Women aged 40–65 years with stage II breast cancer were eligible.",
            [
                ("in", "sex", None, None, None),
                ("in", "age", "range", 40, "a"),
                ("in", "stage", None, None, None),
                ("in", "histology", None, None, None),
            ],
            id="one sex",
        ),
        pytest.param(
            "All participants gave written informed consent.", [("in", "consent", None, None, None)], id="consent"
        ),
        pytest.param("Written consents were signed by all women.", [("in", "consent", None, None, None)], id="written"),
        pytest.param("Written consent for publication was obtained.", [], id="consent to publish"),
        pytest.param(
            "Sixty patients, aged 20-60 years, of ASA physical status I or II, were included in this study.",
            [("in", "age", "range", 20, "a"), ("in", "stage", None, None, None)],
            id="counted and described",
        ),
        pytest.param(
            "Exclusion criteria were HIV, hepatitis B or hepatitis C infection.",
            [("ex", "comorbidity", None, None, None)],
            id="viruses are one",
        ),
    ],
)
def test_criteria(make_study: Callable[..., Study], text: str, rows: list[Row]) -> None:
    assert found(make_study(("methods", text), titles={"methods": "Patients"})) == rows


@pytest.mark.parametrize(
    "text",
    [
        "Eligible patients were randomly assigned to two groups.",
        "Patients without a second scan were excluded from the analysis.",
        "Eligibility criteria are listed in the appendix.",
        "A total of 40 patients were screened for eligibility.",
        "Doses had to be reduced in case of toxicity.",
    ],
)
def test_no_criteria(make_study: Callable[..., Study], text: str) -> None:
    assert found(make_study(("methods", text), titles={"methods": "Patients"})) == []


def test_the_abstract_adds_its_evidence(make_study: Callable[..., Study]) -> None:
    study = make_study(
        ("abstract", "Adults aged 18 years or older with asthma were eligible."),
        ("methods", "Eligible patients were aged 18 years or older."),
    )
    ages = [fact for fact in eligibility(study) if isinstance(fact, Criterion) and fact.kind == "age"]
    assert len(ages) == 1
    assert len(ages[0].evidence) == 2


def test_text_and_place_agree(make_study: Callable[..., Study]) -> None:
    study = make_study(("methods", "Exclusion criteria were stroke, uncontrolled diabetes and dementia."))
    for fact in eligibility(study):
        assert isinstance(fact, Criterion)
        assert study.document.text[fact.evidence[0].start : fact.evidence[0].end] == fact.text
