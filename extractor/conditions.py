"""The diseases that the trial treats: those of the title, else the most named of the abstract."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from extractor.language import TermMatch
from extractor.reading import Sentence
from extractor.study import Study
from ontology import regex as re
from ontology.record import Condition, Evidence

PATIENTS_WITH = re.compile(
    r"\b(?:(?:out|in)?patients?|subjects?|participants?|women|men|adults|children|volunteers|individuals|people|treatment of|therapy (?:of|for)|diagnos\w+ (?:of|with)|prevention of)"
    r" (?:[a-z-]+ ){0,3}?(?:(?:with|who had|having|for) (?:[a-z-]+ ){0,2}?)?$",
    re.IGNORECASE,
)
PATIENTS_BEHIND = re.compile(r"(?: \([^)]*\))?,? (?:out|in)?patients?\b", re.IGNORECASE)
MAX_EVIDENCE = 6
# What is done to patients, or who they are: no disease, and named only where no disease is.
NO_DISEASE = frozenset(
    {
        "haematopoietic stem cell transplantation",
        "sedation",
        "anaesthesia",
        "healthy volunteers",
        "kidney transplantation",
        "liver transplantation",
    }
)
PAIN = "postoperative pain"
# What a trial of analgesia names besides the pain that it treats.
AFTER_OPERATION = frozenset({"postoperative nausea and vomiting"})
ANALGESIA = re.compile(r"\banalges(?:ia|ics?)\b", re.IGNORECASE)
OPERATION = re.compile(
    r"\b(?:surg(?:ery|ical)|operat\w+|post-?\s?operative|post-?\s?thoracotomy|\w+(?:ectomy|otomy|plasty)|c(?:a)?esarean)\b",
    re.IGNORECASE,
)
BROAD = frozenset({"cancer", "advanced cancer", "solid tumour", "metastatic cancer", "haematological malignancy"})


def conditions(study: Study) -> Iterator[Condition]:
    """Conditions of the title first; without one, what the abstract's patients have."""
    found: dict[str, list[tuple[Sentence, TermMatch]]] = defaultdict(list)
    for sentence in study.reading.sentences:
        if sentence.passage.kind == "title" or sentence.kind in ("abstract", "methods", "front"):
            for match in sentence.of_kind("conditions"):
                found[match.term.name].append((sentence, match))
    chosen = _chosen(found)
    pain = tuple(_pain(study)) if not set(chosen) - NO_DISEASE - AFTER_OPERATION else ()
    if pain:
        yield Condition(name=PAIN, evidence=pain, rule="conditions.analgesia")
        return
    for name in chosen:
        places = found[name]
        evidence: list[Evidence] = []
        for sentence, match in places[:MAX_EVIDENCE]:
            evidence.extend(sentence.evidence(match.start, match.end))
        yield Condition(name=name, concept=places[0][1].term.concept, evidence=tuple(evidence), rule="conditions.term")


def _pain(study: Study) -> Iterator[Evidence]:
    """Where the title is on relieving the pain of an operation, without naming the pain."""
    title = next((s for s in study.reading.sentences if s.passage.kind == "title"), None)
    match = ANALGESIA.search(title.text) if title else None
    if title and match and OPERATION.search(title.text):
        yield from title.evidence(*match.span())


def _chosen(found: dict[str, list[tuple[Sentence, TermMatch]]]) -> list[str]:
    titled = [name for name, places in found.items() if any(s.passage.kind == "title" for s, _ in places)]
    if titled:
        named = [_narrowed(name, found) for name in titled]
        diseases = [name for name in named if name not in NO_DISEASE]
        narrow = [name for name in diseases if name not in BROAD]
        return list(dict.fromkeys(narrow or diseases or named))
    votes: Counter[str] = Counter()
    for name, places in found.items():
        for sentence, match in places:
            if sentence.kind == "abstract":
                votes[name] += 3 if _is_of_patients(sentence, match) else 1
    return [name for name, count in votes.most_common(1) if count >= 2]


def _is_of_patients(sentence: Sentence, match: TermMatch) -> bool:
    """Whether a disease is said to be what patients have."""
    return bool(PATIENTS_WITH.search(sentence.text[: match.start]) or PATIENTS_BEHIND.match(sentence.text, match.end))


def _narrowed(name: str, found: dict[str, list[tuple[Sentence, TermMatch]]]) -> str:
    """The narrower disease that the patients of the abstract have, where the title names a wider one."""
    votes = {
        narrower: sum(_is_of_patients(s, match) for s, match in places if s.kind == "abstract")
        for narrower, places in found.items()
        if narrower.endswith(f" {name}")
    }
    best = max(votes, key=lambda narrower: votes[narrower], default=name)
    return best if votes.get(best) else name
