"""Bytes of a text file as text, or the reason why they are none."""

from __future__ import annotations

import codecs

from ontology.errors import UnreadablePaper

MAX_TEXT_BYTES = 20_000_000

# What people rename to .txt by mistake: the first bytes, what the file is, what to do with it.
DISGUISES = (
    (b"%PDF", "is a PDF, not a text", "rename it to .pdf"),
    (b"PK\x03\x04", "is a ZIP archive (perhaps a Word document), not a text", "unpack it or save it as plain text"),
    (b"\x1f\x8b", "is a gzip archive, not a text", "unpack it"),
    (b"\xd0\xcf\x11\xe0", "is an old Word document, not a text", "save it as plain text"),
    (b"{\\rtf", "is an RTF document, not a text", "save it as plain text"),
    (b"\x89PNG", "is an image, not a text", "run character recognition on it first"),
    (b"\xff\xd8\xff", "is an image, not a text", "run character recognition on it first"),
)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, source: str) -> str:
    """The text of a file: UTF-8 or UTF-16, else Windows-1252; a byte order mark is not part of it."""
    if len(data) > MAX_TEXT_BYTES:
        size = f"is too large ({len(data) // 1_000_000} MB, limit {MAX_TEXT_BYTES // 1_000_000} MB)"
        raise UnreadablePaper(source, size, "give one paper a file")
    for magic, problem, remedy in DISGUISES:
        if data.lstrip()[: len(magic)] == magic:
            raise UnreadablePaper(source, problem, remedy)
    text = _decoded(data, source)
    if not text.strip():
        raise UnreadablePaper(source, "is empty", "check that the conversion to text worked")
    return text


def _decoded(data: bytes, source: str) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if data.count(0) > len(data) // 100:
        return _without_mark(data, source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # A stray zero stands in some UTF-8 texts; in a file that is not even UTF-8 it tells of a program's data.
        if 0 in data:
            return _without_mark(data, source)
        return data.decode("cp1252" if _is_windows(data) else "latin-1")


def _without_mark(data: bytes, source: str) -> str:
    """UTF-16 without a byte order mark has its zeros on one side; anything else with many zeros is no text."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if max(even, odd) > len(data) // 4 and min(even, odd) < len(data) // 100:
        return data.decode("utf-16-be" if even > odd else "utf-16-le", errors="replace")
    raise UnreadablePaper(source, "is binary, not a text", "give the paper as text, PDF or JATS XML")


def _is_windows(data: bytes) -> bool:
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True
