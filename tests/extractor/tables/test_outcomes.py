import pytest

from extractor.tables.outcomes import caption_endpoint, endpoint_term, named, of_marker
from extractor.tables.results import table_results
from ontology.record import Arm


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Overall survival", "overall survival"),
        ("OS", "overall survival"),
        ("Overall survival (OS)", "overall survival"),
        ("Hospitalization", "hospitalisation"),
        ("CRP", None),
        ("Pain on the third day", None),
    ],
)
def test_curated_endpoints(text: str, expected: str | None) -> None:
    term = endpoint_term(text)
    assert (term.name if term else None) == expected


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Comparison of mean itching index in the two groups", "itching index"),
        ("Duration of sleep by group", "Duration of sleep"),
        ("Outcomes of treatment", ""),
        ("Before and after treatment, itching index in the two groups", "itching index"),
        ("Outcomes (intention-to-treat population)", ""),
    ],
)
def test_endpoints_of_captions(caption: str, expected: str) -> None:
    assert caption_endpoint(caption) == expected


MARKERS = {"oestrogen receptor": "estrogen receptor expression"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (["ER"], "estrogen receptor expression"),
        (["ER", "H-score"], "estrogen receptor expression"),
        (["ER", "Negative"], None),
        (["HER2"], None),
    ],
)
def test_levels_of_markers(path: list[str], expected: str | None) -> None:
    assert of_marker(path, MARKERS) == expected


SHORTS = {"MRS": "mood rating scale", "EF": "ejection fraction", "HDL-C": "high-density lipoprotein cholesterol"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MRS", None),
        ("EF", "left ventricular ejection fraction"),
        ("EF level", "left ventricular ejection fraction"),
        ("HDL-C", "HDL cholesterol"),
        ("OS", "overall survival"),
    ],
)
def test_an_acronym_is_what_the_paper_says(text: str, expected: str | None) -> None:
    term = endpoint_term(text, SHORTS)
    assert (term.name if term else None) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("OS", "overall survival"),
        ("MRS", "mood rating scale"),
        ("S.Mg", "serum magnesium"),
        ("B. Urea", "blood urea"),
        ("Haemoglobin percent", "haemoglobin"),
        ("Itching index (II)", "Itching index"),
    ],
)
def test_names_by_the_papers_acronyms(name: str, expected: str) -> None:
    assert named(name, {**SHORTS, "S.Mg.": "serum magnesium", "B. urea": "blood urea"}) == expected


SINGLE = (Arm(label="velorastinib", role="single", size=36),)


def test_the_columns_of_a_trial_of_one_arm_are_populations(study, facts) -> None:
    text = "Response | All patients (n = 36) | Chordoma (n = 11) | Others (n = 25)\nPartial response, n (%) | 11 (30.6) | 8 (72.7) | 3 (12.0)"
    found = facts(table_results, study(text, "Tumour response.", arms=SINGLE), "arm", "population", "count", "total")
    assert found == [
        ("velorastinib", None, 11, 36),
        ("velorastinib", "Chordoma", 8, 11),
        ("velorastinib", "Others", 3, 25),
    ]


def test_a_row_that_only_says_change_is_of_its_heading(study, facts) -> None:
    text = "Variable | Velorastinib | Placebo\nFMD (%) | |\nat 12 W | 6.2 ± 2.0 | 5.9 ± 2.1\nΔFMD: 12 W-0 W | 0.8 ± 2.4 | 0.9 ± 2.4"
    found = facts(table_results, study(text, "Changes in FMD."), "endpoint", "statistic", "value")
    assert {fact[0] for fact in found} == {found[0][0]}
    assert ("difference", "0.8") in {fact[1:] for fact in found}
