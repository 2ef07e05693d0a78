import pytest

from extractor.checks.means import in_tables, in_text
from extractor.checks.tails import fisher_snedecor, student
from ontology.record import Arm

ARMS = (Arm(label="Alpha", size=30), Arm(label="Beta", size=32))
HEAD = ("", "Alpha (n = 30)", "Beta (n = 32)", "P value")
HELD = (
    ("Age, mean ± SD", "58.2 ± 8.1", "56.1 ± 8.4", "0.322"),
    ("Weight, mean ± SD", "67.3 ± 7.2", "68.4 ± 8.3", "0.580"),
    ("Height, mean ± SD", "167.2 ± 7.1", "168.4 ± 7.3", "0.514"),
)


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        # Tables of the t and F distributions.
        (student(2.048, 28), 0.05),
        (student(2.626, 100), 0.01),
        (student(0, 10), 1.0),
        (fisher_snedecor(3.49, 3, 12), 0.05),
        (fisher_snedecor(4.98, 2, 60), 0.01),
    ],
)
def test_tails(tail, expected):
    assert tail == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(("Score", "12.1 ± 3.2", "10.2 ± 3.1", "0.021"), ["holds"], id="t test"),
        pytest.param(("Score", "12.1 ± 3.2", "10.2 ± 3.1", "0.21"), ["fails"], id="digit lost"),
        pytest.param(("Score", "12 ± 3", "11 ± 3", "0.533"), ["holds"], id="rounding allows"),
        pytest.param(("Score, mean (SD)", "12.1 (3.2)", "10.2 (3.1)", "0.021"), ["holds"], id="in brackets"),
        pytest.param(("Score (Mann-Whitney)", "12.1 ± 3.2", "10.2 ± 3.1", "0.21"), ["undecided"], id="another test"),
        pytest.param(("Change of score", "12.1 ± 3.2", "10.2 ± 3.1", "0.21"), ["undecided"], id="of changes"),
        pytest.param(("Score", "12.1 ± 3.2", "10.2 ± 3.1", "<0.05"), ["holds"], id="bound"),
        pytest.param(("Score", "12.1", "10.2", "0.021"), [], id="no deviations"),
        pytest.param(("Women", "12 (40.0)", "10 (31.2)", "0.021"), [], id="counts"),
    ],
)
def test_tables(make_audit, verdicts, row, expected):
    found = verdicts(in_tables, make_audit(tables={"Table 1": ((HEAD, *HELD, row), 1)}))
    assert found[:3] == ["holds"] * 3
    assert found[3:] == expected


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        ("Means were compared by the t test.", ["fails"]),
        ("Means were compared by the t test or the Wilcoxon test.", ["undecided"]),
        ("We are grateful.", ["undecided"]),
    ],
)
def test_only_row(make_audit, verdicts, methods, expected):
    grid = (HEAD, ("Score", "12.1 ± 3.2", "10.2 ± 3.1", "0.21"))
    assert verdicts(in_tables, make_audit(("methods", methods), tables={"Table 1": (grid, 1)})) == expected


def test_three_groups(make_audit, verdicts):
    head = ("", "A (n = 20)", "B (n = 20)", "C (n = 20)", "P")
    rows = (
        ("Time", "128.8 ± 68.1", "135.4 ± 51.2", "134.6 ± 57.6", "0.93"),
        ("Age", "47.4 ± 5.1", "53.4 ± 5.2", "48.3 ± 5.9", "0.93"),
    )
    methods = ("methods", "Means were compared by analysis of variance.")
    assert verdicts(in_tables, make_audit(methods, tables={"Table 1": ((head, *rows), 1)})) == ["holds", "fails"]


def test_standard_errors_are_left(make_audit, verdicts):
    grid = (HEAD, ("Score, mean ± SEM", "12.1 ± 3.2", "10.2 ± 3.1", "0.021"))
    assert verdicts(in_tables, make_audit(tables={"Table 1": (grid, 1)})) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Scores were 12.1 ± 3.2 with Alpha vs. 10.2 ± 3.1 with Beta (P = 0.021).", ["holds"]),
        # The printed deviations may be standard errors.
        ("Scores were 12.1 ± 0.6 with Alpha and 10.2 ± 0.5 with Beta (P = 0.02).", ["holds"]),
        ("Scores were 12.1 ± 3.2 with Alpha and 10.2 ± 3.1 with Beta (P = 0.21).", ["undecided"]),
        ("Scores were 82.1 ± 3.2 with Alpha and 10.2 ± 3.1 with Beta (P = 0.2).", ["fails"]),
        ("The adjusted score was 82.1 ± 3.2 with Alpha and 10.2 ± 3.1 with Beta (P = 0.2).", []),
        ("Scores were 82.1 ± 3.2 with Alpha. Those of others were 10.2 ± 3.1.", []),
    ],
)
def test_text(make_audit, verdicts, text, expected):
    assert verdicts(in_text, make_audit(("results", text), arms=ARMS)) == expected
