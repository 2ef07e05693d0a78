"""Patterns that run only where their cues stand: the words without one of which they can find nothing.

A plain search for a few words costs a hundredth of what a pattern of alternatives does, and most sentences
hold none of them. The cues are derived from the pattern itself, so they can never disagree with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

# The one parser of patterns that the standard library has; its public name, sre_parse, warns since 3.11.
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ontology import regex as re
from ontology.kept import kept

# More alternatives than these are no longer cheaper than the pattern.
MOST_SPELLINGS = 8
MOST_CUES = 48
MOST_SETS = 3

COMMON = frozenset("abcdefghijklmnopqrstuvwxyz0123456789 .,()-")
# An index knows words by their parts of so many letters.
PART = 3

Words = frozenset[str]
NOTHING: Words = frozenset({""})


class Cued:
    """A compiled pattern with its cues; it is compiled when a text first holds them."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self.flags)

    @cached_property
    def cues(self) -> tuple[tuple[str, ...], ...]:
        """Sets of words in lower case, of each of which one stands in every text in which the pattern finds anything."""
        return tuple(map(tuple, cues(self.pattern, int(self.flags))))

    @cached_property
    def traces(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """The cues as an index looks for them."""
        return tuple(tuple(map(trace, words)) for words in self.cues)

    def may_find(self, text: str) -> bool:
        """Whether the text holds the cues."""
        folded = casefolded(text)
        for words in self.cues:  # plain loops: this runs tens of thousands of times a paper
            for word in words:
                if word in folded:
                    break
            else:
                return False
        return True

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """The first match in `[start, end)` of a text."""
        return self.compiled.search(text, *span) if self.may_find(text) else None

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        """The match at the start of a text."""
        return self.compiled.match(text, *span) if self.may_find(text) else None

    def fullmatch(self, text: str, *span: int) -> re.Match[str] | None:
        """The match of a whole text."""
        return self.compiled.fullmatch(text, *span) if self.may_find(text) else None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """Every match in `[start, end)` of a text."""
        return self.compiled.finditer(text, *span) if self.may_find(text) else iter(())

    def sub(self, new: str, text: str) -> str:
        """The text with every match replaced."""
        return self.compiled.sub(new, text) if self.may_find(text) else text


@lru_cache(maxsize=2048)
def casefolded(text: str) -> str:
    """A text as cues are looked for in it; many patterns ask about the same sentence."""
    return text.casefold()


class CueIndex:
    """Which of many texts hold the cues of a pattern: their words are read once, for all patterns that ask.

    A set of texts is an integer, the first text its lowest bit.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(map(casefolded, texts))
        words: dict[str, int] = {}
        for place, text in enumerate(self.texts):
            bit = 1 << place
            for word in set(text.split()):
                words[word] = words.get(word, 0) | bit
        self.holding: dict[str, int] = {}
        for word, held in words.items():
            for part in parts_of(word):
                self.holding[part] = self.holding.get(part, 0) | held

    def held(self, patterns: Iterable[Cued]) -> dict[int, list[Cued]]:
        """The places of the texts that hold cues, in order, with the patterns whose cues they hold."""
        found: dict[int, list[Cued]] = {}
        for pattern in patterns:
            for place in self.places(pattern):
                found.setdefault(place, []).append(pattern)
        return dict(sorted(found.items()))

    def places(self, pattern: Cued) -> Iterator[int]:
        """The places of the texts in which a pattern may find something."""
        texts = every = (1 << len(self.texts)) - 1
        for cues in pattern.traces:
            held = 0
            for parts in cues:
                all_parts = every
                for part in parts:
                    all_parts &= self.holding[part] if part in self.holding else self._looked_for(part)
                held |= all_parts
            texts &= held
        while texts:
            yield (texts & -texts).bit_length() - 1
            texts &= texts - 1

    def _looked_for(self, part: str) -> int:
        """The texts with a part that is shorter than those known; a longer one is in none of them."""
        found = 0
        if len(part) < PART:
            for place, text in enumerate(self.texts):
                found |= (part in text) << place
        self.holding[part] = found
        return found


@lru_cache(maxsize=4096)
def parts_of(word: str) -> tuple[str, ...]:
    """The parts of three letters that a word has."""
    return tuple([word[place : place + PART] for place in range(len(word) - PART + 1)])


def trace(cue: str) -> tuple[str, ...]:
    """The parts by which a cue is found: the first, middle and last one of its longest word, which may be short itself."""
    word = max(cue.split(), key=len, default="")
    parts = parts_of(word)
    return tuple(dict.fromkeys((parts[0], parts[len(parts) // 2], parts[-1]))) if parts else (word,)


@kept
def cues(pattern: str, flags: int = 0) -> list[list[str]]:
    """The most telling sets of words that a pattern needs, one word of each."""
    needed = {_shortest(words) for words in _sequence(parser.parse(pattern, flags))[1]}
    return [sorted(words) for words in sorted(needed, key=_telling, reverse=True)[:MOST_SETS]]


def _telling(words: Words) -> tuple[int, int, list[str]]:
    return min(map(len, words)), -len(words), sorted(words)


def _shortest(words: Words) -> Words:
    """Words of which none holds another."""
    return frozenset(word for word in words if not any(other in word for other in words if other != word))


def _sequence(items: Iterable[tuple[Any, Any]]) -> tuple[Words | None, list[Words]]:
    """All that a sequence can match when that is a few words, else None; and the sets of words that it needs."""
    run, whole = NOTHING, True
    needed: list[Words] = []
    for operation, value in items:
        if operation.name == "LITERAL":  # most of a pattern: no need of the way round by sets
            letter = chr(value).casefold()
            run = frozenset([word + letter for word in run])
            continue
        spelt, inside = _part(operation.name, value)
        longer = frozenset([one + other for one in run for other in spelt]) if spelt else run
        if spelt and len(longer) <= MOST_SPELLINGS:
            run = longer
            continue
        needed += [run, *(() if spelt else inside)]
        run, whole = spelt or NOTHING, False
    needed.append(run)
    return run if whole else None, [words for words in needed if all(map(_is_cue, words))]


def _is_cue(word: str) -> bool:
    """Whether a word tells anything: a single letter and a blank stand in every sentence."""
    return len(word) > 1 or bool(word and word not in COMMON)


def _part(operation: str, value: Any) -> tuple[Words | None, list[Words]]:
    """The same of one part of a sequence."""
    match operation:
        case "IN" if len(value) <= MOST_SPELLINGS and all(kind.name == "LITERAL" for kind, _ in value):
            return frozenset(chr(code).casefold() for _, code in value), []
        case "AT" | "ASSERT" | "ASSERT_NOT":
            return NOTHING, []
        case "SUBPATTERN":
            return _sequence(value[-1])
        case "BRANCH":
            return _branches([_sequence(branch) for branch in value[1]])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            spelt, needed = _sequence(value[2])
            if value[1] != 1:
                return None, needed if value[0] else []
            return (spelt, needed) if value[0] else (spelt and spelt | NOTHING, [])
    return None, []


def _branches(branches: list[tuple[Words | None, list[Words]]]) -> tuple[Words | None, list[Words]]:
    """What one of several branches matches, and the words of which one stands in each."""
    spelt = [words for words, _ in branches if words]
    needed = [max(sets, key=_telling) for _, sets in branches if sets]
    spellings, either = frozenset[str]().union(*spelt), frozenset[str]().union(*needed)
    known = len(spelt) == len(branches) and len(spellings) <= MOST_SPELLINGS
    told = len(needed) == len(branches) and len(either) <= MOST_CUES
    return spellings if known else None, [either] if told else []
