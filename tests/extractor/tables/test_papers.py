"""The tables of real papers: what a fact says stands where its evidence points."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.readers.jats import read_jats
from extractor.arms import find_arms
from extractor.reading import read
from extractor.study import Rejected, Study
from extractor.tables.adverse_events import table_adverse_events
from extractor.tables.baseline import baseline
from extractor.tables.results import table_results
from ontology.glyphs import fold
from ontology.record import AdverseEvent, Baseline, Result

PAPERS = Path(__file__).parents[3] / ".." / "shared" / "papers"
NAMES = tuple(p.name for p in sorted(PAPERS.glob("PMC*")) if (p / "paper.nxml").is_file())[::8]
THOUSANDS = re.compile(r"(?<=\d)[, ](?=\d{3}\b)")
NUMBER = re.compile(r"\d*\.?\d+")
TableFact = Baseline | AdverseEvent | Result


def studies() -> Iterator[Study]:
    for name in NAMES:
        path = PAPERS / name / "paper.nxml"
        reading = read(read_jats(path.read_bytes(), name))
        yield Study(reading, find_arms(reading))


@pytest.mark.skipif(not PAPERS.is_dir(), reason="the development papers are not here")
def test_numbers_stand_in_their_cells() -> None:
    for study in studies():
        for extractor in (baseline, table_adverse_events, table_results):
            for fact in extractor(study):
                if not isinstance(fact, Rejected):
                    assert fact.evidence[0].table
                    cells = "\n".join(study.document.text[place.start : place.end] for place in fact.evidence)
                    printed = THOUSANDS.sub("", fold(cells))
                    assert numbers(fact) <= {abs(Decimal(number)) for number in NUMBER.findall(printed)}, fact


def numbers(fact: TableFact) -> set[Decimal]:
    """The count and the main figure of a fact, without sign."""
    value = getattr(fact, "value", None)
    figures = (fact.count, value if value is not None else getattr(fact, "percent", None))
    return {abs(Decimal(figure)) for figure in figures if figure is not None}
