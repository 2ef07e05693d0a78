"""The names of a trial's arms, and which arm a phrase means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from types import MappingProxyType

from extractor.arm_names import name_key, turned
from extractor.arm_words import GENERIC_GROUP, MARK, MARKED
from extractor.cues import Cued
from extractor.dosed_names import DosedNames, dosed_names
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Arm

GROUP_WORD = (
    r"(?:groups?|arms?|cohorts?|regimens?|patients?|recipients?|participants?|subjects?|therapy|treatment|women)"
)
NOTHING: Mapping[str, str] = MappingProxyType({})
# "disease control", "control of blood pressure" are no arms.
OTHER_CONTROL = re.compile(
    r"\b(?:disease|local|loco-?regional|tumou?r|gly[ck]a?emic|glucose|pressure|pain|symptom|seizure|asthma|viral|infection|weight|metabolic|bleeding|quality|birth) $",
    re.IGNORECASE,
)
NAMES_OF_PARTS = {
    "comparator": (
        "control group", "control arm", "controls group", "comparator group", "comparator arm", "standard arm", "reference group",
    ),
    "experimental": ("intervention group", "intervention arm", "experimental group", "experimental arm", "treatment group", "active group",
                     "active drug", "active treatment", "investigational arm"),
}  # fmt: skip
NAMES_OF_COMBINATIONS = (
    "combination group",
    "combination arm",
    "combination therapy group",
    "combination treatment group",
    "combination therapy arm",
)
NAMES_OF_SINGLES = ("monotherapy group", "monotherapy arm", "single-agent group", "single-agent arm")
_JOINT = r"(?:,? (?:and|or|versus|vs\.?|&) |, ?| ?/ ?)"
LETTERS = Cued(rf"\b(?:[Gg]roups|[Aa]rms|[Cc]ohorts|[Rr]egimens) (?P<marks>{MARK}(?:{_JOINT}{MARK})+)")
ONE_MARK = re.compile(MARK)
ALONE = re.compile(r" (?:alone|only)$", re.IGNORECASE)
TOGETHER = re.compile(r"\s*(?:\+|\bplus\b|\b(?:combined|in combination|together) with\b)\s*(?:the\s)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ArmMention:
    """An arm named in a text; `firm` where a word such as "group" follows or the name can mean nothing else."""

    label: str
    start: int
    end: int
    firm: bool


@dataclass(frozen=True)
class ArmBook:
    """The arms of one trial and every name they go by."""

    arms: tuple[Arm, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    _pattern: re.Pattern[str] | None = field(default=None, repr=False)
    _labels: dict[str, str] = field(default_factory=dict, repr=False)
    doses: tuple[DosedNames, ...] = ()

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
        return labels.pop() if len(labels) == 1 and not self._is_pair(key, longest) else None

    def _is_pair(self, key: str, longest: int) -> bool:
        """Whether a key joins the names of two arms, which no arm has both ("drug a plus drug b")."""
        names = [name for name, _ in self.names if "+" in key and contains(key, name)]
        pairs = [
            f"{one} + {other}"
            for one, other in permutations(names, 2)
            if self._labels[one] != self._labels[other] and longest < len(one) + len(other)
        ]
        return any(contains(key, pair) for pair in pairs)

    def find(self, text: str) -> tuple[ArmMention, ...]:
        """The arms that folded text names, in order."""
        if self._pattern is None:
            return ()
        found = sorted((*self._mentions(text), *self._lettered(text)), key=lambda mention: mention.start)
        return tuple(self._paired(list(self._with_doses(found, text)), text))

    def _lettered(self, text: str) -> Iterator[ArmMention]:
        """The arms of "groups D, F and C"."""
        for match in LETTERS.finditer(text):
            marks = list(ONE_MARK.finditer(text, match.start("marks"), match.end("marks")))
            labels = [self._labels.get(name_key(f"group {mark[0]}")) for mark in marks]
            for mark, label in zip(marks, labels, strict=True):
                if label and all(labels):
                    yield ArmMention(label, *mark.span(), True)

    def _with_doses(self, found: list[ArmMention], text: str) -> list[ArmMention]:
        """The mentions with those of a list of doses, which stand in place of what they overlap."""
        listed = [ArmMention(label, start, end, True) for doses in self.doses for label, start, end in doses.find(text)]
        if not listed:
            return found
        apart = [m for m in found if not any(m.start < other.end and other.start < m.end for other in listed)]
        return sorted((*apart, *listed), key=lambda mention: mention.start)

    def _paired(self, found: list[ArmMention], text: str) -> Iterator[ArmMention]:
        """The mentions, two that are joined as the one arm that has both ("drug a plus drug b"), or as none."""
        place = 0
        while place < len(found):
            one, other = found[place], found[place + 1] if place + 1 < len(found) else None
            if other is None or one.label == other.label or not TOGETHER.fullmatch(text, one.end, other.start):
                yield one
                place += 1
                continue
            label = self._of_both(text[one.start : one.end], text[other.start : other.end])
            if label:
                yield ArmMention(label, one.start, other.end, other.firm)
            place += 2

    def _of_both(self, one: str, other: str) -> str | None:
        """The one arm whose name has all words of two others."""
        wanted = {word for part in (one, other) for word in name_key(fold(part)).split()} - {"+"}
        owners = {label for name, label in self.names if "+" in name and wanted <= set(name.split())}
        return owners.pop() if len(owners) == 1 else None

    def _mentions(self, text: str) -> Iterator[ArmMention]:
        assert self._pattern is not None
        for match in self._pattern.finditer(text):
            label = self._labels.get(name_key(match["name"]))
            if label and not (match[0].lower() == "control" and OTHER_CONTROL.search(text, 0, match.start())):
                said = match["group"] or match["name"].lower().endswith((" group", " arm"))
                firm = bool(said or MARKED.match(match["name"]) or GENERIC_GROUP.match(match["name"]))
                yield ArmMention(label, match.start(), match.end(), firm)


def contains(key: str, name: str) -> bool:
    """Whether a name stands in a key as whole words."""
    return f" {name} " in f" {key} "


def book(arms: Sequence[Arm], abbreviations: Mapping[str, str] = NOTHING) -> ArmBook:
    """An ArmBook over arms with their synonyms, and with the paper's abbreviations that mean no more than one of them."""
    owners: dict[str, set[str]] = {}
    printed: dict[str, str] = {}
    for arm in arms:
        told = (arm.label, *arm.synonyms)
        for name in (*told, *(other for one in told for other in turned(one))):
            key = name_key(fold(name))
            if key:
                owners.setdefault(key, set()).add(arm.label)
                printed.setdefault(name, key)
    shorts = ((short, owners.get(name_key(fold(meaning)), set())) for short, meaning in abbreviations.items())
    for name, meant in (*shorts, *_by_part(arms)):
        key = name_key(fold(name))
        if key and meant and owners.setdefault(key, set(meant)) == meant:
            printed.setdefault(name, key)
    labels = {key: next(iter(found)) for key, found in owners.items() if len(found) == 1}
    forms = sorted((fold(name) for name, key in printed.items() if key in labels), key=len, reverse=True)
    pattern = None
    if forms:
        alternatives = "|".join(flexible(form) for form in forms)
        pattern = re.once(rf"(?<![\w-])(?P<name>{alternatives})(?![\w+])(?P<group>[ -]{GROUP_WORD})?", re.IGNORECASE)
    return ArmBook(tuple(arms), tuple(labels.items()), pattern, labels, dosed_names(arms))


