import pytest

from extractor.study import Rejected
from extractor.tables.results import table_results
from ontology.record import Arm

CAPTION = "Efficacy outcomes"
HEAD = "Outcome | Velorastinib (n = 52) | Placebo (n = 50)\n"
FIELDS = ("endpoint", "arm", "statistic", "value", "count", "total")

# Rows, and what is said of the first arm.
ROWS = {
    "a rate": ("Clear skin, n (%) | 13 (25) | 5 (10)", [("Clear skin", "rate", "25", 13, 52)]),
    "a curated name": ("ORR, n (%) | 13 (25) | 5 (10)", [("objective response rate", "rate", "25", 13, 52)]),
    "categories": (
        "Best outcome, n (%)\nHealed | 13 (25) | 5 (10)\nNot healed | 39 (75) | 45 (90)",
        [("Best outcome: Healed", "rate", "25", 13, 52), ("Best outcome: Not healed", "rate", "75", 39, 52)],
    ),
    "a fraction": ("Abstinent at the end | 13/52 (25) | 5/50 (10)", [("Abstinent at the end", "rate", "25", 13, 52)]),
    "a count": ("Relapses, n | 13 | 5", [("Relapses", "count", "13", 13, 52)]),
    "a mean": ("Itching index, mean (SD) | 3.1 (1.2) | 4.0 (1.1)", [("Itching index", "mean", "3.1", None, 52)]),
    "a median": ("Time in bed (days), median (IQR) | 3 (2-5) | 4 (3-6)", [("Time in bed", "median", "3", None, 52)]),
    "a change": (
        "Change from baseline in pain, mean (SD) | -3.1 (1.2) | -1.0 (1.1)",
        [("pain", "difference", "-3.1", None, 52)],
    ),
    "a rate at a time": ("1-year survival, n (%) | 13 (25) | 5 (10)", [("overall survival", "rate", "25", 13, 52)]),
    "a rate with its interval": (
        "Clear skin | 13 (25%) [14-39] | 5 (10%) [3-22]",
        [("Clear skin", "rate", "25", 13, 52)],
    ),
    "a zero": ("Clear skin, n (%) | 0 (0) | 5 (10)", [("Clear skin", "rate", "0", 0, 52)]),
    "an empty cell": ("Relapse, n (%) | - | 5 (10)", []),
}


@pytest.mark.parametrize(("rows", "expected"), ROWS.values(), ids=ROWS)
def test_results_of_an_arm(study, facts, rows: str, expected: list[tuple]) -> None:
    found = facts(table_results, study(HEAD + rows, CAPTION), *FIELDS)
    assert [(fact[0], *fact[2:]) for fact in found if fact[1] == "velorastinib"] == expected


def test_spreads(study, facts) -> None:
    found = facts(table_results, study(HEAD + "Itching index, mean (SE) | 3.1 (1.2) | 4.0 (1.1)", CAPTION), "sd", "se")
    assert found == [(None, "1.2"), (None, "1.1")]


COMPARED = ("arm", "comparator", "statistic", "value", "p_value")


def shown(fact: tuple) -> tuple:
    *rest, p_value = fact
    return (*rest, str(p_value["value"]) if p_value else None)


def test_an_effect_with_its_p_value(study, facts) -> None:
    text = (
        "Outcome | Velorastinib (n = 52) | Placebo (n = 50) | HR (95% CI) | P\n"
        "Median survival, months | 17.2 | 12.1 | 0.70 (0.50-0.98) | 0.03"
    )
    found = facts(table_results, study(text, CAPTION), *COMPARED)
    assert [shown(fact) for fact in found] == [
        ("velorastinib", None, "median", "17.2", None),
        ("placebo", None, "median", "12.1", None),
        ("velorastinib", "placebo", "hazard_ratio", "0.70", "0.03"),
    ]


def test_the_interval_has_its_level(study, facts) -> None:
    text = "Outcome | Velorastinib | Placebo | HR (95% CI)\nSurvival, months, median | 17.2 | 12.1 | 0.70 (0.50-0.98)"
    ci = facts(table_results, study(text, CAPTION), "ci")[-1][0]
    assert [str(ci[name]) for name in ("low", "high", "level")] == ["0.50", "0.98", "95"]


def test_a_p_value_alone(study, facts) -> None:
    text = "Outcome | Velorastinib (n = 52) | Placebo (n = 50) | P\nRelapse, n (%) | 13 (25) | 20 (40) | 0.10"
    found = [shown(fact) for fact in facts(table_results, study(text, CAPTION), *COMPARED)]
    assert found[-1] == ("velorastinib", "placebo", "p_value", None, "0.10")


