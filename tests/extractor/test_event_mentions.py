from collections.abc import Callable

import pytest

from extractor.event_mentions import event_mentions, grade_of, is_safety, levels_of
from extractor.study import Study

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Serious adverse events were rare.", ["serious adverse event"]),
        ("TEAEs were common.", ["treatment-emergent adverse event"]),
        ("Infusion-related toxicities were mild.", ["infusion-related toxicity"]),
        ("Neutropenia was the most common adverse event.", ["Neutropenia"]),
        ("Causes of death were reviewed.", []),
        ("Haemoglobin was measured weekly.", []),
    ],
)
def test_events_by_name(make_study: MakeStudy, text: str, names: list[str]) -> None:
    (sentence,) = make_study(("results", text)).reading.sentences
    assert [mention.name for mention in event_mentions(sentence)] == names


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("grade 3-4 nausea in 5 patients", "3-4"),
        ("nausea (grade 2) in 5 patients", "2"),
        ("nausea of grade 3 or higher in 5 patients", ">=3"),
        ("severe nausea in 5 patients", "severe"),
        ("nausea in 5 patients", "any"),
        ("grade 3 rash in two; nausea in 5 patients", "any"),
    ],
)
def test_the_grade_of_an_event(make_study: MakeStudy, text: str, grade: str) -> None:
    (sentence,) = make_study(("results", text)).reading.sentences
    nausea = next(mention for mention in event_mentions(sentence) if "nausea" in mention.name)
    assert grade_of(nausea, levels_of(text), text, text.index("5 patients")) == grade


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        ("Toxicity was mild.", "Results", True),
        ("Two patients had rash.", "Safety and tolerability", True),
        ("Two patients had a response.", "Efficacy", False),
    ],
)
def test_sentences_on_safety(make_study: MakeStudy, text: str, title: str, expected: bool) -> None:
    (sentence,) = make_study(("results", text), titles={"results": title}).reading.sentences
    assert is_safety(sentence) is expected


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("repair of perforated peptic ulcer", ["PE"]),
        ("a trial in pulmonary embolism (pe)", []),
    ],
)
def test_the_illness_that_is_treated(make_study: Callable[..., Study], title: str, names: list[str]) -> None:
    (sentence,) = make_study(("results", "Two patients had PE.")).reading.sentences
    assert [mention.name for mention in event_mentions(sentence, title)] == names
