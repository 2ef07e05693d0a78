import pytest

from extractor.checks.changes import changes

HEAD = ("Measure", "Baseline", "Week 12", "% change")
HELD = (
    ("Pressure", "150.4 ± 17.6", "136.6 ± 16.5", "(-) 9.2%"),
    ("Glucose", "130.1 ± 42.9", "113.8 ± 14.3", "-12.5"),
    ("Urea", "107.2 ± 35.9", "79.8 ± 24.8", "25.5"),
)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(HELD, ["holds"] * 3, id="hold"),
        pytest.param(
            (*HELD, ("Pulse", "88.0 ± 12.4", "84.7 ± 9.3", "4.4")), ["holds"] * 3 + ["fails"], id="one does not"
        ),
        pytest.param((*HELD, ("Pulse", "88 ± 12", "85 ± 9", "4.4")), ["holds"] * 4, id="rounding allows"),
        pytest.param((*HELD, ("Pulse", "88.0 ± 12.4", "84.7 ± 9.3", "-")), ["holds"] * 3, id="none printed"),
        pytest.param(
            (*HELD, ("Pulse", "88.0", "84.7", "14.4"), ("Weight", "70.0", "69.0", "9.1")),
            [],
            id="perhaps of other columns",
        ),
    ],
)
def test_relative(make_audit, verdicts, rows, expected):
    assert verdicts(changes, make_audit(tables={"Table 2": ((HEAD, *rows), 1)})) == expected


@pytest.mark.parametrize(
    ("head", "last", "expected"),
    [
        ("Change", "-1.2", ["holds"] * 4),
        ("Mean reduction", "2.1", ["holds"] * 3 + ["fails"]),
        ("Adjusted change", "2.1", []),
        ("Difference between groups", "2.1", []),
    ],
)
def test_absolute(make_audit, verdicts, head, last, expected):
    rows = (
        ("A", "10.2", "8.1", "2.1"),
        ("B", "20.4", "15.1", "-5.3"),
        ("C", "7.7", "7.1", "0.6"),
        ("D", "9.3", "8.1", last),
    )
    table = (("Measure", "Baseline", "Week 12", head), *rows)
    assert verdicts(changes, make_audit(tables={"Table 2": (table, 1)})) == expected
