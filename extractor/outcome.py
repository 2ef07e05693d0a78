"""One outcome of one comparison, as a meta-analysis needs it: events and group sizes, or means and deviations.

The answer is taken from a record: the facts whose names are nearest to the outcome asked for, in the arms
nearest to the intervention and the comparator. What the record does not state is null.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from ontology.glyphs import fold
from ontology.record import Arm, Evidence, TrialRecord

OutcomeType = Literal["binary", "continuous"]
BINARY = ("events", "group_size")
CONTINUOUS = ("mean", "standard_deviation", "group_size")
FIELDS: dict[str, tuple[str, ...]] = {"binary": BINARY, "continuous": CONTINUOUS}
SIDES = ("intervention", "comparator")

WORD = re.compile(r"[a-z0-9]+(?:\.\d+)?")
STOP = frozenset(
    "the a an of in on to for with and or at by from per is are was were be as than that which who their its this rate rates score scores "
    "mean median total number patients group arm treatment therapy between after before change percentage".split()
)
CONTROL = re.compile(
    r"\b(?:control|placebo|usual|standard|conventional|sham|no treatment|untreated|observation|comparator)\b",
    re.IGNORECASE,
)
TIME = re.compile(r"(?P<n>\d+) (?P<unit>h|d|wk|mo|a)$")
DAYS = {"h": Decimal(1) / 24, "d": Decimal(1), "wk": Decimal(7), "mo": Decimal(30), "a": Decimal(365)}
# Below this share of common words the nearest fact is about something else.
NEAR = 0.34
STRATA_TOLERANCE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value of one arm, whatever list of the record it comes from."""

    name: str
    arm: str
    timepoint: str | None
    population: str | None
    count: int | None
    total: int | None
    percent: Decimal | None
    mean: Decimal | None
    sd: Decimal | None
    evidence: tuple[Evidence, ...]

    @property
    def place(self) -> tuple[str, str | None, str | None]:
        """What the values of two arms must share to be compared."""
        return self.name, self.timepoint, self.population


@dataclass(frozen=True)
class Answer:
    """The numbers asked for, null where the paper does not say, and where they stand."""

    values: dict[str, Decimal | int | None]
    evidence: tuple[Evidence, ...] = ()
    outcome: str | None = None
    arms: tuple[str | None, ...] = field(default=(None, None))


def answer(
    record: TrialRecord, *, intervention: str, comparator: str, outcome: str, kind: OutcomeType = "binary"
) -> Answer:
    """The numbers of an outcome in the arms nearest to an intervention and a comparator."""
    candidates = list(_candidates(record))
    arms = _sides(record, candidates, intervention, comparator)
    sizes = {arm.label: arm.size for arm in record.arms}
    chosen = _nearest([c for c in candidates if _fits(c, kind)], arms, outcome, sizes)
    values: dict[str, Decimal | int | None] = {}
    for side, arm, candidate in zip(SIDES, arms, chosen, strict=True):
        size = _size(record, arm, candidates)
        numbers = _numbers(candidate, kind, size)
        values.update({f"{side}_{name}": number for name, number in zip(FIELDS[kind], numbers, strict=True)})
    evidence = tuple(place for candidate in chosen if candidate for place in candidate.evidence)
    return Answer(values, evidence, chosen[0].name if chosen[0] else None, arms)


def _candidates(record: TrialRecord) -> Iterator[Candidate]:
    for result in record.results:
        if result.arm and not result.comparator:
            rate = result.value if result.statistic == "rate" else None
            mean = result.value if result.statistic in ("mean", "difference") else None
            events = result.count if result.count is not None or result.statistic != "count" else _whole(result.value)
            yield Candidate(
                result.endpoint, result.arm, result.timepoint, result.population, events, result.total, rate, mean,
                result.sd, result.evidence,
            )  # fmt: skip
    for event in record.adverse_events:
        if event.arm and event.grade in (None, "any"):
            yield Candidate(
                event.term, event.arm, None, None, event.count, event.total, event.percent, None, None, event.evidence
            )


def _whole(value: Decimal | None) -> int | None:
    return int(value) if value is not None and value == value.to_integral_value() else None


def _fits(candidate: Candidate, kind: OutcomeType) -> bool:
    if kind == "continuous":
        return candidate.mean is not None
    return candidate.count is not None or candidate.percent is not None


def _sides(
    record: TrialRecord, candidates: Sequence[Candidate], intervention: str, comparator: str
) -> tuple[str | None, str | None]:
    """The arms meant: by their names; in a trial of two, the one that is left."""
    labels = list(dict.fromkeys([arm.label for arm in record.arms] + [candidate.arm for candidate in candidates]))
    arms = {arm.label: arm for arm in record.arms}
    first = _arm_for(intervention, labels, arms, other=comparator)
    second = _arm_for(comparator, [label for label in labels if label != first], arms, other=intervention)
    if len(arms) == 2 and (first in arms) != (second in arms):
        known = first if first in arms else second
        rest = next(label for label in arms if label != known)
        first, second = (known, rest) if known == first else (rest, known)
    return first, second


