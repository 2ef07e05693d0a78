"""Doses of invented trials: amount, unit, drug, arm, kind, route, schedule and evidence."""

from collections.abc import Callable

import pytest

from extractor.arm_book import book
from extractor.doses import doses
from extractor.study import Rejected, Study
from ontology.record import Arm, Dose

MakeStudy = Callable[..., Study]
Row = tuple[str, float, float | None, str | None, str | None, str | None, str | None]


def found(study: Study) -> list[Dose]:
    return [fact for fact in doses(study) if isinstance(fact, Dose)]


def row(dose: Dose) -> Row:
    high = None if dose.value_max is None else float(dose.value_max)
    frequency = dose.schedule.frequency if dose.schedule else None
    assert dose.value is not None
    return dose.drug, float(dose.value), high, dose.unit, dose.route, frequency, dose.kind


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "Docetaxel 75 mg/m2 was given intravenously every 3 weeks.",
            [("docetaxel", 75, None, "mg/m2", "intravenous", "every 3 weeks", "planned")],
            id="drug before",
        ),
        pytest.param(
            "Patients took 800 mg of oral pazopanib once daily.",
            [("pazopanib", 800, None, "mg", "oral", "once daily", "planned")],
            id="drug after",
        ),
        pytest.param(
            "They took metformin 500–1000 mg twice daily.",
            [("metformin", 500, 1000, "mg", None, "twice daily", "planned")],
            id="range",
        ),
        pytest.param(
            "Carboplatin AUC 5 and paclitaxel 175 mg/m2 were given every 3 weeks.",
            [
                ("carboplatin", 5, None, "mg.min/mL", None, "every 3 weeks", "planned"),
                ("paclitaxel", 175, None, "mg/m2", None, "every 3 weeks", "planned"),
            ],
            id="area under the curve, a schedule for both",
        ),
        pytest.param(
            "Capecitabine 1000 mg/m2 twice daily was given with oxaliplatin 130 mg/m2 intravenously every 3 weeks.",
            [
                ("capecitabine", 1000, None, "mg/m2", None, "twice daily", "planned"),
                ("oxaliplatin", 130, None, "mg/m2", "intravenous", "every 3 weeks", "planned"),
            ],
            id="the route of another drug",
        ),
        pytest.param(
            "The dose of sunitinib was reduced to 37.5 mg once daily.",
            [("sunitinib", 37.5, None, "mg", None, "once daily", "reduced")],
            id="reduced",
        ),
        pytest.param(
            "Lenvatinib could be reduced to 10 mg and then to 8 mg once daily for toxicity.",
            [
                ("lenvatinib", 10, None, "mg", None, "once daily", "reduced"),
                ("lenvatinib", 8, None, "mg", None, "once daily", "reduced"),
            ],
            id="reduced twice",
        ),
        pytest.param(
            "Two dose reductions of lenvatinib were allowed (10 mg twice daily [dose level -1] and 5 mg twice daily [dose level -2]).",
            [
                ("lenvatinib", 10, None, "mg", None, "twice daily", "reduced"),
                ("lenvatinib", 5, None, "mg", None, "twice daily", "reduced"),
            ],
            id="lower levels",
        ),
        pytest.param(
            "Sertraline could be increased to 200 mg daily.",
            [("sertraline", 200, None, "mg", None, "once daily", "escalated")],
            id="escalated",
        ),
        pytest.param(
            "Everolimus 2.5, 5 or 10 mg was given daily.",
            [
                ("everolimus", 2.5, None, "mg", None, "once daily", "planned"),
                ("everolimus", 5, None, "mg", None, "once daily", "planned"),
                ("everolimus", 10, None, "mg", None, "once daily", "planned"),
            ],
            id="a list with one unit",
        ),
        pytest.param(
            "Paracetamol 2 × 500 mg was taken.",
            [("paracetamol", 1000, None, "mg", None, None, "planned")],
            id="two tablets",
        ),
    ],
)
def test_doses(make_study: MakeStudy, text: str, rows: list[Row]) -> None:
    assert [row(fact) for fact in found(make_study(("methods", text)))] == rows


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Fasting glucose was 110 mg/dl.", id="a concentration"),
        pytest.param("Prednisone > 10 mg was not allowed.", id="a limit"),
        pytest.param("Patients who took aspirin 100 mg were excluded.", id="exclusion"),
        pytest.param("Cells were treated with cisplatin 5 mg in vitro.", id="laboratory"),
        pytest.param("Tumours weighed 12 g.", id="no drug"),
    ],
)
def test_no_doses(make_study: MakeStudy, text: str) -> None:
    assert found(make_study(("methods", text))) == []


