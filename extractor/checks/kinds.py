"""What each kind of check looks at, and how much a failure of it matters."""

from __future__ import annotations

from typing import Literal

Severity = Literal["high", "medium", "low"]

# From the kind of a check to its severity and what is compared.
KINDS: dict[str, tuple[Severity, str]] = {
    "percentages": ("medium", "a percentage against its count and total"),
    "sums.columns": ("medium", "a column for all patients against the arms, a row of totals against the rows"),
    "sums.categories": ("medium", "the categories of a variable against the size of the group"),
    "sums.randomised": ("high", "the groups of a sentence against the number randomised"),
    "sums.arms": ("low", "the sizes of the arms against the number enrolled"),
    "sums.grades": ("high", "grades of an event against each other"),
    "sums.responses": ("high", "best responses against response, disease control and the group"),
    "sums.parts": ("high", "counts of arms, sexes or classes against the whole that they divide"),
    "sums.populations": ("medium", "patients enrolled, treated and evaluable against each other"),
    "intervals.contains": ("high", "an estimate against its interval"),
    "intervals.symmetry": ("low", "an estimate against the middle of its bounds, of a ratio on the log scale"),
    "intervals.p-value": ("high", "an interval against its p-value"),
    "intervals.events": ("high", "the interval of a hazard ratio against the events"),
    "intervals.binomial": ("medium", "the interval of a rate against its counts"),
    "tests.counts": ("medium", "a p-value against the counts that are compared"),
    "tests.means": ("medium", "a p-value against the means that are compared"),
    "tests.log-rank": ("high", "the p-value of a hazard ratio against the events"),
    "tests.ratios": ("medium", "a risk or odds ratio against the counts of its row"),
    "tests.wording": ("medium", "the word significant against the p-value after it"),
    "designs.single-stage": ("medium", "the power of a single-arm design against its size"),
    "designs.two-stage": ("medium", "the power of Simon's two stages against their sizes"),
    "designs.events": ("medium", "the events planned against the hazard ratio"),
    "designs.two-groups": ("low", "the planned size against the assumptions"),
    "designs.reached": ("low", "the planned number of patients against the reached one"),
    "designs.losses": ("low", "a planned size against the allowance for losses"),
    "results.order": ("high", "results that cannot exceed others"),
    "ranges.contains": ("high", "a mean or median against its range"),
    "ranges.deviation": ("medium", "a standard deviation against its range"),
    "ranges.listed": ("medium", "mean, median and extremes below a list of patients against the list"),
    "changes": ("medium", "a column of changes against the columns it is of"),
    "dates.order": ("high", "the dates of trial and paper against each other"),
    "endpoints.reported": ("medium", "planned endpoints against the results"),
    "endpoints.planned": ("low", "results against the planned endpoints"),
    "eligibility.age": ("high", "the ages of the patients against the limits of eligibility"),
    "eligibility.performance": ("high", "the performance status of the patients against the limits of eligibility"),
    "doses.given": ("medium", "doses given against doses planned"),
    "doses.forbidden": ("medium", "changes of dose against those the methods rule out"),
    "references.listed": ("low", "cited numbers against the reference list"),
    "references.cited": ("low", "the reference list against cited numbers"),
    "voices.estimate": ("high", "an estimate of the abstract against the body"),
    "voices.p-value": ("medium", "the p-values of one estimate against each other"),
    "voices.comparison": ("high", "one comparison, its values and its p-value, in several places"),
    "voices.abstract": ("medium", "the numbers of the abstract against the body"),
    "voices.retold": ("high", "a number of abstract or discussion against the results"),
    "voices.places": ("medium", "the same figure in a table and in the text"),
    "voices.rows": ("medium", "a row of means that two tables print"),
    "voices.denominators": ("low", "the number an arm is counted out of, table by table"),
}
ORDER: tuple[Severity, ...] = ("high", "medium", "low")


def severity(kind: str) -> Severity:
    """How much it matters where a check of this kind does not hold."""
    return KINDS[kind][0] if kind in KINDS else "low"


def matches(kind: str, wanted: str) -> bool:
    """Whether a kind is the wanted one or of its family (`sums` has `sums.grades`)."""
    return kind == wanted or kind.startswith(f"{wanted}.")
