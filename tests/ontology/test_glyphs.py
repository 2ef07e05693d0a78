"""Printed glyphs of one meaning become one, and no text changes its length."""

import pytest

from ontology.glyphs import fold


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        pytest.param("3–5", "3-5", id="en dash"),
        pytest.param("−0.4", "-0.4", id="minus"),
        pytest.param("12 mg", "12 mg", id="thin space"),
        pytest.param("a\tb", "a b", id="tab"),
        pytest.param("0·86", "0.86", id="middle dot is a point"),
        pytest.param("0 ·86", "0 .86", id="point after a blank"),
        pytest.param("$P < 0$·05", " P < 0 .05", id="mathematics closed before the point"),
        pytest.param("≥ 3 ⩾ 3 ≧ 3", "≥ 3 ≥ 3 ≥ 3", id="greater or equal"),
        pytest.param("10⁹/L", "109/L", id="superscript"),
        pytest.param("m⁻²", "m-2", id="negative exponent"),
        pytest.param("CO₂", "CO2", id="subscript"),
        pytest.param("µg", "μg", id="micro sign is mu"),
        pytest.param("“arm’s”", '"arm\'s"', id="quotes"),
        pytest.param("*P* = 0.05", " P  = 0.05", id="emphasis"),
        pytest.param("∼50％", "~50%", id="full width"),
    ],
)
def test_fold(printed: str, folded: str) -> None:
    assert fold(printed) == folded
    assert len(fold(printed)) == len(printed)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("mg·kg", id="dot between letters"),
        pytest.param("5·mg", id="dot before a unit"),
        pytest.param("TGF-β α 5 × 10", id="Greek and times stay"),
        pytest.param("±3", id="plus-minus stays"),
        pytest.param("é", id="accents stay"),
        pytest.param("line\nbreak", id="line breaks stay"),
    ],
)
def test_left_alone(text: str) -> None:
    assert fold(text) == text


def test_folding_twice_changes_nothing() -> None:
    once = fold("0·86–1·02 “x” 10⁻³ ％")
    assert fold(once) == once
