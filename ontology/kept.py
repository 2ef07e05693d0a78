"""What one process worked out and the next one needs again, kept in the user's cache folder.

Only for pure functions of text and numbers whose answers cost more than to be read from a file: a start of the program
costs about a third less. Where nothing can be written nothing is kept, and nothing else changes.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import update_wrapper
from pathlib import Path
from typing import Any, TypeVar, cast
from zlib import crc32

F = TypeVar("F", bound=Callable[..., Any])

# Far more than there are questions to ask: the file of a version that is worked on does not grow for ever.
MOST = 8192


class Kept:
    """A function whose answers (plain JSON values) are kept from process to process, until its source or Python changes."""

    def __init__(self, function: Callable[..., Any], source: str) -> None:
        self.function = function
        self.file = cache_folder() / f"{function.__name__.strip('_')}-{crc32(source.encode()):08x}.json"
        state = Path(source).stat()
        self.stamp = f"{sys.version} {state.st_size} {state.st_mtime_ns}"
        self.answers = self._read()
        self.grown = False
        update_wrapper(self, function)
        atexit.register(self.save)

    def __call__(self, *asked: str | int) -> Any:
        """The answer, worked out where it is not known yet."""
        key = "\0".join(map(str, asked))
        if key not in self.answers:
            self.answers[key] = self.function(*asked)
            self.grown = True
        return self.answers[key]

    def _read(self) -> dict[str, Any]:
        try:
            stored = json.loads(self.file.read_bytes())
            return dict(stored["answers"]) if stored["stamp"] == self.stamp else {}
        except (OSError, ValueError, TypeError, KeyError):
            return {}

    def save(self) -> None:
        """Write the answers for the next process; another one that writes at the same time does no harm."""
        if not self.grown or len(self.answers) > MOST:
            return
        part = self.file.with_suffix(f".{os.getpid()}")
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({"stamp": self.stamp, "answers": self._read() | self.answers}))
            part.replace(self.file)
        except OSError:
            with suppress(OSError):
                part.unlink()


def kept(function: F) -> F:
    """Keep the answers of a function from process to process."""
    source = sys.modules[function.__module__].__file__
    return cast("F", Kept(function, source)) if source else function


def cache_folder() -> Path:
    """Where answers are kept: `trialgraph` in the cache folder that the XDG base directory specification names."""
    named = os.environ.get("XDG_CACHE_HOME")
    if named:
        return Path(named) / "trialgraph"
    with suppress(RuntimeError):  # nobody's home
        return Path.home() / ".cache" / "trialgraph"
    return Path(os.devnull)
