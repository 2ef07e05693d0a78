"""What is in a store: papers, facts, shared things, links."""

from __future__ import annotations

from dataclasses import dataclass

from graph.namespaces import DATA, LINKS, TG
from graph.query import ask
from graph.stores.answers import Store, Table

CLASSES = """SELECT ?class (COUNT(DISTINCT ?node) AS ?count) WHERE { GRAPH ?g { ?node a ?class }
FILTER(STRSTARTS(STR(?class), "%s")) } GROUP BY ?class"""
TRIPLES = "SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?g { ?s ?p ?o } }"
RULES = "SELECT (COUNT(DISTINCT ?rule) AS ?count) WHERE { GRAPH ?g { ?fact tg:rule ?rule } }"


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of a store; `classes` by the local name of the class, most frequent first."""

    papers: int
    triples: int
    links: int
    rules: int
    classes: dict[str, int]


def statistics(store: Store) -> Statistics:
    """Count what a store holds."""
    found = ask(store, CLASSES % TG, seconds=None)
    counts: dict[str, int] = {}
    for row in found.rows if isinstance(found, Table) else ():
        if row[0] is not None and row[1] is not None:
            counts[row[0].value[len(TG) :]] = int(row[1].value)  # type: ignore[union-attr]
    return Statistics(
        papers=sum(graph.startswith(f"{DATA}paper/") for graph in store.graphs()),
        triples=_count(store, TRIPLES),
        links=_count(store, f"SELECT (COUNT(*) AS ?count) WHERE {{ GRAPH <{LINKS}> {{ ?link a tg:Link }} }}"),
        rules=_count(store, RULES),
        classes=dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))),
    )


def _count(store: Store, query: str) -> int:
    found = ask(store, query, seconds=None)
    return int(found.rows[0][0].value) if isinstance(found, Table) and found.rows else 0  # type: ignore[union-attr]
