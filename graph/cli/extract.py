"""`extract`: papers into records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.cli.run import application, run, say
from ontology.errors import WrongCall

if TYPE_CHECKING:
    from graph.extraction import Extracted
    from graph.formats import Format

HELP = "Read papers that report clinical trials into records; every value says where it stands in the paper."
app = application(HELP)

Papers = Annotated[list[Path], typer.Argument(metavar="PAPER...", help="text, PDF, XML (JATS) or HTML; folders too")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="a file, or a folder for a file a paper")]
FormatName = Annotated[
    str | None, typer.Option("--format", help="json, yaml, table, csv, xlsx or html; else by the output's suffix")
]
Html = Annotated[Path | None, typer.Option("--html", help="also write the paper with its facts highlighted here")]
WithText = Annotated[bool, typer.Option("--with-text", help="keep the text that the offsets count in")]
Evidence = Annotated[bool, typer.Option("--evidence", help="quote the places of every fact (tables)")]
Explain = Annotated[bool, typer.Option("--explain", help="list what was not believed, and why")]


@app.command(help=HELP)
def extract(  # noqa: PLR0913, PLR0917 - one argument an option
    papers: Papers,
    output: Output = None,
    format_name: FormatName = None,
    html: Html = None,
    with_text: WithText = False,
    evidence: Evidence = False,
    explain: Explain = False,
) -> None:
    """A summary on a terminal, JSON in a pipe; exit code 1 when a paper could not be read."""
    from graph.formats import chosen

    form = chosen(format_name, output, "table" if sys.stdout.isatty() or evidence else "json")
    check_outputs(form, output, html)
    single = len(papers) == 1 and not papers[0].is_dir()
    failed = False
    done: list[Extracted] = []
    for paper in read_all(papers):
        failed |= paper is None
        if paper:
            done.append(keep_text(paper) if with_text else paper)
            if explain:
                explain_paper(paper)
    if done:
        write(done, form, output, single=single, evidence=evidence)
        write_page(done, html)
    raise typer.Exit(int(failed))


def check_outputs(form: Format, output: Path | None, html: Path | None) -> None:
    """Refuse what would fail only after all papers were read."""
    from graph.formats import is_folder

    if output is None and form.binary and sys.stdout.isatty():
        raise WrongCall(f"{form.name} is not for a terminal; name a file with -o")
    if html is not None and html.is_dir():
        raise WrongCall(f"{html}: a folder; name a file for --html")
    for place in (output, html):
        if place is not None and not place.parent.is_dir():
            raise WrongCall(f"{place}: its folder does not exist; make {place.parent} first")
    if output is not None and output.exists() and not output.is_dir() and is_folder(output):
        raise WrongCall(f"{output}: a file where a folder is meant; give it a suffix")


def read_all(papers: list[Path]) -> Iterator[Extracted | None]:
    """Every paper read; None, and a line on stderr, for one that could not be."""
    from corpus.detect import find_papers
    from graph.extraction import Failed, extract_papers, reports_trial

    for found in extract_papers(watched(find_papers(papers))):
        if isinstance(found, Failed):
            say(found.message)
            yield None
            continue
        for warning in found.document.warnings:
            say(f"{found.path}: {warning}")
        if not reports_trial(found.record):
            say(f"{found.path}: no clinical trial found in it")
        yield found


def watched(paths: list[Path]) -> Iterator[Path]:
    """The paths, with a bar on stderr while a person waits for several."""
    if len(paths) < 2 or not sys.stderr.isatty():
        yield from paths
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(paths, description="papers", console=Console(stderr=True), transient=True)


def keep_text(paper: Extracted) -> Extracted:
    """The paper with its text in its record."""
    from dataclasses import replace

    from graph.extraction import with_text

    return replace(paper, record=with_text(paper))


def explain_paper(paper: Extracted) -> None:
    """The candidates that were not believed, one a line on stderr."""
    from graph.wording import places

    for candidate in paper.rejected:
        quote = places(candidate.evidence, paper.document.text) or candidate.text
        rule = f"{candidate.rule}: " if candidate.rule else ""
        say(f"{paper.path}: not believed: {rule}{candidate.reason}: {quote}")


def write(papers: list[Extracted], form: Format, output: Path | None, *, single: bool, evidence: bool) -> None:
    """Send the papers where they are wanted."""
    from graph.formats import folder_files, is_folder, sheets_of
    from graph.output import write_bytes

    if output is None and form.name == "table":
        show(papers, evidence=evidence)
        return
    if output is not None and is_folder(output):
        output.mkdir(exist_ok=True)
        for name, data in folder_files(form, papers).items():
            write_bytes(output / name, data)
        return
    if form.name == "table":
        data = sheets_of(papers, evidence=evidence)
    else:
        data = form.one(papers[0]) if single else form.several(papers)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        write_bytes(output, data)


def show(papers: list[Extracted], *, evidence: bool) -> None:
    """Extraction sheets on standard output, in colour on a terminal."""
    from graph.formats import sheets_of

    if not sys.stdout.isatty():
        sys.stdout.buffer.write(sheets_of(papers, evidence=evidence))
        return
    from rich.console import Console

    from graph.sheet import sheet

    console = Console(markup=False, highlight=False, emoji=False)
    for paper in papers:
        console.print(sheet(paper.record, paper.document.text, evidence=evidence))


def write_page(papers: list[Extracted], html: Path | None) -> None:
    """The page with highlighted facts, where one is asked for."""
    if html is None:
        return
    from graph.formats import FORMATS
    from graph.output import write_bytes

    write_bytes(html, FORMATS["html"].several(papers))


def main() -> None:
    """The entry point of the command."""
    run(app, "extract")
