"""Sites, countries, patients, dates, follow-up, funding and data in invented sentences."""

from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest

from extractor.study import Study
from extractor.trial_people import (
    countries,
    data_availability,
    data_cutoff,
    enrolment_dates,
    follow_up,
    funders,
    numbers_of_patients,
    sites,
)
from extractor.values import Stated

MakeStudy = Callable[..., Study]


def first(found: Iterable[Stated]) -> object:
    return next((stated.value for stated in found), None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It was done at 12 centres in France.", 12),
        ("Patients came from twenty-three academic hospitals.", 23),
        ("This was a single-centre trial.", 1),
        ("At 14 centres another trial was done [3].", None),
        ("We saw 12 patients from a centre.", None),
        ("The centre has 1.5 sites.", None),
    ],
)
def test_sites(make_study: MakeStudy, text: str, value: int | None) -> None:
    assert first(sites(make_study(("methods", text)))) == value


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The trial was done at centres in Hungary, Poland and Sweden.", ["Hungary", "Poland", "Sweden"]),
        ("Patients were recruited in the UK.", ["United Kingdom"]),
        ("We used software (Stats Inc, Oslo, Norway) at the hospital.", []),
        ("Rates in Hungary are high.", []),
        ("A study was done in Hungary [2].", []),
    ],
)
def test_countries(make_study: MakeStudy, text: str, names: list[str]) -> None:
    assert [stated.value for stated in countries(make_study(("methods", text)))] == names


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("A total of 120 patients were enrolled.", "enrolled", 120),
        ("Between 2010 and 2012, 54 women with early disease were randomly assigned.", "enrolled", 54),
        ("Thirty-seven patients were recruited.", "enrolled", 37),
        ("Of the 3,089 patients screened, 797 were randomised.", "enrolled", 797),
        ("We randomised 1,200 patients.", "enrolled", 1200),
        ("Fifty-two patients were evaluable for response.", "evaluable", 52),
        ("In all, 118 patients received at least one dose of the drug.", "safety_population", 118),
        ("The safety population included 118 patients.", "safety_population", 118),
    ],
)
def test_patients(make_study: MakeStudy, text: str, field: str, value: int) -> None:
    study = make_study(("results", text))
    found = [stated for stated in numbers_of_patients(study) if stated.field == field]
    assert {stated.value for stated in found} == {value}
    (place,) = found[0].evidence
    assert study.document.text[place.start : place.end].replace(",", "") in (str(value), text[: place.end])


@pytest.mark.parametrize(
    "text",
    [
        "In all, 12 patients were excluded.",
        "We screened 120 patients.",
        "A total of 120 patients were screened for eligibility.",
        "Others enrolled 400 patients [5].",
        "Two patients were enrolled twice.",
        "They came from 40 sites.",
    ],
)
def test_no_patients(make_study: MakeStudy, text: str) -> None:
    assert list(numbers_of_patients(make_study(("results", text)))) == []


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Between March 2010 and June 2012, patients were enrolled.", ["2010-03", "2012-06"]),
        ("Patients were recruited from 12 May to 30 July 2014.", ["2014-05-12", "2014-07-30"]),
        ("From January 2006 through December 2008, women took part.", ["2006-01", "2008-12"]),
        ("Between June 2012 and March 2010, patients were enrolled.", []),
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
        ("With a median follow-up of 5 years, half had died.", "5", "a", None),
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The study was funded by the Northfield Cancer Foundation.", ["Northfield Cancer Foundation"]),
        ("Funding: Northfield Research Council.", ["Northfield Research Council"]),
        (
            "This work was supported by the Northfield Research Council and the Oslo Cancer Fund.",
            ["Northfield Research Council", "Oslo Cancer Fund"],
        ),
        ("The study was sponsored by Northfield Pharma Ltd.", ["Northfield Pharma Ltd"]),
        ("The hypothesis was supported by the data.", []),
        ("A.K. has received honoraria and was supported by Northfield Pharma.", []),
        ("The funder had no role in the study.", []),
    ],
)
def test_funders(make_study: MakeStudy, text: str, names: list[str]) -> None:
    study = make_study(("back", text))
    found = list(funders(study))
    assert [stated.value for stated in found] == names
    for stated in found:
        assert study.document.text[stated.evidence[0].start : stated.evidence[0].end] == stated.value


@pytest.mark.parametrize(
    ("kind", "text", "stated"),
    [
        ("back", "The data are available on request.", True),
        ("back", "Data sharing: none.", True),
        ("back", "We thank the patients.", False),
        ("discussion", "The data are available on request.", False),
    ],
)
def test_data_availability(make_study: MakeStudy, kind: str, text: str, *, stated: bool) -> None:
    assert first(data_availability(make_study((kind, text)))) == (text if stated else None)
