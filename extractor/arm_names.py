"""Names of arms as papers print them: in the heads of tables and in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.document import Table
from extractor.cues import Cued
from extractor.drug_mentions import NOT_A_DRUG, stem_of, unprinted
from extractor.drug_mentions import WORD as WORD_FORM
from extractor.language import TermMatch
from extractor.quantities import count
from extractor.reading import Reading, Sentence
from extractor.tables.heads import bare_sizes, count_row, dosed, head_path, head_rows, is_total, size_of
from extractor.tables.print import plain
from ontology.glyphs import fold
from ontology.record import Evidence

# "Arm B", "group 1" and "Group II" are names, the letters and numbers alone are none.
MARK = r"(?-i:[A-H]|[1-9]|I{1,3}|IV|VI?)[ab]?(?![\w%.]|-\w)"
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}
GROUPING = r"(?:groups?|arms?|regimens?|cohorts?)"
# What a head says besides the arm's name: sizes, units of the cells, "group", marks of footnotes.
NOISE = re.compile(
    r"\(?\s*\b[nN]\s*[=:]?\s*\d[\d,]*\s*\)?|\bN$|\((?:ms|h|mg|g|kg|ng/ml|mmol/l|geometric\b[^)]*)\)?|\[[^\]]*\]|\(\d+\)|\b[nN]o\.?(?=\W|$)|\b[nN](?=\s?[,(]?\s?\(?%)"
    r"|\(?%\)?|\bcases?\b|\bnumber of patients\b|\bpatients\b|\bmean\b.*|\bmedian\b.*|±.*|\bSD\b|\bSE\b"
    rf"|\b{GROUPING}\b(?!\s{MARK})|\bp[- ]?values?\b|[†‡§¶#*]|\((?:before|after|pre|post)\b[^)]*\)|\b(?:treated with|randomi[sz]ed to|given)\b"
    r"|\(\s*[,;]?\s*\)",
    re.IGNORECASE,
)
# "Group 1 TE", "Arm B: placebo", "Group I (rhubarb)": two names in one head.
NUMBERED = re.compile(
    rf"^\s*(?P<mark>(?:treatment\s)?{GROUPING}\s{MARK})\s?(?:[:,-]\s?|\()?(?=[A-Za-z])(?![nN]\s?[=:]|[nN]o\b|received\b)",
    re.IGNORECASE,
)
MARKED = re.compile(rf"\b{GROUPING}\s(?P<mark>{MARK}|[a-h](?=\W*$))", re.IGNORECASE)
MARK_ALONE = re.compile(MARK)
GROUP_TITLE = re.compile(rf"(?:(?:treatment|study|randomi[sz]ed)\s)?(?:{GROUPING}|treatments?)$", re.IGNORECASE)
# "NRT+" is a name of its own, "NRT + gum" joins two.
ENDS_IN_PLUS = re.compile(r"(?<=\w)\+(?=$|[\s,;:.)])")
# A full stop after a word; the one of "i.v." stays.
LOOSE_ENDS = re.compile(r"\(\s*\)|^\W+|[\s,;:/-]+$|(?:(?<=\w\w)|\s)\.\s*$")
GROUP_HEAD = re.compile(rf"\b(?P<word>{GROUPING})\W*$", re.IGNORECASE)
KEY_NOISE = re.compile(
    r"\(?\s*\b[nN]\s*=\s*\d[\d,]*\s*\)?|[(){}\[\],;:.\"'†‡§¶]"
    r"|\b(?:a(?=\s+[a-z])|the|an|group|groups|arm|arms|cohort|patients|treatment|therapy|treated|with|regimen|only|alone|receiving)\b",
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
    r"\b(?:placebo|control|controls|standard(?: care| of care| treatment| therapy)?|usual care|routine care|as usual|observation|no (?:active |further |study )?(?:treatment|therapy|intervention|medication|drug|supplement\w*)|wait(?:ing)?[- ]?list|normal saline"
    r"|best supportive care|best available therapy|bsc|bat|conventional|sham|untreated|comparator|reference|vehicle)\b",
    re.IGNORECASE,
)
DOSE_ONLY = re.compile(r"^\d[\d.,]*\s?(?:mg|g|μg|mcg|iu|ml|gy)\b[^a-z]*(?:bid|tid|qd|b\.i\.d\.|daily)?$", re.IGNORECASE)
# "Sodium mmol/l" is what was measured, "Sodium 5 mmol/l" may be given.
MEASURED = re.compile(r"^\D*[\s(](?:[mμunp]?(?:g|mol|u|eq|osm)|gm|iu|k?cal)\s?/\s?(?:d|m)?l\b", re.IGNORECASE)
NEGATIVE = re.compile(r"\b(?:no|non|without|free)\b|less\b", re.IGNORECASE)
# "fulvestrant placebo" is none of the drug.
PLACEBO_OF = re.compile(r"[ -](?:matching )?placebo\b", re.IGNORECASE)
BARE_DOSE = re.compile(r"\d+(?:[.,]\d+)?")
DOSED = re.compile(r"\d+(?:\.\d+)?\s?(?:mg|μg|mcg|ug|g|iu|ml|gy|mg/kg|mg/m2)\b", re.IGNORECASE)

WORD = r"[A-Za-z0-9][\w.+/α-ω-]*"
PHRASE = rf"{WORD}(?:(?:\s\+\s|\s&\s|\splus\s|\sand\s|\s){WORD}){{0,4}}"
GROUP = r"(?:treatment\s)?(?:groups?|arms?|cohorts?)\b"
GROUP_SAID = Cued(rf"[ -]{GROUP}")
NAMED_GROUP = re.compile(
    rf"(?:(?:\b[Tt]he|\bin|\bto|\beither|\bvs\.?|\bversus|\bor|\band|\bof|,)\s|\(\s?)(?P<name>{PHRASE})$"
)
LETTERED_GROUP = Cued(rf"\b(?P<name>(?:[Gg]roup|[Aa]rm|[Rr]egimen|[Cc]ohort)\s{MARK})")
PEOPLE = (
    r"(?:patients|pts|subjects|participants|women|men|children|infants|volunteers|individuals|cases|persons|people)"
)
N_OF = Cued(
    rf"(?:\(|:|,)\s*(?:total )?[nN]\s*=\s*(?P<size>\d[\d,]*)\b(?!\s?%)|\((?P<counted>\d[\d,]*) {PEOPLE}\b(?=\s?[),;:])"
)
# "82 received progesterone", "135 patients were allocated to the infliximab group", "randomised: 41 to A and 46 to B".
COUNTED = Cued(
    rf"(?<![\w.,(=/:-])(?P<size>\d[\d,]*)(?: {PEOPLE})?(?: \(\d[\d.]*\s?%\))?(?: of (?:whom|which|them))?(?: who)?(?: (?:were|was))?"
    r"(?: randomly)?(?: (?:randomi[sz]ed|assigned|allocated|enrolled))?"
    rf" (?:to|in|into|received|to receive|receiving)(?: receive)?(?: the)? (?=(?P<name>{WORD}(?:(?:\s\+\s|\s){WORD}){{0,5}}))"
)
SHARED_OUT = Cued(r"\b(?:randomi[sz]ed|randomly|allocated|assigned|divided|enrol\w+)\b", re.IGNORECASE)
SIZED = re.compile(rf"(?P<name>{PHRASE})$")
GROUP_AT_END = re.compile(rf"(?:[ -]{GROUP})?[\s,:;]{{0,2}}$")
GROUP_SAID_IN = re.compile(rf"\b{GROUPING}\b", re.IGNORECASE)
MAX_WORDS = 6
ALIAS = re.compile(r"\s?\((?P<mark>[A-Z][A-Za-z]{0,5}(?:\s?[+/-]\s?[A-Z]{1,5})?)\)")
SIZED_REACH = 90
CALLED_REACH = 6
RANDOMISED = Cued(
    r"\b(?:randomi[sz]ed|randomly (?:assigned|allocated|divided)|allocated|assigned)\b[^.;]{0,60}?"
    r"\b(?:to receive|to|into|receiving)\s(?:either\s)?(?P<arms>[^.;]{5,400})"
)
VERSUS = Cued(rf"(?P<first>{PHRASE})\s(?:versus|vs\.?|compared with|compared to)\s(?P<second>{PHRASE})", re.IGNORECASE)

EXPLAINED = re.compile(
    r"^(?: patients)?(?:\s?\(\s?n\s?=\s?\d+\s?\))?(?:\s?(?P<mark>[(:,])\s?(?:n\s?=\s?\d+\s?[,;:(]\s?)?|\s(?:received|were given|was given|were treated with|consisted of|included)\s)"
    r"(?P<what>(?:[^;.()]|\([^()]*\)|\.(?=\d)){4,180})",
    re.IGNORECASE,
)

CLAUSES = re.compile(r"[;)]|,\s|\bor\b|\bversus\b|\bvs\b")
OTHER_GROUP = re.compile(
    rf"\b(?:while|whereas|versus|vs)\b|\b(?:and|or) (?:the |in )?(?:[\w-]+ )?{GROUPING}\b|\bcompared\b", re.IGNORECASE
)

# A name ends where one of these begins; one that is made of them only is no name.
STOP = frozenset(
    "the a an in to of for with without from by at on was were is are be been had has have received receive receiving than "
    "that which who whom whose while when where after before between among versus vs or but as it its their this these "
    "those both each all no not there per during within into over under did does do could would may compared patients "
    "participants subjects women men either randomly randomized randomised assigned allocated study same other treatment "
    "respectively group groups arm arms including consisting comprising showed following also only significantly more less "
    "we one two three four five six baseline most additional added treated using given plus-minus matching daily undergo across overall total entire".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be an arm's; `mark` is a second one printed before it ("Group 1 TE")."""

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
    mark: str = ""

    @property
    def is_negative(self) -> bool:
        """Whether the name says what the arm goes without."""
        return bool(NEGATIVE.search(self.name))

    @property
    def is_control(self) -> bool:
        """Whether the name says that this is the comparator."""
        control = CONTROL_WORDS.search(f"{self.name} {self.meaning}")
        return bool(control) and not (self.drugs and control and control[0].lower() == "placebo" and "+" in self.key)


