"""Adverse events in invented sentences: event, grade, arm, count, percentage."""

from collections.abc import Callable

import pytest

from extractor.adverse_events import adverse_events
from extractor.study import Study
from ontology.record import AdverseEvent

MakeStudy = Callable[..., Study]
Row = tuple[str, str | None, str | None, int | None, float | None]
ARMS = ("alpha", "beta")


def found(study: Study) -> list[AdverseEvent]:
    return [fact for fact in adverse_events(study) if isinstance(fact, AdverseEvent)]


def rows(study: Study) -> list[Row]:
    return [
        (f.term, f.arm, f.grade, f.count, float(f.percent) if f.percent is not None else None) for f in found(study)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The most common grade 3 or 4 adverse events were neutropenia (8 [17.4%]) and nausea (4 [8.5%]).",
            [("neutropenia", None, "3-4", 8, 17.4), ("nausea", None, "3-4", 4, 8.5)],
            id="list in brackets",
        ),
        pytest.param(
            "Grade 3-4 neutropenia was more frequent in the alpha group than in the beta group (48.3% vs. 12.1%).",
            [("neutropenia", "alpha", "3-4", None, 48.3), ("neutropenia", "beta", "3-4", None, 12.1)],
            id="two arms",
        ),
        pytest.param(
            "Adverse events of any grade: nausea, headache and rash occurred in 30%, 20% and 10%, respectively, of all patients.",
            [("nausea", None, "any", None, 30), ("headache", None, "any", None, 20), ("rash", None, "any", None, 10)],
            id="respectively",
        ),
        pytest.param(
            "Overall, 12 patients (25%) experienced severe diarrhoea as an adverse event.",
            [("diarrhoea", None, "severe", 12, 25)],
            id="patients first",
        ),
        pytest.param(
            "Grade 3 adverse events (alpha vs. beta): nausea 7% vs. 6%, glowing thumbs 0 vs. 2%, respectively.",
            [
                ("nausea", "alpha", "3", None, 7),
                ("nausea", "beta", "3", None, 6),
                ("glowing thumbs", "alpha", "3", None, 0),
                ("glowing thumbs", "beta", "3", None, 2),
            ],
            id="pairs without brackets, one of an unknown event",
        ),
        pytest.param(
            "Grade 3 anemia and rash were more common in the beta than the alpha arm (52% vs. 10% and 34% vs. 2%, respectively).",
            [
                ("anemia", "beta", "3", None, 52),
                ("anemia", "alpha", "3", None, 10),
                ("rash", "beta", "3", None, 34),
                ("rash", "alpha", "3", None, 2),
            ],
            id="pairs in the order of events and arms",
        ),
        pytest.param(
            "Adverse events were similar across the alpha (92%) and the beta (97%) groups.",
            [("any adverse event", "alpha", "any", None, 92), ("any adverse event", "beta", "any", None, 97)],
            id="a bracket for each arm",
        ),
        pytest.param(
            "Grade 3 diarrhea was increased in the alpha group, but this was not significant (6.9% versus 1%).",
            [("diarrhea", "alpha", "3", None, 6.9), ("diarrhea", "beta", "3", None, 1)],
            id="what is said of a difference",
        ),
        pytest.param("One patient died of sepsis.", [("sepsis", None, "5", 1, None)], id="death"),
        pytest.param("There were no treatment-related deaths.", [("death", None, "5", 0, None)], id="nobody"),
        pytest.param(
            "Adverse events were neutropenia (5%) and some strange yawning (2%).",
            [("neutropenia", None, "any", None, 5), ("some strange yawning", None, "any", None, 2)],
            id="an unknown event in a list",
        ),
    ],
)
def test_counted(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    arms = ARMS if "alpha" in text else ("alpha",)
    got = rows(make_study(("results", text), arms=arms))
    assert [(t, a if len(arms) > 1 else None, *rest) for t, a, *rest in got] == [tuple(row) for row in expected]


@pytest.mark.parametrize(
    "text",
    [
        "Adverse events in at least 5% of patients are listed.",
        "There was no significant difference in adverse events.",
        "Grade 3 neutropenia resolved in 12 (30%) patients.",
        "The response rate was 30% in patients with diabetes.",
        "We assumed a rate of adverse events of 30%.",
        "In another trial, neutropenia occurred in 30% of patients [4].",
        "All 40 patients were assessed for toxicity.",
        "The commonest event was nausea (12%-18%).",
    ],
)
def test_not_counted(make_study: MakeStudy, text: str) -> None:
    assert found(make_study(("results", text), arms=("alpha",))) == []


@pytest.mark.parametrize(
    ("text", "consequence"),
    [
        ("Two patients discontinued treatment because of rash.", "discontinuation"),
        (
            "Treatment was well tolerated; nausea leading to dose reduction occurred in 3 patients (6%).",
            "dose reduction",
        ),
        ("Three patients had rash as an adverse event.", None),
    ],
)
def test_consequence(make_study: MakeStudy, text: str, consequence: str | None) -> None:
    (fact,) = found(make_study(("results", text), arms=("alpha",)))
    assert fact.consequence == consequence


@pytest.mark.parametrize(
    ("text", "related"),
    [
        ("Treatment-related adverse events occurred in 30 patients (60%).", "treatment-related"),
        ("Immune-related adverse events occurred in 3 patients (6%).", "immune-related"),
        ("Adverse events occurred in 40 patients (80%).", None),
    ],
)
def test_relatedness(make_study: MakeStudy, text: str, related: str | None) -> None:
    (fact,) = found(make_study(("results", text), arms=("alpha",)))
    assert fact.relatedness == related


def test_both_arms(make_study: MakeStudy) -> None:
    study = make_study(("results", "Two patients in each group had a serious adverse event."), arms=ARMS)
    assert [fact.arm for fact in found(study)] == list(ARMS)


CHANGES = "Adverse events led to dose interruption in 12 patients (32%), dose reduction in 5 patients (14%) and discontinuation in 2 patients (5%)."
REASONS = (
    "Reasons for discontinuation were progression (n = 25), adverse events (n = 3), and withdrawal of consent (n = 3)."
)
BOTH = "Eleven patients (29.7%) required a dose reduction, and 3 patients (8.1%) discontinued treatment because of adverse events."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            CHANGES, [(12, "dose interruption"), (5, "dose reduction"), (2, "discontinuation")], id="each its own"
        ),
        pytest.param(REASONS, [(3, "discontinuation")], id="another reason is no event"),
        pytest.param(BOTH, [(11, "dose reduction"), (3, "discontinuation")], id="what stands behind the number"),
    ],
)
def test_consequences_of_numbers(make_study: MakeStudy, text: str, expected: list[tuple[int, str]]) -> None:
    facts = found(make_study(("results", text), arms=("alpha",)))
    assert [(fact.count, fact.consequence) for fact in facts] == expected
    assert {fact.arm for fact in facts} == {"alpha"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Grade 3 hypertension was seen in 24 patients (12%), proteinuria in 8 (4%) and rash in 6 (3%) in the alpha group.",
            [("hypertension", "alpha"), ("proteinuria", "alpha"), ("rash", "alpha")],
            id="a list that ends with its arm",
        ),
        pytest.param(
            "Adverse events were reported in 11% of the patients who received alpha and 4% of those who received beta.",
            [("any adverse event", "alpha"), ("any adverse event", "beta")],
            id="of those who",
        ),
        pytest.param(
            "Adverse events: rash was seen in 24 patients (12%) overall and in 8 (4%) in the alpha group.",
            [("rash", "alpha")],
            id="one of all",
        ),
    ],
)
def test_arms_of_lists(make_study: MakeStudy, text: str, expected: list[tuple[str, str]]) -> None:
    facts = found(make_study(("results", text), arms=("alpha", "beta")))
    assert [(fact.term, fact.arm) for fact in facts if fact.arm] == expected
