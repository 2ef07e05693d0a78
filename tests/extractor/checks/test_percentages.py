from decimal import Decimal

import pytest

from extractor.checks.percentages import stated_fractions, table_cells
from ontology.record import Arm, Baseline, Evidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A response was seen in 24/62 (38.7%).", ["holds"]),
        ("A response was seen in 24 of 62 evaluable patients (38.7%; 95% CI 26.6-51.9).", ["holds"]),
        ("The response rate was 38.7% (24/62).", ["holds"]),
        ("The response rate was 38.7% [n = 24 of 62].", ["holds"]),
        ("A response was seen in 24 (38.7%) of 62 patients.", ["holds"]),
        ("Twenty-four of 62 patients (39%) responded.", ["holds"]),
        ("Pain was reported by 12 [20%] of 60 and 6 [10%] of 60 patients.", ["holds", "holds"]),
        ("A response was seen in 24 of 62 patients (37.8%).", ["fails"]),
        ("The response rate was 37.8% (24/62).", ["fails"]),
        ("A response was seen in 24 (83.7%) of 62 patients.", ["fails"]),
        ("A response was seen in 10 of 41 patients (25%).", ["undecided"]),
        ("R0 in 24/62 (30.8%) and R1 in 12/62 (15.4%), of all operated on.", ["undecided", "undecided"]),
        # The percentage is of the randomised patients, a size that the paper gives.
        ("Resection was complete in 30 of 80 operated patients (30%).", ["undecided"]),
    ],
)
def test_fractions_of_text(make_audit, verdicts, text, expected):
    audit = make_audit(("results", text), arms=(Arm(label="A", size=100),))
    assert verdicts(stated_fractions, audit) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Grade 3/4 (12%) events were rare.",
        "Overall survival was estimated for 24 of 62 patients (51.3%).",
        "Tumours of stage 1/2 (45%) were included.",
        "The rate was 24 per 62 weeks (12%).",
        "Of 62 patients, 24 had pain (P = 0.03).",
        "The dose was 12 (20%) of 5 mg.",
    ],
)
def test_no_fractions(make_audit, verdicts, text):
    assert verdicts(stated_fractions, make_audit(("results", text))) == []


def column(rows: list[tuple[str, str, int, str]], arm: str = "A", at: int = 1, total: int = 31) -> list[Baseline]:
    """A column of counts with percentages: variable, category, count, percentage."""
    return [
        Baseline(
            variable=variable,
            category=category,
            arm=arm,
            count=count,
            total=total,
            percent=Decimal(percent),
            evidence=(Evidence(start=100 * at + row, end=100 * at + row + 1, table="Table 1", row=row, column=at),),
        )
        for row, (variable, category, count, percent) in enumerate(rows)
    ]


SEX = [("sex", "female", 10, "32.3"), ("sex", "male", 21, "67.7")]
STAGE = [("stage", "II", 19, "61.3"), ("stage", "III", 12, "38.7")]
TEXT = ("results", "x" * 400)


def cells(make_audit, verdicts, *columns: list[Baseline]) -> list[str]:
    audit = make_audit(TEXT, baseline=tuple(fact for facts in columns for fact in facts))
    return [verdict for verdict in verdicts(table_cells, audit) if verdict != "holds"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [*SEX, ("stage", "II", 19, "62.3"), ("stage", "III", 12, "38.7")],
            ["fails"],
            id="the categories make the total",
        ),
        pytest.param(
            [("stage", "II", 19, "62.3"), ("stage", "III", 12, "39.3")], ["undecided"], id="neither category follows it"
        ),
        pytest.param([*SEX, *STAGE], [], id="all hold"),
        pytest.param([*SEX, *STAGE, ("site", "liver", 12, "37.8")], ["fails"], id="digits exchanged, no total fits"),
        pytest.param(
            [*SEX, *STAGE, ("grade", "1", 27, "80.6"), ("grade", "2", 4, "12.9")],
            ["fails"],
            id="the group proves the total",
        ),
        pytest.param(
            [*SEX, *STAGE, ("site", "liver", 0, "3.2"), ("site", "lung", 0, "0.0")], ["fails"], id="nobody in the group"
        ),
        pytest.param([*SEX, *STAGE, ("smoking", "yes", 12, "40.0")], ["undecided"], id="of 30, one unknown"),
        pytest.param([*SEX, *STAGE, ("menopause", "post", 6, "60.0")], ["undecided"], id="of the 10 women"),
        pytest.param(
            [*SEX, *STAGE, ("marker", "low", 10, "40.0"), ("marker", "high", 15, "60.0")], [], id="of the 25 tested"
        ),
        pytest.param([*SEX, *STAGE, ("site", "lung", 10, "32.5")], ["fails"], id="32.26 is not 32.5"),
        pytest.param([*SEX, *STAGE, ("site", "lung", 5, "17")], ["undecided"], id="rounded up"),
        pytest.param(
            [("sex", "female", 10, "40.0"), ("sex", "male", 15, "60.0"), ("site", "liver", 5, "20.0")],
            ["undecided"],
            id="the column is of another total",
        ),
    ],
)
def test_cells(make_audit, verdicts, rows, expected):
    assert cells(make_audit, verdicts, column(rows)) == expected


def test_a_row_that_is_odd_in_both_arms_is_of_another_total(make_audit, verdicts):
    rows = [*SEX, *STAGE]
    first, second = [*rows, ("site", "liver", 12, "37.8")], [*rows, ("site", "liver", 13, "41.2")]
    assert cells(make_audit, verdicts, column(first), column(second, "B", 2)) == ["undecided", "undecided"]


def test_a_finding_says_what_would_fit(make_audit):
    audit = make_audit(
        TEXT, baseline=tuple(column([*SEX, *STAGE, ("grade", "1", 27, "80.6"), ("grade", "2", 4, "12.9")]))
    )
    failing = next(check for check in table_cells(audit) if check.verdict == "fails")
    assert failing.stated == "27/31 (80.6%)"
    assert failing.recomputed == "87.10%"
    assert "80.6% of 31 is 25" in (failing.explanation or "")
