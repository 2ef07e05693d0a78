"""Arms that differ by dose, named together."""

from __future__ import annotations

import pytest

from extractor.arm_book import book
from ontology.record import Arm

LOW, HIGH = "alphastat 50 mg", "alphastat 100 mg"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("in the placebo, alphastat 50 and 100 mg groups", ["placebo", LOW, HIGH]),
        ("with alphastat 50 mg and 100 mg", [LOW, HIGH]),
        ("in the 50-mg and 100-mg dose groups", [LOW, HIGH]),
        ("50 and 100 mg of alphastat", [LOW, HIGH]),
        ("with alphastat 50 mg", [LOW]),
        ("30% with 50 mg, 40% with 100 mg and 5% with placebo", [LOW, HIGH, "placebo"]),
        ("30% with 50 mg of gammastat", []),
        ("scores of 50 and 100 points", []),
        ("50 and 100 mg of gammastat", []),
    ],
)
def test_lists_of_doses(text: str, labels: list[str]) -> None:
    arms = book([Arm(label=label) for label in ("placebo", LOW, HIGH)])
    assert [mention.label for mention in arms.find(text)] == labels


def test_a_combination_is_the_arm_that_has_both() -> None:
    arms = book([Arm(label=label) for label in ("alphastat 5 mg", "betastat", "alphastat 5 mg + betastat 1 mg")])
    assert [m.label for m in arms.find("alphastat 5 mg plus betastat versus betastat")] == [
        "alphastat 5 mg + betastat 1 mg",
        "betastat",
    ]
