"""Cues never hide what a pattern finds, and keep it from running where it can find nothing."""

from __future__ import annotations

import re

import pytest

from extractor.criterion_kinds import RULES as KINDS
from extractor.criterion_rules import RULES as LISTS
from extractor.cues import Cued, CueIndex, cues
from extractor.statistics import RULES as STATISTICS

NEEDED = [
    pytest.param(r"\blog-?rank\b", [{"log-rank", "logrank"}], id="an optional sign"),
    pytest.param(r"randomi[sz]ed", [{"randomised", "randomized"}], id="a choice of letters"),
    pytest.param(r"\d+ ?%", [{"%"}], id="a sign after a number"),
    pytest.param(r"(?:HR|hazard ratio)\s+of", [{"of"}, {"hazard ratio", "hr"}], id="branches, then a word"),
    pytest.param(r"(?:power)?", [], id="nothing needed"),
    pytest.param(r"(?:power|\d+)", [], id="a branch without letters"),
    pytest.param(r"(?:power ){2}", [{"power "}], id="repeated"),
    pytest.param(r"(?:power ){0,2}", [], id="repeated or not"),
    pytest.param(r"(?<!non-)inferior(?=ity)", [{"inferior"}], id="what stands around is not needed"),
    pytest.param(r"tumours?|tumour site", [{"tumour"}], id="a word inside another"),
]


@pytest.mark.parametrize(("pattern", "needed"), NEEDED)
def test_cues(pattern: str, needed: list[set[str]]) -> None:
    assert list(map(set, cues(pattern, int(re.IGNORECASE)))) == needed


@pytest.mark.parametrize("text", ["The LOG-RANK test", "a logrank test", "rank", ""])
def test_finds_what_the_pattern_finds(text: str) -> None:
    cued, plain = Cued(r"log-?(?P<what>rank)", re.IGNORECASE), re.compile(r"log-?rank", re.IGNORECASE)
    assert [match.span() for match in cued.finditer(text)] == [match.span() for match in plain.finditer(text)]
    assert bool(cued.search(text)) == bool(plain.search(text))
    assert bool(cued.search(text, 5)) == bool(plain.search(text, 5))
    assert bool(cued.match(text)) == bool(plain.match(text))
    assert cued.sub("-", text) == plain.sub("-", text)


def test_is_compiled_when_it_is_needed() -> None:
    cued = Cued(r"log-?rank")
    assert cued.search("no such test") is None
    assert "compiled" not in vars(cued)
    assert cued.search("the logrank test")


@pytest.mark.parametrize("rule", [*STATISTICS, *LISTS, *KINDS], ids=lambda rule: str(rule.name))
def test_examples_hold_the_cues_of_their_rule(rule: object) -> None:
    pattern, finds = rule.pattern, rule.finds  # type: ignore[attr-defined]
    assert all(pattern.may_find(example) for example in finds if pattern.compiled.search(example))


TEXTS = ["The Log-Rank test", "a logrank test of 5 %", "Three ranks", "HR 0.8 (hazard)", ""]


@pytest.mark.parametrize(
    ("pattern", "places"),
    [
        pytest.param(r"log-?rank", [0, 1], id="by parts of a word"),
        pytest.param(r"rank", [0, 1, 2], id="inside a word"),
        pytest.param(r"[a-z]   [a-z]", [0, 1, 2, 3, 4], id="blanks alone tell nothing"),
        pytest.param(r"\d ?%", [1], id="a sign"),
        pytest.param(r"hr", [2, 3], id="a short word, inside another too"),
        pytest.param(r"test of", [0, 1], id="words in a row"),
        pytest.param(r"no such word", [], id="nowhere"),
        pytest.param(r"\d", [0, 1, 2, 3, 4], id="without cues"),
    ],
)
def test_an_index_knows_where_a_pattern_may_find_something(pattern: str, places: list[int]) -> None:
    cued = Cued(pattern, re.IGNORECASE)
    assert list(CueIndex(TEXTS).held([cued])) == places
    assert {place for place, text in enumerate(TEXTS) if cued.compiled.search(text)} <= set(places)


def test_each_text_is_told_with_its_patterns_in_their_order() -> None:
    test, rank = Cued("test"), Cued("rank")
    assert CueIndex(TEXTS).held([rank, test]) == {0: [rank, test], 1: [rank, test], 2: [rank]}
