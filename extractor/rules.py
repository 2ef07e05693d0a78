"""Rules are data: a name, a pattern, what it must find and what it must not.

The pattern's named groups are fields of the record type that the rule fills; each group's span is that
field's evidence. One test runs the examples of every rule; a rule without both kinds fails it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.document import SectionKind
from extractor.cues import Cued
from extractor.reading import Reading, Sentence
from ontology import regex as re
from ontology.record import Evidence

# The sections that speak of the paper's own trial, the most telling first.
MAIN_KINDS = ("abstract", "results", "methods", "front", "other")


@dataclass(frozen=True)
class Rule:
    """A pattern over folded sentences. `finds` and `ignores` are examples; `sections` limits where it may look."""

    name: str
    pattern: Cued
    finds: tuple[str, ...]
    ignores: tuple[str, ...]
    sections: frozenset[str] = frozenset()
    fixed: dict[str, Any] = field(default_factory=dict)

    def allows(self, kind: SectionKind) -> bool:
        """Whether the rule may look into a section of this kind."""
        return not self.sections or kind in self.sections


@dataclass(frozen=True)
class Found:
    """A rule's match in a sentence."""

    rule: Rule
    sentence: Sentence
    match: re.Match[str]

    def __getitem__(self, group: str) -> str | None:
        value: str | None = self.match.groupdict().get(group)
        return value

    def evidence(self, group: str | int = 0) -> tuple[Evidence, ...]:
        """Where the match, or one of its groups, stands in the document."""
        start, end = self.match.span(group)
        return self.sentence.evidence(start, end) if start >= 0 else ()


def scan(rule: Rule, sentence: Sentence) -> Iterator[Found]:
    """Every match of a rule in a sentence that it may look into."""
    if rule.allows(sentence.kind):
        for match in rule.pattern.finditer(sentence.text):
            yield Found(rule, sentence, match)


Hit = tuple[Sentence, Rule, re.Match[str]]


def scan_all(rules: Sequence[Rule], reading: Reading, kinds: Iterable[str] = MAIN_KINDS) -> Iterator[Hit]:
    """Every match of some rules in a paper, by kinds of sections, then sentences, then rules."""
    cued = list(reading.cued(rule.pattern for rule in rules))
    for kind in kinds:
        for sentence, patterns in cued:
            for rule in rules if sentence.kind == kind else ():
                for found in scan(rule, sentence) if rule.pattern in patterns else ():
                    yield sentence, rule, found.match


LINE_BREAK = re.compile(r"\n\s*")
BLANK = re.compile(r"(?P<inside>\[(?:\\.|[^\]\\])*\])| (?P<optional>[?*])| +")


def pattern(text: str) -> Cued:
    """A rule's pattern: case is ignored, lines are joined, a blank is any white space (` ?` an optional one)."""
    return Cued(BLANK.sub(_white_space, LINE_BREAK.sub("", text)), re.IGNORECASE)


def _white_space(match: re.Match[str]) -> str:
    if match["inside"]:
        return match["inside"].replace(" ", r"\s")
    return r"\s*" if match["optional"] else r"\s+"
