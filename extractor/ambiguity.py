"""Short forms of several meanings: whether one stands for the curated term that it spells."""

from __future__ import annotations

from extractor.language import TermMatch
from extractor.reading import Reading

MAX_SHORT = 5


def is_short(printed: str) -> bool:
    """Whether a printed form is an abbreviation and not a word."""
    return len(printed) <= MAX_SHORT and any(letter.isupper() for letter in printed)


def is_part(match: TermMatch, text: str) -> bool:
    """Whether a match is only a part of a longer hyphenated name ("PD" in "PD-L1")."""
    after = text[match.end : match.end + 2]
    return is_short(text[match.start : match.end]) and len(after) == 2 and after[0] == "-" and after[1].isupper()


def is_ambiguous(match: TermMatch, text: str, reading: Reading) -> bool:
    """Whether a guarded short form stands alone, undefined by the paper or defined as something else."""
    printed = text[match.start : match.end]
    if not is_short(printed):
        return False
    if is_part(match, text):
        return True
    meaning = reading.abbreviations.get(printed)
    if meaning is not None:
        lower = meaning.lower()
        return not any(label.lower() in lower or lower in label.lower() for label in match.term.labels)
    return printed in match.term.values("guarded")
