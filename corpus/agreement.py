"""When two facts say the same: values made comparable, arms and terms given one name.

A fact becomes a flat dictionary of comparable values (`ci.low`, `schedule.frequency`); what it does not
state is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel

from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Arm, Criterion, Fact, Schedule, TrialRecord
from ontology.terms import terms

Plain = Mapping[str, Any]

# Where a fact stands, what is printed around it and its other names are not what it says.
UNSCORED = frozenset("evidence rule rules synonyms printed_unit text raw definition affiliations".split())

# The curated terms that give a field its canonical name; a field name alone, or one of a list.
VOCABULARY = {
    "drug": "drugs",
    "drugs": "drugs",
    "drugs.name": "drugs",
    "endpoint": "endpoints",
    "endpoints.name": "endpoints",
    "term": "events",
    "condition": "conditions",
    "conditions.name": "conditions",
    "biomarkers.name": "biomarkers",
}
ARM_FIELDS = ("arm", "comparator", "arms.label")

# Words that say nothing of which arm, and names of all arms together.
ARM_WORDS = re.compile(r"\b(?:arms?|groups?|the|patients?|treatment|therapy|cohort|alone|only)\b")
WHOLE_TRIAL = frozenset({"all", "total", "overall", "all arms", "both arms", "both", "combined", "whole"})

# The main population is what a paper means when it names none.
MAIN_POPULATION = frozenset(
    {
        "intention to treat",
        "intent to treat",
        "itt",
        "full analysis set",
        "fas",
        "all",
        "overall",
        "evaluable",
        "efficacy evaluable",
        "response evaluable",
        "main",
    }
)
POPULATION_WORDS = re.compile(r"\b(?:populations?|patients?|tumou?rs?|analysis|analyses|cohort|participants?)\b")

GRADE_SIGNS = {"≥": ">=", "≤": "<=", "/": "-", "all": "any", "any grade": "any", " or ": "-", " and ": "-", " to ": "-"}
DURATION = re.compile(r"^(\d+(?:\.\d+)?) ?(min|h|d|wk|mo|a)$")
DAYS = {
    "min": Decimal(1) / 1440,
    "h": Decimal(1) / 24,
    "d": Decimal(1),
    "wk": Decimal(7),
    "mo": Decimal("30.4375"),
    "a": Decimal("365.25"),
}
WORD = re.compile(r"[\w%<>=+.]+")
NO_POINT = re.compile(r"\.(?:(?<!\d\.)|(?!\d))")
BRITISH = (("ae", "e"), ("oe", "e"), ("isation", "ization"), ("ised", "ized"), ("tumour", "tumor"))


def folded(text: str) -> str:
    """A name without case, punctuation and British spelling."""
    words = " ".join(WORD.findall(fold(text).replace("≥", ">=").replace("≤", "<=").casefold()))
    plain = " ".join(NO_POINT.sub(" ", words).split())
    for british, american in BRITISH:
        plain = plain.replace(british, american)
    return plain


@cache
def canonical_names(kind: str) -> Mapping[str, str]:
    """Every folded label of a kind of curated terms, with the folded name it stands for."""
    try:
        entries = terms(kind)
    except FileNotFoundError:
        return {}
    names = {folded(term.name): folded(term.name) for term in entries}
    for term in entries:
        for label in term.synonyms:
            names.setdefault(folded(label), folded(term.name))
    return names


def arm_key(label: str) -> str:
    """An arm's label without the words that say nothing; empty for all arms together."""
    plain = folded(label)
    short = " ".join(ARM_WORDS.sub(" ", plain).split())
    return "" if plain in WHOLE_TRIAL or short in WHOLE_TRIAL else short or plain


@dataclass(frozen=True)
class Names:
    """The names of one side of a comparison: its arms as the gold calls them, its drugs' other names."""

    arms: Mapping[str, str] = field(default_factory=dict)
    drugs: Mapping[str, str] = field(default_factory=dict)

    def arm(self, label: str | None) -> str | None:
        """The gold's key of an arm; None for the whole trial, and for the only arm of a single-arm trial."""
        if label is None:
            return None
        key = arm_key(label)
        return self.arms.get(key, key) or None

    def term(self, kind: str, text: str) -> str:
        """The canonical name of a term."""
        plain = folded(text)
        if kind == "drugs":
            plain = self.drugs.get(plain, plain)
        return canonical_names(kind).get(plain, plain)


def arm_labels(arm: Arm) -> frozenset[str]:
    """Every key an arm goes by."""
    return frozenset(arm_key(label) for label in (arm.label, *arm.synonyms))


def arm_likeness(gold: Arm, found: Arm, names: Names) -> float:
    """How sure it is that two arms are one: 0 (no sign) upwards."""
    score = 0.0
    if arm_key(gold.label) == arm_key(found.label):
        score += 10
    elif arm_labels(gold) & arm_labels(found):
        score += 8
    drugs = [frozenset(names.term("drugs", drug) for drug in arm.drugs) for arm in (gold, found)]
    if drugs[0] and drugs[0] == drugs[1]:
        score += 4
    if gold.size is not None and gold.size == found.size:
        score += 1.5
    if gold.role and gold.role == found.role:
        score += 1
    words = [set(" ".join(arm_labels(arm)).split()) for arm in (gold, found)]
    return score + 3 * len(words[0] & words[1]) / max(1, len(words[0] | words[1]))


