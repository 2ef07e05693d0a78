"""Results against each other: what cannot be more than something else, and the same figure in table and text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from extractor.checks.audit import Audit, Counted, Verdict, finding, label, place
from extractor.checks.pairs import same
from ontology import regex as re
from ontology.record import AdverseEvent, Baseline, Check, Evidence, Result

# The first can never exceed the second in one group of patients.
NO_MORE: tuple[tuple[str, str, str], ...] = (
    ("rate", "complete response", "objective response rate"),
    ("rate", "partial response", "objective response rate"),
    ("rate", "objective response rate", "disease control rate"),
    ("rate", "progression-free survival", "overall survival"),
    ("rate", "disease-free survival", "overall survival"),
    ("rate", "event-free survival", "overall survival"),
    ("median", "progression-free survival", "overall survival"),
    ("median", "disease-free survival", "overall survival"),
)
SENTENCE_END = re.compile(r"\. (?=[A-Z])")
TABLE_NUMBER = re.compile(r"[\dIVX]+$")
# Characters behind a figure in which its sentence names the table.
SENT = 200
MONTHS = {"mo": Decimal(1), "wk": Decimal(12) / 52, "a": Decimal(12), "d": Decimal(12) / 365}


def order(audit: Audit) -> Iterator[Check]:
    """Complete responders are no more than responders, these no more than those with disease control, and patients
    progress no later than they die; in one table or one sentence, arm and time.
    """
    groups: dict[tuple[object, ...], dict[str, list[Result]]] = defaultdict(lambda: defaultdict(list))
    for fact in audit.record.results:
        value = _value(fact)
        if value is not None and fact.evidence:
            key = (fact.statistic, fact.arm, fact.population, fact.timepoint, fact.assessment, fact.evidence[0].table)
            groups[key][fact.endpoint].append(fact)
    for (statistic, *_), endpoints in groups.items():
        for kind, less, more in NO_MORE:
            some, most = endpoints.get(less, []), endpoints.get(more, [])
            if kind == statistic and len(some) == len(most) == 1:
                yield _order(some[0], most[0])


def _value(fact: Result) -> Decimal | None:
    if fact.statistic == "median" and fact.value is not None:
        scale = MONTHS.get(fact.unit or "")
        return fact.value * scale if scale else None
    return fact.value if fact.statistic == "rate" else None


def _order(less: Result, more: Result) -> Check:
    first, second = _value(less) or Decimal(0), _value(more) or Decimal(0)
    holds = first <= second
    verdict: Verdict = "holds" if holds else "undecided"
    text = (
        f"{place(less.evidence[0])} prints {less.value} for {label(less)} and {more.value} for {label(more)}; "
        f"{'no more' if holds else 'more'}."
    )
    evidence = (less.evidence[0], more.evidence[0])
    return finding("results.order", verdict, str(less.value), str(more.value), text, evidence)


def places(audit: Audit) -> Iterator[Check]:
    """The same figure stands in a table and in the text; the same count of different totals is doubted."""
    told = {_name(fact) for fact in audit.counted if not fact.evidence[0].table}
    alike: dict[tuple[object, ...], list[Counted]] = defaultdict(list)
    for fact in audit.counted:
        if _name(fact) in told:
            alike[(type(fact), *(_folded(getattr(fact, name)) for name in fact.key if name != "value"))].append(fact)
        table = next((one for one in fact.evidence if one.table and fact.count is not None), None)
        prose = next((one for one in fact.evidence if not one.table), None)
        if table and prose and not isinstance(fact, Baseline):
            printed = _figures(fact)
            text = f"{place(table)} and {place(prose)} print the same for {label(fact)}: {printed}."
            yield finding("voices.places", "holds", printed, printed, text, (table, prose))
    for facts in alike.values():
        yield from _totals(facts)
        yield from _otherwise(facts, audit)


def _name(fact: Counted) -> object:
    return _folded(getattr(fact, fact.key[0]))


def _folded(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _figures(fact: Counted) -> str:
    percent = fact.value if isinstance(fact, Result) and fact.statistic == "rate" else None
    percent = fact.percent if isinstance(fact, AdverseEvent) else percent
    of = f"/{fact.total}" if fact.total else ""
    return f"{fact.count}{of}" + (f" ({percent}%)" if percent is not None else "")


def _otherwise(facts: list[Counted], audit: Audit) -> Iterator[Check]:
    """A figure that text and table print differently; it fails where the sentence sends the reader to that table."""
    tabled = [fact for fact in facts if fact.evidence[0].table]
    for told in facts if len(tabled) == 1 else ():
        first, home = tabled[0], told.evidence[0]
        printed, value = (_percent(first), _percent(told))
        sign = "%"
        if printed is None or value is None:
            printed, value, sign = _count(first), _count(told), ""
        if home.table or printed is None or value is None or isinstance(told, Baseline) or same(value, printed):
            continue
        if told.count and told.count == first.count:
            continue
        other = told.total and first.total and told.total != first.total
        # "16 reactions in 14 patients": a table can count the events.
        other = other or (not sign and isinstance(told, AdverseEvent))
        verdict: Verdict = "fails" if _sent(home, first.evidence[0], audit) and not other else "undecided"
        text = f"{place(first.evidence[0])} prints {printed}{sign} and {place(home)} {value}{sign} for {label(first)}."
        yield finding("voices.places", verdict, f"{printed}{sign}", f"{value}{sign}", text, (first.evidence[0], home))


def _sent(home: Evidence, table: Evidence, audit: Audit) -> bool:
    """Whether the sentence of a figure names the table behind it."""
    after = SENTENCE_END.split(audit.document.text[home.end : home.end + SENT])[0]
    number = TABLE_NUMBER.search(table.table or "")
    return bool(number and re.once(rf"[Tt]able {number[0]}\b").search(after))


def _percent(fact: Counted) -> Decimal | None:
    if isinstance(fact, Result):
        return fact.value if fact.statistic == "rate" else None
    return fact.percent


def _count(fact: Counted) -> Decimal | None:
    return None if fact.count is None else Decimal(fact.count)


def _totals(facts: list[Counted]) -> Iterator[Check]:
    """A count that is printed out of one total here and of another there."""
    for place_, first in enumerate(facts):
        for second in facts[place_ + 1 :]:
            apart = (first.evidence[0].table is None) != (second.evidence[0].table is None)
            if apart and first.count and first.count == second.count and first.total and second.total != first.total:
                if second.total is None:
                    continue
                here, there = place(first.evidence[0]), place(second.evidence[0])
                text = (
                    f"{here} prints {_figures(first)} and {there} {_figures(second)} for {label(first)}; "
                    "the totals differ."
                )
                evidence = (first.evidence[0], second.evidence[0])
                yield finding("voices.places", "undecided", _figures(first), _figures(second), text, evidence)
