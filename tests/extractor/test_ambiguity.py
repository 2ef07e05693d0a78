from collections.abc import Callable

import pytest

from extractor.ambiguity import is_ambiguous, is_part, is_short
from extractor.study import Study

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(("printed", "short"), [("PD", True), ("PgR", True), ("survival", False), ("rate", False)])
def test_short_forms(printed: str, short: bool) -> None:
    assert is_short(printed) is short


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("PD was seen.", True),
        ("Progressive disease (PD) was seen; PD came early.", False),
        ("Parkinson disease (PD) was studied; PD came early.", True),
        ("Progressive disease was seen.", False),
    ],
)
def test_a_guarded_short_form_needs_its_definition(make_study: MakeStudy, text: str, ambiguous: bool) -> None:
    reading = make_study(("results", text)).reading
    sentence = reading.sentences[0]
    match = sentence.of_kind("endpoints")[-1]
    assert match.term.name == "progressive disease"
    assert is_ambiguous(match, sentence.text, reading) is ambiguous


def test_a_part_of_a_longer_name(make_study: MakeStudy) -> None:
    reading = make_study(("results", "PD-L1 was stained.")).reading
    sentence = reading.sentences[0]
    assert all(is_part(match, sentence.text) for match in sentence.of_kind("endpoints"))
