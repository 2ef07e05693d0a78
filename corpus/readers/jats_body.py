"""The flow of a JATS article: abstract, body, floats and back as sections and passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from corpus.document import PassageKind, SectionKind
from corpus.draft import Draft
from corpus.headings import heading_kind
from corpus.readers.jats_floats import write_figure, write_table
from corpus.readers.jats_inline import BLOCKS, Element, add, join_citations, local, run_of, text_of
from corpus.readers.jats_references import write_references
from corpus.run import Run

Places = Mapping[str, int]

SEC_TYPES: dict[str, SectionKind] = {
    "intro": "introduction",
    "introduction": "introduction",
    "background": "introduction",
    "methods": "methods",
    "materials": "methods",
    "subjects": "methods",
    "cases": "results",
    "results": "results",
    "discussion": "discussion",
    "conclusion": "conclusion",
    "conclusions": "conclusion",
    "supplementary-material": "back",
    "funding-information": "back",
    "data-availability": "back",
}
# What an untitled part of the back matter is called.
UNTITLED = {"ack": "Acknowledgements", "ref-list": "References", "glossary": "", "fn-group": ""}
# The subsections of these say "Methods" or "Results" and are still what they stand in.
CLOSED: frozenset[SectionKind] = frozenset(("abstract", "references"))
SECTIONS = frozenset("sec ack app notes glossary boxed-text fn-group def-list ref-list bio".split())
PARAGRAPHS = frozenset("p disp-formula attrib preformat disp-formula-group verse-line".split())
HOLDERS = BLOCKS | SECTIONS | PARAGRAPHS
SKIPPED = frozenset("title label caption graphic media object-id permissions alternatives counts sec-meta".split())
OTHER_ABSTRACTS = frozenset("graphical teaser toc web-summary".split())
ORDERED = frozenset(("order", "number"))


def write_flow(draft: Draft, article: Element, places: Places) -> None:
    """Everything after the front."""
    meta = article.find("front/article-meta")
    if meta is not None:
        for abstract in sorted(meta.findall("abstract"), key=lambda node: node.get("abstract-type") is not None):
            write_abstract(draft, abstract, places)
        write_keywords(draft, meta)
        write_statements(draft, meta)
    body = article.find("body")
    write_body(draft, body if body is not None else (), places)
    for name in ("floats-group", "back"):
        draft.open("", "back" if name == "back" else "other")
        for node in article.findall(name):
            walk(draft, node, places)
        draft.close()
    for part in (*article.iterchildren("sub-article"), *article.iterchildren("response")):
        draft.warnings.append(f"a {local(part)} of the file was left out")


def write_abstract(draft: Draft, abstract: Element, places: Places) -> None:
    """An abstract, its headings inside."""
    if abstract.get("abstract-type") not in OTHER_ABSTRACTS:
        draft.open(text_of(abstract.find("title")) or "Abstract", "abstract")
        walk(draft, (node for node in abstract if local(node) != "title"), places)
        draft.close()


def write_keywords(draft: Draft, meta: Element) -> None:
    """The keywords on a line."""
    for group in meta.iter("kwd-group"):
        words = [text_of(node) for node in group.iter("kwd", "compound-kwd")]
        if words:
            draft.put(Run.of(", ".join(words)), "front", lead=f"{text_of(group.find('title')) or 'Keywords'}: ")


def write_statements(draft: Draft, meta: Element) -> None:
    """Funding and what a publisher keeps beside the article (data availability)."""
    for group in meta.findall("funding-group"):
        for node in group.iter("funding-statement"):
            draft.put(run_of(node), "front", lead="Funding: ")
        sources = [text_of(node) for node in group.iter("funding-source")]
        if sources and group.find("funding-statement") is None:
            draft.put(Run.of("; ".join(dict.fromkeys(sources))), "front", lead="Funding: ")
    for custom in meta.iter("custom-meta"):
        name, value = text_of(custom.find("meta-name")), run_of(custom.find("meta-value"))
        if heading_kind(name) == "back" and value.text:
            draft.put(value, "front", lead=f"{name}: ")


def write_body(draft: Draft, body: Iterable[Element], places: Places) -> None:
    """The body; what stands before its first heading is the introduction."""
    nodes = list(body)
    first = next((place for place, node in enumerate(nodes) if local(node) == "sec"), len(nodes))
    if first:
        draft.open("", "introduction")
        walk(draft, nodes[:first], places)
        draft.close()
    draft.open("", "other")
    walk(draft, nodes[first:], places)
    draft.close()


def walk(draft: Draft, nodes: Iterable[Element], places: Places) -> None:
    """Write blocks in order."""
    for node in nodes:
        tag = local(node)
        if tag in SECTIONS:
            write_section(draft, node, places)
        elif tag in PARAGRAPHS:
            write_paragraph(draft, node, places)
        elif tag in BLOCK_WRITERS:
            BLOCK_WRITERS[tag](draft, node, places)
        elif tag and tag not in SKIPPED:
            write_other(draft, node, places)


def write_other(draft: Draft, node: Element, places: Places) -> None:
    """A wrapper is walked, anything else is a paragraph."""
    if any(local(child) in HOLDERS for child in node):
        walk(draft, node, places)
    else:
        put(draft, run_of(node), "paragraph", places)


def write_section(draft: Draft, node: Element, places: Places) -> None:
    """A part with a heading of its own, or without one: then it belongs to the section around it."""
    tag = local(node)
    title = title_of(node)
    if not title and tag != "ref-list":
        walk(draft, node, places)
        return
    label = text_of(node.find("label")) if title else ""
    draft.open(
        title, "references" if tag == "ref-list" else section_kind(draft, node, title), f"{label} " if label else ""
    )
    walk(draft, node, places)
    if tag == "ref-list":
        write_references(draft, node, places)
    draft.close()


def title_of(node: Element) -> str:
    """A section's title; a box has it in its caption."""
    title = node.find("title")
    if title is None:
        title = node.find("caption/title")
    return text_of(title, skip=("fn",)) or (UNTITLED.get(local(node), "") if node.find(".//title") is None else "")


