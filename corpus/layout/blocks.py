"""A page's text as blocks: paragraphs, captions and rows of tables, each with its place in the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Literal, NamedTuple

from corpus.headings import main_heading_kind
from corpus.layout.grids import Row, is_rule, tab_row
from corpus.layout.prose import Piece
from ontology import regex as re

BlockKind = Literal["text", "rows", "table", "figure"]

# A line this long is a paragraph, not a row of one cell (characters).
PARAGRAPH = 240
# The head of a group of rows is shorter (characters).
GROUP_HEAD = 80

LINE = re.compile(r"[^\n\r\f\v\u2028\u2029]+")
LABEL = r"(?:\*|_|#|\s)*(?P<label>(?:(?:Supplementa(?:ry|l)|Extended Data|Appendix|Online|Web)\s+)?(?P<word>{words})\s*"
NUMERAL = r"(?P<number>[A-Z]{0,2}[0-9]{1,3}[a-zA-Z]?|[IVXL]{1,6})(?![\w%]))"
SEPARATOR = r"(?P<rest>\**\s*(?:[.:|–—]|-\s)\**\s*|\**\s*\Z|\**\s+(?=[A-Z*(]))"
TABLE_CAPTION = re.compile(LABEL.format(words=r"Table|TABLE|Tab\.|Box|BOX|Panel") + NUMERAL + SEPARATOR)
FIGURE_CAPTION = re.compile(LABEL.format(words=r"Figure|FIGURE|Fig\.?|FIG\.?|Scheme|Chart") + NUMERAL + SEPARATOR)
# "Table 2 shows ..." opens a sentence, not a caption.
SENTENCE_VERB = re.compile(
    r"\**\s*(?:shows?|presents?|lists?|summari[sz]es?|gives?|provides?|reports?|describes?|compares?|depicts?|illustrates?"
    r"|demonstrates?|displays?|details?|and|in|of|is|are|was|contains?|indicates?|reveals?|outlines?|includes?|highlights?)\b"
)


class Line(NamedTuple):
    """A printed line without its white space at the ends; `gap` counts the empty lines above it."""

    start: int
    end: int
    text: str
    gap: int = 0
    indent: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text of one kind; `pieces` are its characters, `rows` those of a table, `label` that of a caption."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    rows: tuple[Row, ...] = ()
    label: str = ""
    gap: int = 1

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.pieces[-1][1]

    def printed(self, text: str) -> str:
        """The block's characters in one line."""
        if len(self.pieces) == 1:
            return text[self.start : self.end]
        return " ".join([text[start:end] for start, end in self.pieces])


def lines(text: str) -> list[Line]:
    """The printed lines of a text; a form feed opens a new page."""
    found: list[Line] = []
    last = page = 0
    for match in LINE.finditer(text):
        first, stop = match.span()
        printed = match[0].strip()
        if not printed:
            continue
        between = text[last:first]
        page += "\f" in between
        gap = max(between.count("\n"), between.count("\r")) - 1
        start = first + match[0].index(printed[0])
        found.append(Line(start, start + len(printed), printed, max(0, gap), start - first, page))
        last = stop
    return found


def caption(line: str, pattern: re.Pattern[str], *, alone: bool = False) -> re.Match[str] | None:
    """The label that opens a caption, if the line is one and not a sentence about a table; `alone`: no rows follow."""
    match = pattern.match(line)
    if not match or SENTENCE_VERB.match(line, match.end("label")):
        return None
    bare = not re.search(r"[.:|–—-]", match["rest"]) and match.end() < len(line)
    return None if bare and (alone or line[match.end() :][:1].islower()) else match


def label_of(match: re.Match[str]) -> str:
    """A label as a key: "Table 1", "Figure 2A"."""
    return " ".join(match["label"].replace("*", "").split())


