import pytest

from extractor.study import Rejected
from extractor.tables.baseline import baseline
from ontology.record import Arm

FIELDS = ("variable", "category", "arm", "statistic", "value", "count", "percent", "unit")
CAPTION = "Baseline characteristics of the patients"
HEAD = "Characteristic | Velorastinib (n = 52) | Placebo (n = 50) | P value\n"

# Rows, and what is said of the first arm.
ROWS = {
    "a median": (
        "Age (years), median (range) | 60 (40-80) | 61 (41-82) | 0.6",
        [("Age", None, "median", "60", None, None, "a")],
    ),
    "a mean under a heading of statistics": (
        "Weight, kg, mean (SD) | 70.2 (8.1) | 71 (9.3) | 0.6",
        [("Weight", None, "mean", "70.2", None, None, "kg")],
    ),
    "categories of a heading": (
        "Disease stage, n (%)\nIII | 12 (23) | 10 (20) | 0.7\nIV | 40 (77) | 40 (80) |",
        [
            ("Disease stage", "III", "count", None, 12, "23", None),
            ("Disease stage", "IV", "count", None, 40, "77", None),
        ],
    ),
    "a heading that has counted everybody": (
        "Smoking\nSmoker, n (%) | 12 (23) | 10 (20) |\nNever, n (%) | 40 (77) | 40 (80) |\nStatins, n (%) | 9 (17) | 8 (16) |",
        [
            ("Smoking", "Smoker", "count", None, 12, "23", None),
            ("Smoking", "Never", "count", None, 40, "77", None),
            ("Statins", None, "count", None, 9, "17", None),
        ],
    ),
    "a name of letters and digits behind it": (
        "Status\nGood, n (%) | 12 (23) | 10 (20) |\nPoor, n (%) | 40 (77) | 40 (80) |\nFLT3-ITD mutation, n (%) | 9 (17) | 8 (16) |",
        [
            ("Status", "Good", "count", None, 12, "23", None),
            ("Status", "Poor", "count", None, 40, "77", None),
            ("FLT3-ITD mutation", None, "count", None, 9, "17", None),
        ],
    ),
    "a heading that has not": (
        "Site, n (%)\nBone | 12 (23) | 10 (20) |\nLiver | 30 (58) | 40 (80) |\nSkin | 9 (17) | 8 (16) |",
        [
            ("Site", "Bone", "count", None, 12, "23", None),
            ("Site", "Liver", "count", None, 30, "58", None),
            ("Site", "Skin", "count", None, 9, "17", None),
        ],
    ),
    "sub-headings whose rows begin alike": (
        "Reasons to stop, n (%)\nNo effect\nYes | 12 (24) | 10 (20) |\nNo | 38 (76) | 40 (80) |\nToxicity\nYes | 9 (18) | 8 (16) |",
        [
            ("Reasons to stop", "No effect: Yes", "count", None, 12, "24", None),
            ("Reasons to stop", "No effect: No", "count", None, 38, "76", None),
            ("Reasons to stop", "Toxicity: Yes", "count", None, 9, "18", None),
        ],
    ),
    "words that are no category of a mean": (
        "Weight, kg, mean (SD) | 70.2 (8.1) | 71 (9.3) |\nCurrent smoker, n (%) | 12 (23) | 10 (20) |",
        [
            ("Weight", None, "mean", "70.2", None, None, "kg"),
            ("Current smoker", None, "count", None, 12, "23", None),
        ],
    ),
    "an acronym under a heading": (
        "Best response before\nPR | 12 (23) | 10 (20) |",
        [("Best response before", "PR", "count", None, 12, "23", None)],
    ),
    "a whole percentage behind (%)": (
        "ASA1 (%) | 26 (50) | 25 (50) |\nASA2 (%) | 20 (38.5) | 19 (38) |",
        [("ASA1", None, "count", None, 26, "50", None), ("ASA2", None, "count", None, 20, "38.5", None)],
    ),
    "sexes alone": (
        "Male | 30 (58) | 29 (58) | 1.0",
        [("sex", "Male", "count", None, 30, "58", None)],
    ),
    "counts of both sexes in a cell": (
        "Sex (male/female) | 30/22 | 29/21 | 1.0",
        [("Sex", "male", "count", None, 30, None, None), ("Sex", "female", "count", None, 22, None, None)],
    ),
    "a zero": (
        "Prior surgery, n (%) | 0 (0) | 2 (4) | 0.3",
        [("Prior surgery", None, "count", None, 0, "0", None)],
    ),
    "classes of age": (
        "Age\n<65 years | 32 (62) | 30 (60) | 0.7\n≥65 years | 20 (38) | 20 (40) |",
        [("Age", "<65", "count", None, 32, "62", None), ("Age", "≥65", "count", None, 20, "38", None)],
    ),
    "a heading in a heading": (
        "Prior therapy, n (%)\nSurgery\nYes | 12 (23) | 10 (20) | 0.7",
        [("Prior therapy", "Surgery: Yes", "count", None, 12, "23", None)],
    ),
    "a percentage alone": (
        "Smokers (%) | 23 | 20 | 0.7",
        [("Smokers", None, "percent", None, None, "23", None)],
    ),
    "a category in the stub": (
        "Gender: male | 30 (58) | 29 (58) | 1.0",
        [("Gender", "male", "count", None, 30, "58", None)],
    ),
    "a row that says yes or no": (
        "Smoker, n\nYes | 12 | 10 | 0.7\nNo | 40 | 40 |",
        [("Smoker", "Yes", "count", None, 12, None, None), ("Smoker", "No", "count", None, 40, None, None)],
    ),
    "a unit behind a dash": (
        "Time since diagnosis — yr, mean (SD) | 8.1 (3.0) | 8.0 (2.9) | 0.6",
        [("Time since diagnosis", None, "mean", "8.1", None, None, "a")],
    ),
    "a statistic with its unit behind a dash": (
        "Estimated GFR\nMean — ml/min/1.73 m2 | 43.1 | 44.0 | 0.6",
        [("Estimated GFR", None, "mean", "43.1", None, None, "mL/min/{1.73_m2}")],
    ),
    "a unit in the cell": (
        "Age, median | 60 years | 61 years | 0.6",
        [("Age", None, "median", "60", None, None, "a")],
    ),
    "mean and SD in two rows": (
        "Age (years)\nMean | 60.1 | 61.2 | 0.6\nSD | 8.1 | 9.0 |",
        [("Age", None, "mean", "60.1", None, None, "a")],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), ROWS.values(), ids=ROWS)
