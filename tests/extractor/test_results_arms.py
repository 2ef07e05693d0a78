"""Whose a result is where the sentence does not say, in invented sentences."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extractor.results import results
from extractor.study import Study
from ontology.record import Result

MakeStudy = Callable[..., Study]
TWO = ("alpha", "beta")
GUESS = "The ORR was similar in the two arms (10.6% vs. 12.3%, P = 0.66)."


def found(study: Study) -> list[Result]:
    return [fact for fact in results(study) if isinstance(fact, Result)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param("", [("alpha", "10.6"), ("beta", "12.3")], id="in the order of the arms"),
        pytest.param(
            "The ORR was 10.6% with beta and 12.3% with alpha.",
            [("beta", "10.6"), ("alpha", "12.3")],
            id="the paper says another",
        ),
        pytest.param(
            "The ORR was 10.6% with alpha and 12.3% with beta.",
            [("alpha", "10.6"), ("beta", "12.3")] * 2,
            id="the paper says the same",
        ),
        pytest.param(
            "The PFS rate was 10.6% with beta and 12.3% with alpha.",
            [("alpha", "10.6"), ("beta", "12.3"), ("beta", "10.6"), ("alpha", "12.3")],
            id="another outcome",
        ),
    ],
)
def test_a_guess_gives_way(make_study: MakeStudy, more: str, expected: list[tuple[str, str]]) -> None:
    facts = found(make_study(("results", GUESS), ("results", more), arms=TWO))
    rates = [(f.arm, f.value) for f in facts if f.statistic == "rate"]
    assert rates == [(arm, Decimal(value)) for arm, value in expected]


SINGLE = [
    pytest.param(
        "PFS was 8.3 months with alpha and 5.6 months with beta (hazard ratio for disease progression or death, 0.62; 95% CI 0.50-0.77).",
        [("progression-free survival", "median", 8.3), ("progression-free survival", "median", 5.6), ("progression-free survival", "hazard_ratio", 0.62)],
        id="a ratio for the event of an outcome",
    ),
    pytest.param(
        "The percentage of patients who were alive was 62% with alpha and 47% with beta.",
        [("survival", "rate", 62), ("survival", "rate", 47)],
        id="the percentage of those who",
    ),
    pytest.param(
        "The proportions of patients with clinical remission were 45% and 26% in the alpha and beta groups, respectively.",
        [("clinical remission", "rate", 45), ("clinical remission", "rate", 26)],
        id="the proportion of those with",
    ),
    pytest.param(
        "At week 12, mean body weight change was -7.8 kg (95% CI, -8.6 to -7.0 kg) for alpha and -1.2 kg (95% CI, -2.0 to -0.4 kg) for beta.",
        [("body weight", "difference", -7.8), ("body weight", "difference", -1.2)],
        id="weights",
    ),
    pytest.param("The mean dose was 7.8 kg with alpha and 6.1 kg with beta.", [], id="no weight of a body"),
    pytest.param(
        "Disease control was seen in 64% with alpha and 49% with beta (difference 15%, 95% CI 5-25).",
        [("disease control rate", "rate", 64), ("disease control rate", "rate", 49), ("disease control rate", "difference", 15)],
        id="a difference in a bracket",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SINGLE)
def test_what_is_told(make_study: MakeStudy, text: str, expected: list[tuple[str, str, float]]) -> None:
    facts = found(make_study(("results", text), arms=TWO))
    assert [(f.endpoint, f.statistic, float(f.value or 0)) for f in facts] == expected


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("the active treatment group", ["velotinib", "placebo"]),
        ("the experimental arm", ["velotinib", "placebo"]),
        ("the other arm", ["placebo"]),
    ],
)
def test_arms_by_their_part(read_paper: Callable[[str], Study], named: str, expected: list[str]) -> None:
    paper = f"Velotinib versus placebo\n\nMethods\n\nPatients were randomised to velotinib (n = 50) or placebo (n = 50).\n\nResults\n\nThe ORR was 20% in {named} and 10% in the control group.\n"
    assert [fact.arm for fact in found(read_paper(paper)) if fact.statistic == "rate"] == expected
