"""Highlights with notes written into a copy of a PDF: `with_marks`."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pypdfium2
import pypdfium2.raw

from corpus.pdf.source import opened
from ontology.base import PageBox
from ontology.errors import UnreadablePaper

raw: Any = pypdfium2.raw  # generated bindings without types
pdfium: Any = pypdfium2

PRINTED = 4  # the flag of an annotation that stands on paper too


@dataclass(frozen=True, slots=True)
class Mark:
    """What is highlighted on a page: boxes, a colour (red, green, blue from 0 to 255), and a note with its title."""

    boxes: tuple[PageBox, ...]
    colour: tuple[int, int, int]
    title: str
    note: str


def with_marks(data: bytes, source: str, marks: Iterable[Mark]) -> bytes:
    """A copy of a PDF with highlights; what was in it stays."""
    document = opened(data, source)
    try:
        for number, found in groupby(sorted(marks, key=page_of), page_of):
            page = document[number - 1]
            for mark in found:
                highlight(page, mark)
            page.close()
        out = io.BytesIO()
        document.save(out, flags=raw.FPDF_INCREMENTAL)
    except pdfium.PdfiumError:
        raise UnreadablePaper(source, "no highlights can be written into this PDF", "use --html") from None
    finally:
        document.close()
    return out.getvalue()


def page_of(mark: Mark) -> int:
    """The page of a mark; its boxes are all on one."""
    return mark.boxes[0].page


def highlight(page: Any, mark: Mark) -> None:
    """Write a mark on its page."""
    annotation = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_HIGHLIGHT)
    if not annotation:
        raise pdfium.PdfiumError("no annotation")
    try:
        for box in mark.boxes:
            corners = (box.left, box.top, box.right, box.top, box.left, box.bottom, box.right, box.bottom)
            raw.FPDFAnnot_AppendAttachmentPoints(annotation, raw.FS_QUADPOINTSF(*corners))
        raw.FPDFAnnot_SetRect(annotation, around(mark.boxes))
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *mark.colour, 255)
        raw.FPDFAnnot_SetFlags(annotation, PRINTED)
        raw.FPDFAnnot_SetStringValue(annotation, b"T", wide(mark.title))
        raw.FPDFAnnot_SetStringValue(annotation, b"Contents", wide(mark.note))
        raw.FPDFAnnot_SetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, wide(drawing(mark)))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def around(boxes: Sequence[PageBox]) -> Any:
    """The rectangle around boxes."""
    return raw.FS_RECTF(
        min(box.left for box in boxes),
        max(box.top for box in boxes),
        max(box.right for box in boxes),
        min(box.bottom for box in boxes),
    )


def drawing(mark: Mark) -> str:
    """How a mark looks, in the operators of a page: viewers that draw no highlights by themselves show it."""
    colour = " ".join(f"{part / 255:.3f}" for part in mark.colour)
    boxes = " ".join(
        f"{box.left:.1f} {box.bottom:.1f} {box.right - box.left:.1f} {box.top - box.bottom:.1f} re"
        for box in mark.boxes
    )
    return f"/GS gs {colour} rg {boxes} f"


def wide(text: str) -> Any:
    """Text as pdfium takes it."""
    data = text.encode("utf-16-le", "replace") + b"\x00\x00"
    return ctypes.cast(ctypes.create_string_buffer(data, len(data)), ctypes.POINTER(ctypes.c_ushort))
