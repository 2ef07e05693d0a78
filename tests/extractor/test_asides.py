"""What a number is where it is no outcome, in invented sentences."""

from __future__ import annotations

import pytest

from extractor.asides import aside, is_bound
from extractor.measures import measures


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Alpha reduced the risk of stroke by 32%.", None),
        ("Four patients (6%) were not evaluable.", "patients who were not assessed"),
        ("At baseline the score was 3.1 ± 0.8.", "a value before treatment"),
        ("Ferritin fell compared to baseline (80.7 ± 9.4).", "a value before treatment"),
        ("Of those enrolled, 12 (24%) smoked.", "a baseline characteristic"),
        ("A response was seen in 12 (24%).", None),
    ],
)
def test_asides(text: str, reason: str | None) -> None:
    assert {aside(text, measure) for measure in measures(text)} == {reason}


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 75% improvement", True),
        ("a 50% reduction", True),
        ("HbA1c below 7%", True),
        ("26% lower", True),
        ("patients achieving 90% improvement", True),
        ("a response in 50% of patients", False),
        ("an ejection fraction of 40% or less", True),
    ],
)
def test_limits(text: str, bound: bool) -> None:
    assert [is_bound(text, measure) for measure in measures(text)] == [bound]
