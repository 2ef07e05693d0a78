"""How many patients an outcome got better in, worse in, or stayed as it was in: "improved in 12%, unchanged in 60%"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.cues import Cued
from extractor.language import TermMatch
from extractor.quantities import ANY_COUNT
from ontology import regex as re

STATE = Cued(
    r"\b(?:was |were |had |has |have |remained |become |became |been )*(?P<state>improved|unchanged|not change[ds]?|stable|worsened|deteriorated|normali[sz]ed"
    rf"|resolved|increased|decreased|declined)(?: (?:or|and) [a-z]+)?,? in (?=(?:only |all |both )?{ANY_COUNT}(?:\.\d+)?(?: ?%| |\())",
    re.IGNORECASE,
)
PRINTED = {"not change": "unchanged", "not changed": "unchanged", "not changes": "unchanged"}
LEAST = 2


def states(text: str, known: Sequence[TermMatch]) -> Iterator[TermMatch]:
    """The states of the outcome named before them, where a sentence sets two or more against each other."""
    found = list(STATE.finditer(text)) if known else []
    names = {match["state"].lower() for match in found}
    before = [match for match in known if found and match.end <= found[0].start()]
    if len(names) < LEAST or not before:
        return
    outcome = before[-1].term
    for match in found:
        state = PRINTED.get(match["state"].lower(), match["state"].lower())
        term = replace(outcome, name=f"{outcome.name}: {state}", attributes={"kind": "rate"})
        yield TermMatch(term, *match.span("state"))
