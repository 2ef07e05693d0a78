"""Curated terms: one TSV file a kind, read once; `manifest.tsv` says what each file is and where it is from.

Every file has a header; `name` is the canonical name, `synonyms` are joined by `|`, `concept` is a CURIE
(`ncit:C1647`), `source` names where the identifiers were verified; the other columns are the kind's own.
Labels that are everyday words, or abbreviations that also mean something else, stand in `guarded` too: they
count only where their kind is known (a table of adverse events, an arm, a bracket after the long form).
A `pattern` is tried only where one of its cues stands: `cue` holds lower-case text that every match contains.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ontology import regex as re

COMMON = ("name", "synonyms", "concept", "source")

# Capitals within a word (eGFR, PsA, mRS), two in a row (EGFR, OS), or one that stands alone (R in "R0"): written so or not meant.
CASED = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2}|\b[A-Z]\b|\b[A-Z][0-9]")


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

    @property
    def trusted(self) -> tuple[str, ...]:
        """The labels that mean this term wherever they stand."""
        guarded = self.values("guarded")
        return tuple(label for label in self.labels if label not in guarded)

    def guards(self, printed: str) -> bool:
        """Whether what is printed is a guarded label: `Pain` at the head of a sentence is, as `pain` is."""
        guarded = self.values("guarded")
        return printed in guarded or (not case_matters(printed) and printed.lower() in map(str.lower, guarded))

    def values(self, attribute: str) -> tuple[str, ...]:
        """A list-valued attribute."""
        return split(self.attributes.get(attribute, ""))


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell joined by `|`."""
    return tuple(filter(None, cell.split("|"))) if cell else ()


def case_matters(label: str) -> bool:
    """Whether a label is only meant in its own capitals: `eGFR` is not `EGFR`, `OS` is not `os`."""
    return bool(CASED.search(label))


def patterns(kind: str, text: str) -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    """The rows of a kind with the patterns that can match in a whole text, by their cues: most of them cannot."""
    lower = text.lower()
    return tuple(
        (row, pattern) for row, pattern, cues in _patterned(kind) if not cues or any(cue in lower for cue in cues)
    )


@cache
def _patterned(kind: str) -> tuple[tuple[dict[str, str], re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((row, re.compile(row["pattern"]), split(row.get("cue") or "")) for row in rows(kind))


@cache
def rows(kind: str) -> tuple[dict[str, str], ...]:
    """The rows of `kind`.tsv as dictionaries, in file order."""
    text = files(__name__).joinpath(f"{kind}.tsv").read_text(encoding="utf-8")
    head, *lines = csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(dict(zip(head, cells, strict=True)) for cells in lines if cells)


@cache
def terms(kind: str) -> tuple[Term, ...]:
    """The terms of a kind (`drugs`, `events`, `biomarkers`, `conditions`, `endpoints`, ...), in file order."""
    own = [column for column in next(iter(rows(kind)), ()) if column not in COMMON]
    return tuple(
        Term(
            kind=kind,
            name=row["name"],
            synonyms=split(row.get("synonyms", "")),
            concept=row.get("concept") or None,
            attributes={column: row[column] for column in own if row[column]},
        )
        for row in rows(kind)
    )
