"""A Reading: a Document cut into sentences with the curated terms and abbreviations found in them.

It is made once a paper and handed to every extractor; nothing in it changes afterwards.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from corpus.document import CitationMarker, Document, Passage, SectionKind
from extractor.abbreviations import defined_abbreviations
from extractor.cues import Cued, CueIndex
from extractor.language import Language, TermMatch, language
from ontology import regex as re
from ontology.record import Evidence

# A full stop after these, or after a single capital (J. Smith), does not end a sentence.
ABBREVIATIONS = frozenset(
    "vs v al fig figs ref refs no nos e.g i.e eg ie cf ca approx dr mr mrs prof st inc ltd co corp resp dept univ "
    "vol pp p ed eds est max min wk wks mo yr yrs hr hrs incl excl i.v p.o s.c i.m b.i.d t.i.d q.d tab tabs eq sec ver".split()
)
BOUNDARY = re.compile(r"(?<=[.?!])[\"')\]]*\s+(?=[\"'(\[]*[A-Z0-9])")
WORDS = re.compile(r"[a-z0-9]{2,}")
LONG_WORDS = re.compile(r"[A-Za-z][a-z]{5,24}")
# "KLD-115", "BMS-936558" is a drug where a dose stands beside it or the paper says what it is; CD20 is none.
# The pattern begins with a set of letters, so that the search for one is a plain loop.
CODE = re.compile(r"(?P<code>[A-Z](?<![\w-].)(?!(?<=C)D|(?<=I)L|(?<=N)CT|(?<=H)LA)[A-Z]{1,5}-?\d{2,7}[A-Z]?)(?![\w-])")
AMOUNT = r"\d+(?:\.\d+)? ?(?:mg|ug|g|MBq)(?:/kg|/m2)?"
SAID_DRUG = re.compile(
    rf"^(?: \([^()]*\))?(?: at| at a dose of)? {AMOUNT}\b|^(?: \([^()]*\))?,? (?:is |was )?(?:an?|the) (?:[\w-]+,? ){{0,7}}?"
    r"(?:inhibitor|antibody|(?:ant)?agonist|conjugate|vaccine|blocker|degrader|prodrug)\b"
    r"|^(?: \([^()]*\))? (?:was|were|is) (?:given|administered|infused|injected)\b"
)
DOSED_BEFORE = re.compile(rf"{AMOUNT}(?: of)? $")
LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.]*)\.[\"')\]]*$")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a passage; offsets of its matches count from its first character."""

    passage: Passage
    start: int
    end: int
    terms: tuple[TermMatch, ...] = ()
    citations: tuple[CitationMarker, ...] = ()

    @cached_property
    def text(self) -> str:
        """Folded text, citation markers blanked."""
        return self.passage.search[self.start : self.end]

    @cached_property
    def kind(self) -> SectionKind:
        """The kind of section it stands in."""
        return self.passage.section.kind

    @property
    def cited(self) -> tuple[int, ...]:
        """The reference numbers printed in it."""
        return tuple(number for marker in self.citations for number in marker.numbers)

    def printed(self, start: int, end: int) -> str:
        """The text as printed."""
        return self.passage.text[self.start + start : self.start + end]

    def evidence(self, start: int = 0, end: int | None = None) -> tuple[Evidence, ...]:
        """Evidence for `[start, end)` of the sentence."""
        return self.passage.evidence(self.start + start, self.end if end is None else self.start + end)

    def of_kind(self, kind: str) -> tuple[TermMatch, ...]:
        """Its curated terms of one kind."""
        return tuple(match for match in self.terms if match.term.kind == kind)


@dataclass(frozen=True)
class Reading:
    """What every extractor is given."""

    document: Document
    language: Language
    sentences: tuple[Sentence, ...]
    abbreviations: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def title(self) -> str:
        """The paper's title, folded, in small letters."""
        return " ".join(sentence.text for sentence in self.sentences if sentence.passage.kind == "title").lower()

    @cached_property
    def long_words(self) -> frozenset[str]:
        """Its words of six letters and more, as printed."""
        return frozenset(word for sentence in self.sentences for word in LONG_WORDS.findall(sentence.text))

    @cached_property
    def code_names(self) -> frozenset[str]:
        """The code names that it speaks of as drugs."""
        found = ((sentence.text, match) for sentence in self.sentences for match in CODE.finditer(sentence.text))
        return frozenset(
            match["code"]
            for text, match in found
            if SAID_DRUG.match(text[match.end() : match.end() + 120])
            or DOSED_BEFORE.search(text[: match.start()][-30:])
        )

    @cached_property
    def cues(self) -> CueIndex:
        """Which sentences hold the cues of a pattern."""
        return CueIndex([sentence.text for sentence in self.sentences])

    def cued(self, patterns: Iterable[Cued]) -> Iterator[tuple[Sentence, list[Cued]]]:
        """The sentences that hold cues, each with the patterns whose cues it holds: most patterns ask few sentences."""
        return ((self.sentences[place], cued) for place, cued in self.cues.held(patterns).items())

    def holding(self, *patterns: Cued, kinds: Collection[str] = ()) -> Iterator[Sentence]:
        """The sentences, of sections of these kinds, in which one of the patterns may find something."""
        return (sentence for sentence, _ in self.cued(patterns) if not kinds or sentence.kind in kinds)

    def within(self, *kinds: str) -> Iterator[Sentence]:
        """The sentences of sections of these kinds."""
        return (sentence for sentence in self.sentences if sentence.kind in kinds)


def split_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Half-open spans of the sentences of folded text, without the white space around them."""
    start = 0
    for boundary in BOUNDARY.finditer(text):
        last = LAST_WORD.search(text, max(start, boundary.start() - 12), boundary.start())
        word = last[1].lower() if last else ""
        if word in ABBREVIATIONS or (len(word) == 1 and last and last[1].isupper()):
            continue
        yield start, boundary.start()
        start = boundary.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


def read(document: Document) -> Reading:
    """Cut a document into sentences and find the curated terms in them."""
    nlp = language()
    markers = sorted(document.citations, key=lambda marker: marker.start)
    starts = [marker.start for marker in markers]
    abbreviations = defined_abbreviations(document.passages)
    sentences: list[Sentence] = []
    for passage in document.passages:
        found = [match for match in nlp.find(passage.search) if _is_meant(match, passage.search, abbreviations)]
        sentences.extend(_sentences(passage, found, markers, starts))
    return Reading(document=document, language=nlp, sentences=tuple(sentences), abbreviations=abbreviations)


def _is_meant(match: TermMatch, text: str, abbreviations: Mapping[str, str]) -> bool:
    """Whether a short form stands for the term: not where the paper defines it as something else."""
    meaning = abbreviations.get(text[match.start : match.end])
    if meaning is None:
        return True
    words = set(WORDS.findall(meaning.lower()))
    return any(len(words & set(WORDS.findall(label.lower()))) * 2 >= len(words) for label in match.term.labels)


def _sentences(
    passage: Passage, matches: list[TermMatch], markers: list[CitationMarker], starts: list[int]
) -> Iterator[Sentence]:
    for start, end in split_sentences(passage.search):
        spans = passage.locate(start, end)
        cited = tuple(
            marker
            for first, last in spans
            for marker in markers[bisect_left(starts, first) : bisect_left(starts, last)]
        )
        inside = tuple(
            TermMatch(match.term, match.start - start, match.end - start)
            for match in matches
            if start <= match.start and match.end <= end
        )
        yield Sentence(passage, start, end, inside, cited)
