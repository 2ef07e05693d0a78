"""What a paper says of its trial as a whole, in invented sentences and one invented paper."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from extractor.study import Study
from extractor.trial import trial
from ontology.record import Interval, Measure, Range, Registration

MakeStudy = Callable[..., Study]

MERIDA: dict[str, tuple[Any, str]] = {
    "registrations": ((Registration(registry="ClinicalTrials.gov", id="NCT09990001"),), "NCT09990001"),
    "acronym": ("MERIDA-3", "MERIDA-3"),
    "phase": ("3", "phase 3"),
    "allocation": ("randomised", "randomised"),
    "masking": ("open", "open-label"),
    "sites": (31, "31"),
    "countries": (("Hungary", "Poland"), "Hungary"),
    "enrolled": (242, "242"),
    "enrolment_start": ("2012-03", "March 2012"),
    "enrolment_end": ("2015-06", "June 2015"),
    "data_cutoff": ("2018-06-30", "30 June 2018"),
    "response_criteria": (("RECIST 1.1",), None),
    "ae_criteria": ("CTCAE 4.0", None),
    "software": (("SAS 9.4", "R 3.5.1"), "SAS version 9.4"),
    "funders": (("Northfield Cancer Foundation",), "Northfield Cancer Foundation"),
    "data_availability": (
        "The data are available from the corresponding author on request.",
        "The data are available from the corresponding author on request.",
    ),
}


@pytest.mark.parametrize("name", MERIDA)
def test_the_invented_paper(merida: Study, name: str) -> None:
    value, printed = MERIDA[name]
    said = trial(merida)
    assert getattr(said, name) == value
    place = said.evidence[name][0]
    assert printed in (None, merida.document.text[place.start : place.end])
    assert said.rules[name].startswith("trial.")


def test_follow_up_of_the_invented_paper(merida: Study) -> None:
    said = trial(merida)
    assert said.median_follow_up == Measure(
        value=Decimal("24.3"), unit="mo", range=Range(low=Decimal("3.1"), high=Decimal("41.7"), kind="range")
    )
    place = said.evidence["median_follow_up"][0]
    assert merida.document.text[place.start : place.end] == "24.3 months (range 3.1–41.7)"


def test_a_silent_paper_has_no_fields(make_study: MakeStudy) -> None:
    said = trial(make_study(("introduction", "Walking is healthy.")))
    assert said.model_dump(exclude_defaults=True) == {}


def test_the_same_value_twice_has_two_places(make_study: MakeStudy) -> None:
    study = make_study(
        ("abstract", "This trial is registered, NCT09990001."), ("methods", "It was registered as NCT09990001.")
    )
    said = trial(study)
    assert len(said.registrations) == 1
    assert [study.document.text[p.start : p.end] for p in said.evidence["registrations"]] == ["NCT09990001"] * 2


def test_another_value_of_one_field_adds_no_place(make_study: MakeStudy) -> None:
    said = trial(
        make_study(("abstract", "This was a phase 3 trial done at 12 centres."), ("methods", "At 14 centres."))
    )
    assert said.sites == 12
    assert len(said.evidence["sites"]) == 1


def test_an_interval_of_the_follow_up(make_study: MakeStudy) -> None:
    said = trial(make_study(("results", "Median follow-up was 5.2 years (95% CI 4.8-5.9).")))
    assert said.median_follow_up == Measure(
        value=Decimal("5.2"), unit="a", ci=Interval(low=Decimal("4.8"), high=Decimal("5.9"), level=Decimal(95))
    )
