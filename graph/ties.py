"""Ties: which fields of a fact stand for another node, of the same paper or shared by all papers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from graph.namespaces import TG
from ontology.record import (
    AdverseEvent,
    Arm,
    Baseline,
    Biomarker,
    Citation,
    Condition,
    Dose,
    Drug,
    Endpoint,
    Fact,
    PriorEvidence,
    Result,
)

# Kinds of concepts that papers share, and their classes.
SHARED = {
    "drug": "DrugConcept",
    "condition": "ConditionConcept",
    "endpoint": "EndpointConcept",
    "event": "EventConcept",
    "marker": "MarkerConcept",
}


@dataclass(frozen=True, slots=True)
class Tie:
    """A field whose value names a node: `defines` says that the fact is the paper's statement on that very thing."""

    field: str
    predicate: str
    target: str
    defines: bool = False


def tie(field: str, local: str, target: str, *, defines: bool = False) -> Tie:
    """A tie by the local name of its predicate."""
    return Tie(field, f"<{TG}{local}>", target, defines)


IN_ARM = tie("arm", "inArm", "arm")
TIES: dict[type[Fact], tuple[Tie, ...]] = {
    Condition: (tie("name", "ofCondition", "condition", defines=True),),
    Arm: (tie("drugs", "ofDrug", "drug"), tie("label", "givenDose", "dose")),
    Drug: (tie("name", "ofDrug", "drug", defines=True),),
    Dose: (tie("drug", "ofDrug", "drug"), IN_ARM),
    Endpoint: (tie("name", "ofEndpoint", "endpoint", defines=True),),
    Result: (
        tie("endpoint", "ofEndpoint", "endpoint"),
        IN_ARM,
        tie("comparator", "comparedWith", "arm"),
        tie("population", "inPopulation", "population"),
        tie("arm", "atDose", "dose"),
    ),
    Baseline: (IN_ARM,),
    AdverseEvent: (tie("term", "ofEvent", "event", defines=True), IN_ARM),
    Biomarker: (tie("name", "ofMarker", "marker", defines=True), tie("endpoint", "ofEndpoint", "endpoint")),
    Citation: (tie("numbers", "citesReference", "reference"),),
    PriorEvidence: (
        tie("drugs", "ofDrug", "drug"),
        tie("condition", "ofCondition", "condition"),
        tie("endpoint", "ofEndpoint", "endpoint"),
    ),
}


@cache
def ties_of(model: type[Fact]) -> tuple[Tie, ...]:
    """The ties of a type of fact; a type without any has none."""
    return TIES.get(model, ())
