"""The arms of a trial: their names in tables and text, sizes and drugs, and which arm a phrase means.

A paper calls one arm by several names ("FLOX", "arm A", "the control group"). Names come from the heads of
tables, from "X group (n = 52)", from "randomised to A or B" and from the title; those that mean the same
arm are brought together by their words, their drugs, their size or their part in the trial.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractor.arm_names import (
    CONTROL_WORDS,
    Candidate,
    drug_key,
    name_key,
    table_candidates,
    text_candidates,
)
from extractor.reading import Reading
from ontology.glyphs import fold
from ontology.record import Arm, Evidence

GROUP_WORD = (
    r"(?:groups?|arms?|cohorts?|regimens?|patients?|recipients?|participants?|subjects?|therapy|treatment|women)"
)
MIN_TEXT_VOTES = 2


@dataclass(frozen=True, slots=True)
class ArmMention:
    """An arm named in a text; `firm` where a word such as "group" follows or the name can mean nothing else."""

    label: str
    start: int
    end: int
    firm: bool


@dataclass
class _Draft:
    """An arm being put together from its candidates."""

    candidates: list[Candidate]

    @property
    def keys(self) -> set[str]:
        return {candidate.key for candidate in self.candidates}

    @property
    def drugs(self) -> set[frozenset[str]]:
        return {candidate.drugs for candidate in self.candidates if candidate.drugs}

    @property
    def sizes(self) -> set[int]:
        return {candidate.size for candidate in self.candidates if candidate.size is not None}


@dataclass(frozen=True)
class ArmBook:
    """The arms of one trial and every name they go by."""

    arms: tuple[Arm, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    _pattern: re.Pattern[str] | None = field(default=None, repr=False)
    _labels: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the order of the paper's tables."""
        return tuple(arm.label for arm in self.arms)

    def size(self, label: str | None) -> int | None:
        """How many patients an arm has."""
        return next((arm.size for arm in self.arms if arm.label == label), None)

    def resolve(self, text: str) -> str | None:
        """The arm that a header or stub names, or None; the longest name it contains decides."""
        key = name_key(fold(text))
        if not key:
            return None
        if key in self._labels:
            return self._labels[key]
        found = [(len(name), label) for name, label in self.names if contains(key, name)]
        if not found:
            return None
        longest = max(length for length, _ in found)
        labels = {label for length, label in found if length == longest}
        return labels.pop() if len(labels) == 1 else None

    def find(self, text: str) -> tuple[ArmMention, ...]:
        """The arms that folded text names, in order."""
        if self._pattern is None:
            return ()
        return tuple(self._mentions(text))

    def _mentions(self, text: str) -> Iterator[ArmMention]:
        assert self._pattern is not None
        for match in self._pattern.finditer(text):
            label = self._labels.get(name_key(match["name"]))
            if label:
                yield ArmMention(label, match.start(), match.end(), bool(match["group"]))


def contains(key: str, name: str) -> bool:
    """Whether a name stands in a key as whole words."""
    return f" {name} " in f" {key} "


def book(arms: Sequence[Arm]) -> ArmBook:
    """An ArmBook over arms with their synonyms."""
    owners: dict[str, set[str]] = {}
    printed: dict[str, str] = {}
    for arm in arms:
        for name in (arm.label, *arm.synonyms):
            key = name_key(fold(name))
            if key:
                owners.setdefault(key, set()).add(arm.label)
                printed.setdefault(name, key)
    labels = {key: next(iter(found)) for key, found in owners.items() if len(found) == 1}
    forms = sorted((fold(name) for name, key in printed.items() if key in labels), key=len, reverse=True)
    pattern = None
    if forms:
        alternatives = "|".join(flexible(form) for form in forms)
        pattern = re.compile(rf"(?<![\w-])(?P<name>{alternatives})(?![\w+])(?P<group>[ -]{GROUP_WORD})?", re.IGNORECASE)
    return ArmBook(tuple(arms), tuple(labels.items()), pattern, labels)


def flexible(form: str) -> str:
    """A name as a pattern: blanks may be breaks, `+`, `and` and `plus` are one."""
    words = re.split(r"\s*(?:\+|\bplus\b|\band\b|&)\s*", form)
    parts = [r"\s+".join(re.escape(word) for word in part.split()) for part in words if part]
    return r"\s*(?:\+|plus|and|&|/)\s*".join(parts)


def find_arms(reading: Reading) -> ArmBook:
    """The arms of the paper's trial."""
    drafts = _from_tables(reading)
    texts = list(text_candidates(reading))
    if len(drafts) < 2:
        drafts = _from_text(texts) or drafts
    for candidate in _popular(texts):
        draft = _owner(candidate, drafts)
        if draft:
            draft.candidates.append(candidate)
    return book(tuple(_finish(draft, drafts) for draft in drafts))


