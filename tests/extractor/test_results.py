"""Results in invented sentences: endpoint, arm, statistic, value, and what they belong to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from extractor.results import results, without_repeats
from extractor.study import Study
from ontology.record import Evidence, Result

MakeStudy = Callable[..., Study]
Row = tuple[str, str | None, str, float | None]
ONE = ("Zelturinib",)
TWO = ("alpha", "beta")
THREE = ("alpha", "beta", "gamma")


def found(study: Study) -> list[Result]:
    return [fact for fact in results(study) if isinstance(fact, Result)]


def rows(facts: list[Result]) -> list[Row]:
    return [(f.endpoint, f.arm, f.statistic, None if f.value is None else float(f.value)) for f in facts]


ORR, CR, PR, SD, PFS, OS = (
    "objective response rate",
    "complete response",
    "partial response",
    "stable disease",
    "progression-free survival",
    "overall survival",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The ORR was 61.5% (16/26).", [(ORR, 61.5, 16, 26)], id="rate with count"),
        pytest.param(
            "Of the 26 patients, 3 (11.5%) had a complete response, 13 (50.0%) had a partial response and 7 (26.9%) had stable disease.",
            [(CR, 11.5, 3, None), (PR, 50.0, 13, None), (SD, 26.9, 7, None)],
            id="outcome behind its number",
        ),
        pytest.param(
            "CR was seen in 3 patients (11.5%), PR in 13 patients (50.0%).",
            [(CR, 11.5, 3, None), (PR, 50.0, 13, None)],
            id="outcome before its number",
        ),
        pytest.param(
            "Overall, 16 of 26 patients achieved an objective response (61.5%; 95% CI, 40.6-79.8).",
            [(ORR, 61.5, 16, 26)],
            id="fraction and percentage apart",
        ),
        pytest.param(
            "The 6-month PFS rate was 45% (95% CI 30-59).", [(PFS, 45, None, None)], id="rate at a time, no median"
        ),
        pytest.param("At least 50% improvement was required for overall survival.", [], id="a bound"),
    ],
)
def test_single_arm_rates(
    make_study: MakeStudy, text: str, expected: list[tuple[str, float, int | None, int | None]]
) -> None:
    facts = found(make_study(("results", text), arms=ONE))
    got = [(f.endpoint, float(f.value or 0), f.count, f.total) for f in facts]
    assert got == expected
    assert all(f.arm == ONE[0] and f.statistic == "rate" for f in facts)


@pytest.mark.parametrize(
    ("text", "endpoint", "value", "reached"),
    [
        pytest.param("Median PFS was 8.4 months (95% CI: 6.1-11.9).", PFS, 8.4, None, id="with interval"),
        pytest.param(
            "After a median follow-up of 20.3 months, the median overall survival was not reached.",
            OS,
            None,
            True,
            id="not reached, follow-up left out",
        ),
        pytest.param(
            "The median duration of response was 14.2 months (range, 2.1-30.5).",
            "duration of response",
            14.2,
            None,
            id="with range",
        ),
    ],
)
def test_single_arm_medians(
    make_study: MakeStudy, text: str, endpoint: str, value: float | None, reached: bool | None
) -> None:
    facts = found(make_study(("results", text), arms=ONE))
    assert rows(facts) == [(endpoint, ONE[0], "median", value)]
    assert facts[0].not_reached is reached


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The ORR was 49% in the alpha group and 38% in the beta group.",
            [(ORR, "alpha", "rate", 49), (ORR, "beta", "rate", 38)],
            id="arm behind the value",
        ),
        pytest.param(
            "Median OS for the alpha group was 30.7 months (95% CI 19.5-41.9) and for the beta group 16.6 months (95% CI 7.9-25.3).",
            [(OS, "alpha", "median", 30.7), (OS, "beta", "median", 16.6)],
            id="arm before the value",
        ),
        pytest.param(
            "The ORR was higher with alpha than with beta (49% vs. 38%).",
            [(ORR, "alpha", "rate", 49), (ORR, "beta", "rate", 38)],
            id="versus in the order of the arms",
        ),
        pytest.param(
            "The pCR rate in the alpha and beta groups was 20% and 12%, respectively.",
            [
                ("pathological complete response", "alpha", "rate", 20),
                ("pathological complete response", "beta", "rate", 12),
            ],
            id="respectively",
        ),
        pytest.param(
            "Overall survival was longer with alpha than with beta (hazard ratio [HR] 0.71, 95% CI 0.55-0.92; p=0.01).",
            [(OS, "alpha", "hazard_ratio", 0.71)],
            id="a ratio owns its p-value",
        ),
        pytest.param(
            "The ORR did not differ between the two groups (49% vs. 38%, P = 0.24).",
            [(ORR, "alpha", "rate", 49), (ORR, "beta", "rate", 38), (ORR, "alpha", "p_value", None)],
            id="a p-value of two rates",
        ),
        pytest.param(
            "PFS did not differ significantly between the groups (p = 0.31).",
            [(PFS, "alpha", "p_value", None)],
            id="a p-value of words",
        ),
        pytest.param(
            "The pCR rate was 20% in alpha and 12% in beta, and tumour shape was irregular in 41% of alpha and 39% of beta.",
            [
                ("pathological complete response", "alpha", "rate", 20),
                ("pathological complete response", "beta", "rate", 12),
            ],
            id="another outcome takes no name from the last",
        ),
        pytest.param(
            "The pCR rate was 20% in both groups.",
            [
                ("pathological complete response", "alpha", "rate", 20),
                ("pathological complete response", "beta", "rate", 20),
            ],
            id="both arms",
        ),
        pytest.param("Grade 3 toxicity and PFS events occurred in 20% and 30%.", [], id="toxicity"),
        pytest.param("At relapse, 85% in the alpha group received surgery.", [], id="a moment is no outcome"),
        pytest.param(
            "The mean and median OS with alpha were 31.0 and 17.7 vs. 21.0 and 12.6 months with beta.",
            [
                (OS, "alpha", "mean", 31.0),
                (OS, "alpha", "median", 17.7),
                (OS, "beta", "mean", 21.0),
                (OS, "beta", "median", 12.6),
            ],
            id="mean and median at once",
        ),
        pytest.param(
            "The mPFS was 15.7 months for alpha and 6.5 months for beta.",
            [(PFS, "alpha", "median", 15.7), (PFS, "beta", "median", 6.5)],
            id="a median in one word",
        ),
    ],
)
def test_two_arms(make_study: MakeStudy, text: str, expected: list[Row]) -> None:
    assert rows(found(make_study(("results", text), arms=TWO))) == expected


def test_counts_of_responses(make_study: MakeStudy) -> None:
    text = "The objective response rate was 78.6% (22 of 28), with 5 CR and 17 PR."
    facts = found(make_study(("results", text), arms=ONE))
    assert rows(facts) == [(ORR, ONE[0], "rate", 78.6), (CR, ONE[0], "count", 5), (PR, ONE[0], "count", 17)]


def test_three_arms(make_study: MakeStudy) -> None:
    text = "The ORR was 64%, 55% and 43% in the alpha, beta and gamma groups, respectively."
    facts = found(make_study(("results", text), arms=THREE))
    assert rows(facts) == [(ORR, "alpha", "rate", 64), (ORR, "beta", "rate", 55), (ORR, "gamma", "rate", 43)]


def test_time_points(make_study: MakeStudy) -> None:
    text = "The clinical response rate was 70% vs. 54% (p = 0.02) at week 12 and 78% vs. 64% at week 24 for alpha versus beta."
    facts = [f for f in found(make_study(("results", text), arms=TWO)) if f.statistic == "rate"]
    assert [(float(f.value or 0), f.timepoint) for f in facts] == [
        (70, "12 wk"),
        (54, "12 wk"),
        (78, "24 wk"),
        (64, "24 wk"),
    ]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("The PFS rates at 6 and 12 months were 56.3% and 28.1%, respectively.", ["6 mo", "12 mo"]),
        ("The 1- and 2-year OS rates were 83.9% (95% CI, 65.5-92.9) and 61.2% (95% CI, 41.6-76.0).", ["1 a", "2 a"]),
    ],
)
def test_a_time_for_each_value(make_study: MakeStudy, text: str, times: list[str]) -> None:
    assert [fact.timepoint for fact in found(make_study(("results", text), arms=ONE))] == times


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("The ORR per RECIST 1.1 was 41.9% (13/31).", "RECIST 1.1"),
        ("The ORR by irRECIST was 48.4% (15/31).", "irRECIST"),
        ("By independent central review, the ORR was 38.8%.", "independent central review"),
        ("The investigator-assessed ORR was 40.3%.", "investigator"),
        ("The ORR was 40.3%.", None),
    ],
)
def test_who_judged(make_study: MakeStudy, text: str, judged: str | None) -> None:
    (fact,) = found(make_study(("results", text), arms=ONE))
    assert fact.assessment == judged


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param("methods", "The ORR was assumed to be 45% in the alpha group.", id="methods"),
        pytest.param("results", "A previous study reported an ORR of 45% with alpha.", id="another study"),
        pytest.param("results", "The ORR was 45% with alpha [7].", id="cited"),
        pytest.param("results", "The median age was 61 years in alpha.", id="baseline"),
    ],
)
def test_not_own_results(make_study: MakeStudy, kind: str, text: str) -> None:
    assert not found(make_study((kind, text), arms=TWO))


def test_without_repeats() -> None:
    def fact(**values: object) -> Result:
        evidence = (Evidence(start=0, end=1),)
        return Result.model_validate({"endpoint": OS, "arm": "alpha", "rule": "r", "evidence": evidence, **values})

    chance = {"value": Decimal("0.01")}
    ratio = fact(statistic="hazard_ratio", value=Decimal("0.7"), p_value=chance)
    rate = fact(statistic="rate", value=Decimal(50), count=12)
    repeats = [fact(statistic="p_value", p_value=chance), fact(statistic="count", value=Decimal(12), count=12)]
    other = fact(statistic="count", value=Decimal(5), count=5)
    assert list(without_repeats([ratio, rate, *repeats, other])) == [ratio, rate, other]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The ORR at week 12 (65% vs. 47%; p = 0.01) and week 24 (72% vs. 54%; p = 0.01) favoured alpha over beta.",
            [("12 wk", 65), ("12 wk", 47), ("24 wk", 72), ("24 wk", 54)],
            id="joined times before their values",
        ),
        pytest.param(
            "The ORR was 61% vs. 39% at week 12 (p = 0.01) and 73% vs. 50% at week 24 (p = 0.07) for alpha versus beta.",
            [("12 wk", 61), ("12 wk", 39), ("24 wk", 73), ("24 wk", 50)],
            id="times between values and p-values",
        ),
    ],
)
def test_time_points_of_parallel_values(make_study: MakeStudy, text: str, expected: list[tuple[str, float]]) -> None:
    facts = [f for f in found(make_study(("results", text), arms=TWO)) if f.statistic == "rate"]
    assert [(f.timepoint, float(f.value or 0)) for f in facts] == expected


def test_a_marker_that_is_an_endpoint_has_results(make_study: MakeStudy) -> None:
    planned = ("methods", "The primary endpoint was Ki-67 expression at surgery.")
    text = "Ki-67 expression was reduced by 75% in the alpha group and 40% in the beta group."
    facts = found(make_study(planned, ("results", text), arms=TWO))
    assert [(f.arm, f.statistic, float(f.value or 0)) for f in facts] == [
        ("alpha", "difference", 75),
        ("beta", "difference", 40),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Hospital stay was 5.2 ± 1.3 and 6.1 ± 2.0 days in the alpha and beta groups, respectively.",
            [("mean", 5.2, "d"), ("mean", 6.1, "d")],
            id="the unit of the last",
        ),
        pytest.param(
            "Hospital stay was 5 days (IQR 3-8) with alpha and 6 days (IQR 4-9) with beta.",
            [("median", 5, "d"), ("median", 6, "d")],
            id="an interquartile range",
        ),
        pytest.param(
            "Hospital stay was 5.2 (SD 1.3) days with alpha and 6.1 (SD 2.0) days with beta.",
            [("mean", 5.2, None), ("mean", 6.1, None)],
            id="a deviation in words",
        ),
        pytest.param(
            "HbA1c fell by 0.8% with alpha and 0.3% with beta.",
            [("difference", 0.8, "%"), ("difference", 0.3, "%")],
            id="a change and one that goes on",
        ),
        pytest.param(
            "Relapse occurred in 6 patients (alpha) and 9 patients (beta).",
            [("count", 6, None), ("count", 9, None)],
            id="counts of two arms",
        ),
        pytest.param("Patients with no evidence of relapse were 85% and 90%.", [], id="an outcome that is absent"),
    ],
)
def test_values_in_words(make_study: MakeStudy, text: str, expected: list[tuple[str, float, str | None]]) -> None:
    facts = found(make_study(("results", text), arms=TWO))
    assert [(f.statistic, float(f.value or 0), f.unit) for f in facts] == expected
    assert [f.arm for f in facts] == list(TWO[: len(facts)])
