"""A record against its gold: what is right, what is missed, what is invented, by list and by field.

Facts of a list are paired one to one: first those that agree strictly, then leniently, then the nearest. Strict: the
key fields agree, and every value that the gold states. Lenient: the fields that matter agree (names by half their
words) and one of the main values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from corpus.agreement import Names, Plain, alike, comparable, flatten, names_of, overlap
from corpus.gold import Gold
from corpus.score import Tally, total
from ontology.record import Described, Evidence, Fact, TrialRecord, fact_lists

# The key fields that matter to a reader in a hurry; a list without a row here matters by all of its key.
MATTERS: dict[str, tuple[str, ...]] = {
    "doses": ("drug", "value", "unit"),
    "endpoints": ("name",),
    "results": ("endpoint", "arm", "statistic"),
    "baseline": ("variable", "category", "arm"),
    "adverse_events": ("term", "arm", "grade"),
    "biomarkers": ("name",),
    "references": ("number",),
    "prior_evidence": ("endpoint", "value"),
}
MAIN_VALUES = ("value", "count", "percent", "p_value.value", "not_reached")

# Figures of their own: facts counted by some of their fields, each combination once.
FIGURES: dict[str, tuple[str, tuple[str, ...]]] = {
    "doses: drug, value and unit": ("doses", ("drug", "value", "unit")),
    "adverse events: term, arm, grade and number": ("adverse_events", ("term", "arm", "grade", "count", "percent")),
    "results: endpoint, arm and value": ("results", ("endpoint", "arm", "statistic", "value")),
    "endpoints: name and role": ("endpoints", ("name", "role")),
}

# Checks are what the software says of a paper, not what the paper says.
NOT_SCORED = frozenset({"checks"})
PARTS = ("paper", "trial")


@dataclass(frozen=True)
class Side:
    """A fact with its comparable values."""

    fact: Fact
    plain: Plain


@dataclass(frozen=True)
class Match:
    """A gold fact and what was found for it; one of them may be missing. `differs` names the fields."""

    list: str
    gold: Fact | None
    found: Fact | None
    strict: bool = False
    lenient: bool = False
    differs: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where the gold fact stands, or else the found one."""
        fact = self.gold or self.found
        return fact.evidence if fact else ()


@dataclass(frozen=True)
class FieldError:
    """A field of `paper` or `trial` that is not what the gold says."""

    part: str
    field: str
    gold: Any
    found: Any


@dataclass(frozen=True)
class Score:
    """How one record compares with its gold."""

    id: str
    kind: str
    form: str
    strict: Mapping[str, Tally]
    lenient: Mapping[str, Tally]
    fields: Mapping[str, Tally]
    figures: Mapping[str, Tally]
    matches: tuple[Match, ...] = ()
    errors: tuple[FieldError, ...] = ()
    complete: frozenset[str] = field(default_factory=frozenset)

    @property
    def misses(self) -> tuple[Match, ...]:
        """Gold facts that were not found, or not wholly right."""
        return tuple(match for match in self.matches if match.gold and not match.strict)

    @property
    def inventions(self) -> tuple[Match, ...]:
        """Facts found that the gold of a complete list does not have."""
        return tuple(m for m in self.matches if m.found and not m.lenient and m.list in self.complete and not m.gold)


def scored_lists() -> dict[str, type[Fact]]:
    """The lists of a record that are scored."""
    return {name: kind for name, kind in fact_lists().items() if name not in NOT_SCORED}


def evaluate(record: TrialRecord, gold: Gold) -> Score:
    """Compare a record with the gold of its paper; `form` is the format the record was read from."""
    ours, theirs = names_of(gold.record, record)
    same_text = record.document.sha256 == gold.sha256
    matches: list[Match] = []
    figures: dict[str, Tally] = {}
    fields: dict[str, Tally] = {}
    for name, kind in scored_lists().items():
        wanted = [Side(fact, flatten(name, fact, ours)) for fact in getattr(gold.record, name)]
        found = [Side(fact, flatten(name, fact, theirs)) for fact in getattr(record, name)]
        paired = pair(name, kind, wanted, found, same_text)
        matches.extend(paired)
        whole = name in gold.complete
        fields |= field_tallies(name, kind, paired, {id(side.fact): side.plain for side in (*wanted, *found)}, whole)
        for figure, (owner, keys) in FIGURES.items():
            if owner == name:
                figures[figure] = distinct_tally(keys, wanted, found, whole)
    errors, parts = _parts(record, gold)
    strict = {name: tally(matches, name, gold.complete, lenient=False) for name in scored_lists()}
    lenient = {name: tally(matches, name, gold.complete, lenient=True) for name in scored_lists()}
    return Score(
        id=gold.id,
        kind=gold.kind,
        form=record.document.format,
        strict=strict | {part: total(t for name, t in parts.items() if name.startswith(part)) for part in PARTS},
        lenient=lenient,
        fields=parts | fields,
        figures=figures,
        matches=tuple(matches),
        errors=errors,
        complete=gold.complete,
    )


