"""The statistical design in invented sentences: kinds, values and evidence."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from extractor.statistics import statistics
from extractor.study import Rejected, Study
from ontology.record import Statistic

MakeStudy = Callable[..., Study]


def found(study: Study) -> list[Statistic]:
    return [fact for fact in statistics(study) if isinstance(fact, Statistic)]


def numbers(study: Study) -> set[tuple[str, str]]:
    return {(f.kind, f"{f.value.normalize():f}") for f in found(study) if isinstance(f.value, Decimal)}


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "With a two-sided alpha of 0.05 and 80% power, 64 patients per group were required.",
            {("sides", "2"), ("alpha", "0.05"), ("power", "80"), ("target_n", "64")},
            id="sample size",
        ),
        pytest.param("A one-sided type I error of 2.5% was set.", {("sides", "1"), ("alpha", "0.025")}, id="per cent"),
        pytest.param("P < 0.05 was considered significant.", {("alpha", "0.05")}, id="in words"),
        pytest.param("The type II error was 10%; alpha = 0.1.", {("power", "90"), ("alpha", "0.1")}, id="beta"),
        pytest.param("The study had a power of 0.9.", {("power", "90")}, id="power as a fraction"),
        pytest.param(
            "To detect a hazard ratio of 0.75, 379 deaths were required.",
            {("hazard_ratio", "0.75"), ("events_needed", "379")},
            id="events",
        ),
        pytest.param(
            "The null hypothesis was a response rate of 10%, the alternative hypothesis a response rate of 25%.",
            {("null_rate", "10"), ("alternative_rate", "25")},
            id="two-stage",
        ),
        pytest.param(
            "The study had 90% power to detect an increase from 40% to 55%.",
            {("power", "90"), ("null_rate", "40"), ("alternative_rate", "55")},
            id="from and to",
        ),
        pytest.param(
            "If at least five responses were seen in stage one, accrual continued.",
            {("responders_needed", "5")},
            id="responders",
        ),
        pytest.param(
            "Allowing for a 10% dropout rate, a total of 120 patients were needed.",
            {("dropout_rate", "10"), ("target_n", "120")},
            id="dropout",
        ),
        pytest.param("The non-inferiority margin was set at 7.5%.", {("margin", "7.5")}, id="margin"),
        pytest.param(
            "We assumed a standard deviation of 12.5 in the calculation.",
            {("standard_deviation", "12.5")},
            id="deviation",
        ),
        pytest.param(
            "With a type I error of 5% and a beta error of 0.1 we planned 200 patients.",
            {("alpha", "0.05"), ("power", "90"), ("target_n", "200")},
            id="beta is no alpha",
        ),
        pytest.param(
            "We assumed that the drug would improve the median PFS from 1.25 months to 3 months.",
            {("null_rate", "1.25"), ("alternative_rate", "3")},
            id="months",
        ),
        pytest.param(
            "Power was calculated; a response rate of 40% and a resection rate of 15% was expected.",
            {("null_rate", "40"), ("null_rate", "15")},
            id="expected rates",
        ),
        pytest.param(
            "With a power of 80% to detect a difference of 5 mm Hg, assuming an SD of 9, 60 patients were needed.",
            {("power", "80"), ("difference", "5"), ("standard_deviation", "9"), ("target_n", "60")},
            id="a measured difference",
        ),
        pytest.param(
            "To reject the null hypothesis of no difference with a power of 80%, 60 patients were needed.",
            {("power", "80"), ("target_n", "60")},
            id="power is no rate",
        ),
    ],
)
def test_numbers(make_study: MakeStudy, text: str, rows: set[tuple[str, str]]) -> None:
    assert numbers(make_study(("methods", text))) == rows


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Variables with p < 0.10 in univariate analysis were considered for entry.", id="entering a model"
        ),
        pytest.param("A total of 120 patients were treated.", id="patients treated"),
        pytest.param("The power of the laser was 5.", id="another power"),
        pytest.param("Pain fell by 20% in most patients.", id="a result"),
        pytest.param("A hazard ratio of 0.75 was found.", id="an effect found"),
        pytest.param("Controls had a target value of 1.4 (SD 0.25).", id="another target"),
    ],
)
def test_no_numbers(make_study: MakeStudy, text: str) -> None:
    assert numbers(make_study(("methods", text))) == set()


@pytest.mark.parametrize("kind", ["introduction", "results", "discussion"])
def test_only_the_methods_plan(make_study: MakeStudy, kind: str) -> None:
    assert numbers(make_study((kind, "With 80% power and alpha = 0.05, 64 patients were required."))) == set()


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("Groups were compared by the log-rank test and ANCOVA.", "test", {"log-rank test", "ANCOVA"}),
        ("Curves were compared by the log rank test.", "test", {"log-rank test"}),
        ("Fisher's exact test was used.", "test", {"Fisher's exact test"}),
        ("Analyses were by intention to treat.", "design", {"intention-to-treat"}),
        ("A Simon two-stage design was used.", "design", {"Simon two-stage"}),
        ("Patients walked to the hospital.", "test", set()),
        ("Student's  t  test and a two-sample  t -test were used.", "test", {"t-test"}),
        ("The Fisher's-exact-test was used.", "test", {"Fisher's exact test"}),
        ("A mixed model for repeated measures was used.", "test", {"mixed model for repeated measures"}),
        ("The per-protocol (PP) set was analysed.", "design", {"per protocol"}),
        ("Patients were randomly assigned with no prior stratification.", "design", set()),
        ("Analysis was on the modified intent-to-treat set (ITT).", "design", {"modified intention-to-treat"}),
        (
            "Patients were randomised in blocks of ten, stratified by site.",
            "design",
            {"permuted block randomisation", "stratified randomisation"},
        ),
    ],
)
def test_names(make_study: MakeStudy, text: str, kind: str, names: set[str]) -> None:
    assert {fact.value for fact in found(make_study(("methods", text))) if fact.kind == kind} == names


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("With 80% power, 64 patients per group were required.", "per arm"),
        ("With 80% power, 64 evaluable women were required in each treatment arm.", "per arm"),
        ("With 80% power, a sample size of 64 in each group was needed.", "per arm"),
        ("With 80% power, 64 patients were required.", None),
    ],
)
def test_the_size_of_an_arm(make_study: MakeStudy, text: str, unit: str | None) -> None:
    assert {fact.unit for fact in found(make_study(("methods", text))) if fact.kind == "target_n"} == {unit}


def test_units_of_what_is_assumed(make_study: MakeStudy) -> None:
    text = "With 80% power to detect a difference of 5 mmHg we assumed a median OS from 3 months to 6 months."
    units = {fact.kind: fact.unit for fact in found(make_study(("methods", text)))}
    assert (units["difference"], units["null_rate"], units["power"]) == ("mm[Hg]", "mo", "%")


@pytest.mark.parametrize(
    ("title", "levels"),
    [pytest.param("Statistical analysis", [90], id="analysis"), pytest.param("Surgery", [], id="other")],
)
def test_confidence_level(make_study: MakeStudy, title: str, levels: list[int]) -> None:
    study = make_study(("methods", "Rates have 90% confidence intervals."), titles={"methods": title})
    assert [fact.value for fact in found(study) if fact.kind == "confidence_level"] == levels


def test_a_model_threshold_is_rejected_with_its_reason(make_study: MakeStudy) -> None:
    text = "P < 0.10 (univariate) was considered for entry."
    items = [item for item in statistics(make_study(("methods", text))) if isinstance(item, Rejected)]
    assert {item.reason for item in items} == {"a threshold for entering a model"}


def test_the_invented_paper(merida: Study) -> None:
    assert numbers(merida) == {
        ("alpha", "0.05"),
        ("power", "80"),
        ("sides", "2"),
        ("events_needed", "190"),
        ("hazard_ratio", "0.67"),
        ("target_n", "240"),
        ("dropout_rate", "5"),
    }
    for fact in found(merida):
        (place,) = fact.evidence
        printed = merida.document.text[place.start : place.end]
        assert str(fact.value) in printed or (fact.kind, printed) == ("sides", "two")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("The non-inferiority margin was 4 percentage points.", {("margin", "4", "%")}),
        ("It was powered for non-inferiority with a margin of 0.3 mmol/L.", {("margin", "0.3", "mmol/L")}),
        (
            "Equivalence was claimed if the lower limit of the interval for the odds ratio was above 0.8.",
            {("margin", "0.8", None)},
        ),
        ("We anticipated an attrition rate of 12%.", {("dropout_rate", "12", "%")}),
        (
            "The main analysis was planned after 310 deaths, assuming a common SD of 7 kg.",
            {("events_needed", "310", None), ("standard_deviation", "7", "kg")},
        ),
        (
            "We assumed that the mean stay would be 8 days in the usual care group and 6 days in the other.",
            {("null_rate", "8", "d"), ("alternative_rate", "6", "d")},
        ),
        ("A sample of 90 women was considered sufficient to detect it.", {("target_n", "90", None)}),
        ("The interim analysis was done after 50 deaths.", set()),
    ],
)
def test_margins_spreads_and_losses(make_study: MakeStudy, text: str, rows: set[tuple[str, str, str | None]]) -> None:
    facts = found(make_study(("methods", text)))
    numbered = [fact for fact in facts if isinstance(fact.value, Decimal)]
    assert {(fact.kind, f"{fact.value:f}", fact.unit) for fact in numbered} == rows
