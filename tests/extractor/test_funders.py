"""Funders in invented sentences."""

from collections.abc import Callable

import pytest

from extractor.funders import funders
from extractor.study import Study

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The study was funded by the Northfield Cancer Foundation.", ["Northfield Cancer Foundation"]),
        ("Funding: Northfield Research Council.", ["Northfield Research Council"]),
        ("Funding Alder Pharma and Birch.", ["Alder Pharma", "Birch"]),
        ("Funding agencies had no role.", []),
        (
            "This work was supported by the Northfield Research Council and the Oslo Cancer Fund.",
            ["Northfield Research Council", "Oslo Cancer Fund"],
        ),
        ("The study was sponsored by Northfield Pharma Ltd.", ["Northfield Pharma"]),
        ("The hypothesis was supported by the data.", []),
        ("A.K. has received honoraria and was supported by Northfield Pharma.", []),
        ("The funder had no role in the study.", []),
        ("The study was funded by Northfield Pharma, Oslo, Norway.", ["Northfield Pharma"]),
        ("Supported by grants from the Alder Cancer Institute (AC-12345) and by Birch.", ["Alder Cancer Institute", "Birch"]),
        ("Supported by Grant No. 12CB45 from the Alder Program of Peru and the Birch Fund.", ["Alder Program of Peru", "Birch Fund"]),
        ("(Funded by Alder and others; ACME ClinicalTrials.gov number, NCT00000001.)", ["Alder"]),
        ("The study was supported by grants R01 AB12345 and K12 CD00012 from the Alder Fund.", ["Alder Fund"]),
        ("The trial was funded by the Ministry of Health, Labour and Welfare.", ["Ministry of Health, Labour and Welfare"]),
        ("The trial was funded by the Heart and Stroke Foundation of Utopia.", ["Heart and Stroke Foundation of Utopia"]),
        ("The trial was funded by Alder Fund, and Science and Technology Project of Utopia.", ["Alder Fund", "Science and Technology Project of Utopia"]),
        ("The study was supported by the Utopia Heart, Lung, and Blood Institute.", ["Utopia Heart, Lung, and Blood Institute"]),
        ("The project is supported by Utopia science and technology program (No. 14018GH).", ["Utopia science and technology program"]),
        ("The study was funded by F. Alder-Birch.", ["F. Alder-Birch"]),
        ("The study was sponsored by Alder University and supported by a grant from Birch Pharma.", ["Birch Pharma"]),
        ("Northfield Pharma funded the study and gave the drug.", ["Northfield Pharma"]),
        ("We are grateful to the Alder Fund for financial support.", ["Alder Fund"]),
        ("FB is supported by the Alder Fund.", []),
        ("Medical writing was funded by Northfield Pharma.", []),
        ("The authors had no funding.", []),
        ("AB worked in projects sponsored by Alder Pharma.", []),
    ],
)  # fmt: skip
def test_funders(make_study: MakeStudy, text: str, names: list[str]) -> None:
    study = make_study(("back", text))
    found = list(funders(study))
    assert [stated.value for stated in found] == names
    for stated in found:
        assert study.document.text[stated.evidence[0].start : stated.evidence[0].end] == stated.value


def test_a_section_on_funding_stands_alone(make_study: MakeStudy) -> None:
    study = make_study(
        ("abstract", "Alder Fund, Birch Council, and Cedar AG."),
        ("back", "This study was funded by the Dogwood Fund."),
        titles={"abstract": "Funding"},
    )
    assert [stated.value for stated in funders(study)] == ["Alder Fund", "Birch Council", "Cedar AG"]


def test_the_same_name_again_is_one_more_place(make_study: MakeStudy) -> None:
    study = make_study(
        ("abstract", "This study was funded by Alder Pharma Ltd."),
        ("back", "This study was funded by Alder Pharmaceuticals Limited and by the Birch Fund."),
    )
    assert [stated.value for stated in funders(study)] == ["Alder Pharma", "Alder Pharma", "Birch Fund"]


def test_results_support_no_trial(make_study: MakeStudy) -> None:
    assert list(funders(make_study(("results", "Supported by Toll-like receptors, cells grew.")))) == []