def test_a_p_value_of_three_arms_compares_no_two(study, facts) -> None:
    text = "Outcome | Warm (n = 20) | Cold (n = 21) | Neither (n = 22) | P\nRelapse, n (%) | 10 (50) | 11 (52) | 2 (9) | 0.01"
    found = facts(table_results, study(text, CAPTION, arms=()), "arm", "statistic")
    assert found == [("Warm", "rate"), ("Cold", "rate"), ("Neither", "rate"), (None, "p_value")]


ABC = (
    Arm(label="low dose", size=20, synonyms=("X",)),
    Arm(label="high dose", size=21, synonyms=("Y",)),
    Arm(label="placebo", size=22, synonyms=("Z",)),
)


def test_p_values_of_named_arms(study, facts) -> None:
    text = (
        "Outcome | Low dose (n = 20) | High dose (n = 21) | Placebo (n = 22) | p (X vs Z) | p (Y vs Z)\n"
        "Clear skin, n (%) | 5 (25) | 4 (19) | 12 (55) | 0.05 | 0.02"
    )
    found = [shown(fact) for fact in facts(table_results, study(text, CAPTION, arms=ABC), *COMPARED)]
    assert found[3:] == [
        ("low dose", "placebo", "p_value", None, "0.05"),
        ("high dose", "placebo", "p_value", None, "0.02"),
    ]


AGAINST = {
    "a row against an arm": "Difference from placebo (95% CI) | -1 (-2, 0) | -2 (-3, -1) | -",
    "a row with its reference": "OR (95% CI) | 0.9 (0.5-1.2) | 0.7 (0.4-0.9) | Ref",
    "another model": "OR (95% CI) | 0.8 (0.6-1.3) | 0.6 (0.3-0.8) | Ref\nAdjusted | 0.9 (0.5-1.2) | 0.7 (0.4-0.9) | Ref",
}


@pytest.mark.parametrize("rows", AGAINST.values(), ids=AGAINST)
def test_arms_against_one(study, facts, rows: str) -> None:
    text = f"Outcome | Low dose | High dose | Placebo\nRelapse\nn (%) | 5 (25) | 4 (19) | 12 (55)\n{rows}"
    found = facts(table_results, study(text, CAPTION, arms=ABC), "arm", "comparator", "endpoint")
    assert found[-2:] == [("low dose", "placebo", "relapse"), ("high dose", "placebo", "relapse")]


def test_a_column_with_its_reference(study, facts) -> None:
    text = "Group | Relapse, n (%) | Hazard ratio | p\nLow dose | 5 (25) | 0.72 | 0.01\nHigh dose | 4 (19) | 0.80 | 0.08\nPlacebo | 12 (55) | 1 (Ref) |"
    found = [shown(fact) for fact in facts(table_results, study(text, CAPTION, arms=ABC), *COMPARED)]
    assert [fact for fact in found if fact[1]] == [
        ("low dose", "placebo", "hazard_ratio", "0.72", "0.01"),
        ("high dose", "placebo", "hazard_ratio", "0.80", "0.08"),
    ]


def test_a_p_value_in_a_column_of_ratios(study, facts) -> None:
    text = HEAD.replace("\n", " | RR [95% CI] or p-value\n") + "Pain, mean (SD) | 5 (2) | 6 (2) | p = .09"
    found = [shown(fact) for fact in facts(table_results, study(text, CAPTION), *COMPARED)]
    assert found[-1] == ("velorastinib", "placebo", "p_value", None, "0.09")


def test_a_p_value_beside_outcomes_of_arms_as_rows(study, facts) -> None:
    text = "Site | Group | CR | Response rate | p\nLung | Velorastinib | 2 | 5/20 (25%) | 0.4\n | Placebo | 1 | 3/19 (16%) |"
    found = facts(table_results, study(text, CAPTION), "endpoint", "population", "statistic")
    assert ("objective response rate", "Lung", "p_value") in found


CHANGES = {
    "of hundreds": ("Item | Day 0 | Day 9 | % change\nVelorastinib | 5.1 | 4.1 | -19.6", "%"),
    "as printed": ("Item | Day 0 | Day 9 | Change\nVelorastinib | 5.1 | 4.1 | -19.6%", "%"),
}


