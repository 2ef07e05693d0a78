import pytest

from corpus.document import Table
from extractor.arm_book import ArmBook, book
from extractor.tables.axes import Axis, Scope
from extractor.tables.columns import read_columns, stub_columns
from extractor.tables.heads import head_rows
from ontology.record import Arm


def columns(table: Table, arms: ArmBook, events: bool = False) -> dict[int, Axis]:
    heads = head_rows(table)
    scope = Scope(arms, events=events, levels=events, loose=True)
    return read_columns(table, table.grid[:heads], stub_columns(table, heads), scope)


def named(axis: Axis) -> str:
    """A column's arm, comparator, grade, time and statistics in one line."""
    kind = "whole" if axis.whole else "p" if axis.is_p else ""
    facts = (axis.arm, axis.comparator and f"against {axis.comparator}", axis.grade, axis.timepoint, kind)
    return " ".join(fact for fact in facts if fact)


def described(table: Table, arms: ArmBook, events: bool = False) -> list[str]:
    return [named(axis) for axis in columns(table, arms, events).values()]


DOSES = tuple(Arm(label=label) for label in ("velorastinib 5 mg/day", "velorastinib 10 mg/day", "placebo"))
# Table, rows of its head, what its columns are.
HEADS = {
    "arms, total and p": (
        "Item | Velorastinib (n = 52) | PBO (n = 50) | Total (n = 102) | p value\nAge | 60 | 61 | 60 | 0.5",
        1,
        ["velorastinib", "placebo", "whole", "p"],
    ),
    "grades under arms": (
        "Event | Velorastinib | < | Placebo | <\n^ | Any grade | Grade 3-4 | Any grade | Grade 3-4\nNausea | 9 | 1 | 3 | 0",
        2,
        ["velorastinib any", "velorastinib 3-4", "placebo any", "placebo 3-4"],
    ),
    "arms under grades": (
        "Event | Grade 1-2 | < | Grade 3-4 | <\n^ | VEL | PBO | VEL | PBO\nNausea | 9 | 1 | 3 | 0",
        2,
        ["velorastinib 1-2", "placebo 1-2", "velorastinib 3-4", "placebo 3-4"],
    ),
    "bare levels": (
        "Event | Velorastinib | < | < | <\n^ | 1 | 2 | 3 | 4\nNausea | 9 | 1 | 3 | 0",
        2,
        ["velorastinib 1", "velorastinib 2", "velorastinib 3", "velorastinib 4"],
    ),
    "spans lost, heads beside blanks": (
        "Event | Velorastinib | | Placebo | \n | Any grade | Grade 3-4 | Any grade | Grade 3-4\nNausea | 9 | 1 | 3 | 0",
        2,
        ["velorastinib any", "velorastinib 3-4", "placebo any", "placebo 3-4"],
    ),
    "spans lost, heads packed to the left": (
        "Event | Velorastinib | Placebo | | \n | Any grade | Grade 3-4 | Any grade | Grade 3-4\nNausea | 9 | 1 | 3 | 0",
        2,
        ["velorastinib any", "velorastinib 3-4", "placebo any", "placebo 3-4"],
    ),
    "times": (
        "Score | Velorastinib | < | Placebo | <\n^ | Baseline | Week 12 | Baseline | Week 12\nPain | 6 | 3 | 6 | 5",
        2,
        ["velorastinib baseline", "velorastinib 12 wk", "placebo baseline", "placebo 12 wk"],
    ),
    "strata over arms": (
        "Outcome | Children | < | Overall | <\n^ | VEL (n = 9) | PBO (n = 8) | VEL (n = 52) | PBO (n = 50)\nRelapse | 9 | 1 | 3 | 0",
        2,
        ["velorastinib", "placebo", "velorastinib", "placebo"],
    ),
    "a comparison": (
        "Outcome | Velorastinib | Placebo | Velorastinib vs placebo, HR (95% CI)\nRelapse | 9 | 12 | 0.7 (0.5-0.9)",
        1,
        ["velorastinib", "placebo", "velorastinib against placebo"],
    ),
    "heads over the same number of blanks": (
        "Score | Velorastinib | | Placebo | \n | Before treatment | After it | Day 0 | Day 9\nPain | 6 | 3 | 6 | 5",
        2,
        ["velorastinib baseline", "velorastinib post-treatment", "placebo 0 d", "placebo 9 d"],
    ),
    "a p-value between two arms without spans": (
        "Score | Velorastinib | | | | Placebo | | \n | Day 0 | | Day 9 | p | Day 0 | | Day 9\nPain | 6 | 1 | 3 | 0.1 | 6 | 1 | 5",
        2,
        ["velorastinib 0 d", "", "velorastinib 9 d", "p", "placebo 0 d", "", "placebo 9 d"],
    ),
    "doses under their drug": (
        "Item | Velorastinib (mg/day) | < | Placebo\n^ | 5 | 10 | ^\nAge | 60 | 61 | 60",
        2,
        ["velorastinib 5 mg/day", "velorastinib 10 mg/day", "placebo"],
    ),
    "a column that only has a size": ("Item | N = 14\nAge | 60", 1, ["whole"]),
    "one head twice": ("Item | Velorastinib | Velorastinib\nAge | 60 | 61", 1, ["", ""]),
    "sizes below": (
        "Item | Velorastinib | Placebo\n | (n = 52) | (n = 50)\nAge | 60 | 61",
        2,
        ["velorastinib", "placebo"],
    ),
}


