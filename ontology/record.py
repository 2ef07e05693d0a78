"""The record of one paper, `trialgraph/record/1`: the source of every other form of it.

Names are the contract: the JSON schema, the RDF predicates, the exports and the evaluation are derived
from these types. A fact the paper does not state is absent, never guessed. Percentages run from 0 to 100,
dates are ISO 8601 cut to what is known, units are UCUM codes.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from ontology.base import (
    Evidence,
    Fact,
    Frequency,
    Frozen,
    Interval,
    Measure,
    Number,
    PageBox,
    PValue,
    Range,
)

# The parts are offered here too: who reads a record needs them.
__all__ = ["Evidence", "Fact", "Frequency", "Frozen", "Interval", "Measure", "Number", "PValue", "PageBox", "Range"]

SCHEMA = "trialgraph/record/1"


class DocumentInfo(Frozen):
    """The input as it was read."""

    id: str
    source: str
    format: str
    sha256: str
    characters: int
    text: str | None = None


class Author(Frozen):
    """An author as printed; `affiliations` only for the authors of the paper itself."""

    family: str
    given: str | None = None
    affiliations: tuple[str, ...] = ()


class Cited(Frozen):
    """An author of a cited work."""

    family: str
    given: str | None = None


class Described(Frozen):
    """An object whose fields have evidence each: maps from field name to places and to the rule."""

    evidence: dict[str, tuple[Evidence, ...]] = Field(default_factory=dict)
    rules: dict[str, str] = Field(default_factory=dict)


class Paper(Described):
    """The paper itself."""

    title: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    pages: str | None = None
    authors: tuple[Author, ...] = ()
    correspondence: str | None = None
    received: str | None = None
    accepted: str | None = None
    published: str | None = None
    licence: str | None = None


class Registration(Frozen):
    """A trial's number in a registry."""

    registry: str
    id: str


Phase = Literal["1", "1/2", "2", "2/3", "3", "3/4", "4"]
Allocation = Literal["single-arm", "randomised", "non-randomised"]
Masking = Literal["open", "single", "double", "triple", "quadruple"]


class Trial(Described):
    """The trial the paper reports (CONSORT items)."""

    registrations: tuple[Registration, ...] = ()
    acronym: str | None = None
    phase: Phase | None = None
    allocation: Allocation | None = None
    masking: Masking | None = None
    sites: int | None = None
    countries: tuple[str, ...] = ()
    enrolled: int | None = None
    evaluable: int | None = None
    safety_population: int | None = None
    enrolment_start: str | None = None
    enrolment_end: str | None = None
    data_cutoff: str | None = None
    median_follow_up: Measure | None = None
    response_criteria: tuple[str, ...] = ()
    ae_criteria: str | None = None
    software: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    data_availability: str | None = None


class Condition(Fact):
    """A disease that the trial treats."""

    key = ("name",)

    name: str
    concept: str | None = None


class Arm(Fact):
    """A group of the trial."""

    key = ("label",)

    label: str
    role: Literal["experimental", "comparator", "single"] | None = None
    size: int | None = None
    drugs: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


class Drug(Fact):
    """A drug of the trial, or one the paper only mentions."""

    key = ("name",)

    name: str
    concept: str | None = None
    classes: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    role: Literal["experimental", "comparator", "background", "mentioned"] | None = None
    manufacturer: str | None = None
    synonyms: tuple[str, ...] = ()


class Schedule(Frozen):
    """When a dose is given; `frequency` is canonical ("once daily", "every 3 weeks"), `cycle_unit` UCUM."""

    text: str | None = None
    frequency: str | None = None
    days: tuple[int, ...] = ()
    cycle_length: Number | None = None
    cycle_unit: str | None = None
    infusion_minutes: Number | None = None


class Dose(Fact):
    """A dose of a drug in an arm; `unit` is UCUM, `printed_unit` as it stands."""

    key = ("drug", "value", "unit", "kind", "arm")

    drug: str
    arm: str | None = None
    value: Number | None = None
    value_max: Number | None = None
    unit: str | None = None
    printed_unit: str | None = None
    route: str | None = None
    schedule: Schedule | None = None
    kind: Literal["planned", "reduced", "escalated", "minimum", "received"] | None = None


class Criterion(Fact):
    """One eligibility criterion."""

    key = ("polarity", "kind", "value")

    polarity: Literal["inclusion", "exclusion"]
    kind: str
    operator: Literal["<", "<=", "=", ">=", ">", "range"] | None = None
    value: Number | None = None
    value_max: Number | None = None
    unit: str | None = None
    text: str | None = None


class Statistic(Fact):
    """One number or choice of the statistical design."""

    key = ("kind", "value")

    kind: Literal[
        "alpha",
        "power",
        "sides",
        "null_rate",
        "alternative_rate",
        "target_n",
        "events_needed",
        "responders_needed",
        "dropout_rate",
        "hazard_ratio",
        "odds_ratio",
        "difference",
        "margin",
        "standard_deviation",
        "confidence_level",
        "test",
        "design",
    ]
    value: Number | str | None = None
    unit: str | None = None
    text: str | None = None


class Endpoint(Fact):
    """An endpoint as the paper plans it."""

    key = ("name", "role")

    name: str
    abbreviation: str | None = None
    role: Literal["primary", "secondary", "exploratory"] | None = None
    definition: str | None = None
    criteria: str | None = None
    timepoint: str | None = None


