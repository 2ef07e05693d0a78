"""The proof of a record: every value is looked for again at the place that its evidence names.

Numbers must be printed inside the evidence; names that are printed text, or one of their synonyms, must stand in
the paper. What is canonical or derived (a schedule's frequency, a total that a table's head prints) is in the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any, Literal

from pydantic import BaseModel

from corpus.agreement import folded
from extractor.quantities import NUMBER_WORDS, SCIENTIFIC, TENS, words_to_number
from extractor.study import Rejected
from ontology import regex as re
from ontology.glyphs import SUPERSCRIPTS, fold
from ontology.record import Described, Evidence, Fact, TrialRecord, fact_lists
from ontology.terms import terms

NOT_FOUND = "not found at its place"

# Not printed as such: canonical, counted or expanded from the print.
DERIVED = frozenset(
    "schedule.days schedule.cycle_length schedule.infusion_minutes references.number references.numbers "
    "prior_evidence.references last_page citations.numbers references.year trial.sites".split()
)
# Printed once for many values, in the head of a table or earlier in the text.
CONTEXT = frozenset({"total", "size", "ci.level", "level", "frequency.total"})
# Printed on another scale: 5% for 0.05, 100,000/uL for 100 x 10^9/L; powers of ten that are allowed.
SCALES: Mapping[str, tuple[int, ...]] = {"statistics": (2, -2), "eligibility": (3, -3, 6, -6, 9, -9)}
# An event that is only named happened once.
IMPLIED: Mapping[str, int] = {"adverse_events.count": 1}
# What a fact can lose and still say what it says.
ASIDE = frozenset({"sd", "se", "range", "ci", "p_value", "total", "size", "schedule", "frequency"})
# What says where a fact stands, not what it says.
ABOUT = frozenset({"evidence", "rule"})
# Lists whose facts are computed from others: only their places are proven.
COMPUTED = frozenset({"checks"})
# Names that are printed text: their list, their field and the curated terms that know their other names.
NAMES: Mapping[str, tuple[str, str]] = {
    "conditions": ("name", "conditions"),
    "drugs": ("name", "drugs"),
    "doses": ("drug", "drugs"),
    "biomarkers": ("name", "biomarkers"),
    "adverse_events": ("term", "events"),
}
# Text that must stand in the evidence letter for letter, blanks and punctuation aside.
QUOTED = frozenset({"references.title", "references.doi", "references.first_page", "paper.doi", "paper.title"})

GROUPED = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
POWER = re.compile(r"\d+(?:\.\d+)? ?(?:[x×·.*]|\\times) ?10 ?\^?\{? ?-? ?\d{1,3}\}?|\d+(?:\.\d+)?[eE]-?\d{1,3}")
COMMA = re.compile(r"\d+,\d+")
WORD = "|".join((*NUMBER_WORDS, *TENS, "hundred"))
WORDS = re.compile(rf"\b(?:{WORD})\b", re.IGNORECASE)
WORD_RUN = re.compile(rf"\b(?:{WORD})(?:(?:[ -]|\n(?!\n))+(?:and\s+)?(?:{WORD}))+\b", re.IGNORECASE)
LOOSE_WORDS: Mapping[str, int] = {
    "no": 0,
    "none": 0,
    "neither": 0,
    "never": 0,
    "nil": 0,
    "not": 0,
    "without": 0,
    "a": 1,
    "an": 1,
    "single": 1,
    "once": 1,
    "both": 2,
    "twice": 2,
    "half": 50,
    "all": 100,
    "normal": 1,  # "within normal limits" is once the upper limit of normal
}
LOOSE = re.compile(rf"\b(?:{'|'.join(LOOSE_WORDS)})\b", re.IGNORECASE)
RAISED = str.maketrans(dict.fromkeys(SUPERSCRIPTS, " "))
LINE_HYPHEN = re.compile(r"-\s*\n\s*")
# Converters cut decimals out of mathematics: "0$·01".
CUT_POINT = re.compile(r"(?<=\d)[ $]*·[ $]*(?=\d)")
POINTS = ".,·"
NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Failure:
    """A value that is not where its evidence says; `index` is None for `paper` and `trial`."""

    list: str
    index: int | None
    field: str
    value: Any
    problem: str

    def __str__(self) -> str:
        place = self.list if self.index is None else f"{self.list}[{self.index}]"
        stated = "" if self.value is None else f" = {self.value}"
        return f"{place}.{self.field}{stated}: {self.problem}" if self.field else f"{place}: {self.problem}"


@cache
def numbers_in(printed: str) -> frozenset[Decimal]:
    """Every number that a piece of text prints, in figures or words, read in each way it can be."""
    found: set[Decimal] = set()
    printed = CUT_POINT.sub(".", printed)
    for text in {fold(printed)} if printed.isascii() else {fold(printed), fold(printed.translate(RAISED))}:
        found.update(Decimal(number) for number in PLAIN.findall(text))
        found.update(Decimal(number.replace(",", "").replace(" ", "")) for number in GROUPED.findall(text))
        found.update(Decimal(number.replace(",", ".")) for number in COMMA.findall(text))
        found.update(power(number) for number in POWER.findall(text))
    words = (*WORDS.findall(printed), *WORD_RUN.findall(printed))
    found.update(Decimal(value) for word in words if (value := words_to_number(word)) is not None)
    found.update(Decimal(LOOSE_WORDS[word.lower()]) for word in LOOSE.findall(printed))
    return frozenset(found)


def power(printed: str) -> Decimal:
    """A number in scientific notation: `6.5 x 10-4`, `1e-5`."""
    match = SCIENTIFIC.match(printed.strip())
    if not match:
        return Decimal(re.sub(r"[^\d.eE-].*", "", printed))
    return Decimal(match[1]).scaleb(int(match[2].replace(" ", "")))


@cache
def labels_of(kind: str) -> Mapping[str, tuple[str, ...]]:
    """From the name of a curated term, in lower case, to all its labels."""
    try:
        return {term.name.casefold(): term.labels for term in terms(kind)}
    except FileNotFoundError:
        return {}


def stands(number: str, text: str) -> bool:
    """Whether a number stands in a text as it is, not as a part of a longer one."""
    start = text.find(number)
    while start >= 0:
        before, after = text[max(0, start - 1) : start], text[start + len(number) : start + len(number) + 2]
        whole = not before or (not before.isdigit() and before not in POINTS)
        if whole and not after[:1].isdigit() and not (after[:1] in POINTS and after[1:].isdigit()):
            return True
        start = text.find(number, start + 1)
    return False


@lru_cache(maxsize=64)
def letters(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return NO_LETTER.sub("", fold(text).casefold())


class Proof:
    """A paper's text, asked again and again what it prints."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[tuple[str, ...], bool] = {}

    @cached_property
    def words(self) -> str:
        """The text without case, punctuation and hyphens at line ends."""
        return folded(LINE_HYPHEN.sub("", self.text))

    @cached_property
    def joined(self) -> str:
        """The words without blanks."""
        return self.words.replace(" ", "")

    def quote(self, evidence: Iterable[Evidence]) -> str:
        """What is printed at the places."""
        return "\n\n".join(self.text[place.start : place.end] for place in evidence)

    def prints(self, names: tuple[str, ...]) -> bool:
        """Whether the paper prints one of the names of a thing, or all the words of one."""
        if names not in self._known:
            self._known[names] = self._prints(names)
        return self._known[names]

    def _prints(self, names: tuple[str, ...]) -> bool:
        for label in map(folded, names):
            if label in self.words or label.replace(" ", "") in self.joined:
                return True
            if len(label) > 3 and all(word.rstrip("s") in self.words for word in label.split()):
                return True
        return False

    def in_range(self, evidence: Iterable[Evidence]) -> bool:
        """Whether every place is a place of the text."""
        return all(0 <= place.start < place.end <= len(self.text) for place in evidence)


