"""Whose number it is, in invented sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.attribution import owners, timepoint
from extractor.measures import measures
from extractor.study import Study
from extractor.subgroups import analysis_set, factor, groups

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Compared with beta, alpha raised the rate (40% vs 20%).", ["alpha", "beta"], id="the other is named first"),
        pytest.param("The rate was 40% vs. 20% with beta.", ["alpha", "beta"], id="only the second is named"),
        pytest.param("40% of patients in the alpha group and 20% in the beta group improved.", ["alpha", "beta"], id="behind"),
        pytest.param("In alpha 40% and in beta 20% improved.", ["alpha", "beta"], id="before"),
        pytest.param("There was a response in 3 (4%) cases after alpha and in 8 (11%) after beta.", ["alpha", "beta"], id="after"),
    ],
)  # fmt: skip
def test_owners(make_study: MakeStudy, text: str, expected: list[str]) -> None:
    study = make_study(("results", text), arms=("alpha", "beta"))
    assert [owner.arm for owner in owners(measures(text), study.arms, text)] == expected


@pytest.mark.parametrize(
    ("arms", "text", "sure"),
    [
        pytest.param(("1 mg/kg", "3 mg/kg", "10 mg/kg"), "The ORR was 21.6% and the DCR was 60.8%.", True, id="levels"),
        pytest.param(("1 mg/kg", "3 mg/kg", "10 mg/kg"), "The ORR was 21.6% and 60.8%, respectively.", False, id="respectively"),
        pytest.param(("alpha", "beta", "gamma"), "The ORR was 21.6% and the DCR was 60.8%.", False, id="randomised"),
    ],
)  # fmt: skip
def test_levels_share_what_names_none(make_study: MakeStudy, arms: tuple[str, ...], text: str, sure: bool) -> None:
    study = make_study(("results", text), arms=arms)
    assert [(owner.arm, owner.sure) for owner in owners(measures(text), study.arms, text)] == [(None, sure)] * 2


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        pytest.param("ORR was 40% with beta and 20% with alpha.", "DCR was 60% and 50%, respectively.", ["beta", "alpha"], id="in the order above"),
        pytest.param("", "DCR was 60% and 50%, respectively.", [None, None], id="no arm above"),
        pytest.param("ORR was 40% with alpha.", "DCR was 60% and 50%, respectively.", [None, None], id="one arm above"),
        pytest.param("ORR was 40% with alpha and 20% with beta.", "DCR was 60% and 50% in women with high and low scores, respectively.", [None, None], id="other groups"),
        pytest.param("", "Median PFS was 7.4 months versus 4.2 months (HR 0.57; p<0.001).", ["alpha", "beta", "alpha"], id="a ratio behind opposed values"),
        pytest.param("", "The HR was 0.57.", [None], id="a ratio alone"),
    ],
)  # fmt: skip
def test_arms_of_the_sentence_before(make_study: MakeStudy, before: str, text: str, expected: list[str | None]) -> None:
    study = make_study(("results", text), arms=("alpha", "beta"))
    assert [owner.arm for owner in owners(measures(text), study.arms, text, before)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The 5-year OS was 60%", "5 a", id="in the name"),
        pytest.param("At week 12, 60%", "12 wk", id="before"),
        pytest.param("At week 12 it was 40%, and 60% at week 24.", "24 wk", id="right behind"),
        pytest.param("ORR was 60%", None, id="none"),
        pytest.param("At 24 h ORR was 60%", "24 h", id="hours"),
        pytest.param("At 24 hours after surgery 60%", "24 h", id="at a moment after another"),
        pytest.param("Within 30 days after the last dose 60%", None, id="a stretch after another"),
        pytest.param(
            "It was 7% with alpha and 9% with beta by day 15 and 60% with alpha by day 29",
            "29 d",
            id="closing, as before",
        ),
        pytest.param("At week 12 it was 60% with alpha at week 24", "12 wk", id="closing, where one opens"),
    ],
)
def test_timepoint(text: str, expected: str | None) -> None:
    start = text.index("60%")
    assert timepoint(text, start, start + 3) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("in patients with BMI > 35", ["BMI > 35"], id="with"),
        pytest.param("in the gastric subgroup", ["gastric"], id="subgroup"),
        pytest.param("PD-L1-positive patients responded", ["PD-L1-positive"], id="marker"),
        pytest.param("patients without prior surgery, and", ["without prior surgery"], id="without"),
        pytest.param("patients who received alpha were", [], id="treated"),
        pytest.param("patients with CR had", [], id="responders"),
    ],
)
def test_groups(make_study: MakeStudy, text: str, expected: list[str]) -> None:
    study = make_study(("results", text), arms=("alpha", "beta"))
    assert [group.name for group in groups(text, study.arms)] == expected


def test_analysis_set() -> None:
    assert analysis_set("In the per-protocol population, it was 5%") == "per protocol"
    assert analysis_set("In the intention-to-treat population, it was 5%") is None


def test_factor() -> None:
    text = "On univariate analysis, low albumin was associated with OS (p = 0.01)"
    assert factor(text, text.index("(p")) == "low albumin"
    assert factor("OS was longer with alpha (p = 0.01)", 20) is None
