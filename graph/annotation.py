"""A copy of a PDF with its facts highlighted, in the colours of the page of `graph.report`."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from itertools import groupby

from corpus.pdf.marks import Mark, with_marks
from graph.extraction import Extracted
from graph.report import QUIET, Item, Panel, hues, panels
from ontology.record import PageBox

LIGHTNESS, SATURATION = 0.82, 0.62  # as on the page

Boxes = tuple[PageBox, ...]


def annotated(paper: Extracted) -> bytes:
    """The paper's PDF with a highlight a place and kind of fact; its note says what is stated there."""
    return with_marks(paper.path.read_bytes(), str(paper.path), marks(paper))


def marks(paper: Extracted) -> Iterator[Mark]:
    """The places of all facts; references and citations, which are everywhere, apart."""
    for panel in panels(paper.record):
        if panel.kind not in QUIET:
            colour = colour_of(panel.kind)
            for boxes, notes in noted(panel).items():
                yield Mark(boxes, colour, panel.title, "\n".join(notes))


def noted(panel: Panel) -> dict[Boxes, list[str]]:
    """What is said at each place of a page by the facts of one table."""
    found: dict[Boxes, list[str]] = {}
    for item in panel.items:
        for place in item.evidence:
            for _, boxes in groupby(place.boxes or (), lambda box: box.page):
                notes = found.setdefault(tuple(boxes), [])
                if (words := said(panel, item)) not in notes:
                    notes.append(words)
    return found


def said(panel: Panel, item: Item) -> str:
    """A fact in a line: its cells, each with the head of its column."""
    named = zip(panel.heads, item.cells, strict=True)
    return "; ".join(f"{head}: {cell}" if head else cell for head, cell in named if cell)


def colour_of(kind: str) -> tuple[int, int, int]:
    """The light colour of a kind of fact."""
    red, green, blue = colorsys.hls_to_rgb(hues()[kind] / 360, LIGHTNESS, SATURATION)
    return round(255 * red), round(255 * green), round(255 * blue)
