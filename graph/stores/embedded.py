"""The embedded store: pyoxigraph, in memory or in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from graph.errors import StoreError, WrongQuery
from graph.stores.answers import Answer, Graph, table
from graph.stores.syntax import where_wrong


class Embedded:
    """A store of this process; one process at a time may write in a folder."""

    def __init__(self, path: Path | None = None, *, write: bool = True) -> None:
        self.path = path
        self.write = write and path is not None
        self.store: ox.Store | None = _open(path, write=write)

    @property
    def _store(self) -> ox.Store:
        if self.store is None:
            raise StoreError(f"{self.path or 'memory'}: the store is closed")
        return self.store

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        return tuple(sorted(name.value for name in self._store.named_graphs() if isinstance(name, ox.NamedNode)))

    def replace(self, graphs: Iterable[Graph]) -> None:
        """New graphs go in by bulk; one that is there is changed in one transaction, or not at all."""
        new: list[Graph] = []
        waiting: set[str] = set()
        for graph in graphs:
            if graph.iri not in waiting and not self._store.contains_named_graph(ox.NamedNode(graph.iri)):
                waiting.add(graph.iri)
                new.append(graph)
            else:
                self._bulk(new)
                new.clear()
                self._exchange(graph)
        self._bulk(new)

    def drop(self, graphs: Iterable[str]) -> None:
        """Remove graphs."""
        for graph in graphs:
            self._store.remove_graph(ox.NamedNode(graph))

    def query(self, sparql: str) -> Answer:
        """The answer of a query."""
        try:
            found = self._store.query(sparql, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise where_wrong(str(error)) from error
        except ValueError as error:
            raise WrongQuery(str(error)) from error
        return answer(found)

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """The triples of a named graph."""
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            yield quad.triple

    def ntriples(self, graph: str) -> bytes:
        """The triples of a named graph as N-Triples."""
        return bytes(self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph)) or b"")

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad, graph after graph."""
        for graph in self.graphs():
            yield from self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph))

    def close(self) -> None:
        """Write what is in memory and let go of the folder."""
        if self.store is not None and self.write:
            self.store.flush()
        self.store = None

    def insert(self, graph: Graph) -> None:
        """Add triples to a graph in one transaction."""
        self._store.extend(ox.parse(graph.nquads(), ox.RdfFormat.N_QUADS))

    def settle(self) -> None:
        """Sort the files of the store."""
        if self.write:
            self._store.flush()
            self._store.optimize()

    def _bulk(self, graphs: list[Graph]) -> None:
        if graphs:
            data = b"".join(graph.nquads() for graph in graphs)
            self._store.bulk_load(data, ox.RdfFormat.N_QUADS)

    def _exchange(self, graph: Graph) -> None:
        old = set(self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph.iri)))
        new = set(ox.parse(graph.nquads(), ox.RdfFormat.N_QUADS))
        if old == new:
            return
        triples = graph.triples.decode("utf-8")
        self._store.update(f"DROP SILENT GRAPH <{graph.iri}> ; INSERT DATA {{ GRAPH <{graph.iri}> {{\n{triples}}} }}")


def answer(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    """An answer that is read to its end."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return tuple(found)
    columns = [variable.value for variable in found.variables]
    try:
        return table(columns, ([row[name] for name in columns] for row in found))
    except RuntimeError as error:
        raise WrongQuery(str(error)) from error


def _open(path: Path | None, *, write: bool) -> ox.Store:
    if path is None:
        return ox.Store()
    try:
        if write:
            path.mkdir(parents=True, exist_ok=True)
            return ox.Store(str(path))
        return ox.Store.read_only(str(path))
    except OSError as error:
        reason = "another process writes in it" if "lock" in str(error).lower() else " ".join(str(error).split())
        raise StoreError(f"{path}: the store cannot be opened: {reason}") from error
