"""Plain values as literals in N-Triples syntax."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from graph.namespaces import iri

ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(32), *range(0x7F, 0xA0))}
ESCAPES |= {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
ESCAPING = str.maketrans(ESCAPES)
NUMBER_TYPES = {name: f'"^^{iri(f"xsd:{name}")}' for name in ("decimal", "integer", "boolean")}


def literal(value: Any) -> str:
    """A plain value in N-Triples syntax."""
    if isinstance(value, str):
        return f'"{escape(value)}"'
    if isinstance(value, bool):
        return f'"{str(value).lower()}{NUMBER_TYPES["boolean"]}'
    if isinstance(value, Decimal):
        return f'"{value:f}{NUMBER_TYPES["decimal"]}'
    return f'"{value}{NUMBER_TYPES["integer"]}'


def escape(text: str) -> str:
    """Text as it stands in an N-Triples literal; halves of characters become the replacement character."""
    if text.isascii() and text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return text.encode("utf-8", "replace").decode("utf-8").translate(ESCAPING)
