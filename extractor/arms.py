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
    DOSED,
    Candidate,
    drug_key,
    name_key,
    table_candidates,
    text_candidates,
)
from extractor.drug_mentions import DrugMention, drug_mentions
from extractor.reading import Reading, Sentence
from ontology.glyphs import fold
from ontology.record import Arm

GROUP_WORD = (
    r"(?:groups?|arms?|cohorts?|regimens?|patients?|recipients?|participants?|subjects?|therapy|treatment|women)"
)
MIN_TEXT_VOTES = 2
RANDOMISED = re.compile(r"\b(?<!non-)(?:randomi[sz]\w+|randomly|crossover|cross-over|placebo)\b", re.IGNORECASE)
ONE_ARM = re.compile(r"\b(?:single|one)[- ](?:arm|group)\b", re.IGNORECASE)
EARLIER = re.compile(
    r"\b(?:refractory|resistant|pretreated|pre-treated|failed|failure|after|previously|naive|intolerant)\b[^,;:.]*$",
    re.IGNORECASE,
)
HAD = re.compile(r"[- ](?:refractory|resistant|pre-?treated|failed|failure|naive|intolerant)\b", re.IGNORECASE)
MANY_VOTES = 12
# A legend's explanation ends with the next abbreviation: "AB drug a and drug b, ER estrogen receptor".
RECEPTOR = re.compile(r"\breceptor", re.IGNORECASE)
LEGEND_END = re.compile(r"[;.]|,\s(?=[A-Z][A-Z0-9-]+[a-z]?\b[,:=]?\s[a-z])")
MAX_EVIDENCE = 6
ACRONYM = re.compile(r"^[A-Z][A-Za-z0-9]{1,7}$")


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
    if len(form) == 1:
        return rf"(?:group|arm|cohort|regimen)\s+{re.escape(form)}"
    words = re.split(r"\s*(?:\+|\bplus\b|\band\b|&)\s*", form)
    parts = [r"\s+".join(re.escape(word) for word in part.split()) for part in words if part]
    return r"\s*(?:\+|plus|and|&|/)\s*".join(parts)


def find_arms(reading: Reading) -> ArmBook:
    """The arms of the paper's trial."""
    design = _design(reading)
    if ONE_ARM.search(design) and not RANDOMISED.search(design):
        return book(single_arm(reading))
    texts = list(text_candidates(reading))
    drafts = _from_tables(reading, texts) or _from_text(texts)
    # Names with a size first: what they are tied to, the same names without one follow.
    for candidate in sorted(_popular(texts), key=lambda found: found.size is None):
        draft = None if _names_several(candidate, drafts) else _owner(candidate, drafts)
        if draft:
            draft.candidates.append(candidate)
    if len(drafts) < 2 and not RANDOMISED.search(design):
        return book(single_arm(reading))
    _explain(drafts, reading)
    return book(_with_roles([_finish(draft) for draft in drafts], reading))


def _design(reading: Reading) -> str:
    """The title and the abstract: where a trial says that it has several arms."""
    return " ".join(s.text for s in reading.sentences if s.passage.kind == "title" or s.kind == "abstract")


def single_arm(reading: Reading) -> tuple[Arm, ...]:
    """The one arm of a trial without a comparison, named by its drugs: those of the title, else the abstract's with a dose."""
    titled = [s for s in reading.sentences if s.passage.kind == "title"]
    dosed = [s for s in reading.within("abstract") if DOSED.search(s.text)]
    for sentences in (titled, dosed):
        found = [(sentence, mention) for sentence in sentences for mention in drug_mentions(reading, sentence)]
        given = [(sentence, mention) for sentence, mention in found if _is_given(sentence, mention)]
        names = list(dict.fromkeys(mention.name for _, mention in given))
        if names:
            evidence = tuple(place for s, m in given for place in s.evidence(m.start, m.end))
            label = " + ".join(names)
            return (
                Arm(
                    label=label, role="single", drugs=tuple(names), evidence=evidence[:MAX_EVIDENCE], rule="arms.single"
                ),
            )
    return ()


