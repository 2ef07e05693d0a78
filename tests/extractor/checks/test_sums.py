from decimal import Decimal

import pytest

from extractor.checks import responses, sums
from ontology.record import AdverseEvent, Arm, Baseline, Evidence, Trial

TEXT = ("results", "x" * 400)


def at(row: int, column: int) -> tuple[Evidence, ...]:
    start = 20 * row + column
    return (Evidence(start=start, end=start + 1, table="Table 1", row=row, column=column),)


def rows_with_total(*rows: tuple[int, int, int]) -> tuple[Baseline, ...]:
    return tuple(
        Baseline(variable=f"v{row}", arm=arm, count=count, evidence=at(row, column))
        for row, counts in enumerate(rows)
        for column, (arm, count) in enumerate(zip(("A", "B", None), counts, strict=True))
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([(1, 2, 3), (4, 5, 9), (7, 7, 14)], ["holds"] * 3, id="hold"),
        pytest.param([(1, 2, 3), (4, 5, 9), (7, 7, 14), (5, 6, 12)], ["holds"] * 3 + ["fails"], id="one of four"),
        pytest.param([(1, 2, 3), (4, 5, 8), (7, 7, 13)], [], id="most do not: no column of totals"),
        pytest.param(
            [(1, 2, 3), (2, 2, 4), (3, 3, 6), (4, 5, 8), (7, 7, 13)], ["holds"] * 3 + ["undecided"] * 2, id="unsure"
        ),
    ],
)
def test_total_columns(make_audit, verdicts, rows, expected):
    assert verdicts(sums.total_columns, make_audit(TEXT, baseline=rows_with_total(*rows))) == expected


@pytest.mark.parametrize(
    ("variable", "counts", "expected"),
    [
        ("sex", (10, 21), ["holds"]),
        ("sex", (12, 21), ["fails"]),
        ("sex", (9, 21), []),  # one unknown
        ("histology", (10, 10, 11), ["holds"]),
        ("prior treatment", (20, 25), []),  # a patient may have had several
        ("sex", (31,), []),
    ],
)
def test_categories(make_audit, verdicts, variable, counts, expected):
    facts = tuple(
        Baseline(variable=variable, category=str(row), arm="A", count=count, total=31, evidence=at(row, 1))
        for row, count in enumerate(counts)
    )
    assert verdicts(sums.categories, make_audit(TEXT, baseline=facts)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We randomised.", []),
        ("In all, 120 patients were randomised to drug (n = 61) or placebo (n = 59).", ["holds"]),
        ("In all, 120 patients were randomly assigned to drug (n = 61), or placebo (n = 60).", ["undecided"]),
        ("In all, 90 women were randomly allocated to A (n=30), B (n=31) or C (n=29) and followed.", ["holds"]),
        ("In all, 120 patients were randomised. Pain was severe in some (n = 61) and mild in others (n = 30).", []),
    ],
)
def test_randomised(make_audit, verdicts, text, expected):
    assert verdicts(sums.randomised, make_audit(("results", text))) == expected


@pytest.mark.parametrize(
    ("enrolled", "sizes", "expected"),
    [
        (64, (33, 31), ["holds"]),
        (68, (33, 31), ["undecided"]),
        (64, (33, None), []),
        (640, (33, 31), []),
        (64, (64,), []),
    ],
)
def test_arm_sizes(make_audit, verdicts, enrolled, sizes, expected):
    arms = tuple(Arm(label=str(n), size=size, evidence=at(n, 0)) for n, size in enumerate(sizes))
    assert verdicts(sums.arm_sizes, make_audit(TEXT, trial=Trial(enrolled=enrolled), arms=arms)) == expected


def test_populations(make_audit, verdicts):
    audit = make_audit(TEXT, trial=Trial(enrolled=60, evaluable=58, safety_population=61))
    assert verdicts(sums.populations, audit) == ["holds", "undecided"]


def event(grade: str, count: int | None, row: int = 1, percent: str | None = None, term: str = "rash") -> AdverseEvent:
    value = Decimal(percent) if percent else None
    column = {"any": 1, "1-2": 2, "3-4": 3, "3": 4, "4": 5}[grade]
    return AdverseEvent(term=term, arm="A", grade=grade, count=count, percent=value, total=31, evidence=at(row, column))


