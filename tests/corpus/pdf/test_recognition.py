from __future__ import annotations

from pathlib import Path

import pytest
from typesetter import ALPHA, BETA, box, pdf, prose, two_columns

from corpus.pdf.options import PdfOptions
from corpus.readers.pdf import read_pdf
from ontology.errors import UnreadablePaper

SCAN = pdf([[box(10, 10, 500, 500)]])
PRINT = pdf([two_columns(ALPHA, BETA)])
ASKED = PdfOptions(ocr=True)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for `ocrmypdf`, first and alone on the PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "ocrmypdf"


def write(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_pages_without_text_are_recognised_when_the_user_asks(program: Path) -> None:
    (program.parent / "read.pdf").write_bytes(PRINT)
    write(program, f'case "$*" in *--skip-text*"- -") exec /bin/cat {program.parent}/read.pdf;; esac; exit 3')
    document = read_pdf(SCAN, "scan.pdf", ASKED)
    assert prose(document) == [ALPHA, BETA]
    assert document.sha256 != read_pdf(PRINT, "read.pdf").sha256, "the record names the user's file"


def test_a_paper_with_text_needs_no_program(program: Path) -> None:
    assert not program.exists()
    assert prose(read_pdf(PRINT, "paper.pdf", ASKED)) == [ALPHA, BETA]


@pytest.mark.parametrize(
    ("script", "options", "says"),
    [
        (None, PdfOptions(), "text must be recognised first .* see --ocr"),
        (None, ASKED, "ocrmypdf is not installed; install"),
        ("echo one >&2; echo no tesseract >&2; exit 3", ASKED, r"ocrmypdf failed \(no tesseract\)"),
        ("exit 4", ASKED, r"ocrmypdf failed \(exit code 4\)"),
        ("exec /bin/cat", ASKED, "pictures without text; recognise its text by hand"),
        ("echo nonsense", ASKED, "damaged"),
    ],
    ids=["not asked", "not installed", "fails", "fails silently", "finds nothing", "writes no PDF"],
)
def test_what_cannot_be_recognised_is_one_line(
    program: Path, script: str | None, options: PdfOptions, says: str
) -> None:
    if script:
        write(program, script)
    with pytest.raises(UnreadablePaper, match=says) as caught:
        read_pdf(SCAN, "scan.pdf", options)
    assert "\n" not in str(caught.value)
