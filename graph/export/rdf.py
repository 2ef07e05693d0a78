"""RDF files: N-Quads, TriG, Turtle and JSON-LD, streamed from the store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from graph.export.source import Source
from graph.namespaces import PREFIXES
from graph.restore import RDF_TYPE, index

XSD = PREFIXES["xsd"]
CONTEXT = dict(PREFIXES)


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
            nodes = jsonld_nodes(source.store.triples(graph))
            out.write(json.dumps({"@id": _short(graph), "@graph": list(nodes)}, ensure_ascii=True))
        out.write("\n]}\n")


def jsonld_nodes(triples: Iterable[ox.Triple]) -> Iterator[dict[str, Any]]:
    """The subjects of a graph as JSON-LD objects."""
    for subject, said in sorted(index(triples).items()):
        node: dict[str, Any] = {"@id": _short(subject)}
        for predicate, objects in sorted(said.items()):
            if predicate == RDF_TYPE:
                node["@type"] = [_short(term.value) for term in objects]
            else:
                node[_short(predicate)] = [_value(term) for term in objects]
        yield node


def _value(term: Any) -> Any:
    if not isinstance(term, ox.Literal):
        return {"@id": _short(term.value)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = term.datatype.value
    return term.value if datatype == f"{XSD}string" else {"@value": term.value, "@type": _short(datatype)}


def _short(term: str) -> str:
    """An IRI with a prefix of the context where what is left is plain."""
    for prefix, start in PREFIXES.items():
        if term.startswith(start) and (rest := term[len(start) :]) and not rest.startswith("//"):
            return f"{prefix}:{rest}"
    return term
