"""Names of arms as papers print them: what they come down to, their drugs, and those in the heads of tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Table
from extractor.arm_words import (
    BARE_DOSE,
    CONTROL_WORDS,
    DOSE_AND_DRUG,
    DOSE_HYPHEN,
    DOSE_LEVEL,
    DOSE_ONLY,
    DOSED,
    DRUG_AND_DOSE,
    ENDS_IN_PLUS,
    GENERIC_GROUP,
    GROUP_HEAD,
    GROUP_TITLE,
    JOINED_REGIMENS,
    JOINER,
    KEY_NOISE,
    LOOSE_ENDS,
    MARK_ALONE,
    MARKED,
    MEASURED,
    NEGATIVE,
    NO_TREATMENT,
    NOISE,
    NOT_ARMS,
    NUMBERED,
    PLACEBO_OF,
    ROMAN,
)
from extractor.drug_mentions import NOT_A_DRUG, stem_of, unprinted
from extractor.drug_mentions import WORD as WORD_FORM
from extractor.language import TermMatch, language
from extractor.reading import Reading
from extractor.tables.heads import bare_sizes, count_row, dosed, head_path, head_rows, is_total, size_of
from extractor.tables.print import plain
from ontology.glyphs import fold
from ontology.record import Evidence


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be an arm's; `mark` is a second one printed before it ("Group 1 TE"), `shared` where patients are shared out,
    `adds` where it is given something more than the arm before it."""

    name: str
    key: str
    size: int | None
    drugs: frozenset[str]
    source: str
    evidence: tuple[Evidence, ...]
    sentence: int = -1
    dosed: bool = False
    shared: bool = False
    adds: bool = False
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
        if self.name.lower().startswith("no "):
            return True
        control = CONTROL_WORDS.search(f"{self.name} {self.meaning}")
        return bool(control) and not (self.drugs and control and control[0].lower() == "placebo" and "+" in self.key)


@lru_cache(maxsize=8192)
def name_key(text: str) -> str:
    """A name's words in lower case, without "group", sizes and punctuation; joiners are one sign."""
    generic, nothing = GENERIC_GROUP.match(text), NO_TREATMENT.match(text)
    if generic or nothing:
        return f"{generic['name'].lower()}-group" if generic else "no-treatment"
    marked = MARKED.sub(lambda match: f" #{_mark(match['mark'])} ", ENDS_IN_PLUS.sub("⁺", text))
    spaced = DOSE_HYPHEN.sub(" ", marked.lower())
    bare = KEY_NOISE.sub(" ", JOINER.sub(" + ", spaced))
    return " ".join(bare.split()).strip("+- ")


# At the end of "Alphanib 10 mg i.v.".
ROUTE_AT_END = re.compile(r"(?<=[a-z]),? (?:i\.?v\.?|s\.?c\.?|p\.?o\.?|i\.?m\.?|intravenously|orally)$", re.IGNORECASE)


def turned(name: str) -> tuple[str, ...]:
    """The other names of an arm that is a drug with a dose: "15-mg tirzepatide", "the 15-mg group"."""
    bare = ROUTE_AT_END.sub("", fold(name))
    match = DRUG_AND_DOSE.fullmatch(bare) or DOSE_AND_DRUG.fullmatch(bare)
    if not match:
        return ()
    drug, dose = match["drug"], match["dose"]
    return (
        f"{dose} {drug}",
        f"{dose} of {drug}",
        f"{drug} {dose}",
        f"{drug} at {dose}",
        f"{dose} group",
        f"{dose} arm",
    )


def _mark(printed: str) -> str:
    """The sign of a group in lower case, Roman numbers as Arabic ones."""
    return ROMAN.get(printed.lower(), printed.lower())


def drug_key(text: str, reading: Reading) -> frozenset[str]:
    """The drugs that a name names, regimens and the paper's abbreviations taken apart."""
    return _drugs(fold(text), tuple(reading.abbreviations.items()), reading.code_names)


@lru_cache(maxsize=4096)
def _drugs(folded: str, abbreviations: tuple[tuple[str, str], ...], codes: frozenset[str]) -> frozenset[str]:
    short = dict(abbreviations)
    expanded = " ".join(short.get(word, "") for word in re.findall(r"[\w-]+", folded))
    whole = JOINED_REGIMENS.sub(r"\g<one> ", f"{folded} ; {expanded}")
    terms = [match for match in language().find(whole) if match.term.kind in ("drugs", "regimens")]
    found = {code for code in codes if code in folded}
    for match in terms:
        if match.term.kind == "regimens" and _is_regimen(match, whole, short):
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


def _is_regimen(match: TermMatch, text: str, short: dict[str, str]) -> bool:
    """Whether a short name is a regimen: no part of another (HP in "pTVG-HP"), nothing else that the paper calls so."""
    hyphened = text[max(0, match.start - 1) : match.start] == "-" or text[match.end : match.end + 1] == "-"
    meaning = short.get(text[match.start : match.end])
    known = meaning is None or any(found.term.kind in ("drugs", "regimens") for found in language().find(meaning))
    return known and not hyphened


@lru_cache(maxsize=8192)
def clean_name(text: str) -> str:
    """A head's text without what it says besides the name."""
    generic, nothing = GENERIC_GROUP.match(text), NO_TREATMENT.match(text)
    if generic:
        return f"{generic['name']} group"
    if nothing:
        return nothing["name"]
    bare = NOISE.sub(" ", NUMBERED.sub("", text)).replace('"', "")
    name = " ".join(LOOSE_ENDS.sub(" ", bare).split()).strip(" ,;:-([")
    return name.strip(" )") if "(" not in name else name


@lru_cache(maxsize=4096)
def is_name(name: str) -> bool:
    """Whether a phrase can name an arm at all."""
    key = name_key(name)
    return bool(key) and not NOT_ARMS.match(key) and any(letter.isalpha() or letter == "#" for letter in key)


def named_candidate(
    name: str, size: int | None, source: str, evidence: tuple[Evidence, ...], reading: Reading
) -> Candidate:
    """A name with what it tells by itself: its key, its drugs, whether it says a dose."""
    meaning = reading.abbreviations.get(name, "")
    return Candidate(
        name=name,
        key=name_key(name),
        size=size,
        drugs=drug_key(name, reading) or (drug_key(meaning, reading) if meaning else frozenset()),
        source=source,
        evidence=evidence,
        dosed=bool(DOSED.search(name) or DOSE_LEVEL.search(name)),
        meaning=meaning,
    )


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
            named_candidate(name, size, "table", evidence, reading), mark=mark["mark"] if mark else ""
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
            found.setdefault(name_key(name), named_candidate(name, size, "stub", evidence, reading))
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