def test_the_discussion_plans_nothing(make_study: MakeStudy) -> None:
    assert found(make_study(("discussion", "Others gave docetaxel 100 mg/m2 every 3 weeks."))) == []


def test_received(make_study: MakeStudy) -> None:
    (dose,) = found(make_study(("results", "The median daily dose of sunitinib was 41 mg.")))
    assert row(dose) == ("sunitinib", 41, None, "mg", None, None, "received")


def test_received_in_groups(make_study: MakeStudy) -> None:
    study = make_study(
        (
            "results",
            "The mean dose of quetiapine was 620 mg (range, 200-800 mg) in the lithium group and 670 mg in the placebo group.",
        )
    )
    arms = [Arm(label=name, drugs=("quetiapine", name)) for name in ("lithium", "placebo")]
    facts = found(Study(study.reading, book(arms)))
    assert [(fact.drug, str(fact.value), fact.arm) for fact in facts] == [
        ("quetiapine", "620", "lithium"),
        ("quetiapine", "670", "placebo"),
    ]


def test_a_planned_looking_dose_of_the_results_is_not_believed(make_study: MakeStudy) -> None:
    items = list(doses(make_study(("results", "One patient took sunitinib 100 mg."))))
    assert [(type(item), item.reason) for item in items if isinstance(item, Rejected)] == [
        (Rejected, "only among the results")
    ]


def test_evidence_is_the_amount_and_the_drug(make_study: MakeStudy) -> None:
    study = make_study(("methods", "Docetaxel – at 75 mg/m² – was given."))
    (dose,) = found(study)
    assert [study.document.text[place.start : place.end] for place in dose.evidence] == ["75 mg/m²", "Docetaxel"]
    assert (dose.unit, dose.printed_unit) == ("mg/m2", "mg/m²")


def test_arms_of_the_invented_paper(merida: Study) -> None:
    facts = {(fact.drug, str(fact.value), fact.arm, fact.kind) for fact in found(merida)}
    assert facts == {
        ("docetaxel", "75", "Docetaxel plus lapatinib", "planned"),
        ("docetaxel", "75", "Docetaxel", "planned"),
        ("docetaxel", "72", None, "received"),
        ("lapatinib", "1250", "Docetaxel plus lapatinib", "planned"),
        ("lapatinib", "1000", "Docetaxel plus lapatinib", "reduced"),
    }


def test_schedule_of_the_invented_paper(merida: Study) -> None:
    given = [fact for fact in found(merida) if fact.drug == "docetaxel" and fact.schedule and fact.schedule.days]
    assert {fact.arm for fact in given} == {"Docetaxel plus lapatinib", "Docetaxel"}
    for fact in given:
        assert fact.schedule
        assert (fact.schedule.days, fact.schedule.infusion_minutes) == ((1,), 60)
        assert (fact.schedule.cycle_length, fact.schedule.cycle_unit) == (21, "d")


def test_an_amount_stands_where_it_says(merida: Study) -> None:
    for fact in found(merida):
        printed = merida.document.text[fact.evidence[0].start : fact.evidence[0].end]
        assert printed.startswith(str(fact.value))
        assert fact.printed_unit is not None
        assert printed.endswith(fact.printed_unit)


