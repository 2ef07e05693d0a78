"""`trialgraph check` on an invented paper that contradicts itself once."""

import csv
import io
import json

import pytest

PAPER = """A trial of drugamab

Abstract
Background: Pain is common. Methods: In all, 120 patients were randomly assigned to drugamab (n = 62) or placebo (n = 58).
Results: Pain fell in 24 of 62 patients (38.7%).

Methods
Patients with pain were randomised. The primary endpoint was pain.

Results
Pain fell in 24 of 62 patients (38.7%) with drugamab. Fever was seen in 12 of 60 patients (37.8%).
"""


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "paper.txt"
    path.write_text(PAPER)
    return path


def test_only_what_fails_is_listed(call, paper):
    code, out, _ = call("trialgraph", "check", paper)
    assert code == 0
    assert "1 fail," in out
    findings = out.splitlines()[1:]
    assert len(findings) == 1
    assert "fails (medium) percentages" in findings[0]
    assert "12 of 60 is 20.00%" in findings[0]


@pytest.mark.parametrize(
    ("arguments", "verdicts"),
    [
        (["--all"], {"fails", "holds"}),
        (["--verdict", "holds"], {"holds"}),
        (["--verdict", "fails", "--verdict", "undecided"], {"fails"}),
        (["--kind", "sums", "--all"], {"holds"}),
        (["--kind", "dates"], set()),
    ],
    ids=["all", "holds", "two verdicts", "family", "nothing"],
)
def test_filters(call, paper, arguments, verdicts):
    code, out, _ = call("trialgraph", "check", paper, "--json", *arguments)
    assert code == 0
    assert {row["verdict"] for row in json.loads(out)} == verdicts


def test_csv(call, paper):
    _, out, _ = call("trialgraph", "check", paper, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["kind"] for row in rows] == ["percentages"]
    start, end = map(int, rows[0]["places"].split("-"))
    assert PAPER[start:end] == "12 of 60 patients (37.8%"


def test_json_has_the_whole_fact(call, paper):
    _, out, _ = call("trialgraph", "check", paper, "--format", "json")
    (row,) = json.loads(out)
    assert row["severity"] == "medium"
    assert row["rule"] == "checks.percentages"
    assert row["stated"] == "12/60 (37.8%)"
    assert row["evidence"]


def test_an_unknown_kind_is_a_wrong_call(call, paper):
    code, _, err = call("trialgraph", "check", paper, "--kind", "percentage")
    assert code == 2
    assert "there are percentages, sums" in err
