import pytest

from corpus.document import Table
from extractor.arm_book import ArmBook
from extractor.tables.grid import Entry, entries
from extractor.tables.groups import CATEGORY


def path(entry: Entry) -> str:
    """The headings, the stub and the arm of a value, and the value."""
    groups = [group.name for group in entry.row.groups]
    return " > ".join([*groups, entry.row.stub.name, entry.meaning.arm or "-", entry.value.text])


def first_column(table: Table, arms: ArmBook, kind: str = "baseline") -> list[str]:
    found = list(entries(table, arms, kind))
    column = min(entry.cell.column for entry in found)
    return [path(entry).replace(" > velorastinib", "") for entry in found if entry.cell.column == column]


HEAD = "Item | Velorastinib (n = 52) | Placebo (n = 50) | P value\n"
ROWS = {
    "a heading opens a group": ("Sex\nMale | 30 | 29\nFemale | 22 | 21", ["Sex > Male > 30", "Sex > Female > 22"]),
    "the next heading closes it": (
        "Sex\nMale | 30 | 29\nStage\nIII | 10 | 9\nIV | 42 | 41",
        ["Sex > Male > 30", "Stage > III > 10", "Stage > IV > 42"],
    ),
    "headings in headings": (
        "Prior therapy\nSurgery\nYes | 10 | 9\nNo | 42 | 41",
        ["Prior therapy > Surgery > Yes > 10", "Prior therapy > Surgery > No > 42"],
    ),
    "a statistic of its own closes the group": (
        "Sex, n (%)\nMale | 30 | 29\nFemale | 22 | 21\nAge (years), mean (SD) | 60 (8) | 61 (9)",
        ["Sex > Male > 30", "Sex > Female > 22", "Age > 60 (8)"],
    ),
    "statistics of the row above": (
        "Age (years) | 60 | 61\nRange | 40-80 | 41-82",
        ["Age > 60", "Age >  > 40-80"],
    ),
    "categories of the row above": (
        "Smoker, n (%)\nYes | 12 | 13\nNo | 40 | 37",
        ["Smoker > Yes > 12", "Smoker > No > 40"],
    ),
    "a heading with a p-value": ("Sex | | | 0.4\nMale | 30 | 29", ["Sex > Male > 30"]),
}


@pytest.mark.parametrize(("text", "expected"), ROWS.values(), ids=ROWS)
def test_the_path_to_a_value(table, arms: ArmBook, text: str, expected: list[str]) -> None:
    assert first_column(table(HEAD + text), arms) == expected


def test_empty_cells_make_no_entries(table, arms: ArmBook) -> None:
    found = entries(table(HEAD + "Nausea | 4 | \nRash | - | 2\nCough | 0 | 1"), arms, "adverse_events")
    assert [path(entry) for entry in found] == [
        "Nausea > velorastinib > 4",
        "Rash > placebo > 2",
        "Cough > velorastinib > 0",
        "Cough > placebo > 1",
    ]


def test_sizes_printed_in_a_row_hold_for_those_below(table, arms: ArmBook) -> None:
    found = list(entries(table("Item | VEL | PBO\nN | 48 | 47\nPain | 6 | 7"), arms, "results"))
    assert [(entry.value.text, entry.size) for entry in found] == [("6", 48), ("7", 47)]


@pytest.mark.parametrize(
    ("rows", "sizes"),
    [
        pytest.param("Blood loss | (n = 47) | (n = 49)\nTotal blood loss (ml)\nMean | 9 | 8", [47, 49], id="goes on"),
        pytest.param("Blood loss | (n = 47) | (n = 49)\nHaemoglobin\nMean | 9 | 8", [52, 50], id="another heading"),
        pytest.param("Blood loss\n | (n = 47)^ | (n = 49)\nMean | 9 | 8", [47, 49], id="in a row of their own"),
    ],
)
def test_sizes_of_a_heading_hold_for_what_goes_on_with_it(table, arms: ArmBook, rows: str, sizes: list[int]) -> None:
    found = list(entries(table(HEAD + rows), arms, "results"))
    assert [entry.size for entry in found] == sizes


def test_new_heads_in_the_body(table, arms: ArmBook) -> None:
    text = "Outcome | Velorastinib | Placebo\nPain | 6 | 7\nOutcome | Placebo | Velorastinib\nSleep | 4 | 5"
    found = [path(entry) for entry in entries(table(text), arms, "results")]
    assert found[2:] == ["Outcome > Sleep > placebo > 4", "Outcome > Sleep > velorastinib > 5"]


