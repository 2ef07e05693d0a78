"""`trialgraph references`: the reference list of a paper in a form that reference managers take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graph.cli.run import say

Paper = Annotated[Path, typer.Argument(metavar="PAPER", help="text, PDF, XML (JATS) or HTML")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="write them to this file")]
FormatName = Annotated[
    str | None, typer.Option("--format", help="csl, bibtex, ris or json; else by the output's suffix")
]

SUFFIXES = {".bib": "bibtex", ".ris": "ris", ".json": "csl"}


def references(paper: Paper, output: Output = None, format_name: FormatName = None) -> None:
    """Print the parsed reference list of a paper."""
    from corpus.detect import read_paper
    from extractor.references import parse_list
    from extractor.references.render import render
    from graph.output import write_text

    form = format_name or (SUFFIXES.get(output.suffix.lower(), "csl") if output else "csl")
    found = parse_list(read_paper(paper).references)
    rendered = render(found, form)
    if not found:
        say(f"{paper}: no reference list found in it")
    if output is None:
        typer.echo(rendered, nl=False)
    else:
        write_text(output, rendered)
