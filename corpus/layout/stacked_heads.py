"""The head of a table that a converter wrote one below the other: a cell a column, names over sizes, groups over units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.layout.bands import Part, is_labels
from corpus.layout.heads import COMPARISON, P_LABEL, STUB_LABEL, UNIT_LABEL, plain
from ontology import regex as re

# What a head has and no label: "(n = 46)", "Arm 1", "n (%)".
HEAD_LABEL = re.compile(
    r"\b(?:n|number|no\.)\s?=\s?[0-9]|^(?:arm|group|cohort|grade) [0-9A-Z]\b|^(?:n|no\.?)?\s?\(?%\)?$|\[(?:cases|n|no)\b|^(?:SD|SE|SEM|95% CI)$"
    r"|^(?:any|all) grades?$",
    re.IGNORECASE,
)
SIZE = re.compile(r"\(?(?:n|number|no\.)\s?=\s?[0-9,]+\)?\W*", re.IGNORECASE)
SIZED = re.compile(r"(?:arm|group|cohort|week|month|day|year|visit|baseline|all)\b", re.IGNORECASE)
OVER_LABELS = re.compile(
    r"(?!any|all|total|serious|severe|fatal|other|related|no)(?:\w+ ){0,2}(?:characteristics?|variables?|parameters?|events?|factors?|outcomes?|items?|end ?points?|covariates?|terms?"
    r"|category|symptoms?|toxicit(?:y|ies)|reactions?|subgroups?)(?:,? \w+)?(?:\s*\(.*\))?",
    re.IGNORECASE,
)
# What a column that compares groups is called; no row is.
TEST_LABEL = re.compile(
    r"^(?:significance|(?:between[- ]group |rate |risk |mean )?differences?|(?:odds|hazard|risk|rate) ratio|relative risk|[HOR]R)\b"
    r"|^p(?:[ -]?values?)?\W*$|\([29][0-9]?(?:-tailed|[ -]?% ?CI)",
    re.IGNORECASE,
)
# A size alone or the end of one is a piece of a head or of a cell.
TORN_SIZE = re.compile(r"\(?(?:n|number)\s?=\s?[0-9,]+\)?\W*|.*\bn\s?=", re.IGNORECASE)
FEWEST_SIZES = 2
MOST_LEAD = 3  # parts of labels that are printed before the head


@dataclass(frozen=True)
class Head:
    """The rows of a head, each a part or nothing a column, the parts it takes, and the labels printed before its columns.

    These are the parts from `start` to `lead`: a column of labels can stand between the head over it and the others.
    """

    rows: tuple[tuple[Part | None, ...], ...]
    parts: int
    lead: int = 0
    start: int = 0

    @property
    def tested(self) -> bool:
        """Is the last column one of p-values?"""
        last = [words_of(row[-1]) for row in self.rows if row[-1]]
        return any(P_LABEL.fullmatch(cell) and "CI" not in cell for cell in last)


def heads_of(parts: Sequence[Part], columns: int) -> Iterator[Head]:
    """The heads that the parts above the first value can begin with, for so many columns of values."""
    yield from (head for find in (_sized, _grouped, _plain) for head in find(parts, columns))
    over = bool(parts) and (is_stub(parts[0]) or bool(OVER_LABELS.fullmatch(words_of(parts[0]))))
    for lead in range(1 + over, min(MOST_LEAD + over, len(parts) - 1) + 1):
        if HEAD_LABEL.search(words_of(parts[lead - 1])) or (lead > 1 + over and is_stub(parts[lead - 1])):
            return
        rest = parts[lead:]
        sized = all(HEAD_LABEL.search(words_of(part)) for part in rest[:FEWEST_SIZES])
        for find in (_sized, _grouped, _plain) if sized else (_sized, _grouped):
            for head in find(rest, columns):
                stub = parts[0] if over else head.rows[0][0]
                rows = ((stub, *head.rows[0][1:]), *head.rows[1:])
                yield Head(rows, head.parts + lead, lead, int(over))


def _plain(parts: Sequence[Part], columns: int) -> Iterator[Head]:
    """A cell a column, and one over the labels."""
    if (len(parts) > columns + 1 or (len(parts) == columns + 1 and is_stub(parts[0]))) and is_row(
        parts[1 : columns + 1]
    ):
        yield Head((tuple(parts[: columns + 1]),), columns + 1)
    if len(parts) >= columns and not is_stub(parts[0]) and is_row(parts[:columns]):
        yield Head(((None, *parts[:columns]),), columns)


def _sized(parts: Sequence[Part], columns: int) -> Iterator[Head]:
    """Names of groups with their sizes below, and what compares the groups beside the names or the sizes."""
    first = next((place for place, part in enumerate(parts) if SIZE.fullmatch(words_of(part))), 0)
    end = first
    while end < len(parts) and SIZE.fullmatch(words_of(parts[end])):
        end += 1
    groups = end - first
    stub = parts[0] if first > groups and is_stub(parts[0]) else None
    names = parts[1 if stub else 0 : first]
    rest = parts[end : end + columns - groups]
    if groups < FEWEST_SIZES or len(names) != groups or len(rest) != columns - groups:
        return
    if all(COMPARISON.search(words_of(part)) for part in rest):
        rows = ((stub, *names, *[None] * len(rest)), (None, *parts[first:end], *rest))
        yield Head(rows, end + len(rest))


def _grouped(parts: Sequence[Part], columns: int) -> Iterator[Head]:
    """Groups over the same units each, perhaps with p-values at the end."""
    for end in range(columns + 2, len(parts) + 1):
        units = [part for part in parts[:end] if is_unit(words_of(part))]
        others = [part for part in parts[:end] if not is_unit(words_of(part))]
        tests = [part for part in others if P_LABEL.fullmatch(words_of(part))]
        stubs = [part for part in others if is_stub(part)]
        groups = [part for part in others if part not in tests and part not in stubs]
        named = list({words_of(part): part for part in units}.values())
        if len(units) + len(tests) != columns or len(groups) < FEWEST_SIZES or len(stubs) > 1 or len(tests) > 1:
            continue
        if len(named) * len(groups) != len(units) or not is_unit(words_of(parts[end - 1])):
            continue
        upper = [cell for group in groups for cell in (group, *[None] * (len(named) - 1))]
        stub = stubs[0] if stubs else None
        yield Head(((stub, *upper, *tests), (None, *ordered(units, len(groups)), *[None] * len(tests))), end)


def ordered(units: Sequence[Part], groups: int) -> list[Part]:
    """Units in the order of their columns: each once a group."""
    names = list(dict.fromkeys(map(words_of, units)))
    by_name = {name: [part for part in units if words_of(part) == name] for name in names}
    return [by_name[name][group] for group in range(groups) for name in names if group < len(by_name[name])]


def is_row(head: Sequence[Part]) -> bool:
    """Can parts be the cells of one row over the columns: nothing that stands over the labels or under another cell?"""
    cells = [words_of(part) for part in head]
    sized = [bool(HEAD_LABEL.search(cell)) for cell in cells]
    odd = sum(sized) > 1 and not all(has or COMPARISON.search(cell) for has, cell in zip(sized, cells, strict=True))
    mixed = 0 < sum(map(is_unit, cells)) < len(cells)
    unnamed = any(map(SIZE.fullmatch, cells))
    return not (
        odd or mixed or unnamed or any(map(OVER_LABELS.fullmatch, cells)) or any(map(P_LABEL.fullmatch, cells[:-1]))
    )


def is_below_head(part: Part) -> bool:
    """Does a part begin the labels: does it hold nothing of a head?"""
    label = words_of(part[:1])
    return is_labels(part) and not any(
        (HEAD_LABEL.search(label), OVER_LABELS.fullmatch(label), TEST_LABEL.search(label))
    )


def is_unit(cell: str) -> bool:
    """Is a cell of the head one that stands under another: n (%), mean, grade 3?"""
    return bool(UNIT_LABEL.fullmatch(cell)) and not COMPARISON.match(cell) and not SIZED.match(cell)


def is_stub(part: Part) -> bool:
    """Can a part be the head over the labels?"""
    words = words_of(part)
    return bool(STUB_LABEL.fullmatch(words)) and not HEAD_LABEL.search(words)


def words_of(part: Part) -> str:
    """The lines of a part in one line."""
    return plain(" ".join(line.text for line in part))