def verify(record: TrialRecord, text: str) -> tuple[str, ...]:
    """What of a record cannot be found again in the text that its offsets count in; empty when all is proven."""
    return tuple(str(failure) for failure in failures(record, text))


def failures(record: TrialRecord, text: str) -> tuple[Failure, ...]:
    """The same as data."""
    proof = Proof(text)
    found: list[Failure] = []
    for part in ("paper", "trial"):
        found.extend(_described(part, getattr(record, part), proof))
    synonyms = {drug.name: drug.synonyms for drug in record.drugs}
    for name in fact_lists():
        for index, fact in enumerate(getattr(record, name)):
            found.extend(_fact(name, index, fact, proof, synonyms))
    return tuple(found)


def keep_verified(record: TrialRecord, text: str) -> tuple[TrialRecord, tuple[Rejected, ...]]:
    """The record without what cannot be found again, and what was taken out."""
    bad = failures(record, text)
    if not bad:
        return record, ()
    update: dict[str, Any] = {}
    for name in fact_lists():
        wrong = {i: {f.field.split(".")[0] for f in bad if (f.list, f.index) == (name, i)} for i in _indices(bad, name)}
        if wrong:
            facts = (mended(fact, wrong.get(i)) for i, fact in enumerate(getattr(record, name)))
            update[name] = tuple(fact for fact in facts if fact is not None)
    for part in ("paper", "trial"):
        if fields := {failure.field.split(".")[0] for failure in bad if failure.list == part}:
            update[part] = _without(getattr(record, part), fields)
    return record.model_copy(update=update), tuple(_rejected(record, failure) for failure in bad)


