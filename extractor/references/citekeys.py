"""Keys of works in a bibliography: first author, year, first word of the title; the same list gives the same keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractor.references.identity import folded
from ontology.record import Reference

SKIPPED = frozenset("a an the on of in for and to with".split())


def citekeys(references: Sequence[Reference]) -> list[str]:
    """One key a reference, in ASCII; those that clash get a, b, c in order of the list."""
    plain = [citekey(reference) for reference in references]
    total, seen = Counter(plain), Counter[str]()
    keys = []
    for key in plain:
        keys.append(key + letters(seen[key]) if total[key] > 1 else key)
        seen[key] += 1
    return keys


def citekey(reference: Reference) -> str:
    """`smith2010effect`; `ref12` where neither author nor title is known."""
    author = ascii_only(reference.authors[0].family)[:30] if reference.authors else ""
    words = (ascii_only(word) for word in (reference.title or "").split())
    word = next((word for word in words if word and word not in SKIPPED), "")[:20]
    return f"{author}{reference.year or ''}{word}" if author or word else f"ref{reference.number}"


def ascii_only(text: str) -> str:
    """Folded letters and digits that every bibliography program takes in a key."""
    return "".join(character for character in folded(text) if character.isascii() and character.isalnum())


def letters(number: int) -> str:
    """a, b, ..., z, aa, ab, ..."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
