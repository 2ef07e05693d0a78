"""Blocks of a text whose lines end where the printed lines end, as `pdftotext` writes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.headings import heading_kind
from corpus.layout.blocks import CAPTIONS, Block, Line, caption, label_of, tabbed_runs, table_rows
from corpus.layout.floats import explains
from corpus.layout.front import KEYWORDS, is_authors, is_front
from corpus.layout.outline import BULLET, looks_like_heading
from corpus.layout.prose import ends_sentence
from corpus.layout.stacked import is_values, stacked_rows
from ontology import regex as re

# No page has room for longer lines: one line is one paragraph then.
LONG_LINE = 200
SHORT_LINE = 30
WRAPPED = 0.08
# A line shorter than this share of the lines around it ends a paragraph.
FULL_LINE = 0.88
# Lines of prose before the last are longer than this share of the longest; labels of a table are not.
CELL_LINE = 0.6
SHORT_NOTE = 40
LONG_CELL = 120
MAX_FURNITURE = 140
EDGE_LINES = 4
TITLE_LINES = 6
TITLE_PAGE = 4000
PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[0-9]{1,4}(?:\s*(?:of|/|\|)\s*[0-9]{1,4})?|[A-Za-z]?[0-9]{1,4}\s*\|.{0,80}", re.IGNORECASE
)
RUNNING_HEAD = re.compile(
    r"\bet al\b|\bdoi\b|©|https?:|www\.|(?:19|20)[0-9]{2}\s?[;,(]|\bvol(?:ume)?\b|journal", re.IGNORECASE
)
NUMBERS = re.compile(r"[0-9]+")
WORD = re.compile(r"[^\W\d_]{3}")
FUNCTION_WORD = re.compile(r"\b(?:the|of|and|in|to|with|was|were|for|that|is|are|by|from|we|this|these|at|on|as|or)\b")


def is_wrapped(printed: Sequence[Line]) -> bool:
    """Does the text break its lines as the page did: do sentences go on in the line below?"""
    on = sum(
        not below.gap and below.text[0].islower() and len(line.text) > SHORT_LINE and line.text[-1] not in ".:;"
        for line, below in pairwise(printed)
        if len(line.text) < LONG_LINE and "\t" not in line.text
    )
    return on > WRAPPED * len(printed)


def without_furniture(printed: Sequence[Line]) -> list[Line]:
    """The lines without running heads and page numbers; what stood around them keeps its distance."""
    edges = _edges(printed)
    pages = printed[-1].page + 1 if printed else 0
    often = Counter(_key(printed[i]) for i in edges)
    kept: list[Line] = []
    dropped = False
    for i, line in enumerate(printed):
        isolated = line.gap and (i + 1 == len(printed) or printed[i + 1].gap)
        repeated = often[_key(line)] > (2 if pages > 4 else 1) and bool(WORD.search(line.text))
        if (i in edges and len(_key(line)) < MAX_FURNITURE and repeated) or (
            isolated and _is_folio(line, often, pages)
        ):
            dropped = True
            continue
        kept.append(line._replace(gap=max(1, line.gap)) if dropped else line)
        dropped = False
    return kept


def _key(line: Line) -> str:
    text = " ".join(line.text.split())
    return NUMBERS.sub("#", text).casefold() if WORD.search(text) else text


def _edges(printed: Sequence[Line]) -> set[int]:
    """Places of the first and last lines of the pages; of all short lines where pages are not marked."""
    breaks = [i for i in range(1, len(printed)) if printed[i].page != printed[i - 1].page]
    if not breaks:
        folios = [i for i, line in enumerate(printed) if re.fullmatch(r"(?i)page\s*[0-9]+\s*of\s*[0-9]+", line.text)]
        breaks = [i + 1 for i in folios]
    ends = [*breaks, len(printed)]
    return {i for end in ends for i in range(max(0, end - EDGE_LINES), min(len(printed), end + EDGE_LINES))}


def _is_folio(line: Line, often: Counter[str], pages: int) -> bool:
    if PAGE_NUMBER.fullmatch(line.text):
        return "of" in line.text or "|" in line.text or often[_key(line)] > max(1, pages // 2)
    return len(line.text) < MAX_FURNITURE and often[_key(line)] > 2 and bool(RUNNING_HEAD.search(line.text))


def wrapped_blocks(text: str, printed: Sequence[Line]) -> list[Block]:
    """Blocks of a text with hard line ends: paragraphs, headings, captions, rows cut by tabs and stacked cells."""
    blocks: list[Block] = []
    for run, tabbed in tabbed_runs(text, printed):
        blocks += [table_rows(text, run)] if tabbed else _untabbed_blocks(run)
    return blocks


def _untabbed_blocks(printed: Sequence[Line]) -> list[Block]:
    """Blocks of lines that no tab cuts; the cells under a caption stand below one another there."""
    parts = list(_parts(printed))
    blocks: list[Block] = []
    index = 0
    while index < len(parts):
        block = _block(parts[index])
        index += 1
        if block.kind == "table":
            cells, stop = _cells_under(parts, index)
            head, body = _split_caption(parts[index - 1], cells)
            blocks.append(Block("table", _pieces(head), label=block.label, gap=block.gap))
            if rows := stacked_rows(body):
                blocks.append(Block("rows", _pieces([line for part in body for line in part]), rows=rows))
            blocks += [Block("text", _pieces(part)) for part in _below_values(body) if _is_note(part)]
            index = stop
        else:
            blocks.append(block)
    return blocks


def _pieces(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    return tuple((line.start, line.end) for line in lines)


def _block(part: Sequence[Line]) -> Block:
    for kind, pattern in CAPTIONS:
        if match := caption(part[0].text, pattern, alone=True):
            return Block(kind, _pieces(part), label=label_of(match), gap=part[0].gap)
    return Block("text", _pieces(part), gap=part[0].gap)


def _parts(printed: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that belong together: paragraphs, headings and captions alone, columns of cells."""
    part: list[Line] = []
    for i, line in enumerate(printed):
        following = printed[i + 1] if i + 1 < len(printed) else None
        if part and (line.gap or _opens(part, line, following)):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _opens(part: Sequence[Line], line: Line, following: Line | None) -> bool:
    """Does a line without an empty line above open a part of its own?"""
    if any(caption(line.text, pattern, alone=True) for _, pattern in CAPTIONS) or KEYWORDS.match(line.text):
        return True
    last = part[-1].text
    on_title_page = line.end < TITLE_PAGE and len(part) < TITLE_LINES
    if on_title_page and is_authors(line.text) != is_authors(last):
        return True
    if _is_heading_line(part, last, line):
        return True
    done = ends_sentence(last)
    if not done:
        return False
    if heading_kind(line.text) or BULLET.match(line.text):
        return True
    width = max(len(one.text) for one in part)
    if not line.text[:1].isupper() and not line.text[:1].isdigit():
        return False
    if len(last) < width * FULL_LINE:
        return True
    short = len(line.text) < width * 0.8 and following is not None and following.text[:1].isupper()
    return short and looks_like_heading(line.text)


