"""Responses and what became of patients as trials of one arm tell them, in invented sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.results import results
from extractor.study import Study
from ontology.record import Result

MakeStudy = Callable[..., Study]
Row = tuple[str, str | None, float, int | None]
ORR, CR, PR, SD, PFS = (
    "objective response rate",
    "complete response",
    "partial response",
    "stable disease",
    "progression-free survival",
)


def rows(study: Study) -> list[Row]:
    facts = [fact for fact in results(study) if isinstance(fact, Result) and fact.statistic != "p_value"]
    return [(fact.endpoint, fact.population, float(fact.value or 0), fact.count) for fact in facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The ORR was 45.2% (28/62), with 6 complete responses (9.7%) and 22 partial responses (35.5%).",
            [(ORR, None, 45.2, 28), (CR, None, 9.7, 6), (PR, None, 35.5, 22)],
            id="an outcome between number and percentage",
        ),
        pytest.param(
            "Four patients (6.5%) achieved CR, 24 (38.7%) PR, and 20 (32.3%) SD for an ORR of 45.2%.",
            [(CR, None, 6.5, 4), (PR, None, 38.7, 24), (SD, None, 32.3, 20), (ORR, None, 45.2, None)],
            id="an outcome right behind each",
        ),
        pytest.param(
            "Ten of 38 patients had a partial response (26.3%), 15 (39.5%) had stable disease.",
            [(PR, None, 26.3, 10), (SD, None, 39.5, 15)],
            id="an outcome between a fraction and its percentage",
        ),
        pytest.param(
            "Ten of 38 patients had a confirmed PR (ORR 26.3%; 95% CI, 13.4-43.1), 15 (39.5%) had stable disease.",
            [(ORR, None, 26.3, 10), (SD, None, 39.5, 15)],
            id="the outcome right before the percentage",
        ),
        pytest.param(
            "MRD negativity was achieved by 24 of 50 (48%) patients with CR.",
            [("minimal residual disease negativity", None, 48, 24)],
            id="patients with another outcome",
        ),
        pytest.param(
            "Nine (64%) of 14 patients with BRCA mutation had an objective response.",
            [(ORR, "BRCA mutation", 64, 9)],
            id="patients with a marker",
        ),
        pytest.param(
            "Nine (64%) of 14 patients had a BRCA mutation, no objective response.", [], id="a marker counted"
        ),
        pytest.param(
            "ORR by independent review was 40% and by investigator assessment 47%.",
            [(ORR, None, 40, None), (ORR, None, 47, None)],
            id="who assessed",
        ),
        pytest.param(
            "Median PFS for responders was 14.2 months compared with 3.1 months for nonresponders.",
            [(PFS, "responders", 14.2, None), (PFS, "nonresponders", 3.1, None)],
            id="responders",
        ),
    ],
)
def test_one_arm(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    assert rows(make_study(("results", text), arms=("Zelturinib",))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "One patient died of sepsis in the alpha group and 2 patients died of stroke and bleeding in the beta group.",
            ["alpha", "beta"],
            id="each of its own",
        ),
        pytest.param("In the alpha group 1 patient died of sepsis and 2 patients died of stroke.", ["alpha", "alpha"], id="both of one"),
    ],
)  # fmt: skip
def test_the_arm_behind_the_second(make_study: MakeStudy, text: str, expected: list[str]) -> None:
    facts = [
        fact for fact in results(make_study(("results", text), arms=("alpha", "beta"))) if isinstance(fact, Result)
    ]
    assert [fact.arm for fact in facts] == expected
