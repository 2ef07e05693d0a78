"""Where the data are, in invented sentences."""

from collections.abc import Callable, Iterable

import pytest

from extractor.data_sharing import data_availability
from extractor.study import Study
from extractor.values import Stated

MakeStudy = Callable[..., Study]


def first(found: Iterable[Stated]) -> object:
    return next((stated.value for stated in found), None)


@pytest.mark.parametrize(
    ("kind", "text", "stated"),
    [
        ("back", "The data are available on request.", True),
        ("back", "Data sharing: none.", True),
        ("back", "We thank the patients.", False),
        ("methods", "The microarray data are publicly available at the archive.", True),
        ("methods", "Where no data were available, the score was 0.", False),
        ("back", "Supplementary data are available online.", False),
        ("discussion", "The data are available on request.", False),
    ],
)
def test_data_availability(make_study: MakeStudy, kind: str, text: str, *, stated: bool) -> None:
    assert first(data_availability(make_study((kind, text)))) == (text if stated else None)


def test_the_heading_is_no_statement(make_study: MakeStudy) -> None:
    study = make_study(
        ("back", "Availability of data and materials"),
        ("back", "Requests go to the authors."),
        titles={"back": "Availability of data and materials"},
    )
    assert first(data_availability(study)) == "Requests go to the authors."
