"""References whose fields the format itself tags (JATS): the tags win, the print fills what they leave out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus.document import ReferenceItem, Tagged
from extractor.references.numbers import whole
from ontology.record import Cited, Reference

RULE = "references.tagged"
FIELDS = ("title", "journal", "year", "volume", "issue", "first_page", "last_page", "doi", "pmid")
# Identifiers and places that the print may hold beside tags that tell only the work.
FILLED = ("doi", "pmid")


def merged(item: ReferenceItem, printed: Reference) -> Reference:
    """The reference as tagged; without a tagged title or place, as printed with what tags there are."""
    if not item.tagged:
        return printed
    values = tagged_values(item.tagged)
    if not (values.get("title") or values.get("volume") or values.get("journal")):
        return printed.model_copy(update=values)
    empty: dict[str, Any] = dict.fromkeys(FIELDS) | {"authors": (), "et_al": None}
    kept = {name: getattr(printed, name) for name in FILLED}
    return printed.model_copy(update=empty | kept | values | {"rule": RULE})


def tagged_values(tagged: tuple[Tagged, ...]) -> dict[str, Any]:
    """Fields of the record from tags."""
    values: dict[str, Any] = {field.field: field.value for field in tagged if field.field in FIELDS and field.value}
    values["last_page"] = whole(values.get("first_page"), values.get("last_page"))
    authors = tuple(cited(field.value) for field in tagged if field.field == "author")
    if authors:
        values["authors"] = authors
        values["et_al"] = any(field.field == "et_al" for field in tagged)
    return values


def cited(value: Mapping[str, str | None]) -> Cited:
    """An author or a group."""
    family = value.get("collab") or value.get("family") or ""
    return Cited(family=family, given=value.get("given") or None)
