import pytest

from extractor.tables.kinds import table_kind

TABLES = {
    "baseline by caption": ("baseline", "Baseline characteristics of the patients", "Item | VEL | PBO\nAge | 60 | 61"),
    "baseline by stubs": (
        "baseline",
        "",
        "Item | VEL | PBO\nAge | 60 | 61\nSex\nMale | 3 | 4\nECOG 0 | 2 | 1\nStage IV | 2 | 3",
    ),
    "events by caption": ("adverse_events", "Treatment-related adverse events", "Event | VEL | PBO\nOedema | 6 | 1"),
    "events by heads and stubs": (
        "adverse_events",
        "Grade 3-4 findings",
        "Term | Any grade | Grade 3-4\nNausea | 6 | 1\nRash | 3 | 0\nFatigue | 9 | 1\nVomiting | 1 | 0",
    ),
    "results by caption": ("results", "Efficacy outcomes", "Outcome | VEL | PBO\nORR | 6 | 1"),
    "results over time": ("results", "Pain scores", "Score | Week 4 | Week 8\nPain | 6 | 1"),
    "scores of symptoms": (
        "results",
        "Quality of life scores by arm",
        "Scale | VEL, mean (SD) | PBO, mean (SD)\nNausea | 6 (1) | 7 (1)\nFatigue | 6 (1) | 7 (1)\nInsomnia | 5 (1) | 6 (1)",
    ),
    "dosing": ("dosing", "Dose intensity of velorastinib", "Item | VEL\nRelative dose intensity | 96"),
    "pharmacokinetic": ("pharmacokinetic", "Pharmacokinetic parameters", "Item | VEL\nAUC | 96\nCmax | 3"),
    "eligibility": (
        "eligibility",
        "Inclusion and exclusion criteria",
        "Inclusion | Exclusion\nAge over 18 | Pregnancy",
    ),
    "regression": ("regression", "Multivariate analysis of survival", "Factor | HR\nAge | 1.2"),
    "patients as rows": (
        "individual",
        "Details of all patients",
        "Patient no. | Age | Response\n1 | 60 | CR\n2 | 61 | PR",
    ),
    "other trials": ("other", "Previous studies of the drug", "Study | Response\nDoe 2001 | 12"),
    "who stayed": (
        "other",
        "Patient disposition",
        " | Drug | Placebo\nCompleted the study, n (%) | 180 (90) | 170 (86)",
    ),
    "a plan": ("other", "Schedule of visits", "Visit | Procedure\n1 | Blood"),
}


@pytest.mark.parametrize(("kind", "caption", "text"), TABLES.values(), ids=TABLES)
def test_what_a_table_is_about(table, kind: str, caption: str, text: str) -> None:
    assert table_kind(table(text, caption)) == kind


def test_a_table_of_arms_that_says_nothing_else_reports_results(table) -> None:
    grid = table("Item | VEL | PBO\nFoo | 60 | 61")
    assert table_kind(grid) == "other"
    assert table_kind(grid, compares=True) == "results"
