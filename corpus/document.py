"""The Document: a paper's text and what stands where in it.

Every part knows its characters in `Document.text`. Prose is read through Passages: paragraphs put back
together (line breaks, hyphens, page ends), each with a map from its own characters to the document's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from ontology.glyphs import fold
from ontology.record import Evidence

# Characters lost at a line end (a hyphen, a break, an indent); a wider gap holds something else and cuts the evidence.
LINE_GAP = 12

INVENTED = -1

SectionKind = Literal[
    "front",
    "abstract",
    "introduction",
    "methods",
    "results",
    "discussion",
    "conclusion",
    "back",
    "references",
    "other",
]

PassageKind = Literal["title", "heading", "paragraph", "list-item", "caption", "footnote", "front", "back"]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading's reach: `[start, end)` with its subsections; `kind` is that of the nearest heading that tells."""

    title: str
    kind: SectionKind
    level: int
    start: int
    end: int
    path: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A run of prose. `offsets[i]` is the document's offset of character i, INVENTED for a joined space."""

    text: str
    offsets: tuple[int, ...] | range
    kind: PassageKind
    section: Section
    blanks: tuple[tuple[int, int], ...] = ()

    @cached_property
    def search(self) -> str:
        """The text for patterns: glyphs folded, citation markers blanked, same length as `text`."""
        folded = fold(self.text)
        for start, end in self.blanks:
            folded = folded[:start] + " " * (end - start) + folded[end:]
        return folded

    def locate(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """The document's spans of `[start, end)`; more than one where a page end cuts the passage."""
        if isinstance(self.offsets, range):
            inside = self.offsets[start:end]
            return ((inside[0], inside[-1] + 1),) if inside else ()
        offsets = self.offsets[start:end]
        if _together(offsets):
            return ((offsets[0], offsets[-1] + 1),)
        spans: list[list[int]] = []
        for offset in offsets:
            if offset == INVENTED:
                continue
            if spans and 0 <= offset - spans[-1][1] <= LINE_GAP:
                spans[-1][1] = offset + 1
            else:
                spans.append([offset, offset + 1])
        return tuple((first, last) for first, last in spans)

    def evidence(self, start: int, end: int) -> tuple[Evidence, ...]:
        """Evidence for `[start, end)` of this passage."""
        section = self.section.title or self.section.kind
        return tuple(Evidence(start=a, end=b, section=section) for a, b in self.locate(start, end))


def _together(offsets: tuple[int, ...]) -> bool:
    """Whether less than one gap is left out between the first and the last of these offsets; most often it is so."""
    if not offsets or INVENTED in (offsets[0], offsets[-1]) or offsets[-1] != max(offsets):
        return False
    printed = len(offsets) - offsets.count(INVENTED)
    return 0 <= offsets[-1] + 1 - offsets[0] - printed <= LINE_GAP


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell; one object stands in every grid place that it spans."""

    text: str
    start: int
    end: int
    row: int
    column: int
    row_span: int = 1
    col_span: int = 1
    header: bool = False


@dataclass(frozen=True)
class Table:
    """A table as a grid. `grid[r][c]` is the cell there (spans repeated) or None; the first `header_rows` are its head."""

    label: str
    caption: Passage | None
    grid: tuple[tuple[Cell | None, ...], ...]
    header_rows: int
    footnotes: tuple[Passage, ...]
    section: Section
    start: int
    end: int

    @property
    def body(self) -> tuple[tuple[Cell | None, ...], ...]:
        """The rows under the head."""
        return self.grid[self.header_rows :]

    def cells(self) -> Iterator[Cell]:
        """Each printed cell once, in reading order."""
        seen: set[int] = set()
        for row in self.grid:
            for cell in row:
                if cell is not None and id(cell) not in seen:
                    seen.add(id(cell))
                    yield cell

    def evidence(self, cell: Cell, start: int = 0, end: int | None = None) -> Evidence:
        """Evidence for characters `[start, end)` of a cell."""
        last = cell.end if end is None else cell.start + end
        section = self.section.title or self.section.kind
        return Evidence(
            start=cell.start + start, end=last, section=section, table=self.label, row=cell.row, column=cell.column
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure's label and legend."""

    label: str
    caption: Passage


@dataclass(frozen=True, slots=True)
class Tagged:
    """A value that the format itself tags (JATS), with its characters in the document's text."""

    field: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReferenceItem:
    """One printed reference: its place, its text put back together, and the fields the format tags, if it does."""

    number: int
    passage: Passage
    start: int
    end: int
    tagged: tuple[Tagged, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationMarker:
    """One printed group of reference numbers; `numbers` with ranges expanded."""

    numbers: tuple[int, ...]
    start: int
    end: int
    section: Section


@dataclass(frozen=True)
class Document:
    """A paper as it was read. `text` is what all offsets count in: Unicode code points."""

    id: str
    source: str
    format: Literal["text", "jats", "html", "pdf"]
    sha256: str
    text: str
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    references: tuple[ReferenceItem, ...] = ()
    citations: tuple[CitationMarker, ...] = ()
    tagged: tuple[Tagged, ...] = ()
    warnings: tuple[str, ...] = ()
    pages: Mapping[int, Any] = field(default_factory=dict)
