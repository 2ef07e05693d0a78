"""Where the facts of a PDF stand on its pages."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.document import Document
from corpus.pdf.places import page_boxes
from ontology.record import Described, Evidence, PageBox, TrialRecord, fact_lists


def on_pages(record: TrialRecord, document: Document) -> TrialRecord:
    """The record with the boxes of every place; as it is where the document has no pages."""
    if not document.pages:
        return record
    known: dict[tuple[int, int], tuple[PageBox, ...]] = {}

    def boxed(places: Iterable[Evidence]) -> tuple[Evidence, ...]:
        return tuple(place.model_copy(update={"boxes": boxes(place.start, place.end)}) for place in places)

    def boxes(start: int, end: int) -> tuple[PageBox, ...]:
        if (start, end) not in known:
            known[start, end] = page_boxes(document, start, end)
        return known[start, end]

    def described(part: Described) -> Described:
        return part.model_copy(update={"evidence": {name: boxed(places) for name, places in part.evidence.items()}})

    lists = {
        name: tuple(fact.model_copy(update={"evidence": boxed(fact.evidence)}) for fact in getattr(record, name))
        for name in fact_lists()
    }
    return record.model_copy(update={"paper": described(record.paper), "trial": described(record.trial), **lists})
