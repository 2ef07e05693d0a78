"""How journals count adverse events, in invented sentences."""

from collections.abc import Callable

import pytest

from extractor.adverse_events import adverse_events
from extractor.event_mentions import event_mentions
from extractor.study import Study
from ontology.record import AdverseEvent

MakeStudy = Callable[..., Study]
Row = tuple[str, str | None, str, int | None, str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Headache (12 patients), dizziness (8 patients) and rash (3 patients) were the most frequent adverse events in the beta group.",
            [
                ("Headache", "beta", "any", 12, None),
                ("dizziness", "beta", "any", 8, None),
                ("rash", "beta", "any", 3, None),
            ],
            id="a list whose arm stands at the end",
        ),
        pytest.param(
            "Injection-site reactions were reported by 22 of 119 participants (18.5%) who received alpha versus 5 of 120 (4.2%) who received beta.",
            [
                ("Injection-site reactions", "alpha", "any", 22, "18.5"),
                ("Injection-site reactions", "beta", "any", 5, "4.2"),
            ],
            id="who received",
        ),
        pytest.param(
            "In the alpha arm, 13 patients had grade 3 and 2 patients had grade 4 hypertension.",
            [("hypertension", "alpha", "3", 13, None), ("hypertension", "alpha", "4", 2, None)],
            id="two grades of one event",
        ),
        pytest.param(
            "There were 3 deaths in the alpha group (sepsis in 2 and stroke in 1) and 1 death in the beta group.",
            [
                ("death", "alpha", "5", 3, None),
                ("sepsis", "alpha", "any", 2, None),
                ("stroke", "alpha", "any", 1, None),
                ("death", "beta", "5", 1, None),
            ],
            id="the causes of deaths",
        ),
        pytest.param(
            "Rash (any grade: 44% vs 12%; grade 3: 5% vs 0%) and diarrhoea (any grade: 30% vs 10%) were more frequent with alpha.",
            [
                ("Rash", "alpha", "any", None, "44"),
                ("Rash", "beta", "any", None, "12"),
                ("Rash", "alpha", "3", None, "5"),
                ("Rash", "beta", "3", None, "0"),
                ("diarrhoea", "alpha", "any", None, "30"),
                ("diarrhoea", "beta", "any", None, "10"),
            ],
            id="the arm that had more of all",
        ),
        pytest.param(
            "Neutropenia was the most common grade 3-4 adverse event (alpha, 30 [25%]; beta, 2 [2%]).",
            [("Neutropenia", "alpha", "3-4", 30, "25"), ("Neutropenia", "beta", "3-4", 2, "2")],
            id="arms before their numbers in a bracket",
        ),
        pytest.param(
            "Two cases of interstitial lung disease were noted in the alpha group. One woman in the beta group had a pulmonary embolism.",
            [
                ("interstitial lung disease", "alpha", "any", 2, None),
                ("pulmonary embolism", "beta", "any", 1, None),
            ],
            id="events with everyday names, one woman",
        ),
        pytest.param(
            "12 serious adverse events were reported in the alpha group and 15 in the beta group.",
            [("serious adverse event", "alpha", "any", 12, None), ("serious adverse event", "beta", "any", 15, None)],
            id="a bare number of events",
        ),
        pytest.param(
            "Sepsis developed in 7 patients in the beta group, as compared with 3 patients in the alpha group (4.7% vs. 2.1%).",
            [("Sepsis", "beta", "any", 7, "4.7"), ("Sepsis", "alpha", "any", 3, "2.1")],
            id="percentages of both arms in one bracket",
        ),
        pytest.param(
            "Fever occurred in 8 patients in the alpha group and in 2 patients in the beta group (6.0% and 1.5%, respectively).",
            [("Fever", "alpha", "any", 8, "6.0"), ("Fever", "beta", "any", 2, "1.5")],
            id="percentages in turn",
        ),
        pytest.param(
            "There were 5 cases of sepsis in the beta group and 11 in the alpha group (3% v 7%).",
            [("sepsis", "beta", "any", 5, "3"), ("sepsis", "alpha", "any", 11, "7")],
            id="a bare number of the other arm",
        ),
        pytest.param(
            "Nausea of any grade was noted in 40% of patients treated with alpha, and grade 4 nausea in 2%.",
            [("Nausea", "alpha", "any", None, "40"), ("nausea", "alpha", "4", None, "2")],
            id="an event before the patients who were treated",
        ),
        pytest.param(
            "Fatigue (grade 1 in 20 patients and grade 2 in 6 patients) was seen in the beta group.",
            [("Fatigue", "beta", "1", 20, None), ("Fatigue", "beta", "2", 6, None)],
            id="grades in a bracket",
        ),
        pytest.param(
            "In the alpha group, nine children developed rash, four had fever and one had sepsis.",
            [
                ("rash", "alpha", "any", 9, None),
                ("fever", "alpha", "any", 4, None),
                ("sepsis", "alpha", "any", 1, None),
            ],
            id="others who had other events",
        ),
        pytest.param(
            "Altogether 61% of the children in the alpha group and 57% of those in the beta group had an adverse event.",
            [("any adverse event", "alpha", "any", None, "61"), ("any adverse event", "beta", "any", None, "57")],
            id="of those in the other",
        ),
        pytest.param(
            "Fever was the most frequent systemic reaction, recorded in 12 (8%) patients in the beta group.",
            [("Fever", "beta", "any", 12, "8")],
            id="the kind of an event that is named",
        ),
        pytest.param(
            "Syncope was noted in 2 (1%) patients given alpha and none given beta.",
            [("Syncope", "alpha", "any", 2, "1"), ("Syncope", "beta", "any", 0, None)],
            id="none given the other",
        ),
        pytest.param(
            "One patient died from sepsis in the alpha group and 2 patients died from pneumonia in the beta group.",
            [("sepsis", "alpha", "5", 1, None), ("pneumonia", "beta", "5", 2, None)],
            id="not the same event in the other arm",
        ),
        pytest.param(
            "Nine patients (four in the beta group) stopped early: persistent rash in five cases and fever in two.",
            [],
            id="no arm behind a bracket that names one",
        ),
        pytest.param(
            "The incidence of grade 3 or 4 rash was 8.2% with alpha and 7.4% with beta; grade 3 or 4 nausea, 5.6% and 0%, respectively; and grade 3 or 4 diarrhea, 3.7% and 1%.",
            [
                ("rash", "alpha", "3-4", None, "8.2"),
                ("rash", "beta", "3-4", None, "7.4"),
                ("nausea", "alpha", "3-4", None, "5.6"),
                ("nausea", "beta", "3-4", None, "0"),
                ("diarrhea", "alpha", "3-4", None, "3.7"),
                ("diarrhea", "beta", "3-4", None, "1"),
            ],
            id="clauses without a verb",
        ),
        pytest.param(
            "Serious adverse events occurred in 12 patients with alpha (10%) and 9 with beta (7.6%).",
            [("serious adverse event", "alpha", "any", 12, "10"), ("serious adverse event", "beta", "any", 9, "7.6")],
            id="percentages behind the arms",
        ),
        pytest.param(
            "Treatment-related deaths occurred in 2 patients (1.7%) in the alpha group (pneumonitis and sepsis) and in none in the beta group.",
            [("death", "alpha", "5", 2, "1.7"), ("death", "beta", "5", 0, None)],
            id="none behind the causes",
        ),
        pytest.param(
            "Grade 3 or worse adverse events were reported in 60 (50%) patients given alpha; the most common were neutropenia (25 [21%]) and anaemia (12 [10%]).",
            [
                ("any adverse event", "alpha", ">=3", 60, "50"),
                ("neutropenia", "alpha", ">=3", 25, "21"),
                ("anaemia", "alpha", ">=3", 12, "10"),
            ],
            id="the most common of a grade",
        ),
        pytest.param(
            "There were two treatment-related deaths in the alpha group (one pneumonitis and one hepatic failure).",
            [
                ("death", "alpha", "5", 2, None),
                ("pneumonitis", "alpha", "5", 1, None),
                ("hepatic failure", "alpha", "5", 1, None),
            ],
            id="causes counted one by one",
        ),
    ],
)
def test_counted(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    study = make_study(("results", text), arms=("alpha", "beta"), titles={"results": "Safety"})
    facts = [fact for fact in adverse_events(study) if isinstance(fact, AdverseEvent)]
    found: dict[tuple[str, str | None, str], list[str | int | None]] = {}
    for fact in facts:
        row = found.setdefault((fact.term, fact.arm, fact.grade or ""), [None, None])
        row[:] = [
            row[0] if fact.count is None else fact.count,
            row[1] if fact.percent is None else str(fact.percent),
        ]
    assert [(*key, *row) for key, row in found.items()] == expected


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Alpha resulted in infusion-related reactions in 26% of the patients.", ["infusion-related reactions"]),
        ("Nausea was more frequent with alpha than with beta (34% vs 12%).", ["Nausea", "Nausea"]),
        ("Infections were recorded in 22 (40%) patients given alpha.", []),
    ],
)
def test_symptoms_where_nothing_speaks_of_safety(make_study: MakeStudy, text: str, terms: list[str]) -> None:
    study = make_study(("results", text), arms=("alpha", "beta"), titles={"results": "Outcomes"})
    assert [fact.term for fact in adverse_events(study) if isinstance(fact, AdverseEvent)] == terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rash was the commonest adverse event in both groups.", ["Rash"]),
        ("The most common adverse event was rash.", ["any adverse event", "rash"]),
    ],
)
def test_the_kind_of_a_named_event_is_no_event(make_study: MakeStudy, text: str, expected: list[str]) -> None:
    (sentence,) = make_study(("results", text)).reading.sentences
    assert [mention.name for mention in event_mentions(sentence)] == expected
