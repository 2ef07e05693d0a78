"""Which schedule and route belong to which of the doses of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.dose_patterns import routes_in, schedule_of
from ontology import regex as re
from ontology.record import Schedule

Span = tuple[int, int]

# What stands behind these is said of the next dose.
LEADS_ON = re.compile(
    r";(?!\s*(?:days?\b|d ?\d|every|q ?\d|once|twice))|\b(?:followed by|then|thereafter|subsequently|combined with|in combination with|while|whereas|but)\b"
    r"|,? and (?:were|was) (?:randomi[sz]ed|then)\b|\)(?=\s(?:or|versus|vs|plus|and|in|group|arm)\b)",
    re.IGNORECASE,
)
# Doses on the two sides of these are of different arms or times.
APART = re.compile(
    r";(?!\s*(?:days?\b|d ?\d|every|q ?\d|once|twice))|\)\s*(?:(?:or|versus|vs\.?)\b|(?:and|in) (?:the|those|in|group|arm)\b)|\b(?:or|versus|vs|while|whereas|followed by|then|thereafter|but|placebo)\b",
    re.IGNORECASE,
)
# "2.5, 5 or 10 mg" is one list.
LIST = re.compile(r"[\s,/]*(?:or|and)?\s*")
DAILY_DOSE = re.compile(r"\bdaily dos\w+", re.IGNORECASE)
# "escalated every 4 weeks to": how often the dose changes, not how often it is given.
STEPPED = re.compile(
    r"\b(?:escalat|increas|titrat|rais|reduc|taper)\w+[^.;,]{0,30}? (?:every|each|at|weekly|monthly)\b[^.;,]{0,25}$",
    re.IGNORECASE,
)
JOINT = re.compile(r"[,;]|\band\b|\bplus\b|\bor\b|\bwith\b")
# "on days 1, 8, and 15": a figure that is no dose goes on with the schedule.
FIGURE = re.compile(r"\s*(?:and\s+)?\d")
REACH = 60
DAILY = frozenset(
    {
        "once daily",
        "twice daily",
        "three times daily",
        "four times daily",
        "every 12 hours",
        "every 8 hours",
        "every 6 hours",
    }
)
LOOSE_END = re.compile(r"(?:\b(?:and|or|plus|with|the|of|an?|to|in|for|by|as)\b|[\s,;:.()-])+$", re.IGNORECASE)
MAX_TEXT = 120


@dataclass(frozen=True, slots=True)
class Given:
    """How a dose is given."""

    schedule: Schedule | None
    route: str | None


@dataclass(frozen=True, slots=True)
class _Words:
    """What is printed around one dose: before it, behind it, and whether the next is given together with it."""

    before: str
    after: str
    together: bool


def given(text: str, amounts: Sequence[Span], drugs: Sequence[Span], named: Sequence[Span]) -> list[Given]:
    """How each of the doses of a sentence is given; what a dose lacks comes from the one behind it, then the one before it."""
    words = _words(text, amounts, drugs, named)
    found: list[Given] = []
    for place in reversed(range(len(words))):
        behind = found[0] if found and words[place].together else None
        found.insert(0, _given(words[place], behind))
    for place, (one, other) in enumerate(pairwise(found)):
        if other.route is None and words[place].together and not schedule_of(words[place].after)[0]:
            found[place + 1] = Given(other.schedule, one.route)
    return found


def _words(text: str, amounts: Sequence[Span], drugs: Sequence[Span], named: Sequence[Span]) -> list[_Words]:
    """The words that belong to each dose; those about a drug end where another is `named`."""
    ends = [0, *(end for _, end in amounts)]
    starts = [_start(drug, amount, last) for drug, amount, last in zip(drugs, amounts, ends, strict=False)]
    for place, (one, other) in enumerate(pairwise(drugs), 1):
        if one == other:
            starts[place] = amounts[place][0]
    words: list[_Words] = []
    lead = max(0, starts[0] - REACH) if starts else 0
    for place, (_, end) in enumerate(amounts):
        following = amounts[place + 1][0] if place + 1 < len(amounts) else len(text)
        others = [start for start, last in named if end <= start < following and (start, last) != drugs[place]]
        stop = min([max(end, starts[place + 1]) if place + 1 < len(amounts) else len(text), *others])
        cut = _end(text, end, stop, is_last=stop == len(text))
        before = JOINT.split(text[min(lead, starts[place]) : starts[place]])[-1]
        again = place + 1 < len(drugs) and drugs[place] == drugs[place + 1]
        apart = (again or APART.search(text, end, following)) and not LIST.fullmatch(text, end, following)
        before = STEPPED.sub("", DAILY_DOSE.sub("", before)) + _form(text, drugs[place])
        words.append(_Words(before, text[end:cut], place + 1 < len(amounts) and not apart))
        lead = cut
    return words


def _form(text: str, drug: Span) -> str:
    """The words of a drug's name that tell its route: "subcutaneous semaglutide"."""
    name = text[slice(*drug)]
    return f" {name}" if " " in name else ""


def _start(drug: Span, amount: Span, last: int) -> int:
    """Where the print of a dose begins: at its drug, where that stands between the last dose and the amount."""
    return drug[0] if last <= drug[0] and drug[1] <= amount[0] <= drug[1] + REACH else amount[0]


def _end(text: str, start: int, stop: int, *, is_last: bool) -> int:
    """Where the words about a dose end: where the text leads on, or at the last joint before the next dose."""
    leads = LEADS_ON.search(text, start, stop)
    if leads:
        return leads.start()
    begin = _bracket_end(text, start, stop)
    joints = [match.start() for match in JOINT.finditer(text, begin, stop) if not FIGURE.match(text, match.end(), stop)]
    return joints[-1] if joints and not is_last else stop


def _bracket_end(text: str, start: int, stop: int) -> int:
    """Where the bracket around a dose ends, "(400 mg, 3 times per day)"; `start` where there is none."""
    end = text.find(")", start, stop)
    opened = text.rfind("(", 0, start) > text.rfind(")", 0, start)
    return end if opened and end >= 0 and "(" not in text[start:end] else start


def _given(words: _Words, behind: Given | None) -> Given:
    own, own_route = schedule_of(words.after)
    lead, _ = schedule_of(words.before)
    mine, early = own or Schedule(), lead or Schedule()
    theirs = (behind.schedule if behind else None) or Schedule()
    timed = bool(mine.frequency or mine.days or early.frequency or early.days)
    cycled = not timed or bool(mine.days or early.days) or (mine.frequency or early.frequency) in DAILY
    values = {
        "frequency": mine.frequency or early.frequency or (None if timed else theirs.frequency),
        "days": mine.days or early.days or (() if timed else theirs.days),
        "cycle_length": mine.cycle_length or early.cycle_length or (theirs.cycle_length if cycled else None),
        "cycle_unit": mine.cycle_unit or early.cycle_unit or (theirs.cycle_unit if cycled else None),
        "infusion_minutes": mine.infusion_minutes or early.infusion_minutes,
    }
    route = own_route or routes_in(words.before) or (behind.route if behind and not own else None)
    if not any(values.values()):
        return Given(None, route)
    return Given(Schedule(text=_print(words.after) if own else None, **values), route)


def _print(words: str) -> str | None:
    """The words of a schedule without what they are joined to the next by."""
    return LOOSE_END.sub("", " ".join(words.split()).strip(" ,;:()"))[:MAX_TEXT].strip() or None
