from decimal import Decimal

import pytest

from corpus.evaluate import evaluate, scored_lists
from corpus.gold import Gold
from ontology.record import (
    AdverseEvent,
    Arm,
    Author,
    Baseline,
    DocumentInfo,
    Dose,
    Drug,
    Endpoint,
    Evidence,
    Interval,
    Measure,
    Paper,
    Result,
    Schedule,
    Trial,
    TrialRecord,
)

SHA = "0" * 64
DOCUMENT = DocumentInfo(id="a", source="a.txt", format="text", sha256=SHA, characters=1000)


def at(start: int, end: int | None = None) -> tuple[Evidence, ...]:
    return (Evidence(start=start, end=end or start + 5),)


HAZARD = Result(
    endpoint="overall survival",
    arm="A",
    comparator="B",
    statistic="hazard_ratio",
    value=Decimal("0.70"),
    ci=Interval(low=Decimal("0.5"), high=Decimal("0.98"), level=Decimal(95)),
    evidence=at(100),
)
RATE = Result(
    endpoint="objective response rate", arm="A", statistic="rate", value=Decimal(40), unit="%", evidence=at(200)
)
NAUSEA = [
    AdverseEvent(term="nausea", arm=arm, grade=grade, count=count, evidence=at(300 + 10 * i))
    for i, (arm, grade, count) in enumerate([("A", "any", 10), ("A", "3-4", 2), ("B", "any", 7), ("B", "3-4", 1)])
]
RECORD = TrialRecord(
    document=DOCUMENT,
    paper=Paper(title="A trial", year=2020, authors=(Author(family="Doe", given="Ann"), Author(family="Roe"))),
    trial=Trial(phase="2", enrolled=80, median_follow_up=Measure(value=Decimal(12), unit="mo")),
    arms=(Arm(label="A", size=40), Arm(label="B", size=40)),
    drugs=(Drug(name="velorastinib", role="experimental"), Drug(name="placebo", role="comparator")),
    doses=(
        Dose(
            drug="velorastinib",
            arm="A",
            value=Decimal(400),
            unit="mg",
            kind="planned",
            schedule=Schedule(frequency="once daily"),
        ),
    ),
    endpoints=(Endpoint(name="overall survival", role="primary"),),
    results=(HAZARD, RATE),
    baseline=(Baseline(variable="Sex", category="Male", arm="A", statistic="count", count=21),),
    adverse_events=tuple(NAUSEA),
)


def gold(record: TrialRecord = RECORD, complete: frozenset[str] = frozenset(scored_lists())) -> Gold:
    return Gold("a", SHA, None, "sample", complete, 1, "", record)


def changed(**lists: object) -> TrialRecord:
    return RECORD.model_copy(update=lists)


def test_a_record_agrees_with_itself():
    score = evaluate(RECORD, gold())
    assert not score.misses
    assert not score.inventions
    assert not score.errors
    assert all(tally.f1 in (1, None) for tally in score.strict.values())
    assert score.strict["adverse_events"].gold == 4


@pytest.mark.parametrize(
    ("found", "strict", "lenient", "differs"),
    [
        (HAZARD.model_copy(update={"value": Decimal("0.7")}), True, True, ()),
        (HAZARD.model_copy(update={"ci": None}), False, True, ("ci.high", "ci.level", "ci.low")),
        (HAZARD.model_copy(update={"timepoint": "5 a"}), False, True, ("timepoint",)),
        (HAZARD.model_copy(update={"arm": "B", "comparator": "A"}), False, False, ("arm", "comparator")),
        (HAZARD.model_copy(update={"value": Decimal("0.98")}), False, False, ("value",)),
        (HAZARD.model_copy(update={"assessment": "RECIST 1.1"}), True, True, ()),
    ],
    ids=["digits", "no-interval", "time", "arm", "number", "more-than-gold"],
)
def test_strict_and_lenient(found, strict, lenient, differs):
    match = next(m for m in evaluate(changed(results=(found, RATE)), gold()).matches if m.gold is HAZARD)
    assert (match.strict, match.lenient) == (strict, lenient)
    assert tuple(sorted(match.differs)) == differs


def test_a_swapped_arm_is_a_miss_and_an_invention():
    wrong = tuple(event.model_copy(update={"arm": "B" if event.arm == "A" else "A"}) for event in NAUSEA)
    score = evaluate(changed(adverse_events=wrong), gold())
    assert score.strict["adverse_events"].right == 0
    assert len(score.misses) == len(score.inventions) == 4
    assert score.figures["adverse events: term, arm, grade and number"].f1 == 0


def test_the_nearest_counterpart_is_named():
    found = NAUSEA[0].model_copy(update={"count": 11})
    miss = next(m for m in evaluate(changed(adverse_events=(found, *NAUSEA[1:])), gold()).misses)
    assert miss.gold is NAUSEA[0]
    assert miss.found is found
    assert miss.differs == ("count",)


def test_one_found_fact_counts_once():
    twice = (RATE, RATE.model_copy(update={"evidence": at(500)}), HAZARD)
    tally = evaluate(changed(results=twice), gold()).strict["results"]
    assert (tally.right, tally.gold, tally.found) == (2, 2, 3)


def test_only_complete_lists_count_for_precision():
    invented = (*RECORD.drugs, Drug(name="tocrumelimab"))
    score = evaluate(changed(drugs=invented), gold(complete=frozenset({"arms"})))
    assert score.strict["drugs"].precision is None
    assert score.strict["drugs"].recall == 1
    assert not score.inventions
    assert evaluate(changed(drugs=invented), gold()).strict["drugs"].precision == pytest.approx(2 / 3)


def test_a_value_beside_the_gold_counts_by_field():
    found = changed(results=(HAZARD.model_copy(update={"ci": None}), RATE))
    fields = evaluate(found, gold()).fields
    assert fields["results.ci.low"].recall == 0
    assert fields["results.endpoint"].f1 == 1


def test_doses_by_value_and_unit_do_not_ask_for_the_arm():
    found = changed(doses=(RECORD.doses[0].model_copy(update={"arm": "B", "kind": None}),))
    score = evaluate(found, gold())
    assert score.strict["doses"].right == 0
    assert score.figures["doses: drug, value and unit"].f1 == 1


def test_paper_and_trial_by_field_and_item():
    paper = RECORD.paper.model_copy(update={"title": "Another", "authors": (Author(family="Doe", given="Ann"),)})
    trial = RECORD.trial.model_copy(update={"median_follow_up": Measure(value=Decimal(12), unit="mo", ci=Interval())})
    score = evaluate(changed(paper=paper, trial=trial), gold())
    assert score.fields["paper.title"].right == 0
    assert score.fields["paper.authors"].recall == 0.5
    assert score.fields["paper.authors"].precision == 1
    assert score.fields["trial.median_follow_up"].f1 == 1
    assert {error.field for error in score.errors} == {"title", "authors"}


def test_an_empty_record_misses_everything_and_invents_nothing():
    score = evaluate(TrialRecord(document=DOCUMENT), gold())
    assert score.strict["results"].recall == 0
    assert score.strict["results"].precision is None
    assert not score.inventions
