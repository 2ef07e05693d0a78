import pytest

from extractor.checks.overall import columns, summaries, totals

HEAD = ("", "Alpha (n = 30)", "Beta (n = 32)", "All (n = 62)")
HELD = (
    ("Women, n (%)", "12 (40.0)", "16 (50.0)", "28 (45.2)"),
    ("Pain, n (%)", "3 (10.0)", "4 (12.5)", "7 (11.3)"),
    ("Age, mean ± SD", "58.2 ± 8.1", "56.1 ± 8.4", "57.1 ± 8.3"),
)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(("Fever, n (%)", "6 (20.0)", "8 (25.0)", "14 (22.6)"), "holds", id="counts"),
        pytest.param(("Fever, n (%)", "6 (20.0)", "8 (25.0)", "15 (24.2)"), "fails", id="counts do not"),
        pytest.param(("Weight, mean ± SD", "70.0 ± 8.1", "75.0 ± 8.4", "72.6 ± 8.3"), "holds", id="means"),
        pytest.param(("Weight, mean ± SD", "70.0 ± 8.1", "75.0 ± 8.4", "74.2 ± 8.3"), "fails", id="means do not"),
        pytest.param(("Weight, median (IQR)", "70 (61)", "75 (66)", "74 (65)"), None, id="no percentages"),
    ],
)
def test_columns(make_audit, verdicts, row, expected):
    found = verdicts(columns, make_audit(tables={"Table 1": ((HEAD, *HELD, row), 1)}))
    assert found == ["holds"] * 3 + ([expected] if expected else [])


def test_two_groups_are_no_whole(make_audit, verdicts):
    grid = (("", "Alpha (n = 30)", "Beta (n = 30)"), ("Women, n (%)", "12 (40.0)", "16 (53.3)"))
    assert verdicts(columns, make_audit(tables={"Table 1": (grid, 1)})) == []


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (("Total", "10", "20", "30"), ["holds"] * 3),
        (("Total", "10 (100)", "20 (100)", "31 (100)"), ["undecided"]),
        (("Total score", "10", "20", "31"), []),
        (("Total", "10", "21", "31"), []),
    ],
)
def test_totals(make_audit, verdicts, last, expected):
    rows = (
        ("Site", "A", "B", "C"),
        ("North", "3", "8", "11"),
        ("East", "2", "2", "4"),
        ("South", "5", "10", "15"),
        last,
    )
    found = verdicts(totals, make_audit(tables={"Table 1": (rows, 1)}))
    assert [verdict for verdict in found if verdict != "holds"] == [v for v in expected if v != "holds"]
    assert found.count("holds") >= expected.count("holds")


def test_one_total_of_many_fails(make_audit, verdicts):
    rows = (("Site", *"ABCD"), ("North", *"1234"), ("South", *"2345"), ("Total", "3", "5", "7", "8"))
    assert verdicts(totals, make_audit(tables={"Table 1": (rows, 1)})) == ["holds", "holds", "holds", "fails"]


LIST = tuple(
    (str(number), value, other) for number, value, other in zip(range(1, 8), "9463528", "1742856", strict=True)
)


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        pytest.param((("Mean", "5.29", "4.71"), ("Min", "2", "1"), ("Max", "9", "8")), ["holds"] * 6, id="hold"),
        pytest.param((("Mean", "5.29", "4.71"), ("Min", "2", "1"), ("Max", "9", "7")), ["fails"], id="extreme"),
        pytest.param((("Mean", "5.29", "4.71"), ("Median", "5", "4")), ["fails"], id="median"),
        pytest.param((("Mean", "5.29", "4.71"), ("Median", "6", "4")), ["undecided"] * 2, id="others of the table"),
        pytest.param((("Mean", "6.29", "5.71"),), [], id="none holds"),
    ],
)
def test_summaries(make_audit, verdicts, below, expected):
    grid = (("Patient", "Before", "After"), *LIST, *below)
    found = verdicts(summaries, make_audit(tables={"Table 1": (grid, 1)}))
    assert [v for v in found if v != "holds"] == [v for v in expected if v != "holds"]
    assert "holds" not in expected or found == expected
