"""The planned size of a trial, recomputed from the assumptions it prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import ceil

from extractor.checks.audit import Audit, Verdict, finding
from extractor.checks.designs import (
    TwoStage,
    freedman,
    one_rate,
    schoenfeld,
    single_stage,
    two_means,
    two_rates,
    two_stage,
    with_threshold,
)
from extractor.checks.stages import TWO_STAGE, stages
from extractor.checks.stages import rates as printed_rates
from ontology.record import Check, Evidence, Statistic

# Programs and rounding differ by this much in the size of a design.
TOLERANCE = 0.03
# Power is printed in whole percent, often as "at least".
POWER_ROUNDING = 0.7
# A plan of one of two groups is that much smaller than the number enrolled.
MUCH_MORE = 1.6
# A formula that is so far from the plan is not the one that was used.
UNRELATED = 1.5
# Exact tests are searched up to this size.
LARGEST = 400


@dataclass(frozen=True)
class Plan:
    """The assumptions of a sample size; errors and rates as fractions, `alpha` on one side."""

    alphas: tuple[float, ...]
    power: float
    facts: tuple[Statistic, ...]
    two_sided: bool

    def of(self, kind: str) -> list[Statistic]:
        """The stated facts of a kind."""
        return [fact for fact in self.facts if fact.kind == kind]

    def numbers(self, kind: str) -> list[float]:
        """Their values."""
        return [float(fact.value) for fact in self.of(kind) if isinstance(fact.value, Decimal)]

    def evidence(self, *kinds: str) -> tuple[Evidence, ...]:
        """Where the facts of these kinds stand."""
        return tuple(fact.evidence[0] for kind in kinds for fact in self.of(kind) if fact.evidence)

    @property
    def sizes(self) -> list[int]:
        """The planned sizes, and what they are without the patients allowed for dropping out."""
        planned = [int(number) for number in self.numbers("target_n")]
        losses = [number / 100 for number in self.numbers("dropout_rate") if 0 < number < 50]
        kept = [size * (1 - loss) for size in planned for loss in losses]
        kept += [size / (1 + loss) for size in planned for loss in losses]
        return list(dict.fromkeys([*planned, *(round(size) for size in kept)]))


@lru_cache(maxsize=2)
def plan(audit: Audit) -> Plan | None:
    """The paper's plan, where it states a power; alpha is 0.05 where it states none."""
    facts = audit.record.statistics
    powers = [float(f.value) for f in facts if f.kind == "power" and isinstance(f.value, Decimal)]
    if len(set(powers)) != 1 or not 50 <= powers[0] < 100:
        return None
    alphas = {float(f.value) for f in facts if f.kind == "alpha" and isinstance(f.value, Decimal)} or {0.05}
    sides = {f.value for f in facts if f.kind == "sides"}
    one_sided, two_sided = Decimal(1) in sides, Decimal(2) in sides or not sides
    either = [alpha / 2 for alpha in alphas if two_sided] + [alpha for alpha in alphas if one_sided]
    return Plan(tuple(dict.fromkeys(either)), powers[0] / 100, facts, two_sided)


def _rates(found: Plan) -> Iterator[tuple[float, float]]:
    """The rates to be told apart, as fractions."""
    pairs = zip(found.numbers("null_rate"), found.numbers("alternative_rate"), strict=False)
    for null, alternative in pairs:
        if 0 < null < 100 and 0 < alternative < 100 and null != alternative:
            yield null / 100, alternative / 100


def _single_rates(found: Plan, audit: Audit) -> list[tuple[float, float]]:
    """The rates of a single arm: those that the facts state, else those that the methods print in words."""
    pairs = [pair for pair in _rates(found) if pair[0] < pair[1]]
    return list(dict.fromkeys(pairs or printed_rates(audit)))


def _is_single(audit: Audit) -> bool:
    return audit.record.trial.allocation == "single-arm" or (
        audit.record.trial.allocation is None and len(audit.record.arms) < 2
    )


def single_arm(audit: Audit) -> Iterator[Check]:
    """The exact power of a single-arm design with one stage."""
    found = plan(audit)
    if found is None or not _is_single(audit) or _is_two_stage(found):
        return
    for null, alternative in _single_rates(found, audit):
        sizes = [size for size in found.sizes if 5 <= size <= LARGEST]
        # A one-sided test is usual in a single arm whether the paper says so or not.
        errors = sorted({*found.alphas, *(2 * alpha for alpha in found.alphas if found.two_sided)})
        designs = [single_stage(size, null, alternative, alpha) for size in sizes for alpha in errors]
        designs += [
            with_threshold(size, int(needed), null, alternative)
            for size in sizes
            for needed in found.numbers("responders_needed")
            if needed <= size
        ]
        if not designs:
            continue
        best = min(designs, key=lambda design: (abs(design.power - found.power), design.error))
        near = best.power >= found.power - POWER_ROUNDING / 100 and best.error <= max(errors) + 0.005
        normal = any(
            _close(size, one_rate(null, alternative, alpha, found.power)) for size in sizes for alpha in errors
        )
        how = (
            "exact binomial test" if near or not normal else "normal approximation gives the size; exact binomial test"
        )
        text = (
            f"The paper plans {best.size} patients for {100 * found.power:g}% power to tell {100 * alternative:g}% from "
            f"{100 * null:g}%; with {best.needed} or more responders the power is {100 * best.power:.1f}% and the "
            f"one-sided error {best.error:.3f} ({how})."
        )
        yield _finding("designs.single-stage", near or normal, found, f"{100 * best.power:.1f}%", text, "null_rate")


def _is_two_stage(found: Plan) -> bool:
    return any(fact.kind == "design" and TWO_STAGE.search(str(fact.value)) for fact in found.facts)


