"""Identity: which things of different papers are one thing, why, and under which IRI.

An IRI is made of the content alone, so papers converted apart from each other meet in it. Every answer keeps its
reason; what cannot be told apart for certain stays apart.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.namespaces import DATA, slug
from ontology.record import Author, Cited, Paper, Reference, Registration
from ontology.terms import Term, terms

# Kinds of shared concepts, and the curated table of each.
TABLES = {
    "drug": "drugs",
    "condition": "conditions",
    "endpoint": "endpoints",
    "event": "events",
    "marker": "biomarkers",
}
# Salts, esters and hydrates: the drug under them is the same where the curated table knows it.
SALTS = frozenset(
    "acetate besilate besylate bitartrate bromide calcium chloride citrate dihydrate dihydrochloride dimaleate "
    "disodium ditosylate esylate fumarate gluconate hemihydrate hydrate hydrobromide hydrochloride lactate magnesium "
    "malate maleate medoxomil mesilate mesylate monohydrate nitrate phosphate potassium sodium succinate sulfate "
    "sulphate tartrate tosilate tosylate trihydrate trometamol".split()
)
FEWEST_TITLE_WORDS = 4
NOT_LETTERS = re.compile(r"[\W\d_]+")
NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """A thing's IRI (no brackets), its label, the reason why it is this thing, and its identifier elsewhere."""

    iri: str
    label: str
    reason: str
    match: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """What tells a published work: from a reference or from the paper itself."""

    family: str | None
    year: int | None
    volume: str | None
    first_page: str | None
    doi: str | None
    pmid: str | None
    title: str | None
    printed: str

    @property
    def label(self) -> str:
        """The work as one says it: Rini 2019."""
        words = [str(word) for word in (self.family, self.year) if word]
        return " ".join(words) or self.title or self.doi or self.printed


def concept(kind: str, name: str, stated: str | None = None) -> Identity:
    """The shared concept of a name: the curated term that has it as a label, else the name itself."""
    found = _term(kind, name)
    if found is None:
        return Identity(f"{DATA}{kind}/{slug(_fold(name))}", name, "same name", stated, exact=False)
    term, reason = found
    match = term.concept or stated
    exact = match is not None and match == term.concept and reason != "salt of a curated term"
    return Identity(f"{DATA}{kind}/{slug(_fold(term.name))}", term.name, reason, match, exact)


def registered_trial(registration: Registration) -> Identity:
    """The trial behind a registry number."""
    registry = _registries().get(_fold(registration.registry), registration.registry)
    number = re.sub(r"\s+", "", registration.id).upper()
    return Identity(f"{DATA}trial/{slug(registry)}/{slug(number)}", number, "same registry number")


def work_of_reference(reference: Reference) -> Work:
    """A cited work as its reference describes it."""
    return Work(
        family=_first_family(reference.authors),
        year=reference.year,
        volume=reference.volume,
        first_page=reference.first_page,
        doi=reference.doi,
        pmid=reference.pmid,
        title=reference.title,
        printed=reference.raw,
    )


def work_of_paper(paper: Paper, sha256: str) -> Work:
    """The paper itself as a work."""
    return Work(
        family=_first_family(paper.authors),
        year=paper.year,
        volume=paper.volume,
        first_page=re.split(r"[-–—]", paper.pages.strip())[0] if paper.pages else None,
        doi=paper.doi,
        pmid=paper.pmid,
        title=paper.title,
        printed=sha256,
    )


def identify(work: Work) -> Identity:
    """The node of a work: by its place in print where that is whole, else by DOI, PMID, title, print."""
    key, reason = next(keys(work))
    return Identity(f"{DATA}work/{key}", work.label, reason)


def keys(work: Work) -> Iterator[tuple[str, str]]:
    """Every key of a work with its reason, the one that most prints share first."""
    family = NOT_LETTERS.sub("", _plain(work.family or ""))
    if family and work.year and work.volume and work.first_page:
        place = "-".join(
            slug(str(part)) for part in (family, work.year, _plain(work.volume), _plain(work.first_page))
        )
        yield place, "same first author, year, volume and first page"
    if work.doi:
        yield f"doi-{slug(normal_doi(work.doi))}", "same DOI"
    if work.pmid:
        yield f"pmid-{slug(work.pmid)}", "same PMID"
    words = NOT_WORDS.sub(" ", _plain(work.title or "")).split()
    if len(words) >= FEWEST_TITLE_WORDS and (family or work.year):
        yield f"title-{digest(family, str(work.year), *words)}", "same title, first author and year"
    yield f"print-{digest(work.printed)}", "same print"


def normal_doi(doi: str) -> str:
    """A DOI in small letters without its resolver."""
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi.strip().lower())


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits that stand for some texts."""
    data = "\x1f".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(data, digest_size=6).hexdigest()


def _first_family(authors: tuple[Author | Cited, ...]) -> str | None:
    return authors[0].family if authors else None


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _term(kind: str, name: str) -> tuple[Term, str] | None:
    labels = _labels(TABLES[kind])
    folded = _fold(name)
    if term := labels.get(folded):
        return term, "same name" if _fold(term.name) == folded else "synonym of a curated term"
    words = folded.split()
    while kind == "drug" and len(words) > 1 and words[-1] in SALTS:
        words.pop()
        if term := labels.get(" ".join(words)):
            return term, "salt of a curated term"
    return None


@cache
def _labels(table: str) -> dict[str, Term]:
    """Every folded label to its term; a label that two terms share tells nothing, unless it is the name of one."""
    if not files("ontology.terms").joinpath(f"{table}.tsv").is_file():
        return {}
    names = {_fold(term.name): term for term in terms(table)}
    found: dict[str, Term | None] = {}
    for term in terms(table):
        for label in map(_fold, term.synonyms):
            found[label] = term if found.get(label, term) is term else None
    return {label: term for label, term in found.items() if term} | names


@cache
def _registries() -> dict[str, str]:
    return {_fold(label): term.name for term in terms("registries") for label in term.labels}
