from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from graph.between import Figure, agrees, verdict
from graph.links import relink
from graph.namespaces import LINKS
from graph.query import ask_question
from graph.shapes import violations
from graph.stores import Embedded, Graph, Table
from ontology.record import Arm, Author, Cited, Evidence, Paper, PriorEvidence, Reference, Result, TrialRecord

AsGraph = Callable[[TrialRecord], Graph]
RECORDS = dict[str, TrialRecord]
PLACE = {"evidence": (Evidence(start=1, end=4),), "rule": "test"}

SAME = [("25", "25.0"), ("25", "25.4"), ("25", "24.5"), ("82", "82.1"), ("4.7", "4.65"), ("100", "99.6")]
OTHER = [("25", "25.6"), ("25.0", "25.4"), ("4.7", "4.6"), ("30", "3.0"), ("100", "110")]


@pytest.mark.parametrize(("one", "other"), SAME, ids=map(str, SAME))
def test_a_rounded_print_is_the_same_number(one: str, other: str) -> None:
    assert agrees(Decimal(one), Decimal(other))
    assert agrees(Decimal(other), Decimal(one))


@pytest.mark.parametrize(("one", "other"), OTHER, ids=map(str, OTHER))
def test_another_print_is_another_number(one: str, other: str) -> None:
    assert not agrees(Decimal(one), Decimal(other))


def figure(value: str, unit: str | None = "%", total: int | None = 36, *, whole: bool = True) -> Figure:
    return Figure(f"f:{value}", "p", "rate", Decimal(value), unit, total, None, whole)


QUOTED = figure("25")
VERDICTS = {
    "the same": ([figure("25.3")], "holds"),
    "one of several": ([figure("50"), figure("25", whole=False)], "holds"),
    "another out of the same patients": ([figure("30.6")], "fails"),
    "another of a subgroup": ([figure("30.6", whole=False)], "undecided"),
    "another out of other patients": ([figure("30.6", total=30)], "undecided"),
    "another of no known number": ([figure("30.6", total=None)], "undecided"),
    "two others": ([figure("30.6"), figure("31")], "undecided"),
    "another unit": ([figure("25", "mo")], None),
    "nothing": ([], None),
}


@pytest.mark.parametrize(("own", "wanted"), VERDICTS.values(), ids=VERDICTS)
def test_verdicts(own: list[Figure], wanted: str | None) -> None:
    found = verdict(QUOTED, own)
    assert (found and found[0]) == wanted


def trial_of(records: RECORDS, rate: str) -> TrialRecord:
    """The record of a single-arm trial that another paper cites."""
    paper = Paper(authors=(Author(family="Wetherby"),), year=2019, volume="20", pages="837-48")
    result = Result(
        endpoint="objective response rate", statistic="rate", value=Decimal(rate), unit="%", total=36, **PLACE
    )
    document = records["sample"].document.model_copy(update={"id": "own", "sha256": "a" * 64, "text": None})
    return TrialRecord(document=document, paper=paper, arms=(Arm(label="all", **PLACE),), results=(result,))


def report_of(records: RECORDS) -> TrialRecord:
    """The record of a paper that quotes that trial."""
    reference = Reference(
        number=3, raw="3", authors=(Cited(family="Wetherby"),), year=2019, volume="20", first_page="837", **PLACE
    )
    quoted = PriorEvidence(
        endpoint="ORR", statistic="rate", value=Decimal("25"), unit="%", total=36, references=(3,), **PLACE
    )
    document = records["sample"].document.model_copy(update={"id": "report", "sha256": "b" * 64, "text": None})
    return TrialRecord(document=document, references=(reference,), prior_evidence=(quoted,))


@pytest.mark.parametrize(("rate", "wanted"), [("25.3", "holds"), ("30.6", "fails")])
def test_a_quoted_figure_is_held_against_the_trials_own_record(
    records: RECORDS, as_graph: AsGraph, rate: str, wanted: str
) -> None:
    store = Embedded()
    store.replace([as_graph(trial_of(records, rate)), as_graph(report_of(records))])
    relink(store)
    found = ask_question(store, "between-papers")
    assert isinstance(found, Table)
    (row,) = found.records()
    assert (row["paper"], row["own_paper"], row["verdict"], row["recomputed"]) == (
        "report",
        "own",
        wanted,
        f"{rate} % of 36",
    )
    assert "report quotes ORR 25 % of 36 from" in (row["explanation"] or "")
    assert list(violations(store.triples(LINKS))) == []


def test_without_the_trials_own_record_nothing_is_said(records: RECORDS, as_graph: AsGraph) -> None:
    store = Embedded()
    store.replace([as_graph(report_of(records))])
    relink(store)
    assert LINKS not in store.graphs()