@pytest.mark.parametrize(("text", "unit"), CHANGES.values(), ids=CHANGES)
def test_changes_below_zero(study, facts, text: str, unit: str) -> None:
    found = facts(table_results, study(text, "Urea"), "arm", "statistic", "value", "unit")
    assert found[-1] == ("velorastinib", "difference", "-19.6", unit)


def test_a_p_value_of_each_arm_compares_no_arms(study, facts) -> None:
    text = (
        "Item | Before treatment | After treatment | P\nVelorastinib\nItching index | 6.0 ± 1.0 | 3.0 ± 1.1 | 0.01\n"
        "Placebo\nItching index | 6.1 ± 1.0 | 5.8 ± 1.1 | 0.30"
    )
    found = facts(table_results, study(text, "Effect on itching (mean ± SD)"), "arm", "statistic", "timepoint")
    assert found == [
        ("velorastinib", "mean", "baseline"),
        ("velorastinib", "mean", None),
        ("placebo", "mean", "baseline"),
        ("placebo", "mean", None),
    ]


def test_an_effect_named_in_its_cell(study, facts) -> None:
    text = HEAD.replace("\n", " | Effect\n") + "Clear skin, n (%) | 13 (25) | 5 (10) | OR 3.0 (1.1-8.2)"
    assert [shown(fact) for fact in facts(table_results, study(text, CAPTION), *COMPARED)][-1] == (
        "velorastinib",
        "placebo",
        "odds_ratio",
        "3.0",
        None,
    )


NAMES = {
    "a heading over values with units": ("Liver tests\nUrea (mg/dL), mean (SD) | 5 (2) | 6 (2)", "Urea"),
    "the first line of a name": ("Distal resection\nmargin (mm), mean (SD) | 5 (2) | 6 (2)", "Distal resection margin"),
    "a heading said again": ("Weal\nWeal over 5 mm, n (%) | 5 (10) | 6 (12)", "Weal over 5 mm"),
    "an instrument": ("FACT\nPhysical, mean (SD) | 5 (2) | 6 (2)", "FACT: Physical"),
}


@pytest.mark.parametrize(("rows", "expected"), NAMES.values(), ids=NAMES)
def test_headings_in_names(study, facts, rows: str, expected: str) -> None:
    assert facts(table_results, study(HEAD + rows, CAPTION), "endpoint")[0] == (expected,)


FOREST = {
    "with arms": (
        "Part | Velorastinib events/patients | Placebo events/patients | HR (95% CI)\nAge\n< 65 years | 9/12 | 8/11 | 0.7 (0.5-0.9)",
        ["rate", "rate", "hazard_ratio"],
    ),
    "without": ("Part | No. of patients | HR (95% CI)\nAge\n< 65 years | 23 | 0.7 (0.5-0.9)", ["hazard_ratio"]),
}


@pytest.mark.parametrize(("text", "statistics"), FOREST.values(), ids=FOREST)
def test_forests(study, facts, text: str, statistics: list[str]) -> None:
    caption = "Subgroup analysis of overall survival"
    found = facts(table_results, study(text, caption), "endpoint", "population", "arm", "comparator", "statistic")
    assert [fact[-1].replace("count", "rate") for fact in found] == statistics
    assert found[-1][:4] == ("overall survival", "Age: < 65 years", "velorastinib", "placebo")


def test_effects_of_a_trial_in_a_table_that_names_no_arms(study, facts) -> None:
    text = "Factor | HR (95% CI)\nAge over 65 years | 0.7 (0.5-0.9)"
    assert facts(table_results, study(text, "Overall survival"), "statistic") == []


def test_hazards_or_odds(study, facts) -> None:
    text = HEAD.replace("\n", " | HR or OR (95% CI)\n") + (
        "Median OS, months | 20 | 17 | 0.8 (0.6-1.0)\nObjective response rate, % | 45 | 30 | 1.9 (1.3-2.8)"
    )
    found = facts(table_results, study(text, CAPTION), "statistic", "value")
    assert found[2] == ("hazard_ratio", "0.8")
    assert found[-1] == ("odds_ratio", "1.9")


def test_rates_under_the_name_of_an_outcome(study, facts) -> None:
    text = HEAD + "Overall survival\nMedian, months (95% CI) | 20 (18-23) | 17 (15-19)\n1-year rate, % | 71 | 62"
    found = facts(table_results, study(text, CAPTION), "endpoint", "statistic", "timepoint")
    assert found[-1] == ("overall survival", "rate", "1 a")


