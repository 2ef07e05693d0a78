"""`trialgraph export`: the graph for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.cli.graph_options import StorePlace, opened
from graph.cli.run import say
from ontology.errors import WrongCall

Out = Annotated[Path, typer.Argument(metavar="OUT", help="the file, or the folder (neo4j, csv)")]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="graphml, gexf, cytoscape, neo4j, dot, csv, html, jsonld, turtle, trig or nquads; else by the suffix",
    ),
]


def export(out: Out, store: StorePlace, format_name: FormatName = None) -> None:
    """Write the graph in a format that other tools open."""
    from graph.export import EXPORTERS, format_of
    from graph.export import export as write

    form = format_name or format_of(out)
    if form is None:
        raise WrongCall(f"{out}: which format? give --format: {', '.join(EXPORTERS)}")
    with opened(store) as place:
        write(place, form, out)
    say(f"{out}: {form}, for {EXPORTERS[form].about}")
