import pytest

from extractor.checks.percentages import table_cells

HEADED = ["Event", "Drug (n = 62)"]
ROWS = [["rash", "24 (38.7%)"], ["fever", "10 (16.1%)"], ["cough", "31 (50.0%)"], ["pain", "30 (48.4%)"]]


@pytest.mark.parametrize(
    ("grid", "expected"),
    [
        pytest.param([HEADED, *ROWS], ["holds"] * 4, id="size in the head"),
        pytest.param([HEADED, *ROWS, ["age", "54 (12)"]], ["holds"] * 4, id="a mean is no misprint"),
        pytest.param([HEADED, *ROWS, ["itch", "12 (37.8%)"]], ["holds"] * 4 + ["fails"], id="digits exchanged"),
        pytest.param([["Event", "Drug"], *ROWS], [], id="too few cells to tell the total"),
        pytest.param(
            [["Event", "Drug"], *ROWS, ["itch", "6 (9.7%)"], ["flu", "7 (11.2%)"]],
            ["holds"] * 6,
            id="the total that fits",
        ),
        pytest.param(
            [["Event", "Drug"], *ROWS, ["itch", "6 (9.7%)"], ["flu", "7 (17.7%)"]],
            ["holds"] * 5,
            id="a total that is guessed",
        ),
        pytest.param(
            [["Event", "Drug"], ["rash", "24/62 (38.7%)"], ["fever", "10/61 (16.4%)"]], ["holds"] * 2, id="own totals"
        ),
        pytest.param(
            [["Event", "Drug"], ["rash", "24/62 (83.7%)"], ["fever", "10/61 (16.4%)"]],
            ["fails", "holds"],
            id="own total",
        ),
        pytest.param(
            [["Event", "Drug"], ["rash", "24/62 (33%)"], ["fever", "10/62 (14%)"]],
            ["undecided"],
            id="both of another total",
        ),
        pytest.param([["Event", "Drug (n = 20)"], ["rash", "24 (38.7%)"]], [], id="more than the group"),
    ],
)
def test_cells_that_no_fact_was_made_of(make_audit, verdicts, grid, expected):
    assert verdicts(table_cells, make_audit(tables={"Table 5": (grid, 1)})) == expected
