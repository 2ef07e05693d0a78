"""Doses in the phrasing of many journals: amount, route, frequency, days, cycle and infusion time of each drug."""

from collections.abc import Callable

import pytest

from extractor.doses import doses
from extractor.study import Study
from ontology.record import Dose, Schedule

MakeStudy = Callable[..., Study]
Row = tuple[str, str, str | None, str | None, tuple[int, ...], str | None, str | None]

CASES: dict[str, tuple[str, list[Row]]] = {
    "a list that shares days and cycle": (
        "Fluorouracil 500 mg/m2, epirubicin 100 mg/m2 and cyclophosphamide 500 mg/m2 were given intravenously on day 1 of every 3-week cycle.",
        [
            ("fluorouracil", "500 mg/m2", "intravenous", None, (1,), "3 wk", None),
            ("epirubicin", "100 mg/m2", "intravenous", None, (1,), "3 wk", None),
            ("cyclophosphamide", "500 mg/m2", "intravenous", None, (1,), "3 wk", None),
        ],
    ),
    "the route before the list": (
        "Intravenous infusion of epirubicin 30 mg/m2 and paclitaxel 70 mg/m2 was given on days 1, 8 and 15 of a 28-day cycle.",
        [
            ("epirubicin", "30 mg/m2", "intravenous", None, (1, 8, 15), "28 d", None),
            ("paclitaxel", "70 mg/m2", "intravenous", None, (1, 8, 15), "28 d", None),
        ],
    ),
    "each drug its own days": (
        "Irinotecan 250 mg/m2 was given on day one and capecitabine 1000 mg/m2 orally twice daily on days 2-5, every 21 days.",
        [
            ("irinotecan", "250 mg/m2", None, None, (1,), "21 d", None),
            ("capecitabine", "1000 mg/m2", "oral", "twice daily", (2, 3, 4, 5), "21 d", None),
        ],
    ),
    "drugs after their amounts": (
        "They received 50 mg/m2 epirubicin and 60 mg/m2 cisplatin on day 1 and 625 mg/m2 oral capecitabine on days 1-3.",
        [
            ("epirubicin", "50 mg/m2", None, None, (1,), None, None),
            ("cisplatin", "60 mg/m2", None, None, (1,), None, None),
            ("capecitabine", "625 mg/m2", "oral", None, (1, 2, 3), None, None),
        ],
    ),
    "the cycle in the next sentence": (
        "Gemcitabine 1000 mg/m2 was infused over 30 min on days 1 and 8. Cycles were repeated every 21 days.",
        [("gemcitabine", "1000 mg/m2", "intravenous", None, (1, 8), "21 d", "30")],
    ),
    "the cycle before the dose": (
        "Six 21-day cycles consisted of docetaxel 75 mg/m2 on day 1.",
        [("docetaxel", "75 mg/m2", None, None, (1,), "21 d", None)],
    ),
    "one after the other": (
        "Etanercept 50 mg was given subcutaneously twice weekly for 12 weeks followed by 50 mg once weekly.",
        [
            ("etanercept", "50 mg", "subcutaneous", "twice weekly", (), None, None),
            ("etanercept", "50 mg", "subcutaneous", "weekly", (), None, None),
        ],
    ),
    "words before the amount": (
        "Volunteers took single-dose tenapanor 180 mg or twice-daily tenapanor 90 mg.",
        [
            ("tenapanor", "180 mg", None, "once", (), None, None),
            ("tenapanor", "90 mg", None, "twice daily", (), None, None),
        ],
    ),
    "the schedule behind the drug": (
        "Adults received 10 mg of apixaban twice daily for 7 days, followed by 5 mg once daily for 6 months.",
        [
            ("apixaban", "10 mg", None, "twice daily", (), None, None),
            ("apixaban", "5 mg", None, "once daily", (), None, None),
        ],
    ),
    "the last day of a list before another dose": (
        "Dexamethasone 40 mg was given orally on days 1, 8, 15, and 22 (20 mg in patients older than 75 years).",
        [
            ("dexamethasone", "40 mg", "oral", None, (1, 8, 15, 22), None, None),
            ("dexamethasone", "20 mg", "oral", None, (), None, None),
        ],
    ),
    "a cap is no dose": (
        "Vincristine 1.4 mg/m2 (capped at 2 mg) and prednisone 100 mg [maximum 200 mg] were given on day 1.",
        [
            ("vincristine", "1.4 mg/m2", None, None, (1,), None, None),
            ("prednisone", "100 mg", None, None, (1,), None, None),
        ],
    ),
    "how often the dose is raised": (
        "Subcutaneous semaglutide was started at 0.25 mg once weekly and escalated every 4 weeks to 0.5 mg.",
        [
            ("semaglutide", "0.25 mg", "subcutaneous", "weekly", (), None, None),
            ("semaglutide", "0.5 mg", "subcutaneous", None, (), None, None),
        ],
    ),
    "tablets counted in front": (
        "Abiraterone acetate was given as four 250-mg tablets once daily.",
        [("abiraterone", "1000 mg", "oral", "once daily", (), None, None)],
    ),
    "once a year": (
        "Intravenous zoledronate 5 mg once a year was given.",
        [("zoledronic acid", "5 mg", "intravenous", "yearly", (), None, None)],
    ),
    "days before a transplantation": (
        "Busulfan 1.6 mg/kg was infused q12h, -7 ~ -4d.",
        [("busulfan", "1.6 mg/kg", "intravenous", "every 12 hours", (-7, -6, -5, -4), None, None)],
    ),
    "six doses, weekly": (
        "Patients received 6 weekly doses of 200 mg nimotuzumab.",
        [("nimotuzumab", "200 mg", None, "weekly", (), None, None)],
    ),
    "an hour in words": (
        "Docetaxel 35 mg/m2 was given as one-hour intravenous infusions at weekly intervals.",
        [("docetaxel", "35 mg/m2", "intravenous", "weekly", (), None, "60")],
    ),
    "two routes of premedication": (
        "Premedication was granisetron 1 mg i.v. and diazepam 10 mg i.v. on day 1 of each cycle.",
        [
            ("granisetron", "1 mg", "intravenous", None, (1,), None, None),
            ("diazepam", "10 mg", "intravenous", None, (1,), None, None),
        ],
    ),
    "either of two drugs": (
        "Patients received 15 mg/kg single infusion of either infliximab (n = 40) or bevacizumab (n = 41).",
        [
            ("infliximab", "15 mg/kg", "intravenous", "once", (), None, None),
            ("bevacizumab", "15 mg/kg", "intravenous", "once", (), None, None),
        ],
    ),
    "the drug's placebo is not given the dose": (
        "Oral moxifloxacin 400 mg and gepotidacin placebo i.v. over 120 min were given.",
        [("moxifloxacin", "400 mg", "oral", None, (), None, None)],
    ),
    "a dose a day said twice": (
        "Anastrozole 1 mg/day was compared. Women took anastrozole 1 mg orally once daily.",
        [("anastrozole", "1 mg", "oral", "once daily", (), None, None)],
    ),
    "without a solidus": (
        "Cisplatin 30 mg m2 was given on d1-d3.",
        [("cisplatin", "30 mg/m2", None, None, (1, 2, 3), None, None)],
    ),
}