def _is_given(sentence: Sentence, mention: DrugMention) -> bool:
    """Whether a drug is given here, and not what patients had before: "pazopanib-refractory"."""
    before = sentence.text[max(0, mention.start - 25) : mention.start]
    return not EARLIER.search(before) and not HAD.match(sentence.text, mention.end)


def _names_several(candidate: Candidate, drafts: list[_Draft]) -> bool:
    """Whether a phrase names two arms at once: "the intervention and control groups"."""
    if " and " not in f" {candidate.name} " or any(candidate.key in draft.keys for draft in drafts):
        return False
    parts = [part.strip() for part in candidate.key.split("+")]
    return sum(any(part in draft.keys for part in parts) for draft in drafts) > 1


def _from_tables(reading: Reading, texts: list[Candidate]) -> list[_Draft]:
    """Drafts from the set of columns that most tables agree on, joined by the columns of the others."""
    heads = [_arm_columns(table_candidates(table, reading), texts) for table in reading.document.tables]
    several = [head for head in heads if len(head) > 1]
    if not several:
        return []
    votes = Counter(tuple(candidate.key for candidate in head) for head in several)
    sized = {tuple(c.key for c in head): all(c.size is not None for c in head) for head in several}
    chosen = max(votes, key=lambda keys: (sized[keys], votes[keys], -len(keys)))
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


def _arm_columns(head: list[Candidate], texts: list[Candidate]) -> list[Candidate]:
    """The columns of a head that are arms: sized, or named by drugs, as control, or as a group in the text."""
    groups = {candidate.key for candidate in texts if candidate.source in ("named", "sized")}
    if sum(candidate.size is not None for candidate in head) > 1:
        return [candidate for candidate in head if candidate.size is not None]
    return [c for c in head if c.drugs or c.is_control or c.key in groups]


def _same_order(head: list[Candidate], drafts: list[_Draft]) -> bool:
    """Whether the columns of a table are the known arms in their order, as far as can be told."""
    known = [_owner(candidate, drafts) for candidate in head]
    return any(known) and all(draft is None or draft is drafts[place] for place, draft in enumerate(known))


def _from_text(candidates: list[Candidate]) -> list[_Draft]:
    """Drafts where no table tells: the arms of one sentence, sized ones first, randomised ones next."""
    groups = Counter(candidate.key for candidate in candidates if candidate.source == "named")
    sentences: dict[tuple[int, str], dict[str, Candidate]] = {}
    for candidate in candidates:
        believed = candidate.drugs or candidate.is_control or groups[candidate.key] >= MIN_TEXT_VOTES
        if candidate.source in ("sized", "randomised") and believed:
            sentences.setdefault((candidate.sentence, candidate.source), {}).setdefault(candidate.key, candidate)
    several = [list(found.values()) for found in sentences.values() if len(found) > 1]
    best = max(several, key=lambda found: (sum(c.size is not None for c in found) > 1, -len(found)), default=[])
    return [_Draft([candidate]) for candidate in best]


