from __future__ import annotations

import pytest

from graph.network import PROJECTIONS, network, projection, snake
from graph.stores import Store


def test_a_typed_multigraph_with_flat_attributes(gold_store: Store) -> None:
    graph = network(gold_store)
    kinds = {held["kind"] for _, held in graph.nodes(data=True)}
    assert {"TrialRecord", "Result", "Arm", "DrugConcept", "Regimen", "Work"} <= kinds
    assert not kinds & {"Interval", "Schedule", "Author", "Run"}
    result = next(held for _, held in graph.nodes(data=True) if held["kind"] == "Result" and held.get("ci_low") == 22.7)
    assert (result["value"], result["count"], result["total"], result["ci_high"]) == (37.5, 15, 40, 54.2)
    assert all(
        isinstance(value, str | int | float | bool) for _, held in graph.nodes(data=True) for value in held.values()
    )
    assert {"tg:inArm", "tg:ofEndpoint", "cito:cites"} <= {held["kind"] for *_, held in graph.edges(data=True)}


EDGES = {
    "drug-condition-endpoint": ("etanercept", "pasi 75"),
    "drug-event": ("etanercept", "injection site reaction"),
    "paper-cites-paper": None,
}


@pytest.mark.parametrize("name", PROJECTIONS)
def test_projections_count_facts_and_papers(gold_store: Store, name: str) -> None:
    graph = projection(gold_store, name)
    assert graph.number_of_edges()
    assert all(held["weight"] >= held["papers"] >= 1 for *_, held in graph.edges(data=True))
    if edge := EDGES[name]:
        lower = {(source.lower(), target.lower()) for source, target in graph.edges()}
        assert edge in lower, sorted(target for source, target in lower if source == edge[0])


@pytest.mark.parametrize(("name", "wanted"), [("notReached", "not_reached"), ("sha256", "sha256"), ("ci", "ci")])
def test_names(name: str, wanted: str) -> None:
    assert snake(name) == wanted
