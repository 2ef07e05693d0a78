"""Files that are whole or not there: written beside their place and renamed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ontology.errors import WrongCall


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file; a reader never sees half of it, an older one stays until the new one is whole."""
    if path.is_dir():
        raise WrongCall(f"{path}: a folder; name a file in it")
    if not path.parent.is_dir():
        raise WrongCall(f"{path}: its folder does not exist; make {path.parent} first")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 file whole."""
    write_bytes(path, text.encode("utf-8"))
