from decimal import Decimal

import pytest

from corpus.causes import causes, confusion
from corpus.document import Cell, Document, Passage, Section, Table
from corpus.evaluate import evaluate
from corpus.gold import Gold
from ontology.record import AdverseEvent, DocumentInfo, Evidence, TrialRecord

TEXT = "Nausea 5 of A. Lost 6.\nVomiting\t7\n"
SECTION = Section("Results", "results", 1, 0, len(TEXT))
CELLS = (Cell("Vomiting", 23, 31, 0, 0), Cell("7", 32, 33, 0, 1))
DOCUMENT = Document(
    id="a",
    source="a",
    format="text",
    sha256="0" * 64,
    text=TEXT,
    passages=(Passage(TEXT[:14], range(14), "paragraph", SECTION),),
    tables=(Table("Table 1", None, (CELLS,), 0, (), SECTION, 23, 34),),
)
INFO = DocumentInfo(id="a", source="a", format="text", sha256="0" * 64, characters=len(TEXT))


def event(term: str, count: int, start: int, end: int, **more: object) -> AdverseEvent:
    return AdverseEvent(term=term, count=count, evidence=(Evidence(start=start, end=end),), **more)


NAUSEA = event("nausea", 5, 7, 8, arm="A", percent=Decimal(50))


def cause(gold: AdverseEvent | None, found: AdverseEvent | None) -> set[str]:
    record = TrialRecord(document=INFO, adverse_events=(found,) if found else ())
    held = TrialRecord(document=INFO, adverse_events=(gold,) if gold else ())
    score = evaluate(record, Gold("a", "0" * 64, None, "sample", frozenset({"adverse_events"}), 1, "", held))
    listed = causes(score, [("adverse_events", fact) for fact in record.adverse_events], DOCUMENT)
    assert sum(confusion(listed).values()) == len(listed)
    return {name for _, name in listed}


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        (NAUSEA, None, {"term"}),
        (event("lost", 6, 20, 21), None, {"reader"}),
        (event("vomiting", 7, 32, 33), None, {"table"}),
        (NAUSEA, NAUSEA.model_copy(update={"arm": "B"}), {"binding"}),
        (NAUSEA, NAUSEA.model_copy(update={"count": 6}), {"number"}),
        (NAUSEA, NAUSEA.model_copy(update={"percent": None}), {"number"}),
        (NAUSEA, NAUSEA.model_copy(update={"term": "headache"}), {"term"}),
        (None, NAUSEA, {"term"}),
        (None, event("vomiting", 7, 32, 33), {"table"}),
        (NAUSEA, NAUSEA, set()),
    ],
    ids=["term", "reader", "table", "arm", "count", "percent", "name", "invented", "cell", "right"],
)
def test_why_a_fact_was_lost(gold, found, expected):
    assert cause(gold, found) == expected
