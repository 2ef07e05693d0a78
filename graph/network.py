"""The graph as a property graph: nodes and edges with flat attributes, streamed paper by paper, and NetworkX views.

Values that mean nothing alone (intervals, schedules, authors) become attributes of their owner; the machinery of
provenance becomes the places of a fact. Attribute names are safe for every format (no `id`, `start`, `end`, `type`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.fields import DATATYPES, FieldShape, models, shapes_of, value_models
from graph.identity import digest
from graph.namespaces import LINKS, PREFIXES, TG, shorten
from graph.stores.answers import Store, Table
from ontology import regex as re
from ontology.record import TrialRecord

if TYPE_CHECKING:
    import networkx

Value = str | int | float | bool
# Names that some format takes for its own.
RESERVED = frozenset(
    "id start end pid parents type viz label kind source target for spells weight key xpos ypos graph".split()
)
RDF_TYPE = f"{PREFIXES['rdf']}type"
HIDDEN = (PREFIXES["oa"], PREFIXES["prov"], PREFIXES["rdf"])
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
LABELS = (f"{PREFIXES['skos']}prefLabel", f"{PREFIXES['rdfs']}label")
# What a fact is called in a picture: the first fields that it has.
TITLES = ("name", "term", "endpoint", "label", "variable", "drug", "kind", "title", "number", "acronym", "numbers")
MATCHES = (f"{PREFIXES['skos']}exactMatch", f"{PREFIXES['skos']}closeMatch")
TYPES: dict[str, type] = {"string": str, "integer": int, "decimal": float, "boolean": bool}


# A line of N-Triples, without the machinery of places and runs: what is not seen costs nothing.
TRIPLE = re.compile(
    r"^(?!<[^>]*/place/)<([^>]*)> <(?!http://www\.w3\.org/ns/(?:oa|prov)#)([^>]*)> "
    r'(?:<([^>]*)>|"([^"\\]*(?:\\.[^"\\]*)*)"(?:\^\^<[^>]*#([^>]*)>|@[\w-]+)?) \.$',
    re.MULTILINE,
)
ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class Text(NamedTuple):
    """A literal: its text and the local name of its datatype."""

    value: str
    datatype: str


# Subject to predicate to objects: an IRI as text, or a literal.
Said = Mapping[str, Mapping[str, list[str | Text]]]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: `id` is its IRI, `kind` its class."""

    id: str
    kind: str
    label: str
    attributes: dict[str, Value] = field(default_factory=dict)

    def __reduce__(
        self,
    ) -> tuple[type[Node], tuple[Any, ...]]:  # what a frozen dataclass does itself takes ten times as long
        return Node, (self.id, self.kind, self.label, self.attributes)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation; `id` tells parallel edges apart."""

    id: str
    source: str
    target: str
    kind: str
    attributes: dict[str, Value] = field(default_factory=dict)

    def __reduce__(self) -> tuple[type[Edge], tuple[Any, ...]]:
        return Edge, (self.id, self.source, self.target, self.kind, self.attributes)


def elements(store: Store) -> Iterator[Node | Edge]:
    """Every node and edge once, paper by paper; the ends of an edge are always nodes too."""
    seen: set[str] = set()
    ends: set[str] = set()
    for graph in store.graphs():
        for element in graph_elements(read(store.ntriples(graph)), graph):
            if isinstance(element, Edge):
                ends.update((element.source, element.target))
            elif element.id in seen:
                continue
            else:
                seen.add(element.id)
            yield element
    for lost in sorted(ends - seen):
        yield Node(lost, "Thing", shorten(lost))


def read(ntriples: bytes) -> Said:
    """The triples of a graph by subject and predicate; those of the machinery are left out."""
    found: dict[str, dict[str, list[str | Text]]] = {}
    for subject, predicate, node, text, datatype in TRIPLE.findall(ntriples.decode("utf-8")):
        value = node or Text(unescaped(text) if "\\" in text else text, datatype or "string")
        found.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return found


def unescaped(text: str) -> str:
    """The text of an N-Triples literal."""
    return ESCAPED.sub(lambda hit: SHORT.get(hit[3], hit[3]) if hit[3] else chr(int(hit[1] or hit[2], 16)), text)


def graph_elements(said: Said, graph: str) -> Iterator[Node | Edge]:
    """The nodes, then the edges of one named graph."""
    kinds = {node: kind for node, facts in said.items() if (kind := kind_of(facts))}
    for node, kind in kinds.items():
        yield Node(node, kind, label_of(node, said[node]), attributes_of(said, node))
    for node in kinds:
        yield from _edges(said, node, kinds, graph)


def kind_of(facts: Mapping[str, list[str | Text]]) -> str | None:
    """The class by which a subject is shown; none for values and for the machinery."""
    for term in facts.get(RDF_TYPE, ()):
        if isinstance(term, str) and term.startswith(TG) and (kind := term[len(TG) :]) not in hidden_classes():
            return kind
    return None


def plain(term: str | Text) -> str:
    """An IRI, or the text of a literal."""
    return term.value if isinstance(term, Text) else term


@cache
def hidden_classes() -> frozenset[str]:
    """Classes that are no nodes of their own."""
    return frozenset(model.__name__ for model in value_models()) | {"Run", "CellSelector", "Link"}


def label_of(node: str, facts: Mapping[str, list[str | Text]]) -> str:
    """What a node is called."""
    for predicate in (*LABELS, *(f"{TG}{name}" for name in TITLES)):
        if found := facts.get(predicate):
            return plain(found[0])
    return shorten(node).rsplit("/", 1)[-1]


def attributes_of(said: Said, node: str, prefix: str = "") -> dict[str, Value]:
    """The plain values of a node and of the values under it; several values of one name are joined by "; "."""
    found: dict[str, Value] = {}
    for predicate, objects in said.get(node, {}).items():
        if predicate in MATCHES:
            found[snake(predicate.rsplit("#", 1)[-1])] = "; ".join(sorted(shorten(plain(term)) for term in objects))
        if not predicate.startswith(TG) or predicate == f"{TG}form":
            continue
        name = snake(predicate[len(TG) :])
        if isinstance(objects[0], Text):
            _put(found, prefix + name, objects)
        else:
            _put_values(found, said, prefix + name.removeprefix("has_"), objects)
    if not prefix and (places := found.get("places")):
        first, _, last = str(places).split(" ", 1)[0].partition("-")
        found |= {"char_start": int(first), "char_end": int(last)}
    return found


def _put(found: dict[str, Value], name: str, objects: list[str | Text]) -> None:
    safe = f"stated_{name}" if name in RESERVED else name
    kind = columns().get(safe, str)
    if len(objects) > 1:
        found[safe] = "; ".join(sorted(map(plain, objects)))
        return
    text, datatype = plain(objects[0]), getattr(objects[0], "datatype", "string")
    if kind is str or TYPES.get(datatype, str) is str:
        found[safe if kind is str else f"{safe}_text"] = text
    else:
        found[safe] = text == "true" if kind is bool else kind(text)


def _put_values(found: dict[str, Value], said: Said, name: str, objects: list[str | Text]) -> None:
    """Values with fields of their own: one as attributes with its name before, several as text."""
    owned = [node for node in map(plain, objects) if node in said and kind_of(said[node]) is None]
    if len(owned) == 1 and not owned[0].rsplit("/", 1)[-1].isdigit():
        found |= attributes_of(said, owned[0], f"{name}_")
    elif owned:
        ordered = sorted(owned, key=lambda node: int(node.rsplit("/", 1)[-1]))
        found[name] = "; ".join(" ".join(map(str, _inner(said, node))) for node in ordered)


def _inner(said: Said, node: str) -> list[str]:
    skip = (f"{TG}position", f"{TG}form")
    return [
        term.value
        for predicate, objects in sorted(said[node].items())
        for term in objects
        if isinstance(term, Text) and predicate not in skip
    ]


def _edges(said: Said, node: str, kinds: Mapping[str, str], graph: str) -> Iterator[Edge]:
    for predicate, objects in said[node].items():
        if predicate.startswith(HIDDEN) or predicate in MATCHES:
            continue
        for term in objects:
            if isinstance(term, str) and (term in kinds or graph == LINKS):
                yield Edge(digest(graph, node, predicate, term), node, term, shorten(predicate), {"graph": graph})


@cache
def snake(name: str) -> str:
    """A predicate's name as an attribute's: `notReached` is `not_reached`."""
    return CAMEL.sub("_", name).lower()


@cache
def columns() -> dict[str, type]:
    """Every attribute to its one type, out of the record types; text is what is not here."""
    found: dict[str, type] = {"char_start": int, "char_end": int, "position": int}
    for model in models():
        if model is TrialRecord or model not in value_models():
            for name, shape in _flat(model, ""):
                safe = f"stated_{name}" if name in RESERVED else name
                wanted = _column_type(shape)
                found[safe] = wanted if found.get(safe, wanted) is wanted else _wider(found[safe], wanted)
    return {name: kind for name, kind in found.items() if kind is not str}


def _flat(model: Any, prefix: str) -> Iterator[tuple[str, FieldShape]]:
    for shape in shapes_of(model):
        if shape.model in value_models() and not shape.many:
            yield from _flat(shape.model, f"{prefix}{shape.alias}_")
        elif shape.model is None:
            yield f"{prefix}{shape.alias}", shape


def _column_type(shape: FieldShape) -> type:
    kinds = [TYPES[DATATYPES[datatype]] for datatype in shape.datatypes]
    return str if shape.many else next((kind for kind in kinds if kind is not str), str)


def _wider(one: type, other: type) -> type:
    return float if {one, other} == {int, float} else str


def network(store: Store) -> networkx.MultiDiGraph[str]:
    """The whole store as a typed MultiDiGraph; edge keys are their ids."""
    return to_networkx(elements(store))


def to_networkx(found: Iterable[Node | Edge]) -> networkx.MultiDiGraph[str]:
    """Nodes and edges as a MultiDiGraph with `kind`, `label` and flat attributes."""
    import networkx as nx

    graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    for element in found:
        if isinstance(element, Node):
            graph.add_node(element.id, kind=element.kind, label=element.label, **element.attributes)
        else:
            graph.add_edge(element.source, element.target, key=element.id, kind=element.kind, **element.attributes)
    return graph


# Projections: for each the query of its pairs; every row is an edge from the first to the second name.
PROJECTIONS = {
    "drug-condition-endpoint": """SELECT ?from ?from_kind ?to ?to_kind ?paper WHERE { GRAPH ?g {
        ?record tg:hasDocument/tg:id ?paper .
        { ?record tg:hasResults ?fact . ?fact tg:ofRegimen/tg:ofDrug/skos:prefLabel ?from ; tg:ofEndpoint/skos:prefLabel ?to .
          BIND("drug" AS ?from_kind) BIND("endpoint" AS ?to_kind) }
        UNION { ?record tg:hasDrugs ?drug ; tg:hasConditions ?state . ?drug tg:role ?role ; tg:ofDrug/skos:prefLabel ?from .
          FILTER(?role != "mentioned") ?state tg:ofCondition/skos:prefLabel ?to .
          BIND("drug" AS ?from_kind) BIND("condition" AS ?to_kind) } } }""",
    "paper-cites-paper": """SELECT ?from ?from_kind ?to ?to_kind ?paper WHERE { GRAPH ?g {
        ?record tg:describes ?citing ; tg:hasDocument/tg:id ?paper . ?citing cito:cites ?cited .
        BIND(STR(?citing) AS ?from) BIND(STR(?cited) AS ?to) BIND("work" AS ?from_kind) BIND("work" AS ?to_kind) } }""",
    "drug-event": """SELECT ?from ?from_kind ?to ?to_kind ?paper WHERE { GRAPH ?g {
        ?fact a tg:AdverseEvent ; tg:ofEvent/skos:prefLabel ?to ; tg:ofRegimen/tg:ofDrug/skos:prefLabel ?from .
        ?record tg:hasAdverseEvents ?fact ; tg:hasDocument/tg:id ?paper .
        BIND("drug" AS ?from_kind) BIND("event" AS ?to_kind) } }""",
}


def projection(store: Store, name: str) -> networkx.DiGraph[str]:
    """A projection: an edge's `weight` counts facts, `papers` the papers that say it."""
    import networkx as nx

    from graph.query import ask

    found = ask(store, PROJECTIONS[name])
    graph: networkx.DiGraph[str] = nx.DiGraph()
    for row in found.records() if isinstance(found, Table) else ():
        source, target = str(row["from"]), str(row["to"])
        graph.add_node(source, kind=row["from_kind"])
        graph.add_node(target, kind=row["to_kind"])
        held = graph.get_edge_data(source, target) or {"weight": 0, "names": set()}
        names = held["names"] | {row["paper"]}
        graph.add_edge(source, target, weight=held["weight"] + 1, names=names, papers=len(names))
    for _, _, held in graph.edges(data=True):
        held.pop("names")
    return graph
