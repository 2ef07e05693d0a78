"""Names of arms as papers print them: in the heads of tables and in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.document import Cell, Table
from extractor.cues import Cued
from extractor.quantities import count
from extractor.reading import Reading, Sentence
from ontology.glyphs import fold
from ontology.record import Evidence

SIZE = r"[(\[]?\s*[nN]\s*(?:=|:)?\s*(?P<size>\d{1,3}(?:,\d{3})+|\d{1,6})\s?[)\]]?"
SIZE_IN_HEAD = re.compile(rf"(?<![A-Za-z]){SIZE}(?![\d.])")
BARE_SIZE_IN_HEAD = re.compile(r"\((?P<size>\d{2,5})\)")

# "Arm B" is a name, "B" is none.
LETTER = r"(?:[A-H])"
# What a head says besides the arm's name: sizes, units of the cells, "group", marks of footnotes.
NOISE = re.compile(
    r"\(?\s*\b[nN]\s*[=:]?\s*\d[\d,]*\s*\)?|\bN$|\((?:ms|h|mg|g|kg|ng/ml|mmol/l|geometric\b[^)]*)\)?|\[[^\]]*\]|\(\d+\)|\b[nN]o\.?(?=\W|$)|\b[nN](?=\s?[,(]?\s?\(?%)"
    r"|\(?%\)?|\bcases?\b|\bnumber of patients\b|\bpatients\b|\bmean\b.*|\bmedian\b.*|±.*|\bSD\b|\bSE\b"
    rf"|\b(?:groups?|arms?|cohort)\b(?! {LETTER}\b)|\bp[- ]?values?\b|[†‡§¶#*]|\b(?:treated with|randomi[sz]ed to|given)\b"
    r"|\(\s*[,;]?\s*\)|\bregimen\b",
    re.IGNORECASE,
)
# "Group 1 TE": the number is the table's, the name follows.
NUMBERED = re.compile(r"^\s*(?:group|arm)\s\d\s?[:,-]?\s(?=[A-Za-z])", re.IGNORECASE)
KEY_NOISE = re.compile(
    r"\(?\s*\b[nN]\s*=\s*\d[\d,]*\s*\)?|[(){}\[\],;:.\"'†‡§¶#]"
    r"|\b(?:(?<!group )(?<!arm )(?<!cohort )(?<!regimen )a|a(?=\s+[a-z+])|the|an|group|groups|arm|arms|cohort|patients|treatment|therapy|treated|with|regimen|only|alone|receiving)\b",
    re.IGNORECASE,
)
JOINER = re.compile(r"\s*(?:\+|&|/|\bplus\b|\band\b|\bin combination with\b|\bcombined with\b)\s*", re.IGNORECASE)

NOT_ARMS = re.compile(
    r"^(?:all|total|overall|min-max|min|max|/.*|p|p .*|pooled|both|whole|entire|combined|n|no|%|value|values|variables?|characteristics?|parameters?"
    r"|grades?(?: .*)?|any|baseline|outcomes?|results?|events?|adverse.*|t?e?aes?|saes?|mean|median|sd|range|(?:week|day|month|year|visit|cycle|period|time|phase|stage|session)s?(?: ?\d.*)?"
    r"|difference.*|per (?:day|dose)|odds.*|hazard.*|relative.*|risk(?: .*)?|rr|or|hr|ci|95.*|effects?|change(?: .*)?|toxicity|toxicities|responses?|(?:non-?)?responders?"
    r"|number.*|frequency|category|categories|items?|(?:pre|post)(?:-?(?:treatment|test|op\w*|intervention|dose))?|before.*|after.*|univariate.*|multivariate.*"
    r"|os|pfs|dfs|yes|no|male|female|men|women|i|ii|iii|iv|v|\d+|significance|test|statistics?|factors?|unit|units|with(?:out)? .*(?:questionnaire|assessment|data|response|event).*"
    r"|study|studies|safety|intention.*|itt.*|per protocol.*|population|same|other|each|either|first|second|age|sex|.* ratio|stained cells.*"
    r"|treatment|experimental or control|one|two|three|four|five|six|study drug|remaining|these|this|different|several"
    r"|.*\b(?:review|assessment)|(?:independent |central |local |blinded )*(?:investigators?|reviewers?|radiologists?)(?:[- ]assessed)?"
    r"|(?:ir|i)?recist.*|irrc|bicr|low|high|medium|positive|negative|subgroup|age-matched|randomi[sz]ed|respective|allocated|assigned|between|.*randomi[sz]ation)$",
    re.IGNORECASE,
)
CONTROL_WORDS = Cued(
    r"\b(?:placebo|control|controls|standard(?: care| of care| treatment| therapy)?|usual care|as usual|observation|no treatment"
    r"|best supportive care|best available therapy|bsc|bat|conventional|sham|untreated|comparator|reference|vehicle)\b",
    re.IGNORECASE,
)
DOSE_ONLY = re.compile(r"^\d[\d.,]*\s?(?:mg|g|μg|mcg|iu|ml|gy)\b[^a-z]*(?:bid|tid|qd|b\.i\.d\.|daily)?$", re.IGNORECASE)
DOSED = re.compile(r"\d+(?:\.\d+)?\s?(?:mg|μg|mcg|ug|g|iu|ml|gy|mg/kg|mg/m2)\b", re.IGNORECASE)

WORD = r"[A-Za-z0-9][\w.+/α-ω-]*"
PHRASE = rf"{WORD}(?:(?:\s\+\s|\s&\s|\splus\s|\sand\s|\s){WORD}){{0,4}}"
GROUP = r"(?:treatment\s)?(?:groups?|arms?|cohorts?)\b"
GROUP_SAID = Cued(rf"[ -]{GROUP}")
NAMED_GROUP = re.compile(
    rf"(?:(?:\b[Tt]he|\bin|\bto|\beither|\bvs\.?|\bversus|\bor|\band|\bof|,)\s|\(\s?)(?P<name>{PHRASE})$"
)
LETTERED_GROUP = Cued(r"\b(?P<name>(?:[Gg]roup|[Aa]rm|[Rr]egimen|[Cc]ohort)\s(?:[A-H]|[1-9]|I{1,3}|IV)(?:[ab])?)\b")
N_OF = Cued(r"\(\s*[nN]\s*=\s*(?P<size>\d[\d,]*)\b")
SIZED = re.compile(rf"(?P<name>{PHRASE})$")
GROUP_AT_END = re.compile(rf"(?:[ -]{GROUP})?[\s,:;]{{0,2}}$")
SIZED_REACH = 90
RANDOMISED = Cued(
    r"\b(?:randomi[sz]ed|randomly (?:assigned|allocated|divided)|allocated|assigned)\b[^.;]{0,60}?"
    r"\b(?:to receive|to|into|receiving)\s(?:either\s)?(?P<arms>[^.;]{5,240})"
)
VERSUS = Cued(rf"(?P<first>{PHRASE})\s(?:versus|vs\.?|compared with|compared to)\s(?P<second>{PHRASE})", re.IGNORECASE)

EXPLAINED = re.compile(
    r"^(?: patients)?(?:\s?[(:,]\s?(?:n\s?=\s?\d+[,;:]\s?)?|\s(?:received|were given|was given|were treated with|consisted of|included)\s)"
    r"(?P<what>[^;.)]{4,140})",
    re.IGNORECASE,
)

# A name ends where one of these begins; one that is made of them only is no name.
STOP = frozenset(
    "the a an in to of for with without from by at on was were is are be been had has have received receive receiving than "
    "that which who whom whose while when where after before between among versus vs or but as it its their this these "
    "those both each all no not there per during within into over under did does do could would may compared patients "
    "participants subjects women men either randomly randomized randomised assigned allocated study same other treatment "
    "respectively group groups arm arms including consisting comprising showed following also only significantly more less "
    "we one two three four five six baseline most additional added treated using given plus-minus matching daily".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be an arm's."""

    name: str
    key: str
    size: int | None
    drugs: frozenset[str]
    source: str
    evidence: tuple[Evidence, ...]
    sentence: int = -1
    dosed: bool = False
    hint: frozenset[str] = frozenset()
    meaning: str = ""

    @property
    def is_control(self) -> bool:
        """Whether the name says that this is the comparator."""
        control = CONTROL_WORDS.search(f"{self.name} {self.meaning}")
        return bool(control) and not (self.drugs and control and control[0].lower() == "placebo" and "+" in self.key)


