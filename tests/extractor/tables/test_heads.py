import pytest

from extractor.tables.heads import head_path, head_rows, is_total, size_of, table_arms, without_size
from extractor.tables.print import plain


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Velorastinib (n = 52)", 52),
        ("Placebo, N=1,024", 1024),
        ("Placebo (n 12)", 12),
        ("Arm A No. = 7", 7),
        ("Control (48 patients)", 48),
        ("Velorastinib 400 mg", None),
        ("Week 12", None),
        ("p value", None),
    ],
)
def test_the_size_in_a_head(text: str, size: int | None) -> None:
    assert size_of(text) == size


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Velorastinib (n = 52), n (%)", "Velorastinib"),
        ("Velorastinib 400 mg (N=52) Mean (SD)", "Velorastinib 400 mg"),
        ("Placebo No. (%)", "Placebo"),
    ],
)
def test_a_head_without_its_size(text: str, name: str) -> None:
    assert without_size(text) == name


@pytest.mark.parametrize(
    "text", ["Total", "All patients (n = 102)", "Overall", "Both groups", "Total (N=102)", "Patients (N = 102)"]
)
def test_the_whole_trial(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize(
    "text", ["Total bilirubin", "All-cause death", "Velorastinib", "Overall survival", "Patients with diabetes"]
)
def test_not_the_whole_trial(text: str) -> None:
    assert not is_total(text)


TABLES = {
    "in one row": ("Item | Velorastinib (n = 52) | Placebo (n = 50) | p\nAge | 60 | 61 | 0.5", 1),
    "in a row below": ("Item | Velorastinib | Placebo\n | (n = 52) | (n = 50)\nAge | 60 | 61", 2),
    "in a body row": ("Item | Velorastinib | Placebo\n | n = 52 | n = 50\nAge | 60 | 61", 1),
    "a row of sizes": ("Item | Velorastinib | Placebo\nN | 52 | 50\nAge | 60 | 61", 1),
    "bare in brackets": ("Item | Velorastinib (52) | Placebo (50)\nAge | 60 | 61", 1),
    "arms as rows": ("Arm | Rate\nVelorastinib (n = 52) | 60\nPlacebo (n = 50) | 61", 1),
}


@pytest.mark.parametrize(("text", "heads"), TABLES.values(), ids=TABLES)
def test_arms_with_their_sizes(table, text: str, heads: int) -> None:
    found = table_arms(table(text, heads=heads))
    assert [(head.text, head.size) for head in found] == [("Velorastinib", 52), ("Placebo", 50)]
    assert all(head.evidence for head in found)


IGNORED = {
    "the whole trial": "Item | All patients (n = 102)\nAge | 60",
    "a visit": "Item | Baseline (n = 52) | Week 12 (n = 50)\nPain | 6 | 3",
    "a population": "Item | Intention-to-treat (n = 52) | Per-protocol (n = 50)\nPain | 6 | 3",
    "one bare number": "Item | Vitamin (12) | Placebo\nPain | 6 | 3",
}


@pytest.mark.parametrize("text", IGNORED.values(), ids=IGNORED)
def test_heads_that_are_no_arms(table, text: str) -> None:
    assert table_arms(table(text)) == []


def test_rows_of_sizes_belong_to_the_head(table) -> None:
    assert head_rows(table("Item | A | B\n | (n = 5) | (n = 6)\n | n (%) | n (%)\nAge | 60 | 61")) == 3
    assert head_rows(table("Item | A | B\nAge | 60 | 61")) == 1


def test_the_path_names_a_spanning_head_once(table) -> None:
    grid = table("Item | Arm | < \n ^ | Any | 3-4\nAge | 60 | 61", heads=2)
    assert [plain(cell.text) for cell in head_path(grid, 2, 2)] == ["Arm", "3-4"]
    assert [plain(cell.text) for cell in head_path(grid, 0, 2)] == ["Item"]


def test_a_dose_is_named_with_its_drug(table) -> None:
    text = "Event | Dorvaxin (mg/day) | < | Placebo\n ^ | 5 | 10 | ^\n ^ | (n = 20) | (n = 21) | (n = 22)\nNausea | 1 | 2 | 3"
    found = table_arms(table(text, heads=3))
    assert [(head.text, head.size) for head in found] == [
        ("Dorvaxin 5 mg/day", 20),
        ("Dorvaxin 10 mg/day", 21),
        ("Placebo", 22),
    ]
