"""The front of a JATS article: what its tags say of the paper, printed line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.draft import Draft
from corpus.readers.jats_inline import Element, local, run_of, text_of
from corpus.run import Mark, Run
from ontology import regex as re

XLINK = "{http://www.w3.org/1999/xlink}href"
MONTHS = "January February March April May June July August September October November December".split()
# A release date of the archive is not a date of publication.
NOT_PUBLISHED = frozenset("pmc-release nihms-submitted collection-release".split())
HISTORY = {"received": "Received", "accepted": "Accepted", "rev-recd": "Revised"}
DOI_URL = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
ADDRESS_PARTS = frozenset("institution addr-line country institution-wrap city state postal-code".split())


def write_front(draft: Draft, article: Element) -> None:
    """Title, authors, affiliations, journal, dates, identifiers, licence."""
    meta = article.find("front/article-meta")
    if meta is None:
        return
    write_title(draft, meta)
    write_authors(draft, meta)
    write_affiliations(draft, meta)
    write_correspondence(draft, meta)
    write_journal(draft, article, meta)
    write_dates(draft, meta)
    write_identifiers(draft, meta)
    write_licence(draft, meta)


def write_title(draft: Draft, meta: Element) -> None:
    """The title, then its subtitle."""
    run = run_of(meta.find("title-group/article-title"), skip=("fn", "xref"))
    subtitle = text_of(meta.find("title-group/subtitle"), skip=("fn", "xref"))
    if subtitle:
        run.add(": " if run.text[-1:].isalnum() else " ")
        run.add(subtitle)
    if run.text:
        note = draft.put(run, "title")
        start = draft.prose[note.index].start
        draft.tag("title", run.text, start, start + run.size)


# ---------------------------------------------------------------- authors


def write_authors(draft: Draft, meta: Element) -> None:
    """Authors on one line, each with the labels of the affiliations."""
    places = {aff.get("id"): aff for aff in meta.iter("aff") if aff.get("id")}
    run = Run()
    for contrib in contributors(meta):
        run.add(", " if run.size else "")
        name, value = author(contrib, meta, places)
        run.mark("author", value, lambda name=name: run.add(name))  # type: ignore[misc]
        run.add(labels(contrib, places))
    if run.text:
        note = draft.put(run, "front")
        start = draft.prose[note.index].start
        for mark in run.marks:
            draft.tag("author", mark.value, start + mark.start, start + mark.end)


def contributors(meta: Element) -> Iterator[Element]:
    """The authors' elements; members of a group that is an author are not authors of the paper."""
    for group in meta.iter("contrib-group"):
        if next(group.iterancestors("collab"), None) is not None:
            continue
        for contrib in group.iterchildren("contrib"):
            if contrib.get("contrib-type", "author") == "author":
                yield contrib


def author(contrib: Element, meta: Element, places: dict[str | None, Element]) -> tuple[str, dict[str, Any]]:
    """An author's printed name and value."""
    family = next(contrib.iter("surname"), None)
    if family is None:
        name = text_of(next(contrib.iter("collab"), None), skip=("contrib-group",))
        return name, {"collab": name, "affiliations": affiliations(contrib, meta, places)}
    given = text_of(next(contrib.iter("given-names"), None))
    suffix = text_of(next(contrib.iter("suffix"), None))
    last = text_of(family)
    value = {"family": last, "given": given or None, "affiliations": affiliations(contrib, meta, places)}
    return " ".join(part for part in (given, last, suffix) if part), value


def affiliations(contrib: Element, meta: Element, places: dict[str | None, Element]) -> list[str]:
    """Where an author works: by cross-reference, inside the author, or the only one of the paper."""
    named = [places[rid] for rid in affiliation_ids(contrib) if rid in places] + list(contrib.iterchildren("aff"))
    if not named and not any(affiliation_ids(other) for other in contributors(meta)):
        every = list(meta.iter("aff"))
        named = every if len(every) == 1 else []
    return [address(aff)[1] for aff in named]


def affiliation_ids(contrib: Element) -> list[str]:
    """The ids of an author's affiliations, in order."""
    return [
        rid
        for xref in contrib.iterchildren("xref")
        if xref.get("ref-type") == "aff"
        for rid in xref.get("rid", "").split()
    ]


def labels(contrib: Element, places: dict[str | None, Element]) -> str:
    """The labels of an author's affiliations as a superscript."""
    found = [address(places[rid])[0] for rid in affiliation_ids(contrib) if rid in places]
    text = ",".join(dict.fromkeys(label for label in found if label))
    return script(text)


def script(label: str) -> str:
    """A label as the print raises it."""
    if not label:
        return ""
    run = Run()
    run.script(lambda: run.add(label))
    return run.text


def address(aff: Element) -> tuple[str, str]:
    """An affiliation's label and its text, parts without punctuation between them joined by commas."""
    label = next((child for child in aff if local(child) in ("label", "sup")), None)
    run = Run.of(aff.text or "")
    for child in aff:
        if child is not label:
            if local(child) in ADDRESS_PARTS and run.size and run.text[-1] not in ",;.:":
                run.add(", ")
            run.add(text_of(child) + (" " if local(child) in ADDRESS_PARTS else ""))
        run.add(child.tail)
    return text_of(label).strip(" ().[]"), re.sub(r"\s+(?=[,;.])", "", run.text).strip(" ,;")


def write_affiliations(draft: Draft, meta: Element) -> None:
    """One affiliation a line."""
    seen = False
    for aff in meta.iter("aff"):
        label, text = address(aff)
        if text:
            draft.put_tagged("affiliation", text, text, lead=f"{script(label)} " if label else "")
            seen = True
    draft.write("\n" if seen else "")


