"""One outcome of one comparison, as a meta-analysis needs it: events and group sizes, or means and deviations.

The answer is taken from a record: the facts whose names are nearest to the outcome asked for, in the arms
nearest to the intervention and the comparator. What the record does not state is null.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Literal

from corpus.document import Document
from extractor.abbreviations import defined_abbreviations
from extractor.grades import grades
from extractor.likeness import similarity, telling, words
from extractor.outcome_arms import Sides, over_time, sides
from extractor.outcome_candidates import Candidate, Place, beside_baseline, candidates
from extractor.tables.print import caption_text
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Evidence, TrialRecord
from ontology.terms import terms

OutcomeType = Literal["binary", "continuous"]
BINARY = ("events", "group_size")
CONTINUOUS = ("mean", "standard_deviation", "group_size")
FIELDS: dict[str, tuple[str, ...]] = {"binary": BINARY, "continuous": CONTINUOUS}
SIDES = ("intervention", "comparator")

TIME = re.compile(r"(?P<n>\d+(?:\.\d+)?) (?P<unit>min|h|d|wk|mo|a)$")
ASKED_TIME = re.compile(
    r"\b(?P<n>\d+(?:\.\d+)?)[ -]?(?P<unit>min|h|d|wk|w|mo|y|a)(?:[a-z]*)\b|\b(?P<unit_first>day|week|month|year|hour) (?P<number>\d+)\b",
    re.IGNORECASE,
)
DAYS = {
    "min": Decimal(1) / 1440, "h": Decimal(1) / 24, "d": Decimal(1), "w": Decimal(7), "wk": Decimal(7), "mo": Decimal(30),
    "y": Decimal(365), "a": Decimal(365),
}  # fmt: skip
AFTER_TREATMENT = Decimal(10**5)
BEFORE_TREATMENT = Decimal(-(10**5))
CHANGED = re.compile(
    r"\b(?:changes?|reductions?|improvements?|decreases?|increases?|gain|loss|decline)\b", re.IGNORECASE
)
WHOLE = re.compile(r"\b(?:total|overall|all)\b", re.IGNORECASE)
# "Digestive adverse events" are events by their kind; serious ones and all of them are events.
EVENT_WORDS = words("adverse events side effects")
QUALIFIERS = words("any serious severe drug related emergent discontinuation leading grade emerging immune")
WORD = re.compile(r"[a-z0-9][a-z0-9'/-]*")
LONGEST_TERM = 6
# Below this share of common words the nearest fact is about something else.
NEAR = 0.34
# A count of this share of an arm is one of the arm, less those who left it.
MOST_OF = Decimal("0.8")
STRATA_TOLERANCE = Decimal("0.05")


@dataclass(frozen=True)
class Wording:
    """What a paper calls things: the captions of its tables by their labels, and its abbreviations with their meaning."""

    captions: Mapping[str, str] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The numbers asked for, null where the paper does not say, and where they stand."""

    values: dict[str, Decimal | int | None]
    evidence: tuple[Evidence, ...] = ()
    outcome: str | None = None
    arms: tuple[str | None, ...] = field(default=(None, None))


def answer(
    record: TrialRecord,
    *,
    intervention: str,
    comparator: str,
    outcome: str,
    kind: OutcomeType = "binary",
    wording: Wording | None = None,
) -> Answer:
    """The numbers of an outcome in the arms nearest to an intervention and a comparator."""
    question = _question(outcome, wording or Wording())
    found = list(candidates(record, question.grade))
    fitting = [candidate for candidate in found if _fits(candidate, kind)]
    labels = [candidate.arm for candidate in found if candidate.arm]
    arms = sides(record, labels, intervention, comparator)
    times = over_time(intervention, comparator) if len(record.arms) < 2 else None
    sizes = {label: _size(record, label, found) for label in arms}
    if times:
        arms = ("before", "after") if times[0] else ("after", "before")
        sizes = dict.fromkeys(arms, record.trial.evaluable or record.trial.enrolled)
        fitting = [replace(c, arm="before" if c.timepoint == "baseline" else "after", timepoint=None) for c in fitting]
    chosen = _nearest(fitting, arms, question, sizes)
    if chosen == (None, None):
        beside = [each for each in beside_baseline(record, question.wording.captions) if _fits(each, kind)]
        chosen = _nearest(beside, arms, question, sizes)
    values: dict[str, Decimal | int | None] = {}
    for side, arm, candidate in zip(SIDES, arms, chosen, strict=True):
        numbers = _numbers(candidate, kind, sizes[arm])
        values.update({f"{side}_{name}": number for name, number in zip(FIELDS[kind], numbers, strict=True)})
    evidence = tuple(place for candidate in chosen if candidate for place in candidate.evidence)
    return Answer(values, evidence, next((found.name for found in chosen if found), None), arms)


def wording(document: Document) -> Wording:
    """What a paper calls things."""
    captions = {table.label: caption_text(table) for table in document.tables if table.label}
    return Wording(captions, defined_abbreviations(document.passages))


def _fits(candidate: Candidate, kind: OutcomeType) -> bool:
    if kind == "continuous":
        return candidate.mean is not None
    return candidate.count is not None or candidate.percent is not None


