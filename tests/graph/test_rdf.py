from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from simplejson import dumps

from corpus.gold import gold_records
from graph import rdf, restore
from graph.extraction import extract_paper
from graph.shapes import violations
from graph.stores import Embedded, Graph
from ontology.record import DocumentInfo, Drug, Evidence, Reference, Result, Trial, TrialRecord
from ontology.serialise import to_plain

Hostile = Callable[..., TrialRecord]
GOLD = [gold.record for gold in gold_records()]
DOCUMENT = DocumentInfo(id="d", source="d.txt", format="text", sha256="ab" * 32, characters=10)


def through_store(record: TrialRecord) -> TrialRecord:
    store = Embedded()
    store.replace([Graph(rdf.graph_of(record), rdf.ntriples(record))])
    return restore.to_record(restore.index(store.triples(rdf.graph_of(record))))


@pytest.mark.parametrize("record", GOLD, ids=lambda record: record.document.id)
def test_gold_comes_back_from_a_store_as_it_went(record: TrialRecord) -> None:
    back = through_store(record)
    assert back == record
    assert dumps(to_plain(back), sort_keys=True, use_decimal=True) == dumps(
        to_plain(record), sort_keys=True, use_decimal=True
    )


@pytest.mark.parametrize("name", ["PMC5486465"])
def test_extracted_records_come_back_and_conform(name: str) -> None:
    path = Path(__file__).parents[2] / ".." / "shared" / "papers" / name / "paper.txt"
    if not path.is_file():
        pytest.skip("the development papers are not here")
    record = extract_paper(path).record
    assert through_store(record) == record
    assert list(violations(ox.parse(rdf.ntriples(record), ox.RdfFormat.N_TRIPLES))) == []


def test_hostile_text_comes_back_as_it_went(hostile: Hostile, hostile_text: str) -> None:
    assert through_store(hostile(hostile_text)) == hostile(hostile_text)


@pytest.mark.parametrize("printed", ["0.60", "45.0", "50", "0", "-5", "1E+2", "1E-7", "12345678901234567890.5"])
def test_digits_stay_as_printed(printed: str) -> None:
    result = Result(endpoint="e", statistic="rate", value=Decimal(printed))
    back = through_store(TrialRecord(document=DOCUMENT, results=(result,)))
    assert str(back.results[0].value) == printed


def test_order_and_repeats_of_values_stay() -> None:
    record = TrialRecord(document=DOCUMENT, trial=Trial(countries=("b", "a", "b"), evidence={"countries": ()}))
    assert through_store(record) == record


def test_half_characters_do_not_stop_the_converter() -> None:
    record = TrialRecord(document=DOCUMENT, drugs=(Drug(name="a\ud800b"),))
    assert through_store(record).drugs[0].name == "a?b"


def test_the_same_record_gives_the_same_bytes_and_no_blank_node() -> None:
    for record in GOLD:
        data = rdf.nquads(record)
        assert data == rdf.nquads(record.model_copy(deep=True))
        assert not any(line.startswith(b"_:") for line in data.splitlines())


def test_an_iri_is_of_the_key_and_not_of_the_rest() -> None:
    one = Result(endpoint="e", statistic="rate", value=Decimal(5), unit="%")
    other = one.model_copy(update={"unit": None, "evidence": (Evidence(start=1, end=2),)})
    nodes = [
        [
            line.split(" ")[2]
            for line in rdf.triples(TrialRecord(document=DOCUMENT, results=(result,)))
            if "#hasResults>" in line
        ]
        for result in (one, other)
    ]
    assert nodes[0] == nodes[1]


def test_evidence_is_an_annotation_with_selectors() -> None:
    text = "In all 18 of 32 patients responded."
    place = Evidence(start=7, end=15, table="Table 1", row=2, column=3)
    drug = Drug(name="x", evidence=(place,))
    document = DOCUMENT.model_copy(update={"text": text})
    store = Embedded()
    record = TrialRecord(document=document, drugs=(drug,))
    store.replace([Graph(rdf.graph_of(record), rdf.ntriples(record))])
    found = store.query(
        """PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX tg: <https://w3id.org/trialgraph/ns#>
        SELECT ?start ?exact ?prefix ?row WHERE { ?a a oa:Annotation ; oa:hasBody ?fact ; oa:hasTarget ?place . ?fact a tg:Drug .
        ?place oa:hasSelector [ oa:start ?start ], [ oa:exact ?exact ; oa:prefix ?prefix ], [ a tg:CellSelector ; tg:row ?row ] }"""
    )
    assert [[term.value for term in row] for row in found.rows] == [["7", "18 of 32", "In all ", "2"]]  # type: ignore[union-attr]


def test_a_cited_result_is_evidence_and_a_citation_alone_is_not(hostile: Hostile) -> None:
    lines = "\n".join(rdf.triples(hostile("plain")))
    assert lines.count("citesAsEvidence") == 1
    references = (Reference(number=1, raw="A"), Reference(number=2, raw="B"))
    plain = "\n".join(rdf.triples(TrialRecord(document=DOCUMENT, references=references)))
    assert plain.count("cito/cites>") == 2
    assert "citesAsEvidence" not in plain


def test_the_quads_are_what_two_parsers_read(records: dict[str, TrialRecord]) -> None:
    import rdflib

    data = rdf.ntriples(records["PMC4570722"])
    own = set(ox.parse(data, ox.RdfFormat.N_TRIPLES))
    assert len(rdflib.Graph().parse(data=data, format="nt")) == len(own)
