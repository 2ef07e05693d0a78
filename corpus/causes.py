"""Why a fact was missed or invented: the stage of the reading that most likely lost it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal

from corpus.agreement import folded
from corpus.document import Document
from corpus.evaluate import MAIN_VALUES, Match, Score, scored_lists
from ontology.record import Evidence, Fact

Cause = Literal["reader", "table", "term", "binding", "number", "value", "other"]

MEANING: dict[Cause, str] = {
    "reader": "the place is in no passage and no table",
    "table": "the place is a table's cell that gave no fact",
    "term": "no fact of the list has this name",
    "binding": "the value was found with another arm, endpoint, grade or time",
    "number": "the same key was found with another number",
    "value": "the fact was found, one of its other values differs",
    "other": "none of these",
}
NUMBERS = frozenset({*MAIN_VALUES, "value_max", "total", "size", "sd", "se"})
NESTED_NUMBERS = ("ci.", "range.", "frequency.", "p_value.")


class Coverage:
    """Which characters of a document stand in a passage or a cell."""

    def __init__(self, document: Document) -> None:
        covered = bytearray(len(document.text) + 1)
        for passage in _passages(document):
            for start, end in passage:
                covered[start:end] = b"\1" * (end - start)
        self._covered = covered
        self.cells = [(cell.start, cell.end) for table in document.tables for cell in table.cells()]

    def reads(self, evidence: Iterable[Evidence]) -> bool:
        """Whether one of the places was read wholly."""
        return any(all(self._covered[e.start : e.end]) for e in evidence)

    def in_table(self, evidence: Iterable[Evidence]) -> bool:
        """Whether one of the places is in a cell."""
        return any(a < e.end and e.start < b for e in evidence for a, b in self.cells)


def _passages(document: Document) -> Iterable[list[tuple[int, int]]]:
    captions = [table.caption for table in document.tables if table.caption]
    footnotes = [note for table in document.tables for note in table.footnotes]
    legends = [figure.caption for figure in document.figures]
    references = [item.passage for item in document.references]
    for passage in (*document.passages, *captions, *footnotes, *legends, *references):
        yield [(offset, offset + 1) for offset in passage.offsets if offset >= 0]
        yield [(a, b) for a, b in pairwise(o for o in passage.offsets if o >= 0) if 0 < b - a < 4]
    yield [(cell.start, cell.end) for table in document.tables for cell in table.cells()]


def cause_of(
    match: Match, names: frozenset[str], places: frozenset[tuple[int, int]], coverage: Coverage | None
) -> Cause:
    """Why a gold fact is missed or half right; `names` and `places` are those of the list's found facts."""
    if match.found:
        return _difference(match)
    if coverage and not coverage.reads(match.evidence):
        return "reader"
    in_table = coverage.in_table(match.evidence) if coverage else any(e.table for e in match.evidence)
    if in_table and not any(a < e.end and e.start < b for e in match.evidence for a, b in places):
        return "table"
    return "other" if _name(match.list, match.gold) in names else "term"


def _difference(match: Match) -> Cause:
    key = scored_lists()[match.list].key
    numbers = [name for name in match.differs if name in NUMBERS or name.startswith(NESTED_NUMBERS)]
    keys = [name for name in match.differs if name in key and name not in NUMBERS]
    if keys and keys[0] == key[0]:
        return "term" if not numbers else "other"
    if keys:
        return "binding" if not numbers else "other"
    return "number" if numbers else "value"


def causes(score: Score, found: Iterable[tuple[str, Fact]], document: Document | None) -> list[tuple[Match, Cause]]:
    """Every miss and invention of a score with its cause; `reader` is known only with the document."""
    facts = list(found)
    coverage = Coverage(document) if document else None
    names: dict[str, frozenset[str]] = {}
    places: dict[str, frozenset[tuple[int, int]]] = {}
    for name in scored_lists():
        own = [fact for owner, fact in facts if owner == name]
        names[name] = frozenset(_name(name, fact) for fact in own)
        places[name] = frozenset((e.start, e.end) for fact in own for e in fact.evidence)
    missed = [(m, cause_of(m, names[m.list], places[m.list], coverage)) for m in score.misses]
    return missed + [(m, _invention(m, score, coverage)) for m in score.inventions]


def _invention(match: Match, score: Score, coverage: Coverage | None) -> Cause:
    near = next((m for m in score.misses if m.found is match.found), None)
    if near:
        return _difference(near)
    if coverage and coverage.in_table(match.evidence):
        return "table"
    known = {_name(m.list, m.gold) for m in score.matches if m.list == match.list and m.gold}
    return "other" if _name(match.list, match.found) in known else "term"


def _name(list_name: str, fact: Fact | None) -> str:
    return folded(str(getattr(fact, scored_lists()[list_name].key[0], "")))


def confusion(found: Iterable[tuple[Match, Cause]]) -> Counter[tuple[str, str, Cause]]:
    """How many of (list, `missed` or `invented`, cause)."""
    return Counter((match.list, "missed" if match.gold else "invented", cause) for match, cause in found)
