import pytest

from extractor.checks.losses import allowance


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We needed 100 patients per group. With a dropout rate of 15%, 118 patients per group were planned.",
            ["holds"],
        ),
        ("We needed 100 patients; allowing for 15% losses to follow-up, 115 patients were planned.", ["holds"]),
        (
            "We needed 100 patients per group. Assuming a drop-out rate of 20%, a total of 250 patients was planned.",
            ["holds"],
        ),
        ("At least 248 patients were needed. Assuming a drop-out rate of 20%, 284 patients were required.", ["fails"]),
        ("We needed 100 patients. With a dropout rate of 15%, 180 patients were planned.", ["undecided"]),
        ("We needed 100 patients for 80% power. With a dropout rate of 15%, 118 patients were planned.", []),
        ("We needed 118 patients. With a dropout rate of 15%, 100 patients would remain.", []),
        ("Pain was seen in 100 patients (15%) and 118 patients had none.", []),
    ],
)
def test_allowance(make_audit, verdicts, text, expected):
    assert verdicts(allowance, make_audit(("methods", text))) == expected
