from dataclasses import replace
from decimal import Decimal

import pytest

from corpus.document import Passage, Section, Table
from extractor.checks import comparisons, intervals, ranges
from ontology.record import AdverseEvent, Arm, Baseline, Evidence, Interval, Range, Result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hazard ratio was 0.71 (95% CI 0.52-0.97).", ["holds"]),
        ("The hazard ratio was 1.71 (95% CI 0.52-0.97).", ["fails"]),
        ("The odds ratio for response, drug against placebo, was 2.4 [95% CI 1.1 to 5.2].", ["holds"]),
        ("The response rate was 38.7% (24/62; 95% CI 26.6-51.9).", ["holds"]),
        ("The response rate was 58.7% (24/62; 95% CI 26.6-51.9).", ["fails"]),
        # The interval is of the difference, and its sign may be turned.
        ("The rates were 38% vs 20% (95% CI 3-33).", ["holds"]),
        ("The rates were 20% vs 38% (95% CI 3-33).", []),
        ("The mean difference was 1.2 (95% CI -2.0 to -0.4).", ["undecided"]),
        # A p-value before the interval is not its estimate.
        ("Cure was as frequent (p = 0.028, 95% CI -0.06 to -0.01).", []),
        ("No interval is printed (HR 0.71).", []),
    ],
)
def test_contains(make_audit, verdicts, text, expected):
    assert verdicts(intervals.contains, make_audit(("results", text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hazard ratio was 0.71 (95% CI 0.52-0.97).", ["holds"]),
        ("The hazard ratio was 0.55 (95% CI 0.52-0.97).", ["undecided"]),
        ("The hazard ratio was 0.73 (95% CI 0.52-0.97).", []),  # near enough for another kind of interval
        ("The mean difference was 0.55 (95% CI 0.52-0.97).", []),
        ("The risk ratio was 0.0 (95% CI 0.0-43).", []),
    ],
)
def test_symmetric(make_audit, verdicts, text, expected):
    assert verdicts(intervals.symmetric, make_audit(("results", text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hazard ratio was 0.71 (95% CI 0.52-0.97; P = 0.03).", ["holds"]),
        ("The hazard ratio was 0.71 (95% CI 0.52-0.97), log-rank P = 0.029.", ["holds"]),
        ("The hazard ratio was 0.90 (95% CI 0.66-1.23; P = 0.50).", ["holds"]),
        ("The hazard ratio was 0.90 (95% CI 0.66-1.23; P = 0.04).", ["fails"]),
        ("The hazard ratio was 0.90 (95% CI 0.66-1.23; P = 0.99).", ["undecided"]),
        ("The hazard ratio was 0.90 (95% CI 0.66-1.23; P < 0.001).", ["fails"]),
        ("The hazard ratio was 0.50 (95% CI 0.37-0.68; P = 0.60).", ["fails"]),
        # Close to the border two tests may disagree; a test on one side does.
        ("The hazard ratio was 0.75 (95% CI 0.56-1.01; P = 0.049).", ["undecided"]),
        ("The hazard ratio was 0.78 (95% CI 0.58-1.05; one-sided P = 0.05).", []),
        ("For non-inferiority the hazard ratio was 1.02 (95% CI 0.80-1.30; P = 0.001).", ["undecided"]),
        ("The mean difference was -2.0 (95% CI -3.1 to -0.9; P < 0.001).", ["holds"]),
        ("Median survival was 10.3 months (95% CI 9.1-11.5; P = 0.78).", []),
    ],
)
def test_against_p(make_audit, verdicts, text, expected):
    assert verdicts(intervals.against_p, make_audit(("results", text))) == expected


@pytest.mark.parametrize(
    ("text", "expected", "method"),
    [
        ("The rate was 38.7% (24/62; 95% CI 26.6-51.9).", ["holds"], "Clopper-Pearson"),
        ("The rate was 24/62 (38.7%; 95% CI 27.6-51.2).", ["holds"], "Wilson"),
        ("The rate was 38.7% (24/62; 95% CI 26.6-50.8).", ["holds"], "Wald"),
        ("The rate was 38.7% (24/62; 90% CI 28.3-49.9).", ["holds"], "Clopper-Pearson"),
        ("The rate was 38.7% (24/62; 95% CI 21.6-51.9).", ["undecided"], "no usual method"),
        # The counts are not printed beside it; a known number of patients gives rate and bounds.
        ("The rate was 38.7% (95% CI 26.6-51.9).", ["holds"], "24/62"),
        ("The rate was 38.7% (95% CI 20.0-55.0).", [], ""),
    ],
)
def test_binomial(make_audit, verdicts, text, expected, method):
    audit = make_audit(("results", text), arms=(Arm(label="A", size=62),))
    assert verdicts(intervals.binomial, audit) == expected
    assert all(method in (check.explanation or "") for check in intervals.binomial(audit))


def test_the_interval_of_a_table(make_audit, verdicts):
    grid = [["", "HR (95% CI)"], ["Survival", "1.71 (0.52-0.97)"]]
    audit = make_audit(tables={"Table 3": (grid, 1)})
    cell = audit.document.tables[0].grid[1][1]
    fact = Result.model_validate(
        {
            "endpoint": "overall survival",
            "statistic": "hazard_ratio",
            "value": "1.71",
            "ci": {"low": "0.52", "high": "0.97"},
            "evidence": [audit.document.tables[0].evidence(cell)],
        }
    )
    assert verdicts(intervals.contains, make_audit(tables={"Table 3": (grid, 1)}, results=(fact,))) == ["fails"]


@pytest.mark.parametrize(
    ("text", "expected", "test"),
    [
        ("Pain fell in 24/62 (38.7%) vs 12/60 (20.0%) patients (P = 0.029).", ["holds"], "Fisher"),
        ("Pain fell in 24/62 (38.7%) vs 12/60 (20.0%) patients (P = 0.023).", ["holds"], "chi-squared"),
        ("Pain fell in 24/62 (38.7%) vs 12/60 (20.0%) patients (P = 0.64).", ["undecided"], "no other usual test"),
        ("Pain fell in 24/62 (38.7%) vs 12/60 (20.0%) patients (P < 0.05).", ["holds"], ""),
        ("Response was seen in 5/8 with and 2/20 without it (Fisher's exact test, P = 0.009).", ["holds"], "Fisher"),
        ("Response was seen in 5 of 8 versus 2 of 20 patients, P = 0.009.", ["holds"], "Fisher"),
        ("Pain fell in 24/62 (38.7%) vs 12/60 (20.0%) patients (stratified P = 0.64).", [], ""),
        ("Pain fell in 24/62 (38.7%) patients. Fever fell in 12/60 (20.0%; P = 0.64).", [], ""),
        ("Pain fell in 24/62 (38.7%) and 12/60 (20.0%) patients.", [], ""),
    ],
)
def test_p_values_of_text(make_audit, verdicts, text, expected, test):
    audit = make_audit(("results", text))
    assert verdicts(comparisons.in_text, audit) == expected
    assert all(test in (check.explanation or "") for check in comparisons.in_text(audit))


TOTALS = (62, 60)
P_TABLE = [
    ["Event", "A (n = 62)", "B (n = 60)", "P value"],
    ["Rash", "24 (38.7)", "12 (20.0)", "0.029"],
    ["Fever", "10 (16.1)", "11 (18.3)", "0.813"],
    ["Cough", "31 (50.0)", "20 (33.3)", "0.069"],
    ["Pain", "30 (48.4)", "31 (51.7)", "0.72"],
]


def baseline_of(make_audit, grid) -> tuple[Baseline, ...]:
    table = make_audit(tables={"Table 4": (grid, 1)}).document.tables[0]
    facts = []
    for row in table.grid[1:]:
        for column, (arm, total) in enumerate(zip("AB", TOTALS, strict=True), 1):
            count, percent = row[column].text.rstrip(")").split(" (")
            facts.append(
                Baseline(
                    variable=row[0].text,
                    arm=arm,
                    count=int(count),
                    total=total,
                    percent=Decimal(percent),
                    evidence=(table.evidence(row[column]),),
                )
            )
    return tuple(facts)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        pytest.param("0.72", ["holds"] * 4, id="hold"),
        pytest.param("0.68", ["holds"] * 3 + ["undecided"], id="near: another test"),
        pytest.param("0.005", ["holds"] * 3 + ["fails"], id="far from every test"),
        pytest.param("<0.005", ["holds"] * 3 + ["undecided"], id="a bound"),
        pytest.param("-", ["holds"] * 3, id="none printed"),
    ],
)
def test_p_values_of_tables(make_audit, verdicts, last, expected):
    grid = [*P_TABLE[:-1], [*P_TABLE[-1][:-1], last]]
    audit = make_audit(tables={"Table 4": (grid, 1)}, baseline=baseline_of(make_audit, grid))
    assert verdicts(comparisons.in_tables, audit) == expected


