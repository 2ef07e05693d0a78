"""Values that a bracket lists, and those that are told again for another arm, in invented sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.results import results
from extractor.study import Study
from ontology.record import Result

MakeStudy = Callable[..., Study]
Row = tuple[str, str | None, float]
TWO = ("alpha", "beta")
LOW = "Serum ferritin was lower with alpha than with beta"


def rows(study: Study) -> list[Row]:
    facts = [fact for fact in results(study) if isinstance(fact, Result)]
    return [(fact.endpoint, fact.arm, float(fact.value or 0)) for fact in facts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"{LOW} (alpha, 41.9 ng/mL; beta, 84.1 ng/mL).",
            [("serum ferritin", "alpha", 41.9), ("serum ferritin", "beta", 84.1)],
            id="arms",
        ),
        pytest.param(
            f"{LOW} (single dose, 41.9 ng/mL; repeated dose, 30 to 40 ng/mL; beta, 84.1 ng/mL).",
            [("serum ferritin", "beta", 84.1)],
            id="what is no arm",
        ),
        pytest.param(f"{LOW} (ferritin, 41.9 ng/mL; dose, 84 mg).", [], id="two units"),
        pytest.param(f"{LOW} (alpha, 12 mg; beta, 24 mg).", [], id="doses"),
    ],
)
def test_lists(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    assert rows(make_study(("results", text), arms=TWO)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "With alpha, the ORR was 45% and median PFS was 8.3 months; with beta these were 30% and 5.6 months.",
            [
                ("objective response rate", "alpha", 45),
                ("progression-free survival", "alpha", 8.3),
                ("objective response rate", "beta", 30),
                ("progression-free survival", "beta", 5.6),
            ],
            id="one for one",
        ),
        pytest.param(
            "With alpha, the ORR was 45% and DCR was 80%; the respective rates in the beta group were 30% and 62%.",
            [
                ("objective response rate", "alpha", 45),
                ("disease control rate", "alpha", 80),
                ("objective response rate", "beta", 30),
                ("disease control rate", "beta", 62),
            ],
            id="the respective rates of",
        ),
        pytest.param(
            "With alpha, the ORR was 45% and median PFS was 8.3 months; with beta these were 30%.",
            [("objective response rate", "alpha", 45), ("progression-free survival", "alpha", 8.3)],
            id="not as many",
        ),
    ],
)
def test_values_told_again(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    assert rows(make_study(("results", text), arms=TWO)) == expected
