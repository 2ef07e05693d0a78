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
        pytest.param("The level differed (alpha, 36.0 pg/mL; beta; mean).", [], id="no cue before"),
        pytest.param("Means were higher (alpha, 36.0 pg/mL; beta, 8.7 pg/mL).", [("mean", 36.0, "pg/mL", None), ("mean", 8.7, "pg/mL", None)], id="behind names"),
        pytest.param("It fell by 12.1 ms (90% CI, 9.5 to 14.8), a change.", [("change", 12.1, "ms", None)], id="with an interval"),
        pytest.param("Scores were higher (4.2 vs. 3.1).", [("mean", 4.2, None, None), ("mean", 3.1, None, None)], id="a pair in brackets"),
        pytest.param("The mean change was lower (difference [95% CI], -0.77 [-1.49, -0.05]).", [], id="an interval alone"),
        pytest.param("The mean dose was 5 mg versus 6 mg.", [], id="doses"),
        pytest.param("The mean number was above 5 versus 6 patients.", [], id="bounds and patients"),
        pytest.param("The mean slope was 1.45 versus 1.52.", [], id="a slope"),
        pytest.param("It was 5 days after the first visit.", [], id="nothing says what it is"),
        pytest.param("LDL was 2.5 mmol/L with alpha and 3.2 mmol/L with beta.", [("mean", 2.5, "mmol/L", None), ("mean", 3.2, "mmol/L", None)], id="a unit printed twice"),
        pytest.param("LDL was 2.5 mmol/L with alpha.", [], id="a unit printed once"),
        pytest.param("The mean was 2.5 mmol per liter.", [("mean", 2.5, "mmol/L", None)], id="a unit in words"),
        pytest.param("The mean was 45 ml per minute per 1.73 m2 of body-surface area.", [("mean", 45, "mL/min/{1.73_m2}", None)], id="a long unit in words"),
        pytest.param("The mean was 45 mL/min/1.73 m2.", [("mean", 45, "mL/min/{1.73_m2}", None)], id="a unit with a gap"),
        pytest.param("The mean dose was 4.5 mg per kilogram per day.", [], id="a dose in words"),
        pytest.param("The geometric mean titre was 1:256 versus 1:32.", [], id="dilutions"),
        pytest.param("It fell by 5.2 mm Hg and 1.1 mm Hg (difference -4.1 mm Hg, 95% CI -6.0 to -2.2).", [("change", 5.2, "mm[Hg]", None), ("change", 1.1, "mm[Hg]", None), ("difference", -4.1, "mm[Hg]", None)], id="the difference of changes"),
        pytest.param("It had fallen by 5.2 mm Hg.", [("change", 5.2, "mm[Hg]", None)], id="had fallen"),
        pytest.param("It improved by 0.12 (95% CI 0.08 to 0.16) with alpha and 0.05 (0.01 to 0.09) with beta.", [("change", 0.12, None, None), ("change", 0.05, None, None)], id="a bare interval behind the second"),
    ],
)  # fmt: skip
def test_amounts(text: str, expected: list[tuple[str, float, str | None, float | None]]) -> None:
    found = [(a.statistic, float(a.value or 0), a.unit, None if a.sd is None else float(a.sd)) for a in amounts(text)]
    assert found == expected
