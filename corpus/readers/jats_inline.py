"""Inline JATS: an element's text as a Run, citations marked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from html.entities import html5

from lxml import etree

from corpus.run import Mark, Run, raised
from ontology import regex as re
from ontology.glyphs import DASHES

Element = etree._Element

SILENT = frozenset(
    "graphic inline-graphic media object-id tex-math alt-text long-desc permissions institution-id pub-id-group".split()
)
FLOATS = frozenset("table-wrap table-wrap-group fig fig-group supplementary-material floats-group".split())
# Blocks that JATS allows inside a paragraph; they are written after the text before them.
BLOCKS = FLOATS | frozenset(
    "list boxed-text disp-quote def-list fn fn-group ref-list array p sec verse-group statement speech".split()
)
SPACED = frozenset(
    "break p list list-item title def term disp-formula institution addr-line country td th tr label x".split()
)

DASH = re.compile(rf"\s*(?:[-⁻{DASHES}]|to|through)\s*\Z")
RANGE = re.compile(rf"\D*([0-9]+)\s*[-⁻{DASHES}]\s*([0-9]+)\D*\Z")
GAP = re.compile(rf"(?:\s*(?:[,;/&]|and|to|through|[-⁻{DASHES}])?\s*|[\])]\s*[,;{DASHES}⁻-]?\s*[\[(])\Z")
NUMERIC = re.compile(rf"[0-9\s,;{DASHES}⁻-]+\Z")
OPENERS = {"[": "]", "(": ")"}
LONGEST_RANGE = 60
PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def local(element: Element) -> str:
    """The element's name without namespace; entities and comments have none."""
    tag = element.tag
    if tag.__class__ is not str:
        return ""
    return tag if tag[0] != "{" else tag[tag.rindex("}") + 1 :]


def run_of(element: Element | None, skip: Collection[str] = FLOATS) -> Run:
    """The text of an element."""
    run = Run()
    if element is not None:
        fill(run, element, skip)
        run.sort_marks()
    return run


def text_of(element: Element | None, skip: Collection[str] = FLOATS) -> str:
    """The text of an element, without marks."""
    if element is None:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    return run_of(element, skip).text


def fill(run: Run, element: Element, skip: Collection[str]) -> None:
    """Append an element's inner text."""
    run.add(element.text)
    for child in element:
        add(run, child, skip)
        run.add(child.tail)


def add(run: Run, child: Element, skip: Collection[str]) -> None:
    """Append a child, the way its name asks for."""
    tag = local(child)
    if not tag:
        run.add(entity(child))
    elif tag not in SILENT and tag not in skip:
        writer = WRITERS.get(tag)
        if writer:
            writer(run, child, skip)
        elif tag in SPACED:
            run.gap()
            fill(run, child, skip)
            run.gap()
        else:
            fill(run, child, skip)


def entity(node: Element) -> str:
    """The character of a named entity that a DTD outside the file would define."""
    if node.tag is not etree.Entity:
        return ""
    return html5.get(f"{node.name};", str(node.text))  # type: ignore[attr-defined]


# ---------------------------------------------------------------- elements that are more than their text


def superscript(run: Run, element: Element, skip: Collection[str]) -> None:
    """Raised text."""
    run.script(lambda: fill(run, element, skip))


def subscript(run: Run, element: Element, skip: Collection[str]) -> None:
    """Lowered text."""
    run.script(lambda: fill(run, element, skip), low=True)


def alternatives(run: Run, element: Element, skip: Collection[str]) -> None:
    """The first form of a thing that has text."""
    for child in element:
        if local(child) and local(child) not in SILENT:
            add(run, child, skip)
            return
    tex = element.find("tex-math")
    if tex is not None:
        formula(run, tex, skip)


def formula(run: Run, element: Element, _: Collection[str]) -> None:
    """TeX between its dollars, without the preamble that publishers wrap it in."""
    source = "".join(map(str, element.itertext()))
    run.add(" ".join(re.findall(r"\$+([^$]+)\$+", source)) or source)


def math(run: Run, element: Element, skip: Collection[str]) -> None:
    """MathML, or TeX where an element holds nothing else."""
    if len(element) == 1 and local(element[0]) == "tex-math":
        formula(run, element[0], skip)
    else:
        run.add(element.text)
        for child in element:
            add(run, child, skip)
            run.add(child.tail)


def fraction(run: Run, element: Element, skip: Collection[str]) -> None:
    """A MathML fraction on one line."""
    for place, child in enumerate(element):
        if place:
            run.add("/")
        add(run, child, skip)


