"""References written in the formats that reference managers read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from extractor.references.bibtex import to_bibtex
from extractor.references.csl import to_csl
from extractor.references.ris import to_ris
from ontology.errors import WrongCall
from ontology.record import Reference


def to_json(references: Sequence[Reference]) -> str:
    """The references as the record has them, fields that are not known left out."""
    items = [reference.model_dump(mode="json", exclude_none=True) for reference in references]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Sequence[Reference]], str]] = {
    "csl": to_csl,
    "bibtex": to_bibtex,
    "ris": to_ris,
    "json": to_json,
}


def render(references: Sequence[Reference], format: str) -> str:  # noqa: A002
    """References in one of FORMATS."""
    if format not in FORMATS:
        raise WrongCall(f"{format}: no such format; choose one of {', '.join(FORMATS)}")
    return FORMATS[format](references)
