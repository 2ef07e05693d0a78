"""Events that nobody had, in invented sentences."""

from collections.abc import Callable

import pytest

from extractor.adverse_events import adverse_events
from extractor.study import Study
from ontology.record import AdverseEvent

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("None of the patients died.", ["death"]),
        ("No rash was reported as an adverse event.", ["rash"]),
        ("No rash, fever or headache was reported as an adverse event.", ["rash", "fever", "headache"]),
        ("There were no reported events potentially related to fever.", ["fever"]),
        ("There were no AEs related to blue thumbs, neutropenia, or rash.", ["neutropenia", "rash"]),
        ("No TEAEs potentially related to suicidality were reported.", ["suicidality"]),
        ("None of the patients died of sepsis.", ["sepsis"]),
        ("Neither arm reported any cases of sepsis.", ["sepsis"]),
        ("No difference in rash, fever or headache was seen between adverse events.", []),
        ("No patient stopped, rash was an adverse event.", []),
        ("No event except rash was an adverse event.", []),
    ],
)
def test_denied(make_study: MakeStudy, text: str, denied: list[str]) -> None:
    facts = [
        fact
        for fact in adverse_events(make_study(("results", text), titles={"results": "Safety"}))
        if isinstance(fact, AdverseEvent)
    ]
    assert [fact.term for fact in facts if fact.count == 0 and fact.term != "any adverse event"] == denied


def test_events_related_to_the_drug_are_all_events(make_study: MakeStudy) -> None:
    study = make_study(("results", "TEAEs possibly related to study medication occurred in 12 (30%) patients."))
    assert [fact.term for fact in adverse_events(study) if isinstance(fact, AdverseEvent)] == [
        "treatment-emergent adverse event"
    ]
