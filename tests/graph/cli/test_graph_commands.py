from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.gold import gold_folder
from graph.cli.main import main


def called(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["trialgraph", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


@pytest.fixture
def place(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    where = str(tmp_path / "store")
    records = [str(gold_folder() / f"{name}.json") for name in ("sample", "PMC4570722")]
    code, _, told = called(capsys, monkeypatch, "build", *records, "--store", where, "--workers", "1")
    assert (code, "2 papers loaded" in told) == (0, True)
    return where


CALLS = {
    "a question": (("query", "trials", "--format", "csv"), 0, "sample"),
    "SPARQL": (("query", "SELECT (COUNT(*) AS ?n) { ?s a tg:Arm }"), 0, "n"),
    "counts": (("stats",), 0, "2 papers"),
    "shapes": (("validate-graph",), 0, "0 faults"),
    "no such question": (("query", "nothing"), 2, "there are adverse-events"),
    "a wrong query": (("query", "SELECT ?x WHERE {\n ?x ?y }"), 2, "line 2, column 9"),
    "no such format": (("query", "trials", "--format", "pdf"), 2, "no such format"),
    "a parameter that is none": (("query", "trials", "-p", "phase"), 2, "NAME=VALUE"),
    "no format for the file": (("export", "x"), 2, "which format"),
    "a file that is not there": (("query", "none.rq"), 2, "no such file"),
}


@pytest.mark.parametrize(("arguments", "code", "said"), CALLS.values(), ids=CALLS)
def test_commands(
    place: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    ended, out, err = called(capsys, monkeypatch, *arguments, "--store", place)
    assert (ended, said in out + err) == (code, True), out + err
    assert "Traceback" not in err


def test_query_file_with_parameters_into_a_file(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "mine.rq"
    asked.write_text("# param id: text! -- the paper\nSELECT ?id WHERE { # \n# bind\n?d tg:id ?id }", encoding="utf-8")
    out = tmp_path / "out.json"
    code, *_ = called(capsys, monkeypatch, "query", str(asked), "-p", "id=sample", "-o", str(out), "--store", place)
    assert code == 0
    assert json.loads(out.read_text(encoding="utf-8")) == [{"id": "sample"}]


def test_export_by_suffix_and_listing(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "graph.graphml"
    code, _, told = called(capsys, monkeypatch, "export", str(out), "--store", place)
    assert (code, out.exists(), "graphml" in told) == (0, True, True)
    code, listed, _ = called(capsys, monkeypatch, "query")
    assert code == 0
    assert "response-rates: " in listed


def test_no_store_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, told = called(capsys, monkeypatch, "stats", "--store", str(tmp_path / "none"))
    assert (code, told.count("\n")) == (1, 1)
    assert "trialgraph build" in told