def name_key(text: str) -> str:
    """A name's words in lower case, without "group", sizes and punctuation; joiners are one sign."""
    marked = MARKED.sub(lambda match: f" #{_mark(match['mark'])} ", ENDS_IN_PLUS.sub("⁺", text))
    bare = KEY_NOISE.sub(" ", JOINER.sub(" + ", marked.lower()))
    return " ".join(bare.split()).strip("+- ")


def _mark(printed: str) -> str:
    """The sign of a group in lower case, Roman numbers as Arabic ones."""
    return ROMAN.get(printed.lower(), printed.lower())


def drug_key(text: str, reading: Reading) -> frozenset[str]:
    """The drugs that a name names, regimens and the paper's abbreviations taken apart."""
    folded = fold(text)
    expanded = " ".join(reading.abbreviations.get(word, "") for word in re.findall(r"[\w-]+", folded))
    whole = f"{folded} ; {expanded}"
    terms = [match for match in reading.language.find(whole) if match.term.kind in ("drugs", "regimens")]
    found = {code for code in reading.code_names if code in folded}
    for match in terms:
        if match.term.kind == "regimens" and _is_regimen(match, whole, reading):
            found.update(match.term.values("drugs") or (match.term.name,))
        elif match.term.kind == "drugs" and _is_given(whole, match.end):
            found.add(match.term.name)
    for word in WORD_FORM.finditer(whole):
        known = any(match.start < word.end() and word.start() < match.end for match in terms)
        if not known and stem_of(word[0]) and _is_given(whole, word.end()):
            found.add(unprinted(word[0].lower()))
    if "placebo" in folded.lower():
        found.add("placebo")
    return frozenset(found)