def test_characteristics(study, facts, rows: str, expected: list[tuple]) -> None:
    found = facts(baseline, study(HEAD + rows, CAPTION), *FIELDS)
    arms = [fact[2] for fact in found]
    assert arms.count("velorastinib") == arms.count("placebo") == len(expected)
    assert [(*fact[:2], *fact[3:]) for fact in found if fact[2] == "velorastinib"] == expected


def test_spreads_and_totals(study, facts) -> None:
    rows = "Age (years), mean ± SD | 60 ± 8 | 61 ± 9 | 0.6\nMale, n (%) | 30 (58) | 29 (58) | 1.0"
    found = facts(baseline, study(HEAD + rows, CAPTION), "variable", "sd", "total")
    assert found[0] == ("Age", "8", 52)
    assert found[2] == ("sex", None, 52)


def test_amounts_end_where_words_follow(study, facts) -> None:
    text = "Item | All patients\nDoses a day\n< 2 | 100\n>= 2 | 174\nStatins | 60"
    assert facts(baseline, study(text, CAPTION), "variable", "category")[-1] == ("Statins", None)


def test_an_unnamed_spread_is_what_the_caption_says(study, facts) -> None:
    caption = f"{CAPTION}. Values are mean ± SEM"
    found = facts(baseline, study(HEAD + "Age (years) | 60 ± 8 | 61 ± 9 | 0.6", caption), "statistic", "sd", "se")
    assert found[0] == ("mean", None, "8")


