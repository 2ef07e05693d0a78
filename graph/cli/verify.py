"""`trialgraph verify`: is every value of a record where it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.cli.run import say
from ontology.errors import UnreadablePaper, WrongCall

if TYPE_CHECKING:
    from ontology.record import TrialRecord

Record = Annotated[Path, typer.Argument(metavar="RECORD", help="a record as JSON or YAML")]
Paper = Annotated[Path, typer.Argument(metavar="PAPER", help="the paper that it was read from")]


def verify(record: Record, paper: Paper) -> None:
    """Look for every value of a record again at its place in the paper; exit code 1 when one is not there."""
    from corpus.detect import read_paper
    from extractor.verify import verify as unproven

    held = read_record(record)
    document = read_paper(paper)
    if held.document.sha256 != document.sha256:
        raise UnreadablePaper(str(paper), f"not the paper of {record}", "its SHA-256 differs from the record's")
    failures = unproven(held, document.text)
    for failure in failures:
        say(f"{record}: {failure}")
    if not failures:
        typer.echo(f"{record}: every value stands where it says")
    raise typer.Exit(int(bool(failures)))


def read_record(path: Path) -> TrialRecord:
    """A record from a file."""
    from ontology.serialise import from_json, from_yaml

    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadablePaper(str(path), (error.strerror or "cannot be read").lower(), "check the path") from None
    except UnicodeDecodeError:
        raise UnreadablePaper(str(path), "not UTF-8 text", "name a record as JSON or YAML") from None
    try:
        return from_yaml(text) if path.suffix.lower() in (".yaml", ".yml") else from_json(text)
    except WrongCall as error:
        raise WrongCall(f"{path}: {error}") from None
