"""Identity: which things of different papers are one thing, why, and under which IRI.

An IRI is made of the content alone, so papers converted apart from each other meet in it. Every answer keeps its
reason; what cannot be told apart for certain stays apart.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extractor.references.identity import keys
from graph.namespaces import DATA, slug
from ontology.record import Cited, Paper, Reference, Registration
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
# Keys of a work, and what two works share that have one.
KEYS = {
    "work": "same first author, year, volume and first page",
    "doi": "same DOI",
    "pmid": "same PMID",
    "title": "same title, first author and year",
    "raw": "same print",
}
KEY_ORDER = tuple(KEYS)


@dataclass(frozen=True, slots=True)
class Identity:
    """A thing's IRI (no brackets), its label, the reason why it is this thing, and its identifier elsewhere."""

    iri: str
    label: str
    reason: str
    match: str | None = None
    exact: bool = False


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


def paper_reference(paper: Paper, sha256: str) -> Reference:
    """The paper itself as a reference to it would say; its input stands for the print."""
    return Reference(
        number=0,
        authors=tuple(Cited(family=author.family, given=author.given) for author in paper.authors),
        title=paper.title,
        year=paper.year,
        volume=paper.volume,
        first_page=re.split(r"[-–—]", paper.pages.strip())[0] if paper.pages else None,
        doi=paper.doi,
        pmid=paper.pmid,
        raw=sha256,
    )


def work(reference: Reference) -> Identity:
    """The node of a work: by its place in print where that is known (most references give it), else DOI, PMID, ..."""
    kind, rest = work_keys(reference)[0].split(":", 1)
    name = "-".join(map(slug, filter(None, rest.split("/")))) if kind == "work" else f"{kind}-{slug(rest)}"
    return Identity(f"{DATA}work/{name}", work_label(reference), KEYS[kind])


def work_keys(reference: Reference) -> list[str]:
    """Every key of a work, the one that most prints share first; titles and prints are cut to a digest."""
    found = sorted(keys(reference), key=lambda key: KEY_ORDER.index(key.split(":", 1)[0]))
    return [
        f"{kind}:{digest(rest)}" if kind in ("title", "raw") else f"{kind}:{rest}"
        for kind, rest in (key.split(":", 1) for key in found)
    ]


def work_label(reference: Reference) -> str:
    """A work as one says it: Smith 2019."""
    family = reference.authors[0].family if reference.authors else None
    words = [str(word) for word in (family, reference.year) if word]
    return " ".join(words) or reference.title or reference.doi or reference.raw


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits that stand for some texts."""
    data = "\x1f".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(data, digest_size=6).hexdigest()


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
    """Every folded label to its term; one that two terms share, or that needs its context, tells nothing."""
    if not files("ontology.terms").joinpath(f"{table}.tsv").is_file():
        return {}
    names = {_fold(term.name): term for term in terms(table)}
    found: dict[str, Term | None] = {}
    for term in terms(table):
        # What a table calls the common name is one, guarded or not: here the kind of thing is known.
        common = set(map(_fold, term.values("common")))
        for label in (set(map(_fold, term.synonyms)) - set(map(_fold, term.values("guarded")))) | common:
            found[label] = term if found.get(label, term) is term else None
    return {label: term for label, term in found.items() if term} | names


@cache
def _registries() -> dict[str, str]:
    return {_fold(label): term.name for term in terms("registries") for label in term.labels}


def registry_of(number: str) -> str:
    """The registry that a trial's number is of, by its form; empty where no curated registry has such numbers."""
    for term in terms("registries"):
        if (pattern := term.attributes.get("pattern")) and re.fullmatch(pattern, number.strip()):
            return term.name
    return ""