TIMES = {
    "without a stub": " | Week 4 | Week 8\nPain | 6 | 7",
    "later and later": "Pain | Week 4 | Week 8 | Week 12\nVelorastinib | 6 | 7 | 8",
}


@pytest.mark.parametrize("text", TIMES.values(), ids=TIMES)
def test_times_in_the_body_are_heads(table, arms: ArmBook, text: str) -> None:
    found = list(entries(table("Outcome | First | Second | Third\n" + text), arms, "results"))
    assert [entry.meaning.timepoint for entry in found[:2]] == ["4 wk", "8 wk"]


def test_durations_are_no_times(table, arms: ArmBook) -> None:
    found = entries(table(HEAD + "Time in bed | 4 weeks | 2 weeks"), arms, "results")
    assert [path(entry) for entry in found] == [
        "Time in bed > velorastinib > 4 weeks",
        "Time in bed > placebo > 2 weeks",
    ]


def test_a_head_with_the_unit_of_times(table, arms: ArmBook) -> None:
    found = entries(table("Time point (h) | Velorastinib | Placebo\n0.5 | 6 | 7"), arms, "results")
    assert [(entry.meaning.timepoint, entry.row.stub.name) for entry in found] == [("0.5 h", "")] * 2


def test_a_name_that_goes_on_beside_the_next_time(table, arms: ArmBook) -> None:
    text = "Item | | Velorastinib | Placebo\nClotting | baseline | 6 | 7\nfactor | 6 weeks | 5 | 6\n | 12 weeks | 4 | 5"
    found = [(entry.row.stub.name, entry.meaning.timepoint) for entry in entries(table(text), arms, "results")]
    assert found[::2] == [("Clotting", "baseline"), ("Clotting", "6 wk"), ("Clotting", "12 wk")]


def test_rows_of_arms_head_those_below(table, arms: ArmBook) -> None:
    text = "Group | Week 4 | Week 8\nVEL | 52 | 50\nBetter | 6 | 7\nWorse | 3 | 2\nPBO | 50 | 47\nBetter | 4 | 5\nWorse | 1 | 1"
    found = [path(entry) for entry in entries(table(text), arms, "results")]
    assert found[::4] == [" > Better > velorastinib > 6", " > Better > placebo > 4"]


def test_arms_as_rows(table, arms: ArmBook) -> None:
    text = "Arm | Pain, mean (SD) | Sleep, mean (SD)\nVelorastinib (n = 52) | 6 (1) | 7 (1)\nPlacebo (n = 50) | 5 (1) | 4 (1)"
    found = [(entry.meaning.arm, entry.column.name, entry.size) for entry in entries(table(text), arms, "results")]
    assert found == [
        ("velorastinib", "Pain", 52),
        ("velorastinib", "Sleep", 52),
        ("placebo", "Pain", 50),
        ("placebo", "Sleep", 50),
    ]


def test_two_arms_in_a_cell(table, arms: ArmBook) -> None:
    found = entries(table("Outcome | Velorastinib (placebo)\nPain | 10.8 ± 2.0 (4.9 ± 1.9)"), arms, "results")
    assert [(entry.meaning.arm, str(entry.value.parts[0].number)) for entry in found] == [
        ("velorastinib", "10.8"),
        ("placebo", "4.9"),
    ]


def test_evidence_names_value_stub_and_arm(table, arms: ArmBook) -> None:
    grid = table(HEAD + "Male | 30 | 29")
    entry = next(entries(grid, arms, "baseline"))
    assert [(place.row, place.column) for place in entry.evidence] == [(1, 1), (1, 0), (0, 1)]
    assert all(place.table == "Table 1" for place in entry.evidence)


@pytest.mark.parametrize("text", ["<65", "18-30", "≥2", "Yes", "None", "Unknown", "Never smoker", "3"])
def test_categories(text: str) -> None:
    assert CATEGORY.match(text)


@pytest.mark.parametrize("text", ["Age", "Nausea", "Nonsmall cell", "Yesterday's pain"])
def test_no_categories(text: str) -> None:
    assert not CATEGORY.match(text)


def test_a_value_that_goes_on_in_the_next_column_is_proven_by_both(table, arms: ArmBook) -> None:
    grid = table("Item | Velorastinib, mean and SD | < | Placebo, mean and SD | <\nWeight, kg | 71 | 9 | 72 | 8")
    found = list(entries(grid, arms, "results"))
    assert [entry.value.parts[1].numbers for entry in found] == [(9,), (8,)]
    assert [[place.column for place in entry.evidence][:2] for entry in found] == [[1, 2], [3, 4]]
