"""The diseases that the trial treats: those of the title, else the most named of the abstract."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from extractor.language import TermMatch
from extractor.reading import Sentence
from extractor.study import Study
from ontology.record import Condition, Evidence

PATIENTS_WITH = re.compile(
    r"\b(?:patients?|subjects?|participants?|women|men|adults|children|volunteers|individuals|people|treatment of|therapy (?:of|for)|diagnos\w+ (?:of|with)|prevention of) (?:[a-z-]+ ){0,3}?(?:with|who had|having|for)? ?$",
    re.IGNORECASE,
)
MAX_EVIDENCE = 6


def conditions(study: Study) -> Iterator[Condition]:
    """Conditions of the title first; without one, what the abstract's patients have."""
    found: dict[str, list[tuple[Sentence, TermMatch]]] = defaultdict(list)
    for sentence in study.reading.sentences:
        if sentence.passage.kind == "title" or sentence.kind in ("abstract", "methods", "front"):
            for match in sentence.of_kind("conditions"):
                found[match.term.name].append((sentence, match))
    for name in _chosen(found):
        places = found[name]
        evidence: list[Evidence] = []
        for sentence, match in places[:MAX_EVIDENCE]:
            evidence.extend(sentence.evidence(match.start, match.end))
        yield Condition(name=name, concept=places[0][1].term.concept, evidence=tuple(evidence), rule="conditions.term")


def _chosen(found: dict[str, list[tuple[Sentence, TermMatch]]]) -> list[str]:
    titled = [name for name, places in found.items() if any(s.passage.kind == "title" for s, _ in places)]
    if titled:
        return titled
    votes: Counter[str] = Counter()
    for name, places in found.items():
        for sentence, match in places:
            if sentence.kind == "abstract":
                votes[name] += 3 if PATIENTS_WITH.search(sentence.text[: match.start]) else 1
    return [name for name, count in votes.most_common(1) if count >= 2]
