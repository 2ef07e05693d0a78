"""Grades of severity as trials print them, made one: "grades III/IV" is "3-4", "grade 3 or higher" is ">=3"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractor.cues import Cued
from extractor.quantities import PEOPLE
from ontology import regex as re

ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
LEVEL = r"(?:[0-5](?![\d.%])|(?-i:IV|V|I{1,3})(?![A-Za-z]))"
JOIN = r"(?:\s?(?:-|/|to|and|or|&|\+|, ?(?:and|or)?)\s?(?:grade ?|G)?)"
MORE = r"\+|,? ?(?:(?:or|and) (?:higher|above|worse|greater|more|over)|toxicity or worse)|\b or ?>"
GRADED = Cued(
    r"(?P<any>\b(?:any|all)[- ](?:ctcae |toxicity )?grades?\b|\b(?:of|in|at|for) any grade\b)"
    r"|(?:(?P<before>≥|>=|>|≤|<=|<|\bat least|\babove|\bbelow)\s?)?"
    r"(?:\bgrad(?:es?|ed)\b\.?|\bGr\.?(?=\s?\d)|\bG(?=[1-5](?:\D|$)))\s?(?:of )?(?:toxicity )?\(?"
    rf"(?P<sign>≥|>=|>|≤|<=|<)?\s?(?P<levels>{LEVEL}(?:{JOIN}{LEVEL}(?! {PEOPLE}\b| had\b))*)(?P<more>{MORE})?"
    r"|(?P<word>\b(?:mild|moderate|severe|life-threatening)\b(?:(?: (?:to|or|and) |-to-|/)(?:moderate|severe)\b)?)",
    re.IGNORECASE,
)
EACH = re.compile(LEVEL, re.IGNORECASE)
AT_LEAST = frozenset({"≥", ">=", "at least"})
AT_MOST = frozenset({"≤", "<="})


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade in a text at `[start, end)`; `word` where only a word of severity stands ("severe")."""

    grade: str
    start: int
    end: int
    word: bool = False


def grades(text: str) -> Iterator[Graded]:
    """The grades that folded text names, in order."""
    for match in GRADED.finditer(text):
        yield Graded(_canonical(match), match.start(), match.end(), bool(match["word"]))


def grade(text: str) -> str | None:
    """The first grade that folded text names; words of severity stay words ("mild")."""
    found = list(grades(text))
    numbered = next((item for item in found if not item.word), None)
    first = numbered or next(iter(found), None)
    return first.grade if first else None


def level(printed: str) -> int:
    """A level in figures or Roman numerals."""
    return int(printed) if printed.isdigit() else ROMAN[printed.upper()]


def _canonical(match: re.Match[str]) -> str:
    if match["any"]:
        return "any"
    if match["word"]:
        return " ".join(match["word"].lower().split())
    levels = [level(found) for found in EACH.findall(match["levels"])]
    low, high = min(levels), max(levels)
    sign = (match["sign"] or match["before"] or "").lower()
    if sign in AT_LEAST or match["more"]:
        return f">={low}"
    if sign in (">", "above"):
        return f">={low + 1}"
    if sign in AT_MOST:
        return f"<={high}"
    if sign in ("<", "below"):
        return f"<={high - 1}"
    return str(low) if low == high else f"{low}-{high}"