def write_correspondence(draft: Draft, meta: Element) -> None:
    """Whom to write to, and the notes on the authors."""
    notes = meta.find("author-notes")
    for note in notes if notes is not None else ():
        run = run_of(note, skip=("label", "title"))
        if local(note) == "corresp" and run.text:
            draft.put_tagged("correspondence", run.text, run.text, end="\n\n")
        elif local(note) in ("fn", "p") and run.text:
            draft.put(run, "front")
    if notes is None or notes.find("corresp") is None:
        for mail in meta.findall(".//contrib[@corresp='yes']//email"):
            draft.put_tagged("correspondence", text_of(mail), text_of(mail), end="\n\n")


# ---------------------------------------------------------------- journal, dates, identifiers, licence


def write_journal(draft: Draft, article: Element, meta: Element) -> None:
    """Journal year;volume(issue):pages."""
    run = Run()
    tags = journal_fields(article, meta)
    for lead, name, value, closing in tags:
        if value:
            run.add(lead if run.size else "")
            run.mark(name, value, lambda value=value: run.add(str(value)))  # type: ignore[misc]
            run.add(closing)
    if run.text:
        note = draft.put(run, "front", end="\n")
        put_tags(draft, run.marks, draft.prose[note.index].start)


def put_tags(draft: Draft, marks: list[Mark], start: int) -> None:
    """Tag the marks of a run written at `start`."""
    for mark in marks:
        draft.tag(mark.kind, mark.value, start + mark.start, start + mark.end)


def journal_fields(article: Element, meta: Element) -> list[tuple[str, str, Any, str]]:
    """(punctuation before, field, value, punctuation after) of the journal line."""
    journal = text_of(next(article.iter("journal-title"), None)) or text_of(next(article.iter("journal-id"), None))
    first, last = text_of(meta.find("fpage")), text_of(meta.find("lpage"))
    pages = first or text_of(meta.find("elocation-id"))
    if first and last and last != first:
        pages = f"{first}-{last}"
    years = [date[0] for date in publication_dates(meta)]
    return [
        ("", "journal", journal, ""),
        (" ", "year", int(min(years)) if years else None, ""),
        ("; ", "volume", text_of(meta.find("volume")), ""),
        ("(", "issue", text_of(meta.find("issue")), ")"),
        (": ", "pages", pages, ""),
    ]


def publication_dates(meta: Element) -> list[tuple[str, ...]]:
    """(year, month, day), cut to what is tagged, of each date of publication."""
    found = [
        date_parts(date)
        for date in meta.findall("pub-date")
        if (date.get("pub-type") or date.get("date-type")) not in NOT_PUBLISHED
    ]
    return [date for date in found if date]


def date_parts(date: Element) -> tuple[str, ...]:
    """(year, month, day) as digits, cut at the first that is missing."""
    year, month, day = (text_of(date.find(name)) for name in ("year", "month", "day"))
    if month.isalpha():
        month = next((str(i) for i, name in enumerate(MONTHS, 1) if name[:3] == month[:3].capitalize()), "")
    parts: list[str] = []
    for value, most in ((year, 9999), (month, 12), (day, 31)):
        if not value.isdigit() or not 0 < int(value) <= most:
            break
        parts.append(value.zfill(2))
    return tuple(parts)


def printed_date(parts: tuple[str, ...]) -> str:
    """A date as prints have it: 21 October 2010."""
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


def write_dates(draft: Draft, meta: Element) -> None:
    """Received, accepted, published."""
    for date in meta.findall("history/date"):
        name, parts = date.get("date-type", ""), date_parts(date)
        if name in HISTORY and parts:
            draft.put_tagged(name, "-".join(parts), printed_date(parts), lead=f"{HISTORY[name]}: ")
    dates = publication_dates(meta)
    if dates:
        # The first day of publication; of dates in one year the most exact.
        parts = min(dates, key=lambda date: (date[0], -len(date), date))
        draft.put_tagged("published", "-".join(parts), printed_date(parts), lead="Published: ")


def write_identifiers(draft: Draft, meta: Element) -> None:
    """DOI, PMID, PMCID."""
    found = {node.get("pub-id-type"): text_of(node) for node in meta.findall("article-id")}
    pmc = found.get("pmcid") or found.get("pmc") or ""
    values = {
        "doi": DOI_URL.sub("", found.get("doi", "")),
        "pmid": found.get("pmid", ""),
        "pmcid": f"PMC{pmc.upper().removeprefix('PMC')}" if pmc else "",
    }
    for name, value in values.items():
        if value:
            draft.put_tagged(name, value, value, lead=f"{name}: ")


def write_licence(draft: Draft, meta: Element) -> None:
    """Copyright and licence; its value is the address where one is tagged."""
    permissions = meta.find("permissions")
    if permissions is None:
        return
    statement = run_of(permissions.find("copyright-statement"))
    if statement.text:
        draft.put(statement, "front", end="\n")
    licence = permissions.find("license")
    if licence is None:
        return
    address_ = licence_address(licence)
    text = text_of(licence)
    if text:
        draft.put_tagged("licence", address_ or text, text)
    if address_ and address_ not in text:
        draft.put_tagged("licence", address_, address_, lead="Licence: ")
    draft.write("\n")


def licence_address(licence: Element) -> str | None:
    """The address of a licence: of Creative Commons before any other."""
    links = [licence.get(XLINK)]
    links += [
        node.get(XLINK) or text_of(node) for node in licence.iter() if local(node) in ("ext-link", "uri", "license_ref")
    ]
    found = [link for link in links if link]
    return next((link for link in found if "creativecommons" in link), found[0] if found else None)