def _from_tables(reading: Reading) -> list[_Draft]:
    """Drafts from the set of columns that most tables agree on, joined by the columns of the others."""
    heads = [head for head in (table_candidates(table, reading) for table in reading.document.tables) if head]
    several = [head for head in heads if len(head) > 1]
    if not several:
        return []
    votes = Counter(tuple(candidate.key for candidate in head) for head in several)
    sized = {tuple(c.key for c in head): sum(c.size is not None for c in head) for head in several}
    chosen = max(votes, key=lambda keys: (sized[keys] == len(keys), votes[keys], -len(keys)))
    seed = next(head for head in several if tuple(c.key for c in head) == chosen)
    drafts = [_Draft([candidate]) for candidate in seed]
    for head in several:
        for place, candidate in enumerate(head):
            draft = _owner(candidate, drafts)
            if draft is None and len(head) == len(drafts) and _same_order(head, drafts):
                draft = drafts[place]
            if draft:
                draft.candidates.append(candidate)
    return drafts


def _same_order(head: list[Candidate], drafts: list[_Draft]) -> bool:
    """Whether the columns of a table are the known arms in their order, as far as can be told."""
    known = [_owner(candidate, drafts) for candidate in head]
    return any(known) and all(draft is None or draft is drafts[place] for place, draft in enumerate(known))


def _from_text(candidates: list[Candidate]) -> list[_Draft]:
    """Drafts where no table tells: the arms of one sentence with sizes, or those randomised between."""
    sentences: dict[tuple[int, str], list[Candidate]] = {}
    for candidate in candidates:
        if candidate.source in ("sized", "randomised"):
            sentences.setdefault((candidate.sentence, candidate.source), []).append(candidate)
    best: list[Candidate] = []
    for found in sentences.values():
        unique = list({candidate.key: candidate for candidate in found}.values())
        rank = (len(unique) > 1, sum(c.size is not None for c in unique))
        if len(unique) > 1 and rank > (len(best) > 1, sum(c.size is not None for c in best)):
            best = unique
    return [_Draft([candidate]) for candidate in best]


def _popular(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Names that the text repeats, or that come with a size."""
    found = list(candidates)
    votes = Counter(candidate.key for candidate in found)
    return [c for c in found if votes[c.key] >= MIN_TEXT_VOTES or c.size is not None or c.source == "randomised"]


def _owner(candidate: Candidate, drafts: list[_Draft]) -> _Draft | None:
    """The one draft a name belongs to, by the first test that points at exactly one."""
    for test in (_same_name, _same_drugs, _same_part, _name_within, _same_size):
        owners = [draft for draft in drafts if test(candidate, draft)]
        if len(owners) == 1:
            return owners[0]
        if len(owners) > 1:
            return None
    return None


def _same_name(candidate: Candidate, draft: _Draft) -> bool:
    return candidate.key in draft.keys


def _same_drugs(candidate: Candidate, draft: _Draft) -> bool:
    return bool(candidate.drugs) and candidate.drugs in draft.drugs and not candidate.dosed


def _same_part(candidate: Candidate, draft: _Draft) -> bool:
    return candidate.is_control and any(known.is_control for known in draft.candidates)


def _name_within(candidate: Candidate, draft: _Draft) -> bool:
    if candidate.drugs and draft.drugs:
        return False
    return any(contains(key, candidate.key) or contains(candidate.key, key) for key in draft.keys)


def _same_size(candidate: Candidate, draft: _Draft) -> bool:
    return candidate.size is not None and candidate.size in draft.sizes and not (candidate.drugs and draft.drugs)


def _finish(draft: _Draft, drafts: list[_Draft]) -> Arm:
    """The arm of a draft: its most used short name, first stated size, drugs, and every other name."""
    votes = Counter(candidate.name for candidate in draft.candidates)
    label = min(votes, key=lambda name: (-min(votes[name], 5), len(name), name))
    size = next((candidate.size for candidate in draft.candidates if candidate.size is not None), None)
    drugs = max((candidate.drugs for candidate in draft.candidates), key=len, default=frozenset())
    evidence: list[Evidence] = []
    for candidate in draft.candidates:
        evidence.extend(place for place in candidate.evidence if place not in evidence)
    control = any(candidate.is_control for candidate in draft.candidates)
    others = any(candidate.is_control for other in drafts for candidate in other.candidates)
    return Arm(
        label=label,
        role="comparator" if control else ("experimental" if others else None),
        size=size,
        drugs=tuple(sorted(drugs)),
        synonyms=tuple(sorted({name for name in votes if name_key(fold(name)) != name_key(fold(label))})),
        evidence=tuple(evidence[:6]),
        rule=f"arms.{draft.candidates[0].source}",
    )


__all__ = ["CONTROL_WORDS", "ArmBook", "ArmMention", "book", "drug_key", "find_arms", "replace"]
