"""What a user may ask of the reading of a PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """The most pages that are read (None: the reader's own limit), and whether pictures of text are recognised."""

    max_pages: int | None = None
    ocr: bool = False


AS_USUAL = PdfOptions()