def _is_given(text: str, end: int) -> bool:
    """Whether a drug's name means the drug, and not its receptor or its placebo."""
    return not (NOT_A_DRUG.match(text[end:]) or PLACEBO_OF.match(text, end))


def _is_regimen(match: TermMatch, text: str, reading: Reading) -> bool:
    """Whether a short name is a regimen: no part of another (HP in "pTVG-HP"), nothing else that the paper calls so."""
    hyphened = text[max(0, match.start - 1) : match.start] == "-" or text[match.end : match.end + 1] == "-"
    meaning = reading.abbreviations.get(text[match.start : match.end])
    known = meaning is None or any(found.term.kind in ("drugs", "regimens") for found in reading.language.find(meaning))
    return known and not hyphened


def clean_name(text: str) -> str:
    """A head's text without what it says besides the name."""
    bare = NOISE.sub(" ", NUMBERED.sub("", text))
    name = " ".join(LOOSE_ENDS.sub(" ", bare).split()).strip(" ,;:-([")
    return name.strip(" )") if "(" not in name else name


def is_name(name: str) -> bool:
    """Whether a phrase can name an arm at all."""
    key = name_key(name)
    return bool(key) and not NOT_ARMS.match(key) and any(letter.isalpha() or letter == "#" for letter in key)


