"""The dates of a trial and its paper, in order."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.audit import Audit, Verdict, finding
from ontology.record import Check, Evidence

# Each date is no later than the one beside it.
ORDER: tuple[tuple[str, str], ...] = (
    ("enrolment_start", "enrolment_end"),
    ("enrolment_start", "data_cutoff"),
    ("enrolment_end", "data_cutoff"),
    ("enrolment_end", "accepted"),
    ("data_cutoff", "accepted"),
    ("received", "accepted"),
    ("accepted", "published"),
)
NAMES = {
    "enrolment_start": "the first enrolment",
    "enrolment_end": "the last enrolment",
    "data_cutoff": "the data cut-off",
    "received": "the paper's receipt",
    "accepted": "its acceptance",
    "published": "its publication",
}


def order(audit: Audit) -> Iterator[Check]:
    """Enrolment, data cut-off, receipt, acceptance and publication follow each other; dates are compared as far as both are known."""
    dates = _dates(audit)
    for earlier, later in ORDER:
        if earlier in dates and later in dates:
            (first, here), (second, there) = dates[earlier], dates[later]
            known = min(len(first), len(second))
            holds = first[:known] <= second[:known]
            text = (
                f"{NAMES[earlier]} is dated {first} and {NAMES[later]} {second}; "
                f"they are {'in order' if holds else 'out of order'}."
            )
            # A journal may date an issue before the paper was accepted for it.
            sure = later != "published"
            verdict: Verdict = "holds" if holds else "fails" if sure else "undecided"
            yield finding("dates.order", verdict, first, second, text[0].upper() + text[1:], (*here[:1], *there[:1]))


def _dates(audit: Audit) -> dict[str, tuple[str, tuple[Evidence, ...]]]:
    found: dict[str, tuple[str, tuple[Evidence, ...]]] = {}
    for owner in (audit.record.trial, audit.record.paper):
        for name in NAMES:
            value = getattr(owner, name, None)
            if value:
                found[name] = (value, owner.evidence.get(name, ()))
    return found
