"""Studies made from a few invented sentences."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import CitationMarker, Document, Passage, Section, SectionKind
from corpus.readers.text import read_text
from extractor.arm_book import ArmBook, book
from extractor.arms import find_arms
from extractor.reading import read
from extractor.study import Study
from ontology.record import Arm

MakeStudy = Callable[..., Study]
ReadPaper = Callable[[str], Study]
MARKER = re.compile(r"\[(\d+(?:,\d+)*)\]")


@pytest.fixture(scope="session")
def make_study() -> MakeStudy:
    """A function that makes a Study: `(section kind, text)` pairs, one passage each; "[3]" cites; arm labels."""

    def make(
        *parts: tuple[SectionKind, str], arms: tuple[str, ...] = (), titles: dict[str, str] | None = None
    ) -> Study:
        text, sections, passages, citations = "", [], [], []
        for kind, words in parts:
            section = Section((titles or {}).get(kind, kind.capitalize()), kind, 1, len(text), len(text) + len(words))
            found = list(MARKER.finditer(words))
            for match in found:
                numbers = tuple(int(number) for number in match[1].split(","))
                citations.append(CitationMarker(numbers, len(text) + match.start(), len(text) + match.end(), section))
            places = range(len(text), len(text) + len(words))
            passages.append(Passage(words, places, "paragraph", section, tuple(match.span() for match in found)))
            sections.append(section)
            text += words + "\n\n"
        document = Document(
            "invented", "invented", "text", "0", text, tuple(sections), tuple(passages), citations=tuple(citations)
        )
        return Study(read(document), book([Arm(label=label) for label in arms]) if arms else ArmBook())

    return make


@pytest.fixture(scope="session")
def read_paper() -> ReadPaper:
    """A function that reads the text of a paper, as a converter writes it, into a Study with the arms it finds."""

    def make(text: str) -> Study:
        reading = read(read_text(text.encode(), "invented.txt"))
        return Study(reading, find_arms(reading))

    return make


@pytest.fixture(scope="session")
def merida(read_paper: ReadPaper) -> Study:
    """An invented trial of two arms, from title to references."""
    return read_paper((Path(__file__).parent / "merida.txt").read_text(encoding="utf-8"))
