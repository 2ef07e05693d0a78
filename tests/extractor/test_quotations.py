from collections.abc import Callable

import pytest

from extractor.quotations import OTHERS, OWN, STUDY, own_name, own_numbers, paragraphs
from extractor.study import Study

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize("text", ["In our study,", "the present randomised trial", "We found", "in this cohort"])
def test_words_of_the_paper_itself(text: str) -> None:
    assert OWN.search(text)


@pytest.mark.parametrize("text", ["in an earlier trial", "as reported by others", "a meta-analysis", "Smith et al"])
def test_words_of_other_studies(text: str) -> None:
    assert OTHERS.search(text) or STUDY.search(text)


@pytest.mark.parametrize("text", ["The response rate of the trial group was", "more often in the study arm"])
def test_a_group_of_the_trial_is_no_other_study(text: str) -> None:
    assert not STUDY.search(text)


def test_markers_after_the_full_stop_belong_to_the_sentence_before(make_study: MakeStudy) -> None:
    study = make_study(("introduction", "The rate was 20%.[4] Survival was short.[5,6]"))
    (paragraph,) = paragraphs(study.reading)
    assert [[cite.numbers for cite in quoted.cites] for quoted in paragraph] == [[(4,)], [(5, 6)]]


def test_what_is_the_trials_own(make_study: MakeStudy) -> None:
    study = make_study(
        ("abstract", "The ALPHA1 trial was open."), ("results", "The rate was 37.5%."), ("discussion", "It was 11.1%.")
    )
    assert own_numbers(study.reading) == {"37.5"}
    name = own_name(study.reading)
    assert name is not None
    assert name.search("In ALPHA1, the rate")
