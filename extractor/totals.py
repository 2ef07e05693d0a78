"""Of how many patients a result is, where its count and percentage say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.study import Rejected, Study
from extractor.trial_people import numbers_of_patients
from ontology.record import Evidence, Result


class Size(NamedTuple):
    """A number of patients and the places that print it."""

    total: int
    evidence: tuple[Evidence, ...]


def with_totals(found: Iterable[Result | Rejected], study: Study) -> Iterator[Result | Rejected]:
    """The results, each with the number that its count and percentage are of: the evaluable patients, or the arm's."""
    sizes: dict[str | None, list[Size]] = {arm.label: _of_arm(study, arm.label) for arm in study.arms.arms}
    sizes[None] = next(iter(sizes.values())) if len(sizes) == 1 else []
    for item in found:
        if isinstance(item, Result) and item.count and item.total is None and item.population is None:
            size = next((size for size in sizes.get(item.arm, []) if _fits(item, size.total)), None)
            if size is not None:
                yield item.model_copy(update={"total": size.total, "evidence": (*item.evidence, *size.evidence)})
                continue
        yield item


def _of_arm(study: Study, label: str) -> list[Size]:
    """The sizes that an arm's results may be of; in a trial of one arm those evaluable for response come first."""
    arm = next(arm for arm in study.arms.arms if arm.label == label)
    own = [Size(arm.size, arm.evidence)] if arm.size else []
    if len(study.arms.arms) > 1:
        return own
    stated = (each for each in numbers_of_patients(study) if each.field == "evaluable")
    return [*(Size(each.value, each.evidence) for each in stated), *own]


def _fits(item: Result, total: int) -> bool:
    """Whether a count out of a total rounds to the percentage, to the digits it is printed with."""
    if item.statistic != "rate" or item.value is None or item.count is None or item.count > total:
        return False
    digits = max(0, -int(item.value.as_tuple().exponent))
    return abs(Decimal(100 * item.count) / total - item.value) <= Decimal("0.5").scaleb(-digits)