@dataclass(frozen=True)
class _Question:
    """The outcome asked for, in every wording that the curated terms have for it."""

    outcome: str
    grade: str | None
    wording: Wording

    @cached_property
    def wordings(self) -> tuple[frozenset[str], ...]:
        """Its words, those of the canonical name in its place, and those with an abbreviation of the paper's for its meaning."""
        asked = telling(self.outcome) or words(self.outcome)
        if asked & EVENT_WORDS and (kind := asked - EVENT_WORDS) and not kind & QUALIFIERS:
            return (asked, kind, *self._respelt(asked), *self._respelt(kind))
        return (asked, telling(_canonical(self.outcome)), *self._respelt(asked))

    def _respelt(self, asked: frozenset[str]) -> Iterator[frozenset[str]]:
        for short, long in self.wording.abbreviations.items():
            for one, other in ((words(short), words(long)), (words(long), words(short))):
                if one and other and one <= asked:
                    yield asked - one | other

    @property
    def day(self) -> Decimal | None:
        """The day that it asks about."""
        match = ASKED_TIME.search(fold(self.outcome).lower())
        if match is None:
            return None
        unit = match["unit"] or match["unit_first"]
        return (
            Decimal(match["n"] or match["number"])
            * DAYS[unit if unit in DAYS else unit[:2] if unit == "month" else unit[0]]
        )

    def nearness(self, place: Place) -> float:
        """How near a value's name is; a name that says nothing is explained by its table."""
        offered = telling(place.name) or telling(self.wording.captions.get(place.table or "", ""))
        more = offered | words(place.population or "")
        return max(similarity(wanted, each) for wanted in self.wordings for each in (offered, more))

    def rank(self, place: Place) -> tuple[bool, bool, Decimal, bool]:
        """Of values that are equally near: changes where they are asked for, the whole, the time asked for or the last,
        all patients."""
        changes = place.is_change == bool(CHANGED.search(self.outcome))
        everybody = not place.population or bool(words(place.population) & words(self.outcome) - words(place.name))
        return changes, bool(WHOLE.search(place.name)), _time_rank(place.timepoint, self.day), everybody


def _question(outcome: str, wording: Wording) -> _Question:
    """What is asked for, and in which grade: "grade 3-4 neutropenia"; words of severity belong to the outcome."""
    folded = fold(outcome)
    graded = next((found for found in grades(folded) if not found.word), None)
    if graded is None:
        return _Question(outcome, None, wording)
    return _Question(folded[: graded.start] + folded[graded.end :], graded.grade, wording)


def _canonical(outcome: str) -> str:
    """An outcome with the longest curated term in it by its canonical name."""
    tokens = WORD.findall(fold(outcome).lower())
    for length in range(min(LONGEST_TERM, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            name = _curated().get(" ".join(tokens[start : start + length]))
            if name:
                return " ".join((*tokens[:start], name, *tokens[start + length :]))
    return outcome


@cache
def _curated() -> dict[str, str]:
    return {
        fold(form).lower(): term.name
        for kind in ("events", "endpoints")
        for term in terms(kind)
        for form in term.labels
    }


def _nearest(
    offered: Sequence[Candidate], arms: Sides, question: _Question, sizes: Mapping[str | None, int | None]
) -> tuple[Candidate | None, Candidate | None]:
    """The pair of values whose outcome is nearest, of those that as many of both arms have."""
    pairs: dict[Place, dict[str | None, Candidate]] = {}
    for candidate in offered:
        by_arm = pairs.setdefault(candidate.place, {})
        by_arm[candidate.arm] = _summed(by_arm.get(candidate.arm), candidate, sizes.get(candidate.arm))
    ranked = []
    for place, by_arm in pairs.items():
        near = question.nearness(place)
        found = [by_arm.get(arm) if arm else None for arm in arms]
        count = sum(candidate is not None for candidate in found)
        if near >= NEAR and count:
            *rank, everybody = question.rank(place)
            printed = all(
                candidate is None or candidate.percent is None or candidate.count is not None for candidate in found
            )
            ranked.append(((near, count, *rank, printed, everybody), (found[0], found[1])))
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else (None, None)


def _summed(known: Candidate | None, new: Candidate, size: int | None) -> Candidate:
    """Strata of one arm added up where together they are the arm (children and adolescents); else what is of the whole."""
    if known is None or (known.total is None and new.total is not None and new.total >= MOST_OF * (size or 0)):
        return new
    if None in (known.count, known.total, new.count, new.total, size) or known.total == size:
        return known
    if new.total == size:
        return new
    whole = (known.total or 0) + (new.total or 0)
    if abs(whole - (size or 0)) > STRATA_TOLERANCE * (size or 0):
        return known
    return replace(
        known, count=(known.count or 0) + (new.count or 0), total=whole, evidence=known.evidence + new.evidence
    )


def _time_rank(timepoint: str | None, asked: Decimal | None) -> Decimal:
    """How well a time suits: the one asked for, else what is said of no time, else the last; never baseline."""
    match = TIME.search(timepoint or "")
    if timepoint and not match:
        return BEFORE_TREATMENT
    day = Decimal(match["n"]) * DAYS[match["unit"]] if match else None
    if asked is not None:
        return -abs(day - asked) if day is not None else Decimal(-1000)
    return AFTER_TREATMENT if day is None else day


def _size(record: TrialRecord, label: str | None, offered: Sequence[Candidate]) -> int | None:
    """The size of an arm, or the group size that most of its values have."""
    size = next((arm.size for arm in record.arms if arm.label == label), None)
    totals = Counter(c.total for c in offered if label and c.arm == label and c.total is not None)
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
