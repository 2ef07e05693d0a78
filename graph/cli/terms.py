"""`trialgraph terms`: the curated terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from graph.cli.run import application
from ontology.errors import WrongCall

if TYPE_CHECKING:
    from ontology.terms import Term

app = application("The curated terms that papers are read with.")

# Columns for the program, not for a person.
MACHINE = frozenset({"pattern"})

Query = Annotated[str, typer.Argument(metavar="TEXT", help="a name, a synonym or a part of one")]
Kind = Annotated[str | None, typer.Option("--kind", help="only terms of this kind: drugs, events, conditions, ...")]


@app.callback()
def terms() -> None:
    """The curated terms that papers are read with."""


@app.command()
def lookup(text: Query, kind: Kind = None) -> None:
    """Terms by name, synonym or identifier: the equal ones, else those that contain the text."""
    from graph.wording import printable

    found = list(matching(text, kind))
    if not found:
        raise WrongCall(f"no term {text!r}" + (f" of kind {kind}" if kind else ""))
    for term in found:
        typer.echo(printable(f"{term.kind}: {term.name}" + (f" ({term.concept})" if term.concept else "")))
        if term.synonyms:
            typer.echo(printable(f"  also {', '.join(term.synonyms)}"))
        for name, value in term.attributes.items():
            if name not in MACHINE:
                typer.echo(printable(f"  {name}: {value.replace('|', ', ')}"))


def kinds() -> tuple[str, ...]:
    """The kinds of curated terms, one file each."""
    from importlib.resources import files

    import ontology.terms

    names = (entry.name for entry in files(ontology.terms).iterdir())
    return tuple(sorted(name.removesuffix(".tsv") for name in names if name.endswith(".tsv")))


def matching(text: str, kind: str | None) -> Iterator[Term]:
    """The terms that a text names; where it names none, those whose names contain it."""
    from corpus.agreement import folded
    from ontology.terms import terms as curated

    if kind is not None and kind not in kinds():
        raise WrongCall(f"no kind of terms {kind!r}; there are {', '.join(kinds())}")
    wanted = folded(text)
    every = [term for name in ((kind,) if kind else kinds()) for term in curated(name)]
    labels = [(term, [folded(label) for label in (*term.labels, term.concept or "")]) for term in every]
    equal = [term for term, names in labels if wanted in names]
    yield from equal or (term for term, names in labels if any(wanted in name for name in names))
