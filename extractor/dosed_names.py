"""Arms that differ by dose, named together: "drug 50 and 100 mg groups"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Arm

# "drug 50 mg b.i.d."
BY_DOSE = re.compile(
    r"(?P<drug>[A-Za-z][\w +-]*?) (?P<dose>\d+(?:\.\d+)?) ?(?P<unit>mg|mcg|μg|g|IU|mg/kg|mg/day)\b(?P<rest>.*)"
)
NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.]*\d)")
JOIN = r"(?:,? (?:and|or|vs\.?|versus) |, )"


@dataclass(frozen=True)
class DosedNames:
    """The arms of one drug by their doses, and how they are named together."""

    labels: dict[str, str]
    pattern: re.Pattern[str]

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The label and place of each arm in a list of doses."""
        for match in self.pattern.finditer(text):
            start, end = next(match.span(name) for name in ("list", "first", "alone") if match[name])
            for number in NUMBER.finditer(text, start, end):
                if number[0] in self.labels:
                    yield self.labels[number[0]], number.start(), end if match["alone"] else number.end()


def dosed_names(arms: Sequence[Arm]) -> tuple[DosedNames, ...]:
    """The groups of two arms or more that differ by their dose alone."""
    groups: dict[tuple[str, str, str], dict[str, str]] = {}
    for arm in arms:
        match = BY_DOSE.fullmatch(fold(arm.label))
        if match:
            key = (match["drug"].lower(), match["unit"].lower(), match["rest"].lower())
            groups.setdefault(key, {})[match["dose"]] = arm.label
    return tuple(
        DosedNames(labels, _pattern(drug, unit)) for (drug, unit, _), labels in groups.items() if len(labels) > 1
    )


def _pattern(drug: str, unit: str) -> re.Pattern[str]:
    """A list of doses behind the drug, or before it or its groups; the unit may stand once."""
    number = rf"\d+(?:\.\d+)?(?:[ -]?{re.escape(unit)})?"
    doses = rf"{number}(?:{JOIN}{number})*{JOIN}\d+(?:\.\d+)?[ -]?{re.escape(unit)}\b"
    # "62% with 75 mg, 78% with 150 mg": a dose alone, and of no other drug
    end = r"(?=[,.;:)]|(?: dose)? (?:groups?|arms?)\b| (?:and|or|vs\.?|versus|than|\()|$)"
    alone = rf"\b(?:with|in|for) (?:the )?(?P<alone>\d+(?:\.\d+)?[ -]?{re.escape(unit)})(?!{JOIN}\d+(?:\.\d+)?[ -]?{re.escape(unit)}){end}"
    behind = rf"\b{re.escape(drug)}(?: at)? (?P<list>{doses})"
    before = rf"(?<![\d.])(?P<first>{doses})(?= (?:of )?{re.escape(drug)}\b| (?:dose )?(?:groups|arms|doses)\b)"
    return re.once(f"{behind}|{before}|{alone}", re.IGNORECASE)
