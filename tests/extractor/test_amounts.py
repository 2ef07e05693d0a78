"""Amounts with a unit of their own or none."""

from __future__ import annotations

import pytest

from extractor.amounts import amounts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Width was 19.1 mm versus 14.6 mm.", [("mean", 19.1, "mm", None), ("mean", 14.6, "mm", None)], id="set against"),
        pytest.param("The mean score was 4.9.", [("mean", 4.9, None, None)], id="a bare mean"),
        pytest.param("The median count was 2 (range, 0-7) and 1 (range, 0-8).", [("median", 2, None, None), ("median", 1, None, None)], id="a range beside"),
        pytest.param(
            "The mean change (95% CI) was -0.67 (-0.81, -0.54), -1.12 (-1.26, -0.98) and -1.33 (-1.50, -1.16).",
            [("change", -0.67, None, None), ("change", -1.12, None, None), ("change", -1.33, None, None)],
            id="intervals are no values",
        ),
        pytest.param("The mean (SD) score was 3.3 (2.7).", [("mean", 3.3, None, 2.7)], id="a deviation in brackets"),
        pytest.param("The mean (SE) score was 3.3 (2.7).", [("mean", 3.3, None, 2.7)], id="an error in brackets"),
        pytest.param("The level differed (alpha, 36.0 pg/mL; beta, 8.7 pg/mL; mean).", [], id="no cue before"),
        pytest.param("Means were higher (alpha, 36.0 pg/mL; beta, 8.7 pg/mL).", [("mean", 36.0, "pg/mL", None), ("mean", 8.7, "pg/mL", None)], id="behind names"),
        pytest.param("It fell by 12.1 ms (90% CI, 9.5 to 14.8), a change.", [("change", 12.1, "ms", None)], id="with an interval"),
        pytest.param("Scores were higher (4.2 vs. 3.1).", [("mean", 4.2, None, None), ("mean", 3.1, None, None)], id="a pair in brackets"),
        pytest.param("The mean change was lower (difference [95% CI], -0.77 [-1.49, -0.05]).", [], id="an interval alone"),
        pytest.param("The mean dose was 5 mg versus 6 mg.", [], id="doses"),
        pytest.param("The mean number was above 5 versus 6 patients.", [], id="bounds and patients"),
        pytest.param("The mean slope was 1.45 versus 1.52.", [], id="a slope"),
        pytest.param("It was 5 days after the first visit.", [], id="nothing says what it is"),
    ],
)  # fmt: skip
def test_amounts(text: str, expected: list[tuple[str, float, str | None, float | None]]) -> None:
    found = [(a.statistic, float(a.value or 0), a.unit, None if a.sd is None else float(a.sd)) for a in amounts(text)]
    assert found == expected