def row(dose: Dose) -> Row:
    timed = dose.schedule or Schedule()
    cycle = f"{timed.cycle_length} {timed.cycle_unit}" if timed.cycle_length else None
    minutes = str(timed.infusion_minutes) if timed.infusion_minutes else None
    return dose.drug, f"{dose.value} {dose.unit}", dose.route, timed.frequency, timed.days, cycle, minutes


@pytest.mark.parametrize(("text", "found"), CASES.values(), ids=CASES)
def test_doses(make_study: MakeStudy, text: str, found: list[Row]) -> None:
    facts = [fact for fact in doses(make_study(("methods", text))) if isinstance(fact, Dose)]
    assert [row(fact) for fact in facts] == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Pethidine use was 145.2 ± 21.6 mg.", id="a spread"),
        pytest.param("Metoprolol was taken with 240 mL plain water.", id="water"),
        pytest.param("They received midazolam and 500 mL of acetated solution.", id="another substance"),
        pytest.param("The AUC0-24 of formoterol was estimated.", id="an area measured"),
        pytest.param("Sodium phosphate 6 g was dissolved in distilled water.", id="the laboratory"),
        pytest.param("Radiotherapy of 60 Gy was given.", id="radiation"),
        pytest.param(
            "There were 95 patients given adalimumab (difference for 150 mg vs adalimumab 24%).",
            id="the arm that is set against a drug",
        ),
        pytest.param(
            "Two inhalations of formoterol (daily dose: 48 mg) were taken.", id="a total reckoned by the paper"
        ),
    ],
)
def test_no_doses(make_study: MakeStudy, text: str) -> None:
    assert [fact for fact in doses(make_study(("methods", text))) if isinstance(fact, Dose)] == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Docetaxel 75 mg/m2 every 3 weeks, and", "every 3 weeks"),
        ("Docetaxel 75 mg/m2 (on day 1 of each cycle).", "on day 1 of each cycle"),
    ],
)
def test_the_words_of_a_schedule(make_study: MakeStudy, text: str, printed: str) -> None:
    (fact,) = (fact for fact in doses(make_study(("methods", text))) if isinstance(fact, Dose))
    assert fact.schedule
    assert fact.schedule.text == printed