def test_arms_that_differ_by_dose_have_their_own(make_study: MakeStudy) -> None:
    study = make_study(("methods", "Patients took sertraline 50 mg daily or sertraline 100 mg daily."))
    arms = [Arm(label=f"Sertraline {amount} mg", drugs=("sertraline",)) for amount in (50, 100)]
    facts = found(Study(study.reading, book(arms)))
    assert [(str(fact.value), fact.arm) for fact in facts] == [("50", "Sertraline 50 mg"), ("100", "Sertraline 100 mg")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "They took three tablets of 200 mg of ibuprofen.",
            [("ibuprofen", 600, None, "mg", "oral", None, "planned")],
            id="tablets counted",
        ),
        pytest.param(
            "Tablets of ibuprofen (200 mg × 3) were given.",
            [("ibuprofen", 600, None, "mg", "oral", None, "planned")],
            id="tablets multiplied",
        ),
        pytest.param(
            "Midazolam 0.4 mL (2 mg) was given.", [("midazolam", 2, None, "mg", None, None, "planned")], id="volume"
        ),
        pytest.param(
            "Aprepitant 125 mg-80 mg was given.",
            [
                ("aprepitant", 125, None, "mg", None, None, "planned"),
                ("aprepitant", 80, None, "mg", None, None, "planned"),
            ],
            id="what falls is no range",
        ),
        pytest.param(
            "Cyclophosphamide 300 mg/m2 (maximum 600 mg) was given.",
            [("cyclophosphamide", 300, None, "mg/m2", None, None, "planned")],
            id="capped",
        ),
        pytest.param(
            "Fluorouracil 500 mg/m2 and XYZ 100 mg/m2 were given.",
            [("fluorouracil", 500, None, "mg/m2", None, None, "planned")],
            id="an unknown substance",
        ),
        pytest.param(
            "They received either infliximab (5 mg/kg) or ciclosporin (2 mg/kg).",
            [
                ("infliximab", 5, None, "mg/kg", None, None, "planned"),
                ("ciclosporin", 2, None, "mg/kg", None, None, "planned"),
            ],
            id="either with its own dose",
        ),
        pytest.param(
            "The doses were 50 mg atenolol; 80 mg valsartan; and 40 mg telmisartan.",
            [
                ("atenolol", 50, None, "mg", None, None, "planned"),
                ("valsartan", 80, None, "mg", None, None, "planned"),
                ("telmisartan", 40, None, "mg", None, None, "planned"),
            ],
            id="amounts before drugs in a list",
        ),
        pytest.param(
            "Interferon alfa 4 × 10⁶ U/m2 was given.",
            [("interferon alfa", 4_000_000, None, "U/m2", None, None, "planned")],
            id="a power of ten",
        ),
        pytest.param(
            "Sitagliptin was increased to a maximum dose of 100 mg once daily.",
            [("sitagliptin", 100, None, "mg", None, "once daily", "escalated")],
            id="escalated to a maximum",
        ),
        pytest.param(
            "Sitagliptin 50 mg twice daily or three times daily was given.",
            [
                ("sitagliptin", 50, None, "mg", None, "twice daily", "planned"),
                ("sitagliptin", 50, None, "mg", None, "three times daily", "planned"),
            ],
            id="as often in two arms",
        ),
        pytest.param(
            "Quetiapine was titrated from 25 mg (week 1) to 50 mg (week 2) to a maximum of 100 mg.",
            [
                ("quetiapine", 25, None, "mg", None, None, "planned"),
                ("quetiapine", 50, None, "mg", None, None, "escalated"),
                ("quetiapine", 100, None, "mg", None, None, "escalated"),
            ],
            id="titrated in steps",
        ),
        pytest.param(
            "Quetiapine 300 mg/day was given on day 1, increasing to 600 mg/day on day 2.",
            [
                ("quetiapine", 300, None, "mg/d", None, "once daily", "planned"),
                ("quetiapine", 600, None, "mg/d", None, "once daily", "planned"),
            ],
            id="a step on its day is planned",
        ),
        pytest.param(
            "Phenytoin (400 mg, 3 times per day) was given orally.",
            [("phenytoin", 400, None, "mg", "oral", "three times daily", "planned")],
            id="how often within the bracket",
        ),
        pytest.param(
            "They took epoetin alfa 20 mg; 40 mg in those given ruxolitinib.",
            [
                ("epoetin alfa", 20, None, "mg", None, None, "planned"),
                ("ruxolitinib", 40, None, "mg", None, None, "planned"),
            ],
            id="a drug behind its amount in a clause of its own",
        ),
        pytest.param(
            "Chemoradiotherapy (CRT; 50 Gy in total and two cycles of fluorouracil) was given.", [], id="rays"
        ),
        pytest.param("Patients requiring 60 mg of morphine were asked.", [], id="what patients need"),
        pytest.param("Ibuprofen was supplied as 20-mg tablets.", [], id="how it is made"),
        pytest.param("The dose of follitropin was changed in 75 IU increments.", [], id="a step"),
        pytest.param("Under ibuprofen it rose from ~3604 mL to more.", [], id="a measurement"),
    ],
)
def test_amounts(make_study: MakeStudy, text: str, rows: list[Row]) -> None:
    assert [row(dose) for dose in found(make_study(("methods", text)))] == rows


