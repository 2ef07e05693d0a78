"""Centres and countries in invented sentences."""

from collections.abc import Callable, Iterable

import pytest

from extractor.study import Study
from extractor.trial_places import countries, sites
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
        ("Patients were enrolled from 19 French centers.", 19),
        ("Patients had metastases at two sites and were enrolled.", None),
        ("Patients with disease in only one site (liver) were enrolled.", None),
        ("The trial was conducted at 38 study sites.", 38),
        ("The study was done in Alder Hospital, Alder University; Birch Hospital; and Cedar Medical Center.", 3),
        ("The trial was conducted at the Alder Hospital in Oslo.", 1),
        ("Patients attending the clinic of the Alder Hospital took part.", 1),
        ("This multicentre study was conducted at the Alder Hospital.", None),
        ("The study was conducted in accordance with the Declaration.", None),
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
        ("Patients were operated on by one of us at a hospital.", []),
        ("The trial was done in four centres (Hungary, n = 12; Poland, n = 8).", ["Hungary", "Poland"]),
        ("At the hospital blood was taken with a pump (Acme, Oslo, Norway).", []),
        ("They were enrolled at 19 French centers.", ["France"]),
        ("Enrolled patients of New England came to the hospital.", []),
        ("The model was adjusted for centre and region (Hungary, Poland).", []),
    ],
)
def test_countries(make_study: MakeStudy, text: str, names: list[str]) -> None:
    assert [stated.value for stated in countries(make_study(("methods", text)))] == names


def test_the_country_of_all_authors(make_study: MakeStudy) -> None:
    front = ("front", "1Alder Hospital, Oslo, Norway 2Birch University, Bergen, Norway")
    there = make_study(front, ("methods", "The trial was conducted at the Alder Hospital."))
    nowhere = make_study(front, ("methods", "Patients were randomised."))
    assert [stated.value for stated in countries(there)] == ["Norway"]
    assert list(countries(nowhere)) == []
    counted = make_study(front, ("methods", "Patients were recruited at 8 clinical sites."))
    abroad = make_study(front, ("methods", "Patients were recruited at 8 sites in four countries."))
    assert ([stated.value for stated in countries(counted)], list(countries(abroad))) == (["Norway"], [])
