"""Two tables, nodes.csv and edges.csv: a column an attribute, a row a node or an edge (RFC 4180)."""

from __future__ import annotations

import csv
from pathlib import Path

from graph.export.files import cells, clean
from graph.export.source import Source, attribute_columns
from graph.network import Node, Value


def write(source: Source, path: Path) -> None:
    """Write both tables into a folder; the columns are those that some row fills."""
    nodes, edges = attribute_columns(source)
    with (
        (path / "nodes.csv").open("w", encoding="utf-8", newline="") as node_file,
        (path / "edges.csv").open("w", encoding="utf-8", newline="") as edge_file,
    ):
        node_rows, edge_rows = csv.writer(node_file), csv.writer(edge_file)
        node_rows.writerow(("id", "kind", "label", *nodes))
        edge_rows.writerow(("id", "source", "target", "kind", *edges))
        for element in source.elements():
            if isinstance(element, Node):
                own = (element.id, element.kind, element.label)
                node_rows.writerow([*map(_text, own), *cells(element.attributes, nodes, _text)])
            else:
                ends = (element.id, element.source, element.target, element.kind)
                edge_rows.writerow([*map(_text, ends), *cells(element.attributes, edges, _text)])


def _text(value: Value) -> str:
    if isinstance(value, str):
        return clean(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
