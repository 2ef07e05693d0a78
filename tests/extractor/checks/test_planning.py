from decimal import Decimal

import pytest

from extractor.checks import planning
from ontology.record import Arm, Evidence, Statistic, Trial

METHODS = ("methods", "Sample size was planned. " * 10)
PLACE = (Evidence(start=0, end=6),)


def stated(**numbers: object) -> tuple[Statistic, ...]:
    """The facts of a plan: a number or several of each kind."""
    return tuple(
        Statistic(kind=kind, value=value if kind == "design" else Decimal(str(value)), evidence=PLACE)
        for kind, values in numbers.items()
        for value in (values if isinstance(values, tuple) else (values,))
    )


ONE_ARM = Trial(allocation="single-arm")
TWO_ARMS = {"arms": (Arm(label="A", evidence=PLACE), Arm(label="B", evidence=PLACE))}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({"target_n": 25}, ["holds"], id="exact"),
        pytest.param({"target_n": (25, 28), "dropout_rate": 10}, ["holds"], id="with dropouts"),
        pytest.param({"target_n": 25, "responders_needed": 6}, ["holds"], id="threshold"),
        pytest.param({"target_n": 20}, ["holds"], id="normal approximation"),
        pytest.param({"target_n": 12}, ["undecided"], id="too few"),
        pytest.param({}, [], id="no size"),
        pytest.param({"target_n": 25, "design": "Simon two-stage"}, [], id="two stages"),
    ],
)
def test_single_arm(make_audit, verdicts, facts, expected):
    plan = stated(power=80, alpha="0.05", sides=1, null_rate=10, alternative_rate=30, **facts)
    assert verdicts(planning.single_arm, make_audit(METHODS, trial=ONE_ARM, statistics=plan)) == expected


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [
        ("By Simon's optimal two-stage design, 10 patients were enrolled in the first stage.", 29, ["holds"]),
        ("In the first stage of Simon's design, 10 patients were to be treated.", 29, ["holds"]),
        ("In a two-stage design, the first ten evaluable patients were to be enrolled in stage 1.", 29, ["holds"]),
        ("By Simon's optimal two-stage design, 10 patients were enrolled in the first stage.", 15, ["undecided"]),
        ("By Simon's optimal two-stage design, 29 patients were enrolled.", 29, []),
        ("Of the first 10 patients two responded.", 29, []),
    ],
)
def test_simon(make_audit, verdicts, text, size, expected):
    plan = stated(power=80, alpha="0.05", sides=1, null_rate=10, alternative_rate=30, target_n=size)
    audit = make_audit(("methods", text), trial=ONE_ARM, statistics=plan)
    assert verdicts(planning.simon, audit) == expected


WORDS = "With a power of 80% and a one-sided alpha of 0.05, "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a null response rate of 10% and an alternative of 30% need 25 patients.", ["holds"]),
        ("H0: rate of 10% or less, was tested against H1: rate of at least 30%, in 25 patients.", ["holds"]),
        ("p0 = 0.10 and p1 = 0.30 need 25 patients.", ["holds"]),
        ("a response rate of 10% would be uninteresting and one of 30% would be promising in 25 patients.", ["holds"]),
        ("an alternative response rate of 30% against the null rate of 10% needs 12 patients.", ["holds"]),
        ("a rate of 30% needs 25 patients.", []),
    ],
)
def test_rates_in_words(make_audit, verdicts, text, expected):
    plan = stated(power=80, alpha="0.05", sides=1, target_n=25)
    audit = make_audit(("methods", WORDS + text), trial=ONE_ARM, statistics=plan)
    assert verdicts(planning.single_arm, audit) == expected


def test_the_second_stage_in_words(make_audit):
    text = (
        "By Simon's two-stage design with a null rate of 10% and an alternative of 30%, ten patients were treated in the "
        "first stage; with at least two responses, 19 more were to follow."
    )
    plan = stated(power=80, alpha="0.05", sides=1, target_n=40)
    (found,) = planning.simon(make_audit(("methods", text), trial=ONE_ARM, statistics=plan))
    assert found.verdict == "holds"
    assert "10 and in all 29 patients" in (found.explanation or "")


@pytest.mark.parametrize(
    ("events", "facts", "expected"),
    [(188, {}, ["holds"]), (182, {}, ["holds"]), (120, {}, ["undecided"]), (188, {"margin": "1.2"}, [])],
)
def test_events(make_audit, verdicts, events, facts, expected):
    plan = stated(power=80, alpha="0.05", sides=2, hazard_ratio="0.66", events_needed=events, **facts)
    assert verdicts(planning.survival, make_audit(METHODS, statistics=plan)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({"null_rate": 50, "alternative_rate": 70, "target_n": 93}, ["holds"], id="a group"),
        pytest.param({"null_rate": 50, "alternative_rate": 70, "target_n": 186}, ["holds"], id="both"),
        pytest.param(
            {"null_rate": 50, "alternative_rate": 70, "target_n": 207, "dropout_rate": 10},
            ["holds"],
            id="with dropouts",
        ),
        pytest.param({"null_rate": 50, "alternative_rate": 70, "target_n": 140}, ["undecided"], id="between"),
        pytest.param({"difference": 5, "standard_deviation": 10, "target_n": 64}, ["holds"], id="means"),
        pytest.param({"difference": 5, "standard_deviation": 10, "target_n": 1000}, [], id="another formula"),
        pytest.param({"target_n": 64}, [], id="no effect"),
    ],
)
def test_two_groups(make_audit, verdicts, facts, expected):
    plan = stated(power=80, alpha="0.05", sides=2, **facts)
    assert verdicts(planning.two_groups, make_audit(METHODS, statistics=plan, **TWO_ARMS)) == expected


@pytest.mark.parametrize(
    ("target", "enrolled", "expected"),
    [(60, 64, ["holds"]), (60, 41, ["undecided"]), (30, 64, []), (None, 64, []), (60, None, [])],
)
def test_reached(make_audit, verdicts, target, enrolled, expected):
    plan = stated(target_n=target) if target else ()
    audit = make_audit(METHODS, trial=Trial(enrolled=enrolled), statistics=plan)
    assert verdicts(planning.reached, audit) == expected


def test_two_powers_are_no_plan(make_audit):
    assert planning.plan(make_audit(METHODS, statistics=stated(power=(80, 90)))) is None