def _by_part(arms: Sequence[Arm]) -> Iterator[tuple[str, set[str]]]:
    """What the one arm of a part in the trial is called: the comparator among others, the experimental one of two."""
    for role, names in NAMES_OF_PARTS.items():
        labels = [arm.label for arm in arms if arm.role == role]
        if len(labels) == 1 and (len(arms) == 2 or (role == "comparator" and len(arms) > 2)):
            yield from ((name, set(labels)) for name in names)
    combined = [arm.label for arm in arms if TOGETHER.search(arm.label)]
    single = [arm.label for arm in arms if arm.label not in combined]
    if len(combined) == 1:
        yield from ((name, set(combined)) for name in NAMES_OF_COMBINATIONS)
        yield from ((name, set(single)) for name in NAMES_OF_SINGLES if len(single) == 1)
    for arm in arms:  # "the chemotherapy group" is that of chemotherapy alone
        if alone := ALONE.search(arm.label):
            yield from ((f"{arm.label[: alone.start()]} {word}", {arm.label}) for word in ("group", "arm"))


def flexible(form: str) -> str:
    """A name as a pattern: blanks may be breaks, `+`, `and` and `plus` are one."""
    if form.endswith("+"):
        return rf"{flexible(form[:-1])}\+"
    if len(form) == 1:
        return rf"(?:group|arm|cohort|regimen)\s+{re.escape(form)}"
    words = re.split(r"\s*(?:\+|\bplus\b|\band\b|&)\s*", form)
    parts = [r"[\s-]+".join(re.escape(word) for word in part.split()) for part in words if part]
    return r"\s*(?:\+|plus|and|&|/)\s*".join(parts)