def test_grades_of_the_scale_over_the_stubs(study, facts) -> None:
    text = HEAD.replace("Outcome", "Recovery Scale score") + "Good, n (%) | 13 (25) | 5 (10)"
    assert facts(table_results, study(text, CAPTION), "endpoint")[0] == ("Recovery Scale score: Good",)


def test_a_p_value_beside_a_heading(study, facts) -> None:
    text = HEAD.replace("\n", " | P\n") + "Kind of stoma | | | 0.46\nLoop, n (%) | 13 (25) | 5 (10) |"
    found = facts(table_results, study(text, CAPTION), "endpoint", "statistic")
    assert found[0] == ("Kind of stoma", "p_value")


def test_patients_and_what_sums_them_up(study, facts) -> None:
    text = "Patient | HbA1c before treatment | HbA1c after treatment\n1 | 7 | 3\n2 | 8 | 4\n3 | 6 | 2\nMedian (range) | 7 (6-8) | 3 (2-4)"
    found = facts(
        table_results, study(text, "Response in the velorastinib group"), "arm", "statistic", "value", "timepoint"
    )
    assert found == [("velorastinib", "median", "7", "baseline"), ("velorastinib", "median", "3", None)]


EVENTS = {"events": "Events, n (%)", "deaths": "No. of deaths (%)", "progressions": "Progression or death, n (%)"}


@pytest.mark.parametrize("row", EVENTS.values(), ids=EVENTS)
def test_events_of_a_time_to_them(study, facts, row: str) -> None:
    text = HEAD + f"Progression-free survival\n{row} | 13 (25) | 5 (10)"
    assert facts(table_results, study(text, CAPTION), "endpoint")[0] == ("progression-free survival",)


ORIENTED = {
    "as printed": ("-5 | -4 | -1", [("low dose", "placebo"), ("high dose", "placebo")]),
    "the other way round": ("-1 | -2 | -6", [("placebo", "low dose"), ("placebo", "high dose")]),
}


@pytest.mark.parametrize(("values", "expected"), ORIENTED.values(), ids=ORIENTED)
def test_which_arm_a_difference_is_of(study, facts, values: str, expected: list[tuple]) -> None:
    text = f"Pain | Low dose | High dose | Placebo\nWeight, mean change | {values}\nComparison with placebo (95% CI) | -4 (-5, -3) | -4 (-5, -2) |"
    found = facts(table_results, study(text, CAPTION, arms=ABC), "arm", "comparator")
    assert [fact for fact in found if fact[1]][:1] == expected[:1]


def test_percentages_by_the_caption(study, facts) -> None:
    text = "Item | Velorastinib | Placebo\nOverall survival | 85.5 | 70"
    found = facts(table_results, study(text, "Survival at 2 years (%)"), "statistic", "value", "unit", "timepoint")
    assert found == [("rate", "85.5", "%", "2 a"), ("rate", "70", "%", "2 a")]


def test_pairs_of_a_paper_that_says_once_what_they_are(study, facts) -> None:
    rows = "Item | Velorastinib | Placebo\nFatigue | 35.1 (22) | 34.9 (21)\nNight of mean (SD) | 1.0 (0.2) | 1.1 (0.2)"
    assert facts(table_results, study(rows, "Scores"), "statistic", "sd")[0] == ("mean", "22")


STARTS = {"Week 0": "baseline", "Day 0": "baseline", "0 min": "0 min", "Week 4": "4 wk"}


@pytest.mark.parametrize(("printed", "expected"), STARTS.items())
def test_week_0_is_the_baseline(study, facts, printed: str, expected: str) -> None:
    text = f"Time | Velorastinib | Placebo\n{printed} | 5.1 ± 1.0 | 5.0 ± 1.1"
    assert facts(table_results, study(text, "Mean itching index (SD)"), "timepoint")[0] == (expected,)


def test_headings_of_subgroups(study, facts) -> None:
    text = "Outcome | Velorastinib | Placebo\nWith rash | (n = 20) | (n = 21)\nRelapse, n (%) | 5 (25) | 7 (33)"
    found = facts(table_results, study(text, "Subgroup analyses"), "endpoint", "population", "total")
    assert found == [("relapse", "With rash", 20), ("relapse", "With rash", 21)]


def test_parts_of_the_patients_in_a_second_stub(study, facts) -> None:
    text = "Measure | Iron | Velorastinib, mean | Placebo, mean\nTau | Bottom quartile | 5 | 7\n | All participants | 6 | 8"
    assert facts(table_results, study(text, "Effect on tau", heads=1), "endpoint", "population")[::2] == [
        ("Tau", "Bottom quartile"),
        ("Tau", "All participants"),
    ]