def agrees(kind: type[Fact], gold: Plain, found: Plain) -> bool:
    """Strict agreement: the key, and every value that the gold states."""
    return all(gold.get(name) == found.get(name) for name in kind.key) and all(
        found.get(name) == value for name, value in gold.items()
    )


def resembles(list_name: str, kind: type[Fact], gold: Plain, found: Plain) -> bool:
    """Lenient agreement: the fields that matter, and one of the main values that the gold states."""
    matter = MATTERS.get(list_name, kind.key)
    if not all(gold.get(name) == found.get(name) or alike(gold.get(name), found.get(name)) for name in matter):
        return False
    values = [name for name in MAIN_VALUES if name in gold and name not in matter]
    return not values or any(gold[name] == found.get(name) for name in values)


def likeness(kind: type[Fact], gold: Side, found: Side, same_text: bool) -> float:
    """How near a found fact is to a gold one: shared key fields count double, a shared place once more."""
    score = 0.0
    for name in gold.plain.keys() | found.plain.keys():
        ours, theirs = gold.plain.get(name), found.plain.get(name)
        weight = 2 if name in kind.key else 1
        if ours is not None and ours == theirs:
            score += weight
        elif ours is not None and theirs is not None and alike(ours, theirs):
            score += weight / 2
    return score + (1.5 if same_text and overlap(gold.fact, found.fact) else 0)


def pair(name: str, kind: type[Fact], gold: Sequence[Side], found: Sequence[Side], same_text: bool) -> list[Match]:
    """Pair the facts of a list one to one, in the order of the gold; then what was found for nothing."""
    partner = _strict_pairs(kind, gold, found)
    lenient = set(partner)
    near = _near_pairs(name, kind, gold, found, set(partner.values()), same_text)
    for like, alright, i, k in near:
        if i not in partner and k not in partner.values() and (alright or like >= 3):
            partner[i] = k
            if alright:
                lenient.add(i)
    matches = [
        _match(name, kind, side, found[partner[i]] if i in partner else None, i in lenient)
        for i, side in enumerate(gold)
    ]
    taken = {k for i, k in partner.items() if i in lenient}
    return matches + [Match(name, None, side.fact) for k, side in enumerate(found) if k not in taken]


def _strict_pairs(kind: type[Fact], gold: Sequence[Side], found: Sequence[Side]) -> dict[int, int]:
    """Gold facts with the most values choose first, so that a bare one does not take a full one's partner."""
    free: dict[tuple[Any, ...], list[int]] = {}
    for k, side in enumerate(found):
        free.setdefault(tuple(side.plain.get(name) for name in kind.key), []).append(k)
    partner: dict[int, int] = {}
    for i in sorted(range(len(gold)), key=lambda i: (-len(gold[i].plain), i)):
        candidates = free.get(tuple(gold[i].plain.get(name) for name in kind.key), [])
        choice = next((k for k in candidates if agrees(kind, gold[i].plain, found[k].plain)), None)
        if choice is not None:
            candidates.remove(choice)
            partner[i] = choice
    return partner


def _near_pairs(
    name: str, kind: type[Fact], gold: Sequence[Side], found: Sequence[Side], taken: set[int], same_text: bool
) -> list[tuple[float, bool, int, int]]:
    """Pairs that share anything, the lenient ones first, then by likeness."""
    pairs = []
    for i, ours in enumerate(gold):
        for k, theirs in enumerate(found):
            if k not in taken and (like := likeness(kind, ours, theirs, same_text)):
                pairs.append((like, resembles(name, kind, ours.plain, theirs.plain), i, k))
    return sorted(pairs, key=lambda p: (not p[1], -p[0], p[2], p[3]))


