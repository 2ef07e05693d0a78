"""References that are cited against those that are listed."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.checks.audit import Audit, finding
from ontology.record import Check

SHOWN = 12
# Where so many are missing, the citations of the paper or its list were not read.
MOST = 0.25


def listed(audit: Audit) -> Iterator[Check]:
    """Every number cited stands in the reference list."""
    numbers = {reference.number for reference in audit.record.references}
    if not numbers or not audit.record.citations:
        return
    missing = [c for c in audit.record.citations if not numbers.issuperset(c.numbers)]
    absent = sorted({number for citation in missing for number in citation.numbers} - numbers)
    if len(absent) > MOST * len(numbers):
        return
    cited = len({number for citation in audit.record.citations for number in citation.numbers})
    text = f"{cited} reference numbers are cited; " + (
        f"{_some(absent)} not in the list of {len(numbers)}." if absent else f"all are in the list of {len(numbers)}."
    )
    places = [c.evidence[0] for c in missing[:SHOWN] if c.evidence]
    yield finding(
        "references.listed",
        "undecided" if absent else "holds",
        f"{cited} cited",
        f"{len(absent)} missing",
        text,
        places,
    )


def cited(audit: Audit) -> Iterator[Check]:
    """Every reference of the list is cited."""
    references = audit.record.references
    numbers = {number for citation in audit.record.citations for number in citation.numbers}
    silent = [reference for reference in references if reference.number not in numbers]
    if not numbers or not references or len(silent) > MOST * len(references):
        return
    text = f"{len(references)} references are listed; " + (
        f"{_some([reference.number for reference in silent])} cited nowhere." if silent else "all are cited."
    )
    places = [reference.evidence[0] for reference in silent[:SHOWN] if reference.evidence]
    yield finding(
        "references.cited",
        "undecided" if silent else "holds",
        f"{len(references)} listed",
        f"{len(silent)} not cited",
        text,
        places,
    )


def _some(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:SHOWN])) + (" ..." if len(numbers) > SHOWN else "")
    return f"number {shown} is" if len(numbers) == 1 else f"numbers {shown} are"
