"""Who speaks: sentences that quote other studies, with their citations, told from those on the trial itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.attribution import HYPOTHESIS
from extractor.cues import Cued
from extractor.reading import Reading, Sentence
from extractor.spreads import Measure
from ontology import regex as re

QUOTING = frozenset({"introduction", "discussion", "conclusion"})
CITING = frozenset({"results", "other"})
OWN = Cued(
    r"\b(?:our(?! knowledge)|ours|we|(?-i:us)|herein|(?:this|the (?:present|current)|present|current) (?:[\w-]+ ){0,3}?(?:study|trial|analysis|analyses|report|series|cohort|investigation|work|phase|sub-?study|sub-?analysis|data|results?|findings?|population|experiment|paper|regimen|patients))\b",
    re.IGNORECASE,
)
# "We found that others reported" is rare; these words after an own one hand the sentence to another study.
OTHERS = Cued(
    r"\b(?:previous(?:ly)?|earlier|prior (?:stud|trial|report|work|phase)\w*|historical(?:ly)?|literature|published|meta-analys[ie]s|et al|(?:an)?other (?:[\w-]+ ){0,3}(?:study|studies|trials?|groups?|authors?|investigators?|reports?|series)|others|(?:was|were|been|had|as) reported|reported (?:by|in|for|with|from)|(?:reported|observed|found|seen|shown|described) (?:in|by) (?:the )?(?-i:[A-Z][\w-]+ )+(?:stud|trial|group)\w*|pooled analys[ie]s|systematic review|registry|database|controls? data)\b",
    re.IGNORECASE,
)
STUDY = Cued(
    r"\b(?:in|from|of|by) (?:a|an|one|two|three|several|the|another|that|this|these|those)\b (?:[\w,-]+ ){0,8}?(?:study|studies|trials?|analys[ie]s|cohorts?|surveys?|reports?|series)\b(?! (?:groups?|arms?|drugs?|medications?|treatments?)\b)|\b(?:a|an|one|two|three|several|some|recent|the|(?-i:[A-Z][A-Z0-9-]{2,})) (?:[\w,/-]+ ){0,7}?(?:study|studies|trials?|meta-analys[ie]s|reports?|series) (?:\w+ ){0,3}?(?:show|report|found|find|demonstrat|reveal|suggest|confirm|observ|indicat|evaluat|compar|investigat|documented|has|have|had)\w*|\bet al\b|(?-i:\b[A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9-]*) (?:study|trial)\b|\bstudies (?:of|in|with|have)\b",
    re.IGNORECASE,
)
# How a sentence goes on with the study of the one before.
LINKED = re.compile(
    r"^\W*(?:(?:in|for|of|among|at|after|from|with) (?:that|this|these|those|the|both|each)\b|(?:the|this|that|these|those|they|their|its|it|both|median|mean|overall|similarly|moreover|furthermore|in addition|additionally|however|also|specifically|here|patients|primary|secondary|results|objective|complete|response)\b)",
    re.IGNORECASE,
)
ACRONYM = re.compile(
    r"\b([A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9-]*)\)?(?= (?:randomi[sz]ed |phase \w+ |clinical )*(?:trial|study)\b)"
    r"|^([A-Z][A-Za-z0-9-]*[A-Z0-9]):|\b([A-Z]+-?\d{2,})\)"
)
NUMERALS = frozenset({"II", "III", "IV"})
DECIMAL = re.compile(r"(?<![\d.])\d+\.\d+(?![\d.])")
DIGIT = re.compile(r"\d")
TRIAL = re.compile(r"\b([A-Z][A-Za-z]*[A-Z0-9][A-Za-z0-9-]*)(?= (?:trial|study)\b)")
CLAUSE_END = re.compile(r";|\bwhereas\b|\bwhile\b|\band another\b|, and (?:in|a|another|the)\b", re.IGNORECASE)
BRACKETED = re.compile(r"^[^()]*\)|\([^()]*\)")
RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cite:
    """A citation marker in a sentence: where it stands, and its numbers."""

    place: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence of a paragraph with its citations, also those printed after its full stop."""

    sentence: Sentence
    cites: tuple[Cite, ...]

    @property
    def text(self) -> str:
        """Its folded text."""
        return self.sentence.text


