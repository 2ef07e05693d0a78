"""GEXF 1.3: static, typed attributes, no name that Gephi takes for its own."""

from __future__ import annotations

from pathlib import Path

from graph.export.files import append, later, xml_text
from graph.export.graphml import value_text
from graph.export.source import Source
from graph.network import Edge, Node, Value, columns

TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd">\n'
    '<meta><creator>trialgraph</creator></meta>\n<graph defaultedgetype="directed" mode="static">\n'
)


class Names(dict[str, int]):
    """Attribute names to their numbers, given as they are met."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]


def write(source: Source, path: Path) -> None:
    """Write GEXF."""
    nodes_names, edges_names = Names(), Names()
    with later() as nodes, later() as edges, path.open("w", encoding="utf-8", newline="\n") as out:
        for element in source.elements():
            if isinstance(element, Node):
                nodes.write(_node(element, nodes_names))
            else:
                edges.write(_edge(element, edges_names))
        out.write(HEAD)
        out.write(_attributes("node", nodes_names) + _attributes("edge", edges_names))
        out.write("<nodes>\n")
        append(out, nodes)
        out.write("</nodes>\n<edges>\n")
        append(out, edges)
        out.write("</edges>\n</graph>\n</gexf>\n")


def _attributes(domain: str, names: Names) -> str:
    lines = "".join(
        f'<attribute id="{number}" title="{xml_text(name)}" type="{TYPES[columns().get(name, str)]}"/>\n'
        for name, number in names.items()
    )
    return f'<attributes class="{domain}" mode="static">\n{lines}</attributes>\n' if lines else ""


def _node(node: Node, names: Names) -> str:
    values = _values({"class": node.kind, **node.attributes}, names)
    return f'<node id="{xml_text(node.id)}" label="{xml_text(node.label)}">{values}</node>\n'


def _edge(edge: Edge, names: Names) -> str:
    ends = f'source="{xml_text(edge.source)}" target="{xml_text(edge.target)}"'
    return f'<edge id="{edge.id}" {ends} label="{xml_text(edge.kind)}">{_values(edge.attributes, names)}</edge>\n'


def _values(attributes: dict[str, Value], names: Names) -> str:
    values = "".join(
        f'<attvalue for="{names[name]}" value="{value_text(value)}"/>' for name, value in attributes.items()
    )
    return f"<attvalues>{values}</attvalues>" if values else ""
