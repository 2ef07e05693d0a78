"""Where drugs are named: curated names, the paper's own abbreviations of them, and INN stems of unlisted ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache

from extractor.reading import Reading, Sentence
from ontology import regex as re
from ontology.terms import Term, rows, terms

WORD = re.compile(r"(?<![\w@-])[A-Za-z][a-z]{5,24}(?:-[a-z]{4})?(?![\w@])")
RADIOTHERAPY = re.compile(
    r"\b(?:(?i:(?:chemo)?radiotherapy|radiation(?: therapy)?|chemoradi(?:ation|otherapy)|irradiation|brachytherapy)|WBRT|IMRT|RT)\b"
)

MISPRINT = 0.9
# Words of so many letters or fewer are too often words ("codein", "iodine").
SPELLED = 7
# What patients had or have anyway: "after sorafenib", "in adults undergoing methadone maintenance", "insulin-treated".
HAVING = re.compile(
    r"\b(?:refractory|resistant|(?:pre-?)?treated with|failed|failure|after|following|previously|naive|intolerant|undergoing|despite|added to|on top of"
    r"|(?:patients|adults|users|people|women|men|children|participants) (?:using|receiving|taking|on))\b[^,;:.]*$",
    re.IGNORECASE,
)
HAD = re.compile(
    r"[- ](?:refractory|resistant|pre-?treated|failed|failure|naive|intolerant)\b|-(?:treated|based|dependent|induced|exposed)\b",
    re.IGNORECASE,
)
# Of these, what is over.
BEFORE = re.compile(
    r"\b(?:refractory|resistant|pre-?treated with|failed|failure|after|following|previously|intolerant)\b[^,;:.]*$",
    re.IGNORECASE,
)
OVER = re.compile(r"[- ](?:refractory|resistant|pre-?treated|failed|failure|intolerant)\b", re.IGNORECASE)
# "progesterone receptor", "insulin resistance", "serum albumin levels", "creatine kinase", "gold standard": no treatment.
NOT_A_DRUG = re.compile(
    r"^(?:,? (?:and|or) [a-z]+)?[ -](?:receptors?|levels?|concentrations?|resistan\w+|sensitiv\w+|secretion|metabolism|deficien\w+|intolerance|saturation|uptake"
    r"|status|allerg\w+|hypersensitiv\w+|kinases?|(?:mono|di|tri)phosphates?|deaminase|dehydrogenase|oxidase|synthase|\w*transferase|reductase|standard"
    r"|(?:channel )?blockers?|antagonists?|agonists?|inhibitors?|analogues?|rich)\b",
    re.IGNORECASE,
)
# What the full form of a drug's abbreviation may say besides its name: "recombinant human endostatin", "doxycycline hyclate".
BESIDE_NAME = re.compile(
    r"(?:\W|\b(?:oral|intravenous|iv|inhaled|topical|intranasal|transdermal|low|high|dose|standard|recombinant|human|liposomal|pegylated|nanoparticle|albumin|bound|extended|sustained|controlled"
    r"|delayed|immediate|slow|release|orodispersible|tablets?|capsules?|patch(?:es)?|gel|cream|injection|acid|sodium|potassium|calcium|magnesium|hydrochloride|chloride|bromide|acetate|sulph?ate|citrate"
    r"|maleate|mesylate|tartrate|phosphate|fumarate|succinate|besylate|tosylate|hyclate|monohydrate|dihydrate|supplement\w*|therapy|treatment|maintenance|monotherapy|group|vaccine|alfa|alpha|beta)\b)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DrugMention:
    """A drug named in a sentence; `term` is None for a name known by its stem only."""

    name: str
    start: int
    end: int
    term: Term | None = None
    stem: str | None = None


@cache
def _stems() -> tuple[re.Pattern[str], Mapping[str, Mapping[str, str]], frozenset[str]]:
    table = {row["name"].lstrip("-"): row for row in rows("stems")}
    ends = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    exceptions = frozenset(row["name"].lower() for row in rows("stem_exceptions"))
    return re.compile(rf"^(?P<root>[a-z]+?)(?P<stem>{ends})$"), table, exceptions


@lru_cache(maxsize=16384)
def stem_of(word: str) -> str | None:
    """The INN stem of a word that looks like a drug's name, or None (ordinary words are excepted)."""
    pattern, table, exceptions = _stems()
    lower = word.lower()
    match = pattern.match(lower.split("-")[0])
    if not match or lower in exceptions or lower.split("-")[0] in exceptions:
        return None
    return match["stem"] if len(lower) >= int(table[match["stem"]].get("min_length") or 8) else None


def is_had(sentence: Sentence, mention: DrugMention) -> bool:
    """Whether patients had a drug before or have it anyway, and are not given it here."""
    return bool(HAVING.search(sentence.text[: mention.start]) or HAD.match(sentence.text, mention.end))


