import pytest

from corpus.score import Tally, total


@pytest.mark.parametrize(
    ("tally", "precision", "recall", "f1"),
    [
        (Tally(8, 10, 8, 16), 0.5, 0.8, 8 / 13),
        (Tally(5, 10), None, 0.5, None),
        (Tally(), None, None, None),
        (Tally(0, 4, 0, 3), 0.0, 0.0, 0.0),
    ],
    ids=["all", "recall-only", "empty", "nothing-right"],
)
def test_figures(tally, precision, recall, f1):
    assert tally.precision == precision
    assert tally.recall == recall
    assert tally.f1 == (pytest.approx(f1) if f1 is not None else None)


def test_totals_add_counts_not_figures():
    assert total([Tally(1, 2, 1, 4), Tally(3, 4)]) == Tally(4, 6, 1, 4)


def test_plain_rounds():
    assert Tally(1, 3, 1, 3).plain()["f1"] == 0.3333