def table_candidates(table: Table, reading: Reading) -> list[Candidate]:
    """The names over the columns of a table, with their `n = 52`; the lowest head cell that names one."""
    rows = head_rows(table)
    paths = {column: head_path(table, column, rows) for column in range(1, len(table.grid[0]) if table.grid else 0)}
    bare = bare_sizes(tuple(plain(cell.text) for path in paths.values() for cell in path))
    counts = count_row(table, rows)
    found: dict[str, Candidate] = {}
    for column, path in paths.items():
        texts = [plain(cell.text) for cell in path]
        sizes = [size_of(text) or bare.get(text) for text in texts]
        printed = _head_name(texts, sizes)
        name = clean_name(printed)
        if not is_name(name) or is_total(printed) or MEASURED.match(printed) or name_key(name) in found:
            continue
        size = next((size for size in reversed(sizes) if size), counts.get(column))
        evidence = tuple(table.evidence(cell) for cell in path)
        mark = NUMBERED.match(printed)
        found[name_key(name)] = replace(
            _named_candidate(name, size, "table", evidence, reading), mark=mark["mark"] if mark else ""
        )
    stubs = _stub_candidates(table, rows, reading) if len(found) < 2 else []
    return stubs if len(stubs) > 1 else list(found.values())


def _stub_candidates(table: Table, rows: int, reading: Reading) -> list[Candidate]:
    """The names of arms that head rows: with a size each, or under "Group"."""
    titles = head_path(table, 0, rows)
    titled = bool(titles) and bool(GROUP_TITLE.match(plain(titles[-1].text)))
    found: dict[str, Candidate] = {}
    for row in table.grid[rows:]:
        text = plain(row[0].text) if row[0] else ""
        name, size = clean_name(text), size_of(text)
        if row[0] and is_name(name) and (titled or size):
            evidence = (table.evidence(row[0]),)
            found.setdefault(name_key(name), _named_candidate(name, size, "stub", evidence, reading))
    return list(found.values())


def _head_name(texts: list[str], sizes: list[int | None]) -> str:
    """The name in the heads over a column: the lowest, first among those with a size; a bare dose or number with the head above."""
    for place in sorted(range(len(texts)), key=lambda place: (sizes[place] is None, -place)):
        text, above = texts[place], texts[place - 1] if place else ""
        name = clean_name(text)
        grouped = GROUP_HEAD.search(above)
        if grouped and MARK_ALONE.fullmatch(name):
            return f"{grouped['word']} {name}"
        if above and (DOSE_ONLY.match(name) or BARE_DOSE.fullmatch(name)) and is_name(clean_name(above)):
            return dosed(above if BARE_DOSE.fullmatch(name) else clean_name(above), name)
        if is_name(name):
            return text
    return ""


