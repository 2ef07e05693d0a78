"""Counts of patients and events in invented sentences, and the arms they belong to."""

from collections.abc import Callable

import pytest

from extractor.adverse_events import adverse_events
from extractor.attribution import Owner
from extractor.event_counts import is_bracketed, is_sum_of_arms, numbers
from extractor.study import Study
from ontology.record import AdverseEvent

MakeStudy = Callable[..., Study]
Row = tuple[str, str | None, int | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two patients (4%) had nausea", [(2, None)]),
        ("nausea in 3/41 and 5 of 40 patients", [(3, 41), (5, 40)]),
        ("withdrawals (alpha, n = 4; beta, n = 7)", [(4, None), (7, None)]),
        ("withdrawals (alpha, n = 4  (2.5%))", [(4, None)]),
        ("of the 12 patients", []),
        ("nausea 7% vs. 6%, rash 0 vs. 2%", [(None, None)] * 4),
        ("3/41 adverse events", []),
        ("mild (35/39 and 16/17 AEs with alpha and beta)", []),
        ("week 3 of 4", []),
    ],
)
def test_numbers(text: str, expected: list[tuple[int | None, int | None]]) -> None:
    assert [(m.count, m.total) for m in numbers(text)] == expected


def test_is_bracketed() -> None:
    text = "nausea (two [5%] and"
    assert is_bracketed(text, text.index("5"))
    assert is_bracketed(text, len(text))
    assert not is_bracketed("nausea (5%) and", 14)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "There was one case of sepsis and one case of phlebitis in the alpha group.",
            [("sepsis", "alpha", 1), ("phlebitis", "alpha", 1)],
            id="a list shares its arm",
        ),
        pytest.param(
            "In the alpha group, 14 patients (9%) had an adverse event, mostly nausea (six patients) and rash (2 patients).",
            [("any adverse event", "alpha", 14), ("nausea", "alpha", 6), ("rash", "alpha", 2)],
            id="the only arm of the sentence",
        ),
        pytest.param(
            "Three patients in the alpha group and nine patients in the beta group withdrew due to nausea.",
            [("nausea", "alpha", 3), ("nausea", "beta", 9)],
            id="each before its arm",
        ),
        pytest.param(
            "Seven patients in each group developed grade 3 nausea as an adverse event.",
            [("nausea", "alpha", 7), ("nausea", "beta", 7)],
            id="in each group",
        ),
        pytest.param(
            "Adverse events were mild, and eight patients (five in the alpha group and three in the beta group) developed rash.",
            [("rash", "alpha", 5), ("rash", "beta", 3)],
            id="shared out in a bracket",
        ),
        pytest.param(
            "There were two serious adverse events in the alpha group (abscess and a broken rib).",
            [("serious adverse event", "alpha", 2), ("abscess", "alpha", 1), ("a broken rib", "alpha", 1)],
            id="items of a sum",
        ),
        pytest.param(
            "Serious adverse events were sepsis (n = 3) and fever (n = 1) in the alpha group and sepsis (n = 6) and rash (n = 2) in the beta group.",
            [("sepsis", "alpha", 3), ("fever", "alpha", 1), ("sepsis", "beta", 6), ("rash", "beta", 2)],
            id="lists that end with their arm",
        ),
        pytest.param(
            "Adverse events were more common in the beta than the alpha group (13 (7.1%) and 6 (3.5%), respectively).",
            [("any adverse event", "beta", 13), ("any adverse event", "alpha", 6)],
            id="in the order of the arms",
        ),
        pytest.param(
            "Three patients in the alpha group (0.9%) had nausea, and none in the beta group.",
            [("nausea", "alpha", 3), ("nausea", "beta", 0)],
            id="a percentage behind the arm, and none",
        ),
        pytest.param(
            "Overall safety: 24 (12%) had nausea: 14 (14%) in the alpha group and 10 (10%) in the beta group.",
            [("nausea", None, 24), ("nausea", "alpha", 14), ("nausea", "beta", 10)],
            id="the sum of the arms",
        ),
        pytest.param(
            "Two TEAEs (tremor and rash) led to study discontinuation in the beta group.",
            [("treatment-emergent adverse event", "beta", 2), ("tremor", "beta", 1), ("rash", "beta", 1)],
            id="items of events that led to something",
        ),
        pytest.param(
            "Gastric adverse events, including nausea, were seen in 4 patients in the alpha group.",
            [],
            id="one of the events that are counted",
        ),
        pytest.param(
            "Adverse events were weight gain (alpha 19 [7%]; beta 15 [6%]) and rash (alpha 4 [1%]; beta 5 [2%]).",
            [("weight gain", "alpha", 19), ("weight gain", "beta", 15), ("rash", "alpha", 4), ("rash", "beta", 5)],
            id="each behind its arm",
        ),
        pytest.param(
            "Serious adverse events did not differ between groups (3.7% (n = 9) in the alpha group; 2.4% (n = 6) in the beta group).",
            [("serious adverse event", "alpha", 9), ("serious adverse event", "beta", 6)],
            id="what is said of the groups",
        ),
        pytest.param(
            "More rash was recorded in the beta group than in the alpha group (129 [49%]  vs  101 [38%]).",
            [("rash", "beta", 129), ("rash", "alpha", 101)],
            id="a pair behind both arms",
        ),
        pytest.param(
            "Overall, 8 of 9 (89%) alpha-treated patients and 9 of 10 (90%) beta-treated patients reported adverse events.",
            [("any adverse event", "alpha", 8), ("any adverse event", "beta", 9)],
            id="patients named by their treatment",
        ),
        pytest.param(
            "One death occurred in the beta group due to sepsis.", [("sepsis", "beta", 1)], id="a death and its cause"
        ),
        pytest.param(
            "Before the first dose, 4 patients in the alpha group had grade 3 anemia.", [], id="before treatment"
        ),
        pytest.param(
            "Nausea occurred as an adverse event in 4 patients at 20 mg and 7 patients at 40 mg.", [], id="doses apart"
        ),
    ],
)
def test_owned(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    study = make_study(("results", text), arms=("alpha", "beta"), titles={"results": "Safety"})
    found = [(f.term, f.arm, f.count) for f in adverse_events(study) if isinstance(f, AdverseEvent)]
    assert found == expected


def test_no_count_sums_up_arms_that_there_are_not() -> None:
    text = "Two patients (4%) had nausea and one patient (2%) had a rash"
    found = numbers(text)
    assert not is_sum_of_arms(0, found, [Owner()] * len(found), (), [text.index("rash")])
