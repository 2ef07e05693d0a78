"""Dates in the forms that papers print."""

import re

import pytest

from extractor.dates import DATE, OPEN_DATE, iso_date


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("12 May 2014", "2014-05-12"),
        ("1st of March 2011", "2011-03-01"),
        ("22nd August 2011", "2011-08-22"),
        ("3-Jan-2010", "2010-01-03"),
        ("May 3, 2014", "2014-05-03"),
        ("Sept. 2009", "2009-09"),
        ("December of 2009", "2009-12"),
        ("March, 2009", "2009-03"),
        ("2013-07-04", "2013-07-04"),
        ("25/03/2010", "2010-03-25"),
        ("03.25.2010", "2010-03-25"),
        ("03/04/2010", "2010"),
        ("1998", "1998"),
        ("01/2009", "2009-01"),
        ("1^{st} March 2015", "2015-03-01"),
        ("March 30th, 2015", "2015-03-30"),
        ("2013/07/04", "2013-07-04"),
    ],
)
def test_date(printed: str, iso: str) -> None:
    assert re.fullmatch(DATE, printed)
    assert iso_date(printed) == iso


@pytest.mark.parametrize("printed", ["march 2010", "12 patients", "1849", "May", "2090", "10 mg"])
def test_no_date(printed: str) -> None:
    assert not re.fullmatch(DATE, printed)


@pytest.mark.parametrize(
    ("printed", "year", "iso"),
    [
        pytest.param("March", "2012", "2012-03", id="month borrows"),
        pytest.param("12 May", "2012", "2012-05-12", id="day and month borrow"),
        pytest.param("May 2011", "2012", "2011-05", id="own year stands"),
        pytest.param("March", None, None, id="no year at all"),
    ],
)
def test_borrowed_year(printed: str, year: str | None, iso: str | None) -> None:
    assert re.fullmatch(OPEN_DATE, printed)
    assert iso_date(printed, year) == iso


def test_a_day_that_no_month_has_is_left_out() -> None:
    assert iso_date("32 May 2014") == "2014-05"
