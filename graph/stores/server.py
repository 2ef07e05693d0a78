"""A store behind a SPARQL 1.1 address: Protocol for questions, Graph Store Protocol or Update for graphs.

Credentials come from TRIALGRAPH_STORE_USER and TRIALGRAPH_STORE_PASSWORD, nowhere else.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithPriorAuth,
    OpenerDirector,
    Request,
    build_opener,
)

import pyoxigraph as ox

from graph.errors import StoreError
from graph.stores.answers import Answer, Graph, plain
from graph.stores.embedded import answer
from graph.stores.syntax import where_wrong
from ontology import regex as re

USER, PASSWORD = "TRIALGRAPH_STORE_USER", "TRIALGRAPH_STORE_PASSWORD"
BATCH = 1000
ATTEMPTS = 4
FIRST_PAUSE = 0.2
TIMEOUT = 120.0
RESULTS_JSON, NTRIPLES = "application/sparql-results+json", "application/n-triples"
# Virtuoso answers an ASK as a SELECT with this one column.
ASKED = "__ASK_RETVAL"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a server answers under the address it is known by; no `store`: graphs are written by Update."""

    query: str
    update: str
    store: str | None


# A query that gives triples, behind its prologue; servers differ in what they send to one who takes both.
GIVES_TRIPLES = re.compile(
    r"\s*(?:(?:PREFIX\s+[^\s:]*:\s*<[^<>]*>|BASE\s*<[^<>]*>)\s*)*(?:CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)
COMMENT = re.compile(r"^\s*#[^\n]*$", re.MULTILINE)
# By the end of the address: Oxigraph and Fuseki, Virtuoso, and RDF4J or GraphDB repositories.
LAYOUTS = {
    "/query": Layout("/query", "/update", "/store"),
    "/sparql": Layout("/sparql", "/sparql", None),
    "/sparql-auth": Layout("/sparql-auth", "/sparql-auth", None),
    "": Layout("/query", "/update", "/store"),
}
RDF4J = Layout("", "/statements", "/rdf-graphs/service")


class Server:
    """A store behind an address; every call is tried again where a server is busy or starts."""

    def __init__(self, address: str, *, timeout: float = TIMEOUT, pause: float = FIRST_PAUSE) -> None:
        self.address = address.rstrip("/")
        self.timeout = timeout
        self.pause = pause
        base, layout = layout_of(self.address)
        self.query_url, self.update_url = base + layout.query, base + layout.update
        self.store_url = base + layout.store if layout.store is not None else None
        self.opener = _opener(base)

    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs that hold something, sorted; a server's own graphs are left out."""
        found = self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return tuple(sorted(row[0].value for row in found.rows if isinstance(row[0], ox.NamedNode)))  # type: ignore[union-attr]

    def replace(self, graphs: Iterable[Graph]) -> None:
        """Each graph in one step: PUT, or loaded beside its place and moved."""
        for graph in graphs:
            if self.store_url:
                self._send(f"{self.store_url}?graph={quote(graph.iri, safe='')}", graph.triples, NTRIPLES, "PUT")
            else:
                self._move_in(graph)

    def insert(self, graph: Graph) -> None:
        """Add triples to a graph, in batches."""
        self._insert(graph.iri, graph.triples)

    def settle(self) -> None:
        """A server keeps its own order."""

    def drop(self, graphs: Iterable[str]) -> None:
        """Remove graphs."""
        for graph in graphs:
            self._update(f"DROP SILENT GRAPH <{graph}>")

    def query(self, sparql: str) -> Answer:
        """The answer of a query, asked by POST."""
        form = urlencode({"query": sparql} | union_of(self.query_url)).encode()
        gives_triples = GIVES_TRIPLES.match(COMMENT.sub("", sparql)) is not None
        accept = NTRIPLES if gives_triples else RESULTS_JSON
        body, _ = self._send(self.query_url, form, "application/x-www-form-urlencoded", "POST", accept)
        if not gives_triples:
            return asked(answer(ox.parse_query_results(body, ox.QueryResultsFormat.JSON)))
        return tuple(quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES, lenient=True))

    def triples(self, graph: str) -> Iterator[ox.Triple]:
        """The triples of a named graph."""
        found = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        yield from found  # type: ignore[misc]

    def ntriples(self, graph: str) -> bytes:
        """The triples of a named graph as N-Triples."""
        return ox.serialize(self.triples(graph), format=ox.RdfFormat.N_TRIPLES) or b""

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad, graph after graph."""
        for graph in self.graphs():
            for triple in self.triples(graph):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(graph))

    def close(self) -> None:
        """Nothing is held open."""

    def _move_in(self, graph: Graph) -> None:
        beside = f"{graph.iri}#loading"
        self._update(f"DROP SILENT GRAPH <{beside}>")
        self._insert(beside, graph.triples)
        self._update(f"MOVE GRAPH <{beside}> TO <{graph.iri}>")

    def _insert(self, name: str, triples: bytes) -> None:
        lines = triples.decode("utf-8").split("\n")
        for start in range(0, len(lines), BATCH):
            block = "\n".join(lines[start : start + BATCH])
            self._update(f"INSERT DATA {{ GRAPH <{name}> {{\n{block}\n}} }}")

    def _update(self, sparql: str) -> None:
        self._send(self.update_url, urlencode({"update": sparql}).encode(), "application/x-www-form-urlencoded", "POST")

    def _send(self, url: str, body: bytes, kind: str, method: str, accept: str = "*/*") -> tuple[bytes, str]:
        """One call, tried again after growing pauses where it may help."""
        request = Request(url, body, {"Content-Type": kind, "Accept": accept}, method=method)  # noqa: S310
        problem: Exception | None = None
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(self.pause * 2 ** (attempt - 1))
            try:
                with self.opener.open(request, timeout=self.timeout) as response:
                    return response.read(), response.headers.get("Content-Type", "")
            except HTTPError as error:
                with error:
                    problem = refused(self.address, error)
                if error.code < 500 and error.code != 429:
                    raise problem from error
            except (URLError, HTTPException, OSError) as error:
                problem = error
        raise unreached(self.address, problem)


def layout_of(address: str) -> tuple[str, Layout]:
    """The base of an address and what lies under it."""
    if "/repositories/" in address:
        return address, RDF4J
    ending = next(end for end in LAYOUTS if address.endswith(end))
    return address.removesuffix(ending), LAYOUTS[ending]


def union_of(url: str) -> dict[str, str]:
    """The parameter by which Oxigraph's server takes all graphs as the default graph."""
    return {"union-default-graph": "true"} if url.endswith("/query") else {}


