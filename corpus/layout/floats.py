"""Tables and figures lifted out of the prose they interrupt, with their captions and notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from corpus.headings import heading_kind
from corpus.layout.blocks import Block
from corpus.layout.grids import Row
from corpus.layout.heads import header_rows
from corpus.layout.prose import Piece, ends_sentence
from ontology import regex as re

# A legend this long without a full stop at its end was cut in two, as a paragraph is.
LONG_CAPTION = 250
SHORT_NOTE = 90
MAX_NOTES = 14

LETTER_MARK = r"(?:\^\{[^{}]{1,6}\}|\^\S|[*†‡§¶‖#]+|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[a-z]\s?(?=[A-Z(])|\([a-z]\)|[a-z]\))"
# Words at the head of a note under a table.
NOTE_WORDS = (
    "notes? abbreviations? data values? numbers? results percentages? key source legend footnotes? figures unless reproduced"
    " adapted significan(?:t|ce) statistical(?:ly)? bold mean medians? comparisons? differences? adjusted plus n/a ci sd"
)
NOTE = re.compile(
    rf"{LETTER_MARK}|(?i:[*_]{{0,3}}(?:{NOTE_WORDS.replace(' ', '|')}|all values|error bars|shown are|p[ -]?values?)\b"
    r"(?!\s+(?:from|of the (?:primary|secondary)))(?!(?<=an)\s[^.;:]{0,60}\b(?:was|were)\s[^.;]{0,20}\d))|[nNpP]\s?[=<>]"
)
ABBREVIATION = re.compile(
    r"[*_]{1,3}[\w%/+ .-]{1,25}[*_]{1,3}[\s,:;=]+[\w(]|[\w%/+.-]{1,20}\s?[=]\s?[\w(]|[A-Z][\w%/+.-]{0,9}:\s[a-z]"
    r"|[a-z]{0,3}[A-Z%][\w%/+-]{0,10}[A-Z0-9%+][a-z]?(?:\s[A-Z0-9][\w%/+-]{0,8})?[,:]\s[A-Za-z0-9γαβ]"
)
SENTENCE = re.compile(r"\b(?:was|were|is|are|indicates?|confirms?|denotes?|shown|specified|correspond)\b")


@dataclass(frozen=True, slots=True)
class Float:
    """A table or figure as printed: label, caption, rows of cells and the notes under them."""

    kind: str
    label: str
    caption: tuple[Piece, ...]
    rows: tuple[Row, ...] = ()
    notes: tuple[Block, ...] = ()
    start: int = 0
    end: int = 0


Flow = list[Block | Float]


def lifted(text: str, blocks: Sequence[Block], is_heading: Callable[[str], bool]) -> Flow:
    """The blocks in order, with each caption, its rows and its notes made one Float."""
    flow: Flow = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block.kind == "text":
            flow.append(block)
            index += 1
            continue
        if block.kind == "table" and (below := _captioned_below(text, blocks[index:], flow, is_heading)):
            flow[-2 if isinstance(flow[-1], Block) else -1 :] = [below]
            index += 1
            continue
        cut = _is_cut(text, flow, is_heading)
        taken, index = (_figure if block.kind == "figure" else _table)(text, blocks, index)
        above = flow[-1] if flow else None
        if not taken.label and isinstance(above, Float) and above.rows and not above.notes:  # one more panel
            taken = replace(taken, label=above.label)
        if taken.rows:
            notes = _notes(text, blocks[index : index + MAX_NOTES], cut, is_heading)
            index += len(notes)
            taken = replace(taken, notes=notes)
        flow.append(taken)
    return flow


def _captioned_below(text: str, blocks: Sequence[Block], flow: Flow, is_heading: Callable[[str], bool]) -> Float | None:
    """The rows above a caption that stands under them, as some journals print it, with a note between the two."""
    caption = blocks[0]
    if [block.kind for block in blocks[1:2]] == ["rows"]:
        return None
    notes = tuple(item for item in flow[-1:] if isinstance(item, Block) and item.end - item.start < LONG_CAPTION)
    above = flow[-1 - len(notes)] if len(flow) > len(notes) else None
    if not isinstance(above, Float) or not above.rows or above.label or any(is_heading(n.printed(text)) for n in notes):
        return None
    return replace(above, label=caption.label, caption=caption.pieces, notes=(*above.notes, *notes), end=caption.end)


def _is_cut(text: str, flow: Flow, is_heading: Callable[[str], bool]) -> bool:
    """Does the prose before a float stop in mid-sentence?"""
    last = next((item for item in reversed(flow) if isinstance(item, Block)), None)
    if last is None:
        return False
    printed = last.printed(text)
    return not ends_sentence(printed) and not is_heading(printed)


def _is_label_alone(text: str, block: Block) -> bool:
    return len(block.printed(text).strip("*_# .:|")) <= len(block.label) + 1


def _figure(text: str, blocks: Sequence[Block], index: int) -> tuple[Float, int]:
    block, after = blocks[index], index + 1
    pieces = block.pieces
    if after < len(blocks) and blocks[after].kind == "text":
        printed = block.printed(text)
        cut = len(printed) > LONG_CAPTION and not ends_sentence(printed)
        if _is_label_alone(text, block) or (cut and not heading_kind(blocks[after].printed(text))):
            pieces += blocks[after].pieces
            after += 1
    return Float("figure", block.label, pieces, start=block.start, end=pieces[-1][1]), after


def _table(text: str, blocks: Sequence[Block], index: int) -> tuple[Float, int]:
    """A caption with the rows under it (they may stop for a text that belongs to the caption), or rows alone."""
    block, after = blocks[index], index
    pieces: tuple[Piece, ...] = ()
    label = ""
    if block.kind == "table":
        pieces, label, after = block.pieces, block.label, index + 1
        rest = blocks[after : after + 2]
        if rest and rest[0].kind == "text" and (_is_label_alone(text, block) or [b.kind for b in rest[1:]] == ["rows"]):
            pieces += rest[0].pieces
            after += 1
    rows: tuple[Row, ...] = ()
    end = pieces[-1][1] if pieces else block.end
    while after < len(blocks) and blocks[after].kind == "rows" and (not rows or _is_body(text, blocks[after].rows)):
        rows, end = rows + blocks[after].rows, blocks[after].end
        after += 1
    return Float("table", label, pieces, rows, (), block.start, end), after


def _is_body(text: str, rows: Sequence[Row]) -> bool:
    """Do rows go on from those above, having no head of their own?"""
    return header_rows([[text[cell[0] : cell[1]] if cell else "" for cell in row] for row in rows]) == 0


def _notes(text: str, blocks: Sequence[Block], cut: bool, is_heading: Callable[[str], bool]) -> tuple[Block, ...]:
    """The blocks under a table's rows that are its notes, up to the prose that goes on (`cut`: in mid-sentence)."""
    notes = 0
    for index, block in enumerate(blocks):
        printed = block.printed(text)
        if block.kind != "text" or heading_kind(printed) or index > notes + 1 or _goes_on(printed, cut):
            break
        if explains(printed) or (not is_heading(printed) and _is_remark(printed, cut, first=index == 0)):
            notes = index + 1
        elif len(printed) > LONG_CAPTION:
            break
    return tuple(blocks[:notes])


