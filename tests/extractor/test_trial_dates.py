"""Dates and follow-up in invented sentences."""

from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest

from extractor.study import Study
from extractor.trial_dates import data_cutoff, enrolment_dates, follow_up
from extractor.values import Stated

MakeStudy = Callable[..., Study]


def first(found: Iterable[Stated]) -> object:
    return next((stated.value for stated in found), None)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Between March 2010 and June 2012, patients were enrolled.", ["2010-03", "2012-06"]),
        ("Patients were recruited from 12 May to 30 July 2014.", ["2014-05-12", "2014-07-30"]),
        ("From January 2006 through December 2008, women took part.", ["2006-01", "2008-12"]),
        ("Between June 2012 and March 2010, patients were enrolled.", []),
        ("In the period of 1 January 2004 - 31 December 2006, women were enrolled.", ["2004-01-01", "2006-12-31"]),
        ("Between 01/2009 and 02/2010 we randomised children.", ["2009-01", "2010-02"]),
        ("Patients were recruited at two clinics (March 2010 to June 2012).", ["2010-03", "2012-06"]),
        ("The first patient was enrolled on 5 January 2006 and the last in May 2007.", ["2006-01-05"]),
        ("The study was initiated in November 2009.", ["2009-11"]),
        ("Recruitment was stopped in June 2014.", ["2014-06"]),
        ("Treatment was started in June 2014 in all patients.", []),
        ("We searched for trials that enrolled patients from 2001 to 2009.", []),
        ("Between March 2010 and June 2012 the weather was fine.", []),
        ("Others recruited patients between 2001 and 2003 [3].", []),
        ("Between 10 and 20 patients were enrolled.", []),
    ],
)
def test_enrolment_dates(make_study: MakeStudy, text: str, dates: list[str]) -> None:
    assert [stated.value for stated in enrolment_dates(make_study(("methods", text)))] == dates


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The data cut-off date was 30 June 2018.", "2018-06-30"),
        ("At data cutoff (March 12, 2019), half had died.", "2019-03-12"),
        ("The database was locked in May.", None),
        ("A cutoff of 50% was used.", None),
        ("The database was frozen for analysis on Sept 30, 2015.", "2015-09-30"),
        ("Analysis was performed on October 31, 2012.", "2012-10-31"),
        ("At the time of the final analysis (June 2016), half had died.", "2016-06"),
        ("The data cut-off was 2018.", None),
    ],
)
def test_data_cutoff(make_study: MakeStudy, text: str, value: str | None) -> None:
    assert first(data_cutoff(make_study(("methods", text)))) == value


@pytest.mark.parametrize(
    ("text", "value", "unit", "spread"),
    [
        ("Median follow-up was 24.3 months (range 3-60).", "24.3", "mo", ("range", "3", "60")),
        ("The median follow-up was 30 months (IQR 12.5–44).", "30", "mo", ("iqr", "12.5", "44")),
        (
            "At a median follow-up of 45 months (IQR 35-58), survival was 30 months (95% CI 24-34).",
            "45",
            "mo",
            ("iqr", "35", "58"),
        ),
        ("At a median follow-up of 45 months, survival was 30 months (95% CI 24-34).", "45", "mo", None),
        ("With a median follow-up of 5 years, half had died.", "5", "a", None),
        ("Over a median of 2.4 years, an event occurred in 12 patients.", "2.4", "a", None),
        ("Patients were followed up for a median of 18 weeks.", "18", "wk", None),
    ],
)
def test_follow_up(
    make_study: MakeStudy, text: str, value: str, unit: str, spread: tuple[str, str, str] | None
) -> None:
    (stated,) = follow_up(make_study(("results", text)))
    found = stated.value
    assert (str(found.value), found.unit) == (value, unit)
    printed = (found.range.kind, str(found.range.low), str(found.range.high)) if found.range else None
    assert printed == spread


@pytest.mark.parametrize(
    "text", ["Mean follow-up was 12 months.", "Median age was 50 years.", "Their median follow-up was 9 months [4]."]
)
def test_no_follow_up(make_study: MakeStudy, text: str) -> None:
    assert list(follow_up(make_study(("results", text)))) == []


def test_the_follow_up_with_an_interval_comes_first(make_study: MakeStudy) -> None:
    study = make_study(
        ("abstract", "Median follow-up was 24 months."), ("results", "Median follow-up was 24.3 months (range 3-60).")
    )
    assert [stated.value.value for stated in follow_up(study)] == [Decimal("24.3"), Decimal(24)]
