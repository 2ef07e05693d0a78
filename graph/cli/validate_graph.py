"""`trialgraph validate-graph`: every graph of a store against the SHACL shapes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from graph.cli.graph_options import StorePlace, opened

Most = Annotated[int, typer.Option("--most", min=1, help="how many faults to list")]


def validate_graph(store: StorePlace, most: Most = 50) -> None:
    """Hold every graph of a store against the shapes; faults in words."""
    from graph.shapes import violations

    listed = graphs = 0
    with opened(store) as place:
        for graph in watched(place.graphs()):
            graphs += 1
            for fault in violations(place.triples(graph)):
                listed += 1
                if listed <= most:
                    typer.echo(f"{graph}: {fault}")
    if listed > most:
        typer.echo(f"... and {listed - most} more")
    typer.echo(f"{graphs} graphs, {listed} faults")
    raise typer.Exit(int(listed > 0))


def watched(graphs: tuple[str, ...]) -> Iterator[str]:
    """The graphs, with a bar on stderr while a person waits."""
    if not sys.stderr.isatty():
        yield from graphs
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(graphs, description="graphs", console=Console(stderr=True), transient=True)