ResultStatistic = Literal[
    "rate",
    "median",
    "mean",
    "hazard_ratio",
    "odds_ratio",
    "risk_ratio",
    "difference",
    "count",
    "standard_deviation",
    "standard_error",
    "p_value",
]


class Result(Fact):
    """One number reported for an endpoint in an arm, or for `arm` against `comparator`."""

    key = ("endpoint", "arm", "comparator", "population", "statistic", "timepoint", "value")
    qualifiers = ("timepoint",)

    endpoint: str
    arm: str | None = None
    comparator: str | None = None
    population: str | None = None
    statistic: ResultStatistic
    value: Number | None = None
    not_reached: bool | None = None
    unit: str | None = None
    count: int | None = None
    total: int | None = None
    sd: Number | None = None
    se: Number | None = None
    range: Range | None = None
    ci: Interval | None = None
    p_value: PValue | None = None
    timepoint: str | None = None
    assessment: str | None = None


class Baseline(Fact):
    """One cell of the table of baseline characteristics."""

    key = ("variable", "category", "arm", "statistic")

    variable: str
    category: str | None = None
    arm: str | None = None
    count: int | None = None
    total: int | None = None
    percent: Number | None = None
    statistic: Literal["count", "percent", "median", "mean", "geometric_mean"] | None = None
    value: Number | None = None
    sd: Number | None = None
    se: Number | None = None
    range: Range | None = None
    unit: str | None = None


class AdverseEvent(Fact):
    """How many patients of an arm had an event of a grade (CTCAE or the paper's own scale)."""

    key = ("term", "arm", "grade", "relatedness", "consequence")
    qualifiers = ("relatedness",)

    term: str
    concept: str | None = None
    system_organ_class: str | None = None
    arm: str | None = None
    grade: str | None = None
    count: int | None = None
    total: int | None = None
    percent: Number | None = None
    relatedness: Literal["treatment-related", "any-cause", "immune-related"] | None = None
    consequence: str | None = None


class Reagent(Frozen):
    """What a marker was measured with."""

    vendor: str | None = None
    catalog: str | None = None
    clone: str | None = None
    rrid: str | None = None
    dilution: str | None = None


class Group(Frozen):
    """A marker's value in a group of patients."""

    label: str
    value: Number | None = None
    unit: str | None = None


class Biomarker(Fact):
    """A marker that was measured, and what it was tied to."""

    key = ("name", "endpoint")

    name: str
    kind: Literal["gene", "fusion", "protein", "cell", "structure", "signature", "score", "burden"] | None = None
    concept: str | None = None
    assay: str | None = None
    reagent: Reagent | None = None
    cutoff: str | None = None
    frequency: Frequency | None = None
    groups: tuple[Group, ...] = ()
    endpoint: str | None = None
    direction: Literal["positive", "negative", "none"] | None = None
    p_value: PValue | None = None


class Reference(Fact):
    """One item of the reference list; `raw` is what is printed, whatever could be parsed."""

    key = ("number",)

    number: int
    authors: tuple[Cited, ...] = ()
    et_al: bool | None = None
    title: str | None = None
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    first_page: str | None = None
    last_page: str | None = None
    doi: str | None = None
    pmid: str | None = None
    raw: str


class Citation(Fact):
    """One printed group of reference numbers in the text, ranges expanded."""

    key = ("numbers",)

    numbers: tuple[int, ...]


class PriorEvidence(Fact):
    """A result of another study, tied to the references it is taken from."""

    key = ("endpoint", "statistic", "value")

    drugs: tuple[str, ...] = ()
    condition: str | None = None
    endpoint: str
    statistic: str | None = None
    value: Number | None = None
    unit: str | None = None
    total: int | None = None
    references: tuple[int, ...] = ()


class Check(Fact):
    """What was recomputed from the print, and whether it holds."""

    key = ("kind", "stated")

    kind: str
    verdict: Literal["holds", "fails", "undecided"]
    stated: str | None = None
    recomputed: str | None = None
    explanation: str | None = None


class TrialRecord(Frozen):
    """Everything one paper says of its trial."""

    schema_: str = Field(default=SCHEMA, alias="schema")
    document: DocumentInfo
    paper: Paper = Paper()
    trial: Trial = Trial()
    conditions: tuple[Condition, ...] = ()
    arms: tuple[Arm, ...] = ()
    drugs: tuple[Drug, ...] = ()
    doses: tuple[Dose, ...] = ()
    eligibility: tuple[Criterion, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    results: tuple[Result, ...] = ()
    baseline: tuple[Baseline, ...] = ()
    adverse_events: tuple[AdverseEvent, ...] = ()
    biomarkers: tuple[Biomarker, ...] = ()
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    prior_evidence: tuple[PriorEvidence, ...] = ()
    checks: tuple[Check, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


def fact_lists() -> dict[str, type[Fact]]:
    """The lists of a record and the type of their items, in the order of the contract."""
    lists: dict[str, type[Fact]] = {}
    for name, field in TrialRecord.model_fields.items():
        arguments = getattr(field.annotation, "__args__", ())
        if arguments and isinstance(arguments[0], type) and issubclass(arguments[0], Fact):
            lists[name] = arguments[0]
    return lists