def asked(found: Answer) -> Answer:
    """An ASK that came back as a table is its truth."""
    columns = getattr(found, "columns", None)
    if columns != (ASKED,):
        return found
    rows = found.rows  # type: ignore[union-attr]
    return bool(rows) and plain(rows[0][0]) not in ("0", "false")


def refused(address: str, error: HTTPError) -> Exception:
    """What a server does not accept: a wrong query, or a call without the right."""
    said = error.read().decode("utf-8", "replace")
    if error.code == 400:
        return where_wrong(said)
    hint = f"; set {USER} and {PASSWORD}" if error.code in (401, 403) else ""
    return StoreError(f"{address}: {error.code} {error.reason}{hint}: {' '.join(said.split())[:200]}".rstrip(": "))


def unreached(address: str, problem: Exception | None) -> StoreError:
    """A server that never answered well."""
    reason = getattr(problem, "reason", problem)
    return StoreError(f"{address}: no answer after {ATTEMPTS} attempts: {reason}; is the server running?")


class _Digest(HTTPDigestAuthHandler):
    """Digest authentication that closes the refused answer before it asks again."""

    def http_error_401(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any) -> Any:
        """Ask again with the digest."""
        with fp:
            return super().http_error_401(req, fp, code, msg, headers)


class _Basic(HTTPBasicAuthHandler):
    """Basic authentication that closes the refused answer before it asks again."""

    def http_error_401(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any) -> Any:
        """Ask again with the password."""
        with fp:
            return super().http_error_401(req, fp, code, msg, headers)


def _opener(base: str) -> OpenerDirector:
    user = os.environ.get(USER)
    if not user:
        return build_opener()
    passwords = HTTPPasswordMgrWithPriorAuth()
    parts = urlsplit(base)
    passwords.add_password(None, f"{parts.scheme}://{parts.netloc}/", user, os.environ.get(PASSWORD, ""))
    return build_opener(_Digest(passwords), _Basic(passwords))