def test_the_arm_in_the_caption(study, facts) -> None:
    text = "Item | Day 1 | Day 9\nPulse, median | 59 | 63"
    found = facts(table_results, study(text, "Pulse in the velorastinib group"), "arm", "timepoint", "value")
    assert found == [("velorastinib", "1 d", "59"), ("velorastinib", "9 d", "63")]


def test_geometric_means_are_means(study, facts) -> None:
    text = HEAD + "Peak (ug/L), geometric mean (range) | 5 (2-9) | 6 (2-9)"
    assert facts(table_results, study(text, CAPTION), "statistic", "value")[0] == ("mean", "5")


def test_a_ratio_of_means_is_no_difference(study, facts) -> None:
    text = HEAD.replace("\n", " | Velorastinib vs placebo ratio\n") + "Tau, mean (SD) | 5 (2) | 6 (2) | 0.8"
    assert facts(table_results, study(text, CAPTION), "statistic") == [("mean",), ("mean",)]


def test_a_difference_under_a_head_of_ratios(study, facts) -> None:
    text = HEAD.replace("\n", " | OR (95% CI) unless stated\n") + "Days in bed, mean (SD) | 5 (2) | 6 (2) | -1 (-2, 1)"
    assert facts(table_results, study(text, CAPTION), "statistic", "value")[-1] == ("difference", "-1")


IN_P = ["0.18 (0.35)", "1,000", "12.1"]


@pytest.mark.parametrize("printed", IN_P)
def test_a_column_of_p_values_prints_no_effects(study, facts, printed: str) -> None:
    text = HEAD.replace("\n", " | p\n") + f"Days in bed, mean (SD) | 5 (2) | 6 (2) | {printed}"
    assert facts(table_results, study(text, CAPTION), "statistic") == [("mean",), ("mean",)]


def test_a_width_in_a_column_of_spreads_is_no_rate(study, facts) -> None:
    text = "Item | Velorastinib | < | Placebo | <\n^ | Median | IQR | Median | IQR\nSugar (%) | 5.7 | 0.5 | 5.4 | 0.3"
    assert facts(table_results, study(text, CAPTION, heads=2), "statistic", "value") == [
        ("median", "5.7"),
        ("median", "5.4"),
    ]


def test_a_caption_of_differences(study, facts) -> None:
    text = "Item | Low dose | High dose\nSugar | 1.1 (0.2) | 2.1 (0.3)"
    caption = "Mean differences from placebo (standard error) in blood"
    found = facts(table_results, study(text, caption, arms=ABC), "arm", "comparator", "statistic", "value", "se")
    assert found == [
        ("low dose", "placebo", "difference", "1.1", "0.2"),
        ("high dose", "placebo", "difference", "2.1", "0.3"),
    ]


def test_the_time_in_the_head_over_the_stubs(study, facts) -> None:
    text = "At week 24 | Velorastinib | Placebo\nSugar, mean (SD) | 1.1 (0.2) | 2.1 (0.3)"
    assert facts(table_results, study(text, CAPTION), "timepoint") == [("24 wk",), ("24 wk",)]


def test_a_change_between_two_weeks(study, facts) -> None:
    text = HEAD + "Sugar\n12 W-0 W | -1.1 ± 0.2 | 0.1 ± 0.3"
    found = facts(table_results, study(text, "Effect on blood (mean ± SD)"), "endpoint", "statistic", "value")
    assert found == [("Sugar", "difference", "-1.1"), ("Sugar", "difference", "0.1")]


def test_no_ratio_is_below_zero(study, facts) -> None:
    text = (
        HEAD.replace("\n", " | Relative risk (95% CI)\n")
        + "Time in bed, mean (SD), days | 5 (2) | 6 (2) | -1.2 (-2.0 to -0.4)"
    )
    assert facts(table_results, study(text, CAPTION), "statistic") == [("mean",), ("mean",)]


SPREAD = {
    "beside each arm": "Item | Velorastinib mean | SD | Placebo mean | SD\nItching index | 3.0 | 1.1 | 5.0 | 1.2",
    "under each arm": "Item | Velorastinib | < | Placebo | <\n^ | Mean | SD | Mean | SD\nItching index | 3.0 | 1.1 | 5.0 | 1.2",
    "arms as rows": "Arm | Itching index, mean | SD\nVelorastinib | 3.0 | 1.1\nPlacebo | 5.0 | 1.2",
}


