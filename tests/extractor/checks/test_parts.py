import pytest

from extractor.checks.parts import parts, slashed
from ontology.record import Arm

ARMS = (Arm(label="Alpha", size=30), Arm(label="Beta", size=32))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sixteen patients (10 in the Alpha arm and 6 in the Beta arm) withdrew.", ["holds"]),
        ("In all 62 underwent surgery (30 in the Alpha arm and 32 in the Beta arm).", ["holds"]),
        ("There were 31 deaths (17 [57%] in the Alpha arm and 14 (44%) in the Beta arm).", ["holds"]),
        ("Death occurred in 31 patients (17 Alpha, 14 Beta).", ["holds"]),
        ("The study included 14 patients (6 females and 8 males).", ["holds"]),
        ("A total of 31 patients had died: 17 (57%) in the Alpha group and 14 (44%) in the Beta group.", ["holds"]),
        ("31 of 62 patients (17 in the Alpha group and 14 in the Beta group) were treated again.", ["holds"]),
        ("Fifteen patients (9 of group Alpha and 7 of group Beta) were lost.", ["fails"]),
        ("The study included 14 patients (6 females and 9 males).", ["fails"]),
        ("Death occurred in 30 patients (17 Alpha, 14 Beta).", ["fails"]),
        # Events are not patients, and a sum far away is of another whole.
        ("There were 22 events (10 patients in the Alpha arm and 9 patients in the Beta arm).", ["undecided"]),
        ("Of 62 patients (10 in the Alpha arm and 6 in the Beta arm) blood was taken.", ["undecided"]),
    ],
)
def test_parts(make_audit, verdicts, text, expected):
    assert verdicts(parts, make_audit(("results", text), arms=ARMS)) == expected


def test_parts_of_three_arms(make_audit, verdicts):
    text = "Nineteen patients (10 in the Alpha arm and 6 in the Beta arm) withdrew."
    audit = make_audit(("results", text), arms=(*ARMS, Arm(label="Gamma")))
    assert verdicts(parts, audit) == ["undecided"]


@pytest.mark.parametrize(
    "text",
    [
        "Four patients (2 in each arm) had fever.",
        "Twelve patients (5 with diabetes, 8 with hypertension) took aspirin.",
        "Doses of 20 mg (10 in the morning and 20 at night) were given.",
        "A response was seen in 40% (10 in the Alpha arm and 6 in the Beta arm).",
        "Twelve patients of at least 60 years (7 in the Alpha arm and 6 in the Beta arm) took part.",
    ],
)
def test_no_parts(make_audit, verdicts, text):
    assert verdicts(parts, make_audit(("results", text), arms=ARMS)) == []


@pytest.mark.parametrize(
    ("stub", "cells", "expected"),
    [
        ("Sex (male/female)", ("12/18", "15/17"), ["holds", "holds"]),
        ("Gender, male/female", ("12/18", "15/17"), ["holds", "holds"]),
        ("ASA status (I/II/III)", ("12/8/10", "15/7/10"), ["holds", "holds"]),
        ("Sex (male/female)", ("2/18", "15/17"), ["fails", "holds"]),
        ("Sex (male/female)", ("2/18", "15/7"), ["undecided", "undecided"]),
        ("Responders", ("12/30", "15/32"), []),
        ("Blood pressure (systolic/diastolic)", ("120/80", "118/79"), ["undecided", "undecided"]),
    ],
)
def test_slashed(make_audit, verdicts, stub, cells, expected):
    grid = (("", "Alpha (n = 30)", "Beta (n = 32)"), (stub, *cells))
    assert verdicts(slashed, make_audit(tables={"Table 1": (grid, 1)})) == expected
