"""SHACL: shapes written from the record types, and what a graph breaks of them, in words.

`python -m graph.shapes` writes ontology/shapes.ttl anew; a test fails where the file and the types disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from pydantic import BaseModel

from graph.fields import DATATYPES, FieldShape, models, shapes_of
from graph.namespaces import PREFIXES, shorten
from graph.ties import SHARED, ties_of
from ontology.record import Described, Fact, TrialRecord

SHAPES = "shapes.ttl"
USED = ("tg", "sh", "xsd", "rdf", "rdfs", "skos", "prov", "oa", "bibo")
# What stands beside the fields of a node.
BESIDE = ("rdf:type", "tg:form", "tg:position")
FACT_BESIDE = ("prov:wasGeneratedBy", "prov:wasDerivedFrom", "tg:places", "tg:identifiedBy", "tg:ofRegimen")
EXTRA = {
    "TrialRecord": ("prov:wasGeneratedBy", "prov:wasDerivedFrom", "tg:describes"),
    "Paper": ("prov:wasGeneratedBy", "tg:work", "tg:identifiedBy"),
    "Trial": ("prov:wasGeneratedBy", "tg:registeredAs", "tg:identifiedBy"),
    "Reference": ("tg:work",),
    "PriorEvidence": ("tg:reportedBy",),
}
BY_HAND = """
tg:PlaceShape a sh:NodeShape ; sh:targetClass oa:SpecificResource ; sh:nodeKind sh:IRI ;
    sh:property [ sh:path oa:hasSource ; sh:minCount 1 ; sh:maxCount 1 ; sh:class tg:DocumentInfo ] ;
    sh:property [ sh:path oa:hasSelector ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .
tg:PositionShape a sh:NodeShape ; sh:targetClass oa:TextPositionSelector ;
    sh:property [ sh:path oa:start ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ; sh:minInclusive 0 ;
        sh:lessThanOrEquals oa:end ] ;
    sh:property [ sh:path oa:end ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:integer ] .
tg:QuoteShape a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
    sh:property [ sh:path oa:exact ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] .
tg:CellShape a sh:NodeShape ; sh:targetClass tg:CellSelector ;
    sh:property [ sh:path tg:table ; sh:maxCount 1 ; sh:datatype xsd:string ] ;
    sh:property [ sh:path tg:row ; sh:maxCount 1 ; sh:datatype xsd:integer ] ;
    sh:property [ sh:path tg:column ; sh:maxCount 1 ; sh:datatype xsd:integer ] .
tg:AnnotationShape a sh:NodeShape ; sh:targetClass oa:Annotation ; sh:nodeKind sh:IRI ;
    sh:property [ sh:path oa:hasBody ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .
tg:RunShape a sh:NodeShape ; sh:targetClass tg:Run ;
    sh:property [ sh:path prov:used ; sh:minCount 1 ; sh:class tg:DocumentInfo ] ;
    sh:property [ sh:path prov:wasAssociatedWith ; sh:minCount 1 ; sh:class prov:SoftwareAgent ] .
tg:WorkShape a sh:NodeShape ; sh:targetClass tg:Work ; sh:nodeKind sh:IRI ;
    sh:property [ sh:path tg:key ; sh:minCount 1 ; sh:datatype xsd:string ] ;
    sh:property [ sh:path rdfs:label ; sh:minCount 1 ] .
tg:RegimenShape a sh:NodeShape ; sh:targetClass tg:Regimen ;
    sh:property [ sh:path tg:ofDrug ; sh:minCount 1 ; sh:class tg:DrugConcept ] ;
    sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:maxCount 1 ] .
tg:CrossCheckShape a sh:NodeShape ; sh:targetClass tg:CrossCheck ; sh:nodeKind sh:IRI ;
    sh:property [ sh:path tg:verdict ; sh:minCount 1 ; sh:maxCount 1 ; sh:in ( "holds" "fails" "undecided" ) ] ;
    sh:property [ sh:path tg:quotes ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ;
    sh:property [ sh:path tg:against ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] .
tg:RegisteredTrialShape a sh:NodeShape ; sh:targetClass tg:RegisteredTrial ;
    sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:maxCount 1 ] .
"""


def shapes_text() -> str:
    """The shapes as Turtle."""
    parts = [f"@prefix {name}: <{PREFIXES[name]}> ." for name in USED]
    parts.append("\n# One shape a record type: its fields, their types, choices and numbers. Written from the types.\n")
    parts.extend(_node_shape(model) for model in models())
    parts.append("\n# Concepts that papers share.\n")
    parts.extend(_concept_shape(name) for name in SHARED.values())
    parts.append("\n# Provenance, places and shared nodes.")
    parts.append(BY_HAND.rstrip())
    return "\n".join(parts) + "\n"


def _node_shape(model: type[BaseModel]) -> str:
    name = model.__name__
    fields = [_property(shape) for shape in shapes_of(model)]
    fields += [f"[ sh:path {_curie(tie.predicate)} ; sh:nodeKind sh:IRI ]" for tie in _distinct_ties(model)]
    if issubclass(model, Fact | Described | TrialRecord):
        fields.append("[ sh:path prov:wasGeneratedBy ; sh:minCount 1 ; sh:maxCount 1 ; sh:class tg:Run ]")
    body = " ;\n".join(f"    sh:property {field}" for field in fields)
    ignored = (*BESIDE, *(FACT_BESIDE if issubclass(model, Fact) else ()), *EXTRA.get(name, ()))
    return (
        f"tg:{name}Shape a sh:NodeShape ; sh:targetClass tg:{name} ; sh:nodeKind sh:IRI ;\n"
        f"    sh:closed true ; sh:ignoredProperties ( {' '.join(dict.fromkeys(ignored))} ) ;\n{body} .\n"
    )


def _distinct_ties(model: type[BaseModel]) -> list[Any]:
    ties = ties_of(model) if issubclass(model, Fact) else ()
    return list({tie.predicate: tie for tie in ties}.values())


def _property(shape: FieldShape) -> str:
    limits = [f"sh:path {_curie(shape.predicate)}"]
    if shape.required and not shape.many:
        limits.append("sh:minCount 1")
    if not shape.many:
        limits.append("sh:maxCount 1")
    if shape.model:
        limits.append(f"sh:class tg:{shape.model.__name__}")
    elif shape.choices:
        limits.append(f"sh:in ( {' '.join(map(_quoted, shape.choices))} )")
    elif len(shape.datatypes) == 1:
        limits.append(f"sh:datatype xsd:{DATATYPES[shape.datatypes[0]]}")
    else:
        kinds = " ".join(f"[ sh:datatype xsd:{DATATYPES[kind]} ]" for kind in shape.datatypes)
        limits.append(f"sh:or ( {kinds} )")
    return f"[ {' ; '.join(limits)} ]"


def _concept_shape(name: str) -> str:
    return (
        f"tg:{name}Shape a sh:NodeShape ; sh:targetClass tg:{name} ; sh:nodeKind sh:IRI ; sh:class skos:Concept ;\n"
        "    sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:maxCount 1 ] ;\n"
        "    sh:property [ sh:path skos:exactMatch ; sh:nodeKind sh:IRI ; sh:disjoint skos:closeMatch ] .\n"
    )


def _curie(predicate: str) -> str:
    return shorten(predicate[1:-1])


def _quoted(text: str) -> str:
    return str(ox.Literal(text))


@cache
def shapes_graph() -> Any:
    """The shapes as they stand in the package, read once."""
    import rdflib

    return rdflib.Graph().parse(data=files("ontology").joinpath(SHAPES).read_text(encoding="utf-8"), format="turtle")


def violations(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """What a graph breaks of the shapes, one line a fault; nothing where it conforms."""
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    data.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes_graph(), inference="none")
    if conforms:
        return
    shacl = rdflib.Namespace(PREFIXES["sh"])
    for result in sorted(report.subjects(rdflib.RDF.type, shacl.ValidationResult), key=str):
        yield _in_words({name: report.value(result, shacl[name]) for name in PARTS})


PARTS = ("focusNode", "resultPath", "value", "resultMessage", "sourceConstraintComponent")


def _in_words(said: dict[str, Any]) -> str:
    path = f", {shorten(str(said['resultPath']))}" if said["resultPath"] else ""
    value = f" ({said['value']})" if said["value"] is not None else ""
    message = said["resultMessage"] or str(said["sourceConstraintComponent"]).rsplit("#", 1)[-1]
    return f"{shorten(str(said['focusNode']))}{path}{value}: {message}"


if __name__ == "__main__":
    (Path(str(files("ontology"))) / SHAPES).write_text(shapes_text(), encoding="utf-8")