@pytest.mark.parametrize("text", SPREAD.values(), ids=SPREAD)
def test_spreads_in_columns(study, facts, text: str) -> None:
    found = facts(table_results, study(text, CAPTION, heads=2 if "^" in text else 1), "endpoint", "arm", "value", "sd")
    assert found == [("Itching index", "velorastinib", "3.0", "1.1"), ("Itching index", "placebo", "5.0", "1.2")]


def test_changes_by_the_caption(study, facts) -> None:
    study_ = study(HEAD + "Itching index | -3.0 (1.0) | -1.0 (1.1)", "Mean (SE) change from baseline to week 24")
    found = facts(table_results, study_, "statistic", "value", "se", "timepoint")
    assert found[0] == ("difference", "-3.0", "1.0", "24 wk")


def test_results_over_time(study, facts) -> None:
    text = (
        "Score | Velorastinib | < | Placebo | <\n^ | Baseline | Week 12 | Baseline | Week 12\n"
        "Pain, mean (SD) | 6.0 (1.0) | 3.0 (1.1) | 6.1 (1.2) | 5.0 (1.3)"
    )
    found = facts(table_results, study(text, "Outcomes", heads=2), "endpoint", "arm", "timepoint", "value")
    assert found == [
        ("Pain", "velorastinib", "baseline", "6.0"),
        ("Pain", "velorastinib", "12 wk", "3.0"),
        ("Pain", "placebo", "baseline", "6.1"),
        ("Pain", "placebo", "12 wk", "5.0"),
    ]


def test_times_as_rows(study, facts) -> None:
    text = HEAD + "Itching index, mean (SD)\nBaseline | 6.0 (1.0) | 6.1 (1.2)\n12 weeks | 3.0 (1.1) | 5.0 (1.3)"
    found = facts(table_results, study(text, CAPTION), "endpoint", "timepoint", "value")
    assert found[::2] == [("Itching index", "baseline", "6.0"), ("Itching index", "12 wk", "3.0")]


def test_the_endpoint_may_stand_in_the_caption(study, facts) -> None:
    text = "Week | Velorastinib (n = 52) | Placebo (n = 50)\n4 | 6.0 ± 1.0 | 6.1 ± 1.2\n8 | 3.0 ± 1.1 | 5.0 ± 1.3"
    found = facts(
        table_results, study(text, "Mean itching index (± SD) in the two groups"), "endpoint", "timepoint", "sd"
    )
    assert found[::2] == [("itching index", "4 wk", "1.0"), ("itching index", "8 wk", "1.1")]


def test_subgroups(study, facts) -> None:
    text = (
        HEAD
        + "Patients with brain lesions\nItching index, mean (SD) | 6.0 (1.0) | 6.1 (1.2)\nSleep score, mean (SD) | 4.0 (1.0) | 4.1 (1.2)"
    )
    found = facts(table_results, study(text, CAPTION), "endpoint", "population")
    assert found[0] == ("Itching index", "Patients with brain lesions")


IGNORED = {
    "missing data": (HEAD + "Missing data | 3 | 4", CAPTION),
    "a regression": ("Factor | HR (95% CI)\nAge | 1.2 (1.0-1.4)", "Multivariate analysis of survival"),
    "patients as rows": ("Patient no. | Response\n1 | 12\n2 | 14", "Outcomes of all patients"),
    "a table of events": (HEAD + "Nausea, n (%) | 4 (8) | 2 (4)", "Adverse events"),
}


@pytest.mark.parametrize(("text", "caption"), IGNORED.values(), ids=IGNORED)
def test_no_results(study, facts, text: str, caption: str) -> None:
    assert facts(table_results, study(text, caption), "endpoint") == []


def test_more_than_the_group_is_not_believed(study) -> None:
    found = next(iter(table_results(study(HEAD + "Relapse, n (%) | 60 (25) | 5 (10)", CAPTION))))
    assert isinstance(found, Rejected)


def test_a_size_beside_a_cell_is_that_of_each_of_its_facts(study, facts) -> None:
    text = "Outcome | Measure | Velorastinib | | Placebo |\nStay, days | Mean (median [IQR]) | 2.6 (2 [0-4]) | (N = 47) | 2.7 (2 [0-5]) | (N = 44)"
    found = facts(table_results, study(text, CAPTION), "statistic", "arm", "total")
    sizes = {"velorastinib": 47, "placebo": 44}
    assert found == [(name, arm, size) for arm, size in sizes.items() for name in ("mean", "median")]
