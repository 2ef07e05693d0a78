"""The audit: what a trial paper prints, recomputed from what else it prints.

Each check is one function from an `Audit` to `Check` facts. A check `fails` only where no reading of the print
can be right; what cannot be settled is `undecided`, and what was confirmed `holds`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from corpus.document import Document
from extractor.checks import (
    changes,
    citations,
    comparisons,
    dates,
    dosing,
    hazards,
    intervals,
    losses,
    means,
    outcomes,
    overall,
    pairs,
    parts,
    percentages,
    planning,
    protocol,
    ranges,
    ratios,
    responses,
    results,
    retold,
    shares,
    sums,
    twins,
    voices,
    wording,
)
from extractor.checks.audit import Audit
from ontology.record import Check, TrialRecord

CHECKS: tuple[Callable[[Audit], Iterable[Check]], ...] = (
    percentages.stated_fractions,
    percentages.table_cells,
    shares.shares,
    sums.total_columns,
    overall.columns,
    overall.totals,
    overall.summaries,
    sums.categories,
    sums.randomised,
    sums.arm_sizes,
    sums.grades,
    sums.grade_sums,
    sums.populations,
    parts.parts,
    parts.slashed,
    responses.responses,
    responses.in_text,
    intervals.contains,
    intervals.symmetric,
    intervals.centred,
    intervals.against_p,
    intervals.binomial,
    hazards.against_events,
    hazards.log_rank,
    comparisons.in_text,
    comparisons.in_tables,
    means.in_tables,
    means.in_text,
    planning.single_arm,
    planning.simon,
    planning.survival,
    planning.two_groups,
    planning.reached,
    losses.allowance,
    wording.significance,
    ratios.of_counts,
    results.order,
    results.places,
    ranges.in_range,
    ranges.deviations,
    ranges.columns,
    changes.changes,
    dates.order,
    outcomes.unreported,
    outcomes.unplanned,
    protocol.ages,
    protocol.performance,
    dosing.given,
    dosing.forbidden,
    citations.listed,
    citations.cited,
    voices.restated,
    voices.p_values,
    pairs.told_twice,
    pairs.in_tables,
    retold.abstract,
    retold.retold,
    voices.denominators,
    twins.rows,
)


def checks(record: TrialRecord, document: Document) -> tuple[Check, ...]:
    """Everything of a paper that can be recomputed, with its verdict."""
    audit = Audit(record, document)
    found = {(one.kind, one.explanation, one.evidence): one for check in CHECKS for one in check(audit)}
    return tuple(found.values())
