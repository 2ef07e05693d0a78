"""Which reader a paper needs, told by its content and not by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from corpus.document import Document
from corpus.pdf.options import AS_USUAL, PdfOptions
from ontology.errors import UnreadablePaper, WrongCall

Reader = Callable[[bytes, str, PdfOptions], Document]

SUFFIXES = frozenset((".txt", ".xml", ".nxml", ".pdf", ".html"))
HEAD = 4096  # bytes that a format is told by

PDF = re.compile(rb"\s{0,64}%PDF-")
XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,64}<(?:\?xml|!DOCTYPE\s+(?!html)|article\b|pmc-articleset\b|[\w-]{1,40}:)", re.IGNORECASE
)
HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,64}(?:<\?xml[^>]{0,200}>\s{0,64})?(?:<!--[^>]{0,999}-->\s{0,64}){0,9}"
    rb"<(?:!doctype\s+html|html\b|head\b|body\b)",
    re.IGNORECASE,
)
ZIP = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # word processors
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def is_pdf(head: bytes) -> bool:
    """`%PDF-`, after white space that some servers put before it."""
    return bool(PDF.match(head))


def is_html(head: bytes) -> bool:
    """A page, also one that begins like XML."""
    return bool(HTML.match(head))


def is_xml(head: bytes) -> bool:
    """XML of any kind; its reader says whether it is an article."""
    return bool(XML.match(head)) or (head.startswith(UTF16) and "<?xml" in head.decode("utf-16", "ignore")[:100])


def is_text(head: bytes) -> bool:
    """Anything that is not plainly binary."""
    return head.startswith(UTF16) or (b"\x00" not in head and not head.startswith(ZIP))


def _pdf(data: bytes, source: str, options: PdfOptions) -> Document:
    from corpus.readers.pdf import read_pdf

    return read_pdf(data, source, options)


def _html(data: bytes, source: str, _: PdfOptions) -> Document:
    from corpus.readers.html import read_html

    return read_html(data, source)


def _jats(data: bytes, source: str, _: PdfOptions) -> Document:
    from corpus.readers.jats import read_jats

    return read_jats(data, source)


def _text(data: bytes, source: str, _: PdfOptions) -> Document:
    from corpus.readers.text import read_text

    return read_text(data, source)


# The first whose test agrees with the first bytes reads the paper. To add a format: a test, a reader, a line here.
READERS: tuple[tuple[str, Callable[[bytes], bool], Reader], ...] = (
    ("pdf", is_pdf, _pdf),
    ("html", is_html, _html),
    ("jats", is_xml, _jats),
    ("text", is_text, _text),
)


def detect(data: bytes) -> str | None:
    """The name of the format, None for what no reader takes."""
    return next((name for name, agrees, _ in READERS if agrees(data[:HEAD])), None)


def read_bytes(data: bytes, source: str, options: PdfOptions = AS_USUAL) -> Document:
    """The Document of a paper in memory; `source` is what messages call it."""
    if not data.strip():
        raise UnreadablePaper(source, "the file is empty", "fetch it again")
    name = detect(data)
    # The text reader knows what other files are, and says so.
    read = next((reader for known, _, reader in READERS if known == name), _text)
    return read(data, source, options)


def read_paper(path: Path | str, options: PdfOptions = AS_USUAL) -> Document:
    """The Document of a paper on disk; see `read_bytes`."""
    place = Path(path)
    if place.is_dir():
        raise UnreadablePaper(str(path), "a folder, not a paper", "name the papers in it")
    try:
        data = place.read_bytes()
    except FileNotFoundError:
        raise UnreadablePaper(str(path), "no such file", "check the path") from None
    except OSError as error:
        raise UnreadablePaper(
            str(path), (error.strerror or "cannot be opened").lower(), "check its permissions"
        ) from None
    return read_bytes(data, str(path), options)


def read_head(path: Path) -> bytes:
    """The first bytes of a file, which tell its format."""
    with path.open("rb") as file:
        return file.read(HEAD)


def find_papers(paths: Iterable[Path | str]) -> list[Path]:
    """The papers that a call names: files as they are, folders with what lies under them, each once."""
    return list(dict.fromkeys(paper for path in paths for paper in _expand(Path(path))))


def _expand(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    if not found:
        raise WrongCall(f"{path}: no papers in this folder ({', '.join(sorted(SUFFIXES))})")
    yield from found
