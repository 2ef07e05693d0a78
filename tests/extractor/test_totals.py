"""Totals of results in an invented trial: of the evaluable patients, or of the arm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.study import Study
from extractor.totals import with_totals
from ontology.record import AdverseEvent, Result

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("text", "arms", "values", "total"),
    [
        ("Of 30 evaluable patients, some responded.", ("A",), {"count": 8, "value": "26.7"}, 30),
        ("Of 30 evaluable patients, some responded.", ("A",), {"count": 8, "value": "25.0"}, None),
        ("Of 30 evaluable patients, some responded.", ("A",), {"count": 8, "value": "26.7", "population": "men"}, None),
        ("Of 30 evaluable patients, some responded.", ("A", "B"), {"count": 8, "value": "26.7"}, None),
        ("Some patients responded.", ("A",), {"count": 8, "value": "26.7"}, None),
    ],
    ids=["fits", "another percentage", "a subgroup", "two arms", "no number"],
)
def test_totals(
    make_study: MakeStudy, text: str, arms: tuple[str, ...], values: dict[str, str], total: int | None
) -> None:
    fact = Result.model_validate(
        {"endpoint": "complete response", "arm": "A", "statistic": "rate", "unit": "%", **values}
    )
    (item,) = with_totals([fact], make_study(("results", text), arms=arms), "evaluable")
    assert isinstance(item, Result)
    assert item.total == total


def test_events_are_of_the_safety_population(make_study: MakeStudy) -> None:
    text = "The safety population included 33 patients, and 30 evaluable patients had a scan."
    fact = AdverseEvent.model_validate({"term": "nausea", "arm": "A", "grade": "any", "count": 8, "percent": "24.2"})
    (item,) = with_totals([fact], make_study(("results", text), arms=("A",)), "safety_population")
    assert isinstance(item, AdverseEvent)
    assert item.total == 33