def _is_heading_line(part: Sequence[Line], last: str, line: Line) -> bool:
    """Is the part so far one heading, under which `line` begins the prose?"""
    if len(part) > 2 or line.text[:1].islower():
        return False
    whole = " ".join(one.text for one in part)
    if heading_kind(whole):
        return True
    short = len(last) < FULL_LINE * len(line.text) and not whole.endswith(".")
    return looks_like_heading(whole) and short and not line.text[:1].isdigit()


def is_prose(part: Sequence[Line]) -> bool:
    """Is this running text, not cells?"""
    whole = " ".join(line.text for line in part)
    words = len(whole.split())
    function_words = len(FUNCTION_WORD.findall(whole))
    longest = max(len(line.text) for line in part)
    if _are_labels(part):
        return False
    if whole.endswith(".") and words > 7 and function_words > 2:
        return True
    return words > 11 and len(whole) > 50 * min(2, len(part)) and longest > 38 and function_words * 9 > words


def _are_labels(part: Sequence[Line]) -> bool:
    """Do many lines stop short where the next one opens with no small letter, as labels do under one another?"""
    full = sorted(len(line.text) for line in part)[-2:][0]  # a joined hyphen can make one line too long
    short = sum(len(above.text) < CELL_LINE * full and not below.text[0].islower() for above, below in pairwise(part))
    return short > 0 and short * 3 >= len(part) - 1


