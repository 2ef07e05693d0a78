"""Patterns from kept codes find what the same patterns of `re` find."""

from __future__ import annotations

import re

import pytest

from ontology import regex

TEXT = "Forty-two (42%) of 100 patients;\nMEDIAN 4.6 months (95% CI, 2.5–6.9), Ärzte ſeven K K"
PATTERNS = {
    "named": (r"(?P<count>\d+)%|(?P<word>median) (\d\.\d)", re.IGNORECASE),
    "lookaround": (r"(?<=\()\d+(?!\d|%)|(?<!\w)p\w+", 0),
    "lines": (r"^\w+$|^median\b.*$", re.IGNORECASE | re.MULTILINE),
    "folded letters": (r"ä\w+|seven|k", re.IGNORECASE),
    "flags inside": (r"(?i:forty)-(?s:.){3}", 0),
    "back to a group": (r"(\d)\1\D+", 0),
    "spaced out": (r" \d+  # a number\n \.\d ", re.VERBOSE),
    "repeats": (r"(?:\d+[.,;–]?)+?\)|[^\W\d_]{6,}+", 0),
}


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS.values(), ids=PATTERNS)
def test_matches_are_those_of_re(pattern: str, flags: int) -> None:
    found, expected = regex.compile(pattern, flags), re.compile(pattern, flags)
    assert found == expected
    assert (found.flags, found.groups, found.groupindex) == (expected.flags, expected.groups, expected.groupindex)
    matches = [list(p.finditer(TEXT)) for p in (found, expected)]
    assert matches[1]
    assert [(m.span(), m.groups(), m.groupdict()) for m in matches[0]] == [
        (m.span(), m.groups(), m.groupdict()) for m in matches[1]
    ]


def test_a_code_that_is_none_is_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex, "_code", lambda *_: (32, "AQAAAAIAAAA=", 0, {}))
    pattern = regex.compile(r"unlikely\d pattern")
    assert pattern.search("an unlikely7 pattern")


def test_another_python_compiles_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex, "from_code", None)
    assert regex.compile(r"another\d pattern").search("another7 pattern")


def test_a_pattern_that_is_none_says_so() -> None:
    with pytest.raises(regex.error, match="unterminated"):
        regex.compile("(")