def test_an_unnamed_spread_that_nobody_explains_is_left_out(study, facts) -> None:
    found = facts(baseline, study(HEAD + "Age (years) | 60 ± 8 | 61 ± 9 | 0.6", CAPTION), "value", "sd", "se")
    assert found[0] == ("60", None, None)


def test_the_whole_trial(study, facts) -> None:
    text = "Characteristic | Velorastinib (n = 52) | Total (n = 102)\nMale, n (%) | 30 (58) | 59 (58)"
    assert facts(baseline, study(text, CAPTION), "arm", "count") == [("velorastinib", 30), (None, 59)]


def test_a_trial_of_one_arm(study, facts) -> None:
    text = "Characteristic | No. (%)\nMale | 30 (58)\nFemale | 22 (42)"
    only = (Arm(label="velorastinib", role="single", size=52),)
    assert facts(baseline, study(text, CAPTION, arms=only), "arm", "count") == [
        ("velorastinib", 30),
        ("velorastinib", 22),
    ]


def test_a_row_of_sizes_under_percentages(study, facts) -> None:
    text = "Characteristic | No. of patients | %\nNo. of patients | 52 | 100\nSex | |\nMale | 30 | 58"
    only = (Arm(label="velorastinib", role="single"),)
    found = facts(baseline, study(text, CAPTION, arms=only), "category", "count", "percent", "total")
    assert found == [("Male", 30, "58", 52)]


def test_the_percent_of_a_head_is_no_unit(study, facts) -> None:
    text = (
        "Item | Velorastinib, n = 52 (%) | Placebo, n = 50 (%)\nAge: mean (SD), range | 61 (8), 40-80 | 60 (9), 39-79"
    )
    assert facts(baseline, study(text, CAPTION), "value", "unit") == [("61", None), ("60", None)]


IGNORED = {
    "p-values": (HEAD + "Age | | | 0.4", CAPTION),
    "empty cells": (HEAD + "Male, n (%) | - | | ", CAPTION),
    "values at the end": ("Score | Velorastinib | <\n ^ | Week 12 | Week 24\nPain | 3 | 2", CAPTION),
    "a table of events": (HEAD + "Nausea, n (%) | 4 (8) | 2 (4) | 0.4", "Adverse events"),
}


@pytest.mark.parametrize(("text", "caption"), IGNORED.values(), ids=IGNORED)
def test_no_characteristics(study, facts, text: str, caption: str) -> None:
    assert facts(baseline, study(text, caption), "variable") == []


def test_more_than_the_group_is_not_believed(study) -> None:
    (found, _) = baseline(study(HEAD + "Smokers, n (%) | 60 (58) | 29 (58) | 1.0", CAPTION))
    assert isinstance(found, Rejected)
    assert "larger" in found.reason


def test_statistics_that_notes_give_to_marks(study, facts) -> None:
    rows = (
        HEAD
        + "Age (years)* | 61 (22-91) | 64 (19-93) |\nLesion size (mm)† | 6.1(3.2) | 6.4(3.5) |\nSmoking | 31 (60) | 33 (66) |"
    )
    notes = (
        "Values in parentheses are percentages unless indicated otherwise; values are *median (range) and †mean(s.d.).",
    )
    found = facts(baseline, study(rows, CAPTION, notes), "variable", "arm", "statistic", "value", "sd", "count")
    assert [fact for fact in found if fact[1] == "velorastinib"] == [
        ("Age", "velorastinib", "median", "61", None, None),
        ("Lesion size", "velorastinib", "mean", "6.1", "3.2", None),
        ("Smoking", "velorastinib", "count", None, None, 31),
    ]
