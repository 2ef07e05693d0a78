from decimal import Decimal

import pytest

from graph import wording
from ontology.record import (
    Baseline,
    Dose,
    Evidence,
    Group,
    Interval,
    Measure,
    PValue,
    Range,
    Result,
    Schedule,
)


@pytest.mark.parametrize(
    ("value", "reads"),
    [
        (Decimal("0.60"), "0.60"),
        (Decimal("1E-7"), "0.0000001"),
        (12, "12"),
        (True, "yes"),
        (None, ""),
        ((), ""),
        (("a", "b"), "a, b"),
        (Interval(low=Decimal("0.5"), high=None, level=Decimal(95)), "95% CI 0.5 to NR"),
        (Range(low=Decimal(1), high=Decimal(3), kind="iqr"), "iqr 1 to 3"),
        (PValue(value=Decimal("0.001"), relation="<"), "p < 0.001"),
        (Schedule(frequency="once daily", days=tuple(range(1, 15)), cycle_length=Decimal(21), cycle_unit="d"),
         "once daily, days 1-14, cycle of 21 days"),
        (Schedule(text="when needed"), "when needed"),
        (Group(label="high", value=Decimal(3), unit="/mm2"), "high: 3 /mm2"),
        (Measure(value=Decimal("16.2"), unit="mo", range=Range(low=Decimal(2), high=Decimal(28))),
         "16.2 months, range 2 to 28"),
    ],
)  # fmt: skip
def test_values_in_words(value, reads):
    assert wording.words(value) == reads


@pytest.mark.parametrize(
    ("arguments", "reads"),
    [
        ((15, 40, Decimal("37.5")), "15/40 (37.5%)"),
        ((15, None, None), "15"),
        ((None, None, Decimal(8)), "8%"),
        ((None, 40, None), ""),
    ],
)
def test_counts(arguments, reads):
    assert wording.frequency(*arguments) == reads


@pytest.mark.parametrize(
    ("fact", "reads"),
    [
        (Result(endpoint="e", statistic="rate", value=Decimal("37.5"), unit="%", count=15, total=40), "37.5% (15/40)"),
        (Result(endpoint="e", statistic="count", value=Decimal(9), count=9), "9"),
        (Result(endpoint="e", statistic="median", not_reached=True), "not reached"),
        (Result(endpoint="e", statistic="mean", value=Decimal(5), unit="cm", sd=Decimal("1.5")), "5 cm, SD 1.5"),
        (Result(endpoint="e", statistic="p_value", p_value=PValue(value=Decimal("0.1"))), ""),
    ],
)
def test_results(fact, reads):
    assert wording.result_value(fact) == reads


def test_a_cell_shows_patients_or_a_value():
    assert wording.cell(Baseline(variable="Sex", count=23, total=42, percent=Decimal("54.8"))) == "23 (54.8%)"
    assert wording.cell(Baseline(variable="Age", value=Decimal(58), unit="a")) == "58 years"


@pytest.mark.parametrize(
    ("fact", "reads"),
    [
        (Dose(drug="d", value=Decimal(75), unit="mg/m2"), "75 mg/m²"),
        (Dose(drug="d", value=Decimal(10), value_max=Decimal(15), unit="mg"), "10 to 15 mg"),
    ],
)
def test_doses(fact, reads):
    assert wording.dose(fact) == reads


@pytest.mark.parametrize(("numbers", "reads"), [((1, 2, 3, 5), "1-3, 5"), ((4,), "4"), ((), "")])
def test_runs_of_numbers(numbers, reads):
    assert wording.runs(numbers) == reads


def test_places_are_quoted_and_cut():
    quote = wording.places((Evidence(start=0, end=5), Evidence(start=6, end=100)), "abcde " + "x " * 60, width=10)
    assert quote == "“abcde” [0-5]; “x x x x x…” [6-100]"


def test_text_cannot_steer_a_terminal():
    assert wording.printable("a\x1b[31mb\x07\x9b") == "a [31mb  "