@pytest.mark.parametrize(
    ("passages", "doses_of"),
    [
        pytest.param(
            [("methods", "Varenicline was given orally. The dose was 0.5 mg once daily.")],
            [("varenicline", 0.5)],
            id="of the sentence before",
        ),
        pytest.param([("methods", "Varenicline was given. They had 0.5 mg of it.")], [], id="no word of a dose"),
        pytest.param(
            [("methods", "Varenicline or nicotine was given. The dose was 0.5 mg once daily.")],
            [],
            id="two drugs before",
        ),
        pytest.param(
            [("methods", "Varenicline was given. The total dose was 45 Gy.")], [], id="radiation is not lent a drug"
        ),
    ],
)
def test_lent(make_study: MakeStudy, passages: list[tuple[str, str]], doses_of: list[tuple[str, float]]) -> None:
    facts = found(make_study(*passages))
    assert [(fact.drug, float(fact.value or 0)) for fact in facts] == doses_of


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "They received 3 mg of nivolumab per kilogram of body weight every 2 weeks.",
            [("nivolumab", 3, None, "mg/kg", None, "every 2 weeks", "planned")],
            id="the weight behind the drug",
        ),
        pytest.param(
            "They received 10 mg or 25 mg of empagliflozin once daily.",
            [
                ("empagliflozin", 10, None, "mg", None, "once daily", "planned"),
                ("empagliflozin", 25, None, "mg", None, "once daily", "planned"),
            ],
            id="amounts of one drug",
        ),
        pytest.param(
            "Budesonide/formoterol 160/4.5 μg was inhaled twice daily.",
            [
                ("budesonide", 160, None, "ug", "inhaled", "twice daily", "planned"),
                ("formoterol", 4.5, None, "ug", "inhaled", "twice daily", "planned"),
            ],
            id="a combination",
        ),
        pytest.param("The ratio was 160/4.5 mg in patients.", [], id="no combination"),
    ],
)
def test_combined(make_study: MakeStudy, text: str, rows: list[Row]) -> None:
    assert [row(dose) for dose in found(make_study(("methods", text)))] == rows


def test_what_both_arms_are_given_is_a_dose_of_each(make_study: MakeStudy) -> None:
    study = make_study(("methods", "Patients in both arms received granisetron 1 mg intravenously."))
    arms = [Arm(label=name, drugs=(name,)) for name in ("cisplatin", "gemcitabine")]
    assert [(fact.drug, fact.arm) for fact in found(Study(study.reading, book(arms)))] == [
        ("granisetron", "cisplatin"),
        ("granisetron", "gemcitabine"),
    ]
