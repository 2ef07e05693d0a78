import pytest

from extractor.checks.twins import rows

HEAD = ("", "Alpha (n = 30)", "Beta (n = 32)")
FIRST = ("Systolic pressure, mean (SD)", "168.3 (5.9)", "167.1 (5.8)")


@pytest.mark.parametrize(
    ("head", "second", "expected"),
    [
        (HEAD, ("Baseline (SD)", "168.3 (5.9)", "167.1 (5.8)"), ["holds", "holds"]),
        (HEAD, ("Baseline (SD)", "168.3 (5.9)", "167.1 (5.9)"), ["holds", "fails"]),
        (HEAD, ("Baseline (SD)", "168.3 (5.9)", "167.3 (5.8)"), ["holds", "fails"]),
        # No cell is the same, a value is far away, or the groups are others.
        (HEAD, ("Baseline (SD)", "168.3 (5.8)", "167.1 (5.9)"), []),
        (HEAD, ("Week 12 (SD)", "168.3 (5.9)", "137.1 (5.9)"), []),
        (("", "Alpha (n = 28)", "Beta (n = 30)"), ("Baseline (SD)", "168.3 (5.9)", "167.1 (5.9)"), []),
        (("", "Women", "Men"), ("Baseline (SD)", "168.3 (5.9)", "167.1 (5.9)"), ["holds", "undecided"]),
    ],
)
def test_rows(make_audit, verdicts, head, second, expected):
    tables = {"Table 1": ((HEAD, FIRST), 1), "Table 2": ((head, second), 1)}
    assert verdicts(rows, make_audit(tables=tables)) == expected


def test_counts_are_no_means(make_audit, verdicts):
    tables = {f"Table {n}": ((HEAD, ("Pain", "2 (6.7)", f"{n} (3.1)")), 1) for n in (1, 2)}
    assert verdicts(rows, make_audit(tables=tables)) == []
