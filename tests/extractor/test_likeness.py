"""Likeness of names."""

import pytest

from extractor.likeness import similarity, stem, telling, words


@pytest.mark.parametrize(
    ("wanted", "offered", "near"),
    [
        ("remission", "remissions", 1.0),
        ("the rate of remission", "remission", 1.0),
        ("remission", "nausea", 0.0),
        ("complete remission", "remission", 0.65),
        ("", "remission", 0.0),
        ("TNF-alpha level", "TNF-α", 1.0),
        ("drug 60 mg", "drug 60mg", 1.0),
        ("NRT+", "NRT", 0.0),
        ("NRT+, flexible", "flexible NRT+", 1.0),
    ],
)
def test_similarity(wanted: str, offered: str, near: float) -> None:
    assert similarity(words(wanted), words(offered)) == pytest.approx(near)


def test_stems() -> None:
    assert stem("responses") == stem("responders")
    assert stem("deaths") == stem("death")
    assert stem("death") != stem("dose")


def test_when_tells_not_what() -> None:
    assert telling("Total 0-12 months") == frozenset()
    assert telling("pain at 6 months") == words("pain")
