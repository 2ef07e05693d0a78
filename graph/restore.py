"""Records out of RDF: the graph of a paper read back into the TrialRecord it was made from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import pyoxigraph
from pydantic import BaseModel, ValidationError

from graph.errors import StoreError
from graph.fields import FieldShape, shapes_of
from graph.namespaces import PREFIXES, TG
from graph.rdf import place_name
from ontology import regex as re
from ontology.record import Described, Evidence, Fact, TrialRecord

RDF_TYPE = f"{PREFIXES['rdf']}type"
OA, DERIVED = PREFIXES["oa"], f"{PREFIXES['prov']}wasDerivedFrom"
XSD = PREFIXES["xsd"]
READERS: dict[str, Callable[[str], Any]] = {
    f"{XSD}integer": int,
    f"{XSD}decimal": Decimal,
    f"{XSD}boolean": lambda text: text in ("true", "1"),
}

# Subject to predicate to objects; IRIs without brackets.
Index = Mapping[str, Mapping[str, list[Any]]]


def index(triples: Iterable[Any]) -> Index:
    """The triples (or quads) of a graph by subject and predicate."""
    found: dict[str, dict[str, list[Any]]] = {}
    for triple in triples:
        found.setdefault(triple.subject.value, {}).setdefault(triple.predicate.value, []).append(triple.object)
    return found


def from_nquads(data: bytes) -> TrialRecord:
    """The record of what `graph.rdf.nquads` wrote."""
    return to_record(index(pyoxigraph.parse(data, pyoxigraph.RdfFormat.N_QUADS)))


def to_record(graph: Index) -> TrialRecord:
    """The record that a paper's graph states; StoreError where it states none."""
    roots = [node for node, said in graph.items() if _is_a(said, TrialRecord)]
    if len(roots) != 1:
        raise StoreError(f"{len(roots)} records in one graph; it is not a paper's graph")
    try:
        return TrialRecord.model_validate(_node(graph, roots[0], TrialRecord))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise StoreError(f"{roots[0]}: {place}: {first['msg'].lower()}; load the paper again") from error


def _is_a(said: Mapping[str, list[Any]], model: type[BaseModel]) -> bool:
    return any(kind.value == f"{TG}{model.__name__}" for kind in said.get(RDF_TYPE, ()))


def _node(graph: Index, node: str, model: type[BaseModel]) -> dict[str, Any]:
    said = graph.get(node, {})
    form = _form(said)
    values: dict[str, Any] = {}
    for shape in shapes_of(model):
        if objects := said.get(shape.predicate[1:-1]):
            values[shape.alias] = _value(graph, shape, objects, form.get(shape.alias))
    if issubclass(model, Fact):
        values["evidence"] = _ordered(_places(graph, said.get(DERIVED, ())), form.get("evidence"))
    if issubclass(model, Described):
        values |= _statements(graph, node, [shape.name for shape in shapes_of(model)])
    return values


def _form(said: Mapping[str, list[Any]]) -> dict[str, Any]:
    written = said.get(f"{TG}form")
    return json.loads(written[0].value) if written else {}


def _value(graph: Index, shape: FieldShape, objects: list[Any], form: Any) -> Any:
    if shape.model and shape.many:
        nodes = sorted((item.value for item in objects), key=lambda node: _position(graph, node))
        return [_node(graph, node, shape.model) for node in nodes]
    if shape.model:
        return _node(graph, objects[0].value, shape.model)
    plain = [_plain(item) for item in objects]
    if shape.many:
        return _ordered(sorted(plain), form)
    return Decimal(form) if form is not None else plain[0]


def _position(graph: Index, node: str) -> int:
    placed = graph.get(node, {}).get(f"{TG}position")
    return int(placed[0].value) if placed else 0


def _plain(item: Any) -> Any:
    return READERS.get(item.datatype.value, str)(item.value)


def _ordered(values: list[Any], order: list[int] | None) -> list[Any]:
    return values if order is None else [values[place] for place in order]


def _places(graph: Index, targets: Iterable[Any]) -> list[dict[str, Any]]:
    """The places of some annotation targets, in the order of the text."""
    places = [_place(graph, target.value) for target in targets if f"{OA}hasSelector" in graph.get(target.value, {})]
    return sorted(places, key=_place_order)


def _place_order(place: dict[str, Any]) -> tuple[Any, ...]:
    cell = (-1 if place.get(name) is None else place[name] for name in ("row", "column"))
    name = place_name(Evidence.model_validate(place))
    return (place["start"], place["end"], place.get("section") or "", place.get("table") or "", *cell, name)


def _place(graph: Index, node: str) -> dict[str, Any]:
    said = graph[node]
    place: dict[str, Any] = {}
    if section := said.get(f"{TG}section"):
        place["section"] = section[0].value
    for selector in said[f"{OA}hasSelector"]:
        parts = graph.get(selector.value, {})
        for name, predicate in (("start", f"{OA}start"), ("end", f"{OA}end"), *CELL):
            if predicate in parts:
                place[name] = _plain(parts[predicate][0])
        for fragment in parts.get(f"{PREFIXES['rdf']}value", ()):
            place["boxes"] = [_box(match) for match in BOX.finditer(fragment.value)]
    return place


def _box(match: re.Match[str]) -> dict[str, float]:
    return {name: float(value) for name, value in match.groupdict().items()}


BOX = re.compile(r"page=(?P<page>\d+)&highlight=(?P<left>[^,]+),(?P<right>[^,]+),(?P<top>[^,]+),(?P<bottom>[^&]+)")
CELL = tuple((name, f"{TG}{name}") for name in ("table", "row", "column"))


def _statements(graph: Index, node: str, names: list[str]) -> dict[str, Any]:
    """The evidence and the rules of the paper's or the trial's fields, in the order of the fields."""
    evidence: dict[str, Any] = {}
    rules: dict[str, Any] = {}
    for said in graph.values():
        if f"{TG}field" not in said or said[f"{OA}hasBody"][0].value != node:
            continue
        name, form = said[f"{TG}field"][0].value, _form(said)
        targets = said.get(f"{OA}hasTarget", ())
        if targets or form.get("evidence") == []:
            evidence[name] = _ordered(_places(graph, targets), form.get("evidence") or None)
        if rule := said.get(f"{TG}rule"):
            rules[name] = rule[0].value
    order = {name: place for place, name in enumerate(names)}
    return {
        key: dict(sorted(found.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))
        for key, found in (("evidence", evidence), ("rules", rules))
    }