def mended(fact: Fact, unproven: set[str] | None) -> Fact | None:
    """A fact without the spread or the total that was not found; None where what it says was not found."""
    if not unproven:
        return fact
    if not unproven <= ASIDE or (getattr(fact, "statistic", None) == "p_value" and "p_value" in unproven):
        return None
    return fact.model_copy(update=dict.fromkeys(unproven))


def _indices(bad: Iterable[Failure], name: str) -> set[int]:
    return {failure.index for failure in bad if failure.list == name and failure.index is not None}


def _without(part: Described, fields: set[str]) -> Described:
    empty = type(part)()
    update: dict[str, Any] = {name: getattr(empty, name) for name in fields if name in type(part).model_fields}
    for kept in ("evidence", "rules"):
        update[kept] = {name: value for name, value in getattr(part, kept).items() if name not in fields}
    return part.model_copy(update=update)


def _rejected(record: TrialRecord, failure: Failure) -> Rejected:
    owner = getattr(record, failure.list)
    if failure.index is None:
        field = failure.field.split(".")[0]
        return Rejected(owner.rules.get(field, ""), str(failure), NOT_FOUND, owner.evidence.get(field, ()))
    fact = owner[failure.index]
    return Rejected(fact.rule, str(failure), NOT_FOUND, fact.evidence)


def _described(part: str, owner: Described, proof: Proof) -> Iterator[Failure]:
    for name in type(owner).model_fields:
        value = getattr(owner, name)
        if name in Described.model_fields or value in (None, ()):
            continue
        evidence = owner.evidence.get(name, ())
        if problem := _misplaced(evidence, proof):
            yield Failure(part, None, name, None, problem)
            continue
        quote = proof.quote(evidence)
        yield from _values(part, None, {name: value}, quote, proof)


def _misplaced(evidence: tuple[Evidence, ...], proof: Proof) -> str | None:
    if not evidence:
        return "has no evidence"
    return None if proof.in_range(evidence) else "its evidence is outside the text"


def _fact(
    name: str, index: int, fact: Fact, proof: Proof, synonyms: Mapping[str, tuple[str, ...]]
) -> Iterator[Failure]:
    problem = _misplaced(fact.evidence, proof)
    if problem:
        if name not in COMPUTED or fact.evidence:
            yield Failure(name, index, "", None, problem)
        return
    if name in COMPUTED:
        return
    fields = {field: value for field, value in vars(fact).items() if value is not None and field not in ABOUT}
    yield from _values(name, index, fields, proof.quote(fact.evidence), proof)
    field, kind = NAMES.get(name, ("", ""))
    value = fields.get(field)
    if value and not _named(value, kind, fact, proof, synonyms):
        yield Failure(name, index, field, value, "the paper does not print this name")


def _named(name: str, kind: str, fact: Fact, proof: Proof, synonyms: Mapping[str, tuple[str, ...]]) -> bool:
    names = (name, *getattr(fact, "synonyms", ()), *synonyms.get(name, ()), *labels_of(kind).get(name.casefold(), ()))
    return proof.prints(names)


def _values(
    owner: str, index: int | None, fields: Mapping[str, Any], quote: str, proof: Proof, prefix: str = ""
) -> Iterator[Failure]:
    """The numbers and quoted text of some fields, nested ones too, that the quote does not print."""
    for name, value in fields.items():
        path = prefix + name
        if value is None or _asked(owner, path) == "nothing":
            continue
        if isinstance(value, (BaseModel, tuple)):
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, BaseModel):
                    yield from _values(owner, index, vars(item), quote, proof, f"{path}.")
        elif not _printed(owner, path, value, quote, proof):
            yield Failure(owner, index, path, value, "not printed in its evidence")


@cache
def _asked(owner: str, path: str) -> Literal["nothing", "letters", "numbers"]:
    """What of a field must be printed."""
    full = f"{owner}.{path}"
    if not DERIVED.isdisjoint((path, path.rpartition(".")[2], full)):
        return "nothing"
    return "letters" if full in QUOTED else "numbers"


def _printed(owner: str, path: str, value: Any, quote: str, proof: Proof) -> bool:
    if isinstance(value, str):
        return _asked(owner, path) != "letters" or letters(value) in letters(quote)
    if not isinstance(value, (int, Decimal)) or isinstance(value, bool):
        return True
    number = f"{abs(Decimal(value)):f}"
    return (
        stands(number, quote)
        or (path in CONTEXT and stands(number, proof.text))
        or _number(owner, path, Decimal(value), quote)
    )


def _number(owner: str, path: str, value: Decimal, quote: str) -> bool:
    printed = numbers_in(quote)
    if any(abs(value).scaleb(scale) in printed for scale in (0, *SCALES.get(owner, ()))):
        return True
    if owner == "statistics" and {1 - value, 100 - value, 1 - value / 100} & printed:
        return True  # a power printed as its complement: "a type II error of 0.10"
    return IMPLIED.get(f"{owner}.{path}") == value
