from decimal import Decimal

import pytest

from extractor.verify import NOT_FOUND, failures, keep_verified, numbers_in, stands, verify
from ontology.record import (
    AdverseEvent,
    Check,
    Criterion,
    DocumentInfo,
    Dose,
    Drug,
    Evidence,
    Fact,
    Interval,
    PValue,
    Reference,
    Result,
    Schedule,
    Statistic,
    Trial,
    TrialRecord,
    fact_lists,
)

TEXT = (
    "Velorastinib (VX-101) 400 mg was given once daily on days 1–21. Forty-two patients were enrolled. Median overall "
    "survival was 17·2 months (95% CI 12.0–−3; P < 6.5 × 10⁻⁴). Nausea occurred in 12¹ of 42 patients; none died. "
    "Alpha was 5%, with a type II error of 0.20. Platelets of 100,000/µL were required. "
    "3. Doe J. A trial of velo-\nrastinib. J Inv 2019; 12: 1123–31."
)
WHOLE = (Evidence(start=0, end=len(TEXT)),)


def at(quote: str) -> tuple[Evidence, ...]:
    start = TEXT.index(quote)
    return (Evidence(start=start, end=start + len(quote)),)


def record(*facts: Fact, trial: Trial | None = None) -> TrialRecord:
    document = DocumentInfo(id="a", source="a.txt", format="text", sha256="0" * 64, characters=len(TEXT))
    lists = {name: tuple(f for f in facts if type(f) is kind) for name, kind in fact_lists().items()}
    return TrialRecord(document=document, trial=trial or Trial(), **lists)


DOSE = Dose(
    drug="velorastinib",
    value=Decimal(400),
    unit="mg",
    schedule=Schedule(frequency="once daily", days=tuple(range(1, 22)), cycle_length=Decimal(28)),
    evidence=at("Velorastinib (VX-101) 400 mg was given once daily"),
)
SURVIVAL = Result(
    endpoint="overall survival",
    statistic="median",
    value=Decimal("17.2"),
    unit="mo",
    ci=Interval(low=Decimal("12.0"), high=Decimal(-3), level=Decimal(95)),
    p_value=PValue(value=Decimal("0.00065"), relation="<"),
    evidence=at("17·2 months (95% CI 12.0–−3; P < 6.5 × 10⁻⁴)"),
)
NAUSEA = AdverseEvent(term="nausea", count=12, total=42, evidence=at("Nausea occurred in 12¹"))
REFERENCE = Reference(
    number=1,
    title="A trial of velorastinib",
    last_page="1131",
    raw="Doe J.",
    evidence=at("Doe J. A trial of velo-\nrastinib. J Inv 2019; 12: 1123–31."),
)
PROVEN = [
    DOSE,
    SURVIVAL,
    NAUSEA,
    REFERENCE,
    Drug(name="velorastinib", synonyms=("VX-101",), evidence=at("VX-101")),
    AdverseEvent(term="nausea", count=0, consequence="death", evidence=at("none died")),
    AdverseEvent(term="nausea", count=1, evidence=at("Nausea")),
    Statistic(kind="alpha", value=Decimal("0.05"), evidence=at("Alpha was 5%")),
    Statistic(kind="power", value=Decimal(80), evidence=at("a type II error of 0.20")),
    Statistic(kind="test", value="log-rank test", evidence=at("Alpha")),
    Criterion(polarity="inclusion", kind="laboratory:platelets", value=Decimal(100), evidence=at("100,000/µL")),
    Check(kind="percentages", verdict="holds", recomputed="99.9"),
]


