"""Abbreviations that a paper defines for itself, by the algorithm of Schwartz and Hearst (2003)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.document import Passage
from ontology import regex as re

SHORT = re.compile(r"\(([A-Za-z][A-Za-z0-9/+.-]{1,9})(?:[;,](?! ?[A-Z]{2})[^()]{0,60})?\)")
MAX_WORDS = 5
# An item of a list: "OS, overall survival", "PFS = progression-free survival", behind "Abbreviations:" or another sentence.
PIECE = re.compile(
    r"(?:^|[.:;] |\band )\s*\*?(?P<short>[A-Z][a-z]?\. ?[A-Za-z.]{2,8}|[A-Za-z][\w+/%.-]{0,9}?)\*?(?::|,| ?=| -) ?(?P<long>(?:\d+ )?[A-Za-z][\w' /-]{2,70}?)\.?\s*$"
)
# The sign of an ion is its short form, whatever it is called: "K+: serum potassium".
ION = re.compile(r"(?:K|Na|Ca|Mg|Cl|HCO3|PO4)\d?[+-]")
BARE = re.compile(r"\*?(?P<short>[A-Za-z][\w+/%.-]{1,9})\*? (?P<long>[A-Za-z][\w' /-]{2,70})")
ABBREVIATIONS = re.compile(r"\babbreviations?\b", re.IGNORECASE)
NOTES = frozenset({"footnote", "caption"})
MAX_SHORT = 10


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


def defined_abbreviations(passages: Sequence[Passage]) -> dict[str, str]:
    """Short form to long form for each "long form (SF)" of the paper, then of its lists; the first definition stands."""
    defined = _in_prose(passages)
    for short, meaning in _in_lists(passages):
        known = defined.setdefault(short, meaning)
        if meaning[0].isdigit() and meaning.endswith(f" {known}"):
            defined[short] = meaning  # words before a bracket begin with no number: "24 hour urine volume"
    return defined


def _in_prose(passages: Iterable[Passage]) -> dict[str, str]:
    defined: dict[str, str] = {}
    for passage in passages:
        if "(" not in passage.search:
            continue
        for match in SHORT.finditer(passage.search):
            short = match[1]
            if short in defined or not any(letter.isupper() for letter in short):
                continue
            words = passage.search[max(0, match.start() - 120) : match.start()].rpartition(")")[2].split()
            meaning = long_form(short, " ".join(words[-min(len(short) + MAX_WORDS, len(short) * 2) :]))
            if meaning:
                defined[short] = meaning
    return defined


def _in_lists(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """ "OS, overall survival; PFS: progression-free survival" of notes and lists, and lists of a line each."""
    for passage, following in zip(passages, [*passages[1:], None], strict=False):
        text = passage.search
        titled = ABBREVIATIONS.search(passage.section.title) or text.startswith("Abbreviation")
        if ";" in text and (titled or passage.kind in NOTES):
            yield from (found for piece in text.split(";") for found in _spelled(PIECE.search(piece)))
        elif passage.kind in NOTES and "," in text:
            yield from _run_together(re.split(r"[,;] (?:and )?|\. ", " ".join(text.split()).rstrip(".")))
        elif titled and following and len(text) <= MAX_SHORT and following.section is passage.section:
            yield from _spelled(PIECE.search(f"{text}: {following.search}"))


def _run_together(pieces: Sequence[str]) -> Iterator[tuple[str, str]]:
    """ "cCR clinical complete response, cPR clinical partial response": a third of the pieces are such."""
    spelled = (item for piece in pieces for item in _spelled(BARE.fullmatch(piece)))
    found = [(short, meaning) for short, meaning in spelled if long_form(short, meaning) == meaning]
    if len(found) > 1 and 3 * len(found) >= len(pieces):
        yield from found


def _spelled(match: re.Match[str] | None) -> Iterator[tuple[str, str]]:
    """A short form with words that spell it."""
    if match and any(letter.isupper() for letter in match["short"]) and len(match["long"]) > len(match["short"]):
        letters = re.sub(r"[^A-Za-z0-9]", "", match["short"])
        if letters and (long_form(letters, match["long"]) or ION.fullmatch(match["short"])):
            yield match["short"], match["long"].strip()
