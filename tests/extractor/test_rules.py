"""Every rule finds its examples and leaves its counter-examples alone."""

import importlib
import pkgutil
from collections.abc import Callable

import pytest

import extractor
from extractor.rules import Rule, pattern, scan
from extractor.study import Study


def all_rules() -> list[Rule]:
    rules: list[Rule] = []
    for module in pkgutil.walk_packages(extractor.__path__, "extractor."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, tuple) and value and all(isinstance(item, Rule) for item in value):
                rules.extend(value)
    return list({rule.name: rule for rule in rules}.values())


RULES = all_rules()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_both_kinds_of_examples(rule: Rule) -> None:
    assert rule.finds
    assert rule.ignores


@pytest.mark.parametrize(
    ("rule", "text"), [(r, t) for r in RULES for t in r.finds], ids=lambda v: getattr(v, "name", v)
)
def test_a_rule_finds(rule: Rule, text: str) -> None:
    assert rule.pattern.search(text)


@pytest.mark.parametrize(
    ("rule", "text"), [(r, t) for r in RULES for t in r.ignores], ids=lambda v: getattr(v, "name", v)
)
def test_a_rule_ignores(rule: Rule, text: str) -> None:
    assert not rule.pattern.search(text)


@pytest.mark.parametrize(
    ("source", "text", "matches"),
    [
        pytest.param("two words", "Two\n words", True, id="a blank is any white space"),
        pytest.param("two ?words", "twowords", True, id="an optional blank"),
        pytest.param("two words", "twowords", False, id="a blank is needed"),
        pytest.param("two\n   words", "twowords", True, id="lines are joined"),
        pytest.param("a[ -]b", "a\u00a0b", True, id="a blank in a set"),
        pytest.param("a[ -]b", "a_b", False, id="a set is a set"),
    ],
)
def test_pattern(source: str, text: str, *, matches: bool) -> None:
    assert bool(pattern(source).fullmatch(text)) is matches


RULE = Rule("test.dose", pattern(r"(?P<value>\d+) mg(?P<more> daily)?"), ("5 mg",), ("mg",), frozenset({"methods"}))


def test_a_match_gives_its_groups_and_their_places(make_study: Callable[..., Study]) -> None:
    study = make_study(("methods", "First 5 mg, then 10 mg daily."))
    (sentence,) = study.reading.sentences
    found = list(scan(RULE, sentence))
    assert [(item["value"], item["more"], item["none"]) for item in found] == [
        ("5", None, None),
        ("10", " daily", None),
    ]
    (place,) = found[1].evidence("value")
    assert study.document.text[place.start : place.end] == "10"
    assert found[0].evidence("more") == ()


def test_a_rule_looks_only_into_its_sections(make_study: Callable[..., Study]) -> None:
    (sentence,) = make_study(("discussion", "They took 5 mg.")).reading.sentences
    assert list(scan(RULE, sentence)) == []