def _match(name: str, kind: type[Fact], gold: Side, found: Side | None, lenient: bool) -> Match:
    if found is None:
        return Match(name, gold.fact, None)
    differs = tuple(
        field for field in dict.fromkeys((*kind.key, *gold.plain)) if gold.plain.get(field) != found.plain.get(field)
    )
    return Match(name, gold.fact, found.fact, not differs, lenient, differs)


def tally(matches: Iterable[Match], name: str, complete: frozenset[str], *, lenient: bool) -> Tally:
    """The counts of one list."""
    gold = right = found = 0
    for match in matches:
        if match.list != name:
            continue
        gold += match.gold is not None
        right += match.lenient if lenient else match.strict
        found += match.lenient or match.gold is None
    return Tally(right, gold, right, found) if name in complete else Tally(right, gold)


def field_tallies(
    name: str, kind: type[Fact], matches: Iterable[Match], plain: Mapping[int, Plain], whole: bool
) -> dict[str, Tally]:
    """By field: what the gold states and what was found, over pairs that agree at least leniently.

    A value found where the gold states none counts only in a key field: the gold may leave values out.
    """
    tallies: dict[str, Tally] = {}
    for match in matches:
        if not match.gold:
            continue
        ours = plain[id(match.gold)]
        theirs = plain[id(match.found)] if match.found and match.lenient else {}
        for key in ours.keys() | (theirs.keys() & set(kind.key)):
            right = int(key in ours and ours[key] == theirs.get(key))
            counts = Tally(right, int(key in ours), *((right, int(key in theirs)) if whole else ()))
            tallies[f"{name}.{key}"] = tallies.get(f"{name}.{key}", Tally()) + counts
    return dict(sorted(tallies.items()))


def distinct_tally(keys: tuple[str, ...], gold: Sequence[Side], found: Sequence[Side], whole: bool) -> Tally:
    """Counts over the distinct combinations of some fields; a number that the gold leaves out is not compared."""
    wanted = list(dict.fromkeys(tuple(side.plain.get(key) for key in keys) for side in gold))
    offered = list(dict.fromkeys(tuple(side.plain.get(key) for key in keys) for side in found))
    open_keys = {i for i, key in enumerate(keys) if key in MAIN_VALUES}
    free = set(range(len(offered)))
    right = 0
    for want in wanted:
        for k in sorted(free):
            if all(
                a == b or (a is None and i in open_keys) for i, (a, b) in enumerate(zip(want, offered[k], strict=True))
            ):
                free.remove(k)
                right += 1
                break
    return Tally(right, len(wanted), right, len(offered)) if whole else Tally(right, len(wanted))


def _parts(record: TrialRecord, gold: Gold) -> tuple[tuple[FieldError, ...], dict[str, Tally]]:
    """`paper` and `trial` field by field; the items of a list count each."""
    errors: list[FieldError] = []
    tallies: dict[str, Tally] = {}
    for part in PARTS:
        for name, ours, theirs in _fields(getattr(gold.record, part), getattr(record, part)):
            if not ours and part not in gold.complete:
                continue
            right = len(ours & theirs)
            tallies[f"{part}.{name}"] = Tally(right, len(ours), right, len(theirs))
            if ours != theirs:
                stated = getattr(gold.record, part), getattr(record, part)
                errors.append(FieldError(part, name, *(getattr(side, name) for side in stated)))
    return tuple(errors), tallies


def _fields(gold: Described, found: Described) -> Iterator[tuple[str, frozenset[Any], frozenset[Any]]]:
    for name in type(gold).model_fields:
        if name in Described.model_fields:
            continue
        ours, theirs = _items(name, getattr(gold, name)), _items(name, getattr(found, name))
        if isinstance(getattr(gold, name), BaseModel):
            theirs = frozenset(item for item in theirs if item[0] in dict(ours))
        yield name, ours, theirs


def _items(name: str, value: Any) -> frozenset[Any]:
    """The items of a list, the stated fields of a nested value, or the one value there is."""
    if isinstance(value, BaseModel):
        return frozenset(flatten("", value, Names()).items())
    values = value if isinstance(value, tuple) else () if value is None else (value,)
    return frozenset(comparable("", name, item, Names()) for item in values)
