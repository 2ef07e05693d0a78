"""Endpoints in invented sentences: name, role, abbreviation, time point."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.endpoints import endpoints
from extractor.study import Study
from ontology.record import Endpoint

MakeStudy = Callable[..., Study]


def found(study: Study) -> list[Endpoint]:
    return [fact for fact in endpoints(study) if isinstance(fact, Endpoint)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The primary endpoint was objective response rate; secondary endpoints were progression-free survival, overall survival and toxicity.",
            [("objective response rate", "primary"), ("progression-free survival", "secondary"), ("overall survival", "secondary"), ("safety", "secondary")],
            id="two lists",
        ),
        pytest.param(
            "The primary endpoint was overall survival; secondary endpoints were the PR interval and progression-free survival.",
            [("overall survival", "primary"), ("PR interval", "secondary"), ("progression-free survival", "secondary")],
            id="the PR interval is no partial response",
        ),
        pytest.param(
            "The primary outcome was overall survival (defined as the time from randomisation until death from any cause), analysed in all patients.",
            [("overall survival", "primary")],
            id="definition in a bracket",
        ),
        pytest.param(
            "Secondary endpoints included objective response rate (ORR; RECIST version 1.1), overall survival and local and metastatic progression-free survival.",
            [("objective response rate", "secondary"), ("overall survival", "secondary"), ("progression-free survival", "secondary")],
            id="a point in a number ends no list",
        ),
        pytest.param("Safety was a secondary endpoint.", [("safety", "secondary")], id="role behind"),
        pytest.param("Adverse events were recorded throughout the study.", [("safety", None)], id="watched"),
        pytest.param("We assessed quality of life with a questionnaire.", [("quality of life", None)], id="assessed"),
        pytest.param(
            "Secondary outcomes included lantern brightness at week 12 and caregiver burden.",
            [("lantern brightness", "secondary"), ("caregiver burden", "secondary")],
            id="words of its own",
        ),
        pytest.param("The primary and secondary endpoints were analysed with a mixed model.", [], id="analysed"),
        pytest.param("The secondary outcomes were similar between groups.", [], id="similar"),
        pytest.param(
            "Exploratory endpoints were the association of PD-L1, CD8-positive T cells and TMB with response.",
            [("biomarkers", "exploratory")],
            id="what is asked of markers",
        ),
        pytest.param("The primary endpoint was reached.", [], id="reached"),
        pytest.param("The primary endpoint was 45%.", [], id="a number"),
        pytest.param("Blood pressure was measured at each visit.", [], id="routine"),
        pytest.param("The primary objective was to compare two ways of counting stars.", [], id="vague aim"),
    ],
)  # fmt: skip
def test_endpoints(make_study: MakeStudy, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(fact.name, fact.role) for fact in found(make_study(("methods", text), arms=("alpha", "beta")))] == expected


def test_abbreviation_is_the_papers_own(make_study: MakeStudy) -> None:
    text = "The primary endpoint was total pathological complete response (TpCR)."
    (fact,) = found(make_study(("methods", text), arms=("alpha", "beta")))
    assert (fact.name, fact.abbreviation) == ("pathological complete response", "TpCR")
    (plain,) = found(make_study(("methods", "The primary endpoint was overall survival."), arms=("alpha", "beta")))
    assert plain.abbreviation is None


def test_time_point(make_study: MakeStudy) -> None:
    (fact,) = found(make_study(("methods", "The primary endpoint was PASI 75 at week 24."), arms=("alpha", "beta")))
    assert fact.timepoint == "24 wk"


def test_criteria(make_study: MakeStudy) -> None:
    text = "The primary endpoint was objective response rate. Response was assessed according to RECIST version 1.1."
    (fact,) = found(make_study(("methods", text), arms=("alpha", "beta")))
    assert fact.criteria == "RECIST 1.1"


def test_criteria_of_its_own(make_study: MakeStudy) -> None:
    study = make_study(
        (
            "methods",
            "The primary endpoint was objective response rate according to RECIST version 1.1. Secondary endpoints were "
            "overall survival and objective response rate per irRECIST.",
        )
    )
    assert [(item.name, item.role, item.criteria) for item in found(study)] == [
        ("objective response rate", "primary", "RECIST 1.1"),
        ("overall survival", "secondary", None),
        ("objective response rate", "secondary", "irRECIST"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The primary outcome was a composite of cardiovascular death, infarction, or amputation.",
            [("composite of cardiovascular death, infarction, or amputation", "primary")],
            id="a composite is one",
        ),
        pytest.param(
            "The primary outcome was a composite of a sustained decline in the level of at least 50%, infarction, or death from cardiac causes at week 12.",
            [
                (
                    "composite of a sustained decline in the level of at least 50%, infarction, or death from cardiac causes",
                    "primary",
                )
            ],
            id="what a part of a composite is measured in",
        ),
        pytest.param(
            "Secondary outcomes, in hierarchical order, were overall survival and quality of life.",
            [("overall survival", "secondary"), ("quality of life", "secondary")],
            id="in an order",
        ),
        pytest.param(
            "The primary outcome was lantern failure, a composite of cracks, leaks, or darkness.",
            [("lantern failure", "primary")],
            id="a composite that explains",
        ),
        pytest.param(
            "Co-primary end points were progression-free survival, as assessed by blinded review, and overall survival.",
            [("progression-free survival", "primary"), ("overall survival", "primary")],
            id="how it was assessed",
        ),
        pytest.param(
            "Primary outcomes were postoperative nausea and vomiting and the need for rescue drugs.",
            [("postoperative nausea and vomiting", "primary"), ("need for rescue drugs", "primary")],
            id="a name with a conjunction",
        ),
        pytest.param(
            "Secondary outcomes will include: (1) fear of falling; (2) physical activity.",
            [("fear of falling", "secondary"), ("physical activity", "secondary")],
            id="a list that will be",
        ),
        pytest.param(
            "We chose overall survival as the primary outcome.", [("overall survival", "primary")], id="chosen"
        ),
        pytest.param(
            "Time to lantern failure was a secondary outcome.",
            [("time to lantern failure", "secondary")],
            id="role last",
        ),
        pytest.param(
            "The primary endpoint of the study, relapse-free survival, was tested.",
            [("relapse-free survival", "primary")],
            id="beside the study",
        ),
        pytest.param(
            "The primary endpoint of ZEPHYR was overall survival.",
            [("overall survival", "primary")],
            id="of an acronym",
        ),
        pytest.param(
            "The secondary QoL outcomes were fatigue and sleep.",
            [("fatigue", "secondary"), ("sleep", "secondary")],
            id="kind",
        ),
        pytest.param(
            "The primary outcome was the lantern index; LTI is the sum of glow and flicker.",
            [("lantern index", "primary")],
            id="what is explained behind the list",
        ),
        pytest.param(
            "The primary outcome was oil loss ≥ 500 ml after delivery.",
            [("oil loss", "primary")],
            id="without its limit",
        ),
        pytest.param(
            "The primary endpoint was overall survival. Other endpoints were overall survival and fatigue.",
            [("overall survival", "primary"), ("fatigue", "secondary")],
            id="a role is said once",
        ),
        pytest.param("The same model was applied and this was the primary outcome.", [], id="no name"),
    ],
)
def test_phrasing(make_study: MakeStudy, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(fact.name, fact.role) for fact in found(make_study(("methods", text)))] == expected


@pytest.mark.parametrize(
    ("text", "name", "timepoint"),
    [
        ("The primary outcome was return to work at 12 months.", "return to work", "12 mo"),
        ("The primary outcome was walking speed 3 months after surgery.", "walking speed", "3 mo"),
    ],
)
def test_time_is_no_part_of_the_name(make_study: MakeStudy, text: str, name: str, timepoint: str) -> None:
    assert [(fact.name, fact.timepoint) for fact in found(make_study(("methods", text)))] == [(name, timepoint)]


def test_another_trial_of_the_introduction(make_study: MakeStudy) -> None:
    assert not found(make_study(("introduction", "The primary endpoint of ZEPHYR-1 was overall survival.")))
    assert found(make_study(("introduction", "The primary endpoint of this trial was overall survival.")))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The primary composite outcome was death, infarction, or stroke, as analysed in all.",
            ["composite of death, infarction, or stroke"],
        ),
        ("Secondary outcomes were quality of life (SF-36) and fatigue.", ["quality of life", "fatigue"]),
        ("The primary outcome was lantern time to < 3 hours.", ["lantern time"]),
        (
            "The primary endpoint was rate of treatment failure within 78 weeks—a composite of splenectomy or death, assessed in all patients.",
            ["treatment failure"],
        ),
        ("The primary end point was major adverse limb events or death.", ["major adverse limb events or death"]),
        ("The primary end point was adverse events.", ["safety"]),
        ("The primary outcome, assessed at 12 months, was treatment success.", ["treatment success"]),
        (
            "Other efficacy endpoints and variables included clinical remission and quality of life.",
            ["clinical remission", "quality of life"],
        ),
        (
            "The primary outcome was the score on the 14-item cognitive subscale of the Disease Assessment Scale.",
            ["cognitive subscale of the Disease Assessment Scale"],
        ),
        (
            "The primary outcome was the sum of nine lantern scores of the greater northern disease activity scale (GNDAS; range 0-70).",
            ["GNDAS"],
        ),
    ],
)
def test_names(make_study: MakeStudy, text: str, names: list[str]) -> None:
    assert [fact.name for fact in found(make_study(("methods", text)))] == names


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Secondary outcomes were fatigue, sleep and walking speed at week 24.", ["24 wk", "24 wk", "24 wk"]),
        ("Secondary outcomes were fatigue, sleep and relapse within 28 days.", [None, None, "28 d"]),
        ("Secondary outcomes included changes to day 43 in fatigue and sleep.", ["43 d", "43 d"]),
        ("At 6 months, secondary outcomes were fatigue and sleep.", ["6 mo", "6 mo"]),
        ("Primary outcomes were cure at day 14 and relapse by day 28.", ["14 d", "28 d"]),
        ("Secondary outcomes were 28-day mortality, fatigue and 6-month overall survival.", ["28 d", None, "6 mo"]),
    ],
)
def test_times(make_study: MakeStudy, text: str, times: list[str | None]) -> None:
    assert [fact.timepoint for fact in found(make_study(("methods", text)))] == times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Safety outcomes included liver enzymes and falls.", [("safety", None)]),
        ("Clinical relief (a score below 12) and calm were also secondary outcomes.", [("clinical relief", "secondary"), ("calm", "secondary")]),
        ("It was powered for the primary outcome, overall survival.", [("overall survival", "primary")]),
    ],
)  # fmt: skip
def test_roles_beside(make_study: MakeStudy, text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(fact.name, fact.role) for fact in found(make_study(("methods", text)))] == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The primary outcome was 28-day mortality.", ["mortality"]),
        ("The primary outcome was 28 days.", []),
        ("Secondary outcomes were time until discharge and falls.", ["time until discharge", "falls"]),
    ],
)
def test_days_in_names(make_study: MakeStudy, text: str, names: list[str]) -> None:
    assert [fact.name for fact in found(make_study(("methods", text)))] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The primary objective was to assess the overall survival (OS) of alpha in patients with glioma.",
            ["overall survival"],
        ),
        ("The model was applied to overall survival as well as other endpoints.", []),
    ],
)
def test_whose_it_is(make_study: MakeStudy, text: str, names: list[str]) -> None:
    assert [fact.name for fact in found(make_study(("methods", text)))] == names


def test_the_time_of_the_next_endpoint(make_study: MakeStudy) -> None:
    text = "Secondary outcomes were operating time, pain on day 1 and hospital stay."
    assert [(fact.name, fact.timepoint) for fact in found(make_study(("methods", text)))][:2] == [
        ("operating time", None),
        ("pain", "1 d"),
    ]
