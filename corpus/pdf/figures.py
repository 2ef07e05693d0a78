"""Figures: their captions, and the words inside their pictures, which are no running text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.layout.blocks import FIGURE_CAPTION, caption, label_of
from corpus.pdf.area import View
from corpus.pdf.captions import is_caption, printed_line
from corpus.pdf.drawn import Frame
from corpus.pdf.lines import SENTENCE_END, Line, line_of
from corpus.pdf.words import Chunk

NEAR = 12.0  # points between the parts of one picture
LARGEST = 0.8  # share of the page: what is larger is a background
SMALLEST = 0.008
BESIDE = 70.0  # points between a picture and its caption
MAX_FRAMES = 1500
PROSE = 160  # letters in lines of the body's size that make a frame a box of text


@dataclass
class FigureArea:
    """A figure's caption and where it stands."""

    label: str
    caption: list[Line]
    x0: float
    x1: float
    top: float
    bottom: float


def find_figures(view: View, chunks: list[Chunk]) -> tuple[list[FigureArea], list[Chunk]]:
    """The captions of figures, and the chunks that are neither of them nor inside a picture."""
    found = [
        figure_at(start, chunks, view) for start in chunks if is_caption(start, chunks, FIGURE_CAPTION, alone=True)
    ]
    words = {id(word) for figure in found for line in figure.caption for word in line.words}
    left = [chunk for chunk in chunks if id(chunk.words[0]) not in words]
    zones = [zone for picture in pictures(view, left) for zone in zones_of(picture, found)]
    return found, [chunk for chunk in left if not any(holds(zone, chunk) for zone in zones)]


def figure_at(start: Chunk, chunks: Sequence[Chunk], view: View) -> FigureArea:
    """The figure whose caption begins with a chunk."""
    match = caption(printed_line(start, chunks), FIGURE_CAPTION, alone=True)
    x0, x1 = next(((a, b) for a, b in view.columns if a - 4 <= start.x0 and start.x1 <= b + 4), (start.x0, start.x1))
    rows = [[start]]
    for chunk in sorted(chunks, key=lambda chunk: (chunk.y, chunk.x0)):
        last = rows[-1][0]
        if (
            chunk is start
            or chunk.y < start.y - 1
            or chunk.x0 < min(x0, start.x0) - 4
            or chunk.x1 > max(x1, start.x1) + 4
        ):
            continue
        if abs(chunk.y - last.y) < 0.3 * start.size:
            rows[-1].append(chunk)
        elif chunk.y - last.y > 1.65 * start.size or abs(chunk.size - start.size) > 0.04 * start.size:
            break
        else:
            rows.append([chunk])
    lines = [line_of(sorted(row, key=lambda chunk: chunk.x0), view.page) for row in rows]
    lines = lines[: caption_end(lines)]
    return FigureArea(
        label_of(match) if match else "",
        lines,
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
        lines[0].top,
        lines[-1].y,
    )


def caption_end(lines: Sequence[Line]) -> int:
    """How many lines are the caption: up to a wider step, or an indented line after a full stop."""
    step = lines[1].y - lines[0].y if len(lines) > 1 else 0.0
    for place, (last, line) in enumerate(pairwise(lines), 1):
        ended = bool(SENTENCE_END.search(last.text))
        if line.y - last.y > 1.2 * step or (ended and line.x0 > last.x0 + 0.7 * line.size):
            return place
    return len(lines)


# ---------------------------------------------------------------- pictures


def pictures(view: View, chunks: Sequence[Chunk]) -> list[Frame]:
    """The pictures of a page: images, forms, and drawn parts that stand together."""
    page = view.width * view.height
    parts = [frame for frame in view.drawn.frames if 0 < frame.area < LARGEST * page][:MAX_FRAMES]
    groups = grouped(parts)
    return [
        frame
        for frame, count in groups
        if SMALLEST * page < frame.area < LARGEST * page
        and (count > 3 or frame.kind != "path" or frame.area > 0.03 * page)
        and not is_text_box(frame, chunks, view.body)
    ]


def grouped(frames: Iterable[Frame]) -> list[tuple[Frame, int]]:
    """Frames that overlap or nearly touch as one, with how many they are."""
    groups: list[tuple[Frame, int]] = []
    for frame in sorted(frames, key=lambda frame: -frame.area):
        whole, count = frame, 1
        rest = []
        for other, size in groups:
            if _near(whole, other):
                kind = whole.kind if whole.kind != "path" else other.kind
                whole = Frame(
                    min(whole.x0, other.x0),
                    min(whole.y0, other.y0),
                    max(whole.x1, other.x1),
                    max(whole.y1, other.y1),
                    kind,
                )
                count += size
            else:
                rest.append((other, size))
        groups = [*rest, (whole, count)]
    return groups


def _near(frame: Frame, other: Frame) -> bool:
    return (
        frame.x0 - NEAR < other.x1
        and other.x0 < frame.x1 + NEAR
        and frame.y0 - NEAR < other.y1
        and other.y0 < frame.y1 + NEAR
    )


def is_text_box(frame: Frame, chunks: Sequence[Chunk], body: float) -> bool:
    """Does a frame hold prose?"""
    inner = [chunk for chunk in chunks if holds(frame, chunk)]
    letters = sum(len(chunk.text) for chunk in inner if chunk.x1 - chunk.x0 > 0.6 * (frame.x1 - frame.x0))
    return (
        letters > PROSE
        and any(chunk.size > 0.9 * body for chunk in inner)
        and letters > 0.5 * sum(len(c.text) for c in inner)
    )


def zones_of(picture: Frame, figures: Sequence[FigureArea]) -> list[Frame]:
    """The picture with the labels around it, and what stands between it and its caption."""
    wide = Frame(picture.x0 - NEAR, picture.y0 - NEAR / 2, picture.x1 + NEAR, picture.y1 + NEAR / 2)
    for figure in figures:
        over = min(picture.x1, figure.x1) - max(picture.x0, figure.x0)
        if over > 0 and -5 < figure.top - picture.y1 < BESIDE:
            return [wide, Frame(wide.x0, picture.y0, wide.x1, figure.top)]
    return [picture]


def holds(frame: Frame, chunk: Chunk) -> bool:
    """Does a chunk stand in a frame?"""
    x, y = (chunk.x0 + chunk.x1) / 2, (chunk.top + chunk.y) / 2
    return frame.x0 <= x <= frame.x1 and frame.y0 <= y <= frame.y1
