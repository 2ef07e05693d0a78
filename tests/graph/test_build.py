from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.gold import gold_folder, gold_records
from graph.answers_out import FORMATS
from graph.build import build
from graph.namespaces import BUILD
from graph.query import ask, ask_question
from graph.statistics import statistics
from graph.stores import Embedded, Table

NAMES = ("sample", "PMC4570722", "PMC5486465")


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    for name in NAMES:
        (tmp_path / f"{name}.json").write_bytes((gold_folder() / f"{name}.json").read_bytes())
    return sorted(tmp_path.glob("*.json"))


def test_records_are_loaded_once_and_stay(papers: list[Path]) -> None:
    store = Embedded()
    first = list(build(papers, store, workers=1))
    assert [built.problem for built in first] == [None] * 3
    before = set(store.quads())
    assert all(built.triples for built in build(papers, store, workers=1))
    assert set(store.quads()) == before


def test_a_bad_paper_stops_nothing(papers: list[Path], tmp_path: Path) -> None:
    (tmp_path / "a-bad.json").write_text('{"schema": "none"}', encoding="utf-8")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    paths = [*sorted(tmp_path.glob("*.json")), tmp_path / "none.json"]
    store = Embedded()
    found = {built.path.name: built for built in build(paths, store, workers=1)}
    assert {name for name, built in found.items() if built.problem} == {"a-bad.json", "bytes.json", "none.json"}
    assert all(name in (found[name].problem or "") for name in ("a-bad.json", "bytes.json", "none.json"))
    assert statistics(store).papers == len(papers)


def test_several_processes_give_the_same_graph(papers: list[Path]) -> None:
    one, many = Embedded(), Embedded()
    list(build(papers, one, workers=1))
    list(build(papers, many, workers=2))
    assert set(one.quads()) == set(many.quads())


def test_a_changed_record_takes_the_place_of_the_old(papers: list[Path]) -> None:
    store = Embedded()
    list(build(papers, store, workers=1))
    record = json.loads(papers[-1].read_text(encoding="utf-8"))
    record["document"]["sha256"] = "0" * 64
    record["document"]["id"] = "changed"
    papers[-1].write_text(json.dumps(record), encoding="utf-8")
    list(build(papers, store, workers=1))
    found = ask(store, "SELECT ?id WHERE { ?record tg:hasDocument/tg:id ?id } ORDER BY ?id")
    assert isinstance(found, Table)
    assert sorted(row["id"] or "" for row in found.records()) == sorted([*NAMES[1:], "changed"])
    assert BUILD in store.graphs()


def test_statistics_count_what_is_there(gold_store: Embedded) -> None:
    found = statistics(gold_store)
    assert found.papers == len(gold_records())
    assert found.triples == len(list(gold_store.quads()))
    assert found.classes["AdverseEvent"] > found.classes["Dose"] > 0


@pytest.mark.parametrize("name", FORMATS)
def test_answers_are_written_in_every_format(gold_store: Embedded, name: str) -> None:
    text = FORMATS[name](ask_question(gold_store, "trials"))
    assert "PMC3504074" in text
    assert "NCT01001208" in text
    assert FORMATS[name](ask(gold_store, "ASK {}"))
    assert FORMATS[name](ask(gold_store, "CONSTRUCT { ?s a tg:Arm } WHERE { ?s a tg:Arm }"))


def test_json_answers_have_numbers_and_leave_out_what_is_not_bound(gold_store: Embedded) -> None:
    rows = json.loads(
        FORMATS["json"](ask(gold_store, "SELECT ?a ?b WHERE { BIND(0.50 AS ?a) OPTIONAL { ?b tg:none 1 } }"))
    )
    assert rows == [{"a": 0.5}]


def test_markdown_is_not_broken_by_text(gold_store: Embedded) -> None:
    text = FORMATS["markdown"](ask(gold_store, 'SELECT ?a WHERE { BIND("x|y\\nz <b>" AS ?a) }'))
    assert text == "| a |\n| --- |\n| x\\|y z &lt;b> |\n"
