"""Rows of tables of results that only the rows around them, or the caption, explain."""

import pytest

from extractor.tables.results import table_results

HEAD = "Outcome | Velorastinib (n = 52) | Placebo (n = 50)\n"
OS, PFS = "overall survival", "progression-free survival"
SPREADS = {
    "an interval in the row below": (
        "Median OS, months | 14.2 | 10.9\n95% CI | 12.1-16.5 | 9.5-12.2",
        [("median", "14.2", ("12.1", "16.5"))],
    ),
    "each with its own": (
        "Median OS, months | 14.2 | 10.9\n95% CI | 12.1-16.5 | 9.5-12.2\n1-year OS, % | 62 | 47\n95% CI | 55-69 | 40-54",
        [("median", "14.2", ("12.1", "16.5")), ("rate", "62", ("55", "69"))],
    ),
    "another value below": ("Median OS, months | 14.2 | 10.9\nMedian PFS, months | 8.1 | 5.2", [("median", "14.2", None), ("median", "8.1", None)]),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), SPREADS.values(), ids=SPREADS)
def test_spreads_below(study, facts, rows: str, expected: list[tuple]) -> None:
    found = facts(table_results, study(HEAD + rows, "Efficacy outcomes"), "arm", "statistic", "value", "ci")
    bounds = [(name, value, ci and (str(ci["low"]), str(ci["high"]))) for arm, name, value, ci in found if arm == "velorastinib"]  # fmt: skip
    assert bounds == expected


def test_censored_ranges(study, facts) -> None:
    text = HEAD + "Duration of response, median (range), months | 11.1 (2.1+ to 24.3+) | 9.0 (1.4-18.0+)"
    found = facts(table_results, study(text, "Efficacy outcomes"), "value", "range")
    assert [(value, str(r["low"]), str(r["high"])) for value, r in found] == [
        ("11.1", "2.1", "24.3"),
        ("9.0", "1.4", "18.0"),
    ]


CAPTIONS = {
    "events of the outcome": ("Summary of overall survival", "Events, n (%) | 26 (50) | 35 (70)", OS),
    "events of nothing": ("Summary", "Events, n (%) | 26 (50) | 35 (70)", "Events"),
    "hazard ratios for it": ("Hazard ratios for progression-free survival by subgroup", "Age <65 years | 0.6 (0.4-0.8) | 0.7 (0.5-0.9)", PFS),
}  # fmt: skip


@pytest.mark.parametrize(("caption", "row", "name"), CAPTIONS.values(), ids=CAPTIONS)
def test_outcomes_of_captions(study, facts, caption: str, row: str, name: str) -> None:
    head = "Subgroup | HR (95% CI) | HR (95% CI) adjusted\n" if "Hazard" in caption else HEAD
    assert {found[0] for found in facts(table_results, study(head + row, caption), "endpoint")} == {name}


def test_rates_that_the_caption_announces(study, facts) -> None:
    text = "Group | 6 months | 12 months\nVelorastinib | 60 (53-67) | 35 (28-42)\nPlacebo | 45 (38-52) | 18 (13-24)"
    found = facts(table_results, study(text, "PFS rates, % (95% CI)"), "statistic", "arm", "value", "timepoint")
    assert found[:2] == [("rate", "velorastinib", "60", "6 mo"), ("rate", "velorastinib", "35", "12 mo")]


def test_responses_that_headings_tell_apart(study, facts) -> None:
    rows = "Clinical response, n (%)\nPartial response | 13 (25) | 5 (10)\nUltrasound response, n (%)\nPartial response | 10 (19) | 4 (8)"
    found = facts(table_results, study(HEAD + rows, "Responses"), "endpoint", "value")
    assert [name for name, value in found if value in ("25", "19")] == [
        "clinical response: partial response",
        "Ultrasound response: partial response",
    ]


def test_a_heading_that_tells_nothing_apart(study, facts) -> None:
    rows = "Clinical response, n (%)\nPartial response | 13 (25) | 5 (10)"
    assert {name for (name,) in facts(table_results, study(HEAD + rows, "Responses"), "endpoint")} == {
        "partial response"
    }
