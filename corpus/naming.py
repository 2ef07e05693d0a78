"""The id of a paper, from the name of its file."""

from __future__ import annotations

from pathlib import PurePath

# Names that converters give every file: the folder tells the paper then.
GENERIC_NAMES = frozenset(("paper", "text", "pdftotext", "pdftotext-layout", "article", "main", "fulltext", "output"))


def document_id(source: str) -> str:
    """A paper's id from its file's name."""
    path = PurePath(source)
    return path.parent.name if path.stem.casefold() in GENERIC_NAMES and path.parent.name else path.stem
