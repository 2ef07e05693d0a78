"""Parts against their whole: arms and totals, categories, randomised groups, grades of events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from extractor.checks.audit import Audit, Verdict, finding, label, place
from extractor.quantities import INTEGER, count
from ontology import regex as re
from ontology.record import AdverseEvent, Baseline, Check, Evidence

# Categories of these exclude each other, so their counts cannot exceed the group.
EXCLUSIVE = re.compile(r"^(?:sex|gender)\b(?!.*\b(?:hormone|partner|activ))", re.IGNORECASE)
RANDOMISED = re.compile(
    rf"\b(?P<whole>{INTEGER}) (?:[a-z-]+ ){{0,3}}(?:patients|subjects|participants|women|men|children|individuals|volunteers|infants|adults|people)"
    r"(?: \([^()]*\))? (?:[a-z-]+ ){0,3}(?:randomi[sz]ed|randomly|assigned|allocated|enrolled and randomi[sz]ed)\b",
    re.IGNORECASE,
)
GROUP_SIZE = re.compile(rf"\(? ?\bn ?= ?(?P<n>{INTEGER})\b(?! ?/)(?! of)", re.IGNORECASE)
FEW = 3
# Arms that keep fewer than this part of the enrolled patients are another population.
LEFT = 0.7


def total_columns(audit: Audit) -> Iterator[Check]:
    """Rows of a table whose column for all patients must be the sum of the arms' columns.

    A row fails only where at least three other rows of the table, and three quarters of them, add up.
    """
    for rows in _tables_with_totals(audit.record.baseline):
        right = [row for row in rows if _whole(row) == sum(_parts(row))]
        if len(right) < FEW:
            continue
        for row in rows:
            holds = row in right
            proven = len(right) >= 3 * (len(rows) - len(right))
            verdict: Verdict = "holds" if holds else "fails" if proven else "undecided"
            yield _sum(row, verdict)


def _tables_with_totals(facts: Iterable[Baseline]) -> Iterator[list[list[Baseline]]]:
    """The rows of each table that print counts for every arm and for all; the whole comes last."""
    tables: dict[str, dict[int, list[Baseline]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        home = fact.evidence[0]
        if fact.count is not None and home.table is not None and home.row is not None:
            tables[home.table][home.row].append(fact)
    for rows in tables.values():
        full = [sorted(row, key=lambda fact: fact.arm is None) for row in rows.values() if _is_full(row)]
        widest = max((len(row) for row in full), default=0)
        yield [row for row in full if len(row) == widest]


def _is_full(row: list[Baseline]) -> bool:
    arms = [fact.arm for fact in row]
    one_thing = len({(fact.variable, fact.category) for fact in row}) == 1
    return one_thing and arms.count(None) == 1 and len(set(arms)) == len(arms) >= 3


def _whole(row: list[Baseline]) -> int:
    return row[-1].count or 0


def _parts(row: list[Baseline]) -> list[int]:
    return [fact.count or 0 for fact in row[:-1]]


def _sum(row: list[Baseline], verdict: Verdict) -> Check:
    total, terms = sum(_parts(row)), " + ".join(map(str, _parts(row)))
    text = (
        f"{place(row[-1].evidence[0])} prints {_whole(row)} for {label(row[-1])} in all patients; "
        f"the arms' {terms} make {total}."
    )
    return finding("sums.columns", verdict, str(_whole(row)), str(total), text, (fact.evidence[0] for fact in row))


def categories(audit: Audit) -> Iterator[Check]:
    """Counts of the categories of a variable against the size of the group.

    Only categories that exclude each other can fail, and only where they exceed the group.
    """
    groups: dict[tuple[object, ...], list[Baseline]] = defaultdict(list)
    for fact in audit.record.baseline:
        if fact.count is not None and fact.total and fact.category and fact.evidence[0].table:
            groups[fact.variable, fact.arm, fact.total, fact.evidence[0].table].append(fact)
    for (variable, arm, size, table), facts in groups.items():
        terms = [fact.count or 0 for fact in facts]
        if len(terms) < 2 or not isinstance(size, int):
            continue
        exceeds = sum(terms) > size and bool(EXCLUSIVE.match(str(variable)))
        if sum(terms) != size and not exceeds:
            continue
        who = f" in {arm}" if arm else ""
        text = (
            f"{table} prints {', '.join(map(str, terms))} for the categories of {variable}{who}; "
            f"they make {sum(terms)} of a group of {size}."
        )
        verdict: Verdict = "fails" if exceeds else "holds"
        yield finding("sums.categories", verdict, str(size), str(sum(terms)), text, (f.evidence[0] for f in facts))


def randomised(audit: Audit) -> Iterator[Check]:
    """Groups named with their sizes in the sentence that says how many were randomised: they must make the whole."""
    for passage in audit.prose:
        text = passage.search
        if "random" not in text and "assigned" not in text:
            continue
        for match in RANDOMISED.finditer(text):
            stop = re.search(r"[.;](?:\s|$)", text[match.end() :])
            end = match.end() + stop.start() if stop else len(text)
            sizes = list(GROUP_SIZE.finditer(text, match.end(), end))
            whole = count(match["whole"])
            parts = [count(found["n"]) or 0 for found in sizes]
            if whole is None or len(parts) < 2:
                continue
            evidence = passage.evidence(match.start(), sizes[-1].end())
            yield _groups(whole, parts, evidence)


def _groups(whole: int, parts: list[int], evidence: tuple[Evidence, ...]) -> Check:
    holds = sum(parts) == whole
    text = (
        f"{place(evidence[0])} prints {whole} patients and groups of {', '.join(map(str, parts))}; "
        f"the groups make {sum(parts)}."
    )
    return finding("sums.randomised", "holds" if holds else "undecided", str(whole), str(sum(parts)), text, evidence)


def arm_sizes(audit: Audit) -> Iterator[Check]:
    """The sizes of the arms against the number of patients enrolled."""
    trial, arms = audit.record.trial, audit.record.arms
    sizes = [arm.size for arm in arms if arm.size]
    if trial.enrolled is None or len(sizes) < 2 or len(sizes) < len(arms):
        return
    if not LEFT * trial.enrolled <= sum(sizes) <= trial.enrolled:
        return
    evidence = (*trial.evidence.get("enrolled", ())[:1], *(arm.evidence[0] for arm in arms))
    holds = sum(sizes) == trial.enrolled
    text = f"{trial.enrolled} patients were enrolled; arms of {', '.join(map(str, sizes))} make {sum(sizes)}" + (
        "." if holds else ", so the arms are counted after exclusions or of another population."
    )
    verdict: Verdict = "holds" if holds else "undecided"
    yield finding("sums.arms", verdict, str(trial.enrolled), str(sum(sizes)), text, evidence)


def populations(audit: Audit) -> Iterator[Check]:
    """No more patients are evaluable or treated than were enrolled."""
    trial = audit.record.trial
    for name, size in (("evaluable", trial.evaluable), ("safety_population", trial.safety_population)):
        if trial.enrolled is None or size is None:
            continue
        holds = size <= trial.enrolled
        text = f"{trial.enrolled} patients were enrolled; the {name.replace('_', ' ')} are {size}, {'no more' if holds else 'more'}."
        evidence = (*trial.evidence.get("enrolled", ())[:1], *trial.evidence.get(name, ())[:1])
        verdict: Verdict = "holds" if holds else "undecided"
        yield finding("sums.populations", verdict, str(trial.enrolled), str(size), text, evidence)


def grades(audit: Audit) -> Iterator[Check]:
    """Patients with an event of a grade against those with the event of any grade: never more, in one table.

    One fails only where three others of the table, and three quarters of them, hold.
    """
    tables: dict[str | None, list[Graded]] = defaultdict(list)
    for facts in _by_event(audit.record.adverse_events).values():
        whole = facts.get("any")
        for grade, part in facts.items():
            figures = _comparable(part, whole) if whole and grade not in ("any", "5") else None
            if whole and figures:
                tables[whole.evidence[0].table].append((part, whole, *figures))
    for found in tables.values():
        held = sum(holds for *_, holds in found)
        proven = held >= FEW and held >= 3 * (len(found) - held)
        for one in found:
            yield _grade(*one, proven=proven)


def grade_sums(audit: Audit) -> Iterator[Check]:
    """Grades counted apart against the same grades counted together (worst grade a patient)."""
    for facts in _by_event(audit.record.adverse_events).values():
        for whole, parts in (("3-4", ("3", "4")), ("any", ("1-2", "3-4")), ("any", ("1", "2", "3", "4"))):
            counted = [facts[grade].count for grade in (*parts, whole) if grade in facts]
            if len(counted) < len(parts) + 1 or None in counted:
                continue
            *terms, total = (number or 0 for number in counted)
            if sum(terms) != total and whole == "any":
                continue
            yield _together(facts[whole], [facts[grade] for grade in parts])


def _by_event(events: Iterable[AdverseEvent]) -> dict[tuple[object, ...], dict[str, AdverseEvent]]:
    """The facts of each event in one arm of one table by their grade; an event printed twice is left out."""
    found: dict[tuple[object, ...], dict[str, AdverseEvent]] = defaultdict(dict)
    twice: set[tuple[object, ...]] = set()
    for event in events:
        home = event.evidence[0]
        if home.table is None or event.grade is None:
            continue
        key = (home.table, event.term, event.arm, event.relatedness, event.consequence, event.total)
        if event.grade in found[key]:
            twice.add(key)
        found[key][event.grade] = event
    return {key: facts for key, facts in found.items() if key not in twice}


def _comparable(part: AdverseEvent, whole: AdverseEvent) -> tuple[str, str, bool] | None:
    if part.count is not None and whole.count is not None:
        return str(part.count), str(whole.count), part.count <= whole.count
    if part.percent is not None and whole.percent is not None:
        return f"{part.percent}%", f"{whole.percent}%", part.percent <= whole.percent
    return None


Graded = tuple[AdverseEvent, AdverseEvent, str, str, bool]


def _grade(part: AdverseEvent, whole: AdverseEvent, some: str, most: str, holds: bool, *, proven: bool) -> Check:
    # A column of zeros beside events is the rest of another row.
    sure = proven and part.evidence[0].row == whole.evidence[0].row and bool(whole.count or whole.percent)
    verdict: Verdict = "holds" if holds else "fails" if sure else "undecided"
    text = (
        f"{place(part.evidence[0])} prints {some} for {label(part)} and {most} for any grade; "
        f"{'no more' if holds else 'more'} patients than with any grade."
    )
    return finding("sums.grades", verdict, most, some, text, (whole.evidence[0], part.evidence[0]))


def _together(whole: AdverseEvent, parts: list[AdverseEvent]) -> Check:
    terms = [part.count or 0 for part in parts]
    holds = sum(terms) == whole.count
    same_row = len({fact.evidence[0].row for fact in (whole, *parts)}) == 1
    verdict: Verdict = "holds" if holds else "undecided"
    if not holds and same_row and (whole.count or 0) > sum(terms):
        verdict = "fails"
    text = (
        f"{place(whole.evidence[0])} prints {whole.count} for {label(whole)}; the grades apart, "
        f"{' + '.join(map(str, terms))}, make {sum(terms)}."
    )
    evidence = (fact.evidence[0] for fact in (whole, *parts))
    return finding("sums.grades", verdict, str(whole.count), str(sum(terms)), text, evidence)
