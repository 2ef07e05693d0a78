"""Exports: one module a format; adding one is a module with a `write` and a line in EXPORTERS."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from graph.export import csv, cytoscape, dot, gexf, graphml, html, neo4j, rdf
from graph.export.files import whole_file, whole_folder
from graph.export.source import Source
from graph.stores.answers import Store
from ontology.errors import WrongCall


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name, the end of its files (none: a folder), what reads it, and the function that writes it."""

    name: str
    suffix: str
    about: str
    write: Callable[[Source, Path], None]


EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter("graphml", ".graphml", "Gephi, Cytoscape, yEd, igraph", graphml.write),
        Exporter("gexf", ".gexf", "Gephi, Gephi Lite", gexf.write),
        Exporter("cytoscape", ".cyjs", "Cytoscape, cytoscape.js", cytoscape.write),
        Exporter("neo4j", "", "neo4j-admin import, and Cypher for a running server", neo4j.write),
        Exporter("dot", ".dot", "Graphviz", dot.write),
        Exporter("csv", "", "a table of nodes and one of edges", csv.write),
        Exporter("html", ".html", "any browser, offline", html.write),
        Exporter("jsonld", ".jsonld", "JSON-LD 1.1, context inlined", rdf.write_jsonld),
        Exporter("turtle", ".ttl", "RDF without the names of graphs", rdf.write_turtle),
        Exporter("trig", ".trig", "RDF with named graphs", rdf.write_trig),
        Exporter("nquads", ".nq", "RDF with named graphs, a line a quad", rdf.write_nquads),
    )
}


def export(store: Store, name: str, path: Path) -> None:
    """Write a store in a format; the file (or folder) is whole or not there."""
    if name not in EXPORTERS:
        raise WrongCall(f"{name}: no such format; there are {', '.join(EXPORTERS)}")
    exporter = EXPORTERS[name]
    with whole_file(path) if exporter.suffix else whole_folder(path) as place, closing(Source(store)) as source:
        exporter.write(source, place)


def format_of(path: Path) -> str | None:
    """The format that a file's name tells."""
    return next((e.name for e in EXPORTERS.values() if e.suffix and path.suffix == e.suffix), None)
