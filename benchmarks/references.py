"""How well reference lists are read: fields and whole references of the development papers, AnyStyle's core set, speed.

    python benchmarks/references.py [--misses FIELD] [--shared DIR] [--form raw|text|pdf|jats]

Values are compared with case, spaces and punctuation folded; a last page is compared in full; what a printed form
does not hold (an issue that its style leaves out) is not asked for, and references that the publisher left untagged
are left out. `refextract` is measured beside it where it is installed.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from extractor.references import parse_list, parse_text, whole
from ontology.record import Reference

FIELDS = ("authors", "title", "journal", "year", "volume", "issue", "first_page", "last_page", "doi", "pmid")
OPENING = 24
WITH_ISSUE = ("vancouver", "bmc")
Counts = dict[str, Counter[str]]


def fold(value: object) -> str:
    text = unicodedata.normalize("NFKC", str(value or "").lower())
    return "".join(character for character in text if character.isalnum())


def names(authors: Sequence[Mapping[str, Any]]) -> str:
    return "|".join(
        fold(author.get("collab") or author.get("family"))
        + ":"
        + fold((author.get("given") or "") + (author.get("suffix") or ""))
        for author in authors
    )


def tagged(truth: Mapping[str, Any]) -> dict[str, str]:
    """What the tags of a reference hold."""
    wanted = {field: fold(truth.get(field)) for field in FIELDS if field != "authors" and truth.get(field)}
    if "last_page" in wanted and (last := whole(truth["first_page"], truth["last_page"])):
        wanted["last_page"] = fold(last)
    authors = [{**author, "suffix": ""} for author in truth["authors"]]
    return wanted | ({"authors": names(authors)} if authors else {})


def expected(truth: Mapping[str, Any], style: str) -> dict[str, str]:
    """What the printed form of a reference holds."""
    raw = fold(truth["raw"])
    wanted = {field: fold(truth.get(field)) for field in FIELDS if field != "authors"}
    wanted = {field: value for field, value in wanted.items() if value and value in raw}
    if not truth["as_published"] and style not in WITH_ISSUE:
        wanted.pop("issue", None)
    if "last_page" in wanted:
        wanted["last_page"] = fold(whole(truth["first_page"], truth["last_page"]))
    shown = 1 if style == "nature" and truth["et_al"] and not truth["as_published"] else truth["authors_printed"]
    if printed := truth["authors"][:shown]:
        wanted["authors"] = names(printed)
    return wanted


def found(reference: Reference) -> dict[str, str]:
    values = {field: fold(getattr(reference, field)) for field in FIELDS if field != "authors"}
    values["authors"] = names([author.model_dump() for author in reference.authors])
    return {field: value for field, value in values.items() if value}


def count(counts: Counts, wanted: Mapping[str, str], got: Mapping[str, str], fields: Sequence[str] = FIELDS) -> bool:
    """Add the fields of one reference; whether all of them are right."""
    for field in fields:
        right = field in wanted and wanted.get(field) == got.get(field)
        counts[field].update(tp=right, fp=field in got and not right, fn=field in wanted and not right)
    return all(wanted.get(field) == got.get(field) for field in fields)


def f1(counter: Mapping[str, int]) -> float:
    return 2 * counter["tp"] / max(1, 2 * counter["tp"] + counter["fp"] + counter["fn"])


def report(title: str, counts: Counts, whole_right: int, total: int) -> None:
    micro: Counter[str] = sum(counts.values(), Counter())
    print(
        f"\n{title}: micro-F1 {f1(micro):.4f}, whole references {whole_right}/{total} = {whole_right / max(1, total):.3f}"
    )
    print("  " + "  ".join(f"{field} {f1(counter):.3f}" for field, counter in counts.items()))


def papers(shared: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    for path in sorted((shared / "papers").glob("*/truth.json")):
        yield path.parent, json.loads(path.read_text(encoding="utf-8"))


def references_of(folder: Path, truth: Mapping[str, Any], form: str) -> Sequence[Reference]:
    """The references of a paper: from its raw strings, or from a file through its reader."""
    if form == "raw":
        return parse_text([reference["raw"] for reference in truth["references"]])
    from corpus.detect import read_paper

    name = {"text": "paper.txt", "pdf": "pdftotext.txt", "jats": "paper.nxml"}[form]
    return parse_list(read_paper(folder / name).references)


def numbered(truth: Mapping[str, Any]) -> bool:
    """Whether the list prints its numbers: author-year papers do not."""
    return not any(citation["style"] == "author-year" for citation in truth["citations"])


def measure_papers(shared: Path, form: str, misses: str | None) -> None:
    counts: Counts = {field: Counter() for field in FIELDS}
    whole_right = total = 0
    by_style: dict[str, list[bool]] = {}
    for folder, truth in papers(shared):
        read = references_of(folder, truth, form)
        by_number = {reference.number: reference for reference in read}
        # A list without numbers is matched by how its items begin: one lost item must not make all that follow wrong.
        by_opening = (
            {}
            if numbered(truth) or form in ("raw", "jats")
            else {fold(reference.raw)[:OPENING]: reference for reference in read}
        )
        for place, item in enumerate(truth["references"], 1):
            if not item["title"]:
                continue
            reference = by_number.get(place if form == "raw" else item["number"])
            reference = by_opening.get(fold(item["raw"])[:OPENING], None if by_opening else reference)
            wanted = tagged(item) if form == "jats" else expected(item, truth["reference_style"])
            got = found(reference) if reference else {}
            right = count(counts, wanted, got)
            total, whole_right = total + 1, whole_right + right
            by_style.setdefault(truth["reference_style"], []).append(right)
            if misses and (misses == "any" or wanted.get(misses) != got.get(misses)) and not right:
                show(folder.name, item, wanted, got)
    report(f"development papers, {form}", counts, whole_right, total)
    print("  " + "  ".join(f"{style} {sum(rights) / len(rights):.3f}" for style, rights in sorted(by_style.items())))


def show(paper: str, item: Mapping[str, Any], wanted: Mapping[str, str], got: Mapping[str, str]) -> None:
    print(f"{paper} {item['number']}: {item['raw'][:400]}")
    for field in FIELDS:
        if wanted.get(field) != got.get(field):
            print(f"      {field}: wanted {wanted.get(field)!r}, got {got.get(field)!r}")


# ---------------------------------------------------------------- the same works in more styles

# How a style prints a person, joins persons, and sets the whole; {a} authors, {t} title, {j} journal, {y} year,
# {v} volume, {i} "(issue)", {p} first-last page, {s} first-short last page.
MORE_STYLES: dict[str, tuple[str, str, str, str]] = {
    "ama": ("{family} {run}", ", ", ", et al", "{a}. {t}. *{j}*. {y};{v}{i}:{p}."),
    "lancet": ("{family} {run}", ", ", ", et al", "{a}. {t}. *{j}* {y}; **{v}:** {s}."),
    "annals": ("{family} {run}", ", ", ", et al", "{a}. {t}. {j}. {y} Mar 4;{v}{i}:{s}. [PMID: 12345678]"),
    "asco": ("{family} {run}", ", ", ", et al", "{a}: {t}. {j} {v}:{p}, {y}"),
    "asm": ("{family} {run}", ", ", ", et al", "{a}. {y}. {t}. {j} {v}:{p}."),
    "springer": ("{family} {run}", ", ", ", et al", "{a} ({y}) {t}. {j} {v}{i}:{p}"),
    "apa": ("{family}, {dotted}", ", ", ", et al", "{a} ({y}). {t}. *{j}*, *{v}*{i}, {p}."),
    "elsevier": ("{run_dotted} {family}", ", ", ", et al.", "{a}, {t}, {j}. {v} ({y}) {p}."),
    "cell": ("{family}, {dotted}", ", ", ", et al.", "{a} ({y}). {t}. {j} *{v}*, {p}."),
    "ieee": ("{dotted} {family}", ", ", ", et al.", "{a}, “{t},” *{j}*, vol. {v}, no. {n}, pp. {p}, {y}."),
    "mdpi": ("{family}, {run_dotted}", "; ", "; et al", "{a}. {t}. *{j}* **{y}**, *{v}*, {p}."),
    "thieme": ("{family} {run}", ", ", " et al", "{a}. {t}. {j} {y}; {v}: {p}"),
    "hindawi": ("{dotted} {family}", ", ", ", et al.", "{a}, “{t},” {j}, vol. {v}, pp. {p}, {y}."),
    "karger": ("{family} {run}", ", ", ", et al", "{a}: {t}. {j} {y};{v}:{p}."),
    "frontiers": ("{family} {run}", ", ", ", et al", "{a}. {t}. {j} ({y}) {v}{i}:{s}."),
    "taylor": ("{family} {run}", ", ", ", et al", "{a}. {t}. {j}. {y};{v}{i}:{p}."),
}


def composed(truth: Mapping[str, Any], style: tuple[str, str, str, str]) -> tuple[str, dict[str, str]]:
    """A journal article in a style, and what is printed of it."""
    person, join, more, layout = style
    people = [person.format(**initials(author)) for author in truth["authors"][:6]]
    cut = more if len(truth["authors"]) > 6 else ""
    number = {"i": f"({truth['issue']})", "n": truth["issue"]} if truth["issue"] else {"i": "", "n": "1"}
    first, last = truth["first_page"], whole(truth["first_page"], truth["last_page"])
    pages = {"p": f"{first}–{last}" if last else first, "s": f"{first}–{truth['last_page']}" if last else first}
    raw = layout.format(
        a=join.join(people) + cut, t=truth["title"], j=truth["journal"].rstrip("."), y=truth["year"], v=truth["volume"],
        **number, **pages,
    )  # fmt: skip
    raw = raw.replace("?.", "?").replace("..", ".").replace("vol. 1, no. 1, ", "vol. 1, ")
    wanted = {field: fold(truth.get(field)) for field in ("title", "journal", "year", "volume", "issue", "first_page")}
    if not truth["issue"] or not ("{i}" in layout or "{n}" in layout):
        wanted.pop("issue")
    wanted |= {"last_page": fold(last)} if last else {}
    return raw, wanted | {"authors": names([{**author, "suffix": ""} for author in truth["authors"][:6]])}


def initials(author: Mapping[str, str]) -> dict[str, str]:
    letters = re.findall(r"[^\W\d_a-z]", author["given"])
    dotted = [f"{letter}." for letter in letters]
    return {
        "family": author["family"],
        "run": "".join(letters),
        "dotted": " ".join(dotted),
        "run_dotted": "".join(dotted),
    }


def is_plain(truth: Mapping[str, Any]) -> bool:
    """An article of persons with all that a style prints; issues only as plain numbers."""
    fields = ("title", "journal", "year", "volume", "first_page")
    persons = truth["authors"] and all(author.get("given") and "suffix" not in author for author in truth["authors"])
    upper = persons and all(re.fullmatch(r"[^\W\d_a-z .]+", author["given"]) for author in truth["authors"])
    plain = truth["volume"] and truth["volume"].isdigit() and (not truth["issue"] or truth["issue"].isdigit())
    return bool(upper and plain and all(truth[field] for field in fields))


def measure_styles(shared: Path, misses: str | None) -> None:
    lists = [[item for item in truth["references"] if is_plain(item)] for _, truth in papers(shared)]
    print("\nthe same works in more styles: micro-F1, whole references")
    for name, style in MORE_STYLES.items():
        counts: Counts = {field: Counter() for field in FIELDS if field not in ("doi", "pmid")}
        rights: list[bool] = []
        for items in filter(None, lists):
            pairs = [composed(item, style) for item in items]
            for (raw, wanted), reference in zip(pairs, parse_text([raw for raw, _ in pairs]), strict=True):
                got = found(reference)
                if name == "ieee" and "issue" not in wanted:
                    got.pop("issue", None)
                rights.append(count(counts, wanted, got, list(counts)))
                if misses in (name, "any") and not rights[-1]:
                    show(name, {"number": "", "raw": raw}, wanted, got)
        micro: Counter[str] = sum(counts.values(), Counter())
        fields = "  ".join(f"{field} {f1(counter):.3f}" for field, counter in counts.items())
        print(f"  {name:10} {f1(micro):.4f} {sum(rights) / len(rights):.3f}   {fields}")


# ---------------------------------------------------------------- AnyStyle's core set

CORE = ("author", "title", "journal", "date", "volume", "pages")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
NUMBER = re.compile(r"[A-Za-z]*\d+")


def core_wanted(sequence: ElementTree.Element) -> dict[str, str]:
    parts: dict[str, str] = {}
    for child in sequence:
        name = "journal" if child.tag == "container-title" else child.tag
        parts[name] = f"{parts[name]} {child.text or ''}" if name in parts else child.text or ""
    return core_folded(parts)


def core_folded(parts: Mapping[str, str]) -> dict[str, str]:
    """Names as the set of their words, dates as the year, volume (with issue) and pages as their numbers."""
    journal = re.sub(r"^in:?\s+", "", parts.get("journal", "").strip(), flags=re.IGNORECASE)
    values = {"title": fold(parts.get("title")), "journal": fold(journal)}
    words = re.findall(r"\w{2,}", parts.get("author", "").lower().replace("et al", " "))
    values["author"] = " ".join(sorted(word for word in words if word not in ("and", "et", "und", "others")))
    values["date"] = next(iter(YEAR.findall(parts.get("date", ""))), "")
    values["volume"] = " ".join(NUMBER.findall(parts.get("volume", ""))).lower()
    values["pages"] = " ".join(NUMBER.findall(parts.get("pages", ""))).lower()
    return {field: value for field, value in values.items() if value}


def core_found(reference: Reference) -> dict[str, str]:
    pages = f"{reference.first_page or ''} {reference.last_page or ''}"
    parts = {
        "author": " ".join(f"{author.given or ''} {author.family}" for author in reference.authors),
        "title": reference.title or "",
        "journal": reference.journal or "",
        "date": str(reference.year or ""),
        "volume": f"{reference.volume or ''} {reference.issue or ''}",
        "pages": pages,
    }
    return core_folded(parts)


def expand_pages(values: dict[str, str]) -> dict[str, str]:
    pages = values.get("pages", "").split()
    if len(pages) == 2:
        values["pages"] = f"{pages[0]} {whole(*pages) or pages[1]}"
    return values


def measure_core(shared: Path, misses: str | None, name: str = "core.xml") -> None:
    sequences = list(ElementTree.parse(shared / "benchmarks" / "references" / name).getroot())  # noqa: S314
    journals = {"all": lambda _: True, "with journal, volume and pages": is_article}
    for title, chosen in journals.items():
        counts: Counts = {field: Counter() for field in CORE}
        whole_right = total = 0
        for sequence in filter(chosen, sequences):
            raw = " ".join(child.text or "" for child in sequence)
            wanted, got = expand_pages(core_wanted(sequence)), expand_pages(core_found(parse_text([raw])[0]))
            right = count(counts, wanted, got, CORE)
            total, whole_right = total + 1, whole_right + right
            if misses and title != "all" and not right and (misses == "any" or wanted.get(misses) != got.get(misses)):
                print(raw[:300])
                for field in CORE:
                    if wanted.get(field) != got.get(field):
                        print(f"      {field}: wanted {wanted.get(field)!r}, got {got.get(field)!r}")
        report(f"{name}, {title}", counts, whole_right, total)


def is_article(sequence: ElementTree.Element) -> bool:
    labels = {child.tag for child in sequence}
    return labels >= {"author", "title", "journal", "volume", "pages", "date"}


# ---------------------------------------------------------------- speed


def measure_speed(shared: Path) -> None:
    lists = [[item["raw"] for item in truth["references"]] for _, truth in papers(shared)]
    references = sum(map(len, lists))
    parse_text(lists[0])
    elapsed = min(seconds(lists) for _ in range(3))
    print(
        f"\nspeed: {references} references in {elapsed * 1000:.0f} ms, 40 references in {40 * elapsed / references * 1000:.1f} ms"
    )


def seconds(lists: Sequence[Sequence[str]]) -> float:
    start = time.process_time()
    for lines in lists:
        parse_text(lines)
    return time.process_time() - start


def measure_refextract(shared: Path) -> None:
    try:
        from refextract import extract_references_from_string  # type: ignore[import-not-found]
    except ImportError:
        return
    lines = [item["raw"] for _, truth in papers(shared) for item in truth["references"]][:200]
    start = time.perf_counter()
    years = sum(bool(read.get("year")) for line in lines for read in extract_references_from_string(line))
    print(f"refextract: {years}/{len(lines)} years in {(time.perf_counter() - start) * 1000:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--form", choices=("raw", "text", "pdf", "jats"), action="append")
    parser.add_argument("--misses", help="print references where this field is wrong, or any")
    parser.add_argument("--core-misses", help="the same for the core set")
    parser.add_argument("--style-misses", help="the same for one of the other styles")
    arguments = parser.parse_args()
    for form in arguments.form or ("raw",):
        measure_papers(arguments.shared, form, arguments.misses)
    measure_styles(arguments.shared, arguments.style_misses)
    measure_core(arguments.shared, arguments.core_misses)
    measure_speed(arguments.shared)
    measure_refextract(arguments.shared)


if __name__ == "__main__":
    main()
