from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from graph.errors import TookTooLong, WrongQuery
from graph.namespaces import PREFIXES
from graph.query import TYPES, ask, ask_question, bind, question, questions, with_prefixes, within
from graph.stores import Embedded, Graph, Store, Table
from ontology.errors import WrongCall
from ontology.record import Biomarker, Check, Drug, Trial, TrialRecord


def answer(store: Store, name: str, **values: str) -> list[dict[str, str | None]]:
    found = ask_question(store, name, values)
    assert isinstance(found, Table)
    return list(found.records())


def test_there_are_enough_questions_and_each_is_documented() -> None:
    assert len(questions()) >= 15
    for item in questions().values():
        assert item.title != item.name
        assert item.about.endswith(".")
        assert all(parameter.about for parameter in item.parameters), item.name


@pytest.mark.parametrize("name", questions())
def test_every_question_runs_with_and_without_its_parameters(gold_store: Store, name: str) -> None:
    values = {item.name: "1" if item.type in ("integer", "number") else "x" for item in questions()[name].parameters}
    assert isinstance(ask_question(gold_store, name, values), Table)
    if not any(item.required for item in questions()[name].parameters):
        assert isinstance(ask_question(gold_store, name), Table)


# What the questions must say of the gold records: a question, its parameters, columns and the rows they must hold.
EXPECTED = {
    "response rate with interval": (
        "response-rates",
        {},
        ("paper", "value", "count", "total", "low", "high", "level"),
        {("sample", "37.5", "15", "40", "22.7", "54.2", "95")},
    ),
    "a trial that gives no such drug is left out": ("response-rates", {"drug": "etanercept"}, ("paper",), set()),
    "time to event by arm": (
        "survival",
        {"endpoint": "progression-free survival"},
        ("paper", "value", "unit", "low", "high"),
        {("sample", "7.4", "mo", "5.5", "9.8")},
    ),
    "doses with both units": (
        "doses",
        {"drug": "fulvestrant", "kind": "planned"},
        ("paper", "arm", "value", "unit", "printed_unit", "route"),
        {("PMC3672778", "fulvestrant 500 mg", "500", "mg", "mg", "intramuscular")},
    ),
    "grade of one drug": ("adverse-events", {"drug": "tenapanor", "grade": "3-4"}, ("paper",), set()),
    "effect of an arm against another": (
        "comparisons",
        {"endpoint": "PASI 75"},
        ("paper", "arm", "comparator", "statistic"),
        {("PMC3504074", "combination", "monotherapy", "p_value")},
    ),
    "trials by design": (
        "trials",
        {"phase": "3", "allocation": "randomised"},
        ("paper", "registration", "enrolled"),
        {("PMC3504074", "NCT01001208", "478")},
    ),
    "arms with their combination": (
        "arms",
        {"drug": "etanercept"},
        ("paper", "label", "size", "regimen"),
        {("PMC3504074", "combination", "239", "etanercept + methotrexate")},
    ),
    "baseline": (
        "baseline",
        {"variable": "Male sex"},
        ("paper", "arm", "count", "total", "percent"),
        {("PMC3504074", "combination", "153", "239", "64")},
    ),
    "primary endpoint": (
        "endpoints",
        {"endpoint": "PASI 75"},
        ("paper", "role", "timepoint"),
        {("PMC3504074", "primary", "24 wk")},
    ),
    "eligibility": (
        "eligibility",
        {"kind": "laboratory:haemoglobin"},
        ("paper", "operator", "value", "unit"),
        {("PMC3504074", ">=", "11", "g/dL")},
    ),
    "design": (
        "design",
        {"kind": "power"},
        ("paper", "value", "unit"),
        {("PMC3504074", "90", "%")},
    ),
    "results of others": (
        "prior-evidence",
        {"endpoint": "objective response rate"},
        ("paper", "condition", "value", "total"),
        {("PMC4570722", "primary myelofibrosis", "23", "43")},
    ),
    "one paper": ("facts", {"paper": "PMC4570722"}, ("paper",), {("PMC4570722",)}),
}


@pytest.mark.parametrize(("name", "values", "columns", "rows"), EXPECTED.values(), ids=EXPECTED)
def test_gold_answers(
    gold_store: Store, name: str, values: dict[str, str], columns: tuple[str, ...], rows: set[tuple[str | None, ...]]
) -> None:
    found = {tuple(row[column] for column in columns) for row in answer(gold_store, name, **values)}
    assert rows <= found
    assert rows or not found


