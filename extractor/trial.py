"""What the paper says of its trial as a whole (CONSORT items 3, 4, 13, 14, 23, 25)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from extractor.data_sharing import data_availability
from extractor.funders import funders
from extractor.study import Study
from extractor.trial_dates import data_cutoff, enrolment_dates, follow_up
from extractor.trial_design import allocation, masking, phase, registrations
from extractor.trial_names import acronym
from extractor.trial_places import countries, sites
from extractor.trial_tools import ae_criteria, response_criteria, software
from extractor.values import Stated
from ontology.record import Evidence, Trial


def patients(study: Study) -> Iterable[Stated]:
    """The numbers of patients, which the study keeps."""
    return study.patients


# Each finder yields what the paper states; of a field with one value the first stands, of a list all.
FINDERS: tuple[Callable[[Study], Iterable[Stated]], ...] = (
    registrations,
    acronym,
    phase,
    allocation,
    masking,
    sites,
    countries,
    patients,
    enrolment_dates,
    data_cutoff,
    follow_up,
    response_criteria,
    ae_criteria,
    software,
    funders,
    data_availability,
)
LISTS = frozenset(name for name, field in Trial.model_fields.items() if field.default == ())


def trial(study: Study) -> Trial:
    """The trial's fields, each with its evidence and rule."""
    values: dict[str, Any] = {}
    evidence: dict[str, tuple[Evidence, ...]] = {}
    rules: dict[str, str] = {}
    for stated in (item for finder in FINDERS for item in finder(study)):
        _take(stated, values, evidence)
        rules.setdefault(stated.field, stated.rule)
    return Trial(**values, evidence=evidence, rules=rules)


def _take(stated: Stated, values: dict[str, Any], evidence: dict[str, tuple[Evidence, ...]]) -> None:
    """Add a statement: a new value of a list, or one more place where the value stands."""
    name = stated.field
    if name in LISTS:
        if stated.value not in values.setdefault(name, ()):
            values[name] = (*values[name], stated.value)
    elif values.setdefault(name, stated.value) != stated.value:
        return
    known = evidence.get(name, ())
    evidence[name] = (*known, *(place for place in stated.evidence if place not in known))
