"""What every check is given, and how a finding becomes a fact of the record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from corpus.document import Document, Passage
from extractor.spreads import P
from ontology import regex as re
from ontology.record import AdverseEvent, Baseline, Check, Evidence, Fact, Result, TrialRecord

Counted = Baseline | AdverseEvent | Result
Verdict = Literal["holds", "fails", "undecided"]
# A total of so many cells is the size of a group, not of a row's own patients.
OFTEN = 3
# "n = 24", "$n = 24$"
EQUALS = re.compile(r"=[\s*$]*(\d{1,6})(?![\d.,])")
SIZE = re.compile(r"(?<![A-Za-z])[Nn][\s*$]*$")
NAME = 5
NUMBER = re.compile(r"[\d.](?<![\d.].)(?:(?<=\d)\d*(?:\.\d+)?|(?<=\.)\d+)")
ANY_NUMBER = re.compile(r"[\d.]+[\d,.]*")
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
NOT_READ = frozenset({"references", "front", "back"})


@dataclass(frozen=True, eq=False)
class Audit:
    """A paper's record beside its document."""

    record: TrialRecord
    document: Document

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """The passages that state facts: no headings, no back matter, no references."""
        return tuple(
            passage
            for passage in self.document.passages
            if (passage.section.kind not in NOT_READ or passage.kind == "caption")
            and passage.kind not in ("title", "heading", "front", "back")
        )

    @cached_property
    def counted(self) -> tuple[Counted, ...]:
        """The facts that count patients, and the place of each."""
        facts: list[Counted] = [*self.record.baseline, *self.record.adverse_events, *self.record.results]
        return tuple(fact for fact in facts if fact.evidence)

    @cached_property
    def sizes(self) -> dict[int, str]:
        """The numbers of patients that the paper gives for the trial and its arms, and what each is of."""
        trial = self.record.trial
        named = {
            trial.enrolled: "enrolled",
            trial.evaluable: "evaluable",
            trial.safety_population: "in the safety population",
        }
        for arm in self.record.arms:
            named.setdefault(arm.size, arm.label)
        totals = Counter((fact.total, fact.arm or "all") for fact in self.counted if not isinstance(fact, Result))
        for (total, name), times in totals.items():
            if times >= OFTEN:
                named.setdefault(total, name)
        return {size: name for size, name in named.items() if size}

    @cached_property
    def chances(self) -> tuple[tuple[Passage, re.Match[str]], ...]:
        """The p-values of the prose, each with its passage."""
        return tuple((passage, match) for passage in self.prose for match in P.finditer(passage.search))

    @cached_property
    def printed(self) -> dict[str, frozenset[str]]:
        """The numbers that each kind of section prints, and those of the tables, without the commas of thousands."""
        texts: dict[str, list[str]] = defaultdict(list)
        for passage in self.prose:
            texts[passage.section.kind].append(passage.search)
        texts["tables"] = [cell.text.replace("·", ".") for table in self.document.tables for cell in table.cells()]
        return {kind: frozenset(_numbers("\n".join(parts))) for kind, parts in texts.items()}

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The whole numbers that text and tables print."""
        return frozenset(int(number) for numbers in self.printed.values() for number in numbers if number.isdecimal())

    @cached_property
    def printed_sizes(self) -> dict[int, str]:
        """The known sizes and every other number that is printed as the size of a group ("n = 24")."""
        text = self.document.text
        equal = ((match, text[max(0, match.start() - NAME) : match.start()]) for match in EQUALS.finditer(text))
        printed = {int(match[1]): f"n = {match[1]}" for match, before in equal if SIZE.search(before)}
        return printed | self.sizes


def _numbers(text: str) -> Iterator[str]:
    for found in set(ANY_NUMBER.findall(text)):
        number = found.rstrip(".,")
        if "," in number:
            yield from [number.replace(",", "")] if THOUSANDS.fullmatch(number) else filter(None, number.split(","))
        elif number.count(".") <= 1 and number:
            yield number


def finding(
    kind: str,
    verdict: Verdict,
    stated: str,
    recomputed: str,
    explanation: str,
    evidence: Iterable[Evidence],
) -> Check:
    """A check's result as a fact; the rule is its kind."""
    return Check(
        kind=kind,
        verdict=verdict,
        stated=stated,
        recomputed=recomputed,
        explanation=explanation,
        evidence=tuple(dict.fromkeys(evidence)),
        rule=f"checks.{kind}",
    )


def label(fact: Fact) -> str:
    """What a fact counts or measures, in words."""
    parts: tuple[str | None, ...] = ()
    if isinstance(fact, Baseline):
        parts = (fact.variable, fact.category)
    elif isinstance(fact, AdverseEvent):
        parts = (fact.term, None if fact.grade in (None, "any") else f"grade {fact.grade}")
    elif isinstance(fact, Result):
        parts = (fact.endpoint, fact.timepoint)
    arm: str | None = getattr(fact, "arm", None)
    named = ", ".join(part for part in parts if part)
    return f"{named} ({arm})" if arm else named


def place(evidence: Evidence) -> str:
    """Where something is printed, in words."""
    return evidence.table or evidence.section or "the text"
