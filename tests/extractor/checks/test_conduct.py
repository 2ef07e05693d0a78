from decimal import Decimal

import pytest

from extractor.checks import citations, dates, dosing, outcomes, protocol
from ontology.record import (
    AdverseEvent,
    Baseline,
    Citation,
    Criterion,
    Dose,
    Drug,
    Endpoint,
    Evidence,
    Paper,
    Range,
    Reference,
    Result,
    Trial,
)

PLACE = (Evidence(start=0, end=6),)
TEXT = ("methods", "Patients were treated. " * 10)


@pytest.mark.parametrize(
    ("trial", "paper", "expected"),
    [
        ({"enrolment_start": "2011-03", "enrolment_end": "2014-07-02"}, {}, ["holds"]),
        ({"enrolment_start": "2014-03", "enrolment_end": "2011-07-02"}, {}, ["fails"]),
        ({"enrolment_start": "2014-03-20", "enrolment_end": "2014-03"}, {}, ["holds"]),
        ({"data_cutoff": "2016"}, {"accepted": "2015-05-01"}, ["fails"]),
        ({}, {"received": "2015-05-01", "accepted": "2015-08-01", "published": "2015"}, ["holds", "holds"]),
        ({}, {"accepted": "2015-08-01", "published": "2014-12"}, ["undecided"]),
        ({"enrolment_start": "2011-03"}, {}, []),
    ],
)
def test_dates(make_audit, verdicts, trial, paper, expected):
    assert verdicts(dates.order, make_audit(TEXT, trial=Trial(**trial), paper=Paper(**paper))) == expected


def references(*numbers: int) -> tuple[Reference, ...]:
    return tuple(Reference(number=number, raw="x", evidence=PLACE) for number in numbers)


@pytest.mark.parametrize(
    ("listed", "cited", "expected"),
    [
        (range(1, 9), [(1, 2), (3, 4, 5), (6, 7, 8)], ["holds", "holds"]),
        (range(1, 9), [(1, 2), (3, 4, 5), (6, 7, 8, 9)], ["undecided", "holds"]),
        (range(1, 9), [(1, 2), (3, 4, 5), (6, 7)], ["holds", "undecided"]),
        (range(1, 9), [(1, 2)], ["holds"]),  # most are not cited: the citations were not read
        (range(1, 3), [(1, 2), (3, 4, 5), (6, 7)], ["holds"]),
        (range(0), [(1, 2)], []),
    ],
)
def test_citations(make_audit, verdicts, listed, cited, expected):
    groups = tuple(Citation(numbers=numbers, evidence=PLACE) for numbers in cited)
    audit = make_audit(TEXT, references=references(*listed), citations=groups)
    assert [*verdicts(citations.listed, audit), *verdicts(citations.cited, audit)] == expected


RESULTS = "Patients were followed and all of them did well in the course of the trial. " * 30


@pytest.mark.parametrize(
    ("name", "results", "expected"),
    [
        pytest.param("progression-free survival", "Median PFS was long.", [], id="named by its short form"),
        pytest.param("progression-free survival", "", ["undecided"], id="never named"),
        pytest.param(
            "grip strength of the hand", "The strength of the grip grew.", [], id="named by most of its words"
        ),
        pytest.param("objective response rate", "Response was common.", ["holds"], id="reported with a number"),
        pytest.param("safety", "", [], id="safety is reported by events"),
    ],
)
def test_unreported(make_audit, verdicts, name, results, expected):
    audit = make_audit(
        TEXT,
        ("results", RESULTS + results),
        endpoints=(Endpoint(name=name, role="secondary", evidence=PLACE),),
        results=(Result(endpoint="objective response rate", statistic="rate", value=Decimal(30), evidence=PLACE),),
        adverse_events=(AdverseEvent(term="rash", count=1, evidence=PLACE),),
    )
    assert verdicts(outcomes.unreported, audit) == expected


def test_a_paper_without_results_is_not_judged(make_audit, verdicts):
    audit = make_audit(TEXT, endpoints=(Endpoint(name="overall survival", role="primary", evidence=PLACE),))
    assert verdicts(outcomes.unreported, audit) == []


@pytest.mark.parametrize(
    ("methods", "expected"),
    [("", ["undecided"]), ("Overall survival was recorded.", [])],
    ids=["never planned", "named"],
)
def test_unplanned(make_audit, verdicts, methods, expected):
    audit = make_audit(
        ("methods", "Patients were seen by their doctors at each of the visits to the clinic. " * 30 + methods),
        endpoints=(Endpoint(name="objective response rate", role="primary", evidence=PLACE),),
        results=(Result(endpoint="overall survival", statistic="rate", value=Decimal(30), evidence=PLACE),),
    )
    assert verdicts(outcomes.unplanned, audit) == expected


def age(low: str, high: str, kind: str | None = "range") -> Baseline:
    spread = Range.model_validate({"low": low, "high": high, "kind": kind})
    return Baseline(
        variable="Age, years", statistic="median", value=Decimal(50), range=spread, unit="a", evidence=PLACE
    )


def criterion(operator: str, value: str, upper: str | None = None, **fields: str) -> Criterion:
    return Criterion.model_validate(
        {"polarity": "inclusion", "kind": "age", "operator": operator, "value": value, "value_max": upper, "unit": "a"}
        | fields
        | {"evidence": PLACE}
    )