def paragraphs(reading: Reading) -> Iterator[list[Quoted]]:
    """The sentences of each passage that may quote, with their citations."""
    numbers = {marker.start: marker.numbers for marker in reading.document.citations}
    for _, group in groupby(reading.sentences, key=lambda sentence: id(sentence.passage)):
        sentences = list(group)
        first = sentences[0]
        if first.passage.kind in ("paragraph", "list-item") and first.kind in (*QUOTING, *CITING):
            yield [
                Quoted(sentence, tuple(_cites(sentence, following, numbers)))
                for sentence, following in zip(sentences, [*sentences[1:], None], strict=True)
            ]


def _cites(sentence: Sentence, following: Sentence | None, numbers: Mapping[int, tuple[int, ...]]) -> Iterator[Cite]:
    """The markers from the first character of a sentence to the first of the next; they are blanked in its text."""
    passage = sentence.passage
    end = following.start if following else len(passage.text)
    for start, stop in passage.blanks:
        if sentence.start <= start < end:
            inside = (numbers.get(passage.offsets[place]) for place in range(start, stop))
            found = next((item for item in inside if item), None)
            if found:
                yield Cite(start - sentence.start, found)


def speaks_of_others(quoted: Quoted, linked: bool) -> bool:
    """Whether a sentence may quote other studies."""
    kind, text = quoted.sentence.kind, quoted.text
    if not DIGIT.search(text) or HYPOTHESIS.search(text):
        return False
    if kind in CITING:
        return bool(quoted.cites and (STUDY.search(text) or OTHERS.search(text)))
    if quoted.cites or linked:
        return True
    return kind == "introduction" or bool(STUDY.search(text) or OTHERS.search(text))


def same_study(before: Quoted, quoted: Quoted) -> bool:
    """Whether two sentences name the same trial, or the second cites what the first ends with."""
    if before.cites and quoted.cites and before.cites[-1].numbers == quoted.cites[0].numbers:
        return True
    return bool(
        {match[1] for match in TRIAL.finditer(before.text)} & {match[1] for match in TRIAL.finditer(quoted.text)}
    )


def references_ahead(following: Quoted | None) -> tuple[int, ...]:
    """The references of the next sentence, where it goes on with the same study."""
    if following is None or not following.cites or OWN.search(following.text):
        return ()
    return following.cites[0].numbers


def own_name(reading: Reading) -> re.Pattern[str] | None:
    """The acronym of the trial, as title and abstract print it before "trial" or "study"."""
    texts = [s.text for s in reading.sentences if s.passage.kind == "title" or (s.kind == "abstract" and not s.cited)]
    names = {str(match[match.lastindex or 0]) for text in texts for match in ACRONYM.finditer(text)} - NUMERALS
    return re.once("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names))) if names else None


def own_numbers(reading: Reading) -> frozenset[str]:
    """The decimals of the abstract, the results and the tables."""
    found = {number for s in reading.within("abstract", "results") if not s.cited for number in DECIMAL.findall(s.text)}
    for table in reading.document.tables:
        for cell in table.cells():
            found.update(DECIMAL.findall(cell.text))
    return frozenset(found)


def references_of(measure: Measure, place: int, found: Sequence[Measure], quoted: Quoted) -> tuple[int, ...]:
    """The references of a measure: the next marker of its clause, else the last before it."""
    text = quoted.text
    after = [cite for cite in quoted.cites if cite.place >= measure.end]
    before = [cite for cite in quoted.cites if cite.place < measure.start]
    chosen = after[0] if after else before[-1] if before else None
    if chosen is None:
        return ()
    if after and before and clause_ends(text[measure.reach or measure.end : after[0].place]):
        chosen = before[-1]
    share = _share(chosen, place, found, text)
    return share or chosen.numbers


def clause_of(measure: Measure, quoted: Quoted) -> int:
    """Where the words on the study of a measure begin: behind the marker of another study before it."""
    before = [cite.place for cite in quoted.cites if cite.place < measure.start]
    after = next((cite.place for cite in quoted.cites if cite.place >= measure.end), None)
    if not before or after is None or clause_ends(quoted.text[measure.reach or measure.end : after]):
        return 0
    return before[-1]


def clause_ends(between: str) -> bool:
    """Whether a clause ends in a stretch of text, brackets aside."""
    return bool(CLAUSE_END.search(BRACKETED.sub("", between)))


def _share(cite: Cite, place: int, found: Sequence[Measure], text: str) -> tuple[int, ...]:
    """The one reference of a measure where a marker's references are meant respectively."""
    many, shares = len(found), len(cite.numbers)
    if shares < 2 or many % shares or not RESPECTIVELY.search(text):
        return ()
    return (cite.numbers[place // (many // shares)],)
