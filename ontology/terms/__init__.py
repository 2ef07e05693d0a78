"""Curated terms: one TSV file a kind, read once.

Every file has a header; `name` is the canonical name, `synonyms` are joined by `|`, `concept` is a CURIE
(`ncit:C1647`), `source` names where the identifiers were verified; the other columns are the kind's own.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

COMMON = ("name", "synonyms", "concept", "source")


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A curated term; `attributes` are the columns of its own kind, lists still joined by `|`."""

    kind: str
    name: str
    synonyms: tuple[str, ...]
    concept: str | None
    attributes: Mapping[str, str]

    @property
    def labels(self) -> tuple[str, ...]:
        """Every printed form: the name, then its synonyms."""
        return (self.name, *self.synonyms)

    def values(self, attribute: str) -> tuple[str, ...]:
        """A list-valued attribute."""
        return split(self.attributes.get(attribute, ""))


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell joined by `|`."""
    return tuple(value for value in cell.split("|") if value)


@cache
def rows(kind: str) -> tuple[dict[str, str], ...]:
    """The rows of `kind`.tsv as dictionaries, in file order."""
    text = files(__name__).joinpath(f"{kind}.tsv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def terms(kind: str) -> tuple[Term, ...]:
    """The terms of a kind (`drugs`, `events`, `biomarkers`, `conditions`, `endpoints`, ...), in file order."""
    return tuple(
        Term(
            kind=kind,
            name=row["name"],
            synonyms=split(row.get("synonyms", "")),
            concept=row.get("concept") or None,
            attributes={column: value for column, value in row.items() if column not in COMMON and value},
        )
        for row in rows(kind)
    )
