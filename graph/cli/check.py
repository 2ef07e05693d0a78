"""`trialgraph check`: what adds up in a paper and what does not."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ontology.errors import WrongCall

if TYPE_CHECKING:
    from graph.extraction import Extracted
    from ontology.record import Check


class Verdict(StrEnum):
    """The verdicts of a check."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"


class CheckFormat(StrEnum):
    """The forms of the findings."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


Paper = Annotated[list[Path], typer.Argument(metavar="PAPER...", help="text, PDF, XML (JATS) or HTML; folders too")]
Every = Annotated[bool, typer.Option("--all", help="every verdict; else what fails")]
Verdicts = Annotated[list[Verdict] | None, typer.Option("--verdict", help="only these verdicts; can be repeated")]
Kinds = Annotated[
    list[str] | None, typer.Option("--kind", help="only these kinds or families: percentages, sums, tests.counts, ...")
]
Form = Annotated[CheckFormat, typer.Option("--format", help="table, json or csv")]
AsJson = Annotated[bool, typer.Option("--json", help="the same as --format json")]

COLUMNS = ("paper", "verdict", "severity", "kind", "stated", "recomputed", "explanation", "places")


def check(
    papers: Paper,
    every: Every = False,
    verdict: Verdicts = None,
    kind: Kinds = None,
    form: Form = CheckFormat.TABLE,
    as_json: AsJson = False,
) -> None:
    """Recompute what a paper prints and list what does not hold."""
    from graph.cli.extract import read_all

    wanted = known(kind or [])
    shown_verdicts = frozenset(verdict or (Verdict if every else (Verdict.FAILS,)))
    form = CheckFormat.JSON if as_json else form
    failed: list[Path] = []
    rows: list[dict[str, object]] = []
    for paper in read_all(papers, failed):
        kept = selected(paper.record.checks, wanted, shown_verdicts)
        if form is CheckFormat.TABLE:
            show(paper, kept)
        else:
            rows.extend(plain(fact, paper) for fact in kept)
    if form is not CheckFormat.TABLE:
        typer.echo(as_text(rows, form), nl=False)
    raise typer.Exit(int(bool(failed)))


def known(kinds: list[str]) -> list[str]:
    """The wanted kinds; one that no check is of is a wrong call."""
    from extractor.checks.kinds import KINDS, matches

    for wanted in kinds:
        if not any(matches(kind, wanted) for kind in KINDS):
            families = ", ".join(dict.fromkeys(kind.partition(".")[0] for kind in KINDS))
            raise WrongCall(f"{wanted}: no kind of check; there are {families}")
    return kinds


def selected(checks: Iterable[Check], kinds: list[str], verdicts: frozenset[Verdict]) -> list[Check]:
    """The checks of the wanted kinds and verdicts, what fails and what matters most first."""
    from extractor.checks.kinds import ORDER, matches, severity

    places = {Verdict.FAILS: 0, Verdict.UNDECIDED: 1, Verdict.HOLDS: 2}
    kept = [
        fact
        for fact in checks
        if fact.verdict in verdicts and (not kinds or any(matches(fact.kind, kind) for kind in kinds))
    ]
    return sorted(kept, key=lambda fact: (places[Verdict(fact.verdict)], ORDER.index(severity(fact.kind))))


def show(paper: Extracted, kept: list[Check]) -> None:
    """A paper's findings for a person."""
    checks = paper.record.checks
    counted = {verdict: sum(fact.verdict == verdict for fact in checks) for verdict in Verdict}
    typer.echo(
        f"{paper.path}: {len(checks)} checks, {counted[Verdict.HOLDS]} hold, {counted[Verdict.FAILS]} fail, "
        f"{counted[Verdict.UNDECIDED]} undecided"
    )
    for fact in kept:
        typer.echo(f"  {line(fact, paper.document.text)}")


def line(fact: Check, text: str) -> str:
    """A check in words, with the places it speaks of."""
    from extractor.checks.kinds import severity
    from graph.wording import places, printable

    weight = "" if fact.verdict == "holds" else f" ({severity(fact.kind)})"
    return printable(
        f"{fact.verdict}{weight} {fact.kind}: {fact.explanation or ''} {places(fact.evidence, text)}".strip()
    )


def plain(fact: Check, paper: Extracted) -> dict[str, object]:
    """A check as data."""
    from extractor.checks.kinds import severity

    return {"paper": str(paper.path), "severity": severity(fact.kind), **fact.model_dump(exclude_none=True)}


def as_text(rows: list[dict[str, object]], form: CheckFormat) -> str:
    """Findings as a JSON list, or as CSV with the places as offsets."""
    if form is CheckFormat.JSON:
        import simplejson

        return str(simplejson.dumps(rows, ensure_ascii=False, indent=2, use_decimal=True)) + "\n"
    import csv
    import io

    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for row in rows:
        table.writerow([offsets(row) if name == "places" else row.get(name, "") for name in COLUMNS])
    return out.getvalue()


def offsets(row: dict[str, object]) -> str:
    """The places of a finding: `start-end`, parted by blanks."""
    places = row["evidence"]
    assert isinstance(places, Iterable)
    return " ".join(f"{place['start']}-{place['end']}" for place in places)
