"""PDF, read from the geometry of its pages: `read_pdf`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.citations import cell_citations, cited
from corpus.document import Cell, Document, Figure, Passage, Section, Table
from corpus.headings import main_heading_kind
from corpus.layout.blocks import Block
from corpus.layout.prose import ends_sentence
from corpus.naming import document_id
from corpus.pdf.area import Area
from corpus.pdf.cells import plan_of
from corpus.pdf.figures import FigureArea
from corpus.pdf.flow import Item, items_of
from corpus.pdf.lines import Line
from corpus.pdf.options import AS_USUAL, PdfOptions
from corpus.pdf.plans import Box, Plan
from corpus.pdf.sheet import Sheet
from corpus.pdf.source import sheets_of
from corpus.pdf.writing import Hyphens, Scribe
from corpus.readers.pdf_headings import Prose, set_apart, without_plain_headings
from corpus.readers.text_assembly import Parts, assemble
from corpus.reference_list import AUTHOR, ListItem, list_items
from ontology import regex as re

Span = tuple[int, int]

NUMBERED = re.compile(r"\s*[\[(]?([0-9]{1,3})(?:[.)\]]{1,2}(?=\D)|\s)")
LONGEST_HEADING = 60
SAME_SIZE = 0.03
SHORT_ITEM = 60  # letters: less is a part of a reference
RIGHTS = re.compile(
    r"\s*(?:©|copyright|this is an open|open access|publisher|received|accepted|disclaimer)", re.IGNORECASE
)
FEWEST_REFERENCES = 5
NOTE_MARKS = "*†‡§¶‖#"
SKIPPED, BETWEEN = 2, 5  # numbers lost in a list, and paragraphs between two that are found


@dataclass
class Written:
    """A table or figure in the text: its caption, cells and notes by their offsets."""

    kind: str
    label: str
    start: int
    caption: Span | None = None
    plan: Plan | None = None
    cells: dict[int, Span] = field(default_factory=dict)
    offsets: dict[tuple[int, int], int] = field(default_factory=dict)  # of each place of the grid
    notes: list[Span] = field(default_factory=list)
    end: int = 0


def read_pdf(data: bytes, source: str, options: PdfOptions = AS_USUAL) -> Document:
    """The Document of a PDF; `pages` maps its characters to the pages (see `corpus.pdf.places`)."""
    sheets = sheets_of(data, source, options)
    scribe = Scribe(sheets, Hyphens(" ".join(sheet.text for sheet in sheets)))
    prose, floats = write_items(scribe, items_of(sheets))
    text = scribe.text
    items, blocks = references(text, prose)
    parts = without_plain_headings(assemble(text, blocks, items), set_apart(text, prose))
    tables, figures, passages = placed_floats(text, floats, parts)
    everything = tuple(sorted((*parts.passages, *passages), key=lambda passage: next(iter(passage.offsets), 0)))
    everything, citations, how = cited(everything, parts.references)
    citations += tuple(marker for table in tables for marker in cell_citations(table, how))
    return Document(
        id=document_id(source),
        source=source,
        format="pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        sections=parts.sections,
        passages=everything,
        tables=tables,
        figures=figures,
        references=parts.references,
        citations=tuple(sorted(citations, key=lambda marker: marker.start)),
        warnings=(*parts.warnings, *warnings_of(sheets)),
        pages=scribe.pages,
    )


def warnings_of(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Pages that hold a picture and no text."""
    empty = [str(sheet.number) for sheet in sheets if not sheet.words]
    if empty:
        yield f"no text on page {', '.join(empty)}"


# ---------------------------------------------------------------- references


def references(text: str, prose: Sequence[Prose]) -> tuple[tuple[ListItem, ...], list[Block]]:
    """The items of the reference list, under its heading or without one, and the blocks that are not theirs."""
    printed = [text[part.start : part.end] for part in prose]
    heads = [
        place
        for place, line in enumerate(printed)
        if len(line) < LONGEST_HEADING and main_heading_kind(line) == "references"
    ]
    start = heads[-1] + 1 if heads else 0
    first, last = (start + place for place in counted(printed[start:]))
    if last - first >= FEWEST_REFERENCES:
        items = list_items(text, [(part.start, part.end, True) for part in prose[first:last]])
    else:
        first, last = listed(prose, printed, start) if heads else (0, 0)
        items = unnumbered(text, prose[first:last])
    return items, [part.block for part in (*prose[:first], *prose[last:])]


def listed(prose: Sequence[Prose], printed: Sequence[str], first: int) -> tuple[int, int]:
    """`[first, last)` of the paragraphs under the heading that are set like the first one."""
    last = first
    while (
        last < len(prose)
        and abs(prose[last].size - prose[first].size) < SAME_SIZE * prose[first].size
        and not prose[last].bold
        and not RIGHTS.match(printed[last])
        and main_heading_kind(printed[last]) is None
    ):
        last += 1
    return first, last


def unnumbered(text: str, parts: Sequence[Prose]) -> tuple[ListItem, ...]:
    """A list without numbers, one item a paragraph; a paragraph that opens with no name goes on with the one above."""
    pieces: list[list[Span]] = []
    for part in parts:
        before = text[pieces[-1][-1][0] : pieces[-1][-1][1]] if pieces else ""
        if pieces and not AUTHOR.match(text, part.start) and (len(before) < SHORT_ITEM or not ends_sentence(before)):
            pieces[-1].append((part.start, part.end))
        else:
            pieces.append([(part.start, part.end)])
    return tuple(ListItem(number, item[0][0], tuple(item)) for number, item in enumerate(pieces, 1))


