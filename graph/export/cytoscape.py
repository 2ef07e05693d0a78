"""Cytoscape JSON: elements of cytoscape.js, every edge with an id, no NaN, no null."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from graph.export.files import append, clean, later
from graph.export.source import Source
from graph.network import Edge, Node

HEAD = '{"format_version": "1.0", "generated_by": "trialgraph", "data": {"name": "trialgraph"}, "elements": {\n"nodes": [\n'


def write(source: Source, path: Path) -> None:
    """Write Cytoscape JSON."""
    counts = {"nodes": 0, "edges": 0}
    with later() as edges, path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEAD)
        for element in source.elements():
            is_node = isinstance(element, Node)
            name = "nodes" if is_node else "edges"
            (out if is_node else edges).write((",\n" if counts[name] else "") + dumps({"data": data(element)}))
            counts[name] += 1
        out.write('\n],\n"edges": [\n')
        append(out, edges)
        out.write("\n]}}\n")


def data(element: Node | Edge) -> dict[str, Any]:
    """The data of an element."""
    if isinstance(element, Node):
        return {"id": element.id, "kind": element.kind, "label": element.label, **element.attributes}
    ends = {"source": element.source, "target": element.target, "interaction": element.kind}
    return {"id": element.id, **ends, **element.attributes}


def dumps(value: Any) -> str:
    """JSON without control characters and without NaN."""
    written = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return written if "\\u" not in written and written.isprintable() else json.dumps(_cleaned(value), allow_nan=False)


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {_cleaned(name): _cleaned(item) for name, item in value.items()}
    return clean(value) if isinstance(value, str) else value
