"""Numbers that abstract and discussion tell again, beside the results."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from corpus.document import Passage
from extractor.checks.arithmetic import decimals
from extractor.checks.audit import NUMBER, Audit, finding, place
from extractor.checks.voices import restated
from ontology import regex as re
from ontology.record import Check, Evidence

# Numbers of an abstract that a reader looks for in the paper: decimals and percentages.
TOLD = re.compile(r"(?<![\d.,A-Za-z/-])(?P<number>\d+\.\d+|\d+(?= ?%))(?![\d.]*(?:[A-Za-z]\d|/))")
DECIMAL = re.compile(r"\d+\.\d+")
LEVELS = frozenset({"95", "90", "99", "97.5", "80", "100", "0.05"})
SENTENCE = re.compile(r"[.;] (?=[A-Z(\d])")
ABSTRACT = frozenset({"abstract"})
RETELLING = frozenset({"abstract", "discussion"})
FEWEST = 3
# Telling numbers that two sentences share in one order before the one between them is the same figure.
SHARED = 2
LONGEST = 40


@dataclass(frozen=True, eq=False)
class Printed:
    """The numbers that are printed somewhere."""

    numbers: frozenset[str]

    @cached_property
    def values(self) -> list[float]:
        """Their values in order."""
        return sorted(map(float, self.numbers))

    def holds(self, number: str) -> bool:
        """Whether a number is printed, with or without its last zeros, or is what a printed one rounds to."""
        if number in self.numbers:
            return True
        value, half = float(number), 0.5 * 10.0 ** -decimals(Decimal(number)) + 1e-9
        place_ = bisect_left(self.values, value - half)
        return place_ < len(self.values) and self.values[place_] <= value + half


@dataclass(frozen=True, eq=False)
class Sentence:
    """A sentence with its numbers in order."""

    passage: Passage
    start: int
    end: int

    @cached_property
    def matches(self) -> list[re.Match[str]]:
        """The numbers as they stand; single figures name groups and tell nothing."""
        return [m for m in NUMBER.finditer(self.passage.search, self.start, self.end) if len(m[0]) > 1]

    @cached_property
    def numbers(self) -> list[str]:
        """The numbers as printed, each without its last zeros."""
        return [plain(match[0]) for match in self.matches]

    @cached_property
    def decimals(self) -> frozenset[str]:
        """The numbers that have any."""
        return frozenset(number for number in self.numbers if "." in number)

    def is_percent(self, place_: int) -> bool:
        """Whether a number is followed by the sign of percent."""
        return self.passage.search[self.matches[place_].end() :][:2].strip().startswith("%")


def plain(number: str) -> str:
    """A number without its last zeros."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage."""
    start = 0
    for match in SENTENCE.finditer(passage.search):
        yield Sentence(passage, start, match.start() + 1)
        start = match.end()
    yield Sentence(passage, start, len(passage.search))


def abstract(audit: Audit) -> Iterator[Check]:
    """Decimals and percentages of the abstract stand in the body too, or are what a number there rounds to.

    Pitkin, Branagan and Burmeister 1999, JAMA 281:1110.
    """
    printed = _numbers(audit, ABSTRACT)
    if not printed.numbers:
        return
    found: list[str] = []
    places: list[Evidence] = []
    for passage in audit.prose:
        if passage.section.kind != "abstract":
            continue
        for match in TOLD.finditer(passage.search):
            number = match["number"]
            if number in LEVELS:
                continue
            evidence = passage.evidence(*match.span("number"))
            if printed.holds(number):
                found.append(number)
                places.extend(evidence)
            else:
                text = f"The abstract prints {number}, which neither the text nor a table of the paper prints."
                yield finding("voices.abstract", "undecided", number, "not found", text, evidence)
    if len(found) >= FEWEST:
        text = f"{len(found)} numbers of the abstract stand in the text or the tables as well."
        yield finding("voices.abstract", "holds", f"{len(found)} numbers", "found again", text, places[:12])


def retold(audit: Audit) -> Iterator[Check]:
    """A sentence of abstract or discussion that repeats numbers of a sentence of the results in their order, and has
    another one behind them, which is no result.
    """
    printed = _numbers(audit, RETELLING)
    doubted = [
        sentence
        for passage in audit.prose
        if passage.section.kind in RETELLING and not all(map(printed.holds, DECIMAL.findall(passage.search)))
        for sentence in sentences(passage)
        if SHARED < len(sentence.numbers) <= LONGEST and not all(map(printed.holds, sentence.decimals))
    ]
    results = [passage for passage in audit.prose if passage.section.kind not in RETELLING] if doubted else []
    known = (
        [(e.start, e.end) for one in restated(audit) if one.verdict != "holds" for e in one.evidence] if doubted else []
    )
    for told in doubted:
        for one in _first(told, _twins(told, results), printed):
            if not any(start <= one.evidence[0].start < end for start, end in known):
                yield one


def _twins(told: Sentence, results: Sequence[Passage]) -> Iterator[Sentence]:
    """The sentences of the results that print a decimal which is told."""
    for passage in results:
        if any(number in passage.search for number in told.decimals):
            for sentence in sentences(passage):
                alike = told.decimals & sentence.decimals and len({*told.numbers} & {*sentence.numbers}) >= SHARED
                if alike and len(sentence.numbers) <= LONGEST:
                    yield sentence


def _first(told: Sentence, twins: Iterable[Sentence], printed: Printed) -> Iterator[Check]:
    """What the first of the sentences that tell the same tells otherwise."""
    for twin in twins:
        blocks = SequenceMatcher(None, told.numbers, twin.numbers, autojunk=False).get_opcodes()
        same = {n for tag, a, b, _, _ in blocks if tag == "equal" for n in told.numbers[a:b]}
        if len(same) < SHARED or not any("." in n for n in same):
            continue
        # Behind numbers that both have; what comes before the first of them is of something else.
        pairs = [(a, c) for tag, a, _, c, _ in blocks if tag == "replace" and a and c]
        wrong = [(a, c) for a, c in pairs if _differs(told, a, twin, c, printed)]
        # What differs first may shift all that follows.
        if wrong and {n for n in told.numbers[: wrong[0][0]] if "." in n} <= set(twin.numbers):
            yield _check(told, wrong[0][0], twin, wrong[0][1])
            return


def _differs(told: Sentence, a: int, twin: Sentence, c: int, printed: Printed) -> bool:
    first, second = told.matches[a][0], twin.matches[c][0]
    return (
        decimals(Decimal(first)) == decimals(Decimal(second)) > 0
        and told.is_percent(a) == twin.is_percent(c)
        and not printed.holds(first)
    )


def _check(told: Sentence, a: int, twin: Sentence, c: int) -> Check:
    here = told.passage.evidence(*told.matches[a].span())
    there = twin.passage.evidence(*twin.matches[c].span())
    first, second = told.matches[a][0], twin.matches[c][0]
    text = f"{place(here[0])} prints {first} where {place(there[0])}, in a sentence with the same numbers, prints {second}."
    return finding("voices.retold", "fails", first, second, text, (*here, *there))


@lru_cache(maxsize=4)
def _numbers(audit: Audit, without: frozenset[str]) -> Printed:
    """The numbers of tables and of the sections that are not left out."""
    return Printed(frozenset[str]().union(*(found for kind, found in audit.printed.items() if kind not in without)))
