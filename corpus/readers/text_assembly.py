"""From blocks to the parts of a Document: sections, passages, tables, figures, references."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.document import Figure, Passage, PassageKind, ReferenceItem, Section, Table
from corpus.headings import main_heading_kind
from corpus.layout.blocks import Block
from corpus.layout.floats import Float, Flow, lifted
from corpus.layout.front import KEYWORDS, is_authors, is_front
from corpus.layout.grids import grid
from corpus.layout.outline import BULLET, Opening, Title, closed, headings, looks_like_heading, opening, title_page
from corpus.layout.prose import Piece, Vocabulary, ends_sentence, joined, trimmed
from corpus.reference_list import ListItem, list_items
from ontology import regex as re

# A reference is shorter than this; what follows a list is the end of the paper.
MAX_REFERENCE = 1200
LONG_LINE = 100
SUBTITLE = re.compile(r"\b(?:[Tt]rial|[Ss]tudy|TRIAL|STUDY)\b")


@dataclass(frozen=True)
class Parts:
    """What a Document is made of."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    references: tuple[ReferenceItem, ...]
    warnings: tuple[str, ...]


@dataclass
class Paragraph:
    """A run of prose that is being put together; `section` is the place of its section among the openings."""

    kind: PassageKind
    pieces: list[Piece]
    section: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a first look at the flow tells: the printed headings by place, and where the paper's parts begin."""

    headings: dict[int, str]
    title: Title
    wrapped: bool


@dataclass
class Walk:
    """What has been met so far while walking down a paper."""

    openings: list[Opening] = field(default_factory=lambda: [Opening("", "front", 1, 0)])
    paragraphs: list[Paragraph] = field(default_factory=list)
    floats: list[tuple[Float, int]] = field(default_factory=list)
    open: Paragraph | None = None
    front: int = 0

    def add(self, kind: PassageKind, pieces: Sequence[Piece], section: int | None = None) -> Paragraph:
        """A new paragraph in the section opened last (or in `section`)."""
        at = len(self.openings) - 1 if section is None else section
        self.paragraphs.append(Paragraph(kind, list(pieces), at))
        return self.paragraphs[-1]


def assemble(text: str, blocks: Sequence[Block], items: Sequence[ListItem] = (), *, wrapped: bool = False) -> Parts:
    """The parts of a paper from its blocks in reading order, without those of the reference `items` if given.

    `wrapped`: lines end where the page's did, so that a block can be any part of a paragraph.
    """
    head, listed, tail = (list(blocks), [], []) if items else reference_blocks(text, blocks)
    flow = lifted(text, head, looks_like_heading)
    found = headings(text, flow, wrapped=wrapped)
    plan, walk = Plan(found, title_page(text, flow, found), wrapped), Walk()
    for index in range(len(flow)):
        _step(text, walk, flow, index, plan)
    if listed:
        items = list_items(text, list_lines(listed[1:]))
        walk.openings.append(Opening(listed[0].printed(text), "references", 1, listed[0].start))
    for block in tail:
        _tail(text, walk, block)
    return _parts(text, walk, items)


def list_lines(listed: Sequence[Block]) -> list[tuple[int, int, bool]]:
    """The lines of a reference list's blocks: start, end, and whether an empty line stands above."""
    return [(a, b, n == 0 and block.gap > 0) for block in listed for n, (a, b) in enumerate(block.pieces)]


def reference_blocks(text: str, blocks: Sequence[Block]) -> tuple[list[Block], list[Block], list[Block]]:
    """The blocks before the reference list, those of the list with its heading, and those after it."""
    at = next((i for i in range(len(blocks) - 1, -1, -1) if _opens_references(text, blocks[i])), None)
    if at is None:
        return list(blocks), [], []
    end = at + 1
    while end < len(blocks) and (end == at + 1 or _in_list(text, blocks[end])):
        end += 1
    return list(blocks[:at]), list(blocks[at:end]), list(blocks[end:])


def _opens_references(text: str, block: Block) -> bool:
    return (
        block.kind == "text"
        and block.end - block.start < LONG_LINE
        and main_heading_kind(block.printed(text)) == "references"
    )


def _in_list(text: str, block: Block) -> bool:
    """Is a block still part of the list? Items stand under one another; prose after an empty line ends it."""
    line = block.printed(text)
    if block.kind != "text" or len(line) > MAX_REFERENCE:
        return False
    return not block.gap or (bool(REFERENCE_START.match(line)) and not is_front(line))


REFERENCE_START = re.compile(r"\s*(?:[-–•]\s|\[?\(?[0-9]{1,3}[.)\]]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+\s?[A-Z]|[0-9]{1,3}\s[A-Z])")


