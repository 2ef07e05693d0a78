"""One paper, one voice: what the abstract says beside what the text and the tables say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from extractor.checks.arithmetic import decimals
from extractor.checks.audit import Audit, Verdict, finding, place
from extractor.checks.estimates import Estimate, estimates
from ontology.record import Check, Evidence


def restated(audit: Audit) -> Iterator[Check]:
    """Estimates of the abstract that the body states again; one with the same interval and another value fails."""
    own = [found for found in estimates(audit) if found.in_abstract]
    body = [found for found in estimates(audit) if not found.in_abstract]
    for found in own:
        twins = [other for other in body if _same(found.low, other.low) and _same(found.high, other.high)]
        twin = next((other for other in twins if _same(found.value, other.value)), None)
        if twin is None and twins and twins[0].statistic in (found.statistic, None):
            yield _told(found, twins[0])
        elif twin is not None:
            yield _told(found, twin)


def _told(found: Estimate, other: Estimate) -> Check:
    holds = _same(found.value, other.value)
    here, there = place(found.evidence[0]), place(other.evidence[0])
    text = (
        f"The abstract ({here}) prints {found.printed} and {there} prints {other.printed}; "
        f"{'the same' if holds else 'the same interval around another value'}."
    )
    evidence = (*found.evidence[:1], *other.evidence[:1])
    wide = decimals(found.low) >= 1 or decimals(found.high) >= 1
    verdict: Verdict = "holds" if holds else "fails" if wide else "undecided"
    return finding("voices.estimate", verdict, found.printed, other.printed, text, evidence)


def p_values(audit: Audit) -> Iterator[Check]:
    """The same estimate with the same interval has one p-value."""
    told: dict[tuple[Decimal, Decimal, Decimal], Estimate] = {}
    for found in estimates(audit):
        if found.p is None or found.p.relation != "=" or decimals(found.low) < 1:
            continue
        first = told.setdefault((found.value, found.low, found.high), found)
        if first is found or first.p is None:
            continue
        holds = _same(first.p.value, found.p.value)
        text = (
            f"{place(first.evidence[0])} prints P={first.p.value} and {place(found.evidence[0])} P={found.p.value} "
            f"for {found.printed}."
        )
        evidence = (*first.evidence[:1], *found.evidence[:1])
        verdict: Verdict = "holds" if holds else "undecided"
        yield finding("voices.p-value", verdict, f"P={first.p.value}", f"P={found.p.value}", text, evidence)


def denominators(audit: Audit) -> Iterator[Check]:
    """An arm is counted out of the same number of patients in every table."""
    sizes: dict[str, dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    homes: dict[tuple[str, str, int], Evidence] = {}
    for fact in audit.counted:
        home = fact.evidence[0]
        if home.table is None or not fact.total or not fact.arm:
            continue
        sizes[fact.arm][home.table][fact.total] += 1
        homes.setdefault((fact.arm, home.table, fact.total), home)
    for arm, tables in sizes.items():
        usual = {table: counter.most_common(1)[0][0] for table, counter in tables.items()}
        if len(usual) < 2:
            continue
        evidence = [homes[arm, table, size] for table, size in usual.items()]
        counted = ", ".join(f"{size} in {table}" for table, size in usual.items())
        verdict: Verdict = "holds" if len(set(usual.values())) == 1 else "undecided"
        text = f"{arm} is counted out of {counted}."
        numbers = [str(size) for size in dict.fromkeys(usual.values())]
        yield finding("voices.denominators", verdict, numbers[0], " and ".join(numbers), text, evidence)


def _same(one: Decimal, other: Decimal) -> bool:
    """Whether two printed numbers are the same, the one with more decimals rounded (or cut) to fewer."""
    places = min(decimals(one), decimals(other))
    unit = Decimal(1).scaleb(-places)
    return abs(round(one, places) - round(other, places)) == 0 or (
        decimals(one) != decimals(other) and abs(one - other) < unit
    )
