"""The reference list of a JATS article: what is printed, and the fields as tagged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from corpus.document import Tagged
from corpus.draft import Draft
from corpus.readers.jats_inline import Element, add, local, text_of
from corpus.run import Run
from ontology import regex as re

WORKS = ("element-citation", "mixed-citation", "citation", "nlm-citation")
PEOPLE = ("name", "string-name", "collab")
AUTHOR_GROUPS = frozenset(("author", "allauthors"))
PUNCTUATED = re.compile(r"[.,;:]\s")
YEAR = re.compile(r"\b(?:18|19|20)\d\d")
DOI = re.compile(r"doi\.org/(10\.\S+)", re.IGNORECASE)
DOI_LEAD = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
ET_AL = re.compile(r",?\s*et al\.?$")
# An identifier that the archive added stands after no word that announces it.
ANNOUNCED = re.compile(r"(?:doi|pmid|pmcid|doi\.org/)[:.\s]*$", re.IGNORECASE)
XLINK = "{http://www.w3.org/1999/xlink}href"
FIELDS = {
    "article-title": "title",
    "chapter-title": "title",
    "source": "journal",
    "year": "year",
    "volume": "volume",
    "issue": "issue",
    "fpage": "first_page",
    "elocation-id": "first_page",
    "lpage": "last_page",
}


def places_of(article: Element) -> dict[str, int]:
    """The number of each reference by its id: the printed labels where they count 1 to n, else places in the list."""
    refs = list(references_of(article))
    numbers = [
        int(label) if (label := re.sub(r"\D", "", text_of(ref.find("label")))) else i for i, ref in refs_from(refs)
    ]
    if sorted(numbers) != list(range(1, len(refs) + 1)):
        numbers = list(range(1, len(refs) + 1))
    places = {ref.get("id") or f"#{i}": number for number, (i, ref) in zip(numbers, refs_from(refs), strict=True)}
    for number, ref in zip(numbers, refs, strict=True):
        for work in works_of(ref):  # some publishers give the works of one reference ids of their own
            places.setdefault(work.get("id") or "", number)
    return places


def refs_from(refs: list[Element]) -> Iterator[tuple[int, Element]]:
    """References with their places."""
    return enumerate(refs, 1)


def references_of(article: Element) -> Iterator[Element]:
    """The references that hold a work, in order."""
    for items in article.iter("ref-list"):
        yield from (ref for ref in items.iterchildren("ref") if works_of(ref))


def works_of(ref: Element) -> list[Element]:
    """The works of a reference."""
    return list(ref.iter(*WORKS))


def write_references(draft: Draft, items: Element, places: Mapping[str, int]) -> None:
    """One reference a line: number, text, identifiers that only the tags hold."""
    for ref in items.iterchildren("ref"):
        works = works_of(ref)
        number = places.get(ref.get("id") or "", len(draft.references) + 1)
        if works:
            write_reference(draft, number, works)


def write_reference(draft: Draft, number: int, works: list[Element]) -> None:
    """A reference and its fields; of several works under one number the first has the fields."""
    start = draft.write(f"{number}. ") + len(f"{number}. ")
    run = printed(works[0])
    for work in works[1:]:
        run.gap()
        run.add(printed(work).text)
    note = draft.put(run, "back", end="")
    text_start = draft.prose[note.index].start
    tagged = [Tagged(m.kind, m.value, text_start + m.start, text_start + m.end) for m in run.marks if m.kind != "cited"]
    tagged += write_identifiers(draft, works[0], run, {field.field for field in tagged})
    draft.add_reference(number, note, start, draft.size, fields(tagged))
    draft.write("\n")


def fields(found: list[Tagged]) -> list[Tagged]:
    """Each field once, authors apart; a book's source is its title, a page range that ends where it starts is one page."""
    names = {field.field for field in found}
    kept: dict[str, Tagged] = {}
    for field in found:
        if field.field == "journal" and "title" not in names and "volume" not in names:
            kept.setdefault("title", Tagged("title", field.value, field.start, field.end))
        elif field.field != "author":
            kept.setdefault(field.field, field)
    if "last_page" in kept and "first_page" in kept and kept["last_page"].value == kept["first_page"].value:
        del kept["last_page"]
    return [field for field in found if field.field == "author"] + list(kept.values())


