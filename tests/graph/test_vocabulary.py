from __future__ import annotations

from importlib.resources import files

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, XSD

from graph.fields import DATATYPES, models, shapes_of
from graph.namespaces import TG
from graph.shapes import shapes_text
from graph.ties import SHARED, TIES
from ontology.record import TrialRecord

VOCABULARY = rdflib.Graph().parse(data=files("ontology").joinpath("trialgraph.ttl").read_text(encoding="utf-8"))
NS = rdflib.Namespace(TG)
SCHEMA = rdflib.Namespace("https://schema.org/")


def terms(kind: rdflib.URIRef) -> set[str]:
    return {str(term)[len(TG) :] for term in VOCABULARY.subjects(RDF.type, kind)}


def test_every_record_type_is_a_class_and_every_class_is_written() -> None:
    made = {model.__name__ for model in models()} | set(SHARED.values())
    beside = {"Fact", "Work", "RegisteredTrial", "Regimen", "Population", "CellSelector", "Run", "Link", "CrossCheck"}
    assert terms(OWL.Class) == made | beside


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_is_a_property_with_its_type_and_domain(model: type) -> None:
    for shape in shapes_of(model):
        term = NS[shape.local]
        assert (term, RDF.type, OWL.ObjectProperty if shape.model else OWL.DatatypeProperty) in VOCABULARY, shape.local
        assert (term, SCHEMA.domainIncludes, NS[model.__name__]) in VOCABULARY, shape.local
        ranges = {*VOCABULARY.objects(term, RDFS.range), *VOCABULARY.objects(term, SCHEMA.rangeIncludes)}
        wanted = {NS[shape.model.__name__]} if shape.model else {XSD[DATATYPES[kind]] for kind in shape.datatypes}
        assert wanted <= ranges, shape.local


def test_no_property_says_more_than_the_record_types() -> None:
    fields = {(NS[shape.local], NS[model.__name__]) for model in models() for shape in shapes_of(model)}
    assert set(VOCABULARY.subject_objects(SCHEMA.domainIncludes)) == fields
    ties = {tie.predicate[len(TG) + 1 : -1] for ties in TIES.values() for tie in ties}
    beside = {
        "work",
        "describes",
        "reportedBy",
        "registeredAs",
        "ofRegimen",
        "aboutProperty",
        "sameWorkAs",
        "sameTrialAs",
    }
    links = {"linksFrom", "linksTo", "loaded", "quotes", "against"}
    nodes = {shape.local for model in models() for shape in shapes_of(model) if shape.model}
    assert terms(OWL.ObjectProperty) == nodes | ties | beside | links


def test_no_property_is_of_two_kinds() -> None:
    assert not terms(OWL.ObjectProperty) & terms(OWL.DatatypeProperty)


@pytest.mark.parametrize("kind", [OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty], ids=str)
def test_every_term_has_a_label_a_comment_and_an_alignment(kind: rdflib.URIRef) -> None:
    for term in VOCABULARY.subjects(RDF.type, kind):
        assert VOCABULARY.value(term, RDFS.label), term
        assert VOCABULARY.value(term, RDFS.comment), term
        aligned = [*VOCABULARY.objects(term, SKOS.closeMatch), *VOCABULARY.objects(term, RDFS.subClassOf)]
        assert any(not str(other).startswith(TG) for other in aligned), term


def test_the_graphs_use_no_term_of_ours_that_is_not_in_the_vocabulary(gold_store: object) -> None:
    known = terms(OWL.Class) | terms(OWL.ObjectProperty) | terms(OWL.DatatypeProperty)
    found = gold_store.query("SELECT DISTINCT ?t WHERE { { ?s ?t ?o } UNION { ?s a ?t } }")  # type: ignore[attr-defined]
    used = {row[0].value[len(TG) :] for row in found.rows if row[0].value.startswith(TG)}
    assert used <= known


def test_the_shapes_are_those_of_the_record_types() -> None:
    assert files("ontology").joinpath("shapes.ttl").read_text(encoding="utf-8") == shapes_text(), (
        "write them anew: python -m graph.shapes"
    )
    assert TrialRecord.__name__ in shapes_text()
