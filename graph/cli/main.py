"""`trialgraph`: every command of the tool."""

from __future__ import annotations

from collections.abc import Callable

from graph.cli import (
    build,
    check,
    export,
    extract,
    outcome,
    query,
    references,
    schema,
    stats,
    terms,
    validate,
    validate_graph,
    verify,
)
from graph.cli.run import application, run

app = application("Clinical-trial papers as proven records: read, verify, check, validate.")

# To add a command: a module with its function, and a line here.
COMMANDS: dict[str, Callable[..., None]] = {
    "extract": extract.extract,
    "verify": verify.verify,
    "check": check.check,
    "outcome": outcome.outcome,
    "references": references.references,
    "validate": validate.validate,
    "schema": schema.schema,
    "build": build.build,
    "query": query.query,
    "export": export.export,
    "stats": stats.stats,
    "validate-graph": validate_graph.validate_graph,
}
for name, command in COMMANDS.items():
    app.command(name)(command)
app.add_typer(terms.app, name="terms")


def main() -> None:
    """The entry point of the command."""
    run(app, "trialgraph")
