"""Building a store: papers read in parallel and loaded; what is there is left, what fails stops nothing."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from graph.identity import digest
from graph.links import relink
from graph.literals import literal
from graph.namespaces import BUILD, DATA, TG
from graph.query import ask
from graph.rdf import graph_of, ntriples, software_version
from graph.stores.answers import Graph, Store, Table
from ontology.errors import TrialGraphError

BATCH = 64
AHEAD = 4
RECORD = ".json"
LEDGER = (
    "SELECT ?path ?graph ?version WHERE { GRAPH ?g { ?entry tg:path ?path ; tg:loaded ?graph ; tg:version ?version } }"
)


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a paper: its graph and how many triples; none of them where it was there already or failed."""

    path: Path
    graph: Graph | None = None
    known: bool = False
    problem: str | None = None

    @property
    def triples(self) -> int:
        """How many triples were loaded."""
        return self.graph.triples.count(b"\n") if self.graph else 0


def build(papers: Sequence[Path], store: Store, *, workers: int = 0, again: bool = False) -> Iterator[Built]:
    """Read papers (or records, `.json`) into a store and link them; an outcome a paper as it comes."""
    ledger = {} if again else read_ledger(store)
    waiting: list[Path] = []
    for path in papers:
        if _is_known(path, ledger):
            yield Built(path, known=True)
        else:
            waiting.append(path)
    batch: list[Built] = []
    for built in convert_all(waiting, workers):
        if built.graph:
            batch.append(built)
        yield built
        if len(batch) >= BATCH:
            _load(store, batch, ledger)
            batch = []
    _load(store, batch, ledger)
    relink(store)
    store.settle()


def convert(path: Path) -> Built:
    """The graph of one paper, or the line that says why there is none."""
    from graph.extraction import Failed, extract_papers
    from ontology.serialise import from_json

    try:
        if path.suffix.lower() == RECORD:
            record = from_json(path.read_text(encoding="utf-8"))
        else:
            read = next(iter(extract_papers([path])))
            if isinstance(read, Failed):
                return Built(path, problem=read.message)
            record = read.record
        return Built(path, Graph(graph_of(record), ntriples(record)))
    except TrialGraphError as error:
        return Built(path, problem=f"{path}: {error}")
    except (OSError, UnicodeDecodeError) as error:
        return Built(path, problem=f"{path}: cannot be read: {error}")


def convert_all(papers: Iterable[Path], workers: int = 0) -> Iterator[Built]:
    """Convert papers, as they are done; one worker reads in this process, no number takes what the machine has."""
    waiting = list(papers)
    count = min(workers or multiprocessing.cpu_count(), len(waiting))
    if count <= 1:
        yield from map(convert, waiting)
        return
    while waiting:
        lost = yield from _pool(waiting, count)
        # A paper that ends its process takes the others in flight with it: these are read alone.
        for path in lost:
            yield from _alone(path)


def _pool(waiting: list[Path], count: int) -> Generator[Built, None, list[Path]]:
    """Convert what waits until it is empty or a process dies; returns the papers that were in flight then."""
    running: dict[Future[Built], Path] = {}
    with ProcessPoolExecutor(count, multiprocessing.get_context("spawn")) as pool:
        while waiting or running:
            try:
                while waiting and len(running) < count * AHEAD:
                    running[pool.submit(convert, waiting[0])] = waiting[0]
                    waiting.pop(0)
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
                    del running[future]
            except BrokenProcessPool:
                return list(running.values())
    return []


def _alone(path: Path) -> Iterator[Built]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        try:
            yield pool.submit(convert, path).result()
        except BrokenProcessPool:
            yield Built(path, problem=f"{path}: reading it ended the process; report it")


def read_ledger(store: Store) -> dict[str, set[str]]:
    """The papers that are whole in a store, by path: their graphs, as this version read them."""
    found = ask(store, LEDGER, seconds=None)
    there = set(store.graphs())
    ledger: dict[str, set[str]] = {}
    for row in found.records() if isinstance(found, Table) else ():
        graph = (row["graph"] or "").replace("tgd:", DATA)
        if graph in there and row["version"] == software_version():
            ledger.setdefault(row["path"] or "", set()).add(graph)
    return ledger


def _is_known(path: Path, ledger: dict[str, set[str]]) -> bool:
    """Whether this very content is in the store; a record has no hash of its paper before it is read."""
    graphs = ledger.get(str(path))
    if not graphs or path.suffix.lower() == RECORD or not path.is_file():
        return False
    with path.open("rb") as file:
        return f"{DATA}paper/{hashlib.file_digest(file, 'sha256').hexdigest()[:16]}" in graphs


def _load(store: Store, batch: list[Built], ledger: dict[str, set[str]]) -> None:
    """Load graphs, note them as whole, and let go of what a path held before."""
    graphs = {built.graph.iri: built.graph for built in batch if built.graph}
    if not graphs:
        return
    store.replace(graphs.values())
    store.insert(Graph(BUILD, "".join(_entry(built) for built in batch).encode("utf-8")))
    for built in batch:
        if built.graph:
            stale = ledger.get(str(built.path), set()) - {built.graph.iri}
            ledger[str(built.path)] = {built.graph.iri}
            if stale:
                store.drop(stale.difference(*ledger.values()))


def _entry(built: Built) -> str:
    graph = built.graph.iri if built.graph else ""
    version, path = software_version(), str(built.path)
    node = f"<{DATA}build/{digest(path, graph, version)}>"
    said = (("path", literal(path)), ("loaded", f"<{graph}>"), ("version", literal(version)))
    return "".join(f"{node} <{TG}{name}> {value} .\n" for name, value in said)
