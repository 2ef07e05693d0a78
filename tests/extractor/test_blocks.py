"""Values that stand in blocks, one block an arm, in invented sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.results import results
from extractor.study import Study
from ontology.record import Result

MakeStudy = Callable[..., Study]
Row = tuple[str, str | None, float, str | None]
TWO = ("alpha", "beta")
OS, PFS = "overall survival", "progression-free survival"


def rows(study: Study) -> list[Row]:
    facts = [fact for fact in results(study) if isinstance(fact, Result) and fact.statistic != "p_value"]
    return sorted((f.endpoint, f.arm, float(f.value or 0), f.timepoint) for f in facts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The 1- and 2-year OS rates were 58% and 31% with alpha and 45% and 20% with beta.",
            [(OS, "alpha", 31, "2 a"), (OS, "alpha", 58, "1 a"), (OS, "beta", 20, "2 a"), (OS, "beta", 45, "1 a")],
            id="two times of each arm",
        ),
        pytest.param(
            "Median OS and PFS were 14.2 and 8.3 months, respectively, for alpha versus 10.9 and 5.6 months, respectively, for beta.",
            [(OS, "alpha", 14.2, None), (OS, "beta", 10.9, None), (PFS, "alpha", 8.3, None), (PFS, "beta", 5.6, None)],
            id="two outcomes of each arm",
        ),
        pytest.param(
            "The mean and median OS was 41.2 and 44.5 months, if they were given alpha vs. 29.6 and 17.5 months for the beta patients.",
            [(OS, "alpha", 41.2, None), (OS, "alpha", 44.5, None), (OS, "beta", 17.5, None), (OS, "beta", 29.6, None)],
            id="mean and median of each arm",
        ),
        pytest.param(
            "Median OS and PFS were 14.2 and 10.9 months, and 8.3 and 5.6 months, respectively, with alpha and beta.",
            [],
            id="by arm or by outcome",
        ),
        pytest.param(
            "Median OS was 14.2 and 10.9 months with alpha and beta.",
            [(OS, "alpha", 14.2, None), (OS, "beta", 10.9, None)],
            id="one run is no block",
        ),
    ],
)
def test_blocks(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    assert rows(make_study(("results", text), arms=TWO)) == expected


CR = "CR was seen in 12 (6%), PR in 46 (23%)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{CR} and SD in 80 (40%) patients in the alpha group.", ["alpha"] * 3, id="all of one arm"),
        pytest.param(f"Overall, {CR} and SD in 80 (40%) patients in the alpha group.", ["alpha"], id="overall"),
        pytest.param(f"{CR} but SD in 80 (40%) patients in the alpha group.", ["alpha"], id="opposed"),
    ],
)
def test_the_arm_behind_a_list(make_study: MakeStudy, text: str, expected: list[str]) -> None:
    assert [arm for _, arm, _, _ in rows(make_study(("results", text), arms=TWO))] == expected
