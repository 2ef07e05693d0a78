"""A paper with its facts highlighted, beside the tables of its facts: one page that asks nothing of the network.

Colours, tables and columns are derived from the record types. Every character of the paper is on the page in its order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template
from typing import Any

from corpus.document import Document
from graph import wording
from graph.extraction import Extracted
from graph.sections import section_of
from ontology.record import Described, Evidence, TrialRecord, fact_lists

PARTS = ("paper", "trial")
# In nearly every sentence; the reader switches them on.
QUIET = frozenset({"references", "citations"})
GOLDEN_ANGLE = 137.508
# Control characters that a page may not carry; offsets stay.
UNSHOWN = dict.fromkeys((*(code for code in range(32) if code not in (9, 10)), *range(127, 160)), "\ufffd")


@dataclass(frozen=True)
class Item:
    """A fact on the page: its identifier there, its list, its cells and its places."""

    id: str
    kind: str
    cells: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Panel:
    """A table of facts: its title, the heads of its columns and its rows."""

    title: str
    kind: str
    heads: tuple[str, ...]
    items: tuple[Item, ...]


def report(papers: Sequence[Extracted]) -> str:
    """The page of one paper, or of several to choose from."""
    title = papers[0].record.paper.title or papers[0].document.id if len(papers) == 1 else f"{len(papers)} papers"
    return Template(asset("report.html")).substitute(
        title=escape(title),
        colours=colours(),
        style=asset("report.css"),
        script=asset("report.js"),
        legend="".join(legend(papers)),
        chooser=chooser(papers),
        papers="\n".join(article(f"paper{place}", paper, hidden=place > 0) for place, paper in enumerate(papers)),
    )


def asset(name: str) -> str:
    """A file that the page is made of."""
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


def kinds() -> tuple[str, ...]:
    """What is coloured: `paper`, `trial` and each list of facts."""
    return (*PARTS, *fact_lists())


def hues() -> dict[str, float]:
    """One hue in degrees for each kind, as far from its neighbours as can be."""
    return {kind: place * GOLDEN_ANGLE % 360 for place, kind in enumerate(kinds())}


def colours() -> str:
    """The colours of the kinds for the style sheet."""
    lines = (f"--k-{kind}: hsl({hue:.0f} var(--c) var(--l));" for kind, hue in hues().items())
    return ":root { " + " ".join(lines) + " }"


def legend(papers: Sequence[Extracted]) -> Iterator[str]:
    """A box to tick for every kind that one of the papers has."""
    for kind in kinds():
        count = sum(len(panel.items) for paper in papers for panel in panels(paper.record) if panel.kind == kind)
        if count:
            ticked = "" if kind in QUIET else " checked"
            label = escape(kind.replace("_", " "))
            yield (
                f'<label style="background: var(--k-{kind})"><input type="checkbox" value="{kind}"{ticked}>'
                f"{label} {count}</label>"
            )


def chooser(papers: Sequence[Extracted]) -> str:
    """The list of papers, where there are several."""
    if len(papers) < 2:
        return ""
    options = (
        f'<option value="paper{place}">{escape(paper.record.paper.title or str(paper.path))}</option>'
        for place, paper in enumerate(papers)
    )
    return f'<select id="chooser" aria-label="Paper">{"".join(options)}</select>'


def article(name: str, paper: Extracted, *, hidden: bool) -> str:
    """A paper's text and its facts, side by side."""
    shown = panels(paper.record)
    text = "".join(body(paper.document, [item for panel in shown for item in panel.items]))
    facts = "".join(map(table, shown)) or '<p class="note">No facts were found.</p>'
    state = " hidden" if hidden else ""
    return f'<article id="{name}"{state}><div class="text">{text}</div><div class="facts">{facts}</div></article>'


def panels(record: TrialRecord) -> list[Panel]:
    """The tables of a record that are not empty."""
    found = [part_panel(part, getattr(record, part)) for part in PARTS]
    found.extend(list_panel(name, getattr(record, name)) for name in fact_lists())
    return [panel for panel in found if panel.items]


def part_panel(part: str, owner: Described) -> Panel:
    """The fields of `paper` or `trial` that are stated."""
    fields = [name for name in type(owner).model_fields if name not in Described.model_fields]
    items = tuple(
        Item(f"{part}-{name}", part, (name.replace("_", " "), value), owner.evidence.get(name, ()))
        for name in fields
        if (value := wording.words(getattr(owner, name)))
    )
    return Panel(part.capitalize(), part, ("", ""), items)


