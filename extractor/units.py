"""Units as papers print them, and their UCUM codes."""

from __future__ import annotations

from functools import cache

from ontology import regex as re
from ontology.glyphs import fold
from ontology.terms import terms

# "bowel movements/day", "episodes per week": a count over a time.
PER_TIME = re.compile(
    r"^[A-Za-z]{3,}(?: [A-Za-z]+){0,3} ?(?:/|per) ?(?P<time>day|week|month|year|hour|h|d)$", re.IGNORECASE
)


def unit_code(printed: str) -> str | None:
    """The UCUM code of a printed unit, or None."""
    codes = _unit_codes()
    bare = fold(printed).strip(" .")
    code = codes.get(bare) or codes.get(bare.replace(" ", "")) or codes.get(bare.lower())
    counted = PER_TIME.match(bare) if code is None else None
    return f"/{codes[counted['time'].lower()]}" if counted else code


@cache
def _unit_codes() -> dict[str, str]:
    """Every printed form of a unit; a single letter is one only if it is a unit of time or length in tables."""
    codes: dict[str, str] = {}
    for term in terms("units"):
        for form in term.labels:
            codes.setdefault(fold(form), term.name)
    for letter in "DVJUuM":
        codes.pop(letter, None)
    return codes
