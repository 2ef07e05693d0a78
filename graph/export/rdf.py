"""RDF files: N-Quads, TriG, Turtle and JSON-LD, streamed from the store."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.export.source import Source
from graph.namespaces import DATA, PREFIXES
from graph.network import RDF_TYPE, unescaped
from ontology import regex as re

CONTEXT = dict(PREFIXES)
STARTS = {start: prefix for prefix, start in PREFIXES.items()}
# A line of N-Triples; blank nodes are not written here.
STATEMENT = re.compile(
    r'^<([^>]*)> <([^>]*)> (?:<([^>]*)>|"([^"\\]*(?:\\.[^"\\]*)*)"(?:\^\^<([^>]*)>|@([\w-]+))?) \.$', re.MULTILINE
)


def write_nquads(source: Source, path: Path) -> None:
    """A line a quad."""
    with path.open("wb") as out:
        ox.serialize(source.quads(), out, ox.RdfFormat.N_QUADS)


def write_trig(source: Source, path: Path) -> None:
    """Named graphs with prefixes."""
    with path.open("wb") as out:
        ox.serialize(source.quads(), out, ox.RdfFormat.TRIG, prefixes=PREFIXES)


def write_turtle(source: Source, path: Path) -> None:
    """The union of all graphs; a triple of two graphs may stand twice, which means the same."""
    with path.open("wb") as out:
        ox.serialize((quad.triple for quad in source.quads()), out, ox.RdfFormat.TURTLE, prefixes=PREFIXES)


def write_jsonld(source: Source, path: Path) -> None:
    """One object a named graph; the context stands in the file and nothing is fetched to read it."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [\n')
        for number, graph in enumerate(source.store.graphs()):
            out.write(",\n" if number else "")
            nodes = jsonld_nodes(source.store.ntriples(graph).decode("utf-8"))
            out.write(json.dumps({"@id": _short(graph), "@graph": nodes}, ensure_ascii=True))
        out.write("\n]}\n")


def jsonld_nodes(ntriples: str) -> list[dict[str, Any]]:
    """The subjects of a graph as JSON-LD objects."""
    nodes: dict[str, dict[str, Any]] = {}
    for line in STATEMENT.findall(ntriples):
        subject, predicate, target, text, datatype, language = line
        node = nodes.get(subject) or nodes.setdefault(subject, {"@id": _short(subject)})
        if predicate == RDF_TYPE:
            node.setdefault("@type", []).append(_term(target))
            continue
        value = {"@id": _short(target)} if target else _literal(text, datatype, language)
        node.setdefault(_term(predicate), []).append(value)
    return list(nodes.values())


def _literal(text: str, datatype: str, language: str) -> str | dict[str, str]:
    value = unescaped(text) if "\\" in text else text
    if language:
        return {"@value": value, "@language": language}
    return {"@value": value, "@type": _term(datatype)} if datatype else value


def _short(term: str) -> str:
    """An IRI with a prefix of the context where what is left is plain; most are of our own data."""
    start = DATA if term.startswith(DATA) else next(filter(term.startswith, STARTS), "")
    rest = term[len(start) :]
    return f"{STARTS[start]}:{rest}" if start and rest and not rest.startswith("//") else term


# Predicates, classes and datatypes are few.
_term = cache(_short)