@pytest.mark.parametrize(
    ("criteria", "fact", "expected"),
    [
        ([criterion("range", "18", "70")], age("19", "70"), ["holds"]),
        ([criterion("range", "18", "70")], age("16", "70"), ["fails"]),
        ([criterion(">=", "18")], age("19", "91"), ["holds"]),
        ([criterion("<=", "70")], age("19", "74"), ["fails"]),
        ([criterion("<", "18", polarity="exclusion")], age("16", "70"), ["fails"]),
        ([criterion(">=", "18"), criterion(">=", "16")], age("15", "70"), ["undecided"]),
        ([criterion(">=", "18"), criterion(">=", "16")], age("17", "70"), ["holds"]),
        ([criterion(">=", "18")], age("16", "70", "iqr"), []),
        ([criterion(">=", "18")], age("1", "3"), []),  # no ages of patients
        ([], age("16", "70"), []),
    ],
)
def test_ages(make_audit, verdicts, criteria, fact, expected):
    audit = make_audit(TEXT, eligibility=tuple(criteria), baseline=(fact,))
    assert verdicts(protocol.ages, audit) == expected


@pytest.mark.parametrize(
    ("kind", "operator", "value", "upper", "category", "count", "methods", "expected"),
    [
        ("ecog", "range", "0", "1", "1", 9, "", ["holds"]),
        ("ecog", "range", "0", "1", "2", 9, "", ["fails"]),
        ("ecog", "<=", "1", None, "0-1", 9, "", ["holds"]),
        ("ecog", "<=", "1", None, "1-2", 9, "", ["fails"]),
        ("ecog", "<=", "1", None, "2", 9, "An ECOG status of 2 was allowed in the elderly.", ["undecided"]),
        ("ecog", "<=", "1", None, "2", 0, "", []),
        ("ecog", "<=", "1", None, "unknown", 2, "", []),
        ("ecog", "range", "0", "2", "ECOG PS: 3", 9, "", ["fails"]),
        ("ecog", "range", "0", "2", "FLT3-ITD mutation", 9, "", []),
        ("ecog", "range", "0", "1", "Type 2 diabetes", 9, "", []),
        ("karnofsky", ">=", "70", None, "90-100", 9, "", ["holds"]),
        ("karnofsky", ">=", "70", None, "60", 9, "", ["fails"]),
    ],
)
def test_performance(make_audit, verdicts, kind, operator, value, upper, category, count, methods, expected):
    name = {"ecog": "ECOG performance status", "karnofsky": "Karnofsky performance status"}[kind]
    audit = make_audit(
        ("methods", f"Patients were treated. {methods}"),
        eligibility=(
            Criterion.model_validate(
                {"polarity": "inclusion", "kind": kind, "operator": operator, "value": value, "value_max": upper}
                | {"evidence": PLACE}
            ),
        ),
        baseline=(Baseline(variable=name, category=category, count=count, evidence=PLACE),),
    )
    assert verdicts(protocol.performance, audit) == expected


def dose(value: str, kind: str, most: str | None = None) -> Dose:
    return Dose.model_validate(
        {"drug": "drugamab", "value": value, "value_max": most, "unit": "mg", "kind": kind, "evidence": PLACE}
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (dose("10", "received"), ["holds"]),
        (dose("6", "received"), ["undecided"]),
        (dose("8", "received", "12"), ["holds"]),
        (dose("8", "received", "14"), ["undecided"]),
        (dose("900", "received"), []),  # a total
    ],
)
def test_doses(make_audit, verdicts, given, expected):
    audit = make_audit(TEXT, doses=(dose("12", "planned"), dose("8", "reduced"), given))
    assert verdicts(dosing.given, audit) == expected


DRUGS = tuple(Drug(name=name, evidence=PLACE) for name in ("drugamab", "othertinib"))


@pytest.mark.parametrize(
    ("rule", "report", "expected"),
    [
        (
            "Dose reductions of drugamab were not allowed.",
            "A dose reduction of drugamab was made in 3 patients.",
            ["undecided"],
        ),
        (
            "No dose modification of drugamab was made.",
            "The dose modification of drugamab came in 3 patients.",
            ["undecided"],
        ),
        ("Dose reductions of drugamab were not allowed.", "No patient had a dose reduction of drugamab.", []),
        ("Dose reductions of drugamab were not allowed.", "A dose reduction of othertinib was made in 3 patients.", []),
        ("Dose reductions of drugamab were allowed.", "A dose reduction of drugamab was made in 3 patients.", []),
    ],
)
def test_forbidden(make_audit, verdicts, rule, report, expected):
    audit = make_audit(("methods", rule), ("results", report), drugs=DRUGS)
    assert verdicts(dosing.forbidden, audit) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Dose reduction of drugamab", "3 (10)"]], ["undecided"]),
        ([["drugamab", None], ["Dose reduction", "3 (10)"]], ["undecided"]),
        ([["othertinib", None], ["Dose reduction", "3 (10)"]], []),
        ([["drugamab", None], ["Dose reduction", "0 (0)"]], []),
        ([["Dose reduction", "3 (10)"]], []),  # of which drug?
    ],
)
def test_forbidden_in_tables(make_audit, verdicts, rows, expected):
    grid = [["", "All"], *rows]
    rule = ("methods", "The dose of othertinib could be reduced; dose reductions of drugamab were not permitted.")
    audit = make_audit(rule, tables={"Table 6": (grid, 1)}, drugs=DRUGS)
    assert verdicts(dosing.forbidden, audit) == expected
