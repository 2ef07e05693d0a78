import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.gold import gold_records
from corpus.samples import samples_folder
from extractor.study import Rejected
from ontology.record import Evidence

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def sample() -> Path:
    return samples_folder() / "angiosarcoma.txt"


@pytest.fixture
def call(monkeypatch, capfd) -> Call:
    """Run a command as a person would; its exit code, standard output and standard error."""

    def run(command: str, *arguments: object) -> tuple[int, str, str]:
        from graph.cli import extract, main

        entry = {"extract": extract.main, "trialgraph": main.main}[command]
        monkeypatch.setattr(sys, "argv", [command, *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            entry()
        out, err = capfd.readouterr()
        return int(left.value.code or 0), out, err

    return run


@pytest.fixture
def read_as_gold(monkeypatch) -> None:
    """Extraction that finds what the gold of the sample says, and one candidate that it does not believe."""
    from extractor import pipeline

    gold = next(gold.record for gold in gold_records() if gold.id == "sample")
    doubt = Rejected("doses.text", "12 mg", "dose of another study", (Evidence(start=0, end=7),))
    found = pipeline.Extraction(gold, (doubt,))
    monkeypatch.setattr(pipeline, "extract", lambda document: found)  # noqa: ARG005
