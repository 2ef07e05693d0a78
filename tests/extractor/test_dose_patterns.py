"""Amounts, units, days, cycles and routes of doses."""

from decimal import Decimal

import pytest

from extractor.dose_patterns import AUC, DOSE, dose_unit, expand_days, schedule_of


@pytest.mark.parametrize(
    ("text", "value", "value_max", "unit"),
    [
        pytest.param("75 mg/m2", "75", None, "mg/m2", id="per area"),
        pytest.param("1,250 mg", "1,250", None, "mg", id="thousands"),
        pytest.param("5-10 mg", "5", "10", "mg", id="range"),
        pytest.param("5 mg to 10 mg", "5", "10", "mg", id="range with both units"),
        pytest.param("0.5 μg/kg/min", "0.5", None, "ug/kg/min", id="rate"),
        pytest.param("6 mg per kg of body weight", "6", None, "mg/kg", id="per body weight"),
        pytest.param("80 mg m-2", "80", None, "mg/m2", id="negative exponent"),
        pytest.param("300 IU", "300", None, "[iU]", id="international units"),
        pytest.param("1.8 Gy per fraction", "1.8", None, "Gy", id="per fraction is no unit"),
        pytest.param("2 × 500 mg", "500", None, "mg", id="times"),
    ],
)
def test_dose(text: str, value: str, value_max: str | None, unit: str) -> None:
    match = DOSE.search(text)
    assert match
    assert (match["value"], match["value_max"]) == (value, value_max)
    assert dose_unit(match["amount"], match["per"]) == unit


@pytest.mark.parametrize("text", ["75 patients", "5 mmol", "IL2 mgx", "24 months", "12%"])
def test_no_dose(text: str) -> None:
    assert not DOSE.search(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("carboplatin AUC 5", "5"),
        ("AUC of 6", "6"),
        ("area under the curve (AUC) of 2", "2"),
        ("AUC = 5 mg/ml·min", "5"),
    ],
)
def test_auc(text: str, value: str) -> None:
    match = AUC.search(text)
    assert match
    assert match["value"] == value


@pytest.mark.parametrize("text", ["AUC 85%", "AUC of 12 ng h/ml", "the AUC was measured"])
def test_no_auc(text: str) -> None:
    assert not AUC.search(text)


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("1", (1,)),
        ("1, 8 and 15", (1, 8, 15)),
        ("1-3, 8", (1, 2, 3, 8)),
        ("1 to 5", (1, 2, 3, 4, 5)),
        ("-7 to -4", (-7, -6, -5, -4)),
        ("1/15", (1, 15)),
        ("1, 1, 8", (1, 8)),
    ],
)
def test_days(printed: str, days: tuple[int, ...]) -> None:
    assert expand_days(printed) == days


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("once daily", "once daily"),
        ("twice a day", "twice daily"),
        ("b.i.d. with food", "twice daily"),
        ("three times daily", "three times daily"),
        ("every 6 h", "every 6 hours"),
        ("q12h", "every 12 hours"),
        ("every other day", "every other day"),
        ("weekly", "weekly"),
        ("twice weekly", "twice weekly"),
        ("every 2 weeks", "every 2 weeks"),
        ("q3w", "every 3 weeks"),
        ("every 21 days", "every 3 weeks"),
        ("every 28 days", "every 4 weeks"),
        ("every 12 weeks", "every 12 weeks"),
        ("as a single dose", "once"),
    ],
)
def test_frequency(text: str, frequency: str) -> None:
    schedule, _ = schedule_of(text)
    assert schedule
    assert schedule.frequency == frequency


@pytest.mark.parametrize(
    ("text", "days", "length", "unit", "minutes"),
    [
        pytest.param("on days 1, 8 and 15 of a 28-day cycle", (1, 8, 15), "28", "d", None, id="days of a cycle"),
        pytest.param("on day 1 of each 3-week cycle", (1,), "3", "wk", None, id="weeks"),
        pytest.param("over 30 min on day 1", (1,), None, None, "30", id="minutes"),
        pytest.param("over 2 hours on days 1-3", (1, 2, 3), None, None, "120", id="hours"),
        pytest.param("as a 90-min infusion on day 1", (1,), None, None, "90", id="before the noun"),
        pytest.param("days -6 to -3", (-6, -5, -4, -3), None, None, None, id="before transplantation"),
    ],
)
def test_schedule(text: str, days: tuple[int, ...], length: str | None, unit: str | None, minutes: str | None) -> None:
    schedule, _ = schedule_of(text)
    assert schedule
    assert (schedule.days, schedule.cycle_unit) == (days, unit)
    assert schedule.cycle_length == (None if length is None else Decimal(length))
    assert schedule.infusion_minutes == (None if minutes is None else Decimal(minutes))


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("taken orally", "oral"),
        ("by mouth", "oral"),
        ("given i.v.", "intravenous"),
        ("as an infusion", "intravenous"),
        ("subcutaneous injection", "subcutaneous"),
        ("i.m.", "intramuscular"),
        ("inhaled", "inhaled"),
        ("eye drops", "ophthalmic"),
        ("moral support", None),
        ("given at home", None),
    ],
)
def test_route(text: str, route: str | None) -> None:
    assert schedule_of(text)[1] == route


@pytest.mark.parametrize("text", ["", "in the evening of life", "with 28 days of rest", "of vitamin D3"])
def test_no_schedule(text: str) -> None:
    assert schedule_of(text)[0] is None
