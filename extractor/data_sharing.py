"""Where a paper says that its data are."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.cues import Cued
from extractor.study import Study
from extractor.values import Stated
from ontology import regex as re

# Anywhere but in the back the words must be of a repository: a method speaks of available data too.
DATA = Cued(
    r"\b(?<!supplementary )(?:data(?:sets?)?|material) (?:[\w/-]+ ){0,12}?(?:are|is|will be|were|can be|may be|not) (?:\w+ ){0,3}?(?:available|accessible|shared|deposited|included|provided|obtained)\b|\bdata sharing(?: statement)?:? (?!statement)\w",
    re.IGNORECASE,
)
DEPOSITED = Cued(
    r"\bdata(?:sets?)? (?:[\w/-]+ ){0,12}?(?:publicly available|deposited)|\bdeposited (?:in|at|to|with) (?:[\w-]+ ){0,6}?(?:under|accession|database|repository)",
    re.IGNORECASE,
)
HEAD = Cued(r"data (?:availab|shar|access)|availability of (?:supporting )?data|accession", re.IGNORECASE)
SAYS = re.compile(r"[a-z] [a-z].*[.)]$|\bnot applicable\b", re.IGNORECASE | re.DOTALL)


def data_availability(study: Study) -> Iterator[Stated]:
    """Where the data are said to be: in a section on it, in the back of the paper, or in a repository."""
    for sentence in study.reading.sentences:
        if sentence.passage.kind in ("heading", "caption", "footnote"):
            continue
        headed = HEAD.search(sentence.passage.section.title) and SAYS.search(sentence.text)
        behind = sentence.kind in ("back", "front") and DATA.search(sentence.text)
        if headed or behind or (sentence.kind in ("other", "methods") and DEPOSITED.search(sentence.text)):
            printed = sentence.printed(0, sentence.end - sentence.start)
            yield Stated("data_availability", " ".join(printed.split()), sentence.evidence(), "trial.data_availability")
            return
