"""The parts of spaCy that are used, loaded without its command line.

`import spacy` loads `spacy.cli` for one function that prints what is installed, and with it an HTTP client, a project
manager and a template engine: a third of its time and 18 MiB. Who asks for that function still gets it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


def _info(*arguments: Any, **options: Any) -> Any:
    """`spacy.info`, loaded when it is called."""
    return import_module("spacy.cli.info").info(*arguments, **options)


@contextmanager
def without_command_line() -> Iterator[None]:
    """While spaCy is first loaded, its command line is an empty module."""
    if "spacy" in sys.modules:
        yield
        return
    package, part = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    part.info = _info  # type: ignore[attr-defined]
    stand_ins = {module.__name__: module for module in (package, part)}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


with without_command_line():
    from spacy.attrs import LOWER
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["LOWER", "Doc", "PhraseMatcher", "Vocab"]
