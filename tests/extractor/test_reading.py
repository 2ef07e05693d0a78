"""Sentences, the terms in them, and their places in the document."""

from collections.abc import Callable

import pytest

from extractor.reading import split_sentences
from extractor.study import Study

MakeStudy = Callable[..., Study]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("One ended. Two began.", ["One ended.", "Two began."], id="two"),
        pytest.param("Was it? Yes! It was.", ["Was it?", "Yes!", "It was."], id="other marks"),
        pytest.param("  Blank around.  ", ["  Blank around."], id="white space at the end"),
        pytest.param("Median 5.3 months. 12 died.", ["Median 5.3 months.", "12 died."], id="a number begins"),
    ],
)
def test_splits(text: str, found: list[str]) -> None:
    assert sentences(text) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Drug A vs. Drug B was tested.", id="versus"),
        pytest.param("See Fig. 2 for all.", id="figure"),
        pytest.param("Made by J. Smith and sold.", id="initial"),
        pytest.param("Given i.v. On day 1.", id="route"),
        pytest.param("Made by Pharma Inc. Basel.", id="company"),
        pytest.param("A rate of 5.3 percent and p=0.05 or less.", id="decimals"),
        pytest.param("it ended. then small letters.", id="lower case follows"),
    ],
)
def test_does_not_split(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_to_split(text: str) -> None:
    assert sentences(text) == []


def test_terms_and_citations_stand_in_their_sentence(make_study: MakeStudy) -> None:
    study = make_study(("results", "Cisplatin came first [3]. Docetaxel – then lapatinib – followed [4,5]."))
    first, second = study.reading.sentences
    assert [match.term.name for match in first.of_kind("drugs")] == ["cisplatin"]
    assert [match.term.name for match in second.of_kind("drugs")] == ["docetaxel", "lapatinib"]
    assert (first.cited, second.cited) == ((3,), (4, 5))
    last = second.of_kind("drugs")[1]
    assert second.text[last.start : last.end] == "lapatinib"
    (place,) = second.evidence(last.start, last.end)
    assert study.document.text[place.start : place.end] == "lapatinib"
    assert place.section == "Results"


def test_text_is_folded_and_printed_is_not(make_study: MakeStudy) -> None:
    (sentence,) = make_study(("results", "A ratio of 0·86 (0·7–1·1) [2] was found.")).reading.sentences
    assert sentence.text == "A ratio of 0.86 (0.7-1.1)     was found."
    assert sentence.printed(11, 15) == "0·86"


@pytest.mark.parametrize(
    ("text", "endpoints"),
    [
        pytest.param("Partial response (PR) was rare. PR lasted.", ["partial response"] * 3, id="it means the term"),
        pytest.param("Placebo reaction (PR) was rare. PR lasted.", [], id="it means something else"),
    ],
)
def test_a_short_form_is_what_the_paper_defines(make_study: MakeStudy, text: str, endpoints: list[str]) -> None:
    reading = make_study(("results", text)).reading
    assert [m.term.name for s in reading.sentences for m in s.of_kind("endpoints")] == endpoints


def test_within_takes_the_sections_asked_for(make_study: MakeStudy) -> None:
    reading = make_study(("methods", "One."), ("results", "Two."), ("discussion", "Three.")).reading
    assert [sentence.text for sentence in reading.within("methods", "discussion")] == ["One.", "Three."]


def test_every_sentence_stands_where_it_says(merida: Study) -> None:
    for sentence in merida.reading.sentences:
        for match in sentence.terms:
            for place in sentence.evidence(match.start, match.end):
                assert merida.document.text[place.start : place.end] == sentence.printed(match.start, match.end)
