"""`re` for the patterns of this house: what they are compiled to is kept, so that a start need not compile them again.

Fourteen hundred patterns take half a second to compile and 20 ms to load. Patterns that hold names of one paper are of
no use to the next one: they are compiled with `re` itself.
"""

from __future__ import annotations

import re
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterator
from functools import cache
from re import DOTALL, IGNORECASE, MULTILINE, VERBOSE, Match, Pattern, error, escape
from typing import Any

from ontology.kept import kept

try:
    # What `re.compile` is made of. It has no public names, and another Python may do without it.
    from _sre import compile as from_code  # type: ignore[import-not-found]
    from re import _compiler, _parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    from_code = None

__all__ = [
    "DOTALL",
    "IGNORECASE",
    "MULTILINE",
    "VERBOSE",
    "Match",
    "Pattern",
    "compile",
    "error",
    "escape",
    "findall",
    "finditer",
    "fullmatch",
    "match",
    "once",
    "search",
    "split",
    "sub",
]


@cache
def compile(pattern: str, flags: int = 0) -> Pattern[str]:  # noqa: A001
    """A pattern ready to search, as `re.compile` gives it."""
    if from_code is None:
        return re.compile(pattern, flags)
    given, code, groups, names = _code(pattern, int(flags))
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    try:
        found: Pattern[str] = from_code(
            pattern, given, array("I", b64decode(code)).tolist(), groups, names, tuple(by_number)
        )
    except (RuntimeError, ValueError, OverflowError):  # a file that was meddled with
        return re.compile(pattern, flags)
    return found


def once(pattern: str, flags: int = 0) -> Pattern[str]:
    """A pattern that holds what one paper says, which no other one will ask for."""
    return re.compile(pattern, flags)


@kept
def _code(pattern: str, flags: int) -> tuple[int, str, int, dict[str, int]]:
    parsed: Any = _parser.parse(pattern, flags)
    code = array("I", _compiler._code(parsed, flags)).tobytes()
    return flags | parsed.state.flags, b64encode(code).decode(), parsed.state.groups - 1, dict(parsed.state.groupdict)


def search(pattern: str, text: str, flags: int = 0) -> Match[str] | None:
    """The first match."""
    return compile(pattern, flags).search(text)


def match(pattern: str, text: str, flags: int = 0) -> Match[str] | None:
    """The match at the start."""
    return compile(pattern, flags).match(text)


def fullmatch(pattern: str, text: str, flags: int = 0) -> Match[str] | None:
    """The match of the whole text."""
    return compile(pattern, flags).fullmatch(text)


def finditer(pattern: str, text: str, flags: int = 0) -> Iterator[Match[str]]:
    """Every match."""
    return compile(pattern, flags).finditer(text)


def findall(pattern: str, text: str, flags: int = 0) -> list[Any]:
    """The texts of every match, or of its groups."""
    return compile(pattern, flags).findall(text)


def split(pattern: str, text: str, maxsplit: int = 0, flags: int = 0) -> list[Any]:
    """The texts between the matches."""
    return compile(pattern, flags).split(text, maxsplit)


def sub(pattern: str, new: str, text: str, count: int = 0, flags: int = 0) -> str:
    """The text with every match replaced."""
    return compile(pattern, flags).sub(new, text, count)
