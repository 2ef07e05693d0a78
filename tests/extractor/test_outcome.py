"""Numbers of one outcome for a meta-analysis, from records made by hand."""

from decimal import Decimal

import pytest

from extractor.outcome import FIELDS, Wording, answer
from ontology.record import AdverseEvent, Arm, Baseline, DocumentInfo, Evidence, Result, Trial, TrialRecord

INFO = DocumentInfo(id="invented", source="invented.txt", format="text", sha256="0", characters=0)
ARMS = (
    Arm(label="Metformin", role="experimental", size=60, drugs=("metformin",)),
    Arm(label="Placebo", role="comparator", size=58, drugs=("placebo",)),
)
PLACE = (Evidence(start=3, end=7),)


def result(endpoint: str, arm: str, **fields: object) -> Result:
    fields = {"statistic": "count", "evidence": PLACE, **fields}
    return Result.model_validate({"endpoint": endpoint, "arm": arm, **fields})


def record(*results: Result, events: tuple[AdverseEvent, ...] = (), arms: tuple[Arm, ...] = ARMS) -> TrialRecord:
    return TrialRecord(document=INFO, arms=arms, results=results, adverse_events=events)


def asked(given: TrialRecord, outcome: str, kind: str = "binary") -> tuple[object, ...]:
    said = answer(given, intervention="metformin", comparator="placebo", outcome=outcome, kind=kind)  # type: ignore[arg-type]
    return tuple(said.values.values())


@pytest.mark.parametrize(
    ("facts", "outcome", "values"),
    [
        pytest.param(
            [result("remission", "Metformin", count=20, total=59), result("remission", "Placebo", count=9, total=57)],
            "remission",
            (20, 59, 9, 57),
            id="counts and totals",
        ),
        pytest.param(
            [result("remission", "Metformin", count=20), result("remission", "Placebo", count=9)],
            "rate of remissions",
            (20, 60, 9, 58),
            id="the size of the arm",
        ),
        pytest.param(
            [
                result("remission", "Metformin", statistic="rate", value="50", unit="%"),
                result("remission", "Placebo", statistic="rate", value="25", unit="%", total=56),
            ],
            "remission",
            (30, 60, 14, 56),
            id="events from a percentage",
        ),
        pytest.param([result("remission", "Metformin", count=20)], "remission", (20, 60, None, 58), id="one arm only"),
        pytest.param(
            [result("remission", "Metformin", count=20), result("remission", "Placebo", count=9)],
            "cardiac arrest",
            (None, 60, None, 58),
            id="another outcome",
        ),
        pytest.param([], "remission", (None, 60, None, 58), id="nothing reported"),
        pytest.param(
            [
                result("remission", "Metformin", count=5, timepoint="baseline"),
                result("remission", "Placebo", count=5, timepoint="baseline"),
                result("remission", "Metformin", count=20, timepoint="24 wk"),
                result("remission", "Placebo", count=9, timepoint="24 wk"),
                result("remission", "Metformin", count=30, timepoint="12 mo"),
                result("remission", "Placebo", count=12, timepoint="12 mo"),
            ],
            "remission",
            (30, 60, 12, 58),
            id="the last",
        ),
        pytest.param(
            [
                result("remission", "Metformin", count=20, timepoint="24 wk"),
                result("remission", "Placebo", count=9, timepoint="24 wk"),
                result("remission", "Metformin", count=30, timepoint="52 wk"),
                result("remission", "Placebo", count=12, timepoint="52 wk"),
            ],
            "remission at 52 weeks",
            (30, 60, 12, 58),
            id="the time point asked for",
        ),
        pytest.param(
            [
                result("remission", "Metformin", count=20),
                result("remission", "Placebo", count=9),
                result("remission", "Metformin", count=30, timepoint="24 mo"),
                result("remission", "Placebo", count=12, timepoint="24 mo"),
            ],
            "remission",
            (20, 60, 9, 58),
            id="what no time is said of",
        ),
        pytest.param(
            [result("mortality", "Metformin", count=2), result("mortality", "Placebo", count=9)],
            "all-cause mortality",
            (2, 60, 9, 58),
            id="a curated name in it",
        ),
        pytest.param(
            [
                result("remission", "Metformin", count=3, total=20),
                result("remission", "Metformin", count=20, total=60),
                result("remission", "Placebo", count=9),
            ],
            "remission",
            (20, 60, 9, 58),
            id="a part and the whole",
        ),
        pytest.param(
            [
                result("remission", "Metformin", count=8, total=25),
                result("remission", "Metformin", count=12, total=35),
                result("remission", "Placebo", count=9, total=58),
            ],
            "remission",
            (20, 60, 9, 58),
            id="strata that make the arm",
        ),
        pytest.param(
            [
                result("remission", "Metformin", count=8, total=50),
                result("remission", "Metformin", count=12, total=35),
                result("remission", "Placebo", count=9, total=58),
            ],
            "remission",
            (8, 50, 9, 58),
            id="numbers that do not make the arm",
        ),
        pytest.param(
            [result("remission", "Metformin", comparator="Placebo", statistic="odds_ratio", value="2.1")],
            "remission",
            (None, 60, None, 58),
            id="a comparison is no arm's value",
        ),
    ],
)
def test_binary(facts: list[Result], outcome: str, values: tuple[object, ...]) -> None:
    assert asked(record(*facts), outcome) == values


