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
    assert fact.cutoff == "≥20%"


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


SINGLE = ("abstract", "The objective response rate was 40%.")


def ties(study: Study) -> list[tuple[str, str | None, str | None, str | None]]:
    return [
        (fact.name, fact.endpoint, fact.direction, str(fact.p_value.value) if fact.p_value else None)
        for fact in found(study)
        if fact.endpoint
    ]


ORR, PFS = "objective response rate", "progression-free survival"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "TMB (p = 0.55) and CTNNB1 mutation (p = 0.19) were not associated with response.",
            [("tumour mutational burden", ORR, "none", "0.55"), ("CTNNB1", ORR, "none", "0.19")],
            id="a p-value each",
        ),
        pytest.param(
            "Patients with high CD8+ T cell infiltration had longer PFS (11 vs 3 months; P = 2.4 \\times 10^{-3}) and a "
            "higher ORR (53% vs. 7%, P = 0.014).",
            [("CD8", PFS, "positive", "0.0024"), ("CD8", ORR, "positive", "0.014")],
            id="two outcomes",
        ),
        pytest.param(
            "The ORR was 62.5% in PD-L1-positive and 20.0% in PD-L1-negative tumours (P = 0.029).",
            [("PD-L1", ORR, "positive", "0.029")],
            id="rates tell the direction",
        ),
        pytest.param(
            "The hypoxia signature was higher in non-responders than in responders (P = 0.01).",
            [("hypoxia signature", ORR, "negative", "0.01")],
            id="a signature no table lists",
        ),
        pytest.param("The ORR was 40% in men and 20% in women (P = 0.2).", [], id="no marker"),
        pytest.param("PD-L1 was stained in 20 tumours before and 12 after treatment (P = 0.2).", [], id="no outcome"),
    ],
)
def test_ties(make_study: MakeStudy, text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert ties(make_study(SINGLE, ("results", text))) == expected


def test_what_compares_arms_ties_no_marker(make_study: MakeStudy) -> None:
    text = "In KRAS wild-type tumours the ORR was 60% with drug A and 40% with drug B (P = 0.01)."
    assert ties(make_study(SINGLE, ("results", text), arms=("drug A", "drug B"))) == []


def test_who_was_treated_ties_no_marker(make_study: MakeStudy) -> None:
    text = "In patients with KRAS-mutated tumours drug A led to longer overall survival than drug B."
    assert ties(make_study(SINGLE, ("results", text), arms=("drug A", "drug B"))) == []


def test_values_in_responders(make_study: MakeStudy) -> None:
    text = (
        "CD20+ B cells were denser in responders than in nonresponders (median, 214 vs. 38 cells/mm2; P = 0.021), as were "
        "CD8+ T cells (median, 402 vs. 251 cells/mm2; P = 0.047)."
    )
    values = {
        f.name: [(g.label, str(g.value), g.unit) for g in f.groups]
        for f in found(make_study(SINGLE, ("results", text)))
    }
    assert values == {
        "CD20": [("responders", "214", "/mm2"), ("nonresponders", "38", "/mm2")],
        "CD8": [("responders", "402", "/mm2"), ("nonresponders", "251", "/mm2")],
    }


def test_methods_and_results_of_a_marker_are_one(make_study: MakeStudy) -> None:
    study = make_study(
        SINGLE,
        (
            "methods",
            "Multiplex immunofluorescence was done with anti-CD8 (clone TW8/11, 1:200; Brackenbury Reagents, BR1234) and "
            "anti-FOXP3 (clone 99C9; Abcam, ab20034). A combined positive score of 1 or more was positive for PD-L1.",
        ),
        (
            "results",
            "PD-L1 was assessed in 38 patients, of whom 22 (57.9%) were positive. CD8+ T cells predicted ORR (P = 0.01).",
        ),
    )
    facts = {fact.name: fact for fact in found(study)}
    assert facts["CD8"].reagent is not None
    assert facts["CD8"].reagent.vendor == "Brackenbury Reagents"
    assert (facts["CD8"].endpoint, facts["CD8"].assay) == (ORR, "multiplex immunofluorescence")
    assert facts["FOXP3"].endpoint is None
    share = facts["PD-L1"].frequency
    assert share is not None
    assert (share.count, share.total) == (22, 38)


def test_genes_found_in_a_sequence_of_counts(make_study: MakeStudy) -> None:
    text = "Exomes of 26 patients showed TP53 mutations in 9 (34.6%) and MEN1 mutations in 2 (7.7%)."
    shares = {
        f.name: (f.frequency.count, f.frequency.total) for f in found(make_study(("results", text))) if f.frequency
    }
    assert shares == {"TP53": (9, 26), "MEN1": (2, 26)}


def test_a_routine_value_is_a_marker_only_where_it_is_tied(make_study: MakeStudy) -> None:
    tied = make_study(("results", "A low baseline hemoglobin was associated with shorter overall survival (P = 0.02)."))
    (fact,) = found(tied)
    assert (fact.name, fact.endpoint, fact.direction) == ("haemoglobin", "overall survival", "positive")
    assert found(make_study(("results", "Baseline hemoglobin was 120 g/L in 12 patients (20%)."))) == []
    assert found(make_study(("methods", "Hemoglobin was measured by ELISA every week."))) == []
