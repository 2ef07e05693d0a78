from decimal import Decimal

import pytest

from extractor.checks.arithmetic import CUT, ROUNDED, TWICE, UP, counts, decimals, rounding, totals


@pytest.mark.parametrize(
    ("count", "total", "percent", "way"),
    [
        pytest.param(24, 62, "38.7", ROUNDED, id="one decimal"),
        pytest.param(24, 62, "39", ROUNDED, id="whole"),
        pytest.param(24, 62, "38.71", ROUNDED, id="two decimals"),
        pytest.param(24, 62, "38", CUT, id="cut"),
        pytest.param(1, 8, "12", ROUNDED, id="half to even"),
        pytest.param(1, 8, "13", ROUNDED, id="half up"),
        pytest.param(7, 31, "22.6", ROUNDED, id="as a calculator has it"),
        pytest.param(10, 41, "25", UP, id="only upwards"),
        pytest.param(4, 9, "45", UP, id="44.4 is not 44.5"),
        pytest.param(17, 41, "42", TWICE, id="41.46 by way of 41.5"),
        pytest.param(24, 62, "37.8", None, id="digits exchanged"),
        pytest.param(0, 31, "0", ROUNDED, id="none"),
        pytest.param(31, 31, "100", ROUNDED, id="all"),
    ],
)
def test_rounding(count, total, percent, way):
    assert rounding(count, total, Decimal(percent)) == way


@pytest.mark.parametrize(
    ("count", "percent", "most", "fitting"),
    [
        (27, "80.6", 100, []),
        (1, "3.7", 60, [27]),
        (24, "38.7", 70, [62]),
        (0, "0.0", 70, []),
        (5, "50", 20, [10]),
    ],
)
def test_totals(count, percent, most, fitting):
    assert list(totals(count, Decimal(percent), most)) == fitting


@pytest.mark.parametrize(
    ("total", "percent", "fitting"),
    [(31, "80.6", [25]), (41, "38.2", []), (254, "3", [7, 8]), (142, "60.65", []), (29, "100", [29])],
)
def test_counts(total, percent, fitting):
    assert list(counts(total, Decimal(percent))) == fitting


def test_decimals_are_those_printed():
    assert [decimals(Decimal(number)) for number in ("5", "5.0", "0.60", "1E+2")] == [0, 1, 2, 0]


def test_a_number_is_what_is_printed_not_what_it_is_worth():
    assert rounding(24, 62, Decimal("39")) == ROUNDED
    assert rounding(24, 62, Decimal("39.0")) is None
