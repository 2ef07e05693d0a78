"""Changes that other studies found, in invented sentences."""

import pytest

from extractor.prior_evidence import prior_evidence
from extractor.quoted_effects import effects_in
from extractor.study import Study
from ontology.record import PriorEvidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rosuvastatin lowered LDL cholesterol by 41% in that trial.", [(41, "%")]),
        ("Amlodipine reduced BP by 14.2/8.1 mm Hg.", [(14.2, "mm[Hg]"), (8.1, "mm[Hg]")]),
        ("It reduced the rate of bleeding by 60% and 35%, respectively.", [(60, "%"), (35, "%")]),
        ("This gave a 30% relative reduction in the risk of stroke.", [(30, "%")]),
        ("Sorafenib prolonged median survival by 2.8 months.", [(2.8, "mo")]),
        ("It reduced pain by up to 40%.", []),
        ("It reduced pain by 20% to 40%.", []),
        ("It improved the index by 75% (PASI 75).", []),
        ("A 1% reduction in HbA1c is known to lower the risk of blindness.", []),
        ("The dose was reduced by the investigator in 12% of patients.", []),
    ],
)
def test_effects(text: str, expected: list[tuple[float, str]]) -> None:
    found = [effect.measure for effect in effects_in(text)]
    assert [(float(measure.value or 0), measure.unit) for measure in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ramipril lowered blood pressure by 11/7 mm Hg [4].",
            [("systolic blood pressure", 11), ("diastolic blood pressure", 7)],
        ),
        ("Atorvastatin reduced LDL cholesterol by 32% [4].", [("LDL cholesterol", 32)]),
        ("Warfarin led to a 60% reduction in the risk of stroke mortality [4].", [("stroke mortality", 60)]),
        ("A lower LDL cholesterol was followed by a 21% reduction in the need for spectacles [4].", []),
        ("Atorvastatin reduced LDL cholesterol by 32%.", []),
    ],
)
def test_the_changed_endpoint(make_study, text: str, expected: list[tuple[str, int]]) -> None:  # type: ignore[no-untyped-def]
    study: Study = make_study(("discussion", text))
    facts = [fact for fact in prior_evidence(study) if isinstance(fact, PriorEvidence)]
    assert [(fact.endpoint, fact.value) for fact in facts] == expected
    assert {fact.statistic for fact in facts} <= {"difference"}