OTHERS = [event(grade, n, n, term=str(n)) for n in (11, 12, 13) for grade in ("any", "3-4")]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([event("any", 12), event("3-4", 3)], ["holds"], id="fewer"),
        pytest.param([*OTHERS, event("any", 2), event("3-4", 3)], ["holds"] * 3 + ["fails"], id="more"),
        pytest.param([*OTHERS, event("any", 2), event("3-4", 3, 2)], ["holds"] * 3 + ["undecided"], id="another row"),
        pytest.param([event("any", 2), event("3-4", 3)], ["undecided"], id="the table may be misread"),
        pytest.param([event("any", None, 1, "12.9"), event("3-4", None, 1, "3.2")], ["holds"], id="percentages"),
        pytest.param(
            [*OTHERS, event("any", None, 1, "3.2"), event("3-4", None, 1, "9.7")],
            ["holds"] * 3 + ["fails"],
            id="of them",
        ),
        pytest.param([event("3-4", 3)], [], id="no whole"),
        pytest.param([event("any", 2), event("3-4", 3), event("3-4", 1)], [], id="printed twice"),
    ],
)
def test_grades(make_audit, verdicts, events, expected):
    assert verdicts(sums.grades, make_audit(TEXT, adverse_events=tuple(events))) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([event("3", 3), event("4", 2), event("3-4", 5)], ["holds"]),
        ([event("3", 3), event("4", 2), event("3-4", 6)], ["fails"]),
        ([event("3", 3), event("4", 2), event("3-4", 4)], ["undecided"]),  # a patient may have had both
        ([event("1-2", 9), event("3-4", 3), event("any", 12)], ["holds"]),
        ([event("1-2", 9), event("3-4", 3), event("any", 11)], []),
        ([event("3", 3), event("3-4", 5)], []),
    ],
)
def test_grade_sums(make_audit, verdicts, events, expected):
    assert verdicts(sums.grade_sums, make_audit(TEXT, adverse_events=tuple(events))) == expected


HEAD = ["Response", "Drug (n = 31)", "Control (n = 30)"]
BODY = [
    ["CR", "2 (6)", "1 (3)"],
    ["PR", "10 (32)", "6 (20)"],
    ["SD", "12 (39)", "11 (37)"],
    ["PD", "6 (19)", "10 (33)"],
    ["Not evaluable", "1 (3)", "2 (7)"],
]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        pytest.param([["ORR", "12 (39)", "7 (23)"]], ["holds"] * 4, id="response"),
        pytest.param(
            [["ORR (CR + PR)", "12 (39)", "8 (27)"]], ["holds", "fails", "holds", "holds"], id="one arm fails"
        ),
        pytest.param(
            [["ORR", "13 (42)", "8 (27)"]], ["undecided", "undecided", "holds", "holds"], id="both: confirmed only"
        ),
        pytest.param([["DCR", "24 (77)", "18 (60)"]], ["holds"] * 4, id="disease control"),
        pytest.param(
            [["SD ≥ 6 months", "4", "3"], ["DCR", "16", "10"]], ["holds"] * 2, id="clinical benefit is another sum"
        ),
    ],
)
def test_responses(make_audit, verdicts, last, expected):
    audit = make_audit(TEXT, tables={"Table 2": ([HEAD, *BODY, *last], 1)})
    assert verdicts(responses.responses, audit)[: len(expected)] == expected


def test_responses_of_a_column_of_percentages(make_audit, verdicts):
    heads = [["Response", "Drug", "Drug"], ["Response", "No.", "%"]]
    grid = [*heads, ["CR", "2", "6"], ["PR", "10", "33"], ["ORR", "12", "38"]]
    assert verdicts(responses.responses, make_audit(TEXT, tables={"Table 2": (grid, 2)})) == ["holds"]


def test_classes_of_response_make_the_group(make_audit, verdicts):
    heads = ["Response", "A (n = 31)", "B (n = 30)", "C (n = 30)"]
    grid = [heads, *([*row, cell] for row, cell in zip(BODY, ("1", "6", "11", "10", "1"), strict=True))]
    assert verdicts(responses.responses, make_audit(TEXT, tables={"Table 2": (grid, 1)})) == ["holds", "holds", "fails"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There were 2 CRs, 22 PRs, 30 SDs and 8 PDs (24/62).", ["holds", "holds"]),
        ("20 patients with CR and 26 patients with PR were seen, a rate of 46/63.", ["holds"]),
        ("Of them 2 had CR, 22 had PR, 30 had SD and 10 had PD (24/62).", ["holds", "fails"]),
        ("Of them 2 had CR, 22 had PR, 11 had SD and 8 had PD (24/62).", ["holds", "undecided"]),
        ("Of them 2 had CR and 12 had PR (24/62).", ["undecided"]),
        ("Of them 2 had CR and 22 had PR. Later 24/62 died.", []),
        ("CR and PR were seen in 24/62.", []),
    ],
)
def test_responses_in_text(make_audit, verdicts, text, expected):
    assert verdicts(responses.in_text, make_audit(("results", text))) == expected
