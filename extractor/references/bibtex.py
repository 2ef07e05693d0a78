"""References as BibTeX, in UTF-8 with what TeX reads otherwise escaped."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.references.citekeys import citekeys
from extractor.references.csl import kind, pages
from extractor.references.csl import name as csl_name
from ontology.record import Cited, Reference

ESCAPED = {
    "\\": r"\textbackslash{}",
    # BibTeX counts braces whether a backslash stands before them or not.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\n": " ",
    "\r": " ",
    "\t": " ",
}
TABLE = str.maketrans(ESCAPED)
ENTRY = {"article-journal": "article", "chapter": "incollection", "book": "book", "document": "misc"}


def to_bibtex(references: Sequence[Reference]) -> str:
    """A .bib file, one entry a reference, in order."""
    entries = [entry(reference, key) for reference, key in zip(references, citekeys(references), strict=True)]
    return "\n\n".join(entries) + ("\n" if entries else "")


def entry(reference: Reference, key: str) -> str:
    """One entry; a field that is not known is absent."""
    form = ENTRY[kind(reference)]
    fields = {
        "author": " and ".join(name(author) for author in reference.authors)
        + (" and others" if reference.et_al else ""),
        "title": protected(reference.title) if reference.title else None,
        "journal" if form == "article" else "booktitle": escaped(reference.journal),
        "year": str(reference.year) if reference.year else None,
        "volume": escaped(reference.volume),
        "number": escaped(reference.issue),
        "pages": escaped(pages(reference, "--")),
        "doi": reference.doi.replace("{", "").replace("}", "") if reference.doi else None,
        "pmid": reference.pmid,
        "note": None if reference.title else escaped(reference.raw),
    }
    lines = [f"  {field} = {{{value}}}" for field, value in fields.items() if value]
    return f"@{form}{{{key},\n" + ",\n".join(lines) + "\n}"


def escaped(text: str | None) -> str | None:
    """Text with TeX's characters escaped."""
    return text.translate(TABLE) if text else None


def protected(title: str) -> str:
    """A title whose words with inner capitals (VEGFR, mRNA) keep them in styles that set titles small."""
    words = (
        f"{{{word.translate(TABLE)}}}" if any(character.isupper() for character in word[1:]) else word.translate(TABLE)
        for word in title.split()
    )
    return " ".join(words)


def name(author: Cited) -> str:
    """`van der Berg, Jr, A. B.`; a group in braces of its own."""
    parts = csl_name(author)
    if "literal" in parts:
        return f"{{{parts['literal'].translate(TABLE)}}}"
    family = " ".join(filter(None, (parts.get("non-dropping-particle"), parts["family"])))
    return ", ".join(part.translate(TABLE) for part in (family, parts.get("suffix"), parts.get("given")) if part)