def _cells_under(parts: Sequence[Sequence[Line]], start: int) -> tuple[list[Sequence[Line]], int]:
    """The cells under a caption, and where they are over: at prose, a note, the next caption, or a heading over prose."""
    cells: list[Sequence[Line]] = []
    index = start
    while index < len(parts):
        part, after = _whole_part(parts, index)
        if _is_heading_over_prose(parts[index:after]) or _ends_cells(part, parts[after : after + 2], first=not cells):
            break
        cells.append(part)
        index = after
    return cells, index


def _whole_part(parts: Sequence[Sequence[Line]], index: int) -> tuple[Sequence[Line], int]:
    """A part with those below that no empty line parts from it, and the place after them: cells have no headings."""
    part, after = list(parts[index]), index + 1
    while after < len(parts) and not parts[after][0].gap and not _is_caption(parts[after][0]):
        part += parts[after]
        after += 1
    return part, after


def _is_heading_over_prose(parts: Sequence[Sequence[Line]]) -> bool:
    """Do parts that stand together leave the table for the text?"""
    return len(parts) == 2 and len(parts[0]) == 1 and is_prose(parts[1]) and len(_whole(parts[1])) > LONG_CELL


def _is_caption(line: Line) -> bool:
    return any(caption(line.text, pattern, alone=True) for _, pattern in CAPTIONS)


def _ends_cells(part: Sequence[Line], below: Sequence[Sequence[Line]], *, first: bool) -> bool:
    whole = _whole(part)
    if _is_caption(part[0]) or is_prose(part):
        return True
    if any(map(is_values, (part, *below))):
        return False
    if is_front(whole) or (not first and _is_note(part)):
        return True
    prose = any(is_prose(one) and not explains(_whole(one)) for one in below)
    return prose and (heading_kind(whole) is not None or (len(part) == 1 and looks_like_heading(whole)))


def _is_note(part: Sequence[Line]) -> bool:
    """Does a part explain marks or abbreviations of a table?"""
    whole = _whole(part)
    return len(whole) > SHORT_NOTE and explains(whole)


def _below_values(body: Sequence[Sequence[Line]]) -> Sequence[Sequence[Line]]:
    """The parts after the last values."""
    return body[max((place for place, part in enumerate(body) if is_values(part)), default=-1) + 1 :]


def _whole(part: Sequence[Line]) -> str:
    return " ".join(line.text for line in part)


def _split_caption(part: Sequence[Line], body: Sequence[Sequence[Line]]) -> tuple[Sequence[Line], list[Sequence[Line]]]:
    """The lines of the caption, and the parts of cells with those lines that the caption's part ran into."""
    end = 1
    while end < len(part) and not part[end - 1].text.endswith(".") and _runs_on(part[0], part[end - 1], part[end]):
        end += 1
    rest = [part[end:]] if end < len(part) else []
    return part[:end], [*rest, *body]


def _runs_on(first: Line, last: Line, line: Line) -> bool:
    """Is a line under a caption's line more of the caption, not the first cell?"""
    if len(last.text) < 0.7 * len(first.text):
        return False
    return line.text[:1].islower() or last.text[-1:] in ",-–(" or len(line.text) > 0.6 * len(first.text)