def _popular(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Names that the text repeats, or that come with a size or an explanation."""
    found = list(candidates)
    votes = Counter(candidate.key for candidate in found)
    return [c for c in found if votes[c.key] >= MIN_TEXT_VOTES or c.size is not None or c.hint]


def _explain(drafts: list[_Draft], reading: Reading) -> None:
    """Drugs of an arm whose name is an acronym, from a legend: "TE docetaxel and epirubicin, TEL ..."."""
    names = {c.name for draft in drafts for c in draft.candidates if ACRONYM.match(c.name)}
    if not names:
        return
    form = re.compile(rf"(?<![\w-])(?P<name>{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?![\w-])")
    legends = [p.search for p in reading.document.passages if p.kind in ("caption", "footnote")]
    legends += [p.search for table in reading.document.tables for p in table.footnotes]
    for text in legends:
        places = list(form.finditer(text))
        for place, match in enumerate(places):
            end = places[place + 1].start() if place + 1 < len(places) else match.end() + 120
            drugs = drug_key(LEGEND_END.split(text[match.end() : end])[0], reading)
            if RECEPTOR.search(text[match.end() : end]):
                continue
            draft = next(d for d in drafts if any(c.name == match["name"] for c in d.candidates))
            if drugs and all(known <= drugs for known in draft.drugs):
                draft.candidates[0] = replace(draft.candidates[0], drugs=drugs)


def _owner(candidate: Candidate, drafts: list[_Draft]) -> _Draft | None:
    """The one draft a name belongs to, by the first test that points at exactly one."""
    for test in (_same_name, _same_drugs, _hinted, _same_part, _name_within, _same_size):
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


def _hinted(candidate: Candidate, draft: _Draft) -> bool:
    """Whether the words that explain the name speak of the arm's drugs."""
    return bool(candidate.hint) and any(candidate.hint <= drugs or drugs <= candidate.hint for drugs in draft.drugs)


def _same_part(candidate: Candidate, draft: _Draft) -> bool:
    return candidate.is_control and any(known.is_control for known in draft.candidates)


def _name_within(candidate: Candidate, draft: _Draft) -> bool:
    if candidate.drugs and draft.drugs:
        return False
    return any(contains(key, candidate.key) or contains(candidate.key, key) for key in draft.keys)


def _same_size(candidate: Candidate, draft: _Draft) -> bool:
    return candidate.size is not None and candidate.size in draft.sizes


def _finish(draft: _Draft) -> Arm:
    """The arm of a draft: its most used name, largest stated size, drugs, and every other name."""
    votes = Counter(candidate.name for candidate in draft.candidates)
    label = min(votes, key=lambda name: (-min(votes[name], MANY_VOTES), len(name), name))
    table_sizes = [c.size for c in draft.candidates if c.size is not None and c.source == "table"]
    text_sizes = Counter(c.size for c in draft.candidates if c.size is not None and c.source != "table")
    size = max(table_sizes) if table_sizes else (text_sizes.most_common(1)[0][0] if text_sizes else None)
    evidence = tuple(dict.fromkeys(place for candidate in draft.candidates for place in candidate.evidence))
    drugs = max(draft.drugs, key=lambda found: (len(found), sorted(found)), default=frozenset[str]())
    return Arm(
        label=label,
        role="comparator" if any(candidate.is_control for candidate in draft.candidates) else None,
        size=size,
        drugs=tuple(sorted(drugs)),
        synonyms=tuple(sorted({name for name in votes if name_key(fold(name)) != name_key(fold(label))})),
        evidence=evidence[:MAX_EVIDENCE],
        rule=f"arms.{draft.candidates[0].source}",
    )


def _with_roles(arms: list[Arm], reading: Reading) -> list[Arm]:
    """Roles where the names do not tell: against a control, by more drugs, or by "A versus B" in the title."""
    if any(arm.role for arm in arms):
        if all(arm.role for arm in arms):
            return arms
        return [arm if arm.role else arm.model_copy(update={"role": "experimental"}) for arm in arms]
    if len(arms) != 2:
        return arms
    first, second = arms
    ours, theirs = (set(arm.drugs) - {"placebo"} for arm in arms)
    comparator: Arm | None
    if ours < theirs and ours:
        comparator = first
    elif theirs < ours and theirs:
        comparator = second
    else:
        comparator = _second_of_title(arms, reading)
    if comparator is None:
        return arms
    return [arm.model_copy(update={"role": "comparator" if arm is comparator else "experimental"}) for arm in arms]


def _second_of_title(arms: list[Arm], reading: Reading) -> Arm | None:
    """The arm named after "versus" or "compared with" in the title."""
    title = next((s.text for s in reading.sentences if s.passage.kind == "title"), "")
    parts = re.split(r"\b(?:versus|vs\.?|compared (?:with|to))\b", title, maxsplit=1, flags=re.IGNORECASE)
    if len(parts) != 2:
        return None
    named = [(drug_key(parts[0], reading), drug_key(parts[1], reading), arm) for arm in arms]
    ours = [
        arm
        for before, after, arm in named
        if set(arm.drugs) & (after - before) and not set(arm.drugs) & (before - after)
    ]
    return ours[0] if len(ours) == 1 else None


__all__ = ["ArmBook", "ArmMention", "book", "find_arms"]