def name_key(text: str) -> str:
    """A name's words in lower case, without "group", sizes and punctuation; joiners are one sign."""
    bare = KEY_NOISE.sub(" ", JOINER.sub(" + ", text.lower()))
    return " ".join(bare.split()).strip("+- ")


def drug_key(text: str, reading: Reading) -> frozenset[str]:
    """The drugs that a name names, regimens and the paper's abbreviations taken apart."""
    folded = fold(text)
    expanded = " ".join(reading.abbreviations.get(word, "") for word in re.findall(r"[\w-]+", folded))
    found: set[str] = set()
    for match in reading.language.find(f"{folded} ; {expanded}"):
        if match.term.kind == "drugs":
            found.add(match.term.name)
        elif match.term.kind == "regimens" and not _hyphened(folded, match.start, match.end):
            found.update(match.term.values("drugs") or (match.term.name,))
    if "placebo" in folded.lower():
        found.add("placebo")
    return frozenset(found)


def _hyphened(text: str, start: int, end: int) -> bool:
    """Whether a short name is only a part of another: HP in "pTVG-HP"."""
    return text[max(0, start - 1) : start] == "-" or text[end : end + 1] == "-"


def clean_name(text: str) -> str:
    """A head's text without what it says besides the name."""
    bare = NOISE.sub(" ", NUMBERED.sub("", text))
    return " ".join(re.sub(r"\(\s*\)|^\W+|[\s,;:/-]+$", " ", bare).split()).strip(" ,;:-([")


