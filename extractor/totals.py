"""Of how many patients a result or an event is, where its count and percentage say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from extractor.study import Rejected, Study
from ontology.record import AdverseEvent, Evidence, Fact, Result


class Size(NamedTuple):
    """A number of patients and the places that print it."""

    total: int
    evidence: tuple[Evidence, ...]


def with_totals(found: Iterable[Fact | Rejected], study: Study, population: str) -> Iterator[Fact | Rejected]:
    """The facts, each with the number that its count and percentage are of: a `population` of the trial, or the arm's.

    `population` is the field of the trial whose patients the facts of a single arm are of: `evaluable`,
    `safety_population`.
    """
    sizes: dict[str | None, list[Size]] = {a.label: _of_arm(study, a.label, population) for a in study.arms.arms}
    sizes[None] = next(iter(sizes.values())) if len(sizes) == 1 else []
    for item in found:
        share = _share(item)
        if share is not None and isinstance(item, (AdverseEvent, Result)):
            size = next((size for size in sizes.get(item.arm, []) if _fits(*share, size.total)), None)
            if size is not None:
                yield item.model_copy(update={"total": size.total, "evidence": (*item.evidence, *size.evidence)})
                continue
        yield item


def _of_arm(study: Study, label: str, population: str) -> list[Size]:
    """The sizes that an arm's facts may be of; in a trial of one arm those of the population come first."""
    arm = next(arm for arm in study.arms.arms if arm.label == label)
    own = [Size(arm.size, arm.evidence)] if arm.size else []
    if len(study.arms.arms) > 1:
        return own
    stated = (each for each in study.patients if each.field == population)
    return [*(Size(each.value, each.evidence) for each in stated), *own]


def _share(item: Fact | Rejected) -> tuple[int, Decimal] | None:
    """The count and the percentage of a fact that states no total; a subgroup's are of fewer patients."""
    if isinstance(item, Result):
        percent = item.value if item.statistic == "rate" and item.population is None else None
    elif isinstance(item, AdverseEvent):
        percent = item.percent
    else:
        return None
    return (item.count, percent) if item.count and item.total is None and percent is not None else None


def _fits(count: int, percent: Decimal, total: int) -> bool:
    """Whether a count out of a total rounds to the percentage, to the digits it is printed with."""
    digits = max(0, -int(percent.as_tuple().exponent))
    return count <= total and abs(Decimal(100 * count) / total - percent) <= Decimal("0.5").scaleb(-digits)
