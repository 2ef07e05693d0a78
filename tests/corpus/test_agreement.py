from decimal import Decimal

import pytest

from corpus.agreement import Names, align_arms, alike, arm_key, comparable, flatten, folded, names_of
from ontology.record import Arm, Criterion, DocumentInfo, Drug, Schedule, TrialRecord

DOCUMENT = DocumentInfo(id="a", source="a.txt", format="text", sha256="0" * 64, characters=10)


def record(*arms: Arm, drugs: tuple[Drug, ...] = ()) -> TrialRecord:
    return TrialRecord(document=DOCUMENT, arms=arms, drugs=drugs)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Progression–free survival", "progression-free  survival"),
        ("Diarrhoea", "diarrhea"),
        ("RECIST 1.1", "recist 1.1."),
        ("Randomisation", "randomization"),
        ("tumour size (cm)", "Tumor size, cm"),
        ("CPS ≥1", "CPS >=1"),
    ],
)
def test_names_that_are_one(first, second):
    assert folded(first) == folded(second)


@pytest.mark.parametrize(("first", "second"), [("RECIST 1.1", "RECIST 1.0"), (">= 3", "< 3"), ("1.5 mg", "15 mg")])
def test_names_that_are_two(first, second):
    assert folded(first) != folded(second)


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("grade", "≥3", ">=3"),
        ("grade", "3/4", "3-4"),
        ("grade", "Grade 3 or 4", "3-4"),
        ("grade", "all", "any"),
        ("timepoint", "3 a", "36 mo"),
        ("timepoint", "12 wk", "84 d"),
        ("population", "intention-to-treat population", "ITT"),
        ("value", Decimal("0.60"), Decimal("0.6")),
        ("count", 12, Decimal(12)),
        ("numbers", (1, 2, 3), (3, 2, 1)),
        ("not_reached", False, None),
    ],
)
def test_values_that_agree(name, first, second):
    assert comparable("results", name, first, Names()) == comparable("results", name, second, Names())


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("grade", "3", "3-4"),
        ("grade", "1-2", "any"),
        ("timepoint", "3 a", "3 mo"),
        ("population", "BRCA-mutated", "ITT"),
        ("unit", "mg", "mg/kg"),
        ("unit", "Ms", "ms"),
    ],
)
def test_values_that_do_not(name, first, second):
    assert comparable("results", name, first, Names()) != comparable("results", name, second, Names())


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("age", "age years", True),
        ("histological type", "histology type", False),
        ("number of prior regimens", "prior regimens", True),
        ("male", "female", False),
        (frozenset({"a", "b"}), frozenset({"b"}), True),
        (Decimal(1), Decimal(2), False),
    ],
)
def test_lenient_agreement(first, second, same):
    assert alike(first, second) is same


@pytest.mark.parametrize(
    ("label", "key"),
    [("Arm A", "a"), ("the placebo group", "placebo"), ("All patients", ""), ("Treatment", "treatment")],
)
def test_arm_keys(label, key):
    assert arm_key(label) == key


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Schedule(cycle_length=Decimal(3), cycle_unit="wk"), Schedule(cycle_length=Decimal(21), cycle_unit="d")),
        (
            Criterion(polarity="inclusion", kind="ecog", operator="range", value=Decimal(0), value_max=Decimal(2)),
            Criterion(polarity="inclusion", kind="ecog", operator="<=", value=Decimal(2)),
        ),
    ],
    ids=["a cycle in days", "a range from zero"],
)
def test_one_thing_printed_in_two_ways(first, second):
    assert flatten("", first, Names()) == flatten("", second, Names())


def test_arms_are_one_by_synonym_drugs_and_size():
    gold = record(
        Arm(label="Veloras", synonyms=("Arm A",), drugs=("velorastinib",), size=40),
        Arm(label="Control", drugs=("placebo",), size=41, role="comparator"),
    )
    found = record(
        Arm(label="placebo group", drugs=("placebo",), size=41, role="comparator"), Arm(label="Arm A", size=40)
    )
    ours, theirs = align_arms(gold, found, Names())
    assert theirs["a"] == ours["veloras"] == "veloras"
    assert theirs["placebo"] == "control"


def test_the_only_arm_is_the_whole_trial():
    ours, theirs = names_of(record(Arm(label="velorastinib")), record(Arm(label="single arm")))
    assert ours.arm("velorastinib") is None
    assert theirs.arm("single arm") is None
    assert ours.arm(None) is None


def test_an_arm_that_nobody_knows_stays_what_it_is():
    ours, theirs = names_of(record(Arm(label="A"), Arm(label="B")), record(Arm(label="A"), Arm(label="C")))
    assert theirs.arm("Arm C") == "c"
    assert ours.arm("Arm B") == "b"


def test_a_drug_goes_by_the_synonyms_of_the_record():
    gold = record(drugs=(Drug(name="velorastinib", synonyms=("VX-101",)),))
    ours, theirs = names_of(gold, record())
    assert theirs.term("drugs", "VX-101") == ours.term("drugs", "Velorastinib") == "velorastinib"