def list_panel(name: str, facts: Sequence[Any]) -> Panel:
    """The facts of a list, with the columns that say something."""
    section = section_of(name)
    columns = [column for column in section.columns if any(column[1](fact) for fact in facts)]
    items = tuple(
        Item(f"{name}-{place}", name, tuple(reads(fact) for _, reads in columns), fact.evidence)
        for place, fact in enumerate(facts)
    )
    return Panel(section.title, name, tuple(head for head, _ in columns), items)


def table(panel: Panel) -> str:
    """A table of facts as HTML."""
    heads = "".join(f"<th>{escape(head)}</th>" for head in panel.heads)
    rows = "".join(map(row, panel.items))
    start = " open" if panel.kind not in QUIET else ""
    return (
        f'<details{start}><summary style="background: var(--k-{panel.kind})">{escape(panel.title)} '
        f'({len(panel.items)})</summary><div class="scroll"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def row(item: Item) -> str:
    """A fact as a row that leads to its places."""
    cells = "".join(f"<td>{escape(cell.translate(UNSHOWN))}</td>" for cell in item.cells)
    if not item.evidence:
        return f"<tr>{cells}</tr>"
    places = " ".join(f"{place.start}-{place.end}" for place in item.evidence)
    return f'<tr data-fact="{item.id}" data-places="{places}" tabindex="0">{cells}</tr>'


def body(document: Document, items: Iterable[Item]) -> Iterator[str]:
    """The text with marks: lines with tabs as tables, headings bold, everything else as it stands."""
    text = document.text.translate(UNSHOWN)
    pieces = Marked(text, items)
    headings = {s.start for s in document.sections if s.title and text.startswith(s.title, s.start)}
    for tabbed, lines in groupby(line_spans(text), key=lambda span: "\t" in text[span[0] : span[1]]):
        if tabbed:
            yield f'<div class="grid"><table>{"".join(map(pieces.cells, lines))}</table></div>'
        else:
            yield from (pieces.heading(*span) if span[0] in headings else pieces.marked(*span) for span in lines)


def line_spans(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines of a text, each with its line break."""
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


Placed = tuple[int, Item]


class Marked:
    """A text that is cut wherever a fact's place begins or ends."""

    def __init__(self, text: str, items: Iterable[Item]) -> None:
        self.text = text
        self.cuts: dict[int, tuple[list[Placed], list[Placed]]] = {}
        for item in items:
            for place in item.evidence:
                placed = (place.end - place.start, item)
                self.cuts.setdefault(place.start, ([], []))[0].append(placed)
                self.cuts.setdefault(place.end, ([], []))[1].append(placed)
        self.covers = self._covers()

    def _covers(self) -> list[tuple[int, int, tuple[Item, ...]]]:
        """Consecutive spans of the text with the facts that stand in each, those of the shortest places first."""
        standing: list[Placed] = []
        covers: list[tuple[int, int, tuple[Item, ...]]] = []
        before = 0
        for place in sorted({*self.cuts, len(self.text)}):
            nearest = sorted(standing, key=lambda placed: placed[0])
            covers.append((before, place, tuple(dict.fromkeys(item for _, item in nearest))))
            begins, ends = self.cuts.get(place, ([], []))
            for placed in ends:
                standing.remove(placed)
            standing.extend(begins)
            before = place
        return covers

    def marked(self, start: int, end: int) -> str:
        """Characters `[start, end)` with their marks."""
        parts = []
        place = bisect_right(self.covers, start, key=lambda cover: cover[1])
        while place < len(self.covers) and self.covers[place][0] < end:
            first, last, items = self.covers[place]
            parts.append(mark(self.text, max(first, start), min(last, end), items))
            place += 1
        return "".join(parts)

    def heading(self, start: int, end: int) -> str:
        """A line as a heading."""
        return f'<span class="heading">{self.marked(start, end)}</span>'

    def cells(self, span: tuple[int, int]) -> str:
        """A line with tabs as a row."""
        start, end = span
        cells = []
        for cell in self.text[start:end].split("\t"):
            cells.append(f"<td>{self.marked(start, start + len(cell))}</td>")
            start += len(cell) + 1
        return f"<tr>{''.join(cells)}</tr>"


def mark(text: str, start: int, end: int, items: Sequence[Item]) -> str:
    """A piece of text with the facts that it states."""
    printed = escape(text[start:end])
    if not items or start >= end:
        return printed
    facts = " ".join(item.id for item in items)
    owners = " ".join(dict.fromkeys(item.kind for item in items))
    return f'<mark data-facts="{facts}" data-kinds="{owners}" data-start="{start}">{printed}</mark>'
