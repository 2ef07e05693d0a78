"""Outcomes in a paper's own words, told by noun phrases and by verbs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.phrased_outcomes import is_name, phrased, told_by_verbs
from extractor.results import results
from extractor.study import Study
from ontology.record import Result

MakeStudy = Callable[..., Study]
TWO = ("alpha", "beta")


def names(study: Study) -> list[str]:
    (sentence,) = study.reading.sentences
    return [match.term.name for match in phrased(study, sentence, (), "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The mean tunnel width was 4.1 mm.", ["tunnel width"], id="behind a statistic"),
        pytest.param("The incidence of mesh breakage was 4%.", ["mesh breakage"], id="behind a quantity"),
        pytest.param(
            "The proportion of patients with mesh breakage was 4%.", ["mesh breakage"], id="what patients had"
        ),
        pytest.param("No difference in tunnel width was found (p = 0.2).", ["tunnel width"], id="a difference"),
        pytest.param("Time to first walk was significantly shorter with alpha.", ["time to first walk"], id="compared"),
        pytest.param("Alpha reduced sheet use (4 vs. 5 per day).", ["sheet use"], id="changed by an arm"),
        pytest.param("Mesh breakage was seen in 4%.", ["mesh breakage"], id="seen"),
        pytest.param(
            "The median duration of neoadjuvant treatment was 5 months.",
            ["duration of neoadjuvant treatment"],
            id="how long",
        ),
        pytest.param("The median age was 61 years.", [], id="who the patients were"),
        pytest.param("The mean dose of alpha was 5 mg.", [], id="what they took"),
        pytest.param("Alpha was more effective.", [], id="an adjective"),
        pytest.param("Most did not have any change in tunnel width.", [], id="nobody had it"),
        pytest.param("In the multivariate analysis, higher tunnel width was prognostic.", [], id="a factor"),
    ],
)
def test_names_of_phrases(make_study: MakeStudy, text: str, expected: list[str]) -> None:
    assert names(make_study(("results", text), arms=TWO)) == expected


@pytest.mark.parametrize("printed", ["rate", "p", "the patients", "higher dose", "3 of 4", "rise"])
def test_no_names(printed: str) -> None:
    assert not is_name(printed)


def test_an_event_is_an_outcome_where_the_title_or_the_endpoints_name_it(make_study: MakeStudy) -> None:
    study = make_study(("results", "The incidence of severe diarrhoea was 20% with alpha."))
    (sentence,) = study.reading.sentences
    assert not list(phrased(study, sentence, (), ""))
    assert [m.term.name for m in phrased(study, sentence, (), "a trial against diarrhoea")] == ["severe diarrhoea"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Twelve patients died.", ["death"], id="died"),
        pytest.param("Two patients died of septic shock in alpha.", ["death from septic shock"], id="of a cause"),
        pytest.param("Two patients died of heart or lung failure.", ["death"], id="of one of two causes"),
        pytest.param("There were four treatment-related deaths.", ["treatment-related death"], id="deaths"),
        pytest.param("Nine patients relapsed.", ["relapse"], id="relapsed"),
        pytest.param("Of nine patients who relapsed, two were treated.", [], id="whom a clause tells apart"),
        pytest.param("The time to death was long.", [], id="a time"),
    ],
)
def test_names_of_verbs(make_study: MakeStudy, text: str, expected: list[str]) -> None:
    study = make_study(("results", text))
    (sentence,) = study.reading.sentences
    assert [match.term.name for match in told_by_verbs(study.reading, sentence, ())] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Tunnel width at 6 weeks was higher in the alpha group than the beta group (19.1 mm versus 14.6 mm, p = 0.011).",
            [("tunnel width", "alpha", "mean", 19.1), ("tunnel width", "beta", "mean", 14.6)],
            id="amounts",
        ),
        pytest.param(
            "Twelve (5%) of 240 patients in the alpha group and 14 (6%) of 233 in the beta group died within 90 days.",
            [("death", "alpha", "rate", 5), ("death", "beta", "rate", 6)],
            id="rates of a verb",
        ),
        pytest.param(
            "The median tunnel width was 31.5 mm vs. 19.0 mm, and was significantly lower in the beta group.",
            [("tunnel width", "alpha", "median", 31.5), ("tunnel width", "beta", "median", 19.0)],
            id="the lower in the arm named",
        ),
        pytest.param(
            "The median tunnel width (31.5 mm vs. 19.0 mm) was significantly lower in the alpha group.",
            [("tunnel width", "beta", "median", 31.5), ("tunnel width", "alpha", "median", 19.0)],
            id="the lower in the arm named, behind",
        ),
        pytest.param(
            "Mean tunnel cover at week 24 was 4.9% (median, 1.7%) in the alpha group and 6.6% (median, 4.0%) in the beta group.",
            [
                ("tunnel cover", "alpha", "mean", 4.9),
                ("tunnel cover", "alpha", "median", 1.7),
                ("tunnel cover", "beta", "mean", 6.6),
                ("tunnel cover", "beta", "median", 4.0),
            ],
            id="mean and median",
        ),
        pytest.param(
            "The change in BP was -31/-18 mm Hg with alpha and -28/-16 mm Hg with beta.",
            [
                ("systolic blood pressure", "alpha", "difference", -31),
                ("diastolic blood pressure", "alpha", "difference", -18),
                ("systolic blood pressure", "beta", "difference", -28),
                ("diastolic blood pressure", "beta", "difference", -16),
            ],
            id="pairs of pressures",
        ),
        pytest.param(
            "Compared to baseline, tunnel width rose in the alpha group (0.65±0.02 versus 0.35±0.07 mm).",
            [("tunnel width", "alpha", "mean", 0.65)],
            id="against the same arm before",
        ),
        pytest.param(
            "The difference in the rate of mesh breakage between the alpha and the beta group was 6%.",
            [("mesh breakage", "alpha", "difference", 6)],
            id="a difference of rates",
        ),
        pytest.param(
            "Alpha reduced the incidence of mesh breakage by 56%.",
            [("mesh breakage", "alpha", "difference", 56)],
            id="reduced by",
        ),
        pytest.param(
            "Of 208 meshes, 42 (20%) had a frayed edge and 33 (16%) had a torn seam.",
            [("frayed edge", None, "rate", 20), ("torn seam", None, "rate", 16)],
            id="counted among all",
        ),
        pytest.param(
            "In our sample, 42 (20%) had a frayed edge and 33 (16%) had a torn seam.", [], id="of whom is not said"
        ),
        pytest.param(
            "Haematologic relapse was seen in 12% with alpha and 9% with beta.",
            [("haematologic relapse", "alpha", "rate", 12), ("haematologic relapse", "beta", "rate", 9)],
            id="qualified",
        ),
        pytest.param("The rate of mesh breakage was 15% lower in the alpha group.", [], id="a share of another value"),
        pytest.param("The mean tunnel width at baseline was 5.2 mm with alpha and 5.1 mm with beta.", [], id="before"),
        pytest.param(
            "Alpha patients (12%) experienced a mesh breakage, beta patients (9%) too.",
            [("mesh breakage", "alpha", "rate", 12), ("mesh breakage", "beta", "rate", 9)],
            id="behind a verb of having",
        ),
        pytest.param("Tunnel width fell significantly in the alpha group (p = 0.02).", [], id="a change in time"),
    ],
)
def test_results(make_study: MakeStudy, text: str, expected: list[tuple[str, str | None, str, float]]) -> None:
    facts = [f for f in results(make_study(("results", text), arms=TWO)) if isinstance(f, Result)]
    got = [(f.endpoint, f.arm, f.statistic, float(f.value)) for f in facts if f.value is not None]
    assert got == expected
    assert expected or not facts


def test_an_abstract_gives_results_in_its_results_only(make_study: MakeStudy) -> None:
    text = "Mesh breakage was seen in 4% of patients in the alpha group."
    for title, expected in (("Background", 0), ("Methods", 0), ("Results", 1), ("Abstract", 1)):
        study = make_study(("abstract", text), arms=TWO, titles={"abstract": title})
        assert sum(isinstance(f, Result) for f in results(study)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The mean tunnel width was 5 mm with alpha and 4 mm with beta. The difference was significant (p = 0.01).",
            [("tunnel width", "0.01")],
            id="the difference",
        ),
        pytest.param(
            "The mean tunnel width was 5 mm with alpha and 4 mm with beta. All were healthy (p = 0.01).",
            [],
            id="not so",
        ),
        pytest.param(
            "The tunnel width was lower with alpha than with beta (P = 0.006 for PFS).",
            [("progression-free survival", "0.006")],
            id="the outcome behind",
        ),
        pytest.param(
            "Before treatment there was no difference in tunnel width between the groups (p = 0.2).", [], id="before"
        ),
        pytest.param(
            "Tunnel width changed by 5 mm (p = 0.03) with alpha and by 2 mm (p = 0.4) with beta.",
            [],
            id="changes in time",
        ),
    ],
)
def test_p_values(make_study: MakeStudy, text: str, expected: list[tuple[str, str]]) -> None:
    facts = [f for f in results(make_study(("results", text), arms=TWO)) if isinstance(f, Result) and f.p_value]
    assert [(f.endpoint, str(f.p_value.value)) for f in facts if f.p_value] == expected


def test_short_forms_are_written_out_but_for_those_that_all_know(make_study: MakeStudy) -> None:
    text = "Mesh seam strain (MSS) was measured. The mean MSS index was 5 mm. The mean CMV load index was 7 mm."
    study = make_study(("results", text), arms=TWO)
    found = [m.term.name for s in study.reading.sentences for m in phrased(study, s, (), "")]
    assert found[-2:] == ["mesh seam strain index", "CMV load index"]
