"""The PDF reader against text and tables of the same papers' XML, beside plain text of pypdfium2 and pdfplumber.

    python benchmarks/pdf.py PAPERS [--plain]

PAPERS holds one folder a paper with `paper.pdf` and `paper.nxml`. Words: share of the XML's words that are found.
Order: share of its runs of six words that are found, each passage read by itself. Cells: F1 of printed cells, as text
in a table and with their column and row label ("placed"). The pages of a journal that has no XML are compared with what a
reader found on them (`benchmarks.journal`). Then come the facts that agree with those of the XML, and the memory that a
hundred pages take.
"""

from __future__ import annotations

import argparse
import io
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.agreement import compare
from benchmarks.journal import digest, sentence_scores, true_cells, truth_of
from corpus.document import Document, Table
from corpus.readers.jats import read_jats
from corpus.readers.pdf import read_pdf
from corpus.score import total

Runs = Counter[tuple[str, ...]]

RUN = 6
LONG = 100  # pages
WORD = re.compile(r"[^\W_]+")
RAISED = re.compile(r"\^\{([^}]*)\}")
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-0123456789+-")
PROSE = ("paragraph", "list-item", "heading", "caption", "footnote", "title")


def words(text: str) -> list[str]:
    return WORD.findall(RAISED.sub(r"\1", text).translate(PLAIN).lower())


def letters(text: str) -> str:
    return "".join(words(text))


def runs(texts: Iterable[list[str]], length: int = RUN) -> Runs:
    return Counter(tuple(text[i : i + length]) for text in texts for i in range(len(text) - length + 1))


def truth_prose(truth: Document) -> list[list[str]]:
    """What a print of the XML shows as running text; its references are set in another style."""
    kept = (p for p in truth.passages if p.kind in PROSE or (p.kind == "back" and p.section.kind == "back"))
    return [words(passage.text) for passage in kept if passage.section.kind not in ("front", "references")]


def share(found: Runs, wanted: Runs) -> float:
    return sum((found & wanted).values()) / max(1, sum(wanted.values()))


def cells(
    tables: Sequence[Table], *, placed: bool, written: Callable[[str], str] = letters
) -> Counter[tuple[object, ...]]:
    found: Counter[tuple[object, ...]] = Counter()
    for table in tables:
        for cell in table.cells():
            text = written(cell.text)
            stub = table.grid[cell.row][0]
            label = written(stub.text) if stub and cell.row >= table.header_rows else ""
            if text:
                found[
                    (table.label.casefold(), cell.column, label, text) if placed else (table.label.casefold(), text)
                ] += 1
    return found


def f1(found: Counter[tuple[object, ...]], wanted: Counter[tuple[object, ...]]) -> float:
    return 2 * sum((found & wanted).values()) / max(1, sum(found.values()) + sum(wanted.values()))


def timed(read: Callable[[], object], pages: int) -> float:
    """Milliseconds of processor time a page."""
    start = time.process_time()
    read()
    return (time.process_time() - start) * 1000 / pages


def measure(folder: Path) -> dict[str, float]:
    data = (folder / "paper.pdf").read_bytes()
    truth = read_jats((folder / "paper.nxml").read_bytes(), folder.name)
    document = read_pdf(data, f"{folder.name}.pdf")
    prose = truth_prose(truth)
    every = prose + [words(cell.text) for table in truth.tables for cell in table.cells()]
    read = [words(p.text) for p in document.passages] + [words(r.passage.text) for r in document.references]
    wanted = runs(every, 1)
    return {
        "words": share(runs([words(document.text)], 1), wanted),
        "order": share(runs(read), runs(prose)),
        "cells": f1(cells(document.tables, placed=False), cells(truth.tables, placed=False)),
        "placed": f1(cells(document.tables, placed=True), cells(truth.tables, placed=True)),
        "ms": timed(lambda: read_pdf(data, "again.pdf"), len(document.pages)),
    }


def measure_journal(data: bytes, truth: Mapping[str, Any]) -> dict[str, float]:
    """A real journal's pages, against what a reader found on them."""
    document = read_pdf(data, "journal.pdf")
    texts = [words(p.text) for p in document.passages] + [words(r.passage.text) for r in document.references]

    def score(*, placed: bool) -> float:
        return f1(cells(document.tables, placed=placed, written=cell_digest), true_cells(truth, placed=placed))

    return {
        **sentence_scores(truth, texts),
        "cells": score(placed=False),
        "placed": score(placed=True),
        "ms": timed(lambda: read_pdf(data, "again.pdf"), len(document.pages)),
    }


