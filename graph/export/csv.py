"""Two tables, nodes.csv and edges.csv: a column an attribute, a row a node or an edge (RFC 4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from graph.export.files import clean
from graph.export.source import Source
from graph.network import Edge, Node, Value


def write(source: Source, path: Path) -> None:
    """Write both tables into a folder; the columns are those that some row fills."""
    names: dict[type, set[str]] = {Node: set(), Edge: set()}
    for element in source.elements():
        names[type(element)].update(element.attributes)
    nodes, edges = sorted(names[Node]), sorted(names[Edge])
    with (
        (path / "nodes.csv").open("w", encoding="utf-8", newline="") as node_file,
        (path / "edges.csv").open("w", encoding="utf-8", newline="") as edge_file,
    ):
        node_rows, edge_rows = csv.writer(node_file), csv.writer(edge_file)
        node_rows.writerow(("id", "kind", "label", *nodes))
        edge_rows.writerow(("id", "source", "target", "kind", *edges))
        for element in source.elements():
            if isinstance(element, Node):
                node_rows.writerow(row((element.id, element.kind, element.label), element.attributes, nodes))
            else:
                ends = (element.id, element.source, element.target, element.kind)
                edge_rows.writerow(row(ends, element.attributes, edges))


def row(first: Iterable[str], attributes: dict[str, Value], names: list[str]) -> list[Value]:
    """A row; an attribute that is not there is an empty cell."""
    values = (attributes.get(name, "") for name in names)
    return [clean(value) if isinstance(value, str) else _truth(value) for value in (*first, *values)]


def _truth(value: Value) -> Value:
    return str(value).lower() if isinstance(value, bool) else value
