"""`trialgraph query`: ask the graph, by name, file or SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph.cli.graph_options import StorePlace, opened
from ontology.errors import WrongCall

if TYPE_CHECKING:
    from graph.query import Question

Asked = Annotated[
    str | None, typer.Argument(metavar="QUERY", help="the name of a question, a file .rq or SPARQL; none lists them")
]
Values = Annotated[list[str] | None, typer.Option("-p", "--param", metavar="NAME=VALUE", help="a parameter's value")]
FormatName = Annotated[str | None, typer.Option("--format", help="table, csv, json or markdown")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="write to this file")]
Timeout = Annotated[float, typer.Option("--timeout", min=0.001, help="seconds")]
ANYWHERE = ""
SUFFIXES = {".csv": "csv", ".json": "json", ".md": "markdown"}


def query(
    asked: Asked = None,
    store: StorePlace = ANYWHERE,
    values: Values = None,
    format_name: FormatName = None,
    output: Output = None,
    timeout: Timeout = 30.0,
) -> None:
    """Ask a store; without a query, list the ready-made questions."""
    if asked is None:
        typer.echo(listing(), nl=False)
        return
    if not store:
        raise WrongCall("which store? give --store, or set TRIALGRAPH_STORE")
    from graph.answers_out import FORMATS
    from graph.output import write_text
    from graph.query import ask, bind

    form = format_name or (SUFFIXES.get(output.suffix, "csv") if output else "table" if sys.stdout.isatty() else "csv")
    if form not in FORMATS:
        raise WrongCall(f"{form}: no such format; there are {', '.join(FORMATS)}")
    sparql = bind(chosen(asked), parameters(values or []))
    with opened(store) as place:
        text = FORMATS[form](ask(place, sparql, seconds=timeout))
    if output:
        write_text(output, text)
    else:
        typer.echo(text, nl=False)


def chosen(asked: str) -> Question:
    """The question that a call means: by name, by file, or as SPARQL."""
    from graph.query import ENDING, question, questions

    if asked in questions():
        return questions()[asked]
    if asked.endswith(ENDING):
        path = Path(asked)
        if not path.is_file():
            raise WrongCall(f"{asked}: no such file")
        return question(path.stem, path.read_text(encoding="utf-8"))
    if not any(sign in asked for sign in "{ \n"):
        raise WrongCall(f"{asked}: no such question; there are {', '.join(questions())}")
    return question("query", asked)


def parameters(values: list[str]) -> dict[str, str]:
    """Parameters out of NAME=VALUE."""
    given: dict[str, str] = {}
    for value in values:
        name, sign, text = value.partition("=")
        if not sign:
            raise WrongCall(f"{value}: write a parameter as NAME=VALUE")
        given[name.strip()] = text
    return given


def listing() -> str:
    """The ready-made questions with their parameters."""
    from graph.query import questions

    lines: list[str] = []
    for item in questions().values():
        lines.append(f"{item.name}: {item.title}")
        for parameter in item.parameters:
            default = f" = {parameter.default}" if parameter.default else ""
            lines.append(f"    {parameter.name} ({parameter.type}{default}) {parameter.about}".rstrip())
    return "\n".join(lines) + "\n"
