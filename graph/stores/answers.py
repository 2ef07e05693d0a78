"""What a store takes and gives: graphs of triples in, tables, truths and triples out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph.namespaces import shorten

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph on its way into a store: its IRI and its triples as N-Triples, one a line."""

    iri: str
    triples: bytes

    def nquads(self) -> bytes:
        """The triples as N-Quads. Line breaks never stand inside a literal, so a line's end is its last characters."""
        return self.triples.replace(b" .\n", f" <{self.iri}> .\n".encode())


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a SELECT."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def records(self) -> Iterator[dict[str, str | None]]:
        """The rows as dictionaries of plain text."""
        for row in self.rows:
            yield {name: plain(term) for name, term in zip(self.columns, row, strict=True)}


# A SELECT gives a table, an ASK a truth, CONSTRUCT and DESCRIBE give triples.
Answer = Table | bool | tuple[Triple, ...]


class Store(Protocol):
    """Named graphs that can be replaced whole, asked and read."""

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""

    def replace(self, graphs: Iterable[Graph]) -> None:
        """Put each graph in the place of the one of its name; the others stay untouched."""

    def insert(self, graph: Graph) -> None:
        """Add triples to a graph; what it holds stays."""

    def drop(self, graphs: Iterable[str]) -> None:
        """Remove graphs."""

    def settle(self) -> None:
        """Put what was loaded in order, so that questions are answered fast."""

    def query(self, sparql: str) -> Answer:
        """The answer of a SPARQL 1.1 query; the default graph is the union of all graphs."""

    def triples(self, graph: str) -> Iterator[Triple]:
        """The triples of a named graph."""

    def ntriples(self, graph: str) -> bytes:
        """The triples of a named graph as N-Triples with one blank between terms."""

    def quads(self) -> Iterator[Quad]:
        """Every quad, graph after graph."""

    def close(self) -> None:
        """Let go of files and connections."""


def plain(term: Term | None) -> str | None:
    """A term as text for a person: IRIs with their prefix, literals without their type."""
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return shorten(term.value)
    return str(term) if isinstance(term, Triple) else term.value


def table(columns: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> Table:
    """A table of rows."""
    return Table(tuple(columns), tuple(tuple(row) for row in rows))
