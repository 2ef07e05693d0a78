"""Headings inside headings."""

import pytest

from extractor.tables.groups import is_inner

HEAD = "Characteristic | < | Velorastinib | Placebo\nStage | < | < | <\n"


@pytest.mark.parametrize(
    ("below", "inner"),
    [
        pytest.param(" | II | 12 | 10", True, id="an empty cell below"),
        pytest.param("~ | II | 12 | 10", True, id="no cell below"),
        pytest.param("II | < | 12 | 10", False, id="a row of the first column below"),
        pytest.param("~ | ~ | 12 | 10", False, id="no stub below"),
    ],
)
def test_a_sub_heading_leaves_the_first_column_to_its_heading(table, below: str, inner: bool) -> None:
    assert is_inner(table(HEAD + "Colon | < | < | <\n" + below), 2, (0, 1)) is inner


def test_a_table_of_one_stub_column_has_none(table) -> None:
    assert not is_inner(table("Item | A\nColon |\n | 12"), 1, (0,))
