"""One self-contained HTML page: an overview that can be moved, searched and read, without any outside request."""

from __future__ import annotations

import html
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from graph.export.colours import colour_of
from graph.export.files import clean
from graph.export.overview import overview
from graph.export.source import Source
from graph.network import Edge, Node
from ontology import regex as re

LIMIT = 600
ITERATIONS = 40
SEED = 7
HOLE = re.compile(r"\{\{(\w+)\}\}")


def write(source: Source, path: Path) -> None:
    """Write the page."""
    nodes, edges, total = overview(source.elements(), LIMIT)
    path.write_text(page(nodes, edges, total), encoding="utf-8")


def page(nodes: list[Node], edges: list[Edge], total: int) -> str:
    """The page of some nodes and edges, of `total` nodes that there are."""
    data = {"nodes": _nodes(nodes, edges), "edges": _edges(nodes, edges)}
    shown = f"{len(nodes)} of {total} nodes, the best connected" if len(nodes) < total else f"{total} nodes"
    parts = {
        "style": _asset("network.css"),
        "script": _asset("network.js"),
        "data": script_json(data),
        "count": html.escape(f"{shown}, {len(edges)} relations"),
    }
    return HOLE.sub(lambda hole: parts[hole[1]], _asset("network.html"))


def script_json(data: Any) -> str:
    """JSON that can stand inside a script element, whatever is in it."""
    written = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return written


def _asset(name: str) -> str:
    return files("graph").joinpath("assets", name).read_text(encoding="utf-8")


def _nodes(nodes: list[Node], edges: list[Edge]) -> list[dict[str, Any]]:
    places = layout(nodes, edges)
    degrees: dict[str, int] = {}
    for edge in edges:
        for end in (edge.source, edge.target):
            degrees[end] = degrees.get(end, 0) + 1
    return [
        {
            "id": node.id,
            "label": clean(node.label),
            "kind": node.kind,
            "colour": colour_of(node.kind),
            "x": round(places[node.id][0], 4),
            "y": round(places[node.id][1], 4),
            "degree": degrees.get(node.id, 0),
            "attributes": {name: _shown(value) for name, value in node.attributes.items()},
        }
        for node in nodes
    ]


def _edges(nodes: list[Node], edges: list[Edge]) -> list[list[Any]]:
    number = {node.id: place for place, node in enumerate(nodes)}
    return [[number[edge.source], number[edge.target], edge.kind, edge.attributes["facts"]] for edge in edges]


def _shown(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def layout(nodes: list[Node], edges: list[Edge]) -> dict[str, tuple[float, float]]:
    """Where the nodes stand: springs, the same every time."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(node.id for node in nodes)
    graph.add_edges_from((edge.source, edge.target) for edge in edges)
    if not graph:
        return {}
    distance = 3.0 / max(1, len(nodes)) ** 0.5
    found = nx.spring_layout(graph, k=distance, iterations=ITERATIONS, seed=SEED)
    return {node: (float(place[0]), float(place[1])) for node, place in found.items()}
