"""Formulas against published or independently computed values."""

import pytest

from extractor.checks.binomial import METHODS, at_least
from extractor.checks.contingency import chi_squared_tail, fisher, likelihood_ratio, p_values, pearson, yates
from extractor.checks.designs import (
    freedman,
    one_rate,
    schoenfeld,
    single_stage,
    two_means,
    two_rates,
    two_stage,
    with_threshold,
)


# Newcombe 1998, Stat Med 17:857, table I: 81/263, 15/148, 0/20, 1/29.
@pytest.mark.parametrize(
    ("method", "count", "total", "low", "high"),
    [
        ("Wald", 81, 263, 25.22, 36.38),
        ("Wilson", 81, 263, 25.53, 36.62),
        ("Wilson with continuity correction", 81, 263, 25.35, 36.82),
        ("Clopper-Pearson", 81, 263, 25.27, 36.76),
        ("Wilson", 15, 148, 6.24, 16.05),
        ("Clopper-Pearson", 15, 148, 5.78, 16.17),
        ("Clopper-Pearson", 0, 20, 0.0, 16.84),
        ("Wilson", 0, 20, 0.0, 16.11),
        ("Clopper-Pearson", 1, 29, 0.09, 17.76),
        ("Agresti-Coull", 15, 148, 6.14, 16.15),
        ("Clopper-Pearson", 29, 29, 88.06, 100.0),
    ],
)
def test_intervals(method, count, total, low, high):
    assert METHODS[method](count, total, 95) == pytest.approx((low, high), abs=0.011)


def test_jeffreys_lies_between_wilson_and_clopper_pearson():
    low, high = METHODS["Jeffreys"](23, 29, 95)
    assert METHODS["Clopper-Pearson"](23, 29, 95)[0] < low < high < METHODS["Clopper-Pearson"](23, 29, 95)[1]


def test_binomial_tail():
    assert at_least(0, 10, 0.3) == pytest.approx(1)
    assert at_least(10, 10, 0.5) == pytest.approx(0.5**10)
    assert at_least(11, 10, 0.5) == 0


@pytest.mark.parametrize(
    ("test", "counts", "p"),
    [
        (fisher, [[3, 1], [1, 3]], 0.4857),  # Fisher's tea
        (fisher, [[8, 2], [1, 5]], 0.0350),
        (pearson, [[8, 2], [1, 5]], 0.0134),
        (yates, [[8, 2], [1, 5]], 0.0509),
        (pearson, [[10, 20], [20, 10]], 0.00982),
        (likelihood_ratio, [[10, 20], [20, 10]], 0.00923),
    ],
)
def test_tests_of_counts(test, counts, p):
    assert test(counts) == pytest.approx(p, abs=0.0003)


@pytest.mark.parametrize(
    ("statistic", "freedom"), [(3.841, 1), (5.991, 2), (7.815, 3), (9.488, 4), (11.070, 5)], ids=str
)
def test_chi_squared_tail(statistic, freedom):
    assert chi_squared_tail(statistic, freedom) == pytest.approx(0.05, abs=0.0001)


def test_no_test_of_an_empty_row_or_column():
    assert p_values([[0, 0], [3, 4]]) == {}
    assert p_values([[0, 5], [0, 4]]) == {}


# Simon 1989, Control Clin Trials 10:1, tables 1 and 2.
@pytest.mark.parametrize(
    ("null", "alternative", "first", "stop", "size", "reject"),
    [(0.10, 0.30, 10, 1, 29, 5), (0.05, 0.25, 9, 0, 17, 2), (0.20, 0.40, 13, 3, 43, 12), (0.30, 0.50, 15, 5, 46, 18)],
)
def test_simon(null, alternative, first, stop, size, reject):
    found = two_stage(first, size, null, alternative, 0.05, 0.80)
    assert found is not None
    assert (found.stop, found.reject) == (stop, reject)
    assert found.error <= 0.05
    assert found.power >= 0.80


def test_single_stage():
    found = single_stage(25, 0.10, 0.30, 0.05)  # A'Hern 2001
    assert (found.needed, round(found.power, 3)) == (6, 0.807)
    assert with_threshold(25, 6, 0.10, 0.30) == found
    assert one_rate(0.10, 0.30, 0.05, 0.80) == pytest.approx(19.4, abs=0.5)


def test_events():
    assert schoenfeld(0.66, 0.025, 0.80) == pytest.approx(181.8, abs=0.1)
    assert freedman(0.66, 0.025, 0.80) == pytest.approx(187.1, abs=0.1)


def test_two_groups():
    sizes = two_rates(0.5, 0.7, 0.025, 0.80)
    assert sizes["two proportions, pooled variance"] == pytest.approx(93.0, abs=0.1)
    assert sizes["two proportions with continuity correction"] == pytest.approx(102.8, abs=0.1)
    assert two_means(5, 10, 0.025, 0.80) == pytest.approx(63.8, abs=0.1)