def simon(audit: Audit) -> Iterator[Check]:
    """The exact error and power of a two-stage design of the printed sizes."""
    found = plan(audit)
    if found is None:
        return
    printed = stages(audit)
    pairs = [(first, size) for first, totals in printed.items() for size in sorted({*totals, *found.sizes})]
    errors = sorted({*found.alphas, *(2 * alpha for alpha in found.alphas if found.two_sided)})
    for null, alternative in _single_rates(found, audit) if pairs else ():
        designs = [
            design
            for first, size in pairs
            if first < size <= LARGEST / 2
            for alpha in errors
            if (design := two_stage(first, size, null, alternative, alpha, found.power - POWER_ROUNDING / 100))
        ]
        if designs:
            yield _two_stages(found, designs, null, alternative)


def _two_stages(found: Plan, designs: list[TwoStage], null: float, alternative: float) -> Check:
    enough = [design for design in designs if design.power >= found.power - POWER_ROUNDING / 100]
    best = min(enough, key=lambda design: design.size) if enough else max(designs, key=lambda design: design.power)
    text = (
        f"The paper plans {best.first} and in all {best.size} patients for {100 * found.power:g}% power to tell "
        f"{100 * alternative:g}% from {100 * null:g}%; going on with more than {best.stop} responders and with more than "
        f"{best.reject} in all, the power is {100 * best.power:.1f}% and the error {best.error:.3f} (Simon's two stages)."
    )
    return _finding("designs.two-stage", bool(enough), found, f"{100 * best.power:.1f}%", text, "null_rate")


def survival(audit: Audit) -> Iterator[Check]:
    """The events that a log-rank test needs for a hazard ratio (Schoenfeld, Freedman)."""
    found = plan(audit)
    if found is None or found.of("margin"):
        return
    for ratio in found.numbers("hazard_ratio"):
        for events in found.numbers("events_needed"):
            if not 0.1 < ratio < 10 or ratio == 1:
                continue
            needed = {
                name: formula(ratio, alpha, found.power)
                for name, formula in (("Schoenfeld", schoenfeld), ("Freedman", freedman))
                for alpha in found.alphas
            }
            name, nearest = min(needed.items(), key=lambda item: abs(item[1] - events))
            text = (
                f"The paper plans {events:g} events for {100 * found.power:g}% power at a hazard ratio of {ratio:g}; "
                f"{name}'s formula gives {ceil(nearest)}."
            )
            yield _finding(
                "designs.events",
                _close(events, nearest),
                found,
                str(ceil(nearest)),
                text,
                "hazard_ratio",
                "events_needed",
            )


def two_groups(audit: Audit) -> Iterator[Check]:
    """The size of a comparison of two rates or two means."""
    found = plan(audit)
    if found is None or _is_single(audit) or found.of("margin") or not found.sizes:
        return
    formulas = {
        (name, f"{100 * first:g}% and {100 * second:g}%"): number
        for first, second in _rates(found)
        for alpha in found.alphas
        for name, number in two_rates(first, second, alpha, found.power).items()
    }
    formulas |= {
        ("two means, t test", f"a difference of {distance:g} with SD {deviation:g}"): two_means(
            distance, deviation, alpha, found.power
        )
        for distance in _distances(found)
        for deviation in found.numbers("standard_deviation")
        for alpha in found.alphas
        if distance > 0 and deviation > 0
    }
    candidates = [
        (abs(size - groups * number) / size, size, groups, names, number)
        for names, number in formulas.items()
        for size in found.sizes
        for groups in (1, 2)
    ]
    if candidates:
        _, size, groups, (name, effect), number = min(candidates)
        needed = groups * ceil(number)
        if not 1 / UNRELATED < needed / size < UNRELATED:
            return
        text = (
            f"The paper plans {size} patients{'' if groups == 2 else ' a group'} for {100 * found.power:g}% power to tell "
            f"{effect} apart; the formula for {name} gives {needed}."
        )
        yield _finding("designs.two-groups", _close(size, groups * number), found, str(needed), text, "power")


def _distances(found: Plan) -> list[float]:
    """The differences of means that are stated; one in percent is of rates."""
    facts = (fact for fact in found.of("difference") if fact.unit != "%")
    return [float(fact.value) for fact in facts if isinstance(fact.value, Decimal)]


def reached(audit: Audit) -> Iterator[Check]:
    """The planned against the reached number of patients."""
    enrolled = audit.record.trial.enrolled
    targets = [fact for fact in audit.record.statistics if fact.kind == "target_n" and isinstance(fact.value, Decimal)]
    if enrolled is None or not targets:
        return
    largest = max(targets, key=lambda fact: fact.value if isinstance(fact.value, Decimal) else 0)
    planned = int(largest.value) if isinstance(largest.value, Decimal) else 0
    if enrolled > MUCH_MORE * planned:
        return  # the plan is of one group
    holds = enrolled >= planned
    text = f"{planned} patients were planned and {enrolled} enrolled" + ("." if holds else ", fewer than planned.")
    evidence = (*largest.evidence[:1], *audit.record.trial.evidence.get("enrolled", ())[:1])
    verdict: Verdict = "holds" if holds else "undecided"
    yield finding("designs.reached", verdict, str(planned), str(enrolled), text, evidence)


def _close(stated: float, needed: float) -> bool:
    return abs(stated - needed) <= max(TOLERANCE * stated, 1.5)


def _finding(kind: str, holds: bool, found: Plan, recomputed: str, text: str, *kinds: str) -> Check:
    stated = f"{100 * found.power:g}% power"
    evidence = found.evidence("power", "target_n", *kinds)
    verdict: Verdict = "holds" if holds else "undecided"
    return finding(kind, verdict, stated, recomputed, text, evidence)
