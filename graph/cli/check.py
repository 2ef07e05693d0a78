"""`trialgraph check`: what adds up in a paper and what does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ontology.record import Check

Paper = Annotated[list[Path], typer.Argument(metavar="PAPER...", help="text, PDF, XML (JATS) or HTML; folders too")]
Every = Annotated[bool, typer.Option("--all", help="also what holds")]
AsJson = Annotated[bool, typer.Option("--json", help="as JSON")]


def check(papers: Paper, every: Every = False, as_json: AsJson = False) -> None:
    """Recompute what a paper prints and list what does not hold."""
    from graph.cli.extract import read_all

    failed: list[Path] = []
    rows: list[dict[str, object]] = []
    for paper in read_all(papers, failed):
        shown = [c for c in paper.record.checks if every or c.verdict == "fails"]
        held = sum(c.verdict == "holds" for c in paper.record.checks)
        if as_json:
            rows.extend({"paper": str(paper.path), **plain(c)} for c in shown)
            continue
        typer.echo(f"{paper.path}: {len(paper.record.checks)} checks, {held} hold, {broken(paper.record.checks)} fail")
        for fact in shown:
            typer.echo(f"  {fact.verdict}: {line(fact, paper.document.text)}")
    if as_json:
        import simplejson

        typer.echo(simplejson.dumps(rows, ensure_ascii=False, indent=2, use_decimal=True))
    raise typer.Exit(int(bool(failed)))


def broken(checks: tuple[Check, ...]) -> int:
    """How many checks fail."""
    return sum(fact.verdict == "fails" for fact in checks)


def line(fact: Check, text: str) -> str:
    """A check in words, with the places it speaks of."""
    from graph.wording import places, printable

    stated = f"stated {fact.stated}, recomputed {fact.recomputed}" if fact.stated and fact.recomputed else ""
    parts = (fact.kind, stated, fact.explanation or "", places(fact.evidence, text))
    return printable("; ".join(part for part in parts if part))


def plain(fact: Check) -> dict[str, object]:
    """A check as data."""
    return fact.model_dump(exclude_none=True)
