"""The graph measured: conversion, loading, every ready-made question and every export, beside rdflib's memory store.

Run: `python benchmarks/graph.py [papers]`. The papers are gold records under new names (a copy has its own hash and
volume), so the counts are those of real records; prints one line a figure.
"""

# ruff: noqa: E402 - run as a file, this one would stand in the way of the package of its name
from __future__ import annotations

import sys

sys.path[0] = sys.path[0].removesuffix("benchmarks") or "."

import gc
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from corpus.gold import gold_records
from graph import identity
from graph.cli.run import NEW_OBJECTS
from graph.export import EXPORTERS
from graph.export.source import Source
from graph.network import Edge, Node, elements
from graph.query import ask, ask_question, questions
from graph.rdf import graph_of, ntriples
from graph.stores import Embedded, Graph, Store
from ontology.record import TrialRecord

PAPERS = 140
RUNS = 3
EDGES = 100_000
RDFLIB_PAPERS = 14
# The questions as people ask them: of one drug, one endpoint, one paper.
ASKED = {
    "adverse-events": {"drug": "etanercept", "grade": "any"},
    "facts": {"paper": "PMC3672778-2"},
    "survival": {"endpoint": "progression-free survival"},
    "doses": {"drug": "fulvestrant"},
    "comparisons": {"endpoint": "PASI 75"},
    "prior-evidence": {"endpoint": "overall survival"},
    "baseline": {"variable": "Male sex"},
}


def copies(count: int) -> Iterator[TrialRecord]:
    """Gold records under new names."""
    records = [gold.record for gold in gold_records()]
    for number in range(count):
        record = records[number % len(records)]
        name = {"sha256": identity.digest(str(number)) * 2 + "0" * 40, "id": f"{record.document.id}-{number}"}
        paper = record.paper.model_copy(update={"volume": str(number), "doi": None})
        yield record.model_copy(update={"document": record.document.model_copy(update=name), "paper": paper})


def timed(work: Callable[[], Any], runs: int = 1) -> tuple[Any, float]:
    """What a function gives, and the seconds of its fastest run."""
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - start)
    return found, best


def say(name: str, value: float, unit: str, note: str = "") -> None:
    print(f"{name:<34} {value:>12,.1f} {unit:<10} {note}".rstrip())


def conversion(records: list[TrialRecord]) -> tuple[list[Graph], float]:
    """Records to triples."""
    return timed(lambda: [Graph(graph_of(record), ntriples(record)) for record in records])


def loading(graphs: list[Graph], folder: Path) -> tuple[Store, float]:
    """Triples into the embedded store, in the order of files that questions want."""

    def load() -> Store:
        store = Embedded(folder)
        store.replace(graphs)
        store.settle()
        return store

    return timed(load)


def rdflib_store(graphs: list[Graph]) -> None:
    """The same triples in rdflib's memory store, and two questions there."""
    import rdflib

    data = b"".join(graph.nquads() for graph in graphs)
    dataset = rdflib.Dataset(default_union=True)
    count = data.count(b"\n")
    _, seconds = timed(lambda: dataset.parse(data=data, format="nquads"))
    say("rdflib: load in memory", count / seconds, "triples/s", f"{count:,} triples")
    store = Embedded()
    store.replace(graphs)
    query = """PREFIX tg: <https://w3id.org/trialgraph/ns#> SELECT ?paper ?value WHERE { GRAPH ?g {
        ?result a tg:Result ; tg:statistic "rate" ; tg:value ?value . ?record tg:hasResults ?result ; tg:hasDocument/tg:id ?paper } }"""
    rows, seconds = timed(lambda: list(dataset.query(query)), RUNS)
    say("rdflib: rates of all papers", seconds * 1000, "ms", f"{len(rows)} rows")
    found, seconds = timed(lambda: ask(store, query), RUNS)
    say("trialgraph: the same, in memory", seconds * 1000, "ms", f"{len(found.rows)} rows")


def asking(store: Store) -> None:
    """Every ready-made question."""
    for name, item in questions().items():
        if any(parameter.required for parameter in item.parameters) and name not in ASKED:
            continue
        values = ASKED.get(name, {})
        found, seconds = timed(lambda name=name, values=values: ask_question(store, name, values), RUNS)  # type: ignore[misc]
        told = " ".join(f"{key}={value}" for key, value in values.items())
        say(f"question {name}", seconds * 1000, "ms", f"{len(found.rows)} rows {told}")


def exporting(store: Store, folder: Path) -> None:
    """Every export of about as many edges as the target names; quads from the store, the rest as it is streamed."""
    found, seconds = timed(lambda: list(enough(elements(store))))
    edges = sum(isinstance(thing, Edge) for thing in found)
    say("view of the store", seconds, "s", f"{len(found) - edges:,} nodes, {edges:,} edges")
    small = Embedded()
    graphs = {node.id for node in found if isinstance(node, Node) and node.kind == "TrialRecord"}
    small.replace([Graph(graph, _triples(store, graph)) for graph in graphs])
    for name, exporter in EXPORTERS.items():
        source = Source(small, lambda: iter(found))
        _, seconds = timed(
            lambda exporter=exporter, source=source, name=name: exporter.write(source, _place(folder, name))
        )  # type: ignore[misc]
        source.close()
        say(f"export {name}", seconds, "s")


def enough(found: Iterator[Node | Edge]) -> Iterator[Node | Edge]:
    """Elements until there are enough edges; their ends are nodes before them."""
    edges = 0
    for thing in found:
        edges += isinstance(thing, Edge)
        if edges > EDGES:
            return
        yield thing


def _triples(store: Store, graph: str) -> bytes:
    import pyoxigraph

    return bytes(pyoxigraph.serialize(store.triples(graph), format=pyoxigraph.RdfFormat.N_TRIPLES) or b"")


def _place(folder: Path, name: str) -> Path:
    place = folder / name
    if not EXPORTERS[name].suffix:
        place.mkdir()
    return place


def main() -> None:
    """Measure and print."""
    gc.set_threshold(NEW_OBJECTS)  # as a command does
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAPERS
    records = list(copies(count))
    graphs, converting = conversion(records)
    triples = sum(graph.triples.count(b"\n") for graph in graphs)
    with tempfile.TemporaryDirectory() as folder:
        store, seconds = loading(graphs, Path(folder) / "store")
        say("papers", count, "", f"{triples:,} triples")
        say("records to triples", triples / converting, "triples/s")
        say("load on disk, in order", triples / seconds, "triples/s")
        say("both", triples / (converting + seconds), "triples/s", "target 60,000")
        asking(store)
        exporting(store, Path(folder))
        store.close()
    rdflib_store(list(islice(graphs, RDFLIB_PAPERS)))
    say("memory at most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB")


if __name__ == "__main__":
    main()