@pytest.mark.parametrize("fact", PROVEN, ids=lambda fact: type(fact).__name__)
def test_what_the_paper_prints_is_proven(fact):
    assert verify(record(fact), TEXT) == ()


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        (DOSE.model_copy(update={"value": Decimal(40)}), "doses[0].value = 40: not printed in its evidence"),
        (DOSE.model_copy(update={"drug": "tocrumelimab"}), "doses[0].drug = tocrumelimab: the paper does not print"),
        (SURVIVAL.model_copy(update={"value": Decimal("7.2")}), "results[0].value = 7.2"),
        (SURVIVAL.model_copy(update={"ci": Interval(low=Decimal(1), high=Decimal(3))}), "results[0].ci.low = 1"),
        (NAUSEA.model_copy(update={"count": 42}), "adverse_events[0].count = 42"),
        (NAUSEA.model_copy(update={"total": 43}), "adverse_events[0].total = 43"),
        (NAUSEA.model_copy(update={"evidence": ()}), "adverse_events[0]: has no evidence"),
        (NAUSEA.model_copy(update={"evidence": (Evidence(start=5, end=9999),)}), "outside the text"),
        (NAUSEA.model_copy(update={"evidence": (Evidence(start=5, end=5),)}), "outside the text"),
        (REFERENCE.model_copy(update={"title": "Another trial"}), "references[0].title"),
        (Check(kind="a", verdict="fails", evidence=(Evidence(start=-1, end=4),)), "outside the text"),
    ],
    ids=["number", "drug", "part", "interval", "count", "total", "none", "beyond", "empty", "title", "check"],
)
def test_what_it_does_not_print_is_named(fact, says):
    found = verify(record(fact), TEXT)
    assert len(found) == 1
    assert says in found[0]


def test_fields_of_the_trial_are_proven_by_their_own_evidence():
    good = Trial(enrolled=42, phase="2", evidence={"enrolled": at("Forty-two"), "phase": at("Median")})
    assert verify(record(trial=good), TEXT) == ()
    bad = Trial(enrolled=43, phase="2", evidence={"enrolled": at("Forty-two")})
    assert [str(f) for f in failures(record(trial=bad), TEXT)] == [
        "trial.phase: has no evidence",
        "trial.enrolled = 43: not printed in its evidence",
    ]


def test_only_what_is_proven_is_kept():
    wrong = NAUSEA.model_copy(update={"count": 13, "rule": "cells"})
    trial = Trial(enrolled=43, evidence={"enrolled": at("Forty-two")}, rules={"enrolled": "patients"})
    kept, rejected = keep_verified(record(DOSE, wrong, NAUSEA, trial=trial), TEXT)
    assert kept.adverse_events == (NAUSEA,)
    assert kept.doses == (DOSE,)
    assert kept.trial.enrolled is None
    assert not kept.trial.evidence
    assert [(r.rule, r.reason) for r in rejected] == [("patients", NOT_FOUND), ("cells", NOT_FOUND)]
    assert verify(kept, TEXT) == ()


def test_a_fact_loses_a_spread_that_is_not_there_and_stays():
    wrong = SURVIVAL.model_copy(update={"ci": Interval(low=Decimal(1), high=Decimal(44))})
    kept, rejected = keep_verified(record(wrong), TEXT)
    assert kept.results == (wrong.model_copy(update={"ci": None}),)
    assert len(rejected) == 2
    only_p = Result(endpoint="x", statistic="p_value", p_value=PValue(value=Decimal("0.5")), evidence=at("P < 6.5"))
    assert keep_verified(record(only_p), TEXT)[0].results == ()


def test_words_of_two_places_are_two_numbers():
    both = Statistic(kind="target_n", value=Decimal(42), evidence=(*at("Forty-two"), *at("Forty-two")))
    assert verify(record(both), TEXT) == ()


def test_a_proven_record_is_returned_as_it_is():
    proven = record(DOSE, SURVIVAL)
    assert keep_verified(proven, TEXT) == (proven, ())


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("1,234 patients", "1234"),
        ("1 234", "1234"),
        ("10 100", "100"),
        ("0·86", "0.86"),
        ("P < .001", "0.001"),
        ("0,05", "0.05"),
        ("3 × 10⁻⁵", "0.00003"),
        ("2e-3", "0.002"),
        ("one hundred and two", "102"),
        ("3.2¹²", "3.2"),
        ("0$·01", "0.01"),
        ("both", "2"),
    ],
)
def test_numbers_in_every_print(printed, number):
    assert Decimal(number) in numbers_in(printed)


@pytest.mark.parametrize(
    ("number", "text", "stands_there"),
    [
        ("12", "of 12.", True),
        ("12", "112", False),
        ("12", "12.5", False),
        ("12", "1,12", False),
        ("5", "0.5 or 5", True),
    ],
)
def test_a_number_stands_alone(number, text, stands_there):
    assert stands(number, text) is stands_there
