"""Files of exports: whole or not there, and text that is written in two streams and read as one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from graph.network import Value
from ontology import regex as re
from ontology.errors import WrongCall

MEMORY = 8 * 1024 * 1024
# What XML 1.0 cannot hold; PDFs are full of it.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
SPECIAL = re.compile('[&<>"\n\r\t]')


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A place beside a file, that becomes the file when all went well."""
    _check(path)
    if path.is_dir():
        raise WrongCall(f"{path}: a folder; name a file in it")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        place = Path(folder) / path.name
        yield place
        place.replace(path)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder beside a folder, whose files go there when all went well."""
    _check(path)
    if path.exists() and not path.is_dir():
        raise WrongCall(f"{path}: a file; this format is a folder of files")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
        yield Path(folder)
        path.mkdir(exist_ok=True)
        for place in sorted(Path(folder).iterdir()):
            place.replace(path / place.name)


def _check(path: Path) -> None:
    if not path.parent.is_dir():
        raise WrongCall(f"{path}: its folder does not exist; make {path.parent} first")


@contextmanager
def later() -> Iterator[IO[str]]:
    """Text that is kept for later: in memory while it is small, then on disk."""
    with tempfile.SpooledTemporaryFile(MEMORY, "w+", encoding="utf-8", newline="") as kept:
        yield kept


def append(out: IO[str] | TextIOWrapper, kept: IO[str]) -> None:
    """What was kept for later, now."""
    kept.seek(0)
    shutil.copyfileobj(kept, out, 1 << 20)


def xml_text(text: str) -> str:
    """Text inside XML, in elements and attributes alike."""
    if text.isprintable():
        return SPECIAL.sub(lambda hit: XML[hit[0]], text) if SPECIAL.search(text) else text
    return SPECIAL.sub(lambda hit: XML[hit[0]], NOT_XML.sub("", text))


def cells(attributes: Mapping[str, Value], places: Mapping[str, int], written: Callable[[Value], str]) -> list[str]:
    """A row of a table with each attribute in its column; what is not there is an empty cell."""
    row = [""] * len(places)
    for name, value in attributes.items():
        row[places[name]] = written(value)
    return row


def clean(text: str) -> str:
    """Text without the control characters that readers of plain tables stumble over."""
    return text if text.isprintable() else NOT_TEXT.sub("", text)
