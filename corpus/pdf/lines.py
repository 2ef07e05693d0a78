"""Chunks of a column as printed lines, lines as paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from corpus.pdf.sheet import HYPHEN, Word
from corpus.pdf.words import Chunk, spaced_words
from ontology import regex as re

MUCH_ROOM = 0.3  # of the column: a line that leaves so much open ends its paragraph, whatever its last sign
SHORTEST_LIST = 8  # lines
SHORT_LINE = 0.12  # of the column: a line that leaves so much open is the last of an item
INDENT = 0.7  # share of the size; what is less is no indent
SAME_SIZE = 0.06
WIDE_LEADING = 1.28  # a step this much larger than the usual one opens a paragraph
ITEM = re.compile(r"(?:[•●▪■◦‣·○–—]|\[?\(?[0-9]{1,3}[.)\]]|\(?[a-z][.)])\s")
DIVIDED = f"-\u00ad\u2010{HYPHEN}"
NUMBERED = re.compile(r"[\[(]?[0-9]{1,3}[.)\]]?\s")
SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*(?:\d[\d,–-]*|\[[\d,\s–-]+\])?\Z")


@dataclass(slots=True)
class Line:
    """One printed line of a column."""

    words: list[Word]
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    page: int
    _text: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        """The words with single spaces."""
        if not self._text:
            self._text = "".join((" " if space else "") + word.text for word, space in spaced_words(self.words))
        return self._text

    @property
    def top(self) -> float:
        """Where its capitals end, about."""
        return self.y - 0.75 * self.size


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `left` and `right` are the edges of their column."""

    lines: list[Line]
    left: float = 0.0
    right: float = 0.0

    @property
    def size(self) -> float:
        """The size most of its letters have."""
        return Counter({line.size: 0 for line in self.lines} | _weights(self.lines)).most_common(1)[0][0]

    @property
    def text(self) -> str:
        """Its lines, one after another."""
        return " ".join(line.text for line in self.lines).replace(HYPHEN + " ", "")


def _weights(lines: Sequence[Line]) -> Counter[float]:
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return weights


def lines_of(column: Sequence[Chunk], page: int) -> list[Line]:
    """The lines of a column: chunks on one baseline, whatever gaps justification left between them."""
    rows: list[list[Chunk]] = []
    for chunk in sorted(column, key=lambda chunk: chunk.y):
        if rows and chunk.y - rows[-1][-1].y < 0.3 * min(chunk.size, rows[-1][-1].size):
            rows[-1].append(chunk)
        else:
            rows.append([chunk])
    return [line_of(sorted(row, key=lambda chunk: chunk.x0), page) for row in rows]


def line_of(row: Sequence[Chunk], page: int) -> Line:
    """A row of chunks as a line."""
    main = max(row, key=lambda chunk: chunk.x1 - chunk.x0)
    words = [word for chunk in row for word in chunk.words]
    half = sum(word.x1 - word.x0 for word in words) / 2
    bold = sum(word.x1 - word.x0 for word in words if word.bold) > half
    italic = sum(word.x1 - word.x0 for word in words if word.italic) > half
    return Line(words, row[0].x0, max(chunk.x1 for chunk in row), main.y, main.size, bold, italic, page)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a column is set: its edges, the usual steps by size, and the outer edge of what hangs, by size."""

    left: float
    right: float
    steps: dict[float, float]
    hanging: dict[float, float]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Setting:
        """The setting of a column's lines."""
        left = Counter(round(line.x0) for line in lines).most_common(1)[0][0]
        ends = sorted(line.x1 for line in lines)
        right = ends[int(0.9 * (len(ends) - 1))]
        return cls(float(left), right, usual_step(lines), hanging_edges(lines, left, right))


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """The lines of a column cut into paragraphs."""
    if not lines:
        return []
    setting = Setting.of(lines)
    found: list[Paragraph] = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        if found and not opens(found[-1], line, following, setting):
            found[-1].lines.append(line)
        else:
            found.append(Paragraph([line], setting.left, setting.right))
    return found