def test_a_table_of_other_tests_gives_one_doubt(make_audit, verdicts):
    grid = [P_TABLE[0], *([*row[:-1], "0.001"] for row in P_TABLE[2:])]
    audit = make_audit(tables={"Table 4": (grid, 1)}, baseline=baseline_of(make_audit, grid))
    assert verdicts(comparisons.in_tables, audit) == ["undecided"]


@pytest.mark.parametrize(
    ("statistic", "value", "kind", "printed", "expected"),
    [
        ("median", "57", "range", "57 (21-74)", ["holds"]),
        ("median", "77", "range", "77 (21-74)", ["fails"]),
        ("median", "77", "range", "77", []),  # printed apart: one of them is not of the other
        ("median", "57", "iqr", "57 (21-74)", ["holds"]),
        ("mean", "77", "range", "77 (21-74)", ["fails"]),
        ("mean", "77", "iqr", "77 (21-74)", []),  # a skewed mean may be outside
    ],
)
def test_ranges(make_audit, verdicts, statistic, value, kind, printed, expected):
    spread = Range.model_validate({"low": "21", "high": "74", "kind": kind})
    text = ("results", printed)
    evidence = (Evidence(start=0, end=len(printed)),)
    fact = Baseline(variable="age", statistic=statistic, value=Decimal(value), range=spread, evidence=evidence)
    assert verdicts(ranges.in_range, make_audit(text, baseline=(fact,))) == expected


