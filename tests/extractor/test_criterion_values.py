from decimal import Decimal

import pytest

from extractor.criterion_values import limits
from ontology.glyphs import fold


@pytest.mark.parametrize(
    ("text", "operator", "value", "high", "unit"),
    [
        ("aged 18 years or older", ">=", "18", None, "a"),
        ("age 18–75 years", "range", "18", "75", "a"),
        ("between the ages of 18 and 65 years", "range", "18", "65", "a"),
        ("≥30 years of age and <80 years of age", "range", "30", "80", "a"),
        ("1 month to 17 years of age", "<=", "17", None, "a"),
        ("younger than 20 years", "<", "20", None, "a"),
        ("more than 3 cycles", ">", "3", None, None),
        ("for two or more days", ">=", "2", None, "d"),
        ("within the past four weeks", "<=", "4", None, "wk"),
        ("in the previous 6 months", "<=", "6", None, "mo"),
        ("30 days prior to enrolment", "<=", "30", None, "d"),
        ("≤2.5 times the upper limit of normal", "<=", "2.5", None, "ULN"),
        ("< 1.5 × ULN", "<", "1.5", None, "ULN"),
        ("two times more than the upper limit of normal", ">", "2", None, "ULN"),
        ("≥ 1·5 × 10⁹ cells L⁻¹", ">=", "1.5", None, "10*9/L"),
        ("at least 1,500/mm³", ">=", "1500", None, "/mm3"),
        ("≥ 100,000/μL", ">=", "100000", None, "/uL"),
        ("≥ 9 g/dL", ">=", "9", None, "g/dL"),
        ("less than 50 ml/min", "<", "50", None, "mL/min"),
        ("a maximum of 140/90 mmHg", "<=", "140", None, "mm[Hg]"),
        ("performance status of 0 or 1", "range", "0", "1", None),
        ("grade 2 or higher neuropathy", ">=", "2", None, None),
        ("body mass index of 19–27 kg/m²", "range", "19", "27", "kg/m2"),
    ],
)
def test_a_limit_is_read(text: str, operator: str, value: str, high: str | None, unit: str | None) -> None:
    limit = next(limits(fold(text)))
    assert (limit.operator, limit.value, limit.unit) == (operator, Decimal(value), unit)
    assert limit.value_max == (Decimal(high) if high else None)


@pytest.mark.parametrize("text", ["type 2 diabetes", "a phase 3 trial", "CD20 antibodies", "version 4.0", "Table 1"])
def test_a_number_that_limits_nothing(text: str) -> None:
    assert list(limits(text)) == []
