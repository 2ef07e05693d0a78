"""Running a command so that every error is one line on stderr and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any, NoReturn

import typer

from ontology.errors import TrialGraphError

INTERRUPTED = 130
# Python's own 700 lets the collector run hundreds of times while modules and terms load: a sixth of a short run.
NEW_OBJECTS = 100_000


def application(help_text: str) -> typer.Typer:
    """A Typer application without the parts that cost time at the start."""
    return typer.Typer(
        help=help_text,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
    )


def say(line: str) -> None:
    """A line for the person, on stderr."""
    from graph.wording import printable

    typer.echo(printable(line), err=True)


def run(app: typer.Typer, name: str) -> NoReturn:
    """Run an application to its exit code: 0 done, 1 a paper that cannot be read, 2 a wrong call, 130 interrupted."""
    gc.set_threshold(NEW_OBJECTS)
    try:
        code = app(standalone_mode=False, prog_name=name)
        sys.stdout.flush()
    except TrialGraphError as error:
        say(f"{name}: {error}")
        code = error.exit_code
    except typer.Abort:
        say(f"{name}: interrupted")
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except OSError as error:
        say(f"{name}: {error.filename or 'output'}: {(error.strerror or str(error)).lower()}")
        code = 1
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        code = wrong_call(error, name)
    sys.exit(code if isinstance(code, int) else 0)


def wrong_call(error: Any, name: str) -> int:
    """The exit code of a call that the command line does not understand, and the line that says so."""
    text = error.format_message().strip()
    if text.startswith("Usage:"):
        typer.echo(text, err=True)
    elif text:
        say(f"{name}: {' '.join(text.split()).rstrip('.')}; see {name} --help")
    return int(error.exit_code)
