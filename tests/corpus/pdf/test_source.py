from __future__ import annotations

import resource
import time

import pytest
from typesetter import ALPHA, BETA, box, pdf, read, text, two_columns

from benchmarks.mutations import mutated
from corpus.detect import read_bytes
from corpus.pdf.options import PdfOptions
from corpus.readers.pdf import read_pdf
from ontology.errors import UnreadablePaper

ENCRYPTED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "11" * 32 + "> /U <" + "22" * 32 + "> >> /ID [<00> <00>]"
)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"%PDF-1.4\nnothing of use", "damaged"),
        (pdf([]), "without pages|damaged"),
        (pdf([[box(10, 10, 500, 500)]]), "pictures without text"),
        (pdf([[text(50, 50, ALPHA)]], trailer=ENCRYPTED), "encrypted"),
    ],
    ids=["damaged", "no pages", "image only", "encrypted"],
)
def test_what_cannot_be_read(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadablePaper, match=problem) as caught:
        read_pdf(data, "paper.pdf")
    assert "\n" not in str(caught.value)


def test_the_limit_of_pages_can_be_lifted() -> None:
    data = pdf([two_columns(ALPHA, BETA)] * 3)
    with pytest.raises(UnreadablePaper, match="3 pages"):
        read_pdf(data, "paper.pdf", PdfOptions(max_pages=2))
    assert len(read_pdf(data, "paper.pdf", PdfOptions(max_pages=3)).pages) == 3


def test_scripts_are_not_run_and_empty_pages_are_told() -> None:
    action = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
    document = read(two_columns(ALPHA, BETA), [], extra=action)
    assert document.warnings == ("no text on page 2",)


WHOLE = pdf([two_columns(ALPHA, BETA), [box(60, 60, 200, 90), *two_columns(BETA, ALPHA)]])


def refusal(data: bytes) -> str:
    """Why a file cannot be read; "" for one that can be."""
    try:
        read_bytes(data, "damaged.pdf")
    except UnreadablePaper as error:
        return str(error)
    return ""


@pytest.mark.parametrize("seed", range(50))
def test_a_damaged_file_is_read_or_refused_in_one_line(seed: int) -> None:
    start = time.monotonic()
    assert "\n" not in refusal(mutated(WHOLE, seed))
    assert time.monotonic() - start < 30


def test_damaged_files_leave_no_memory_behind() -> None:
    def most() -> int:
        for seed in range(50):
            refusal(mutated(WHOLE, seed))
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    first = most()
    assert max(most() for _ in range(3)) < first + 20 * 1024, "KiB"