def text_candidates(reading: Reading) -> Iterator[Candidate]:
    """The names of arms in the prose of the abstract, the methods and the results."""
    for number, sentence in enumerate(reading.sentences):
        if sentence.kind in ("abstract", "methods", "results", "front", "other") or sentence.passage.kind == "title":
            yield from _sized(sentence, number, reading)
            yield from _counted(sentence, number, reading)
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
    evidence = sentence.evidence(start, end)
    return replace(_named_candidate(name, count(size), source, evidence, reading), sentence=number)


def _named_candidate(
    name: str, size: int | None, source: str, evidence: tuple[Evidence, ...], reading: Reading
) -> Candidate:
    return Candidate(
        name=name,
        key=name_key(name),
        size=size,
        drugs=drug_key(name, reading),
        source=source,
        evidence=evidence,
        dosed=bool(DOSED.search(name)),
        meaning=reading.abbreviations.get(name, ""),
    )


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The last run of words of a phrase that holds no stop word ("Arm B" whole); None where nothing is left."""
    marked = next((match for match in LETTERED_GROUP.finditer(text, start, end) if match.end() == end), None)
    if marked:
        return marked.start(), end
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
            # Beside a number among the results stand subgroups as well as arms.
            source = "sized" if sentence.kind != "results" or SHARED_OUT.search(sentence.text) else "tallied"
            candidate = _candidate(sentence, number, reading, span, source, match["size"] or match["counted"])
            if candidate:
                yield candidate


def _counted(sentence: Sentence, number: int, reading: Reading) -> Iterator[Candidate]:
    """Names behind their sizes, where a sentence says how patients were shared out."""
    if not SHARED_OUT.search(sentence.text):
        return
    for match in COUNTED.finditer(sentence.text):
        end = _first_run(sentence.text, *match.span("name"))
        candidate = _candidate(sentence, number, reading, (match.start("name"), end), "sized", match["size"])
        if candidate:
            yield candidate


def _first_run(text: str, start: int, end: int) -> int:
    """Where a phrase ends before its first stop word or number of patients ("placebo and 77 received")."""
    if marked := MARKED.match(text, start):
        return marked.end()
    last = start
    for match in re.finditer(r"\S+", text[start:end]):
        word = match[0].strip(",;:()").lower()
        if (word in STOP and word not in ("and", "plus")) or (word.isdigit() and last > start):
            break
        if word not in ("and", "plus", "+"):
            last = start + match.end()
        if match[0][-1] in ",;:.":
            break
    return last


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
        words = _explanation(sentence.text, span[0], end, marked=candidate.key.startswith("#"))
        drugs = drug_key(words, reading) if sentence.kind not in ("results", "other") else frozenset[str]()
        yield replace(candidate, hint=drugs, meaning=candidate.meaning or _called(words))


def _called(words: str) -> str:
    """The other name that an explanation begins with: "group A (control group, no drug)"."""
    control = CONTROL_WORDS.search(words)
    return control[0] if control and control.start() < CALLED_REACH else ""


def _explanation(text: str, start: int, end: int, *, marked: bool) -> str:
    """The words that explain a group's name: "oral methotrexate (combination group)", "arm A (docetaxel 75 ...)"."""
    before = text[:start].rstrip()
    if before.endswith("("):
        clause = CLAUSES.split(before[:-1])[-1]
        return "" if GROUP_SAID_IN.search(clause) else clause
    after = EXPLAINED.match(text[end:])
    plain = after is not None and (marked or after["mark"] in ("(", None))
    return OTHER_GROUP.split(after["what"])[0] if after and plain else ""


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
                if candidate and len(candidate.name.split()) <= MAX_WORDS:
                    yield replace(candidate, mark=_alias(sentence.text, end, candidate, reading))


def _alias(text: str, end: int, candidate: Candidate, reading: Reading) -> str:
    """The short name in brackets behind an arm's: "drug a plus drug b placebo (A)"; that of the last drug alone is none."""
    match = ALIAS.match(text, end)
    if not match or len(candidate.drugs) == 1:
        return ""
    meaning = reading.abbreviations.get(match["mark"])
    return match["mark"] if meaning is None or name_key(meaning) == candidate.key else ""
