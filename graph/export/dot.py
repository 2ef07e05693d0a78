"""DOT: Graphviz, with short names for nodes, wrapped labels and a colour a kind."""

from __future__ import annotations

import textwrap
from pathlib import Path

from graph.export.colours import colour_of
from graph.export.files import append, clean, later
from graph.export.source import Source
from graph.network import Node

WIDTH = 28
LONGEST = 80


def write(source: Source, path: Path) -> None:
    """Write DOT."""
    names: dict[str, str] = {}
    with later() as edges, path.open("w", encoding="utf-8", newline="\n") as out:
        out.write('digraph trialgraph {\nnode [shape=box, style="rounded,filled", fontname="sans-serif"];\n')
        for element in source.elements():
            if isinstance(element, Node):
                name = names.setdefault(element.id, f"n{len(names)}")
                out.write(f"{name} [label={quoted(wrapped(element.label))}, {_style(element)}];\n")
            else:
                ends = (names.setdefault(end, f"n{len(names)}") for end in (element.source, element.target))
                edges.write(f"{' -> '.join(ends)} [label={quoted(element.kind)}, id={quoted(element.id)}];\n")
        append(out, edges)
        out.write("}\n")


def _style(node: Node) -> str:
    return f"fillcolor={quoted(colour_of(node.kind))}, class={quoted(node.kind)}, URL={quoted(node.id)}"


def wrapped(text: str) -> str:
    """A label on several short lines."""
    return "\n".join(textwrap.wrap(textwrap.shorten(clean(text), LONGEST, placeholder="…"), WIDTH))


def quoted(text: str) -> str:
    """Text between quotes; backslashes are doubled so that Graphviz reads no escapes into them."""
    escaped = clean(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", " ")
    return f'"{escaped}"'