@pytest.mark.parametrize(
    ("facts", "values"),
    [
        pytest.param(
            [
                result("body weight", "Metformin", statistic="mean", value="81.2", sd="9.5", total=55),
                result("body weight", "Placebo", statistic="mean", value="86.0", sd="10.1", total=54),
            ],
            ("81.2", "9.5", 55, "86.0", "10.1", 54),
            id="means and deviations",
        ),
        pytest.param(
            [
                result("body weight", "Metformin", statistic="mean", value="-3.4"),
                result("body weight", "Placebo", statistic="mean", value="0.2"),
            ],
            ("-3.4", None, 60, "0.2", None, 58),
            id="no deviation",
        ),
        pytest.param(
            [result("body weight", "Metformin", count=20), result("body weight", "Placebo", count=9)],
            (None, None, 60, None, None, 58),
            id="counts are no means",
        ),
        pytest.param(
            [
                result("body weight", "Metformin", statistic="difference", value="-3.4"),
                result("body weight", "Placebo", statistic="difference", value="0.2"),
                result("body weight", "Metformin", statistic="mean", value="81"),
                result("body weight", "Placebo", statistic="mean", value="86"),
            ],
            ("81", None, 60, "86", None, 58),
            id="values where no change is asked for",
        ),
    ],
)
def test_continuous(facts: list[Result], values: tuple[object, ...]) -> None:
    expected = tuple(Decimal(value) if isinstance(value, str) else value for value in values)
    assert asked(record(*facts), "body weight", "continuous") == expected


def test_adverse_events_answer_too() -> None:
    events = tuple(
        AdverseEvent(term="Nausea", arm=arm, grade=grade, count=count, total=total, evidence=PLACE)
        for arm, grade, count, total in [
            ("Metformin", "3-4", 1, 60),
            ("Metformin", "any", 14, 60),
            ("Placebo", "any", 6, 58),
        ]
    )
    assert asked(record(events=events), "nausea") == (14, 60, 6, 58)


GRADED = [("1-2", 9, None), ("3", 5, None), ("4", 2, None), ("any", 16, 60), (">=3", 8, 59)]


@pytest.mark.parametrize(
    ("outcome", "without", "expected"),
    [
        pytest.param("nausea", (), (16, 60), id="any grade"),
        pytest.param("grade 3 nausea", (), (5, 60), id="a grade"),
        pytest.param("grade ≥3 nausea", (), (8, 59), id="as printed"),
        pytest.param("grade 3-4 nausea", (), (8, 59), id="told as three and more"),
        pytest.param("grade 3-4 nausea", (">=3",), (7, 60), id="added up"),
        pytest.param("grade 4-5 nausea", (">=3",), (None, 60), id="one part is not all"),
        pytest.param("nausea", ("any",), (None, 60), id="not in all grades"),
    ],
)
def test_events_of_a_grade(outcome: str, without: tuple[str, ...], expected: tuple[int | None, int]) -> None:
    events = tuple(
        AdverseEvent(term="Nausea", arm="Metformin", grade=grade, count=count, total=total, evidence=PLACE)
        for grade, count, total in GRADED
        if grade not in without
    )
    assert asked(record(events=events), outcome)[:2] == expected


@pytest.mark.parametrize(
    ("outcome", "count"),
    [
        pytest.param("digestive adverse events", 7, id="their kind"),
        pytest.param("serious adverse events", 3, id="serious ones"),
        pytest.param("antibiotic side effects", 2, id="in so many words"),
    ],
)
def test_kinds_of_events(outcome: str, count: int) -> None:
    named = {
        "Digestive (e.g., nausea)": 7,
        "serious adverse event": 3,
        "Antibiotic side effects": 2,
        "any adverse event": 9,
    }
    events = tuple(
        AdverseEvent(term=term, arm="Metformin", grade="any", count=count, evidence=PLACE)
        for term, count in named.items()
    )
    facts = [
        result("antibiotic prescription", "Metformin", count=50),
        result("serious infection", "Metformin", count=1),
    ]
    assert asked(record(*facts, events=events), outcome)[0] == count


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([{"count": 3}, {"count": 20, "total": 58}], 20, id="of the arm before one of nobody knows whom"),
        pytest.param([{"count": 3}, {"count": 20, "total": 25}], 3, id="but not of a part"),
        pytest.param([{"statistic": "rate", "value": "50"}, {"count": 20, "population": "treated"}], 20, id="printed"),
        pytest.param([{"count": 20, "population": "elderly"}, {"count": 29}], 29, id="everybody"),
    ],
)
def test_which_of_equally_near(facts: list[dict[str, object]], expected: int) -> None:
    assert asked(record(*(result("death", "Metformin", **fact) for fact in facts)), "death")[0] == expected


