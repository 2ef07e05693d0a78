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