@pytest.mark.parametrize(("text", "heads", "expected"), HEADS.values(), ids=HEADS)
def test_what_columns_are(table, arms: ArmBook, text: str, heads: int, expected: list[str]) -> None:
    known = book(DOSES) if "mg/day" in text else arms
    assert described(table(text, heads=heads), known, events="Event" in text) == expected


def test_a_sized_head_is_a_group_though_no_arm_is_known(table) -> None:
    grid = table("Item | Warm water (n = 20) | Cold water (n = 21)\nAge | 60 | 61")
    found = columns(grid, book(()))
    assert [(axis.arm, axis.size) for axis in found.values()] == [("Warm water", 20), ("Cold water", 21)]


def test_a_visit_with_a_size_is_no_group(table) -> None:
    grid = table("Score | Week 4 (n = 20) | Week 8 (n = 21)\nPain | 6 | 6")
    assert described(grid, book(())) == ["4 wk", "8 wk"]


def test_different_heads_side_by_side_are_different_groups(table, arms: ArmBook) -> None:
    grid = table(
        "Item | Velorastinib 10 mg (n = 20) | Velorastinib 20 mg (n = 21) | Placebo (n = 22)\nAge | 60 | 61 | 62"
    )
    found = [axis.arm for axis in columns(grid, arms).values()]
    assert len(set(found)) == 3
    assert found[2] == "placebo"


STUBS = {
    "one": ("Item | Velorastinib | Placebo\nAge | 60 | 61\nWeight | 70 | 71", (0,)),
    "words": (
        "Item | Measure | VEL | PBO\nPain | mean (SD) | 6 (1) | 7 (1)\nSleep | mean (SD) | 6 (1) | 7 (1)",
        (0, 1),
    ),
    "times": ("Item | Time | VEL | PBO\nPain | Week 1 | 6 | 7\n | Week 2 | 6 | 7", (0, 1)),
    "serial numbers": ("S. No. | Event | VEL | PBO\n1 | Nausea | 6 | 7\n2 | Rash | 6 | 7", (1,)),
    "indents": ("Item | | VEL | PBO\nSex | | | \n | Male | 6 | 7\n | Female | 6 | 7", (0, 1)),
}


@pytest.mark.parametrize(("text", "expected"), STUBS.values(), ids=STUBS)
def test_the_columns_that_name_rows(table, text: str, expected: tuple[int, ...]) -> None:
    assert stub_columns(table(text), 1) == expected
