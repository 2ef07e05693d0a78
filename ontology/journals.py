"""The names of journals, as papers and reference lists print them."""

from __future__ import annotations

from functools import cache

from ontology import regex as re
from ontology.terms import terms


def journal_key(printed: str) -> str:
    """A printed name without its article, spaces and marks: some title pages set "T h e  J o u r n a l"."""
    return re.sub(r"\W", "", printed).lower().removeprefix("the")


@cache
def journals() -> dict[str, str]:
    """The full name of each journal by the keys of its names and abbreviations."""
    forms = (
        (label, term.name)
        for term in terms("journals")
        for label in (*term.labels, term.attributes.get("abbreviation", ""))
    )
    return {journal_key(label): name for label, name in forms if label}
