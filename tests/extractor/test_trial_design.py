"""Registry numbers, phase, allocation and masking in invented sentences."""

from collections.abc import Callable

import pytest

from extractor.study import Study
from extractor.trial_design import allocation, masking, phase, registrations

MakeStudy = Callable[..., Study]
ReadPaper = Callable[[str], Study]


@pytest.mark.parametrize(
    ("kind", "text", "ids"),
    [
        ("abstract", "Registration: NCT09990001.", ["NCT09990001"]),
        ("methods", "The trial was registered (ISRCTN 99900012).", ["ISRCTN99900012"]),
        ("methods", "This trial is registered, NCT 09990001 and ISRCTN99900012.", ["NCT09990001", "ISRCTN99900012"]),
        ("methods", "The previous trial (NCT09990099) was registered.", []),
        ("methods", "Another trial, NCT09990099, is registered [3].", []),
        ("introduction", "This trial is registered, NCT09990099.", []),
        ("discussion", "This trial is registered, NCT09990099.", []),
        ("methods", "The kit number was NCT0999.", []),
    ],
)
def test_registrations(make_study: MakeStudy, kind: str, text: str, ids: list[str]) -> None:
    found = list(registrations(make_study((kind, text))))
    assert sorted(stated.value.id for stated in found) == sorted(ids)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("This was a phase II trial.", "2"),
        ("We did a phase 1b/2 study.", "1/2"),
        ("A phase I/II trial was done.", "1/2"),
        ("This phase III study was randomised.", "3"),
        ("A phase 2 and 3 trial", "2/3"),
        ("This was a phase IV trial.", "4"),
        ("In an earlier phase 2 study the drug was safe.", None),
        ("The luteal phase 14 days later", None),
        ("Phase 2 trials showed activity [4].", None),
        ("In the first phase we gave it.", None),
    ],
)
def test_phase(make_study: MakeStudy, text: str, value: str | None) -> None:
    assert [stated.value for stated in phase(make_study(("methods", text)))] == ([value] if value else [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Patients were randomly assigned to two groups.", "randomised"),
        ("This randomized trial was done.", "randomised"),
        ("This was a non-randomised trial.", "non-randomised"),
        ("In this single-arm study all took it.", "single-arm"),
        ("An uncontrolled trial was done.", "single-arm"),
        ("A randomised trial showed this [7].", None),
        ("Patients took the drug at random times.", None),
        ("A previous randomised trial was stopped.", None),
    ],
)
def test_allocation(make_study: MakeStudy, text: str, value: str | None) -> None:
    assert [stated.value for stated in allocation(make_study(("methods", text)))] == ([value] if value else [])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A double-blind trial.", "double"),
        ("A double-masked trial.", "double"),
        ("An open-label, assessor-blinded trial.", "single"),
        ("An open-label trial.", "open"),
        ("A triple-blind trial.", "triple"),
        ("Quadruple-masked.", "quadruple"),
        ("No masking was used.", "open"),
        ("Patients and investigators were not masked to treatment allocation.", "open"),
        ("Both women and providers were blinded to the assignment.", "double"),
        ("Patients were unaware of the group.", "single"),
        ("The outcome assessors were blinded to the allocation.", "single"),
        ("The investigator was not blinded to the scan results.", None),
        ("A single-blind placebo run-in of 2 weeks came first.", None),
        ("A previous double-blind study was larger.", None),
        ("Echocardiograms were read by staff who were blinded.", None),
        ("A blind man came.", None),
        ("A double-blind trial showed this [7].", None),
    ],
)
def test_masking(make_study: MakeStudy, text: str, value: str | None) -> None:
    assert [stated.value for stated in masking(make_study(("methods", text)))] == ([value] if value else [])


PAPER = "{title}\n\nAna Keller and Tomás Varga\n\n# Abstract\n\n{abstract}\n\n# Methods\n\nAs planned.\n"


def test_the_title_tells_before_the_abstract(read_paper: ReadPaper) -> None:
    study = read_paper(
        PAPER.format(title="A phase 3 trial of docetaxel", abstract="This was a phase 2 trial, open-label.")
    )
    assert [stated.value for stated in phase(study)] == ["3"]
    (place,) = next(iter(phase(study))).evidence
    assert study.document.text[place.start : place.end] == "phase 3"
