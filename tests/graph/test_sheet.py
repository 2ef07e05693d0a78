import io

import pytest
from rich.console import Console

from graph.sections import MATRICES, SECTIONS, generic
from graph.sheet import shares, sheet
from ontology.record import (
    AdverseEvent,
    Arm,
    Baseline,
    Check,
    Citation,
    DocumentInfo,
    Evidence,
    TrialRecord,
    fact_lists,
)

RECORD = TrialRecord(
    document=DocumentInfo(id="a", source="a.txt", format="text", sha256="0" * 64, characters=20),
    arms=(Arm(label="[red]A[/red]", size=12, evidence=(Evidence(start=0, end=4),)),),
    baseline=(
        Baseline(variable="Sex", category="Male", arm="A", count=7),
        Baseline(variable="Sex", category="Male", arm="B", count=8),
    ),
    adverse_events=(
        AdverseEvent(term="nausea", arm="A", grade="any", count=3),
        AdverseEvent(term="nausea", arm="A", grade="3-4", count=1, relatedness="treatment-related"),
    ),
    citations=(Citation(numbers=(1,)),),
)


def printed(**options: bool) -> str:
    out = io.StringIO()
    Console(file=out, width=120, markup=False, emoji=False).print(sheet(RECORD, "text of the paper...", **options))
    return out.getvalue()


def test_what_the_paper_prints_is_no_markup():
    assert "[red]A[/red]" in printed()


def test_characteristics_are_a_matrix_with_a_column_an_arm():
    lines = printed().splitlines()
    row = next(line for line in lines if line.startswith("Sex: Male"))
    assert row.split()[-2:] == ["7", "8"]


def test_events_that_the_treatment_caused_have_a_table_of_their_own():
    text = printed()
    assert text.index("Adverse events\n".strip()) < text.index("Adverse events, treatment-related")
    assert "any grade" in text
    assert "grade 3-4" in text


def test_evidence_turns_matrices_into_lists_with_quotes():
    text = printed(evidence=True)
    assert "“text” [0-4]" in text
    assert "Sex: Male" not in text


def test_a_list_that_is_counted_is_not_shown():
    assert "0 references, 1 citations" in printed()


def test_checks_that_hold_are_told_by_their_number():
    checks = [Check(kind="sums.arms", verdict=verdict, explanation=f"it {verdict}") for verdict in ("holds", "fails")]
    out = io.StringIO()
    Console(file=out, width=120).print(sheet(RECORD.model_copy(update={"checks": (checks[0], *checks)})))
    assert "Checks (2 hold)" in out.getvalue()
    assert "it fails" in out.getvalue()
    assert "it holds" not in out.getvalue()


@pytest.mark.parametrize("name", [s.list for s in SECTIONS] + list(MATRICES))
def test_sections_name_lists_of_the_record(name):
    assert name in fact_lists()


def test_a_type_without_a_section_shows_all_its_fields():
    section = generic("adverse_events")
    assert {title for title, _ in section.columns} >= {"term", "system organ class", "percent"}


@pytest.mark.parametrize(
    ("naturals", "words", "room", "widths"),
    [
        ([10, 30], [4, 8], 60, [10, 30]),
        ([10, 30], [4, 8], 30, [10, 20]),
        ([10, 30], [4, 8], 9, [4, 8]),
        ([9, 40], [3, 40], 30, [6, 24]),
    ],
    ids=["all fit", "the wide one is cut", "no room for words", "a word beyond the limit"],
)
def test_shares(naturals: list[int], words: list[int], room: int, widths: list[int]) -> None:
    assert shares(naturals, words, room) == widths
