"""Markers in invented sentences: what was measured, with what, how often, and what it meant."""

from collections.abc import Callable

import pytest

from extractor.biomarkers import biomarkers
from extractor.study import Study
from ontology.record import Biomarker

MakeStudy = Callable[..., Study]


def found(study: Study) -> list[Biomarker]:
    return [fact for fact in biomarkers(study) if isinstance(fact, Biomarker)]


def test_reagents_of_a_panel(make_study: MakeStudy) -> None:
    study = make_study(
        (
            "methods",
            "Sections were stained by immunohistochemistry for CD8 (clone XY1/23B, Dako, M9999, 1:50) and PD-L1 "
            "(clone 99C9, Abcam).",
        )
    )
    first, second = found(study)
    assert (first.name, first.assay) == ("CD8", "immunohistochemistry")
    assert first.reagent is not None
    assert (first.reagent.clone, first.reagent.catalog, first.reagent.dilution) == ("XY1/23B", "M9999", "1:50")
    assert second.name == "PD-L1"
    assert second.reagent is not None
    assert (second.reagent.vendor, second.reagent.clone) == ("Abcam", "99C9")


def test_a_cutoff(make_study: MakeStudy) -> None:
    study = make_study(
        ("methods", "By immunohistochemistry, Ki-67 was considered high if at least 20% of cells were stained.")
    )
    (fact,) = found(study)
    assert fact.cutoff is not None
    assert fact.cutoff.startswith("at least 20%")


def test_a_frequency(make_study: MakeStudy) -> None:
    study = make_study(("results", "PD-L1 expression was detected in 9 of 24 patients (37.5%)."))
    (fact,) = found(study)
    assert fact.frequency is not None
    assert (fact.frequency.count, fact.frequency.total) == (9, 24)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("High PD-L1 expression was associated with longer overall survival (P = 0.02).", "positive"),
        ("High PD-L1 expression was associated with shorter overall survival (P = 0.02).", "negative"),
        ("Low PD-L1 expression was associated with shorter overall survival (P = 0.02).", "positive"),
        ("PD-L1 expression was not associated with overall survival (P = 0.61).", "none"),
    ],
)
def test_direction(make_study: MakeStudy, text: str, direction: str) -> None:
    (fact,) = found(make_study(("results", text)))
    assert (fact.endpoint, fact.direction) == ("overall survival", direction)
    assert fact.p_value is not None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("introduction", "PD-L1 is measured by immunohistochemistry in many tumours."),
        ("discussion", "PD-L1 expression was detected in 9 of 24 patients (37.5%)."),
        ("methods", "Prior treatment with PD-L1 inhibitors was not allowed."),
        ("methods", "Patients received an EGFR tyrosine kinase inhibitor."),
        ("results", "PD-L1 has many roles in the tumour."),
        ("results", "In another trial, PD-L1 was associated with overall survival [3]."),
        ("methods", "Partial response (PR) was confirmed after 4 weeks by computed tomography."),
    ],
)
def test_a_mere_mention(make_study: MakeStudy, kind: str, text: str) -> None:
    assert found(make_study((kind, text))) == []