def test_markers_and_conflicts_are_found(
    as_graph: Callable[[TrialRecord], Graph], records: dict[str, TrialRecord]
) -> None:
    marker = Biomarker(name="tumour mutational burden", endpoint="objective response rate", direction="positive")
    check = Check(kind="percentage", verdict="fails", stated="18/32 (65%)", recomputed="56.2")
    drug = Drug(name="x", targets=("VEGFR", "KIT"), role="experimental")
    record = records["sample"].model_copy(
        update={"biomarkers": (marker,), "checks": (check,), "drugs": (drug,), "trial": Trial(phase="2", enrolled=30)}
    )
    store = Embedded()
    store.replace([as_graph(record)])
    assert [row["direction"] for row in answer(store, "biomarkers", endpoint="objective response rate")] == ["positive"]
    assert answer(store, "biomarkers", direction="negative") == []
    assert [row["recomputed"] for row in answer(store, "conflicts")] == ["56.2"]
    assert answer(store, "conflicts", verdict="undecided") == []
    assert {(row["phase"], row["enrolled"]) for row in answer(store, "trials-by-target", target="VEGFR")} == {
        ("2", "30")
    }
    assert answer(store, "trials-by-target", target="PD-1") == []


def test_hostile_values_change_no_meaning(gold_store: Store, hostile_text: str) -> None:
    for kind in TYPES:
        if kind in ("integer", "number"):
            continue
        asked = question(
            "q", f"# param x: {kind} -- any\nSELECT ?x ?y WHERE {{\n  # bind\n  OPTIONAL {{ ?x tg:none ?y }}\n}}"
        )
        found = ask(gold_store, bind(asked, {"x": hostile_text}))
        assert isinstance(found, Table)
        assert len(found.rows) == 1
        if kind == "text":
            assert found.rows[0][0].value == hostile_text  # type: ignore[union-attr]


WRONG_VALUES = {
    "no number": ("integer", "1 2"),
    "no decimal": ("number", "1; DROP ALL"),
}


@pytest.mark.parametrize(("kind", "value"), WRONG_VALUES.values(), ids=WRONG_VALUES)
def test_values_of_the_wrong_type_are_refused(kind: str, value: str) -> None:
    asked = question("q", f"# param x: {kind} -- any\nSELECT ?x WHERE {{\n# bind\n}}")
    with pytest.raises(WrongCall, match="q: x"):
        bind(asked, {"x": value})


def test_unknown_and_missing_parameters_are_named() -> None:
    with pytest.raises(WrongCall, match="no parameter nothing; it has endpoint"):
        bind(questions()["response-rates"], {"nothing": "1"})
    with pytest.raises(WrongCall, match="which paper"):
        bind(questions()["facts"])


FAULTS = {
    "first line": ("SELECT ?x WHERE { ?x tg:name }", 1, 30),
    "second line": ("SELECT ?x WHERE {\n ?x ?y }", 2, 9),
    "unknown prefix": ("SELECT ?x WHERE {\n ?x nope:y 1 }", 2, None),
}


@pytest.mark.parametrize(("sparql", "line", "column"), FAULTS.values(), ids=FAULTS)
def test_a_wrong_query_has_its_line_and_column(gold_store: Store, sparql: str, line: int, column: int | None) -> None:
    with pytest.raises(WrongQuery) as caught:
        ask(gold_store, sparql)
    assert caught.value.line == line
    assert column is None or caught.value.column == column
    assert f"line {line}" in str(caught.value)


PREFIXED = {
    "used": ("SELECT * { ?x skos:prefLabel ?y }", ["skos"]),
    "in a string or an IRI": ("SELECT * { ?x ?y 'skos:x', \"tg:y\", <oa:z> } # prov:used", []),
    "declared": ("PREFIX tg: <x:> SELECT * { ?x tg:y oa:z }", ["oa"]),
}


@pytest.mark.parametrize(("sparql", "names"), PREFIXED.values(), ids=PREFIXED)
def test_prefixes_are_declared_where_they_are_used(sparql: str, names: list[str]) -> None:
    written = with_prefixes(sparql)
    assert written == "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in names) + sparql


def test_time_is_limited() -> None:
    with pytest.raises(TookTooLong):
        within(0.01, lambda: time.sleep(0.2))
    assert within(5, lambda: 3) == 3