def long_line_blocks(text: str, printed: Sequence[Line]) -> list[Block]:
    """Blocks of a text that has one line a paragraph, rows cut by tabs or pipes, and empty lines between."""
    blocks: list[Block] = []
    for run in runs(printed):
        tabbed = [_is_row(text, line) for line in run]
        first = tabbed.index(True) if True in tabbed else len(run)
        head = first if caption(run[0].text, TABLE_CAPTION, alone=first == len(run)) else 0
        if head and first == len(run):
            head = 1
        if head:
            blocks.append(_caption_block(run[:head]))
        rest = run[head:]
        captioned = bool(blocks) and blocks[-1].kind in ("table", "rows")
        if sum(tabbed) > (0 if captioned else 1) or (captioned and not tabbed[0] and _is_column(rest)):
            blocks.append(table_rows(text, rest))
        else:
            blocks += [_text_block(line) for line in rest]
    return [over_rows(text, block, after) for block, after in zip_longest(blocks, blocks[1:])]


def runs(printed: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines with no empty line between them."""
    run: list[Line] = []
    for line in printed:
        if run and line.gap:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_row(text: str, line: Line) -> bool:
    pipes = line.text.startswith("|") and line.text.endswith("|") and line.text.count("|") > 2
    return pipes or "\t" in line.text or "\t" in text[line.start - line.indent : line.start]


def _is_column(run: Sequence[Line]) -> bool:
    """Can these lines be the rows of a table that has one column: several, none of them a paragraph or a reference?"""
    if not run or main_heading_kind(run[0].text):
        return False
    return len(run) > 1 and max(len(line.text) for line in run) < PARAGRAPH and not _is_list(run)


def _is_list(run: Sequence[Line]) -> bool:
    """Are these the items of a numbered reference list?"""
    return sum(bool(re.match(r"(?:-|[0-9]{1,3}[.)]?|\[[0-9]+\])\s+[A-Z]", line.text)) for line in run) * 2 > len(run)


def _caption_block(run: Sequence[Line]) -> Block:
    match = TABLE_CAPTION.match(run[0].text)
    label = label_of(match) if match else ""
    return Block("table", tuple((line.start, line.end) for line in run), label=label, gap=run[0].gap)


def _text_block(line: Line) -> Block:
    for kind, pattern in CAPTIONS:
        if match := caption(line.text, pattern, alone=True):
            return Block(kind, ((line.start, line.end),), label=label_of(match), gap=line.gap)
    return Block("text", ((line.start, line.end),), gap=line.gap)


def over_rows(text: str, block: Block, after: Block | None) -> Block:
    """A caption without a full stop behind its number is one where rows follow: `TABLE 1 Baseline characteristics`."""
    if block.kind != "text" or after is None or after.kind != "rows":
        return block
    match = caption(block.printed(text), TABLE_CAPTION)
    return Block("table", block.pieces, label=label_of(match), gap=block.gap) if match else block


def tabbed_runs(text: str, printed: Sequence[Line]) -> Iterator[tuple[list[Line], bool]]:
    """The lines in runs: rows cut by tabs with the group heads between them (True), and all other lines (False)."""
    rows = [_is_row(text, line) for line in printed]
    for at, line in enumerate(printed):
        below = next((n for n in range(at + 1, min(at + 3, len(printed))) if rows[n]), None)
        if not rows[at] and at and rows[at - 1] and below and len(line.text) < GROUP_HEAD:
            rows[at] = not any(one.gap for one in printed[at : below + 1])
    for tabbed, run in groupby(zip(printed, rows, strict=True), key=itemgetter(1)):
        yield [line for line, _ in run], tabbed


def table_rows(text: str, run: Sequence[Line]) -> Block:
    """A block of rows, one a line, their cells between tabs or pipes."""
    pieces = tuple((line.start - line.indent, _line_end(text, line.end)) for line in run if not is_rule(line.text))
    return Block("rows", pieces, rows=tuple(tab_row(text, *piece) for piece in pieces), gap=run[0].gap)


def _line_end(text: str, end: int) -> int:
    while end < len(text) and text[end] in " \t":
        end += 1
    return end


CAPTIONS: tuple[tuple[BlockKind, re.Pattern[str]], ...] = (("table", TABLE_CAPTION), ("figure", FIGURE_CAPTION))