def test_the_exponent_of_a_unit_is_no_mean(make_audit, verdicts):
    spread = Range.model_validate({"low": "19", "high": "31", "kind": "range"})
    evidence = (Evidence(start=4, end=19),)
    fact = Baseline(variable="BMI", statistic="mean", value=Decimal(2), range=spread, evidence=evidence)
    assert verdicts(ranges.in_range, make_audit(("results", "kg/m2 (range 19-31)"), baseline=(fact,))) == []


@pytest.mark.parametrize(("sd", "expected"), [("12", ["holds"]), ("27.2", ["undecided"]), ("30", ["fails"])])
def test_deviations(make_audit, verdicts, sd, expected):
    spread = Range.model_validate({"low": "21", "high": "74", "kind": "range"})
    fact = Baseline(
        variable="age",
        statistic="mean",
        value=Decimal(50),
        sd=Decimal(sd),
        range=spread,
        total=30,
        evidence=(Evidence(start=0, end=4),),
    )
    assert verdicts(ranges.deviations, make_audit(("results", "some text"), baseline=(fact,))) == expected


def mean_cell(row: int, value: str, low: str, high: str) -> tuple[str, Result]:
    text = f"{value} ({low}-{high})"
    ci = Interval.model_validate({"low": low, "high": high, "level": 95})
    evidence = (Evidence(start=50 * row, end=50 * row + len(text), table="Table 2", row=row),)
    return text, Result(endpoint=f"level {row}", statistic="mean", value=Decimal(value), ci=ci, evidence=evidence)