def is_past(sentence: Sentence, mention: DrugMention) -> bool:
    """Whether patients had a drug before, and have it no more: "after sorafenib", "sorafenib-refractory"."""
    return bool(BEFORE.search(sentence.text[: mention.start]) or OVER.match(sentence.text, mention.end))


def stem_class(stem: str) -> str | None:
    """The drug class of an INN stem."""
    return _stems()[1][stem].get("class")


@cache
def drug_by_name() -> dict[str, Term]:
    """Curated drugs by their canonical name."""
    return {term.name: term for term in terms("drugs")}


def drug_mentions(reading: Reading, sentence: Sentence) -> list[DrugMention]:
    """The drugs named in a sentence, in order; where two overlap, the first and longest."""
    found = [
        *_curated(sentence),
        *_abbreviated(reading, sentence),
        *_by_code(reading, sentence),
        *_by_stem(reading, sentence),
        *_by_spelling(reading, sentence),
        *_radiation(sentence),
    ]
    kept: list[DrugMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end, m.stem or "")):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _curated(sentence: Sentence) -> Iterator[DrugMention]:
    for match in sentence.of_kind("drugs"):
        if NOT_A_DRUG.match(sentence.text[match.end :]):
            continue
        yield DrugMention(match.term.name, match.start, match.end, match.term)


def _abbreviated(reading: Reading, sentence: Sentence) -> Iterator[DrugMention]:
    for short, name in abbreviated_drugs(reading).items():
        if short not in sentence.text:
            continue
        for match in re.once(rf"(?<![\w-]){re.escape(short)}(?![\w-])").finditer(sentence.text):
            yield DrugMention(name, match.start(), match.end(), drug_by_name().get(name))


def abbreviated_drugs(reading: Reading) -> dict[str, str]:
    """The paper's abbreviations that stand for one drug: "methotrexate (MTX)"."""
    return _abbreviated_drugs(tuple(reading.abbreviations.items()), id(reading.language))


@cache
def _abbreviated_drugs(abbreviations: tuple[tuple[str, str], ...], _language: int) -> dict[str, str]:
    from extractor.language import language

    drugs: dict[str, str] = {}
    for short, meaning in abbreviations:
        found = [match for match in language().find(meaning) if match.term.kind == "drugs"]
        rest = meaning[: found[0].start] + " " + meaning[found[0].end :] if len(found) == 1 else meaning
        if len(found) == 1 and BESIDE_NAME.fullmatch(rest):
            drugs[short] = found[0].term.name
    return drugs


def _by_code(reading: Reading, sentence: Sentence) -> Iterator[DrugMention]:
    for code in reading.code_names:
        for match in re.once(rf"(?<![\w-]){code}(?![\w-])").finditer(sentence.text) if code in sentence.text else ():
            yield DrugMention(code, match.start(), match.end())


@lru_cache(maxsize=16)
def _stemmed(words: frozenset[str]) -> tuple[str, ...]:
    """The words that end in a stem: a sentence without them names no drug by its stem."""
    pattern, table, _ = _stems()
    endings = tuple(table)
    lower = ((word, word.lower()) for word in words)
    return tuple(sorted(word for word, low in lower if low.endswith(endings) and pattern.match(low)))


def _by_stem(reading: Reading, sentence: Sentence) -> Iterator[DrugMention]:
    if not any(word in sentence.text for word in _stemmed(reading.long_words)):
        return
    for match in WORD.finditer(sentence.text):
        stem = stem_of(match[0])
        if stem:
            name = unprinted(match[0].lower())
            yield DrugMention(name, match.start(), match.end(), drug_by_name().get(name), stem)


@lru_cache(maxsize=16)
def _spelled(words: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The words that are drugs in the spelling of another language: without the last "e", or with one."""
    names = drug_by_name()
    unknown = (word for word in words if len(word) > SPELLED and word.islower() and word not in names)
    found = ((word, name) for word in unknown for name in (f"{word}e", word.removesuffix("e")) if name in names)
    return tuple(sorted(found))


def _by_spelling(reading: Reading, sentence: Sentence) -> Iterator[DrugMention]:
    for word, name in _spelled(reading.long_words):
        for match in re.once(rf"\b{word}\b").finditer(sentence.text) if word in sentence.text else ():
            yield DrugMention(name, match.start(), match.end(), drug_by_name()[name])


@lru_cache(maxsize=1024)
def unprinted(word: str) -> str:
    """The curated drug that a word misprints by a letter ("bevacizimab"), else the word itself."""
    alike = (name for name in drug_by_name() if name[0] == word[0] and abs(len(name) - len(word)) < 2)
    return next(iter(get_close_matches(word, alike, 1, MISPRINT)), word)


def _radiation(sentence: Sentence) -> Iterator[DrugMention]:
    if "Gy" not in sentence.text:
        return
    for match in RADIOTHERAPY.finditer(sentence.text):
        yield DrugMention("radiotherapy", match.start(), match.end())
