"""GraphML: every key declared once with its type, every edge with an id of its own."""

from __future__ import annotations

from pathlib import Path

from graph.export.files import append, later, xml_text
from graph.export.source import Source
from graph.network import Edge, Node, Value, columns

TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns '
    'http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)


def write(source: Source, path: Path) -> None:
    """Write GraphML; the keys are known only at the end, so the body waits beside them."""
    keys: dict[str, set[str]] = {"node": set(), "edge": set()}
    with later() as nodes, later() as edges, path.open("w", encoding="utf-8", newline="\n") as out:
        for element in source.elements():
            if isinstance(element, Node):
                nodes.write(_node(element))
                keys["node"].update(element.attributes)
            else:
                edges.write(_edge(element))
                keys["edge"].update(element.attributes)
        out.write(HEAD)
        for domain, names in keys.items():
            for name in ("kind", "label", *sorted(names)) if domain == "node" else ("kind", *sorted(names)):
                out.write(_key(domain, name))
        out.write('<graph id="trialgraph" edgedefault="directed">\n')
        append(out, nodes)
        append(out, edges)
        out.write("</graph>\n</graphml>\n")


def _key(domain: str, name: str) -> str:
    kind = TYPES[columns().get(name, str)]
    return f'<key id="{domain}_{xml_text(name)}" for="{domain}" attr.name="{xml_text(name)}" attr.type="{kind}"/>\n'


def _node(node: Node) -> str:
    data = _data("node", {"kind": node.kind, "label": node.label, **node.attributes})
    return f'<node id="{xml_text(node.id)}">{data}</node>\n'


def _edge(edge: Edge) -> str:
    ends = f'source="{xml_text(edge.source)}" target="{xml_text(edge.target)}"'
    return f'<edge id="{edge.id}" {ends}>{_data("edge", {"kind": edge.kind, **edge.attributes})}</edge>\n'


def _data(domain: str, attributes: dict[str, Value]) -> str:
    return "".join(
        f'<data key="{domain}_{xml_text(name)}">{value_text(value)}</data>' for name, value in attributes.items()
    )


def value_text(value: Value) -> str:
    """A value as XML text; truths in small letters."""
    if isinstance(value, str):
        return xml_text(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
