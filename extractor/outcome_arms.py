"""Which arms of a record an intervention and a comparator mean, in a reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from extractor.likeness import similarity, words
from ontology import regex as re
from ontology.record import Arm, TrialRecord

Sides = tuple[str | None, str | None]

CONTROL = re.compile(
    r"\b(?:controls?|placebo|usual|standard|conventional|sham|no treatment|untreated|observation|comparator)\b",
    re.IGNORECASE,
)
WITHOUT = re.compile(r"\b(?:no|non|not|without|free)\b|less\b", re.IGNORECASE)
BEFORE = re.compile(r"\b(?:pre|before|baseline|prior to)\b", re.IGNORECASE)
AFTER = re.compile(r"\b(?:post|after|following|end of)\b", re.IGNORECASE)
# An arm that says it is the control, or with and without as the question does, is a little nearer.
HINT = 0.3


def sides(record: TrialRecord, others: Sequence[str], intervention: str, comparator: str) -> Sides:
    """The arms meant: the pair whose names are nearest; in a trial of two, the one that is left."""
    arms = {arm.label: arm for arm in record.arms}
    labels = list(dict.fromkeys([*arms, *others]))
    first = {label: _nearness(intervention, comparator, label, arms.get(label)) for label in labels}
    second = {label: _nearness(comparator, intervention, label, arms.get(label)) for label in labels}
    pairs = permutations(labels, 2)
    one, other = max(pairs, key=lambda pair: max(first[pair[0]], 0) + max(second[pair[1]], 0), default=(None, None))
    found = (one if one and first[one] > 0 else None, other if other and second[other] > 0 else None)
    return _completed(found, arms)


def over_time(intervention: str, comparator: str) -> tuple[bool, bool] | None:
    """Whether each side is the time before treatment, where two times of the same patients are compared."""
    before = (_is_before(intervention), _is_before(comparator))
    return (before[0] or False, before[1] or False) if None not in before and before[0] != before[1] else None


def _is_before(text: str) -> bool | None:
    if BEFORE.search(text):
        return True
    return False if AFTER.search(text) else None


def _completed(found: Sides, arms: dict[str, Arm]) -> Sides:
    """Both arms of a trial of two where one is known, or where their parts in the trial tell."""
    if len(arms) != 2:
        return found
    labels = list(arms)
    if found == (None, None):
        roles = {arm.role: label for label, arm in arms.items()}
        return (roles["experimental"], roles["comparator"]) if {"experimental", "comparator"} <= set(roles) else found
    first, second = found
    if (first in arms) == (second in arms):
        return found
    known = first if first in arms else second
    rest = labels[1 - labels.index(known or "")]
    return (known, rest) if known == first else (rest, known)


def _nearness(text: str, other: str, label: str, arm: Arm | None) -> float:
    """How near an arm's names are to what is asked for, and how far from the other side."""
    wanted, unwanted = words(text), words(other)
    names = [words(name) for name in _names(label, arm)]
    score = max(similarity(wanted, name) for name in names) - 0.5 * max(
        similarity(unwanted - wanted, name) for name in names
    )
    if arm and CONTROL.search(text) and (arm.role == "comparator" or CONTROL.search(label)):
        score += HINT
    if score > 0 and WITHOUT.search(text) and WITHOUT.search(label):
        score += HINT
    return score


def _names(label: str, arm: Arm | None) -> Iterator[str]:
    """What an arm is called, each drug of it, and all its drugs together."""
    yield label
    if arm:
        yield from arm.synonyms
        yield from arm.drugs
        yield " ".join(arm.drugs)