def cell_digest(text: str) -> str:
    return digest([letters(text)]) if letters(text) else ""


def plain(folder: Path, name: str) -> dict[str, float]:
    """The same of a tool's plain text."""
    truth = read_jats((folder / "paper.nxml").read_bytes(), folder.name)
    text, spent = plain_words((folder / "paper.pdf").read_bytes(), name)
    every = truth_prose(truth) + [words(cell.text) for table in truth.tables for cell in table.cells()]
    wanted = runs(every, 1)
    return {
        "words": share(runs([text], 1), wanted),
        "order": share(runs([text]), runs(truth_prose(truth))),
        "ms": spent,
    }


def plain_words(data: bytes, name: str) -> tuple[list[str], float]:
    """The words of a tool's plain text, hyphens at line ends joined, and its milliseconds a page."""
    start = time.process_time()
    pages = PLAIN_TEXT[name](data)
    spent = (time.process_time() - start) * 1000 / max(1, len(pages))
    return words(re.sub(r"[-\ufffe\x02]\r?\n", "", " ".join(pages))), spent


def pdfium_text(data: bytes) -> list[str]:
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(data)  # type: ignore[no-untyped-call]
    return [page.get_textpage().get_text_range() for page in document]


def plumber_text(data: bytes) -> list[str]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_text() for page in document.pages]


PLAIN_TEXT: dict[str, Callable[[bytes], list[str]]] = {"pypdfium2": pdfium_text, "pdfplumber": plumber_text}


def show(name: str, values: dict[str, float]) -> None:
    print(
        f"{name:14}"
        + "".join(f"  {key} {value:7.1f}" if key == "ms" else f"  {key} {value:.3f}" for key, value in values.items())
    )


def summary(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    """Means, and the median of the times."""
    return {
        key: (statistics.median if key == "ms" else statistics.fmean)([row[key] for row in rows]) for key in rows[0]
    }


def show_journal(paper: Path, truth: Mapping[str, Any], others: Sequence[str]) -> None:
    data = paper.read_bytes()
    print("a journal's own pages")
    show(paper.parent.name, measure_journal(data, truth))
    for name in others:
        text, spent = plain_words(data, name)
        show(name, {**sentence_scores(truth, [text]), "ms": spent})


def show_long(folders: Sequence[Path]) -> None:
    """The most memory that a process takes which reads a PDF of a hundred pages."""
    import pypdfium2

    whole: Any = pypdfium2.PdfDocument.new()  # type: ignore[no-untyped-call]
    for folder in folders:
        part: Any = pypdfium2.PdfDocument(folder / "paper.pdf")  # type: ignore[no-untyped-call]
        if missing := max(0, min(len(part), LONG - len(whole))):
            whole.import_pages(part, list(range(missing)))
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        whole.save(file.name)
        # Not ru_maxrss, which a process inherits from the one that starts it.
        reading = (
            "import sys; from pathlib import Path; from corpus.detect import read_paper; read_paper(sys.argv[1]); "
        )
        script = reading + "print(int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]) // 1024)"
        done = subprocess.run([sys.executable, "-c", script, file.name], capture_output=True, text=True, check=True)  # noqa: S603
    print(f"{len(whole)} pages: {done.stdout.strip()} MiB at most")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--plain", action="store_true", help="pypdfium2 and pdfplumber too")
    options = parser.parse_args()
    folders = sorted(
        path.parent for path in options.papers.glob("*/paper.pdf") if (path.parent / "paper.nxml").exists()
    )
    rows = []
    for folder in folders:
        rows.append(measure(folder))
        show(folder.name, rows[-1])
    show("mean", summary(rows))
    for name in PLAIN_TEXT if options.plain else ():
        show(name, summary([plain(folder, name) for folder in folders]))
    for paper in sorted(options.papers.glob("*/paper.pdf")):
        if truth := truth_of(paper.read_bytes()):
            show_journal(paper, truth, [*PLAIN_TEXT] if options.plain else [])
    facts = total(compare(options.papers, ["paper.pdf"], [folder.name for folder in folders])["paper.pdf"].values())
    print(f"facts as in the XML: F1 {facts.f1 or 0:.3f}")
    show_long(folders)


if __name__ == "__main__":
    main()