def is_name(name: str) -> bool:
    """Whether a phrase can name an arm at all."""
    key = name_key(name)
    return bool(key) and not NOT_ARMS.match(key) and any(letter.isalpha() for letter in key)


def table_candidates(table: Table, reading: Reading) -> list[Candidate]:
    """The names over the columns of a table, with their `n = 52`; the lowest head cell that names one."""
    found: dict[str, Candidate] = {}
    for column in range(1, len(table.grid[0]) if table.grid else 0):
        cells = _head_cells(table, column)
        sizes = [SIZE_IN_HEAD.search(fold(cell.text)) or BARE_SIZE_IN_HEAD.search(fold(cell.text)) for cell in cells]
        size = next((match for match in reversed(sizes) if match), None)
        named = [cell for cell in cells if is_name(clean_name(fold(cell.text)))]
        sized = [cell for cell, match in zip(cells, sizes, strict=True) if match and cell in named]
        if not named:
            continue
        name = clean_name(fold((sized or named)[-1].text))
        if DOSE_ONLY.match(name) and len(named) > 1:
            name = f"{clean_name(fold(named[-2].text))} {name}"
        key = name_key(name)
        if key not in found:
            found[key] = Candidate(
                name=name,
                key=key,
                size=count(size["size"]) if size else None,
                drugs=drug_key(name, reading),
                source="table",
                evidence=tuple(table.evidence(cell) for cell in cells if cell.text.strip()),
                dosed=bool(DOSED.search(name)),
                meaning=reading.abbreviations.get(name, ""),
            )
    return list(found.values())


def _head_cells(table: Table, column: int) -> list[Cell]:
    """The printed head cells over a column, top down."""
    cells = [row[column] for row in table.grid[: table.header_rows] if column < len(row)]
    return list(dict.fromkeys(cell for cell in cells if cell is not None and cell.text.strip()))


def text_candidates(reading: Reading) -> Iterator[Candidate]:
    """The names of arms in the prose of the abstract, the methods and the results."""
    for number, sentence in enumerate(reading.sentences):
        if sentence.kind in ("abstract", "methods", "results", "front", "other") or sentence.passage.kind == "title":
            yield from _sized(sentence, number, reading)
            yield from _randomised(sentence, number, reading)
            yield from _named(sentence, number, reading)