HELD = [("65.3", "60.7", "70.0"), ("93.2", "83.8", "102.7"), ("67.3", "61.6", "72.9")]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (HELD, []),
        ([*HELD, ("62.2", "59.4", "68.2")], ["fails"]),
        # Geometric means lie in the middle of the logarithms.
        ([*HELD, ("93", "58", "149")], []),
        ([("62.2", "59.4", "68.2")], ["undecided"]),
    ],
)
def test_centred(make_audit, verdicts, cells, expected):
    made = [mean_cell(row, *cell) for row, cell in enumerate(cells)]
    text = "".join(words.ljust(50) for words, _ in made)
    audit = make_audit(("results", text), results=tuple(fact for _, fact in made))
    assert verdicts(intervals.centred, audit) == expected


@pytest.mark.parametrize(("caption", "expected"), [("Means of A", ["fails"]), ("Medians and contrasts", [])])
def test_contrasts_of_medians_need_not_lie_in_the_middle(make_audit, verdicts, caption, expected):
    made = [mean_cell(row, *cell) for row, cell in enumerate([*HELD, ("62.2", "59.4", "68.2")])]
    text = "".join(words.ljust(50) for words, _ in made)
    audit = make_audit(("results", text), results=tuple(fact for _, fact in made))
    section = Section("Results", "results", 1, 0, len(text))
    legend = Passage(caption, range(len(caption)), "caption", section)
    table = Table("Table 2", legend, (), 1, (), section, 0, len(text))
    audit = replace(audit, document=replace(audit.document, tables=(table,)))
    assert [verdict for verdict in verdicts(intervals.centred, audit) if verdict == "fails"] == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("Pain", "69", "24.3 (31.2)", "0-100"), ["holds"]),
        (("Pain", "69", "24.3 (49.9)", "0-100"), ["fails"]),
        (("Pain", "69", "24.3 (44.0)", "0-100"), ["undecided"]),
        (("Pain", "69", "24.3 (49.9)", "NA"), []),
    ],
)
def test_deviations_in_columns(make_audit, verdicts, row, expected):
    grid = (("Scale", "N", "Mean (SD)", "Min-Max"), row)
    assert verdicts(ranges.columns, make_audit(tables={"Table 2": (grid, 1)})) == expected


@pytest.mark.parametrize(
    ("second", "p", "expected"),
    [
        (("0", "1"), "0.245", ["fails"]),
        (("0", "1"), "0.49", []),
        (("0", "2"), "0.245", []),
        (("0", "1"), "<0.9", []),
    ],
)
def test_the_same_counts_have_one_p_value(make_audit, second, p, expected):
    grid = (("Event", "A", "B", "P"), ("Pain", "0", "1", "0.497"), ("Thirst", *second, p))
    table = make_audit(tables={"Table 5": (grid, 1)}).document.tables[0]
    events = tuple(
        AdverseEvent(term=row[0].text, arm=arm, count=int(cell.text), total=70, evidence=(table.evidence(cell),))
        for row in table.grid[1:]
        for arm, cell in zip("AB", row[1:3], strict=True)
    )
    audit = make_audit(tables={"Table 5": (grid, 1)}, adverse_events=events)
    found = [one for one in comparisons.in_tables(audit) if one.recomputed.startswith("P=")]
    assert [one.verdict for one in found] == expected


@pytest.mark.parametrize(("p", "expected"), [("0.91", ["fails"]), ("0.32", []), ("0.33", [])])
def test_the_halves_of_a_variable_have_one_p_value(make_audit, p, expected):
    grid = (
        ("Pretreated", "A", "B", "P"),
        ("yes", "6 (15.0)", "10 (25.0)", "0.32"),
        ("no", "34 (85.0)", "30 (75.0)", p),
    )
    table = make_audit(tables={"Table 1": (grid, 1)}).document.tables[0]
    facts = tuple(
        Baseline(
            variable="pretreated",
            category=row[0].text,
            arm=arm,
            count=int(cell.text[:2]),
            total=40,
            evidence=(table.evidence(cell),),
        )
        for row in table.grid[1:]
        for arm, cell in zip("AB", row[1:3], strict=True)
    )
    audit = make_audit(tables={"Table 1": (grid, 1)}, baseline=facts)
    found = [one for one in comparisons.in_tables(audit) if one.recomputed.startswith("P=")]
    assert [one.verdict for one in found] == expected
