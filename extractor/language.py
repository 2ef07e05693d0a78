"""The spaCy pipeline: a blank English vocabulary, our own tokenizer, and curated terms as phrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate

from extractor.lean_spacy import LOWER, Doc, PhraseMatcher, StringStore, Vocab
from ontology import regex as re
from ontology.glyphs import fold
from ontology.terms import Term, terms

# Letters and digits stay together (CD20, 5mg, IL2), a number keeps its decimals, everything else is one character.
TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])|[^\W_]+|\s|[^\w\s]|_")
# A token, and the one blank that may follow it.
SPACED = re.compile(rf"({TOKEN.pattern})( ?)")
FIRST_WORD = re.compile(rf"^[ -]*({TOKEN.pattern})", re.MULTILINE)

# An acronym this short is a word or another thing in lower case (OS, os; PR, pr; ALL, all).
ACRONYM = re.compile(r"^(?:[A-Z0-9][A-Z0-9/+-]{0,5}s?|(?=.*[A-Z].*[A-Z])[A-Za-z0-9]{2,6})$")

HYPHENED_ON = re.compile(r"-[A-Z0-9]")
HYPHENED_BEFORE = re.compile(r"[A-Z0-9]-$")

LONGEST_NAME = 200
TERM_KINDS = ("drugs", "regimens", "events", "biomarkers", "conditions", "endpoints")


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A curated term in a text: `[start, end)` in its characters."""

    term: Term
    start: int
    end: int


Words = tuple[str, ...]


class Language:
    """Turns folded text into a Doc and finds curated terms in it.

    A label joins its matcher when its first word is first read: a paper has the words of a tenth of them.
    """

    def __init__(self, kinds: Iterable[str] = TERM_KINDS) -> None:
        self.vocab = Vocab(lex_attr_getters={LOWER: str.lower})
        self.unread: defaultdict[str, list[tuple[Term, str]]] = defaultdict(list)
        self.anycase = Labels(PhraseMatcher(self.vocab, attr="LOWER"), self.vocab.strings)
        self.exact = Labels(PhraseMatcher(self.vocab, attr="ORTH"), self.vocab.strings)
        for kind in kinds:
            self._add(terms(kind))

    def _add(self, entries: tuple[Term, ...]) -> None:
        labels = [(term, label) for term in entries for label in term.labels]
        firsts = FIRST_WORD.findall(fold("\n".join([label for _, label in labels])).lower())
        for first, label in zip(firsts, labels, strict=True):
            self.unread[first].append(label)

    def _learn(self, words: Iterable[str]) -> None:
        """Add the labels that begin with one of these words to the matchers."""
        for word in sorted(self.unread.keys() & set(words)):
            for term, label in self.unread.pop(word):
                for form in variants(label):
                    labels, printed = (self.exact, form) if ACRONYM.match(form) else (self.anycase, form.lower())
                    labels.add(term, tuple([word for word, _ in SPACED.findall(printed)]))

    def doc(self, text: str) -> Doc:
        """A Doc whose tokens keep every character of the text in its place."""
        tokens = SPACED.findall(text)
        return Doc(self.vocab, words=[word for word, _ in tokens], spaces=[bool(blank) for _, blank in tokens])

    def find(self, text: str) -> tuple[TermMatch, ...]:
        """Curated terms in folded text, longest first where two of a kind overlap, in order of place."""
        return _found_in_name(self, text) if len(text) <= LONGEST_NAME else self.read(text)

    def read(self, text: str) -> tuple[TermMatch, ...]:
        """The same, always looked for anew."""
        tokens = SPACED.findall(text)
        words = [word for word, _ in tokens]
        lower = tuple(map(str.lower, words))
        self._learn(lower)
        doc = Doc(self.vocab, words=words)
        named = [*self.anycase.find(doc, lower), *self.exact.find(doc, tuple(words))]
        if not named:
            return ()
        starts = list(accumulate((len(word) + len(blank) for word, blank in tokens), initial=0))
        found = [TermMatch(term, starts[first], starts[last - 1] + len(words[last - 1])) for term, first, last in named]
        return tuple(longest([match for match in found if stands_alone(text, match)]))


@dataclass(frozen=True)
class Labels:
    """A matcher with the terms that its phrases name. All phrases have one key: a key of its own costs a kilobyte."""

    matcher: PhraseMatcher
    strings: StringStore
    named: dict[Words, list[Term]] = field(default_factory=dict)

    def add(self, term: Term, words: Words) -> None:
        """A phrase as words, in lower case where the matcher ignores it."""
        if words not in self.named:
            hashes = [self.strings.add(word) for word in words]
            self.matcher.add("term", [hashes])  # type: ignore[list-item]  # what it makes of a Doc
        self.named.setdefault(words, []).append(term)

    def find(self, doc: Doc, words: Words) -> Iterator[tuple[Term, int, int]]:
        """The terms in a Doc, whose words are given as the phrases have them."""
        for _, first, last in self.matcher(doc):
            for term in dict.fromkeys(self.named[words[first:last]]):
                yield term, first, last


@lru_cache(maxsize=4096)
def _found_in_name(language: Language, text: str) -> tuple[TermMatch, ...]:
    """Names of arms and meanings of abbreviations are asked for again and again."""
    return language.read(text)


def stands_alone(text: str, match: TermMatch) -> bool:
    """Whether a term is not half of another name: PD in "PD-L1", B in "CTLA4-B"; "EGFR-positive" is EGFR."""
    if text.startswith("-", match.end) and HYPHENED_ON.match(text, match.end):
        return False
    before = text[max(0, match.start - 4) : match.start]
    return "-" not in before or not HYPHENED_BEFORE.search(before)


def variants(label: str) -> tuple[str, ...]:
    """A label as papers print it: with its hyphens, and with blanks in their place."""
    folded = " ".join(fold(label).split())
    if "-" not in folded or ACRONYM.match(folded):
        return (folded,)
    return folded, " ".join(folded.replace("-", " ").split())


def longest(found: list[TermMatch]) -> Iterator[TermMatch]:
    """Of overlapping matches of one kind only the longest, in order of place."""
    taken: dict[str, list[TermMatch]] = {}
    for match in sorted(found, key=lambda m: (m.start - m.end, m.start, m.term.name)):
        kept = taken.setdefault(match.term.kind, [])
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    yield from sorted((m for kept in taken.values() for m in kept), key=lambda m: (m.start, m.end, m.term.kind))


@cache
def language() -> Language:
    """The one Language of a process; made when the first paper is read."""
    return Language()
