"""`trialgraph build`: many papers into one graph, in parallel, resumable."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.cli.graph_options import StorePlace, opened
from graph.cli.run import say

if TYPE_CHECKING:
    from graph.build import Built

Papers = Annotated[
    list[Path], typer.Argument(metavar="PAPER...", help="text, PDF, XML (JATS), HTML or records (.json); folders too")
]
Workers = Annotated[int, typer.Option("--workers", min=0, help="processes; as many as the machine has, if not given")]
Again = Annotated[bool, typer.Option("--again", help="read again what the store holds already")]


def build(papers: Papers, store: StorePlace, workers: Workers = 0, again: Again = False) -> None:
    """Read papers into a store; what is there already is left, what fails stops nothing."""
    from corpus.detect import find_papers
    from graph.build import build as build_store

    paths = find_papers(papers)
    failed = loaded = known = triples = 0
    with opened(store, write=True) as place:
        for built in watched(build_store(paths, place, workers=workers, again=again), len(paths)):
            if built.problem:
                failed += 1
                say(built.problem)
            elif built.known:
                known += 1
            else:
                loaded += 1
                triples += built.triples
    say(f"{loaded} papers loaded ({triples} triples), {known} were there, {failed} failed: {store}")
    raise typer.Exit(int(bool(failed)))


def watched(outcomes: Iterator[Built], total: int) -> Iterator[Built]:
    """The outcomes, with a bar on stderr while a person waits."""
    if not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(outcomes, total=total, description="papers", console=Console(stderr=True), transient=True)
