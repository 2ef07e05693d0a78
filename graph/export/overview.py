"""The overview of a store: papers and what they share, with the facts between them counted instead of drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from graph.identity import digest
from graph.namespaces import DATA
from graph.network import Edge, Node, Value

PAPER = f"{DATA}paper/"


def overview(elements: Iterable[Node | Edge], limit: int) -> tuple[list[Node], list[Edge], int]:
    """Nodes and edges with each paper as one node; the best connected ones, and how many there were."""
    nodes: dict[str, Node] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    kinds: dict[str, str] = {}
    for element in elements:
        if isinstance(element, Node):
            kinds[element.id] = element.kind
            if whole(element.id) == element.id:
                nodes[element.id] = _titled(element)
        else:
            source, target = whole(element.source), whole(element.target)
            if source != target:
                # What says it: the kind of fact, or the relation where no fact stands between.
                said = kinds.get(element.source, "") if source != element.source else element.kind
                counts[source, said, target] += 1
    degrees: Counter[str] = Counter()
    for source, _, target in counts:
        degrees.update((source, target))
    kept = {node for node, _ in sorted(degrees.items(), key=lambda item: (-item[1], item[0]))[:limit]}
    kept |= {node for node in nodes if node.startswith(PAPER)} if len(kept) < limit else set()
    edges = [
        Edge(digest(source, said, target), source, target, said, {"facts": count})
        for (source, said, target), count in counts.items()
        if source in kept and target in kept
    ]
    return [nodes[node] for node in sorted(kept) if node in nodes], edges, len(nodes)


def whole(node: str) -> str:
    """The paper that a node is a part of, else the node."""
    return PAPER + node[len(PAPER) :].split("/", 1)[0] if node.startswith(PAPER) else node


def _titled(node: Node) -> Node:
    """A record is called by the id of its paper."""
    name: Value | None = node.attributes.get("document_id")
    return Node(node.id, node.kind, str(name), node.attributes) if name else node
