import pytest

from extractor.arm_book import ArmBook, book
from extractor.tables.axes import Axis
from extractor.tables.grid import entries
from extractor.tables.ragged import is_packed, short_rows, sure_cells

GRADED = {
    1: Axis(arm="A", grade="any"),
    2: Axis(arm="A", grade="1-2"),
    3: Axis(arm="A", grade="3-4"),
    4: Axis(arm="B", grade="any"),
    5: Axis(arm="B", grade="1-2"),
    6: Axis(arm="B", grade="3-4"),
}


def cells(table, *printed: str):
    return [cell for cell in table(" | ".join(printed)).grid[0] if cell]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (("9", "7", "2", "5", "5"), {1: "9", 2: "7", 3: "2", 4: "5"}),
        (("9", "7", "2", "5", "3"), {}),
        (("9", "9", "5", "3", "2"), {1: "9", 4: "5", 5: "3", 6: "2"}),
    ],
    ids=["which grade of B is not sure", "nothing adds up", "which grade of A is not sure"],
)
def test_cells_whose_column_is_sure(table, printed: tuple[str, ...], expected: dict[int, str]) -> None:
    assert {column: cell.text for column, cell in sure_cells(cells(table, *printed), GRADED).items()} == expected


def test_nothing_is_sure_without_a_sum(table) -> None:
    columns = {place: Axis(arm="A", grade=str(place)) for place in range(1, 5)}
    assert sure_cells(cells(table, "3", "2"), columns) == {}


def test_numbers_packed_to_the_left(table) -> None:
    row = list(enumerate(table("9 | 5 | | | | ").grid[0], 1))
    assert is_packed(row, GRADED)
    assert not is_packed(list(enumerate(table("9 | 7 | 2 | 5 | 3 | 2").grid[0], 1)), GRADED)


def test_lines_with_fewer_tabs_than_others(table) -> None:
    text = "Event | A | B | C\nNausea | 4 | 5 | 6\nRash | 2 | 1"
    printed = "Event\tA\tB\tC\nNausea\t4\t5\t6\nRash\t2\t1"
    assert short_rows(table(text), printed) == {2}


def test_rows_that_lost_cells_are_marked(table, arms: ArmBook) -> None:
    text = "Event | VEL | PBO | p\nNausea | 4 | 5 | 0.6\nRash | 2 | 1"
    printed = "Event\tVEL\tPBO\tp\nNausea\t4\t5\t0.6\nRash\t2\t1"
    found = entries(table(text), arms, "adverse_events", printed)
    assert {entry.row.stub.name: entry.row.ragged for entry in found} == {"Nausea": False, "Rash": True}


def test_without_tabs_an_empty_cell_is_only_empty(table) -> None:
    found = entries(table("Event | VEL | PBO\nRash | 2 | "), book(()), "adverse_events")
    assert not any(entry.row.ragged for entry in found)
