"""Stores: where the graphs live. In memory, on disk, or behind any SPARQL 1.1 address: one interface."""

from __future__ import annotations

from pathlib import Path

from graph.errors import StoreError
from graph.stores.answers import Answer, Graph, Store, Table
from graph.stores.embedded import Embedded
from graph.stores.server import Server

__all__ = ["Answer", "Embedded", "Graph", "Server", "Store", "Table", "is_address", "open_store"]


def is_address(where: str) -> bool:
    """Whether a store is named by the address of a server."""
    return where.startswith(("http://", "https://"))


def open_store(where: str | None = None, *, write: bool = False) -> Store:
    """The store of a folder or an address; in memory without either. A folder is made only to write in it."""
    if where is None:
        return Embedded()
    if is_address(where):
        return Server(where)
    if not write and not Path(where).is_dir():
        raise StoreError(f"{where}: no store here; make one with: trialgraph build PAPERS... --store {where}")
    return Embedded(Path(where), write=write)
