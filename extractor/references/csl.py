"""References as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from extractor.references.citekeys import citekeys
from ontology import regex as re
from ontology.record import Cited, Reference

SUFFIX = re.compile(r"\s(Jr|Sr|II|III|IV|2nd|3rd)\.?$")
PARTICLE = re.compile(
    r"^((?:(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ter|ten|zu|zur|'t)\s)+)(?=\S)"
)


def to_csl(references: Sequence[Reference]) -> str:
    """A CSL-JSON array, one item a reference, in order."""
    items = [item(reference, key) for reference, key in zip(references, citekeys(references), strict=True)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def item(reference: Reference, key: str) -> dict[str, Any]:
    """One reference; a field that is not known is absent."""
    fields: dict[str, Any] = {
        "id": key,
        "type": kind(reference),
        "author": [name(author) for author in reference.authors],
        "title": reference.title,
        "container-title": reference.journal,
        "issued": {"date-parts": [[reference.year]]} if reference.year else None,
        "volume": reference.volume,
        "issue": reference.issue,
        "page": pages(reference),
        "DOI": reference.doi,
        "PMID": reference.pmid,
        "note": None if reference.title else reference.raw,
    }
    return {field: value for field, value in fields.items() if value}


def kind(reference: Reference) -> str:
    """Article, book chapter, book, or document where only the print is known."""
    if reference.journal and (reference.volume or reference.doi or reference.pmid or not reference.first_page):
        return "article-journal"
    if reference.journal:
        return "chapter"
    return "book" if reference.title and reference.authors else "document"


def pages(reference: Reference, dash: str = "-") -> str | None:
    """First and last page."""
    return dash.join(filter(None, (reference.first_page, reference.last_page))) or None


def name(author: Cited) -> dict[str, str]:
    """A person with particle and suffix apart; a group as a literal."""
    if author.given is None:
        return {"literal": author.family}
    particle, suffix = PARTICLE.match(author.family), SUFFIX.search(author.given)
    parts = {
        "family": author.family[particle.end() :] if particle else author.family,
        "given": author.given[: suffix.start()] if suffix else author.given,
        "non-dropping-particle": particle[1].strip() if particle else "",
        "suffix": suffix[1] if suffix else "",
    }
    return {part: value for part, value in parts.items() if value}
