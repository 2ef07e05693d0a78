"""A PDF file's pages, or the reason why there are none to read."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pypdfium2.raw

from corpus.pdf.options import AS_USUAL, PdfOptions
from corpus.pdf.recognition import recognised
from corpus.pdf.sheet import Sheet, read_sheet
from ontology.errors import UnreadablePaper

raw: Any = pypdfium2.raw  # generated bindings without types
pdfium: Any = pypdfium2

MAX_PAGES = 400  # a paper has fewer; a book or a registration dossier does not
FEWEST_LETTERS = 40  # a page: scans carry a page number or a stamp

PROBLEMS = {
    raw.FPDF_ERR_PASSWORD: ("the PDF is encrypted", "save it without a password"),
    raw.FPDF_ERR_FORMAT: ("damaged or not a PDF", "fetch the file again"),
    raw.FPDF_ERR_SECURITY: ("the PDF is encrypted in a way that cannot be opened", "save it without protection"),
}


def sheets_of(data: bytes, source: str, options: PdfOptions = AS_USUAL) -> list[Sheet]:
    """The pages of a PDF; scripts and forms in it are never run."""
    sheets = read_sheets(data, source, options.max_pages)
    if options.ocr and not all(sheet.words for sheet in sheets):
        sheets = read_sheets(recognised(data, source), source, options.max_pages)
    if sum(len(word.text) for sheet in sheets for word in sheet.words) < FEWEST_LETTERS * min(len(sheets), 3):
        remedy = "recognise its text by hand" if options.ocr else "its text must be recognised first (OCR): see --ocr"
        raise UnreadablePaper(source, "a PDF of pictures without text", remedy)
    return sheets


def read_sheets(data: bytes, source: str, max_pages: int | None) -> list[Sheet]:
    """The pages of a PDF as they are; each is given back before the next one is opened."""
    document = opened(data, source)
    try:
        count = len(document)
        limit = MAX_PAGES if max_pages is None else max_pages
        if count == 0:
            raise UnreadablePaper(source, "a PDF without pages", "fetch the file again")
        if count > limit:
            raise UnreadablePaper(source, f"a PDF of {count} pages", f"allow more than {limit} (--max-pages) or cut it")
        return [read_sheet(document, number) for number in range(count)]
    except pdfium.PdfiumError:
        raise UnreadablePaper(source, "a page of the PDF is damaged", "fetch the file again") from None
    finally:
        document.close()


def opened(data: bytes, source: str) -> Any:
    """The PDF, opened."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        problem, remedy = PROBLEMS.get(code, PROBLEMS[raw.FPDF_ERR_FORMAT])
        raise UnreadablePaper(source, problem, remedy) from None
