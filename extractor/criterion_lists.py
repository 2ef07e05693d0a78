"""Where a paper states its eligibility criteria, and the single criteria of each statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractor.criterion_rules import CUES, NEEDS_CONTEXT, NEEDS_NAME, PASSIVE, PASSIVES, RULE_CUES, RULES
from extractor.cues import Cued
from extractor.reading import Reading, Sentence
from extractor.rules import Rule
from ontology import regex as re
from ontology.record import Evidence

INCLUSION_HEADING = re.compile(r"^[\d. ]*(?:\w+ )?inclusion criteri", re.IGNORECASE)
EXCLUSION_HEADING = re.compile(r"^[\d. ]*(?:\w+ )?exclusion criteri", re.IGNORECASE)
# Sections of the methods that speak of other things than who entered.
OTHER_HEADING = Cued(
    r"statistic|analys[ie]s|sample size|outcome|endpoint|end point|assessment|evaluation|procedure|intervention|treatment|randomi|blind|mask|ethic|measure|dose|safety|efficacy|follow|data|laboratory|assay|imag|radiother|surg|pharmaco",
    re.IGNORECASE,
)
PEOPLE_HEADING = Cued(
    r"\b(?:patients?|participants?|subjects?|eligib\w+|population|selection|inclusion|exclusion|criteria|recruitment|enrol\w+)\b",
    re.IGNORECASE,
)
# Sentences that exclude from an analysis, not from the trial, or count who was.
NOT_ENTRY = Cued(
    r"\b(?:from (?:the |this |all |further |final |our |statistical |subsequent |data )*(?:[\w-]+ )?analys[ie]s|analysis (?:set|population)|dropped out|missing data|outliers?|full analysis|\bITT\b|intention-to-treat|intent-to-treat|per-protocol|imput\w+|censored|for eligibility|withdr[ae]wn?|discontinu\w+|covariates?|multivaria\w+|regression|safety population|(?:efficacy|safety) (?:analys|population|set)|sample size|randomi[sz]ation was|lost to follow|meta-analys\w+|systematic review|screened|to (?:initiate|start|begin) (?:a|the|each) (?:cycle|next)|dose (?:reduction|modif\w+|delay|adjust\w+)|(?:mean|median|average) age)\b",
    re.IGNORECASE,
)
# "Of 131 patients randomized, 20 were excluded because no perforation was found"
EXCLUDED_SOME = re.compile(
    r"\b\d+ (?:of them |patients |participants |women |men |subjects )?(?:\([^)]*\) )?(?:was|were) (?:then |later |subsequently )?excluded (?:because|due|as|for|owing|after)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"^\W*(?:(?:a )?total of |a group of |in total,? |overall,? |of (?:the|these|those) |\d[\d, ]*(?:patients|women|men|subjects|participants)|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty)\b)",
    re.IGNORECASE,
)
# "Sixty ASA I or II patients, aged 20-60 years, scheduled for surgery": counted, and told who they had to be.
DESCRIBED = re.compile(
    r"^\W*[\w-]+(?: of \d+)?(?: [\w-]+){0,8}?,? (?:ASA\b|American Society of An(?:a)?esthesiologists|aged?\b|(?:who were )?scheduled (?:for|to)|undergoing|between the ages)",
    re.IGNORECASE,
)
# What only leads up to a list: "meet all of the following criteria:".
LEADS_ON = re.compile(
    r"\W*(?:(?:to|all|be|meet|met|meeting|satisf\w+|fulfil\w*|have|had|having|any|one|of|or|more|the|following|these|criteria|conditions|if|they|patients|participants|subjects|with|who)\b\W*)*",
    re.IGNORECASE,
)
SECTIONS = frozenset({"methods", "other", "abstract", "results", "front"})
PROSE = frozenset({"paragraph", "list-item", "front"})
TELLING_HEADING = Cued(r"\b(?:inclusion|exclusion|eligib\w+)\b", re.IGNORECASE)
TELLING = Cued(r"(?:inclusion|exclusion|eligibility|entry|enrol+ment) criteri", re.IGNORECASE)
SECOND = re.compile(
    r"(?:,? and|,) (?!and )(?=(?:the |all )?(?:[\w-]+ )?(?:patients|women|men|subjects|participants|adults)\b)",
    re.IGNORECASE,
)
FINITE = re.compile(r"\b(?:was|were)\b")
ENUMERATED = re.compile(r"(?:^|[\s,;])(?:\((?:\d{1,2}|[ivx]{1,4}|[a-k])\)|\d{1,2}\)|[①-⑳]|[•●▪‣])\s")
TOKENS = re.compile(
    r"(?P<hard>(?<![\w)])\((?:\d{1,2}|[ivx]{1,4}|[a-k])\)\s|(?:(?<=[,;:.]\s)|(?<=\band\s)|(?<=\bor\s)|(?<=^))\d{1,2}\)\s|[①-⑳]|[•●▪‣]|;|(?<=\w)\.\s(?=[A-Z]))"
    r"|(?P<open>[(\[])|(?P<close>[)\]])|(?P<comma>,\s(?:(?:and/or|and|or|but)\s)?)|(?P<word>\s(?:and/or|and|or|but)\s(?!(?:older|over|above|more|higher|greater|longer|larger|worse|younger|under|below|less|lower|fewer|better|shorter|heavier)\b(?! than)))",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of a sentence that lists criteria of one polarity."""

    sentence: Sentence
    start: int
    end: int
    polarity: str
    rule: str
    places: tuple[Evidence, ...] = ()

    def evidence(self, start: int, end: int) -> tuple[Evidence, ...]:
        """Evidence for characters of the sentence; a table's criterion has its cell."""
        return self.places or self.sentence.evidence(start, end)