def align_arms(gold: TrialRecord, found: TrialRecord, names: Names) -> tuple[dict[str, str], dict[str, str]]:
    """For the gold and the found side: from every arm key to the gold's key; best pairs first, each arm once."""
    alone = 4 if len(gold.arms) == len(found.arms) == 1 else 0
    pairs = sorted(
        (
            (alone + arm_likeness(g, f, names), -i, -k)
            for i, g in enumerate(gold.arms)
            for k, f in enumerate(found.arms)
        ),
        reverse=True,
    )
    partner: dict[int, int] = {}
    for likeness, i, k in pairs:
        if likeness >= 4 and -k not in partner and -i not in partner.values():
            partner[-k] = -i
    single = len(gold.arms) == 1
    keys = ["" if single else arm_key(arm.label) for arm in gold.arms]
    ours = {label: key for arm, key in zip(gold.arms, keys, strict=True) for label in arm_labels(arm)}
    theirs = dict(ours)
    for k, i in partner.items():
        theirs.update(dict.fromkeys(arm_labels(found.arms[k]), keys[i]))
    return ours, theirs


def drug_names(record: TrialRecord) -> dict[str, str]:
    """From the folded synonyms of a record's drugs to their folded names."""
    return {folded(label): folded(drug.name) for drug in record.drugs for label in drug.synonyms}


def names_of(gold: TrialRecord, found: TrialRecord) -> tuple[Names, Names]:
    """The names of both sides, so that one thing has one name."""
    drugs = drug_names(found) | drug_names(gold)
    ours, theirs = align_arms(gold, found, Names(drugs=drugs))
    return Names(ours, drugs), Names(theirs, drugs)


def comparable(list_name: str, name: str, value: Any, names: Names) -> Any:
    """A value in the form in which equal values are equal."""
    if name in ARM_FIELDS or f"{list_name}.{name}" in ARM_FIELDS:
        return _arm(list_name, value, names)
    if isinstance(value, (tuple, list)):
        return frozenset(comparable(list_name, name, item, names) for item in value) or None
    if isinstance(value, BaseModel):
        return frozenset(flatten(list_name, value, names).items())
    if not isinstance(value, str):
        return value or None if isinstance(value, bool) else value
    return _text(list_name, name, value, names)


def _arm(list_name: str, value: Any, names: Names) -> Any:
    key = names.arm(value)
    return key or "single" if list_name == "arms" else key


def _text(list_name: str, name: str, value: str, names: Names) -> Any:
    kind = VOCABULARY.get(f"{list_name}.{name}") or VOCABULARY.get(name)
    if kind:
        return names.term(kind, value)
    if name in NORMAL:
        return NORMAL[name](value)
    return value if name == "unit" else folded(value)


def _grade(value: str) -> str | None:
    plain = fold(value).casefold().removeprefix("grade").strip()
    for sign, meaning in GRADE_SIGNS.items():
        plain = plain.replace(sign, meaning)
    return None if plain == "any" else plain.replace(" ", "")


def _population(value: str) -> str | None:
    plain = " ".join(POPULATION_WORDS.sub(" ", folded(value)).split())
    return None if plain in MAIN_POPULATION else plain or None


def _timepoint(value: str) -> Any:
    match = DURATION.match(value.strip())
    return round(Decimal(match[1]) * DAYS[match[2]], 1) if match else folded(value)


NORMAL = {"grade": _grade, "population": _population, "timepoint": _timepoint}


def _in_days(schedule: Schedule) -> Schedule:
    """A schedule with its cycle in days: three weeks are 21 days."""
    days = DAYS.get(schedule.cycle_unit or "")
    if days is None or schedule.cycle_length is None:
        return schedule
    return schedule.model_copy(update={"cycle_length": schedule.cycle_length * days, "cycle_unit": "d"})


def _from_zero(criterion: Criterion) -> Criterion:
    """A criterion whose range begins at zero as the upper limit that it is: a performance status of 0 to 2 is at most 2."""
    if criterion.operator != "range" or criterion.value != 0 or criterion.value_max is None:
        return criterion
    return criterion.model_copy(update={"operator": "<=", "value": criterion.value_max, "value_max": None})


def flatten(list_name: str, model: BaseModel, names: Names, prefix: str = "") -> dict[str, Any]:
    """A fact as a flat dictionary of comparable values; nested values have dotted names."""
    flat: dict[str, Any] = {}
    model = _in_days(model) if isinstance(model, Schedule) else model
    model = _from_zero(model) if isinstance(model, Criterion) else model
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in UNSCORED or value is None:
            continue
        if isinstance(value, BaseModel):
            flat |= flatten(list_name, value, names, f"{prefix}{name}.")
        elif (plain := comparable(list_name, name, value, names)) is not None:
            flat[prefix + name] = plain
    return flat


def alike(first: Any, second: Any) -> bool:
    """Whether two comparable values agree leniently: equal, or names of which half the words are shared."""
    if first == second:
        return True
    if isinstance(first, frozenset) and isinstance(second, frozenset):
        return bool(first & second)
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    ours, theirs = (frozenset(word.rstrip("s") for word in text.split()) for text in (first, second))
    shared = len(ours & theirs)
    return bool(shared) and (shared == min(len(ours), len(theirs)) or shared / len(ours | theirs) >= 0.5)


def overlap(gold: Fact, found: Fact) -> bool:
    """Whether the two facts stand at one place of the text."""
    return any(a.start < b.end and b.start < a.end for a in gold.evidence for b in found.evidence)
