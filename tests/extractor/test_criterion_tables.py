"""Criteria in the lists that captions name, in invented papers."""

import pytest

from corpus.document import Document, Passage, PassageKind, Section
from extractor.criterion_tables import captioned_statements
from extractor.reading import Reading, read

ITEMS = (("list-item", "Age of 18 years or more."), ("list-item", "Written consent."))


def reading(*parts: tuple[PassageKind, str]) -> Reading:
    text = "\n\n".join(words for _, words in parts)
    section = Section("Methods", "methods", 1, 0, len(text))
    passages = []
    for kind, words in parts:
        start = text.index(words)
        passages.append(Passage(words, range(start, start + len(words)), kind, section))
    return read(Document("invented", "invented", "text", "0", text, (section,), tuple(passages)))


@pytest.mark.parametrize(
    ("captions", "sides"),
    [
        pytest.param(["Table 1. Inclusion criteria"], ["inclusion"] * 2, id="inclusion"),
        pytest.param(["Table 1. Exclusion criteria"], ["exclusion"] * 2, id="exclusion"),
        pytest.param(
            ["Table 1. Eligibility criteria", "Table 2. Eligibility criteria"],
            ["inclusion"] * 2 + ["exclusion"] * 2,
            id="the second is of exclusion",
        ),
        pytest.param(["Table 1. Criteria of response"], [], id="others"),
    ],
)
def test_captioned_lists(captions: list[str], sides: list[str]) -> None:
    parts = [part for caption in captions for part in (("caption", caption), *ITEMS)]
    assert [statement.polarity for statement in captioned_statements(reading(*parts))] == sides


def test_a_paragraph_ends_the_list() -> None:
    parts = (("caption", "Table 1. Inclusion criteria"), ("paragraph", "We did it."), *ITEMS)
    assert list(captioned_statements(reading(*parts))) == []
