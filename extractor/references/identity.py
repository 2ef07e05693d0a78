"""Which references are the same work: one key a work, and the works of one or more lists merged with the reason."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ontology import regex as re
from ontology.record import Reference

DOI_LEAD = re.compile(r"^(?:https?://)?(?:(?:dx\.)?doi\.org/|doi:?\s*)", re.IGNORECASE)
LETTERS = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Work:
    """References to one work, from one or more lists; `reason` says what they share."""

    key: str
    references: tuple[Reference, ...]
    reason: str | None = None


def work_key(reference: Reference) -> str:
    """The work's key: its DOI, else its PMID, else first author, year, volume and first page, else title, else print."""
    return keys(reference)[0]


def keys(reference: Reference) -> list[str]:
    """Every key that a reference gives its work, the surest first."""
    found = []
    if reference.doi:
        found.append(f"doi:{DOI_LEAD.sub('', reference.doi.strip()).lower()}")
    if reference.pmid:
        found.append(f"pmid:{reference.pmid.strip().lstrip('0')}")
    author = folded(reference.authors[0].family) if reference.authors else ""
    if author and reference.year and reference.first_page:
        parts = (author, str(reference.year), folded(reference.volume or ""), folded(reference.first_page))
        found.append(f"work:{'/'.join(parts)}")
    if reference.title and (author or reference.year):
        found.append(f"title:{author}/{reference.year or ''}/{folded(reference.title)}")
    return found or [f"raw:{folded(reference.raw)}"]


def folded(text: str) -> str:
    """Small letters and digits without accents."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return LETTERS.sub("", plain.lower()) or LETTERS.sub("", text.lower()) or text.strip().lower()


def merge(references: Iterable[Reference]) -> tuple[Work, ...]:
    """The works of references in order of first mention; two are one where they share a key and no identifier differs."""
    works: list[tuple[list[Reference], str | None]] = []
    known: dict[str, int] = {}
    for reference in references:
        own = keys(reference)
        same = next((key for key in own if key in known and agree(reference, works[known[key]][0])), None)
        if same is None:
            works.append(([reference], None))
            place = len(works) - 1
        else:
            place = known[same]
            works[place] = ([*works[place][0], reference], f"same {same.split(':', 1)[0]}: {same.split(':', 1)[1]}")
        for key in own:
            known.setdefault(key, place)
    return tuple(Work(best_key(members), tuple(members), reason) for members, reason in works)


def agree(reference: Reference, members: list[Reference]) -> bool:
    """Whether no member has another DOI or another PMID than a reference."""
    return all(
        not (mine and theirs) or mine.lower() == theirs.lower()
        for member in members
        for mine, theirs in ((reference.doi, member.doi), (reference.pmid, member.pmid))
    )


def best_key(members: list[Reference]) -> str:
    """The surest key that any reference to a work gives."""
    order = ("doi", "pmid", "work", "title", "raw")
    return min((key for member in members for key in keys(member)), key=lambda key: order.index(key.split(":", 1)[0]))
