"""Headings of a PDF that only look like some in the text: those that are set as plain prose are prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from corpus.document import Section
from corpus.headings import heading_kind
from corpus.layout.blocks import Block
from corpus.readers.text_assembly import Parts

LARGER = 1.03
FEWEST = 3  # headings set apart, before any other is doubted


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph in the text, and how it is set."""

    start: int
    end: int
    size: float
    bold: bool
    italic: bool = False

    @property
    def block(self) -> Block:
        """The paragraph for the parts of a paper."""
        return Block("text", ((self.start, self.end),), gap=0)


def set_apart(text: str, prose: Sequence[Prose]) -> set[int]:
    """Where the paragraphs begin that are bold, italic, larger than prose or in capitals."""
    letters: Counter[float] = Counter()
    for part in prose:
        letters[round(part.size, 1)] += part.end - part.start
    body = letters.most_common(1)[0][0] if letters else 0.0
    return {
        part.start
        for part in prose
        if part.bold or part.italic or part.size > LARGER * body or text[part.start : part.end].isupper()
    }


def without_plain_headings(parts: Parts, apart: Collection[int]) -> Parts:
    """The parts with sections taken back whose heading is set like prose, where the paper sets headings apart."""
    titled = [section for section in parts.sections if section.title]
    if sum(section.start in apart for section in titled) < FEWEST:
        return parts
    plain = {s.start for s in titled if s.start not in apart and heading_kind(s.title) is None}
    if not plain:
        return parts
    kept: list[Section] = []
    now: dict[Section, int] = {}
    for section in parts.sections:
        if section.start in plain and section.title and kept:
            kept[-1] = replace(kept[-1], end=max(kept[-1].end, section.end))
        else:
            kept.append(section)
        now[section] = len(kept) - 1
    passages = tuple(
        replace(
            passage,
            section=kept[now[passage.section]] if passage.section in now else passage.section,
            kind="paragraph" if passage.kind == "heading" and passage.offsets[0] in plain else passage.kind,
        )
        for passage in parts.passages
    )
    return replace(parts, sections=tuple(kept), passages=passages)
