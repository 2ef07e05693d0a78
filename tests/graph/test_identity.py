from __future__ import annotations

from collections.abc import Callable

import pytest

from graph import identity
from graph.links import relink, trial_links, work_links
from graph.query import ask_question
from graph.stores import Embedded, Graph, Table
from ontology.record import Author, Cited, Paper, PriorEvidence, Reference, Registration, TrialRecord

# One work in two styles, and works that only look like it.
VANCOUVER = Reference(
    number=1,
    raw="1",
    authors=(Cited(family="Müller", given="A"),),
    year=2019,
    volume="380",
    first_page="1116",
    title="A vs B",
)
HARVARD = Reference(
    number=9,
    raw="9",
    authors=(Cited(family="Muller", given="Anna B."),),
    year=2019,
    volume="380",
    first_page="1116",
    journal="N Engl J Med",
    doi="10.1000/X.1",
)
SAME = {
    "two styles": (VANCOUVER, HARVARD),
    "only the DOI": (
        Reference(number=1, raw="a", doi="10.1/AB"),
        Reference(number=2, raw="b", doi="https://doi.org/10.1/ab"),
    ),
}
OTHERS = {
    "another page": (VANCOUVER, VANCOUVER.model_copy(update={"first_page": "1117"})),
    "another author": (VANCOUVER, VANCOUVER.model_copy(update={"authors": (Cited(family="Mueler"),)})),
    "another print": (Reference(number=1, raw="Unpublished."), Reference(number=1, raw="Unpublished data.")),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_one_work_is_one_node(one: Reference, other: Reference) -> None:
    assert identity.work(one).iri == identity.work(other).iri


@pytest.mark.parametrize(("one", "other"), OTHERS.values(), ids=OTHERS)
def test_two_works_are_two_nodes(one: Reference, other: Reference) -> None:
    assert identity.work(one).iri != identity.work(other).iri


def test_a_paper_is_the_work_that_others_cite() -> None:
    paper = Paper(authors=(Author(family="Müller"),), year=2019, volume="380", pages="1116-27")
    assert identity.work(identity.paper_reference(paper, "x")).iri == identity.work(VANCOUVER).iri


REGISTRATIONS = {
    "spaces and case": (("ClinicalTrials.gov", "nct 01001208"), ("ClinicalTrials.gov", "NCT01001208"), True),
    "name of the registry": (("NCT", "NCT01001208"), ("ClinicalTrials.gov", "NCT01001208"), True),
    "another number": (("ClinicalTrials.gov", "NCT01001209"), ("ClinicalTrials.gov", "NCT01001208"), False),
}


@pytest.mark.parametrize(("one", "other", "same"), REGISTRATIONS.values(), ids=REGISTRATIONS)
def test_registered_trials(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    found = [identity.registered_trial(Registration(registry=registry, id=number)) for registry, number in (one, other)]
    assert (found[0].iri == found[1].iri) is same


def test_names_fold_case_and_blanks_and_nothing_else() -> None:
    assert identity.concept("drug", "Interferon  Alfa").iri == identity.concept("drug", "interferon alfa").iri
    assert identity.concept("drug", "interferon alfa").iri != identity.concept("drug", "interferon beta").iri
    assert identity.concept("event", "anaemia").iri != identity.concept("marker", "anaemia").iri


def test_a_stated_concept_of_an_unknown_name_is_no_exact_match() -> None:
    found = identity.concept("drug", "a drug that no table has", "ncit:C1")
    assert (found.match, found.exact) == ("ncit:C1", False)


def test_curated_endpoints_meet_by_synonym() -> None:
    found = identity.concept("endpoint", "progression free survival")
    assert (found.label, found.reason) == ("progression-free survival", "synonym of a curated term")


NAMES = {
    "brand": ("drug", "Endoxan", "cyclophosphamide", True),
    "code name": ("drug", "MK-3475", "pembrolizumab", True),
    "salt": ("drug", "cyclophosphamide sodium", "cyclophosphamide", False),
    "a salt that is the drug": ("drug", "sodium chloride", "sodium chloride", False),
    "two spellings of an event": ("event", "diarrhoea", "Diarrhea", True),
    "a common name that prose must guard": ("event", "anaemia", "Anemia", True),
    "a word that needs its context": ("event", "haemoglobin", "haemoglobin", False),
}


@pytest.mark.parametrize(("kind", "name", "label", "exact"), NAMES.values(), ids=NAMES)
def test_names_meet_in_the_curated_term(kind: str, name: str, label: str, exact: bool) -> None:
    found = identity.concept(kind, name)
    assert (found.label, found.exact) == (label, exact)
    assert found.reason


LINKED = {
    "by DOI": ([("a", "doi:1"), ("b", "doi:1")], {("b", "a")}),
    "by place, one DOI known": ([("a", "doi:1"), ("a", "title:x"), ("b", "title:x")], {("b", "a")}),
    "not where the DOIs differ": ([("a", "doi:1"), ("a", "title:x"), ("b", "doi:2"), ("b", "title:x")], set()),
    "not through a third": (
        [("a", "doi:1"), ("a", "title:x"), ("b", "title:x"), ("b", "title:y"), ("c", "doi:2"), ("c", "title:y")],
        {("b", "a")},
    ),
    "nothing shared": ([("a", "doi:1"), ("b", "pmid:1")], set()),
}


@pytest.mark.parametrize(("pairs", "links"), LINKED.values(), ids=LINKED)
def test_works_are_linked_as_far_as_identifiers_agree(
    pairs: list[tuple[str, str]], links: set[tuple[str, str]]
) -> None:
    assert {(link.node, link.other) for link in work_links(pairs)} == links


def test_a_trial_of_two_registries_is_one_and_two_of_one_registry_are_two() -> None:
    assert [(link.node, link.other) for link in trial_links([("r", "x/1"), ("r", "y/2")])] == [("y/2", "x/1")]
    assert trial_links([("r", "x/1"), ("r", "x/2")]) == []


def test_what_papers_say_of_a_trial_meets_its_own_record(
    records: dict[str, TrialRecord], as_graph: Callable[[TrialRecord], Graph]
) -> None:
    own = records["sample"]
    result = next(r for r in own.results if r.endpoint == "objective response rate" and r.count == 15)
    cited = Reference(number=4, raw="A later review of it.", doi=own.paper.doi)
    said = PriorEvidence(endpoint="objective response rate", statistic="rate", value=result.value, references=(4,))
    other = said.model_copy(update={"value": 99})
    document = own.document.model_copy(update={"sha256": "f" * 64, "id": "citing"})
    citing = TrialRecord(document=document, references=(cited,), prior_evidence=(said, other))
    store = Embedded()
    store.replace([as_graph(own), as_graph(citing)])
    links = relink(store)
    assert [link.reason for link in links] == ["same DOI"]
    found = ask_question(store, "cited-trial", {"doi": own.paper.doi or ""})
    assert isinstance(found, Table)
    verdicts = {(row["quoted"], row["own"], row["verdict"]) for row in found.records()}
    assert ("37.5", "37.5", "agrees") in verdicts
    assert ("99", "37.5", "differs") in verdicts
    cites = ask_question(store, "citations")
    assert isinstance(cites, Table)
    assert ("citing", "sample") in {(row["paper"], row["cites"]) for row in cites.records()}
