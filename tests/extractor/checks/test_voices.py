from decimal import Decimal

import pytest

from extractor.checks import checks, retold, voices
from extractor.checks.kinds import KINDS, matches, severity
from ontology.record import Baseline, Evidence


@pytest.mark.parametrize(
    ("abstract", "body", "expected"),
    [
        ("The hazard ratio was 0.71 (95% CI 0.52-0.97).", "The hazard ratio was 0.71 (95% CI 0.52-0.97).", ["holds"]),
        (
            "The hazard ratio was 0.71 (95% CI 0.52-0.97).",
            "The hazard ratio was 0.714 (95% CI 0.522-0.974).",
            ["holds"],
        ),
        ("The hazard ratio was 0.72 (95% CI 0.52-0.97).", "The hazard ratio was 0.71 (95% CI 0.52-0.97).", ["fails"]),
        ("Survival was 41% (95% CI 30-52).", "Survival was 42% (95% CI 30-52).", ["undecided"]),
        ("The hazard ratio was 0.72 (95% CI 0.50-0.97).", "The hazard ratio was 0.71 (95% CI 0.52-0.97).", []),
        ("The hazard ratio was 0.71 (95% CI 0.52-0.97).", "Survival was longer.", []),
        (
            "The hazard ratio was 0.72 (95% CI 0.52-0.97).",
            "The hazard ratio was 0.71 in favour of the drug, 95% CI 0.52-0.97.",
            ["fails"],
        ),
    ],
)
def test_restated(make_audit, verdicts, abstract, body, expected):
    assert verdicts(voices.restated, make_audit(("abstract", abstract), ("results", body))) == expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("The hazard ratio was 0.71 (95% CI 0.52-0.97; P = 0.03).", ["holds"]),
        ("The hazard ratio was 0.71 (95% CI 0.52-0.97; P = 0.030).", ["holds"]),
        ("The hazard ratio was 0.71 (95% CI 0.52-0.97; P = 0.05).", ["undecided"]),
        ("The hazard ratio was 0.70 (95% CI 0.52-0.97; P = 0.05).", []),
    ],
)
def test_p_values(make_audit, verdicts, second, expected):
    first = "The hazard ratio was 0.71 (95% CI 0.52-0.97; P = 0.03)."
    assert verdicts(voices.p_values, make_audit(("abstract", first), ("results", second))) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        ("Rates were 38.7%, 20.0% and 12.5%.", ["holds"]),
        ("Rates were 39%, 20% and 12.5%.", ["holds"]),  # 38.7 rounded
        ("Rates were 38.7%, 20.0% and 15.2%.", ["undecided"]),
        ("Rates were 38.7%, 20.0%, 12.5% and 15.2%.", ["undecided", "holds"]),
        ("Registered as ISRCTN12.345 and 10.1234/abc.", []),
        ("The 95% interval is wide.", []),
    ],
)
def test_abstract(make_audit, verdicts, abstract, expected):
    audit = make_audit(
        ("abstract", abstract), ("results", "38.7% and 20.0% were seen"), tables={"T": ([["12.5 (3)"]], 0)}
    )
    assert verdicts(retold.abstract, audit) == expected


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        (({"Table 1": 31, "Table 2": 31}), ["holds"]),
        ({"Table 1": 31, "Table 2": 29}, ["undecided"]),
        ({"Table 1": 31}, []),
    ],
    ids=["same", "other", "one table"],
)
def test_denominators(make_audit, verdicts, totals, expected):
    facts = tuple(
        Baseline(
            variable=f"v{row}",
            arm="A",
            count=row,
            total=total,
            percent=Decimal(1),
            evidence=(Evidence(start=row, end=row + 1, table=table, row=row, column=1),),
        )
        for table, total in totals.items()
        for row in range(3)
    )
    assert verdicts(voices.denominators, make_audit(("results", "some text"), baseline=facts)) == expected


def test_all_checks_of_a_paper_have_a_known_kind_and_come_once(make_audit):
    text = "A response was seen in 24/62 (38.7%) vs 12/60 (20.0%) patients (P = 0.029)."
    audit = make_audit(("abstract", text), ("results", text))
    found = checks(audit.record, audit.document)
    assert {check.kind for check in found} <= set(KINDS)
    assert len(found) == len(set(found)) == 7


def test_severity_and_families():
    assert severity("sums.grades") == "high"
    assert severity("unheard of") == "low"
    assert matches("sums.grades", "sums")
    assert not matches("sums.grades", "sum")