def _candidate(
    sentence: Sentence, number: int, reading: Reading, span: tuple[int, int], source: str, size: str | None = None
) -> Candidate | None:
    trimmed = trim(sentence.text, *span)
    if trimmed is None:
        return None
    start, end = trimmed
    name = clean_name(sentence.text[start:end])
    if not is_name(name):
        return None
    return Candidate(
        name=name,
        key=name_key(name),
        size=count(size),
        drugs=drug_key(name, reading),
        source=source,
        evidence=sentence.evidence(start, end),
        sentence=number,
        dosed=bool(DOSED.search(name)),
        meaning=reading.abbreviations.get(name, ""),
    )


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The last run of words of a phrase that holds no stop word ("Arm B" whole); None where nothing is left."""
    if LETTERED_GROUP.fullmatch(text[start:end]):
        return start, end
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", text[start:end])]
    kept: list[tuple[int, int]] = []
    for first, last in reversed(words):
        word = text[start + first : start + last].strip(",;:()").lower()
        if word in STOP and word not in ("and", "plus"):
            break
        kept.insert(0, (first, last))
    while kept and text[start + kept[0][0] : start + kept[0][1]].lower() in ("and", "plus", "+", "&"):
        kept.pop(0)
    return (start + kept[0][0], start + kept[-1][1]) if kept else None


def _sized(sentence: Sentence, number: int, reading: Reading) -> Iterator[Candidate]:
    for match in N_OF.finditer(sentence.text):
        start = max(0, match.start() - SIZED_REACH)
        named = SIZED.search(GROUP_AT_END.sub("", sentence.text[start : match.start()]))
        if named:
            span = (start + named.start("name"), start + named.end("name"))
            candidate = _candidate(sentence, number, reading, span, "sized", match["size"])
            if candidate:
                yield candidate


def _named(sentence: Sentence, number: int, reading: Reading) -> Iterator[Candidate]:
    text = sentence.text
    for said in GROUP_SAID.finditer(text):
        start = max(0, said.start() - SIZED_REACH)
        named = NAMED_GROUP.search(text[start : said.start()])
        if named:
            span = (start + named.start("name"), start + named.end("name"))
            yield from _hinted(sentence, number, reading, span, said.end())
    for match in LETTERED_GROUP.finditer(text):
        yield from _hinted(sentence, number, reading, match.span("name"), match.end())


def _hinted(sentence: Sentence, number: int, reading: Reading, span: tuple[int, int], end: int) -> Iterator[Candidate]:
    candidate = _candidate(sentence, number, reading, span, "named")
    if candidate:
        yield replace(candidate, hint=_hint(sentence.text, span[0], end, reading))


def _hint(text: str, start: int, end: int, reading: Reading) -> frozenset[str]:
    """The drugs that explain a group's name: "oral methotrexate (combination group)", "arm A (docetaxel 75 ...)"."""
    before = text[:start].rstrip()
    if before.endswith("("):
        clause = re.split(r"[;)]|,\s|\bor\b|\bversus\b|\bvs\b", before[:-1])[-1]
        return drug_key(clause, reading)
    after = EXPLAINED.match(text[end:])
    return drug_key(after["what"], reading) if after else frozenset()


def _randomised(sentence: Sentence, number: int, reading: Reading) -> Iterator[Candidate]:
    for match in RANDOMISED.finditer(sentence.text):
        offset = match.start("arms")
        for part in re.finditer(r"(?:(?!\sor\s|\sversus\s|\svs\.?\s).)+", match["arms"]):
            first = re.match(r"\s*(?:or|versus|vs\.?)?\s*", part[0])
            start = offset + part.start() + (first.end() if first else 0)
            stop = re.search(
                r"[(,:]|\s(?:for|in|at|as|after|before|on|every|during|within|twice|once|according)\s", part[0][1:]
            )
            end = offset + part.start() + 1 + stop.start() if stop else offset + part.end()
            if end > start:
                candidate = _candidate(sentence, number, reading, (start, end), "randomised")
                if candidate and len(candidate.name.split()) <= 6:
                    yield candidate
