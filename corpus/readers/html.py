"""HTML, as journals put papers on the web: headings, paragraphs, lists, tables and figures as sections and passages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from lxml import etree, html

from corpus.document import Document, PassageKind
from corpus.draft import Draft
from corpus.grid import LONGEST, WIDEST, Box, Rows, arrange, drop_empty, span, write_grid
from corpus.headings import heading_kind
from corpus.naming import document_id
from corpus.run import Run
from ontology.errors import UnreadablePaper

Element = etree._Element

HEADINGS = {f"h{level}": level for level in range(1, 7)}
SILENT = frozenset("script style noscript template svg button form input select textarea iframe nav head".split())
BLOCKS = frozenset(
    "p div section article main aside header footer ul ol li dl dt dd table figure figcaption blockquote pre address "
    "h1 h2 h3 h4 h5 h6 caption hr details summary body".split()
)
KINDS: dict[str, PassageKind] = {"li": "list-item", "dt": "list-item", "dd": "list-item", "figcaption": "caption"}


def read_html(data: bytes, source: str) -> Document:
    """The Document of a web page that holds a paper."""
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(no_network=True, remove_comments=True))
    except (etree.LxmlError, ValueError):
        raise UnreadablePaper(source, "an HTML page without content", "save the page again with its text") from None
    draft = Draft()
    draft.open("", "front")
    body = root.find("body")
    main = next((node for name in ("article", "main") for node in root.iter(name)), body if body is not None else root)
    Page(draft).walk(main)
    return draft.finish(id=document_id(source), source=source, format="html", sha256=hashlib.sha256(data).hexdigest())


class Page:
    """A page on its way into a draft: the levels of the headings that are open."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.levels: list[int] = []
        self.titled = False

    def walk(self, node: Element) -> None:
        """Write what a node holds: runs of inline text as passages, blocks in their order."""
        kind = KINDS.get(str(node.tag), "paragraph")
        run = Run()
        run.add(node.text)
        for child in node:
            if child.tag in BLOCKS:
                self.put(run, kind)
                run = Run()
                self.block(child)
            else:
                inline(run, child)
            run.add(child.tail)
        self.put(run, kind)

    def put(self, run: Run, kind: PassageKind) -> None:
        """Write a run that holds anything."""
        if run.text:
            self.draft.put(run, kind, lead="• " if kind == "list-item" else "")

    def block(self, node: Element) -> None:
        """Write a block by its tag."""
        tag = str(node.tag)
        if tag in HEADINGS:
            self.heading(text_of(node), HEADINGS[tag])
        elif tag == "table":
            self.table(node)
        elif tag == "figure" and node.find(".//table") is None:
            self.figure(node)
        else:
            self.walk(node)

    def heading(self, title: str, level: int) -> None:
        """Close what the heading ends and open its section; the first h1 is the paper's title."""
        if not title:
            return
        if level == 1 and not self.titled:
            self.titled = True
            note = self.draft.put(Run.of(title), "title")
            prose = self.draft.prose[note.index]
            self.draft.tag("title", title, prose.start, prose.end)
            return
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
            self.draft.close()
        kind = self.draft.kind if self.draft.kind == "abstract" else heading_kind(title)
        self.draft.open(title, kind or (self.draft.kind if self.levels else "other"))
        self.levels.append(level)

    def table(self, node: Element) -> None:
        """A table with its caption, inside it or in the figure around it."""
        draft, start = self.draft, self.draft.size
        above = node.getparent()
        caption = node.find("caption")
        if caption is None and above is not None and above.tag == "figure":
            caption = above.find("figcaption")
        text = text_of(caption)
        note = draft.put(Run.of(text), "caption", end="\n") if text else None
        rows = rows_of(node)
        boxes, header_rows = drop_empty(arrange(rows), rows.header_rows)
        if boxes:
            grid = write_grid(draft, boxes)
            draft.write("\n")
            draft.add_table(label_of(text, "Table"), note, grid, header_rows, (), start)

    def figure(self, node: Element) -> None:
        """A figure's legend."""
        text = text_of(node.find(".//figcaption"))
        if text:
            note = self.draft.put(Run.of(text), "caption")
            self.draft.figures.append((label_of(text, "Figure"), note))


def inline(run: Run, node: Element) -> None:
    """Append an inline element."""
    if not isinstance(node.tag, str) or node.tag in SILENT:
        return
    if node.tag in ("sup", "sub"):
        run.script(lambda: fill(run, node), low=node.tag == "sub")
    elif node.tag == "br" or node.tag in BLOCKS:
        run.gap()
        fill(run, node)
        run.gap()
    else:
        fill(run, node)


def fill(run: Run, node: Element) -> None:
    """Append an element's inner text."""
    run.add(node.text)
    for child in node:
        inline(run, child)
        run.add(child.tail)


def text_of(node: Element | None) -> str:
    """The text of an element."""
    run = Run()
    if node is not None:
        fill(run, node)
    return run.text


def label_of(caption: str, word: str) -> str:
    """`Table 2` of a caption that begins so."""
    words = caption.split(maxsplit=2)
    if len(words) > 1 and words[0].lower().startswith(word[:3].lower()):
        return f"{words[0]} {words[1].rstrip('.:|')}"
    return ""


def rows_of(table: Element) -> Rows:
    """A table's rows; those of a thead, or of th alone at the top, are its head."""
    rows = Rows()
    parts: Iterable[Element] = [part for part in table if part.tag in ("thead", "tbody", "tfoot")] or [table]
    for group, part in enumerate(parts):
        for tr in part.iter("tr"):
            rows.add([box_of(cell) for cell in tr if cell.tag in ("td", "th")], group)
            rows.header_rows += part.tag == "thead"
    while not table.findall("thead") and rows.header_rows < len(rows.rows) - 1 and is_head(rows.rows[rows.header_rows]):
        rows.header_rows += 1
    return rows


def is_head(row: list[Box]) -> bool:
    """Is a row made of head cells alone?"""
    return bool(row) and all(box.header for box in row)


def box_of(cell: Element) -> Box:
    """A td or th."""
    rows, columns = span(cell.get("rowspan"), LONGEST), span(cell.get("colspan"), WIDEST)
    return Box(text_of(cell), (), rows, columns, cell.tag == "th")
