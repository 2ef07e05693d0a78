"""What exporters read: a store, as quads or as nodes and edges, each as often as they like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Quad

from graph.network import Edge, Node, elements
from graph.stores.answers import Store


@dataclass(frozen=True)
class Source:
    """The content of an export; other nodes and edges than the store's can be given."""

    store: Store
    stream: Callable[[], Iterator[Node | Edge]] | None = field(default=None)

    def elements(self) -> Iterator[Node | Edge]:
        """Nodes and edges."""
        return self.stream() if self.stream else elements(self.store)

    def quads(self) -> Iterator[Quad]:
        """Every quad."""
        return self.store.quads()
