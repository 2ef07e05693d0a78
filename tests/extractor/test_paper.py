"""The paper itself: title, authors, journal, identifiers, dates and licence of invented papers."""

from collections.abc import Callable
from typing import Any

import pytest

from extractor.paper import journal_name, licence_code, paper
from extractor.study import Study
from ontology.record import Author

ReadPaper = Callable[[str], Study]
FRONT = "A trial of walking in older adults\n\n{front}\n\n# Abstract\n\nWe walked.\n\n# Methods\n\nWe walked more.\n"


@pytest.mark.parametrize(
    ("name", "value", "printed"),
    [
        ("doi", "10.1234/ijo.2019.0045", "10.1234/ijo.2019.0045"),
        ("journal", "Invented Journal of Oncology", "Invented Journal of Oncology"),
        ("year", 2019, "2019"),
        ("volume", "12", "12"),
        ("pages", "45-58", "45-58"),
        ("correspondence", "ana.keller@example.org", "ana.keller@example.org"),
        ("received", "2019-01-04", "4 January 2019"),
        ("accepted", "2019-05-17", "17 May 2019"),
        ("pmid", None, None),
        ("licence", None, None),
        ("published", None, None),
    ],
)
def test_the_invented_paper(merida: Study, name: str, value: Any, printed: str | None) -> None:
    said = paper(merida)
    assert getattr(said, name) == value
    places = [merida.document.text[place.start : place.end] for place in said.evidence.get(name, ())]
    assert places == ([printed] if printed else [])


def test_title_of_the_invented_paper(merida: Study) -> None:
    assert paper(merida).title == merida.document.text.splitlines()[0]


def test_authors_of_the_invented_paper(merida: Study) -> None:
    said = paper(merida)
    assert said.authors == (
        Author(family="Keller", given="Ana B."),
        Author(family="Varga", given="Tomás"),
        Author(family="Osei", given="Lin"),
        Author(family="van der Holt", given="Jan"),
    )
    printed = [merida.document.text[place.start : place.end] for place in said.evidence["authors"]]
    assert printed == ["Ana B. Keller", "Tomás Varga", "Lin Osei", "Jan van der Holt"]


@pytest.mark.parametrize(
    ("front", "names"),
    [
        pytest.param("Ana Keller, MD, PhD; Tomás Varga, MSc", ["Keller", "Varga"], id="degrees"),
        pytest.param("Ana Keller1,2, Tomás Varga3*", ["Keller", "Varga"], id="marks"),
        pytest.param("Ana Keller & Lin Osei Jr", ["Keller", "Osei Jr"], id="generation"),
        pytest.param("Department of Walking, Northfield University", [], id="an institute"),
        pytest.param("This paper is about walking, and standing.", [], id="a sentence"),
    ],
)
def test_authors(read_paper: ReadPaper, front: str, names: list[str]) -> None:
    assert [author.family for author in paper(read_paper(FRONT.format(front=front))).authors] == names


@pytest.mark.parametrize(
    ("front", "name", "value"),
    [
        ("https://doi.org/10.5555/abc.(12)3", "doi", "10.5555/abc.(12)3"),
        ("PMID: 12345678", "pmid", "12345678"),
        ("PMC7654321", "pmcid", "PMC7654321"),
        ("Published online: 3 March 2018", "published", "2018-03-03"),
        ("This is an article under the CC BY-NC 4.0 terms", "licence", "CC BY-NC 4.0"),
        ("https://creativecommons.org/licenses/by/4.0/", "licence", "CC BY 4.0"),
        ("Telephone 10.5555 received in part", "received", None),
        ("Sample PMC12 was kept", "pmcid", None),
    ],
)
def test_fields(read_paper: ReadPaper, front: str, name: str, value: str | None) -> None:
    assert getattr(paper(read_paper(FRONT.format(front=front))), name) == value


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Walking Today 2012, 12:144", ("Walking Today", 2012, "12", "144")),
        ("Walking Today | (2024) 15:832", ("Walking Today", 2024, "15", "832")),
        ("Walking Today (2023) 33:217–225", ("Walking Today", 2023, "33", "217–225")),
        ("Walk Today 41:1234-1244. © 2023 by Walkers", ("Walk Today", 2023, "41", "1234-1244")),
        ("Nature Communications\n\nPublished online: 20 January 2024", ("Nature Communications", 2024, None, None)),
        ("A Line of Words", (None, None, None, None)),
        ("Walking Today. 2017; 18(3): 357-370", ("Walking Today", 2017, "18", "357-370")),
        ("Walking Today 24 (2013) 12", (None, None, None, None)),
        ("We walked 12 km in 2012.", (None, None, None, None)),
    ],
)
def test_journal_line(read_paper: ReadPaper, line: str, fields: tuple[Any, ...]) -> None:
    said = paper(read_paper(FRONT.format(front=line)))
    assert (said.journal, said.year, said.volume, said.pages) == fields


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Creative Commons Attribution-NonCommercial-NoDerivatives License 4.0", "CC BY-NC-ND 4.0"),
        ("CC BY 4.0", "CC BY 4.0"),
        ("CC-BY-SA 3.0", "CC BY-SA 3.0"),
        ("Open Walking Licence", "Open Walking Licence"),
    ],
)
def test_licence_code(printed: str, code: str) -> None:
    assert licence_code(printed) == code


@pytest.mark.parametrize(
    ("printed", "name"),
    [("J. Clin. Oncol.", "Journal of Clinical Oncology"), ("Walking Today", "Walking Today")],
)
def test_journal_name(printed: str, name: str) -> None:
    assert journal_name(printed) == name


LISTED = """

# References

1. Lee A, Kim B. Chordoma today and the drugs. J Bone 2001;1:1-9. doi:10.5555/other.1.

2. Moe C, Noe D. Sarcoma and vessels. J Bone 2002;2:10-12. doi:10.5555/other.2.
"""


@pytest.mark.parametrize(
    ("end", "doi"),
    [
        pytest.param("", None, id="only cited works have one"),
        pytest.param("\n\nThis article: https://doi.org/10.5555/own.3\n", "10.5555/own.3", id="behind the list"),
    ],
)
def test_a_cited_works_doi_is_not_the_papers(read_paper: ReadPaper, end: str, doi: str | None) -> None:
    assert paper(read_paper(FRONT.format(front="Ana Keller, Lin Osei") + LISTED + end)).doi == doi
