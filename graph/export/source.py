"""What exporters read: a store, as quads or as nodes and edges, each as often as they like."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator
from typing import IO

from pyoxigraph import Quad

from graph.network import Edge, Node, elements
from graph.stores.answers import Store

MEMORY = 64 * 1024 * 1024
CHUNK = 1000


class Source:
    """The content of an export; other nodes and edges than the store's can be given.

    What was streamed once is kept, beyond some size on disk, so that a second look costs little.
    """

    def __init__(self, store: Store, stream: Callable[[], Iterator[Node | Edge]] | None = None) -> None:
        self.store = store
        self._stream = stream or (lambda: elements(store))
        self._kept: IO[bytes] | None = None

    def elements(self) -> Iterator[Node | Edge]:
        """Nodes and edges."""
        if self._kept is None:
            yield from self._first()
            return
        self._kept.seek(0)
        while chunk := pickle.load(self._kept):  # noqa: S301 - our own temporary file
            yield from chunk

    def quads(self) -> Iterator[Quad]:
        """Every quad."""
        return self.store.quads()

    def close(self) -> None:
        """Let go of what was kept."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _first(self) -> Iterator[Node | Edge]:
        kept: IO[bytes] = tempfile.SpooledTemporaryFile(MEMORY)  # noqa: SIM115 - it lives as long as the source
        try:
            yield from self._keeping(kept)
        except BaseException:
            kept.close()
            raise
        self._kept = kept

    def _keeping(self, kept: IO[bytes]) -> Iterator[Node | Edge]:
        chunk: list[Node | Edge] = []
        for element in self._stream():
            chunk.append(element)
            yield element
            if len(chunk) == CHUNK:
                pickle.dump(chunk, kept, pickle.HIGHEST_PROTOCOL)
                chunk = []
        if chunk:
            pickle.dump(chunk, kept, pickle.HIGHEST_PROTOCOL)
        pickle.dump([], kept, pickle.HIGHEST_PROTOCOL)


def attribute_columns(source: Source) -> tuple[dict[str, int], dict[str, int]]:
    """The attributes that some node, and some edge, has: each with its column, sorted."""
    names: dict[type, set[str]] = {Node: set(), Edge: set()}
    for element in source.elements():
        names[type(element)].update(element.attributes)
    nodes, edges = ({name: column for column, name in enumerate(sorted(names[kind]))} for kind in (Node, Edge))
    return nodes, edges