def hanging_edges(lines: Sequence[Line], left: float, right: float) -> dict[float, float]:
    """The outer edge of lists whose items hang (all lines but the first are indented), by size."""
    found: dict[float, float] = {}
    for size in {round(line.size, 1) for line in lines}:
        own = [line for line in lines if round(line.size, 1) == size]
        outer = min(line.x0 for line in own)
        inner = [line.x0 > outer + INDENT * size for line in own]
        if len(own) < SHORTEST_LIST or sum(inner) * 3 < len(own) or all(inner):
            continue
        short = right - SHORT_LINE * (right - left)
        ended = [line.x1 < short or bool(SENTENCE_END.search(line.text)) for line in own]
        pairs = list(zip(inner, inner[1:], ended, strict=False))
        hangs_ = sum((not a and b and not end) or (a and not b and end) for a, b, end in pairs)
        stands = sum((a and not b and not end) or (not a and b and end) for a, b, end in pairs)
        if hangs_ > 3 * stands:
            found[size] = outer
    return found


def usual_step(lines: Sequence[Line]) -> dict[float, float]:
    """The usual distance of two lines, by their size."""
    steps: dict[float, list[float]] = {}
    for line, after in pairwise(lines):
        if same_size(line, after) and 0 < after.y - line.y < 2.2 * line.size:
            steps.setdefault(round(line.size, 1), []).append(after.y - line.y)
    return {size: median(values) for size, values in steps.items()}


def same_size(line: Line, other: Line) -> bool:
    """Are two lines set in one size?"""
    return abs(line.size - other.size) <= SAME_SIZE * max(line.size, other.size)


def opens(paragraph: Paragraph, line: Line, following: Line | None, setting: Setting) -> bool:
    """Does a line open a paragraph?"""
    last = paragraph.lines[-1]
    size = round(line.size, 1)
    step = setting.steps.get(size, 1.2 * line.size)
    if not same_size(last, line) or not 0.5 * line.size < line.y - last.y <= WIDE_LEADING * step:
        return True
    if (last.bold, last.italic) != (line.bold, line.italic) and (
        has_room(last, line, setting.right) or last.bold != line.bold
    ):
        return True
    if last.bold or line.bold:
        return has_room(last, line, setting.right) or abs(last.size - line.size) > 0.3
    if size in setting.hanging:
        return line.x0 <= setting.hanging[size] + INDENT * size
    return opens_prose(paragraph, line, following, setting)


def opens_prose(paragraph: Paragraph, line: Line, following: Line | None, setting: Setting) -> bool:
    """Does a line of the same kind as the one above open a paragraph, by its indent or by the room above?"""
    last = paragraph.lines[-1]
    room, ended = has_room(last, line, setting.right), bool(SENTENCE_END.search(last.text))
    if ITEM.match(line.text) and (room or (ended and line.x0 <= paragraph.lines[0].x0 + 1)):
        return True
    indent = line.x0 - last.x0
    if indent > INDENT * line.size:
        return not hangs_under(paragraph, line, following)
    if indent < -INDENT * line.size and len(paragraph.lines) > 1 and line.x0 < paragraph.lines[0].x0 + 1:
        return hangs(paragraph)
    much = setting.right - last.x1 > MUCH_ROOM * (setting.right - setting.left)
    return room and (ended or line.words[0].bold or much)


def hangs_under(paragraph: Paragraph, line: Line, following: Line | None) -> bool:
    """Is an indented line the second of an item whose first line stands out to the left?"""
    if len(paragraph.lines) > 1:
        return False
    first = paragraph.lines[0]
    if any(abs(word.x0 - line.x0) < 2 for word in first.words[1:3]) and NUMBERED.match(first.text):
        return True
    aligned = following is not None and abs(following.x0 - line.x0) < 1.5
    return (aligned or not SENTENCE_END.search(first.text)) and not first.text[:1].islower()


def hangs(paragraph: Paragraph) -> bool:
    """Does the first line of a paragraph stand out to the left?"""
    return paragraph.lines[1].x0 > paragraph.lines[0].x0 + INDENT * paragraph.lines[0].size


def has_room(last: Line, line: Line, right: float) -> bool:
    """Did the line above end where this one's first word would have fitted? A divided word always goes on."""
    first = line.words[0]
    return last.text[-1:] not in DIVIDED and right - last.x1 - (first.x1 - first.x0) > 0.8 * line.size
