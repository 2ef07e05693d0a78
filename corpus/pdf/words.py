"""Characters put together to words, words on one line to chunks, raised and lowered ones at their host."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.pdf.sheet import BREAK, MADE_SPACE, NOTHING, SPACE, Word

# Shares of the font size.
SAME_LINE = 0.16
CHUNK_GAPS = {NOTHING: 0.7, SPACE: 1.1, MADE_SPACE: 0.7, BREAK: 0.5}
SCRIPT_SIZE = 0.88
SCRIPT_GAP = 0.4
LOWEST, HIGHEST = -0.35, 0.75  # how far a script sinks or rises
WORD_SPACE = 0.14
INITIAL = 1.8  # times the size of the text
TORN = 0.8  # letters this far apart are no longer one word, though the stream has no space between them


@dataclass(slots=True)
class Chunk:
    """Words of one line with no wide gap between."""

    words: list[Word]
    x0: float
    x1: float
    y: float
    size: float
    top: float  # where its capitals end, about
    order: int = 0
    _text: str = field(default="", repr=False)

    @property
    def stream(self) -> tuple[int, int]:
        """Where its characters begin and end in the page's stream."""
        return self.words[0].first, self.words[-1].last

    @property
    def bold(self) -> bool:
        """Is all of it bold?"""
        return all(word.bold for word in self.words)

    @property
    def text(self) -> str:
        """The words with single spaces; scripts cling."""
        if not self._text:
            self._text = "".join((" " if spaced else "") + word.text for word, spaced in spaced_words(self.words))
        return self._text


def rows_of(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that stand on one line across the page, from the top down, each row from left to right."""
    row: list[Word] = []
    for word in sorted(words, key=lambda word: word.y):
        if row and word.y - row[0].y > SAME_LINE * min(word.size, row[0].size):
            yield sorted(row, key=lambda word: word.x0)
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda word: word.x0)


def chunks_of(words: Sequence[Word]) -> list[Chunk]:
    """The chunks of a page, from the top down."""
    lower_initials(words)
    rows = with_scripts(list(rows_of(words)))
    return [chunk for row in rows for chunk in _split(row)]


def _split(row: Sequence[Word]) -> Iterator[Chunk]:
    """A row cut where its gaps are wide."""
    run: list[Word] = [row[0]]
    end = row[0].x1
    for word in row[1:]:
        last = run[-1]
        lead = word.lead if 0 <= word.first - last.last <= 3 else BREAK
        if word.x0 - end <= CHUNK_GAPS[lead] * max(last.size, word.size):
            run.append(word)
            end = max(end, word.x1)
        else:
            yield chunk(run)
            run, end = [word], word.x1
    yield chunk(run)


def chunk(words: list[Word]) -> Chunk:
    """Words as one chunk, on the line and of the size of the longest that is no script."""
    main = max(words, key=lambda word: (word.script == 0, word.x1 - word.x0))
    end = max(word.x1 for word in words)
    return Chunk(words, words[0].x0, end, main.y, main.size, main.y - 0.75 * main.size, words[0].first)


# ---------------------------------------------------------------- initials


def lower_initials(words: Sequence[Word]) -> None:
    """Set initials that reach down over several lines on the first of these, before the rest of their word."""
    for initial, word in pairwise(words):
        size = word.size
        if not (
            len(initial.text) == 1 and initial.text.isupper() and initial.size > INITIAL * size and len(word.text) > 0
        ):
            continue
        tops = (initial.y - 0.7 * initial.size, word.y - 0.7 * size)
        if 0 <= word.x0 - initial.x1 < 1.2 * size and abs(tops[0] - tops[1]) < 0.6 * size:
            initial.x1, initial.y, initial.size = word.x0, word.y, size


# ---------------------------------------------------------------- raised and lowered words


def with_scripts(rows: list[list[Word]]) -> list[list[Word]]:
    """Rows with the small words that stand high or low beside larger ones moved into the row of those."""
    sizes = [(min(word.size for word in row), max(word.size for word in row)) for row in rows]
    own: list[list[Word]] = [[] for _ in rows]
    for place, row in enumerate(rows):
        near = [other for other in _neighbours(rows, place) if sizes[place][0] <= SCRIPT_SIZE * sizes[other][1]]
        if near:
            for word, host in _hosts(rows, place, near):
                own[host].append(word)
        else:
            own[place] += row
    return [sorted(row, key=lambda word: word.x0) for row in own if row]


def _neighbours(rows: list[list[Word]], place: int) -> Iterator[int]:
    """The rows whose lines are near enough for a script."""
    y = rows[place][0].y
    for step in (-1, 1):
        other = place + step
        while 0 <= other < len(rows) and abs(rows[other][0].y - y) < HIGHEST * max(12.0, rows[other][0].size):
            yield other
            other += step


def _hosts(rows: list[list[Word]], place: int, near: list[int]) -> Iterator[tuple[Word, int]]:
    """Each word of a row with the row it belongs to: its own, or that of the words it is a script of."""
    host, last = place, rows[place][0]
    for word in rows[place]:
        follows = 0 <= word.x0 - last.x1 <= 0.7 * word.size and word.size == last.size
        if host == place or not follows:
            host = next((other for other in near if any(_clings(word, large) for large in rows[other])), place)
        if host != place:
            word.script = 1 if word.y < rows[host][0].y else -1
        yield word, host
        last = word


def _clings(small: Word, large: Word) -> bool:
    """Does a small word stand as a script at either end of a large one?"""
    size = large.size
    if small.size > SCRIPT_SIZE * size:
        return False
    gap = small.x0 - large.x1 if small.x0 > large.x0 else large.x0 - small.x1
    rise = large.y - small.y
    return -0.15 * size <= gap <= SCRIPT_GAP * size and LOWEST * size <= rise <= HIGHEST * size


# ---------------------------------------------------------------- spaces


def spaced_words(words: Sequence[Word]) -> Iterator[tuple[Word, bool]]:
    """Each word of a line, and whether a space stands before it."""
    last: Word | None = None
    for word in words:
        yield word, last is not None and _spaced(last, word)
        last = word


def _spaced(last: Word, word: Word) -> bool:
    gap, size = word.x0 - last.x1, min(last.size, word.size)
    if word.first == last.last:  # the stream has nothing between: one word, its font or height changed
        return gap > TORN * size
    if word.lead == SPACE and last.last < word.first <= last.last + 3:
        return True
    return gap > WORD_SPACE * size