def _step(text: str, walk: Walk, flow: Flow, index: int, plan: Plan) -> None:
    """One block of the paper: heading, float, front matter or prose."""
    item, title = flow[index], plan.title
    if isinstance(item, Float):
        walk.floats.append((item, len(walk.openings) - 1))
        return
    line = item.printed(text)
    if index < title.abstract:
        _title_page(walk, item, line, is_title=index == title.title)
        return
    _open_sections(walk, item, index, plan)
    if index in plan.headings:
        walk.openings.append(opening(line, item.start, walk.openings, in_abstract=title.abstract < index < title.body))
        walk.add("heading", item.pieces)
        walk.open = None
    elif KEYWORDS.match(line) or (index < len(flow) // 2 and is_front(line)):
        walk.add("front", item.pieces, walk.front)
    else:
        _prose(text, walk, item, line, wrapped=plan.wrapped)


def _title_page(walk: Walk, block: Block, line: str, *, is_title: bool) -> None:
    """The title, which can go on in the next block, or a line beside it."""
    last = walk.paragraphs[-1] if walk.paragraphs else None
    more = line[:1].islower() or (not block.gap and SUBTITLE.search(line) and len(line) < LONG_LINE)
    if last and last.kind == "title" and more and not is_front(line) and not is_authors(line):
        last.pieces += block.pieces
    else:
        walk.add("title" if is_title else "front", block.pieces)


def _open_sections(walk: Walk, item: Block, index: int, plan: Plan) -> None:
    """Opens the sections that print no heading: the abstract of some journals, and the introduction of others."""
    printed = index in plan.headings
    if index == plan.title.abstract and not printed:
        walk.openings.append(Opening("Abstract", "abstract", 1, item.start))
    if index == plan.title.body and not printed and walk.openings[-1].kind in ("abstract", "front"):
        walk.openings.append(Opening("", "introduction", 1, item.start))
        walk.open = None


def _prose(text: str, walk: Walk, block: Block, line: str, *, wrapped: bool) -> None:
    """A paragraph, a list item, or the rest of the paragraph before."""
    bullet = bool(BULLET.match(line))
    if walk.open is not None and not bullet and _goes_on(text, walk.open, line, wrapped=wrapped):
        walk.open.pieces += block.pieces
    else:
        kind: PassageKind = "list-item" if bullet else "back" if walk.openings[-1].kind == "back" else "paragraph"
        walk.open = walk.add(kind, block.pieces)


def _goes_on(text: str, paragraph: Paragraph, line: str, *, wrapped: bool) -> bool:
    """Does `line` continue a paragraph that stops in mid-sentence?"""
    last = text[slice(*paragraph.pieces[-1])]
    if ends_sentence(last):
        return False
    return wrapped or line[:1].islower() or not line[:1].isalpha() or len(last) > LONG_LINE


def _tail(text: str, walk: Walk, block: Block) -> None:
    """What stands after the reference list."""
    line = block.printed(text)
    if block.kind != "text":
        return
    if main_heading_kind(line):
        walk.openings.append(opening(line, block.start, walk.openings, in_abstract=False))
        walk.add("heading", block.pieces)
    else:
        if walk.openings[-1].kind == "references":
            walk.openings.append(Opening("", "back", 1, block.start))
        walk.add("front" if is_front(line) else "back", block.pieces)


def _parts(text: str, walk: Walk, items: Sequence[ListItem]) -> Parts:
    sections = closed(walk.openings, len(text))
    words = Vocabulary(text)
    passages = [_passage(text, p.pieces, p.kind, sections[p.section], words) for p in walk.paragraphs]
    tables, figures, warnings = [], [], []
    for item, at in walk.floats:
        section = sections[at]
        caption = _passage(text, item.caption, "caption", section, words) if item.caption else None
        passages += [caption] if caption else []
        if item.kind == "figure" and caption:
            figures.append(Figure(item.label, caption))
            continue
        notes = tuple(_passage(text, note.pieces, "footnote", section, words) for note in item.notes)
        passages += notes
        cells, height = grid(text, item.rows)
        tables.append(Table(item.label, caption, cells, height, notes, section, item.start, item.end))
        warnings += _short_rows(item)
    references = _references(text, items, sections, words)
    return Parts(
        sections=tuple(s for s in sections),
        passages=tuple(sorted(passages, key=lambda p: next(iter(p.offsets), 0))),
        tables=tuple(tables),
        figures=tuple(figures),
        references=references,
        warnings=tuple(warnings),
    )


def _passage(text: str, pieces: Sequence[Piece], kind: PassageKind, section: Section, words: Vocabulary) -> Passage:
    printed, offsets = joined(text, [trimmed(text, *piece) for piece in pieces], words)
    return Passage(printed, offsets if isinstance(offsets, range) else tuple(offsets), kind, section)


def _short_rows(item: Float) -> list[str]:
    """A warning where rows lost cells: their columns are not certain."""
    width = max((len(row) for row in item.rows), default=0)
    short = sum(1 < len(row) < width for row in item.rows)
    return [f"{item.label or 'a table'}: {short} rows have fewer cells than the widest"] if short else []


def _references(
    text: str, items: Sequence[ListItem], sections: Sequence[Section], words: Vocabulary
) -> tuple[ReferenceItem, ...]:
    if not items:
        return ()
    first, last = min(item.start for item in items), max(item.pieces[-1][1] for item in items)
    unnamed = Section("", "references", 1, first, last)
    section = next((s for s in reversed(sections) if s.kind == "references"), unnamed)
    return tuple(_reference(text, item, section, words) for item in items)


def _reference(text: str, item: ListItem, section: Section, words: Vocabulary) -> ReferenceItem:
    passage = _passage(text, item.pieces, "back", section, words)
    end = item.pieces[-1][1]
    return ReferenceItem(item.number, passage, item.start, end if end > item.start else item.pieces[0][1])
