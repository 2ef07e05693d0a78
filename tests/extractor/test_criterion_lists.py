from collections.abc import Callable

import pytest

from extractor.criterion_lists import pieces, statements
from extractor.study import Study

MakeStudy = Callable[..., Study]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("stroke, asthma and rash", ["stroke", "asthma", "rash"]),
        ("stroke (old, new), asthma", ["stroke (old, new)", "asthma"]),
        ("(1) stroke; (2) asthma, or rash", ["stroke", "asthma", "rash"]),
        ("① stroke ② asthma", ["stroke", "asthma"]),
        ("scores (of 6 or 7) for 2 days, rash", ["scores (of 6 or 7) for 2 days", "rash"]),
    ],
)
def test_pieces(text: str, parts: list[str]) -> None:
    assert [text[p.start : p.end].strip() for p in pieces(text, 0, len(text))] == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Inclusion criteria were age over 18. Exclusion criteria were stroke.",
            [("inclusion", "age over 18."), ("exclusion", "stroke.")],
        ),
        ("Patients with asthma were excluded.", [("exclusion", "Patients with asthma")]),
        ("Scans were done, and patients with asthma were included.", [("inclusion", "patients with asthma")]),
    ],
)
def test_statements(make_study: MakeStudy, text: str, expected: list[tuple[str, str]]) -> None:
    study = make_study(("methods", text), titles={"methods": "Patients"})
    found = [(s.polarity, s.sentence.text[s.start : s.end].strip()) for s in statements(study.reading)]
    assert found == expected
