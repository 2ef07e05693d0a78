"""How a record is laid out for a person: its tables, their columns, and the line of facts above them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graph import wording
from ontology.record import Fact, TrialRecord, fact_lists

Reads = Callable[[Any], str]


@dataclass(frozen=True)
class Section:
    """A table of the sheet: the list it shows and its columns; the first column is printed where it changes.

    `counted` is the word for facts that are told by their number alone, and how they are known.
    """

    title: str
    list: str
    columns: tuple[tuple[str, Reads], ...]
    counted: tuple[str, Callable[[Any], bool]] | None = None


@dataclass(frozen=True)
class Matrix:
    """A list shown as a matrix: which table a fact goes to, which row and which column."""

    title: Reads
    row: Reads
    column: Reads


def grade(printed: str | None) -> str:
    """The head of a column of events of a grade."""
    return "any grade" if printed in (None, "any") else f"grade {printed}"


def field(name: str) -> Reads:
    """A column that shows one field in words."""
    return lambda fact: wording.words(getattr(fact, name))


SECTIONS = (
    Section("Conditions", "conditions", (("condition", field("name")), ("concept", field("concept")))),
    Section(
        "Arms",
        "arms",
        (("arm", field("label")), ("role", field("role")), ("n", field("size")), ("drugs", field("drugs"))),
    ),
    Section(
        "Drugs",
        "drugs",
        (
            ("drug", field("name")),
            ("role", field("role")),
            ("class", field("classes")),
            ("targets", field("targets")),
            ("manufacturer", field("manufacturer")),
        ),
    ),
    Section(
        "Doses",
        "doses",
        (
            ("drug", field("drug")),
            ("arm", field("arm")),
            ("dose", wording.dose),
            ("route", field("route")),
            ("schedule", field("schedule")),
            ("kind", field("kind")),
        ),
    ),
    Section(
        "Eligibility",
        "eligibility",
        (
            ("polarity", field("polarity")),
            ("kind", field("kind")),
            ("bound", lambda fact: wording.bound(fact.operator, fact.value, fact.value_max, fact.unit)),
            ("text", field("text")),
        ),
    ),
    Section(
        "Statistical design",
        "statistics",
        (
            ("kind", lambda fact: fact.kind.replace("_", " ")),
            ("value", lambda fact: wording.words(fact.value) + wording.unit(fact.unit)),
            ("text", field("text")),
        ),
    ),
    Section(
        "Endpoints",
        "endpoints",
        (
            ("role", field("role")),
            ("endpoint", field("name")),
            ("time", field("timepoint")),
            ("criteria", field("criteria")),
            ("definition", field("definition")),
        ),
    ),
    Section(
        "Results",
        "results",
        (
            ("endpoint", field("endpoint")),
            ("arm", wording.versus),
            ("population", field("population")),
            ("", lambda fact: wording.statistic(fact.statistic)),
            ("value", wording.result_value),
            ("interval", field("ci")),
            ("p", field("p_value")),
            ("at", field("timepoint")),
        ),
    ),
    Section(
        "Baseline characteristics",
        "baseline",
        (
            ("variable", field("variable")),
            ("category", field("category")),
            ("arm", field("arm")),
            ("", lambda fact: wording.statistic(fact.statistic)),
            ("value", wording.cell),
            ("n", field("total")),
        ),
    ),
    Section(
        "Adverse events",
        "adverse_events",
        (
            ("term", field("term")),
            ("arm", field("arm")),
            ("grade", field("grade")),
            ("patients", lambda fact: wording.frequency(fact.count, fact.total, fact.percent)),
            ("relatedness", field("relatedness")),
            ("consequence", field("consequence")),
        ),
    ),
    Section(
        "Biomarkers",
        "biomarkers",
        (
            ("marker", field("name")),
            ("kind", field("kind")),
            ("assay", field("assay")),
            ("reagent", field("reagent")),
            ("cut-off", field("cutoff")),
            ("frequency", field("frequency")),
            ("groups", field("groups")),
            ("endpoint", field("endpoint")),
            ("direction", field("direction")),
            ("p", field("p_value")),
        ),
    ),
    Section(
        "Prior evidence",
        "prior_evidence",
        (
            ("endpoint", field("endpoint")),
            ("drugs", field("drugs")),
            ("condition", field("condition")),
            ("value", lambda fact: wording.quantity(fact.value, fact.unit)),
            ("n", field("total")),
            ("references", lambda fact: wording.runs(fact.references)),
        ),
    ),
    Section(
        "Checks",
        "checks",
        (
            ("verdict", field("verdict")),
            ("kind", field("kind")),
            ("stated", field("stated")),
            ("recomputed", field("recomputed")),
            ("explanation", field("explanation")),
        ),
        ("hold", lambda fact: fact.verdict == "holds"),
    ),
)
# Shown as a matrix, one column an arm (and grade), unless the places are asked for.
MATRICES: dict[str, Matrix] = {
    "baseline": Matrix(
        lambda _: "Baseline characteristics",
        lambda fact: fact.variable + (f": {fact.category}" if fact.category else ""),
        lambda fact: fact.arm or "all",
    ),
    "adverse_events": Matrix(
        lambda fact: f"Adverse events, {fact.relatedness}" if fact.relatedness else "Adverse events",
        lambda fact: fact.term + (f" ({fact.consequence})" if fact.consequence else ""),
        lambda fact: f"{fact.arm or 'all'}\n{grade(fact.grade)}",
    ),
}
# Told in numbers at the foot of the sheet.
COUNTED = ("references", "citations")


def design(record: TrialRecord) -> str:
    """Phase, allocation and masking."""
    trial = record.trial
    words = [f"phase {trial.phase}" if trial.phase else "", trial.allocation or "", trial.masking or ""]
    return ", ".join(word for word in words if word) + (f" ({trial.acronym})" if trial.acronym else "")


def patients(record: TrialRecord) -> str:
    """How many patients, in which population."""
    trial = record.trial
    counts = {"enrolled": trial.enrolled, "evaluable": trial.evaluable, "safety": trial.safety_population}
    return ", ".join(f"{count} {label}" for label, count in counts.items() if count is not None)


def sites(record: TrialRecord) -> str:
    """Sites and countries."""
    count = f"{record.trial.sites} site{'s' * (record.trial.sites != 1)}" if record.trial.sites is not None else ""
    return ", ".join(part for part in (count, ", ".join(record.trial.countries)) if part)


def dates(record: TrialRecord) -> str:
    """From the first patient to the data cut-off."""
    trial = record.trial
    period = " to ".join(date for date in (trial.enrolment_start, trial.enrolment_end) if date)
    return ", ".join(
        part for part in (period, f"data cut-off {trial.data_cutoff}" if trial.data_cutoff else "") if part
    )


HEAD: tuple[tuple[str, Callable[[TrialRecord], str]], ...] = (
    ("registration", lambda record: ", ".join(f"{r.registry} {r.id}" for r in record.trial.registrations)),
    ("design", design),
    ("conditions", lambda record: ", ".join(c.name for c in record.conditions)),
    ("patients", patients),
    ("places", sites),
    ("enrolment", dates),
    ("follow-up", lambda record: wording.words(record.trial.median_follow_up)),
    (
        "criteria",
        lambda record: ", ".join((*record.trial.response_criteria, *filter(None, [record.trial.ae_criteria]))),
    ),
    ("software", lambda record: ", ".join(record.trial.software)),
    ("funding", lambda record: ", ".join(record.trial.funders)),
)


def section_of(name: str) -> Section:
    """The section of a list; all its fields for a list that has none of its own."""
    return next((section for section in SECTIONS if section.list == name), None) or generic(name)


def generic(name: str) -> Section:
    """All fields of a type, for a list that has no section of its own."""
    fields = [field for field in fact_lists()[name].model_fields if field not in Fact.model_fields]
    title = name.replace("_", " ").capitalize()
    return Section(title, name, tuple((label.replace("_", " "), field(label)) for label in fields))
