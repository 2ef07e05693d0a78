"""What the commands over a store share: which store, and the questions to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from graph.stores import Store

StorePlace = Annotated[
    str, typer.Option("--store", envvar="TRIALGRAPH_STORE", help="a folder, or the address of a SPARQL 1.1 server")
]


@contextmanager
def opened(where: str, *, write: bool = False) -> Iterator[Store]:
    """A store that is closed at the end."""
    from graph.stores import open_store

    store = open_store(where, write=write)
    try:
        yield store
    finally:
        store.close()
