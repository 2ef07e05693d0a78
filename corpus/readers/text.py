"""Text as PDF converters write it, read into a Document."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from corpus.citations import cell_citations, cited
from corpus.document import Document
from corpus.layout.aligned import columnar_blocks, spaced_blocks
from corpus.layout.blocks import Line, lines
from corpus.layout.columns import in_reading_order, is_columnar
from corpus.layout.decoding import decode
from corpus.layout.wrapped import is_wrapped, without_furniture, wrapped_blocks
from corpus.naming import document_id
from corpus.readers.text_assembly import Parts, assemble
from corpus.scattered_references import scattered_items

STACKED_TABLES = "the text has lost the columns of its tables: one whose rows are not certain has no cells"


def read_text(data: bytes, source: str) -> Document:
    """The Document of a text file; raises UnreadablePaper where the bytes are no text."""
    text = decode(data, source)
    printed = lines(text)
    parts = _wrapped(text, printed) if is_wrapped(printed) else assemble(text, spaced_blocks(text, printed))
    passages, citations, how = cited(parts.passages, parts.references)
    citations += tuple(marker for table in parts.tables for marker in cell_citations(table, how))
    return Document(
        id=document_id(source),
        source=source,
        format="text",
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        sections=parts.sections,
        passages=passages,
        tables=parts.tables,
        figures=parts.figures,
        references=parts.references,
        citations=tuple(sorted(citations, key=lambda marker: marker.start)),
        warnings=parts.warnings,
    )


def _wrapped(text: str, printed: Sequence[Line]) -> Parts:
    """The parts of a text whose lines end where the page's did, its columns one after the other or side by side."""
    columnar = is_columnar(printed)
    kept = without_furniture(printed)
    kept = in_reading_order(kept) if columnar else kept
    items, taken = scattered_items(kept)
    rest = [line for place, line in enumerate(kept) if place not in taken]
    blocks = columnar_blocks(text, rest) if columnar else wrapped_blocks(text, rest)
    parts = assemble(text, blocks, items, wrapped=True)
    stacked = not columnar and any("\t" not in text[table.start : table.end] for table in parts.tables)
    return replace(parts, warnings=(*parts.warnings, STACKED_TABLES)) if stacked else parts
