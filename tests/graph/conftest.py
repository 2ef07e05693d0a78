"""Stores of gold records, and a record whose every text tries to break out of its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from corpus.gold import gold_records
from graph.rdf import graph_of, ntriples
from graph.stores import Embedded, Graph, Store
from ontology.record import (
    AdverseEvent,
    Arm,
    Cited,
    Condition,
    DocumentInfo,
    Dose,
    Drug,
    Evidence,
    PageBox,
    Paper,
    PriorEvidence,
    Reference,
    Registration,
    Result,
    Trial,
    TrialRecord,
)

TEXTS = {
    "quotes": "3',5'-\"cyclic\" Crohn's ''' \"\"\"",
    "lines": "one\ntwo\r\nthree\ttab \u2028 \u2029 end",
    "markup": "</script><script>alert(1)</script> & <b> ]]> <!-- --> {{script}}",
    "control": "vertical\u000btab nul\u0000bell\u0007 del\u007f",
    "direction": "\u202eright to left\u202c \u200f\u061c é ü 漢 🧬 \ufffe",
    "injection": '" } } ; DROP ALL ; INSERT DATA { GRAPH <x:x> { <x:a> <x:b> "c" . # ',
    "backslash": "\\ \\u0022 \\\\u0022 \\n \\",
    "cypher": "'}) DETACH DELETE n // `; MATCH (x) ",
    "csv": '=cmd|" /C calc"!A0, "a";b\n',
    "blank": " ",
    "dot": '\\N label="x"]; a -> b [',
}
ALL = " | ".join(TEXTS.values())


def hostile_record(text: str = ALL) -> TrialRecord:
    """The record; `text` in every place that takes text."""
    boxes = tuple(PageBox(page=page, left=1.5, bottom=-2, right=30.1, top=12) for page in (2, 3))
    place = (Evidence(start=3, end=7, section=text, table=text, row=0, column=1, boxes=boxes), Evidence(start=1, end=2))
    said = {"evidence": place, "rule": text}
    return TrialRecord(
        document=DocumentInfo(id=text, source=text, format=text, sha256=text, characters=len(text), text=text * 2),
        paper=Paper(title=text, doi=text, evidence={"title": place}, rules={"title": text}),
        trial=Trial(
            registrations=(Registration(registry=text, id=text),), countries=(text, "b", "a", text), enrolled=3
        ),
        conditions=(Condition(name=text, concept=text, **said),),
        arms=(Arm(label=text, drugs=(text, "b"), synonyms=("z", "a"), **said),),
        drugs=(Drug(name=text, concept=text, classes=(text,), **said),),
        doses=(Dose(drug=text, arm=text, value=Decimal("0.60"), unit=text, printed_unit=text, **said),),
        results=(Result(endpoint=text, arm=text, population=text, statistic="rate", value=Decimal("45.0"), **said),)
        * 2,
        adverse_events=(AdverseEvent(term=text, arm=text, grade=text, count=0, **said),),
        references=(Reference(number=1, raw=text, title=text, authors=(Cited(family=text),), year=2020, **said),),
        prior_evidence=(PriorEvidence(endpoint=text, drugs=(text,), references=(1, 7), value=Decimal(1), **said),),
    )


def graph_from(record: TrialRecord) -> Graph:
    return Graph(graph_of(record), ntriples(record))


@pytest.fixture(scope="session")
def records() -> dict[str, TrialRecord]:
    return {gold.id: gold.record for gold in gold_records()}


@pytest.fixture(scope="session")
def gold_store(records: dict[str, TrialRecord]) -> Iterator[Store]:
    store = Embedded()
    store.replace([graph_from(record) for record in records.values()])
    yield store
    store.close()


@pytest.fixture(params=TEXTS.values(), ids=TEXTS)
def hostile_text(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def hostile() -> Callable[..., TrialRecord]:
    return hostile_record


@pytest.fixture(scope="session")
def as_graph() -> Callable[[TrialRecord], Graph]:
    return graph_from
