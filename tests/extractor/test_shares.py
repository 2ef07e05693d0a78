"""Numbers of all patients with their shares in the arms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.results import results
from extractor.study import Study
from ontology.record import Result

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "During follow-up 31 patients died (17 in the alpha group and 14 in the beta group).",
            [(None, 31), ("alpha", 17), ("beta", 14)],
            id="in brackets",
        ),
        pytest.param(
            "Relapse occurred in 99 patients (49 alpha, 50 beta).", [(None, 99), ("alpha", 49), ("beta", 50)], id="bare"
        ),
        pytest.param(
            "In all, 31 patients had died: 17 (25%) in the alpha group and 14 (19%) in the beta group.",
            [(None, 31), ("alpha", 17), ("beta", 14)],
            id="behind a colon",
        ),
        pytest.param(
            "In all, 19 of 21 patients had died: in the alpha arm, 9 of 10 patients, and in the beta arm, 10 of 11.",
            [(None, 19), ("alpha", 9), ("beta", 10)],
            id="behind the arms",
        ),
        pytest.param(
            "Six patients relapsed in the alpha group, while there were 4 in the beta group.",
            [("alpha", 6), ("beta", 4)],
            id="a count that goes on",
        ),
        pytest.param("Ten patients died (7 in the alpha group and 14 in the beta group).", None, id="no sum"),
    ],
)
def test_shares(make_study: MakeStudy, text: str, expected: list[tuple[str | None, int]] | None) -> None:
    facts = [f for f in results(make_study(("results", text), arms=("alpha", "beta"))) if isinstance(f, Result)]
    got = [(fact.arm, fact.count) for fact in facts]
    assert got == expected if expected else (None, 10) not in got
