"""References as RIS: two letters, two spaces, hyphen, space; one value a line; CRLF as the format's readers want it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.references.csl import kind
from extractor.references.csl import name as csl_name
from ontology.record import Cited, Reference

TYPES = {"article-journal": "JOUR", "chapter": "CHAP", "book": "BOOK", "document": "GEN"}


def to_ris(references: Sequence[Reference]) -> str:
    """A .ris file, one record a reference, in order."""
    return "".join(f"{tag}  - {value}\r\n" for reference in references for tag, value in lines(reference))


def lines(reference: Reference) -> Iterator[tuple[str, str]]:
    """The tags of one reference in the order of the format."""
    form = kind(reference)
    yield "TY", TYPES[form]
    for author in reference.authors:
        yield "AU", name(author)
    values = (
        ("TI", reference.title),
        ("T2", reference.journal),
        ("PY", str(reference.year) if reference.year else None),
        ("VL", reference.volume),
        ("IS", reference.issue),
        ("SP", reference.first_page),
        ("EP", reference.last_page),
        ("DO", reference.doi),
        ("AN", f"PMID:{reference.pmid}" if reference.pmid else None),
        ("N1", None if reference.title else reference.raw),
    )
    yield from ((tag, one_line(value)) for tag, value in values if value)
    yield "ER", ""


def one_line(value: str) -> str:
    """A value without line breaks, which would end it."""
    return " ".join(value.split())


def name(author: Cited) -> str:
    """`Berg,A. B.,Jr`; a group as it stands, without the commas that would part it."""
    parts = csl_name(author)
    if "literal" in parts:
        return one_line(parts["literal"].replace(",", ""))
    family = " ".join(filter(None, (parts.get("non-dropping-particle"), parts["family"])))
    given = [part for part in (parts.get("given"), parts.get("suffix")) if part]
    return one_line(", ".join([family.replace(",", ""), *given]))