def math_script(*, low: bool) -> Callable[[Run, Element, Collection[str]], None]:
    """A writer of msup (or msub): the base, then the script."""

    def write(run: Run, element: Element, skip: Collection[str]) -> None:
        for place, child in enumerate(element):
            if place:
                run.script(lambda child=child: add(run, child, skip), low=low)  # type: ignore[misc]
            else:
                add(run, child, skip)

    return write


def person(run: Run, element: Element, skip: Collection[str]) -> None:
    """A name in the order and with the spaces of print, where the tags stand without."""
    parts = [child for child in element if local(child) in ("surname", "given-names", "suffix")]
    if "".join(child.tail or "" for child in parts[:-1]).strip() or (element.text or "").strip():
        fill(run, element, skip)
        return
    for part in sorted(parts, key=lambda child: ("surname", "given-names", "suffix").index(local(child))):
        run.gap()
        fill(run, part, skip)


def citation(run: Run, element: Element, skip: Collection[str]) -> None:
    """A cross-reference; to the reference list it is marked with the ids it names."""
    if element.get("ref-type") != "bibr":
        fill(run, element, skip)
        return
    before = run.size
    run.mark("cited", (element.get("rid") or "").split(), lambda: fill(run, element, skip))
    if run.size > before and was_raised(run, before):
        run.rewrite(before, raised, lead=0)


def was_raised(run: Run, start: int) -> bool:
    """Is this a bare number that clings to a word, a superscript in print that lost its tag?"""
    text = run.text
    new = text[start:].strip()
    if not NUMERIC.match(new):
        return False
    before = text[:start].rstrip(" ,;" + DASHES + "-")
    clings = bool(before) and start < len(text) and text[start] != " " and before == text[:start]
    earlier = run.marks[-2] if len(run.marks) > 1 else None
    follows = (
        earlier is not None and earlier.end == len(before) and earlier.kind == "cited" and before[-1] in "⁰¹²³⁴⁵⁶⁷⁸⁹"
    )
    return follows or (clings and before[-1] not in "([/" and not before[-1].isdigit())


Writer = Callable[[Run, Element, Collection[str]], None]

WRITERS: dict[str, Writer] = {
    "sup": superscript,
    "sub": subscript,
    "alternatives": alternatives,
    "inline-formula": math,
    "tex-math": formula,
    "mfrac": fraction,
    "msup": math_script(low=False),
    "msub": math_script(low=True),
    "name": person,
    "string-name": person,
    "xref": citation,
}


# ---------------------------------------------------------------- citations


def join_citations(run: Run, places: Mapping[str, int]) -> Run:
    """Marks of single cross-references made marks of printed groups, ids made places in the reference list."""
    marks = [mark for mark in run.marks if mark.kind == "cited"]
    groups: list[list[Mark]] = []
    for mark in marks:
        if groups and GAP.match(run.text[groups[-1][-1].end : mark.start]):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    found = [printed_group(run.text, group, places) for group in groups]
    run.marks = [mark for mark in run.marks if mark.kind != "cited"] + [mark for mark in found if mark.value]
    run.sort_marks()
    return run


def printed_group(text: str, group: list[Mark], places: Mapping[str, int]) -> Mark:
    """One citation from the cross-references of a printed group, brackets around it included."""
    numbers: list[int] = []
    last = group[0].start
    for mark in group:
        own = expand(text[mark.start : mark.end], [places[rid] for rid in mark.value if rid in places])
        if numbers and own and DASH.match(text[last : mark.start]) and 0 < own[0] - numbers[-1] <= LONGEST_RANGE:
            own = [*range(numbers[-1] + 1, own[0]), *own]
        numbers += own
        last = mark.end
    start, end = group[0].start, group[-1].end
    if start and OPENERS.get(text[start - 1]) == text[end : end + 1]:
        start, end = start - 1, end + 1
    return Mark(start, end, "citation", tuple(dict.fromkeys(numbers)))


def expand(printed: str, numbers: list[int]) -> list[int]:
    """The numbers of one cross-reference, those between the ends of a printed range included."""
    ends = RANGE.match(printed.translate(PLAIN_DIGITS))
    if ends and numbers and int(ends[1]) in numbers and 0 < int(ends[2]) - int(ends[1]) <= LONGEST_RANGE:
        return list(range(int(ends[1]), int(ends[2]) + 1))
    return numbers
