from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from graph.rdf import ntriples
from graph.shapes import violations
from ontology.record import TrialRecord

Hostile = Callable[..., TrialRecord]


def faults(data: bytes) -> list[str]:
    return list(violations(ox.parse(data, ox.RdfFormat.N_TRIPLES)))


@pytest.mark.parametrize("name", ["sample", "PMC4570722"])
def test_gold_conforms(records: dict[str, TrialRecord], name: str) -> None:
    assert faults(ntriples(records[name])) == []


def test_hostile_text_conforms(hostile: Hostile) -> None:
    assert faults(ntriples(hostile())) == []


CASES = {
    "a field that is not there": (b'ns#statistic> "rate"', b'ns#statistics> "rate"', "tg:statistics"),
    "a choice that is none": (b'"rate"', b'"ratio"', "statistic"),
    "a number that is text": (
        b'ns#enrolled> "3"^^<http://www.w3.org/2001/XMLSchema#integer>',
        b'ns#enrolled> "3"',
        "enrolled",
    ),
    "an end before its start": (b'oa#end> "7"', b'oa#end> "2"', "oa:start"),
}


@pytest.mark.parametrize(("old", "new", "named"), CASES.values(), ids=CASES)
def test_faults_are_named(hostile: Hostile, old: bytes, new: bytes, named: str) -> None:
    data = ntriples(hostile("plain"))
    assert old in data
    found = faults(data.replace(old, new))
    assert found
    assert any(named in fault for fault in found), found
