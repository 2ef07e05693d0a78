"""A small typesetter: PDFs of invented pages in Courier, all letters 0.6 em wide."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from corpus.document import Document
from corpus.readers.pdf import read_pdf

WIDTH, HEIGHT = 595, 842
# The sign 3 stands for half of a character.
HALF = "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <03> <D852> endbfchar"
FONTS = {"F": "Courier", "B": "Courier-Bold"}


def text(x: float, y: float, words: str, size: float = 9, font: str = "F", angle: int = 0) -> str:
    """Words on the baseline `y` points under the top edge."""
    shown = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    turn = {0: "1 0 0 1", 90: "0 1 -1 0"}[angle]
    return f"BT /{font} {size} Tf {turn} {x} {HEIGHT - y} Tm ({shown}) Tj ET"


def rule(x0: float, x1: float, y: float) -> str:
    return f"{x0} {HEIGHT - y} m {x1} {HEIGHT - y} l S"


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"0.9 g {x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re f 0 g"


def column(
    x: float, y: float, words: str, letters: int = 44, size: float = 9, indent: int = 0
) -> tuple[list[str], float]:
    """A paragraph set in lines of so many letters, justified; its last baseline."""
    lines = textwrap.wrap(" " * indent + words, letters, drop_whitespace=True)
    made = []
    for place, line in enumerate(lines):
        gaps = line.strip().count(" ")
        room = (letters - len(line)) * 0.6 * size if place + 1 < len(lines) and gaps else 0
        spacing = f"{room / gaps:.3f} Tw " if room and gaps else "0 Tw "
        start = x + (0.6 * size * indent if place == 0 else 0)
        made.append(spacing + text(start, y + place * 1.2 * size, line.strip(), size) + " 0 Tw")
    return made, y + (len(lines) - 1) * 1.2 * size


def pdf(pages: Sequence[Sequence[str]], extra: str = "", rotate: int = 0, trailer: str = "") -> bytes:
    """A PDF of pages, each a list of drawing operators."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>",
        "",
        f"<< /Length {len(HALF)} >>\nstream\n{HALF}\nendstream",
    ]
    fonts = " ".join(
        f"/{name} << /Type /Font /Subtype /Type1 /BaseFont /{base} /ToUnicode 3 0 R /Encoding << /BaseEncoding /WinAnsiEncoding"
        " /Differences [1 /fi /fl] >> >>"
        for name, base in FONTS.items()
    )
    kids = []
    for page in pages:
        stream = "\n".join(page)
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate} "
            f"/Resources << /Font << {fonts} >> >> /Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream.encode('latin-1'))} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, offsets = "%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        offsets.append(len(body.encode("latin-1")))
        body += f"{number} 0 obj\n{item}\nendobj\n"
    start = len(body.encode("latin-1"))
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    return (body + f"<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF").encode("latin-1")


def read(*pages: Sequence[str], **options: object) -> Document:
    return read_pdf(pdf(pages, **options), "made.pdf")  # type: ignore[arg-type]


LEFT, RIGHT = 50, 320
ALPHA = (
    "The first column tells how the trial began and whom the investigators asked to take part in it after they had read "
    "the protocol and signed the form that the committee had approved in the spring of that year."
)
BETA = (
    "Nobody left the study before the second visit, and all of the samples reached the laboratory within one day of the "
    "time at which they were drawn by the nurses of the ward."
)
GAMMA = (
    "Later on the results were compared between the groups with methods that the plan had named before the data were "
    "locked, so that no choice was made after the fact."
)


def two_columns(left: str, right: str, y: float = 100) -> list[str]:
    return column(LEFT, y, left)[0] + column(RIGHT, y + 4, right)[0]


def justified(x: float, y: float, lines: Sequence[str], letters: int = 44, size: float = 9) -> list[str]:
    """Lines that all reach the right edge."""
    made = []
    for place, line in enumerate(lines):
        room = (letters - len(line)) * 0.6 * size / max(1, line.count(" "))
        made.append(f"{room:.3f} Tw {text(x, y + 1.2 * size * place, line, size)} 0 Tw")
    return made


def table_page(rows: Sequence[Sequence[str]], xs: Sequence[float], y: float = 130, step: float = 11) -> list[str]:
    return [
        text(x, y + step * n, cell, 8) for n, row in enumerate(rows) for x, cell in zip(xs, row, strict=True) if cell
    ]


def prose(document: Document) -> list[str]:
    return [passage.text for passage in document.passages if passage.kind not in ("heading", "caption", "footnote")]


def grid(document: Document, place: int = 0) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in document.tables[place].grid]
