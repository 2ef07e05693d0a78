"""`trialgraph outcome`: the numbers of one outcome in two groups, as a meta-analysis needs them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Kind(StrEnum):
    """What is counted: events, or a measured quantity."""

    binary = "binary"
    continuous = "continuous"


class Form(StrEnum):
    """How the answer is printed."""

    json = "json"
    text = "text"


Paper = Annotated[Path, typer.Argument(metavar="PAPER", help="text, PDF, XML (JATS) or HTML")]
Intervention = Annotated[str, typer.Option(help="the group of interest, in your words")]
Comparator = Annotated[str, typer.Option(help="the group it is compared with")]
Outcome = Annotated[str, typer.Option(help="the outcome, in your words")]
Type = Annotated[Kind, typer.Option("--type", help="events and group sizes, or means, deviations and group sizes")]
Format = Annotated[Form, typer.Option("--format", help="json or text")]


def outcome(
    paper: Paper,
    intervention: Intervention,
    comparator: Comparator,
    outcome: Outcome,
    kind: Type = Kind.binary,
    form: Format = Form.json,
) -> None:
    """Events and group sizes, or means, deviations and group sizes, of an outcome in two groups."""
    from extractor.outcome import answer, wording
    from graph.extraction import extract_paper

    extracted = extract_paper(paper)
    found = answer(
        extracted.record, intervention=intervention, comparator=comparator, outcome=outcome, kind=kind.value,
        wording=wording(extracted.document),
    )  # fmt: skip
    if form is Form.json:
        import simplejson

        evidence = [place.model_dump(exclude_none=True) for place in found.evidence]
        answered = {"answer": found.values, "outcome": found.outcome, "arms": list(found.arms), "evidence": evidence}
        typer.echo(simplejson.dumps(answered, ensure_ascii=False, indent=2, use_decimal=True))
        return
    for name, value in found.values.items():
        typer.echo(f"{name}: {'not stated' if value is None else value}")
