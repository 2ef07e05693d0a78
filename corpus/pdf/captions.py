"""Lines that open a caption."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.layout.blocks import caption
from corpus.pdf.lines import SENTENCE_END
from corpus.pdf.words import Chunk
from ontology import regex as re

OPENER = re.compile(r"[\W_]{0,3}(?:suppl|extended|appendix|online|web|tab|box|panel|fig|scheme|chart)", re.IGNORECASE)
LONG_ENOUGH = 30  # letters of a caption


def is_caption(chunk: Chunk, chunks: Sequence[Chunk], pattern: re.Pattern[str], *, alone: bool = False) -> bool:
    """Does a chunk open a caption, rather than a line of prose?"""
    if not OPENER.match(chunk.text) or not caption(printed_line(chunk, chunks), pattern, alone=alone):
        return False
    row = [other for other in chunks if abs(other.y - chunk.y) < 0.3 * chunk.size and other.x1 <= chunk.x0]
    if any(chunk.x0 - other.x1 < (4.0 if follows(other, chunk) else 0.9) * chunk.size for other in row):
        return False
    above = [
        other
        for other in chunks
        if 0 < chunk.y - other.y < 1.45 * chunk.size
        and other.x0 < chunk.x0 + 30
        and other.x1 > chunk.x0
        and abs(other.size - chunk.size) < 0.03 * chunk.size
    ]
    return chunk.words[0].bold or all(SENTENCE_END.search(other.text) for other in above)


def follows(chunk: Chunk, other: Chunk) -> bool:
    """Does a chunk come right after another in the page's stream?"""
    return 0 <= other.stream[0] - chunk.stream[1] <= 3


def printed_line(chunk: Chunk, chunks: Sequence[Chunk]) -> str:
    """A chunk with what justification parted from it; enough to see a caption's label and how it goes on."""
    text, last = chunk.text, chunk
    while len(text) <= LONG_ENOUGH:
        after = next((c for c in chunks if follows(last, c) and abs(c.y - last.y) < 1 and c.x0 > last.x1), None)
        if after is None or after.x0 - last.x1 > 4 * chunk.size:
            break
        text, last = f"{text} {after.text}", after
    return text
