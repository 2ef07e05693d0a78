"""Abbreviations that a paper defines for itself, by the algorithm of Schwartz and Hearst (2003)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.document import Passage

SHORT = re.compile(r"\(([A-Za-z][A-Za-z0-9/+.-]{1,9})(?:[;,][^()]{0,60})?\)")
MAX_WORDS = 5


def long_form(short: str, before: str) -> str | None:
    """The words before a bracket that spell the short form, or None.

    Each letter of the short form must occur, from right to left, in the long form; its first letter must
    begin a word.
    """
    letter = len(short) - 1
    place = len(before) - 1
    while letter >= 0:
        wanted = short[letter].lower()
        if not wanted.isalnum():
            letter -= 1
            continue
        while place >= 0 and (
            before[place].lower() != wanted or (letter == 0 and place > 0 and before[place - 1].isalnum())
        ):
            place -= 1
        if place < 0:
            return None
        letter -= 1
        place -= 1
    found = before[place + 1 :].strip()
    return (
        found if len(found) > len(short) and len(found.split()) <= min(len(short) + MAX_WORDS, len(short) * 2) else None
    )


def defined_abbreviations(passages: Iterable[Passage]) -> dict[str, str]:
    """Short form to long form for each "long form (SF)" of the paper; the first definition stands."""
    defined: dict[str, str] = {}
    for passage in passages:
        if "(" not in passage.search:
            continue
        for match in SHORT.finditer(passage.search):
            short = match[1]
            if short in defined or not any(letter.isupper() for letter in short):
                continue
            words = passage.search[max(0, match.start() - 120) : match.start()].split()
            meaning = long_form(short, " ".join(words[-min(len(short) + MAX_WORDS, len(short) * 2) :]))
            if meaning:
                defined[short] = meaning
    return defined
