"""Criteria and software with their versions in invented sentences."""

from collections.abc import Callable

import pytest

from extractor.study import Study
from extractor.trial_tools import ae_criteria, response_criteria, software

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Response was judged by RECIST 1.1.", ["RECIST 1.1"]),
        ("We used RECIST, version 1.0, every 6 weeks.", ["RECIST 1.0"]),
        ("Response Evaluation Criteria in Solid Tumors (version 1.1) were used.", ["RECIST 1.1"]),
        ("Modified RECIST was used.", ["mRECIST"]),
        ("RANO criteria were used.", ["RANO"]),
        ("The criteria were strict.", []),
        ("Response was judged by RECIST 1.1 and regression by the Mandard score.", ["RECIST 1.1"]),
        ("Regression was judged by the Mandard score.", ["Mandard tumour regression grade"]),
        ("Response followed modified WHO criteria.", ["WHO response criteria"]),
    ],
)
def test_response_criteria(make_study: MakeStudy, text: str, names: list[str]) -> None:
    assert {stated.value for stated in response_criteria(make_study(("methods", text)))} == set(names)


def test_a_name_without_version_gives_way(make_study: MakeStudy) -> None:
    study = make_study(("abstract", "We used RECIST criteria."), ("methods", "RECIST version 1.1 was used."))
    assert [stated.value for stated in response_criteria(study)] == ["RECIST 1.1"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Toxicity was graded by CTCAE version 4.03.", "CTCAE 4.03"),
        ("Events were graded by the NCI Common Terminology Criteria for Adverse Events v3.0.", "CTCAE 3.0"),
        ("Toxicity followed the Common Toxicity Criteria, version 2.0.", "NCI-CTC 2.0"),
        ("Toxicity was graded by CTCAE version 3.", "CTCAE 3.0"),
        ("Toxicity followed the WHO acute and sub-acute toxic rating.", "WHO toxicity criteria"),
        ("Toxicity followed the Common Toxicity Criteria, version 3.0.", "CTCAE 3.0"),
        ("Events were coded by MedDRA.", "MedDRA"),
        ("Events were coded by MedDRA and graded by CTCAE 4.0.", "CTCAE 4.0"),
        ("Toxicity was graded.", None),
    ],
)
def test_ae_criteria(make_study: MakeStudy, text: str, name: str | None) -> None:
    found = [stated.value for stated in ae_criteria(make_study(("methods", text)))]
    assert (found[0] if found else None) == name


def test_criteria_of_the_introduction_are_others(make_study: MakeStudy) -> None:
    study = make_study(("introduction", "Others used RECIST 1.0 and CTCAE version 3.0."))
    assert [*response_criteria(study), *ae_criteria(study)] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Analyses were done with SAS version 9.4.", {"SAS 9.4"}),
        ("We used SAS (SAS Institute, Cary, NC; version 9.2) for analysis.", {"SAS 9.2"}),
        ("SPSS for Windows 18.0 was used.", {"SPSS 18.0"}),
        ("We used SAS version 9.4 (SAS Institute) and R version 3.5.1.", {"SAS 9.4", "R 3.5.1"}),
        ("Stata software was used for analysis.", {"Stata"}),
        ("Patients with SAS-like signs were analysed.", set()),
        ("Version 2 of the protocol was used.", set()),
        ("We used SPSS (SPSS21, Acme) for analysis.", {"SPSS 21"}),
        ("Analysis was done with SPSS-20 software.", {"SPSS 20"}),
        ("Sizes were calculated with StatMate (ver. 2.0; GraphPad Software).", {"StatMate 2.0"}),
        ("We used R version 2.14.0 (R Foundation) and the package epiR version 0.9.", {"R 2.14.0"}),
        ("We analysed 12 of 40 patients.", set()),
    ],
)
def test_software(make_study: MakeStudy, text: str, names: set[str]) -> None:
    assert {stated.value for stated in software(make_study(("methods", text)))} == names


def test_evidence_reaches_to_the_version(make_study: MakeStudy) -> None:
    study = make_study(("methods", "Analyses were done with SAS, version 9.4, by us."))
    (stated,) = software(study)
    (place,) = stated.evidence
    assert study.document.text[place.start : place.end] == "SAS, version 9.4"