def write_identifiers(draft: Draft, work: Element, run: Run, known: set[str]) -> list[Tagged]:
    """DOI and PMID: at their place in the print, or after it."""
    tagged: list[Tagged] = []
    for name, value in identifiers(work).items():
        if name in known:
            continue
        at = run.text.find(value)
        start = (
            draft.size - run.size + at if at >= 0 and not tagged else draft.write(f" {name}:{value}") + len(name) + 2
        )
        tagged.append(Tagged(name, value, start, start + len(value)))
    return tagged


def identifiers(work: Element) -> dict[str, str]:
    """DOI and PMID as the tags have them."""
    found = {node.get("pub-id-type"): text_of(node) for node in work.iter("pub-id")}
    for link in work.iter("ext-link", "uri"):
        if hit := DOI.search(f"{link.get(XLINK) or ''} {text_of(link)}"):
            found.setdefault("doi", hit[1])
    values = {"doi": DOI_LEAD.sub("", found.get("doi", "")).rstrip("."), "pmid": found.get("pmid", "")}
    return {name: value for name, value in values.items() if value}


# ---------------------------------------------------------------- what is printed


def printed(work: Element) -> Run:
    """The text of a work, its fields marked: the publisher's own punctuation, or ours where the tags stand bare."""
    run = own_print(work) if is_punctuated(work) else composed(work)
    run.sort_marks()
    return run


def is_punctuated(work: Element) -> bool:
    """Does a mixed citation stand as printed, rather than as tags side by side?"""
    if local(work) != "mixed-citation":
        return False
    own = (work.text or "") + "".join(child.tail or "" for child in work)
    names = list(work.iter("name", "string-name"))
    if not names and not len(work):
        return True
    return bool(PUNCTUATED.search(own)) and all((name.tail or "").strip() for name in names[:-1])


def own_print(work: Element) -> Run:
    """A mixed citation as it is, less the identifiers that the archive added."""
    run = Run()
    run.add(work.text)
    own_children(run, work)
    return run


def own_children(run: Run, node: Element) -> None:
    """Children with their fields marked, tails as they are."""
    for child in node:
        tag = local(child)
        if tag == "pub-id":
            if ANNOUNCED.search(run.text):
                kind, text = child.get("pub-id-type") or "pub-id", text_of(child)
                run.mark(kind, DOI_LEAD.sub("", text).rstrip("."), lambda text=text: run.add(text))  # type: ignore[misc]
        elif tag == "etal":
            run.mark("et_al", True, lambda child=child: run.add(child.text or et_al(child)))  # type: ignore[misc]
        elif tag in ("person-group", "name-alternatives"):
            run.add(child.text)
            own_children(run, child)
        else:
            mark_child(run, child)
        run.add(child.tail)


def et_al(node: Element) -> str:
    """`et al`, with its stop where none follows."""
    return "et al" if (node.tail or "").startswith(".") else "et al."


def mark_child(run: Run, child: Element) -> None:
    """A child with its field, if it is one."""
    field = field_of(child)
    if field is None:
        add(run, child, ())
    elif len(child):
        run.mark(field[0], field[1], lambda: add(run, child, ()))
    else:
        run.add_marked(field[0], field[1], child.text or "")


def field_of(node: Element) -> tuple[str, Any] | None:
    """(field, value) of a tag."""
    tag = local(node)
    if tag in ("name", "string-name", "collab"):
        value = person_of(node)
        return ("author", value) if value and is_author(node) else None
    if tag not in FIELDS:
        return None
    text = text_of(node).strip(" ,;")
    if tag == "year":
        year = YEAR.search(text)
        return ("year", int(year[0])) if year else None
    return (FIELDS[tag], text.rstrip(".") if tag.endswith("title") else text) if text else None


