"""References: from a printed list to parsed fields, identity and exports."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document, ReferenceItem
from extractor.references.bibtex import to_bibtex
from extractor.references.csl import to_csl
from extractor.references.identity import Work, merge, work_key
from extractor.references.numbers import whole
from extractor.references.parse import Parsed
from extractor.references.printed import prepare
from extractor.references.render import FORMATS, render
from extractor.references.ris import to_ris
from extractor.references.style import decide, name_of, parse_all
from extractor.references.tagged import merged
from ontology.record import Citation, Evidence, Reference

__all__ = (
    "FORMATS",
    "Work",
    "citations",
    "merge",
    "parse_list",
    "parse_text",
    "render",
    "to_bibtex",
    "to_csl",
    "to_ris",
    "whole",
    "work_key",
)
# Any of these is enough to find the work.
KNOWN = ("journal", "doi", "pmid")
UNPARSED = "references.unparsed"


def parse_list(items: Sequence[ReferenceItem]) -> tuple[Reference, ...]:
    """The references of a list; its style is decided once, tags of the format win over the print."""
    read = parse_all([prepare(item.passage.text) for item in items])
    style = name_of(decide(read))
    printed = (reference(item.number, parsed, style) for item, parsed in zip(items, read, strict=True))
    return tuple(located(item, merged(item, found)) for item, found in zip(items, printed, strict=True))


def parse_text(lines: Sequence[str]) -> tuple[Reference, ...]:
    """The references of plain strings, numbered from one; they have no evidence."""
    read = parse_all([prepare(line) for line in lines])
    style = name_of(decide(read))
    return tuple(reference(number, parsed, style) for number, parsed in enumerate(read, 1))


def reference(number: int, parsed: Parsed, style: str) -> Reference:
    """The record of a parsed reference; one of which too little could be read says so."""
    fields = fields_of(parsed)
    known = any(fields[name] for name in KNOWN) or (fields["title"] and (fields["authors"] or fields["year"]))
    return Reference(number=number, raw=parsed.printed.raw, rule=f"references.{style}" if known else UNPARSED, **fields)


def located(item: ReferenceItem, found: Reference) -> Reference:
    """A reference with the place of its item."""
    return found.model_copy(update={"evidence": item.passage.evidence(0, len(item.passage.text))})


def fields_of(parsed: Parsed) -> dict[str, object]:
    """The fields of the record that a reading fills."""
    place, names = parsed.place, parsed.names
    return {
        "authors": names.authors,
        "et_al": names.et_al if names.authors else None,
        "title": parsed.value(parsed.title),
        "journal": parsed.value(parsed.journal),
        "year": int(parsed.year) if parsed.year else None,
        "volume": place.volume if place else None,
        "issue": place.issue if place else None,
        "first_page": place.first_page if place else None,
        "last_page": whole(place.first_page, place.last_page) if place else None,
        "doi": parsed.printed.identifiers.get("doi"),
        "pmid": parsed.printed.identifiers.get("pmid"),
    }


def citations(document: Document) -> tuple[Citation, ...]:
    """The printed groups of reference numbers in the text."""
    return tuple(
        Citation(
            numbers=marker.numbers,
            evidence=(
                Evidence(start=marker.start, end=marker.end, section=marker.section.title or marker.section.kind),
            ),
            rule="references.citation",
        )
        for marker in document.citations
    )
