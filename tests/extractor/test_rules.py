"""Every rule finds its examples and leaves its counter-examples alone."""

import importlib
import pkgutil

import pytest

import extractor
from extractor.rules import Rule


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


@pytest.mark.parametrize(("rule", "text"), [(r, t) for r in RULES for t in r.finds], ids=lambda v: getattr(v, "name", v))
def test_a_rule_finds(rule: Rule, text: str) -> None:
    assert rule.pattern.search(text)


@pytest.mark.parametrize(("rule", "text"), [(r, t) for r in RULES for t in r.ignores], ids=lambda v: getattr(v, "name", v))
def test_a_rule_ignores(rule: Rule, text: str) -> None:
    assert not rule.pattern.search(text)
