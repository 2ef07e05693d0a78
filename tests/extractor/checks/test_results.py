from decimal import Decimal

import pytest

from extractor.checks import ratios, results, wording
from ontology.record import AdverseEvent, Baseline, Evidence, Result

TEXT = ("results", "x" * 400)


def cell(row: int, column: int, table: str | None = "Table 2") -> tuple[Evidence, ...]:
    start = 20 * row + column
    return (Evidence(start=start, end=start + 1, table=table, row=row, column=column, section="Results"),)


def row_of(row: int, first: tuple[int, int], second: tuple[int, int], printed: str, statistic: str) -> list:
    counts = [
        Baseline(variable=f"v{row}", arm=arm, count=count, total=total, evidence=cell(row, column))
        for column, (arm, (count, total)) in enumerate((("A", first), ("B", second)))
    ]
    ratio = Result.model_validate(
        {"endpoint": f"v{row}", "arm": "A", "comparator": "B", "statistic": statistic, "value": printed}
        | {"evidence": cell(row, 2)}
    )
    return [*counts, ratio]


RIGHT = [((24, 62), (12, 60), "1.94"), ((10, 62), (11, 60), "0.88"), ((31, 62), (20, 60), "1.50")]


@pytest.mark.parametrize(
    ("rows", "statistic", "expected"),
    [
        pytest.param(RIGHT, "risk_ratio", ["holds"] * 3, id="risks"),
        pytest.param([((24, 62), (12, 60), "2.53")], "odds_ratio", ["holds"], id="odds"),
        pytest.param([((24, 62), (12, 60), "0.40")], "odds_ratio", ["holds"], id="the other way round"),
        pytest.param([((24, 62), (12, 60), "2.10")], "risk_ratio", ["undecided"], id="adjusted"),
        pytest.param([*RIGHT, ((30, 62), (15, 60), "3.49")], "risk_ratio", ["holds"] * 3 + ["fails"], id="far from it"),
        pytest.param(
            [*RIGHT, ((30, 62), (15, 60), "2.10")], "risk_ratio", ["holds"] * 3 + ["undecided"], id="not so far"
        ),
        pytest.param([((0, 62), (12, 60), "0.00")], "risk_ratio", [], id="no events"),
    ],
)
def test_ratios(make_audit, verdicts, rows, statistic, expected):
    facts = [fact for row, printed in enumerate(rows) for fact in row_of(row, *printed, statistic)]
    audit = make_audit(
        TEXT,
        baseline=tuple(fact for fact in facts if isinstance(fact, Baseline)),
        results=tuple(fact for fact in facts if isinstance(fact, Result)),
    )
    assert verdicts(ratios.of_counts, audit) == expected


def result(endpoint: str, value: str, statistic: str = "rate", unit: str = "%", **fields: object) -> Result:
    return Result.model_validate(
        {"endpoint": endpoint, "arm": "A", "statistic": statistic, "value": value, "unit": unit, "evidence": cell(1, 1)}
        | fields
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([result("complete response", "10"), result("objective response rate", "35")], ["holds"]),
        ([result("complete response", "45"), result("objective response rate", "35")], ["undecided"]),
        ([result("objective response rate", "35"), result("disease control rate", "30")], ["undecided"]),
        (
            [
                result("progression-free survival", "8", "median", "mo"),
                result("overall survival", "1.5", "median", "a"),
            ],
            ["holds"],
        ),
        (
            [result("progression-free survival", "8", "median", "mo"), result("overall survival", "6", "median", "mo")],
            ["undecided"],
        ),
        ([result("complete response", "45"), result("objective response rate", "35", arm="B")], []),
        (
            [
                result("progression-free survival", "60", timepoint="6 mo"),
                result("overall survival", "50", timepoint="2 a"),
            ],
            [],
        ),
    ],
)
def test_order(make_audit, verdicts, facts, expected):
    assert verdicts(results.order, make_audit(TEXT, results=tuple(facts))) == expected


def event(count: int, total: int | None, *evidence: Evidence) -> AdverseEvent:
    return AdverseEvent(
        term="rash", arm="A", grade="any", count=count, total=total, percent=Decimal(10), evidence=evidence
    )


TABLE, PROSE = cell(1, 1), cell(2, 1, None)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([event(6, 60, *TABLE, *PROSE)], ["holds"], id="one fact, two places"),
        pytest.param([event(6, 60, *TABLE), event(6, 58, *PROSE)], ["undecided"], id="another total"),
        pytest.param([event(6, 60, *TABLE), event(6, None, *PROSE)], [], id="no total"),
        pytest.param([event(6, 60, *TABLE), event(7, 58, *PROSE)], [], id="something else"),
    ],
)
def test_places(make_audit, verdicts, facts, expected):
    assert verdicts(results.places, make_audit(TEXT, adverse_events=tuple(facts))) == expected


@pytest.mark.parametrize(
    ("behind", "total", "expected"),
    [
        (" and pyrexia in others (Table 2). More", None, ["fails"]),
        (" and pyrexia in others (Table 2). More", 20, ["undecided"]),
        (" and pyrexia in others. Table 2 tells more.", None, ["undecided"]),
        (" and pyrexia in others (Table 1). More", None, ["undecided"]),
    ],
)
def test_places_that_differ(make_audit, verdicts, behind, total, expected):
    said = "Rash was seen in 12%"
    home = Evidence(start=len(said) - 3, end=len(said))
    facts = (
        AdverseEvent(term="rash", arm="A", grade="any", percent=Decimal(12), total=total, evidence=(home,)),
        event(6, 60, *TABLE),
    )
    audit = make_audit(("results", said + behind + "x" * 200), adverse_events=facts)
    assert verdicts(results.places, audit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain was significantly reduced with the drug (P = 0.158).", ["undecided"]),
        ("There was a significant decline in pain (P = 0.34).", ["undecided"]),
        ("The difference was not statistically significant (P = 0.003).", ["undecided"]),
        ("There was a nonsignificant difference (P = 0.003).", ["undecided"]),
        ("Pain was significantly reduced with the drug (P = 0.012).", []),
        ("Pain was significantly reduced with the drug (P = 0.07).", []),  # a level of 0.1
        ("There was a near-significant difference (P = 0.158).", []),
        ("The difference was not statistically significant (P = 0.30).", []),
        ("A significant decline was not observed (P = 0.98).", []),
        ("Pain fell significantly (P = 0.01) and fever did not fall (P = 0.62).", []),
        ("Significance was defined as P < 0.05.", []),
    ],
)
def test_significance(make_audit, verdicts, text, expected):
    assert verdicts(wording.significance, make_audit(("results", text))) == expected


def test_a_table_of_events_counts_no_patients(make_audit, verdicts):
    said = "14 patients had a rash"
    told = AdverseEvent(term="rash", arm="A", grade="any", count=14, evidence=(Evidence(start=0, end=len(said)),))
    audit = make_audit(("results", said + " (Table 2)." + "x" * 200), adverse_events=(told, event(16, None, *TABLE)))
    assert verdicts(results.places, audit) == ["undecided"]
