"""`extract`: papers into records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.pdf.options import AS_USUAL, PdfOptions
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
Annotate = Annotated[
    Path | None, typer.Option("--annotate", help="also write a copy of the PDF with its facts highlighted here")
]
Ocr = Annotated[bool, typer.Option("--ocr", help="recognise the text of scanned pages with ocrmypdf, if installed")]
MaxPages = Annotated[int | None, typer.Option("--max-pages", min=1, help="read PDFs of up to this many pages")]
WithText = Annotated[bool, typer.Option("--with-text", help="keep the text that the offsets count in")]
Evidence = Annotated[bool, typer.Option("--evidence", help="quote the places of every fact (tables)")]
Explain = Annotated[bool, typer.Option("--explain", help="list what was not believed, and why")]


@app.command(help=HELP)
def extract(  # noqa: PLR0913, PLR0917 - one argument an option
    papers: Papers,
    output: Output = None,
    format_name: FormatName = None,
    html: Html = None,
    annotate: Annotate = None,
    ocr: Ocr = False,
    max_pages: MaxPages = None,
    with_text: WithText = False,
    evidence: Evidence = False,
    explain: Explain = False,
) -> None:
    """A summary on a terminal, JSON in a pipe; exit code 1 when a paper could not be read."""
    from graph.formats import chosen, is_folder

    form = chosen(format_name, output, "table" if sys.stdout.isatty() or evidence else "json")
    check_outputs(form, output, html, annotate)
    check_annotated(papers, annotate)
    failed: list[Path] = []
    stream = read_all(papers, failed, PdfOptions(max_pages, ocr), with_text=with_text, explain=explain)
    if output is not None and is_folder(output):
        done = write_folder(stream, form, output, keep=html is not None or annotate is not None)
    elif done := list(stream):
        single = len(papers) == 1 and not papers[0].is_dir()
        write(done, form, output, single=single, evidence=evidence)
    if done:
        write_beside(done, html, annotate)
    raise typer.Exit(int(bool(failed)))


def write_beside(papers: list[Extracted], html: Path | None, annotate: Path | None) -> None:
    """Write the pages with highlights that were asked for."""
    from graph.formats import FORMATS
    from graph.output import write_bytes

    if html is not None:
        write_bytes(html, FORMATS["html"].several(papers))
    if annotate is not None:
        from graph.annotation import annotated

        write_bytes(annotate, annotated(papers[0]))


def check_annotated(papers: list[Path], annotate: Path | None) -> None:
    """Refuse to highlight what is not one PDF, or in the place of the paper itself."""
    from corpus.detect import is_pdf, read_head

    if annotate is None:
        return
    if len(papers) > 1 or papers[0].is_dir():
        raise WrongCall("--annotate takes one paper; call it for each")
    if papers[0].is_file() and not is_pdf(read_head(papers[0])):
        raise WrongCall(f"{papers[0]}: --annotate writes a copy of a PDF, and this is none; use --html")
    if annotate.exists() and annotate.samefile(papers[0]):
        raise WrongCall(f"{annotate}: the paper itself; name another file for --annotate")


def check_outputs(form: Format, output: Path | None, html: Path | None, annotate: Path | None) -> None:
    """Refuse what would fail only after all papers were read."""
    from graph.formats import is_folder

    if output is None and form.binary and sys.stdout.isatty():
        raise WrongCall(f"{form.name} is not for a terminal; name a file with -o")
    for option, place in (("--html", html), ("--annotate", annotate)):
        if place is not None and place.is_dir():
            raise WrongCall(f"{place}: a folder; name a file for {option}")
    for place in (output, html, annotate):
        if place is not None and not place.parent.is_dir():
            raise WrongCall(f"{place}: its folder does not exist; make {place.parent} first")
    if output is not None and output.exists() and not output.is_dir() and is_folder(output):
        raise WrongCall(f"{output}: a file where a folder is meant; give it a suffix")


def read_all(
    papers: list[Path],
    failed: list[Path],
    options: PdfOptions = AS_USUAL,
    *,
    with_text: bool = False,
    explain: bool = False,
) -> Iterator[Extracted]:
    """Every paper that can be read; the others go to `failed`, with a line on stderr."""
    from corpus.detect import find_papers
    from graph.extraction import Failed, extract_papers, reports_trial

    for found in extract_papers(watched(find_papers(papers)), options):
        if isinstance(found, Failed):
            say(found.message)
            failed.append(found.path)
            continue
        for warning in found.document.warnings:
            say(f"{found.path}: {warning}")
        if not reports_trial(found.record):
            say(f"{found.path}: no clinical trial found in it")
        if explain:
            explain_paper(found)
        yield keep_text(found) if with_text else found


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


def write_folder(papers: Iterator[Extracted], form: Format, output: Path, *, keep: bool) -> list[Extracted]:
    """Write a file a paper as it comes (CSV: a file a table); gives the papers back where they are to be kept."""
    from graph.formats import folder_files
    from graph.output import write_bytes

    kept: list[Extracted] = []

    def passing() -> Iterator[Extracted]:
        for paper in papers:
            if keep:
                kept.append(paper)
            yield paper

    for name, data in folder_files(form, passing()):
        output.mkdir(exist_ok=True)
        write_bytes(output / name, data)
    return kept


def write(papers: list[Extracted], form: Format, output: Path | None, *, single: bool, evidence: bool) -> None:
    """Send the papers to a file or to standard output."""
    from graph.formats import sheets_of
    from graph.output import write_bytes

    if output is None and form.name == "table":
        show(papers, evidence=evidence)
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


def main() -> None:
    """The entry point of the command."""
    run(app, "extract")