def test_an_answer_says_where_it_stands() -> None:
    given = record(result("remission", "Metformin", count=20), result("remission", "Placebo", count=9))
    said = answer(given, intervention="metformin 500 mg", comparator="control", outcome="remission")
    assert said.arms == ("Metformin", "Placebo")
    assert said.outcome == "remission"
    assert said.evidence == PLACE * 2
    assert list(said.values) == [
        f"{side}_{name}" for side in ("intervention", "comparator") for name in FIELDS["binary"]
    ]


@pytest.mark.parametrize(
    ("intervention", "comparator", "arms"),
    [
        pytest.param("metformin", "placebo", ("Metformin", "Placebo"), id="by name"),
        pytest.param("placebo", "metformin", ("Placebo", "Metformin"), id="the other way round"),
        pytest.param("metformin", "usual care", ("Metformin", "Placebo"), id="the control"),
        pytest.param("biguanide", "placebo", ("Metformin", "Placebo"), id="the one that is left"),
        pytest.param("biguanide", "dummy", ("Metformin", "Placebo"), id="by their parts in the trial"),
    ],
)
def test_arms(intervention: str, comparator: str, arms: tuple[str, str]) -> None:
    assert answer(record(), intervention=intervention, comparator=comparator, outcome="x").arms == arms


@pytest.mark.parametrize(
    ("intervention", "comparator", "arms"),
    [
        pytest.param("A plus B", "B alone", ("two", "one"), id="both against one"),
        pytest.param("B", "A combined with B", ("one", "two"), id="one against both"),
        pytest.param("bexlimab-anorastinib combination", "bexlimab", ("two", "one"), id="in one word"),
    ],
)
def test_arms_that_share_a_drug(intervention: str, comparator: str, arms: tuple[str, str]) -> None:
    given = (Arm(label="one", drugs=("bexlimab",)), Arm(label="two", drugs=("anorastinib", "bexlimab")))
    named = {"A": "anorastinib", "B": "bexlimab"}
    asked_for = [" ".join(named.get(word, word) for word in text.split()) for text in (intervention, comparator)]
    said = answer(record(arms=given), intervention=asked_for[0], comparator=asked_for[1], outcome="x")
    assert said.arms == arms


@pytest.mark.parametrize("outcome", ["FIM at 6 months", "functional independence measure"])
def test_abbreviations_of_the_paper(outcome: str) -> None:
    facts = [result(name, "Metformin", count=20) for name in ("FIM", "remission")]
    wording = Wording(abbreviations={"FIM": "functional independence measure"})
    said = answer(record(*facts), intervention="metformin", comparator="placebo", outcome=outcome, wording=wording)
    assert said.outcome == "FIM"


@pytest.mark.parametrize(
    ("caption", "mean"),
    [
        pytest.param("Patient characteristics and postoperative details", Decimal("2.2"), id="outcomes too"),
        pytest.param("Patient characteristics", None, id="only the patients"),
    ],
)
def test_outcomes_printed_beside_characteristics(caption: str, mean: Decimal | None) -> None:
    place = (Evidence(start=3, end=7, table="Table 1"),)
    fact = Baseline(variable="length of stay", arm="Metformin", statistic="mean", value=Decimal("2.2"), evidence=place)
    given = record().model_copy(update={"baseline": (fact,)})
    said = answer(
        given,
        intervention="metformin",
        comparator="placebo",
        outcome="length of stay",
        kind="continuous",
        wording=Wording({"Table 1": caption}),
    )
    assert said.values["intervention_mean"] == mean


def test_with_or_without() -> None:
    drains = (Arm(label="Drain", size=9), Arm(label="Without drain", size=8))
    said = answer(record(arms=drains), intervention="no drain", comparator="a drain", outcome="x")
    assert said.arms == ("Without drain", "Drain")


def test_a_name_that_says_nothing_is_explained_by_its_table() -> None:
    place = (Evidence(start=3, end=7, table="Table 2"),)
    facts = [
        result("total score", arm, statistic="mean", value="5", evidence=place) for arm in ("Metformin", "Placebo")
    ]
    asking = {"intervention": "metformin", "comparator": "placebo", "outcome": "nursing skills", "kind": "continuous"}
    assert answer(record(*facts), **asking).outcome is None
    assert (
        answer(record(*facts), **asking, wording=Wording({"Table 2": "Nursing skills by group"})).outcome
        == "total score"
    )


def test_two_times_of_the_same_patients() -> None:
    given = record(
        result("pain", "Yoga", count=9, timepoint="baseline"),
        result("pain", "Yoga", count=4, timepoint="8 wk"),
        arms=(),
    ).model_copy(update={"trial": Trial(enrolled=20)})
    said = answer(given, intervention="after yoga", comparator="before yoga", outcome="pain")
    assert list(said.values.values()) == [4, 20, 9, 20]