def statements(reading: Reading) -> Iterator[Statement]:
    """The stretches of the paper that list criteria, in order."""
    candidates = [s for s in reading.sentences if s.passage.kind in PROSE and _may_state(s)]
    for _, group in groupby(candidates, key=lambda s: (s.passage.section.start, s.kind)):
        yield from _of_section(list(group))


def _may_state(sentence: Sentence) -> bool:
    """Whether criteria may stand in the section of a sentence."""
    return sentence.kind in SECTIONS or bool(TELLING_HEADING.search(sentence.passage.section.title))


def _of_section(sentences: Sequence[Sentence]) -> Iterator[Statement]:
    """Statements of one section; a list that a sentence opens goes on through the items after it."""
    title = sentences[0].passage.section.title
    headed = _heading_polarity(title)
    named = PEOPLE_HEADING.search(title)
    people = bool(named) or not OTHER_HEADING.search(title)
    found: list[Statement] = []
    listing: tuple[str, str] | None = None
    for sentence in sentences:
        text = sentence.text
        lower = text.lower()
        if not listing and not any(cue in lower for cue in CUES):
            continue
        if (
            listing
            and not TELLING.search(text)
            and not NOT_ENTRY.search(text)
            and (ENUMERATED.search(text) or sentence.passage.kind == "list-item")
        ):
            found.append(Statement(sentence, 0, len(text), *listing))
            continue
        here = list(_in_sentence(sentence, people, people and bool(found or named)))
        if here or sentence.passage.kind == "paragraph":
            opens = here and (text.rstrip().endswith(":") or ENUMERATED.search(text))
            listing = (here[-1].polarity, here[-1].rule) if opens else None
        found.extend(statement for statement in here if not LEADS_ON.fullmatch(text, statement.start, statement.end))
    if headed and not found:
        found = [Statement(sentence, 0, len(sentence.text), headed, "eligibility.heading") for sentence in sentences]
    yield from found


def _heading_polarity(title: str) -> str | None:
    inclusion, exclusion = INCLUSION_HEADING.search(title), EXCLUSION_HEADING.search(title)
    if inclusion and exclusion:
        return None
    return "inclusion" if inclusion else "exclusion" if exclusion else None


def _in_sentence(sentence: Sentence, people: bool, named: bool) -> Iterator[Statement]:
    """The statements of a sentence: each trigger reaches to the next one."""
    text = sentence.text
    told = bool(TELLING.search(text))
    if not told and (sentence.kind == "results" or (COUNTED.match(text) and not DESCRIBED.match(text))):
        return
    if EXCLUDED_SOME.search(text):
        return
    triggers = _triggers(text, people or told, named or told)
    if triggers and not told and NOT_ENTRY.search(text):
        return
    if sentence.kind == "results":
        triggers = [trigger for trigger in triggers if trigger[0].name.startswith("eligibility.criteria")]
    for place, (rule, start, end) in enumerate(triggers):
        first = triggers[place - 1][2] if place else 0
        last = triggers[place + 1][1] if place + 1 < len(triggers) else len(text)
        for begin, stop in _reach(text, (first, start, end, last), rule.fixed["side"]):
            yield Statement(sentence, begin, stop, rule.fixed["polarity"], rule.name)


def _reach(text: str, places: tuple[int, int, int, int], side: str) -> Iterator[tuple[int, int]]:
    """Where the criteria of a trigger stand between its neighbours."""
    first, start, end, last = places
    if side == "whole":
        yield first, last
    if side in ("before", "both") and start - first > 3:
        yield _clause(text, first, start), start
    if side in ("after", "both"):
        yield end, last


def _clause(text: str, first: int, last: int) -> int:
    """Where the clause on patients begins: "scans were done, and patients with ..."."""
    begun = [match.end() for match in SECOND.finditer(text, first, last) if FINITE.search(text, first, match.start())]
    return begun[-1] if begun else first


def _triggers(text: str, people: bool, named: bool) -> list[tuple[Rule, int, int]]:
    """The rules that match, the first of those that overlap."""
    kept: list[tuple[Rule, int, int]] = []
    lower = text.lower()
    passive = bool(PASSIVE.search(text))
    for rule in RULES:
        if (rule.name in PASSIVES and not passive) or not any(cue in lower for cue in RULE_CUES[rule.name]):
            continue
        if (rule.name in NEEDS_CONTEXT and not people) or (rule.name in NEEDS_NAME and not named):
            continue
        for match in rule.pattern.finditer(text):
            if all(match.end() <= start or match.start() >= end for _, start, end in kept):
                kept.append((rule, match.start(), match.end()))
    return sorted(kept, key=lambda item: item[1])


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a list: `hard` when a semicolon or a number set it off, `word` when only "and" or "or" did."""

    start: int
    end: int
    hard: bool
    word: bool = False


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """A stretch cut at semicolons, enumerators, commas and conjunctions outside brackets."""
    depth, begun, hard, word = 0, start, True, False
    found: list[Piece] = []
    for match in TOKENS.finditer(text, start, end):
        closes = depth and match.lastgroup == "hard" and match[0][0].isdigit()
        if match.lastgroup == "open":
            depth += 1
        elif match.lastgroup == "close" or closes:
            depth = max(0, depth - 1)
        elif depth == 0 or (match.lastgroup == "hard" and match[0] != ";"):
            if text[begun : match.start()].strip(" ,.:;"):
                found.append(Piece(begun, match.start(), hard, word))
                hard, word = match.lastgroup == "hard", match.lastgroup == "word"
            else:
                hard = hard or match.lastgroup == "hard"
            begun = match.end()
            depth = 0
    if text[begun:end].strip(" ,.:;"):
        found.append(Piece(begun, end, hard, word))
    return found
