"""`trialgraph validate`: extraction against the gold records, by entity and field, every miss listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.cli.run import say

if TYPE_CHECKING:
    from corpus.score import Tally
    from graph.validation import Row, Scored, Validation

Folders = Annotated[list[Path] | None, typer.Option("--papers", help="where the papers lie; found by their SHA-256")]
GoldFolder = Annotated[Path | None, typer.Option("--gold", help="gold records of one's own")]
AsJson = Annotated[bool, typer.Option("--json", help="as JSON, with every miss and invention")]
Html = Annotated[Path | None, typer.Option("--html", help="write a page with figures and misses")]
List = Annotated[str | None, typer.Option("--list", help="only this list: arms, doses, results, ...")]
Misses = Annotated[bool, typer.Option("--misses", help="list what was missed and invented, with places")]
Fields = Annotated[bool, typer.Option("--fields", help="figures by field")]
Confusion = Annotated[bool, typer.Option("--confusion", help="count misses and inventions by cause")]

HEADS = ("", "gold", "found", "P", "R", "F1", "lenient P", "R", "F1")


def validate(  # noqa: PLR0913, PLR0917 - one argument an option
    papers: Folders = None,
    gold: GoldFolder = None,
    as_json: AsJson = False,
    html: Html = None,
    only: List = None,
    misses: Misses = False,
    fields: Fields = False,
    confusion: Confusion = False,
) -> None:
    """Score extraction against the gold records; the sample paper is always at hand."""
    validation = run_validation(papers, gold)
    for line in validation.failed:
        say(line)
    if validation.missing:
        say(f"no paper for {len(validation.missing)} gold records: {', '.join(validation.missing)}")
    if html is not None:
        from graph.output import write_text
        from graph.validation_page import page

        write_text(html, page(validation, only))
    if as_json:
        import simplejson

        from graph.validation import plain

        typer.echo(simplejson.dumps(plain(validation), ensure_ascii=False, indent=1, use_decimal=True))
    else:
        show(validation, only, misses=misses, fields=fields, confusion=confusion)
    raise typer.Exit(int(bool(validation.failed)))


def run_validation(papers: list[Path] | None, gold: Path | None) -> Validation:
    """Validate over the folders that are named and the sample papers."""
    from corpus.gold import gold_records
    from corpus.samples import samples_folder
    from graph.validation import validate as compare
    from ontology.errors import WrongCall

    for folder in papers or []:
        if not folder.exists():
            raise WrongCall(f"{folder}: no such folder; name the folder of the papers")
    return compare(gold_records(gold), [*(papers or []), samples_folder()])


def show(validation: Validation, only: str | None, *, misses: bool, fields: bool, confusion: bool) -> None:
    """Figures on the terminal, one table a kind of gold and form of paper."""
    from rich.console import Console

    from graph.validation import figure_rows, list_rows, wanted

    console = Console(markup=False, highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = 160
    for (kind, form), items in validation.groups().items():
        title = f"{kind} papers as {form}: {', '.join(item.gold.id for item in items)}"
        console.print(figures(title, wanted(list_rows(items), only)))
        if rows := wanted(figure_rows(items), only):
            console.print(figures("figures of their own", rows))
        if fields:
            console.print(figures("by field", wanted(figure_rows(items, "fields"), only)))
        if confusion:
            console.print(cause_table(items, only))
        if misses:
            for line in miss_lines(items, only):
                console.print(line)
        console.print()


def figures(title: str, rows: Sequence[Row]) -> object:
    """A table of counts and figures."""
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", header_style="cyan", box=None, pad_edge=False)
    for head in HEADS:
        table.add_column(head, justify="left" if head == "" else "right")
    for row in rows:
        table.add_row(row.name, str(row.strict.gold), str(row.strict.found), *prf(row.strict), *prf(row.lenient))
    return table


def prf(tally: Tally) -> tuple[str, ...]:
    """Precision, recall and F1 with three digits; empty where there is none."""
    return tuple("" if value is None else f"{value:.3f}" for value in (tally.precision, tally.recall, tally.f1))


def cause_table(items: Sequence[Scored], only: str | None) -> object:
    """How often each cause lost or invented facts of each list."""
    from rich.table import Table

    from corpus.causes import MEANING, confusion

    counts = confusion(pair for item in items for pair in item.causes)
    table = Table(
        title="causes", title_justify="left", title_style="bold", header_style="cyan", box=None, pad_edge=False
    )
    for head in ("", "", *MEANING):
        table.add_column(head, justify="right")
    for name, what in dict.fromkeys((name, what) for name, what, _ in counts if only in (None, name)):
        found = [counts[name, what, cause] for cause in MEANING]
        table.add_row(name, what, *(str(count or "") for count in found))
    return table


def miss_lines(items: Sequence[Scored], only: str | None) -> Iterator[str]:
    """Every miss and invention in one line each, with its place, cause and nearest counterpart."""
    from graph.validation import fact_words
    from graph.wording import words

    for item in items:
        for error in item.score.errors:
            if only in (None, error.part):
                yield f"{item.gold.id} {error.part}.{error.field}: gold {words(error.gold)}; found {words(error.found) or None}"
        for match, cause in item.causes:
            if only not in (None, match.list):
                continue
            places = " ".join(f"{place.start}-{place.end}" for place in match.evidence)
            what = "half right" if match.lenient else "missed" if match.gold else "invented"
            line = f"{item.gold.id} {match.list} {what} ({cause}) [{places}]: {fact_words(match.gold or match.found)}"
            if match.gold and match.found:
                line += f" | found {fact_words(match.found)} | differs {', '.join(match.differs)}"
            rule = f" | rule {match.found.rule}" if match.found else ""
            yield line + rule
