from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from graph.errors import StoreError, WrongQuery
from graph.query import ask, ask_question
from graph.restore import index, to_record
from graph.stores import Embedded, Graph, Server, Store, Table, open_store
from graph.stores.server import PASSWORD, USER
from ontology.record import TrialRecord

Hostile = Callable[..., TrialRecord]
AsGraph = Callable[[TrialRecord], Graph]
ONE, TWO = Graph("g:one", b'<a:a> <a:b> "1" .\n<a:a> <a:b> "2" .\n'), Graph("g:two", b'<a:c> <a:b> "1" .\n')
COUNT = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), 'g:')) } GROUP BY ?g ORDER BY ?g"
VIRTUOSO = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{port}
DirsAllowed = {folder}
NumberOfBuffers = 4000
[HTTPServer]
ServerPort = 127.0.0.1:{web}
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            pytest.skip(f"the server ended with {process.returncode}")
        time.sleep(0.1)
    pytest.skip("the server did not start")


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def oxigraph() -> Iterator[str]:
    binary = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    if not Path(binary).exists():
        pytest.skip("the oxigraph server is not installed")
    port = free_port()
    with running([binary, "serve", "--bind", f"127.0.0.1:{port}"], port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    binary = shutil.which("virtuoso-t")
    if binary is None:
        pytest.skip("Virtuoso is not installed")
    folder, port, web = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    configuration = folder / "virtuoso.ini"
    configuration.write_text(VIRTUOSO.format(folder=folder, port=port, web=web), encoding="utf-8")
    with running([binary, "+foreground", "+configfile", str(configuration)], web):
        yield f"http://127.0.0.1:{web}/sparql-auth"


@pytest.fixture(params=["memory", "disk", "oxigraph", "virtuoso"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    if request.param == "virtuoso":
        monkeypatch.setenv(USER, "dba")
        monkeypatch.setenv(PASSWORD, "dba")
    where = {"memory": None, "disk": str(tmp_path / "store")}.get(request.param, "")
    if where == "":
        where = request.getfixturevalue(request.param)
    found = open_store(where, write=True)
    found.drop([graph for graph in found.graphs() if graph.startswith(("g:", "https://w3id.org/trialgraph/"))])
    yield found
    found.close()


def counts(store: Store) -> dict[str, str]:
    found = ask(store, COUNT)
    assert isinstance(found, Table)
    return {row["g"] or "": row["n"] or "" for row in found.records()}


def test_loading_twice_changes_nothing(store: Store) -> None:
    for _ in range(2):
        store.replace([ONE, TWO])
        assert counts(store) == {"g:one": "2", "g:two": "1"}


def test_replacing_touches_its_graph_alone(store: Store) -> None:
    store.replace([ONE, TWO])
    store.replace([Graph("g:one", b'<a:a> <a:b> "3" .\n')])
    assert counts(store) == {"g:one": "1", "g:two": "1"}
    assert [triple.object.value for triple in store.triples("g:one")] == ["3"]
    store.insert(Graph("g:one", b'<a:a> <a:b> "4" .\n'))
    assert sorted(triple.object.value for triple in store.triples("g:one")) == ["3", "4"]
    store.drop(["g:one", "g:none"])
    assert counts(store) == {"g:two": "1"}


def test_a_graph_is_read_as_ntriples_without_the_others(store: Store) -> None:
    store.replace([Graph("g:one", b'<a:a> <a:b> "x y" .\n<a:a> <a:c> <a:d> .\n'), TWO])
    lines = store.ntriples("g:one").decode().splitlines()
    assert sorted(lines) == ['<a:a> <a:b> "x y" .', "<a:a> <a:c> <a:d> ."]


def test_asks_and_constructs(store: Store) -> None:
    store.replace([ONE])
    assert ask(store, "ASK { GRAPH <g:one> { <a:a> <a:b> '1' } }") is True
    assert ask(store, "ASK { GRAPH <g:one> { <a:a> <a:b> '9' } }") is False
    built = ask(store, "CONSTRUCT { ?s <a:x> ?o } WHERE { GRAPH <g:one> { ?s <a:b> ?o } }")
    assert {triple.predicate.value for triple in built} == {"a:x"}  # type: ignore[union-attr]


def test_a_wrong_query_is_told_from_a_broken_store(store: Store) -> None:
    with pytest.raises(WrongQuery, match="query: "):
        ask(store, "SELECT ?x WHERE {\n ?x ?y }")


def test_a_record_comes_back_and_answers(store: Store, records: dict[str, TrialRecord], as_graph: AsGraph) -> None:
    graph = as_graph(records["sample"])
    store.replace([graph])
    assert to_record(index(store.triples(graph.iri))) == records["sample"]
    found = ask_question(store, "response-rates")
    assert isinstance(found, Table)
    assert ("sample", "15", "40") in {(row["paper"], row["count"], row["total"]) for row in found.records()}


def test_hostile_text_stays_text(store: Store, hostile: Hostile, as_graph: AsGraph, hostile_text: str) -> None:
    if isinstance(store, Server) and "sparql-auth" in store.address and "\x00" in hostile_text:
        pytest.skip("Virtuoso ends a text at U+0000")
    store.replace([ONE])
    record = hostile(hostile_text)
    graph = as_graph(record)
    store.replace([graph])
    assert to_record(index(store.triples(graph.iri))) == record
    assert counts(store) == {"g:one": "2"}


def test_a_failing_replacement_loses_nothing(tmp_path: Path) -> None:
    store = Embedded(tmp_path / "store")
    store.replace([ONE, TWO])
    with pytest.raises(SyntaxError):
        store.replace([Graph("g:one", b"<a:a> <a:b> broken .\n")])
    assert counts(store) == {"g:one": "2", "g:two": "1"}


def test_a_killed_writer_loses_nothing(tmp_path: Path) -> None:
    place = tmp_path / "store"
    script = (
        "import os, sys; from pathlib import Path; from graph.stores import Embedded, Graph\n"
        "store = Embedded(Path(sys.argv[1])); store.replace([Graph('g:one', b'<a:a> <a:b> \"1\" .\\n')]); store.close()\n"
        "store = Embedded(Path(sys.argv[1]))\n"
        "store.insert(Graph('g:two', b'<a:a> <a:b> \"1\" .\\n')); print('in', flush=True); os.kill(os.getpid(), 9)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run(
        [sys.executable, "-c", script, str(place)], env=environment, capture_output=True, check=False
    )
    assert ended.returncode == -9, ended.stderr
    store = open_store(str(place))
    assert counts(store)["g:one"] == "1"


def test_a_second_writer_is_told(tmp_path: Path) -> None:
    first = Embedded(tmp_path / "store")
    with pytest.raises(StoreError, match="another process writes"):
        Embedded(tmp_path / "store")
    first.close()


def test_no_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="trialgraph build"):
        open_store(str(tmp_path / "none"))


class Busy(BaseHTTPRequestHandler):
    """A server that is busy twice before it answers."""

    calls = 0

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        Busy.calls += 1
        if Busy.calls < 3:
            self.send_error(503)
            return
        body = b'{"head": {}, "boolean": true}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        del arguments


def test_a_busy_server_is_asked_again() -> None:
    with HTTPServer(("127.0.0.1", 0), Busy) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        assert Server(f"http://127.0.0.1:{server.server_port}", pause=0.001).query("ASK {}") is True
        server.shutdown()
    assert Busy.calls == 3


def test_no_server_is_told_in_one_line() -> None:
    with pytest.raises(StoreError, match="is the server running"):
        Server(f"http://127.0.0.1:{free_port()}", pause=0.001).query("ASK {}")
