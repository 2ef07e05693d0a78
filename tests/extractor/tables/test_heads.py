import pytest

from extractor.tables.heads import count_row, head_path, head_rows, is_total, size_of, without_size
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


def test_rows_of_sizes_belong_to_the_head(table) -> None:
    assert head_rows(table("Item | A | B\n | (n = 5) | (n = 6)\n | n (%) | n (%)\nAge | 60 | 61")) == 3
    assert head_rows(table("Item | A | B\nAge | 60 | 61")) == 1


def test_the_path_names_a_spanning_head_once(table) -> None:
    grid = table("Item | Arm | < \n ^ | Any | 3-4\nAge | 60 | 61", heads=2)
    assert [plain(cell.text) for cell in head_path(grid, 2, 2)] == ["Arm", "3-4"]
    assert [plain(cell.text) for cell in head_path(grid, 0, 2)] == ["Item"]


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("Item | Velorastinib | Placebo\nN | 52 | 50\nAge | 60 | 61", {1: 52, 2: 50}),
        ("Item | Velorastinib | Placebo\nAge | 60 | 61", {}),
    ],
)
def test_a_row_of_sizes(table, text: str, sizes: dict[int, int]) -> None:
    assert count_row(table(text), 1) == sizes
