"""`trialgraph stats`: what is in a store."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from graph.cli.graph_options import StorePlace, opened

AsJson = Annotated[bool, typer.Option("--json", help="as JSON")]


def stats(store: StorePlace, as_json: AsJson = False) -> None:
    """Count papers, facts, shared things and links."""
    import json

    from graph.statistics import statistics

    with opened(store) as place:
        found = statistics(place)
    if as_json:
        typer.echo(json.dumps(asdict(found), indent=1))
        return
    typer.echo(f"{found.papers} papers, {found.triples} triples, {found.links} links, {found.rules} rules")
    for name, count in found.classes.items():
        typer.echo(f"{count:>10}  {name}")
