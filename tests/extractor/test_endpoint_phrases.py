"""Endpoints in the phrasing of many journals: the name and the role of each."""

from collections.abc import Callable

import pytest

from extractor.endpoints import endpoints
from extractor.study import Study
from ontology.record import Endpoint

MakeStudy = Callable[..., Study]
P, S, X = "primary", "secondary", "exploratory"

CASES: dict[str, tuple[str, list[tuple[str | None, str]]]] = {
    "a change from baseline": ("The primary outcome was change in HbA1c from baseline to week 12.", [(P, "HbA1c")]),
    "by the criteria of a society": (
        "The primary outcome was clinical relapse according to the College of Bowel and Liver Disease criteria.",
        [(P, "clinical relapse")],
    ),
    "the limit of its measure": (
        "The secondary outcome was maternal anaemia (haemoglobin <11 g/dL).",
        [(S, "maternal anaemia")],
    ),
    "in words of its own": (
        "The primary outcome was the distance walked without help at 6 months.",
        [(P, "distance walked without help")],
    ),
    "an efficacy variable": ("The primary efficacy variable was seizure frequency.", [(P, "seizure frequency")]),
    "two first ones": (
        "The co-primary endpoints were progression-free survival and overall survival.",
        [(P, "progression-free survival"), (P, "overall survival")],
    ),
    "key secondary ones": (
        "Key secondary endpoints included objective response rate, duration of response and safety.",
        [(S, "objective response rate"), (S, "duration of response"), (S, "safety")],
    ),
    "the name first": ("Overall survival was the primary endpoint.", [(P, "overall survival")]),
    "numbered with semicolons": (
        "The secondary endpoints were: (i) time to first flatus; (ii) length of hospital stay; and (iii) 30-day mortality.",
        [(S, "time to first flatus"), (S, "hospital length of stay"), (S, "mortality")],
    ),
    "two roles in a sentence": (
        "The primary end point was knee extension strength, and the secondary end points were knee pain and quality of life.",
        [(P, "knee extension strength"), (S, "knee pain"), (S, "quality of life")],
    ),
    "the first before its role, the second behind it": (
        "Progression-free survival was the primary endpoint, and secondary endpoints were overall survival and safety.",
        [(S, "overall survival"), (S, "safety"), (P, "progression-free survival")],
    ),
    "the second before its role": (
        "The primary outcome was mortality at 28 days, and the duration of mechanical ventilation was a secondary outcome.",
        [(P, "mortality"), (S, "duration of mechanical ventilation")],
    ),
    "a long joined name": (
        "The primary efficacy outcome was the first recurrence of ischemic or hemorrhagic stroke or systemic embolism in a time-to-event analysis; the primary safety outcome was the rate of major bleeding.",
        [(P, "first recurrence of ischemic or hemorrhagic stroke or systemic embolism"), (P, "major bleeding")],
    ),
    "the first of several": (
        "The primary end point was the first occurrence of death from cardiovascular causes or hospitalization for heart failure.",
        [(P, "first occurrence of death from cardiovascular causes or hospitalization for heart failure")],
    ),
    "and a mortality with its days": (
        "Secondary outcomes were reoperation and 30-day mortality.",
        [(S, "reoperation"), (S, "mortality")],
    ),
    "a score of 0 or 1": (
        "The primary endpoint was a static physician's global assessment score of 0 or 1 at week 16.",
        [(P, "sPGA")],
    ),
    "a role alone": (
        "Overall survival was the primary endpoint; response rate and quality of life were secondary.",
        [(P, "overall survival"), (S, "objective response rate"), (S, "quality of life")],
    ),
    "behind a hypothesis": (
        "The primary hypothesis was that it would reduce wound infection; length of stay was a secondary outcome.",
        [(S, "hospital length of stay")],
    ),
    "the illness of children": (
        "The proportion of children with otitis media was the primary outcome.",
        [(P, "otitis media")],
    ),
    "roles in brackets": (
        "Outcomes of interest were mortality at 28 days (primary), ventilator-free days, and new-onset organ failure.",
        [(P, "mortality"), (None, "ventilator-free days"), (None, "new-onset organ failure")],
    ),
    "how safety was watched": (
        "Safety endpoints were major bleeding and falls.",
        [(None, "safety"), (None, "major bleeding")],
    ),
    "a heading and a colon": (
        "Main outcome measures: step length and return to work.",
        [(P, "step length"), (P, "return to work")],
    ),
    "between commas": (
        "The primary endpoint, progression-free survival, was assessed every 8 weeks.",
        [(P, "progression-free survival")],
    ),
    "in brackets": (
        "The primary endpoint (overall survival) was tested at 5%.",
        [(P, "overall survival")],
    ),
    "of all studies": (
        "The primary endpoints in all three studies were overall survival and safety.",
        [(P, "overall survival"), (P, "safety")],
    ),
    "a word of a longer name": (
        "The primary outcome was serum vascular endothelial growth factor receptor.",
        [(P, "serum vascular endothelial growth factor receptor")],
    ),
    "an adjusted survival": ("The primary outcome was quality-adjusted survival.", [(P, "quality-adjusted survival")]),
    "the toxicity of one organ": (
        "Secondary endpoints were bone marrow toxicity and acute toxicity.",
        [(S, "bone marrow toxicity"), (S, "safety")],
    ),
    "both periods": (
        "The primary endpoint was pain at rest in both the first and the second period.",
        [(P, "pain intensity")],
    ),
    "a shared noun": (
        "The primary endpoints were effects on ER, PgR and Ki67 expression during surgery.",
        [(P, "ER expression"), (P, "PgR expression"), (P, "Ki67 expression")],
    ),
    "what an item includes": (
        "Secondary outcomes were 1) markers of turnover, including osteocalcin, keratin and elastin, 2) mortality.",
        [(S, "markers of turnover"), (S, "mortality")],
    ),
    "as the primary outcome": ("We chose overall survival as the primary outcome.", [(P, "overall survival")]),
    "objectives of phase 1": (
        "The primary objective was to determine the maximum tolerated dose; secondary objectives were safety and pharmacokinetics.",
        [(P, "maximum tolerated dose"), (S, "safety"), (S, "pharmacokinetics")],
    ),
}


@pytest.mark.parametrize(("text", "found"), CASES.values(), ids=CASES)
def test_endpoints(make_study: MakeStudy, text: str, found: list[tuple[str | None, str]]) -> None:
    facts = [fact for fact in endpoints(make_study(("methods", text))) if isinstance(fact, Endpoint)]
    assert [(fact.role, fact.name) for fact in facts] == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Body mass index was calculated as weight over height squared.", id="a formula"),
        pytest.param("Partial response was defined as a shrinkage by 30%.", id="a category"),
        pytest.param("The primary endpoint was met.", id="no name"),
        pytest.param("The outcomes included in the meta-analysis were similar.", id="outcomes of others"),
        pytest.param("Outcomes were assessed by blinded assessors.", id="who assessed them"),
        pytest.param("Secondary outcomes were analysed with Fisher's test.", id="an analysis"),
        pytest.param(
            "Exploratory endpoints were the association of age, sex and smoking with relapse.", id="an association"
        ),
    ],
)
def test_no_endpoints(make_study: MakeStudy, text: str) -> None:
    facts = [fact for fact in endpoints(make_study(("methods", text))) if isinstance(fact, Endpoint)]
    assert facts == []