def _goes_on(printed: str, cut: bool) -> bool:
    """Is this the rest of a sentence that a table cut?"""
    return cut and printed[:1].islower() and not re.match(r"[a-z]\)|[a-z]\s?[A-Z(]|n\s?=|p\s?[<=]", printed)


def explains(printed: str) -> bool:
    """Does a text explain a mark, an abbreviation or the values of a table?"""
    return bool(ABBREVIATION.match(printed) or NOTE.match(printed)) or is_definition(printed)


def _is_remark(printed: str, cut: bool, first: bool) -> bool:
    """Is this a sentence about the table, short or without a full stop?"""
    if cut or printed[:1].islower():
        return False
    if len(printed) < LONG_CAPTION and SENTENCE.search(printed) and not ends_sentence(printed):
        return True
    return first and len(printed) < SHORT_NOTE and ends_sentence(printed)


def is_definition(printed: str) -> bool:
    """Does a line spell out an abbreviation at its head: `TEAE treatment-emergent adverse event`?"""
    words = re.findall(r"[^\W_]+", printed[:120])
    letters = [letter.casefold() for letter in words[0] if letter.isupper()] if words else []
    if len(words) <= len(letters) or len(letters) < 2 or printed[:1].islower():
        return False
    initials = [word[0].casefold() for word in words[1 : len(letters) + 1]]
    return initials == letters and (words[1][0].islower() or len(letters) > 2)
