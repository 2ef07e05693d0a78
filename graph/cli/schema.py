"""`trialgraph schema`: the JSON schema of a record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Output = Annotated[Path | None, typer.Option("-o", "--output", help="write it to this file")]


def schema(output: Output = None) -> None:
    """Print the JSON schema of a record."""
    from graph.output import write_text
    from ontology.schema import json_schema

    if output is None:
        typer.echo(json_schema(), nl=False)
    else:
        write_text(output, json_schema())