def _arm_for(text: str, labels: Iterable[str], arms: dict[str, Arm], *, other: str) -> str | None:
    wanted, unwanted = words(text), words(other)
    best: tuple[float, str | None] = (0.0, None)
    for label in labels:
        arm = arms.get(label)
        names = [label, *(arm.synonyms if arm else ()), *(arm.drugs if arm else ())]
        score = max(
            similarity(wanted, words(name)) - 0.5 * similarity(unwanted - wanted, words(name)) for name in names
        )
        if arm and CONTROL.search(text) and (arm.role == "comparator" or CONTROL.search(label)):
            score += 0.3
        best = max(best, (score, label), key=lambda pair: pair[0])
    return best[1]


def words(text: str) -> frozenset[str]:
    """The telling words of a name, in lower case, cut to what inflection leaves."""
    return frozenset(stem(word) for word in WORD.findall(fold(text).lower()) if word not in STOP)


def stem(word: str) -> str:
    """A word without its ending: two words of one stem are the same."""
    return word[:6] if len(word) > 6 else word.removesuffix("s")


def similarity(wanted: frozenset[str], offered: frozenset[str]) -> float:
    """0 to 1: most weight on the share of what is asked for that is offered."""
    if not wanted or not offered:
        return 0.0
    common = len(wanted & offered)
    return 0.7 * common / len(wanted) + 0.3 * common / len(offered)


def _nearest(
    candidates: Sequence[Candidate], arms: tuple[str | None, str | None], outcome: str, sizes: dict[str, int | None]
) -> tuple[Candidate | None, Candidate | None]:
    """The pair of values whose outcome is nearest; of several time points the first after baseline."""
    wanted = words(outcome)
    pairs: dict[tuple[str, str | None, str | None], dict[str, Candidate]] = {}
    for candidate in candidates:
        by_arm = pairs.setdefault(candidate.place, {})
        by_arm[candidate.arm] = _summed(by_arm.get(candidate.arm), candidate, sizes.get(candidate.arm))
    best: tuple[tuple[float, int, Decimal], tuple[Candidate | None, Candidate | None]] | None = None
    for place, by_arm in pairs.items():
        name = " ".join(part for part in place if part)
        near = max(similarity(wanted, words(place[0])), similarity(wanted, words(name)))
        found = tuple(by_arm.get(arm or "") for arm in arms)
        if near < NEAR or not any(found):
            continue
        rank = (near, sum(candidate is not None for candidate in found), -_days(place[1]))
        if best is None or rank > best[0]:
            best = (rank, (found[0], found[1]))
    return best[1] if best else (None, None)


def _summed(known: Candidate | None, new: Candidate, size: int | None) -> Candidate:
    """Strata of one arm added up where together they are the arm (children and adolescents); else the first stands."""
    if known is None:
        return new
    if None in (known.count, known.total, new.count, new.total, size) or known.total == size:
        return known
    whole = (known.total or 0) + (new.total or 0)
    if abs(whole - (size or 0)) > STRATA_TOLERANCE * (size or 0):
        return known
    return replace(
        known, count=(known.count or 0) + (new.count or 0), total=whole, evidence=known.evidence + new.evidence
    )


def _days(timepoint: str | None) -> Decimal:
    """How late a time point is; an unnamed one is the end of treatment, baseline is no outcome."""
    if timepoint is None:
        return Decimal(0)
    match = TIME.search(timepoint)
    return Decimal(match["n"]) * DAYS[match["unit"]] if match else Decimal(10**6 if "baseline" in timepoint else 0)


def _size(record: TrialRecord, label: str | None, candidates: Sequence[Candidate]) -> int | None:
    """The size of an arm, or the group size that most of its values have."""
    size = next((arm.size for arm in record.arms if arm.label == label), None)
    totals = Counter(c.total for c in candidates if c.arm == label and c.total is not None)
    return size if size is not None or not totals else totals.most_common(1)[0][0]


def _numbers(candidate: Candidate | None, kind: OutcomeType, size: int | None) -> tuple[Decimal | int | None, ...]:
    if candidate is None:
        return (None,) * (len(FIELDS[kind]) - 1) + (size,)
    total = candidate.total if candidate.total is not None else size
    if kind == "continuous":
        return candidate.mean, candidate.sd, total
    events = candidate.count
    if events is None and candidate.percent is not None and total:
        events = round(candidate.percent * total / 100)
    return events, total
