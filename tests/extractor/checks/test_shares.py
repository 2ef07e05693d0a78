import pytest

from extractor.checks.shares import shares
from ontology.record import Arm

ARMS = (Arm(label="Alpha", size=62), Arm(label="Beta", size=58))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Pain was seen in 24 (38.7%) and 12 (20.7%) patients.", ["holds", "holds"], id="of the arms"),
        pytest.param("Of the 40 treated patients, 11 (27.5%) had pain.", ["holds"], id="of the sentence"),
        pytest.param("Pain was seen in 6 (35.28%) patients.", ["fails"], id="no total gives it"),
        pytest.param("Pain was seen in 25 (38.7%) patients.", ["fails"], id="nor this"),
        pytest.param("Of the 3089 screened patients, 797 (25.6%) were healthy.", ["fails"], id="last digit"),
        pytest.param("Of the 3089 screened patients, 797 (25.9%) were healthy.", ["undecided"], id="rounded up"),
        pytest.param(
            "Forms were returned by 24 (38.7%), 31 (50.0%), 12 (19.4%) and 20 (23.3%) patients.",
            ["holds", "holds", "holds", "fails"],
            id="total of the neighbours",
        ),
        pytest.param(
            "Pain was seen in 24 (38.7%) in the Alpha group and 12 (20.7%) in the Beta group.",
            ["holds", "holds"],
            id="arms",
        ),
        pytest.param(
            "Pain was seen in 24 (38.7%) in the Alpha group and 12 (19.4%) in the Beta group.",
            ["holds", "undecided"],
            id="of the other arm",
        ),
        pytest.param(
            "Pain was seen in 24 (38.7%) in the Alpha group and 12 (17.4%) in the Beta group.",
            ["holds", "fails"],
            id="of more than the arm",
        ),
        pytest.param(
            "Pain was seen in 24 (38.7%) in the Alpha group and 12 (22.2%) in the Beta group.",
            ["holds", "undecided"],
            id="of a part of the arm",
        ),
        pytest.param("Pain was seen in 25 (38.5%) patients.", ["undecided"], id="total is printed nowhere"),
        pytest.param(
            "Of 65 patients in all, some left. Pain was seen in 25 (38.5%) patients.", [], id="of a printed number"
        ),
        pytest.param("Grade 3 (38.7%) events and stage 2 (18%) tumours were rare.", [], id="levels"),
        pytest.param("Doses of 25 mg (38.7%) and 50 mg (12.3%) were given.", [], id="doses"),
        pytest.param("Survival was estimated for 25 (38.7%) patients.", [], id="modelled"),
        pytest.param("Pain was seen in 24 of 62 (38.7%) patients.", [], id="total beside it"),
    ],
)
def test_shares(make_audit, verdicts, text, expected):
    assert verdicts(shares, make_audit(("results", text), arms=ARMS)) == expected