def counted(printed: Sequence[str]) -> tuple[int, int]:
    """`[first, last)` of the longest run of paragraphs that count up from 1, with at most a few others between two."""
    numbers = [int(match[1]) if (match := NUMBERED.match(line)) else 0 for line in printed]
    best = (0, 0)
    for first, number in enumerate(numbers):
        expected, last = 1, first - 1
        for place in range(first, len(numbers) if number == 1 else first):
            if expected <= numbers[place] <= expected + SKIPPED:
                expected, last = numbers[place] + 1, place
            elif place - last > BETWEEN:
                break
        if last + 1 - first > best[1] - best[0]:
            best = (first, last + 1)
    return best


# ---------------------------------------------------------------- writing


def write_items(scribe: Scribe, items: Sequence[Item]) -> tuple[list[Prose], list[Written]]:
    """Write what the pages print; the paragraphs, and the floats."""
    prose: list[Prose] = []
    floats: list[Written] = []
    for item in items:
        if isinstance(item, Area):
            floats.append(write_table(scribe, item))
        elif isinstance(item, FigureArea):
            floats.append(write_figure(scribe, item))
        else:
            span = scribe.lines([line.words for line in item.lines])
            prose.append(Prose(*span, item.size, item.lines[0].bold, item.lines[0].italic))
            scribe.write("\n\n")
    return prose, floats


def write_lines(scribe: Scribe, lines: Sequence[Line]) -> Span:
    """Write lines as one paragraph."""
    span = scribe.lines([line.words for line in lines])
    scribe.write("\n")
    return span


def write_table(scribe: Scribe, area: Area) -> Written:
    """Write a table: caption, rows with tabs between the cells, notes."""
    written = Written("table", area.label, scribe.size)
    if area.caption:
        written.caption = write_lines(scribe, area.caption)
    written.plan = plan_of(area)
    at = {(box.row, box.column): box for box in written.plan.boxes}
    for row in range(written.plan.rows):
        for column in range(written.plan.columns):
            scribe.write("\t" if column else "")
            written.offsets[row, column] = scribe.size
            if (row, column) in at:
                box = at[row, column]
                written.cells[id(box)] = scribe.lines(box.lines)
        scribe.write("\n")
    for note in note_paragraphs(area.notes):
        written.notes.append(write_lines(scribe, note))
    written.end = scribe.size
    scribe.write("\n")
    return written


def note_paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of notes, those of one note together."""
    run: list[Line] = []
    right = max((line.x1 for line in lines), default=0.0)
    for line in lines:
        short = bool(run) and run[-1].x1 < right - 0.15 * (right - line.x0) and run[-1].text[-1:] in ".;:)"
        if run and (short or line.words[0].script > 0 or line.text[0] in NOTE_MARKS):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def write_figure(scribe: Scribe, area: FigureArea) -> Written:
    """Write a figure's caption."""
    written = Written("figure", area.label, scribe.size)
    written.caption = write_lines(scribe, area.caption)
    written.end = scribe.size
    scribe.write("\n")
    return written


# ---------------------------------------------------------------- tables and figures of the Document


def placed_floats(
    text: str, floats: Sequence[Written], parts: Parts
) -> tuple[tuple[Table, ...], tuple[Figure, ...], list[Passage]]:
    """Tables, figures and the passages of their captions and notes, in the sections they stand in."""
    tables: list[Table] = []
    figures: list[Figure] = []
    passages: list[Passage] = []
    for written in floats:
        section = section_at(parts.sections, written.start)
        caption = caption_passage(text, written, section)
        notes = tuple(Passage(text[a:b], range(a, b), "footnote", section) for a, b in written.notes)
        passages += [*((caption,) if caption else ()), *notes]
        if written.plan is not None:
            grid = grid_of(text, written, written.plan)
            head = written.plan.header_rows
            tables.append(Table(written.label, caption, grid, head, notes, section, written.start, written.end))
        elif caption is not None:
            figures.append(Figure(written.label, caption))
    return tuple(tables), tuple(figures), passages


def section_at(sections: Sequence[Section], offset: int) -> Section:
    """The innermost section that holds an offset."""
    inside = [section for section in sections if section.start <= offset < section.end]
    return max(inside, key=lambda section: (section.start, section.level), default=sections[0])


def caption_passage(text: str, written: Written, section: Section) -> Passage | None:
    """The caption."""
    if written.caption is None:
        return None
    start, end = written.caption
    return Passage(text[start:end], range(start, end), "caption", section)


def grid_of(text: str, written: Written, plan: Plan) -> tuple[tuple[Cell, ...], ...]:
    """The grid of a written table; where nothing is printed stands an empty cell."""
    places: list[list[Cell | None]] = [[None] * plan.columns for _ in range(plan.rows)]
    for box in plan.boxes:
        cell = cell_of(text, box, written.cells[id(box)], plan.header_rows)
        for row in places[box.row : box.row + box.row_span]:
            for column in range(box.column, min(plan.columns, box.column + box.col_span)):
                row[column] = row[column] or cell
    return tuple(
        tuple(cell or empty_cell(written, row, column, plan.header_rows) for column, cell in enumerate(cells))
        for row, cells in enumerate(places)
    )


def empty_cell(written: Written, row: int, column: int, header_rows: int) -> Cell:
    """A place of the grid where nothing is printed."""
    offset = written.offsets[row, column]
    return Cell("", offset, offset, row, column, header=row < header_rows)


def cell_of(text: str, box: Box, span: Span, header_rows: int) -> Cell:
    """A cell from its box and its characters."""
    start, end = span
    return Cell(text[start:end], start, end, box.row, box.column, box.row_span, box.col_span, box.row < header_rows)