def section_kind(draft: Draft, node: Element, title: str) -> SectionKind:
    """What the title says, then the tag, then the section around it."""
    around = draft.kind
    if around in CLOSED:
        return around
    types = (node.get("sec-type") or "").replace(" ", "|").split("|")
    tagged = next((SEC_TYPES[name] for name in types if name in SEC_TYPES), None)
    return heading_kind(title) or tagged or ("back" if local(node) in UNTITLED else around)


def write_paragraph(draft: Draft, node: Element, places: Places) -> None:
    """A paragraph; lists inside cut it, floats inside follow it."""
    floats: list[Element] = []
    run = Run()
    run.add(node.text)
    for child in node:
        tag = local(child)
        if tag in CUTTING:
            put(draft, run, "paragraph", places)
            walk(draft, [child], places)
            run = Run()
        elif tag in BLOCKS:
            floats.append(child)
        else:
            add(run, child, BLOCKS)
            floats.extend(inner for inner in child.iter() if len(child) and local(inner) in FLOATING)
        run.add(child.tail)
    put(draft, run, "paragraph", places)
    walk(draft, floats, places)


CUTTING = frozenset("list disp-quote def-list array boxed-text".split())
FLOATING = frozenset("table-wrap fig fn".split())


def put(draft: Draft, run: Run, kind: PassageKind, places: Places, lead: str = "") -> None:
    """Write a run that holds anything."""
    if run.text:
        run.sort_marks()
        draft.put(join_citations(run, places), kind, lead)


def write_list(draft: Draft, node: Element, places: Places) -> None:
    """The items of a list, each after its label, number or bullet."""
    for number, item in enumerate(node.findall("list-item"), 1):
        sign = text_of(item.find("label")) or (f"{number}." if node.get("list-type") in ORDERED else "•")
        for run, blocks in item_parts(item):
            put(draft, run, "list-item", places, lead=f"{sign} ")
            sign = "•"
            walk(draft, blocks, places)


def item_parts(item: Element) -> Iterator[tuple[Run, list[Element]]]:
    """An item's text, and what else stands in it."""
    run, blocks = Run(), []
    run.add(item.text)
    for child in item:
        if local(child) in BLOCKS and local(child) != "p":
            blocks.append(child)
        elif local(child) not in ("label", "title"):
            run.gap()
            add(run, child, BLOCKS - {"p"})
            blocks += [inner for inner in child if local(inner) in BLOCKS]
            run.gap()
    yield run, blocks


def write_definitions(draft: Draft, node: Element, places: Places) -> None:
    """Terms and what they mean, one a line."""
    for item in node.findall("def-item"):
        run = run_of(item.find("term"))
        for meaning in item.findall("def"):
            run.add(": ")
            run.add(text_of(meaning))
        put(draft, run, "list-item", places)
    walk(draft, node.findall("def-list"), places)


def write_note(draft: Draft, node: Element, places: Places) -> None:
    """A footnote, its title as a heading inside it."""
    run = run_of(node, skip=("label", "title", "table-wrap", "fig"))
    label = run_of(node.find("label")).text
    put(draft, run, "back" if draft.kind == "back" else "footnote", places, lead=f"{label} " if label else "")


def write_supplement(draft: Draft, node: Element, places: Places) -> None:
    """The label and caption of a supplement."""
    run = run_of(node.find("label"))
    run.gap()
    for name in ("caption", "media/caption", "p"):
        for part in node.findall(name):
            add(run, part, BLOCKS - {"p"})
            run.gap()
    put(draft, run, "back", places)


BLOCK_WRITERS: dict[str, Callable[[Draft, Element, Places], None]] = {
    "table-wrap": write_table,
    "array": write_table,
    "fig": write_figure,
    "list": write_list,
    "def-list": write_definitions,
    "fn": write_note,
    "supplementary-material": write_supplement,
    "ref": lambda *_: None,  # written with their list
}
