"""The failures of development papers are those that docs/audit.md was written about."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAPERS = ROOT / ".." / "shared" / "papers"
FAILURE = re.compile(r"^\| (?P<paper>PMC\d+) \| (?P<kind>\S+) \| (?P<stated>[^|]+) \| (?P<recomputed>[^|]+) \| ")
READ = ("PMC2529259", "PMC3664086", "PMC4149239", "PMC3504074")


@cache
def written() -> dict[str, set[tuple[str, str, str]]]:
    found: dict[str, set[tuple[str, str, str]]] = {}
    for line in (ROOT / "docs" / "audit.md").read_text(encoding="utf-8").splitlines():
        if match := FAILURE.match(line):
            found.setdefault(match["paper"], set()).add((match["kind"], match["stated"], match["recomputed"]))
    return found


def test_the_failures_are_written_down():
    assert sum(map(len, written().values())) >= 15


@pytest.mark.parametrize("paper", READ)
def test_failures(paper):
    path = PAPERS / paper / "paper.txt"
    if not path.exists():
        pytest.skip("the development papers are not here")
    from corpus.detect import read_paper
    from extractor.pipeline import extract

    found = extract(read_paper(path)).record.checks
    failures = {(check.kind, check.stated, check.recomputed) for check in found if check.verdict == "fails"}
    assert failures == written().get(paper, set())
    assert sum(check.verdict == "holds" for check in found) >= 10