def person_of(node: Element) -> dict[str, str | None] | None:
    """{family, given}, or {collab} for a group."""
    if local(node) == "collab":
        name = ET_AL.sub("", text_of(node)).strip(" .,;")
        return {"collab": name} if name else None
    family = text_of(node.find("surname"))
    return {"family": family, "given": text_of(node.find("given-names")) or None} if family else None


def bare_name(node: Element, value: Mapping[str, str | None]) -> str:
    """A name as reference lists print it: family, initials, suffix."""
    parts = (value.get("family"), value.get("given"), text_of(node.find("suffix")), value.get("collab"))
    return " ".join(part for part in parts if part)


def is_author(node: Element) -> bool:
    """Is this name one of the authors, not an editor?"""
    group = next(node.iterancestors("person-group"), None)
    if group is not None:
        return (group.get("person-group-type") or "author") in AUTHOR_GROUPS
    work = next(node.iterancestors(*WORKS), None)
    return work is None or not any(
        (other.get("person-group-type") or "author") in AUTHOR_GROUPS for other in work.iter("person-group")
    )


# Parts of a composed reference: tag, punctuation before, punctuation after.
LAYOUT = {
    "article-title": (" ", ". "),
    "chapter-title": (" ", ". "),
    "part-title": (" ", ". "),
    "source": (" ", " "),
    "edition": (" ", ". "),
    "publisher-loc": (" ", ": "),
    "publisher-name": (" ", "; "),
    "conf-name": (" ", "; "),
    "year": (" ", ""),
    "volume": (";", ""),
    "issue": ("(", ")"),
    "supplement": ("(", ")"),
    "fpage": (":", ""),
    "elocation-id": (":", ""),
    "lpage": ("–", ""),
    "comment": (". ", ""),
    "ext-link": (". ", ""),
    "uri": (". ", ""),
}
BARE = ("etal", *LAYOUT)
INNER = frozenset(("comment", "source", "article-title"))


def composed(work: Element) -> Run:
    """A reference from bare tags, punctuated as the Vancouver style has it."""
    run = Run()
    parts = parts_of(work)
    for node in parts["people"]:
        run.add(", " if run.size else "")
        value = person_of(node)
        run.add_marked("author", value, bare_name(node, value)) if value else add(run, node, ())
    if "etal" in parts:
        run.add(", " if run.size else "")
        run.mark("et_al", True, lambda: run.add("et al"))
    run.add(". " if run.size else "")
    for tag, (lead, close) in LAYOUT.items():
        for node in parts.get(tag, ()):
            compose_part(run, node, lead, close)
    run.add("" if run.last == "." else ".")
    return run


def parts_of(work: Element) -> dict[str, list[Element]]:
    """The elements of a bare citation by tag, `people` its authors; what stands inside another part is that part's."""
    parts: dict[str, list[Element]] = {"people": []}
    groups = list(work.iter("person-group"))
    own = [group for group in groups if (group.get("person-group-type") or "author") in AUTHOR_GROUPS]
    editors = {node for group in groups for node in group.iter(*PEOPLE)} if groups and not own else set()
    parts["people"] += [node for scope in own or [work] for node in scope.iter(*PEOPLE) if node not in editors]
    for node in work.iter(*BARE):
        tag = local(node)
        if tag == "etal" or (tag in LAYOUT and local(node.getparent()) not in INNER and text_of(node)):  # type: ignore[arg-type]
            parts.setdefault(tag, []).append(node)
    return parts


def compose_part(run: Run, node: Element, lead: str, close: str) -> None:
    """One part of a reference; doubled stops are not set."""
    if run.size:
        run.add(lead)
    mark_child(run, node)
    run.add(close.lstrip(".") if run.last in ".?!" else close)
