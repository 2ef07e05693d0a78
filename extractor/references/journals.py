"""Journals: known by the curated table, else by the shape of their names; and where in a reference one begins."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from extractor.references.printed import Span
from ontology import regex as re
from ontology.terms import rows, split

FOLD = re.compile(r"[^\w\s]|_")
# Words of abbreviated journals outside medicine.
SCIENCE = frozenset(
    "math phys chem comput eng softw syst trans proc lett stoch probab theor appl opt mater sci clim ieee acm".split()
)
SMALL_WORDS = frozenset("the of and for in on to a an de la le et des der und für fur di e do da del".split())
# Words that only journals, series and proceedings begin or are made of.
SERIAL = re.compile(
    r"\b(?:journal|annals|archives|proceedings|transactions|bulletin|quarterly|acta|zeitschrift|revista|revue|reviews?|rivista|"
    r"letters|advances|yearbook|annales|archiv|magazine|gazette|lecture notes|review|proc|trans|bull|symposium|conference)\b",
    re.IGNORECASE,
)
BREAK = re.compile(
    r"(?<=[.?!])[\"')\]]{0,2}\s+|(?<=[,;])\s+|(?<=[\"'\]])\s+|(?<=[a-z][.?!])(?=[A-Z])|\bIn:\s*|(?<=\s)-\s+"
)
SENTENCE_END = re.compile(r"[.?!][\"')\]]{0,2}\s+\Z")
CAPITAL_WORD = re.compile(r"(?<=\s)[^\W\d_a-z]")
# Up to three capital words between full stops, of which the last is cut short.
PIECE = re.compile(r"(?:[.?!]\s+|,\s+(?=\w{1,6}\.))((?:[^\W\d_a-z][\w-]*\s){0,2}[^\W\d_a-z](?:[\w-]|\.-){0,6})\.\Z")
DOTTED = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:\.?-[^\W\d_]+)*\.,?\Z")
CAPITALS = re.compile(r"[^\W\d_a-z]{2,5}[,.]?\Z")
LONGEST = 22


@dataclass(frozen=True, slots=True)
class Table:
    """The curated journals: every folded name to its NLM abbreviation, and the words that abbreviations are made of."""

    names: dict[str, str]
    words: frozenset[str]


@cache
def table() -> Table:
    """The curated table, read once."""
    names: dict[str, str] = {}
    words: set[str] = set()
    for row in rows("journals"):
        words.update(key(row["abbreviation"]).split())
        for label in (row["abbreviation"], row["name"], *split(row["synonyms"])):
            names.setdefault(key(label), row["abbreviation"])
            names.setdefault(key(label.split(" (")[0]), row["abbreviation"])
    return Table(names, frozenset(words))


@lru_cache(maxsize=8192)
def key(name: str) -> str:
    """A name folded: small letters, no punctuation, no small words ("The Lancet" and "Lancet" are one)."""
    words = FOLD.sub(" ", name.lower().replace("'", "")).split()
    return " ".join(word for word in words if word not in SMALL_WORDS)


def abbreviation(name: str | None) -> str | None:
    """The NLM abbreviation of a journal that the table knows."""
    return table().names.get(key(name)) if name else None


def is_abbreviated(words: list[str]) -> bool:
    """Whether words could be an abbreviated title: all known from abbreviations, or cut short with a full stop."""
    known = table().words
    return all(key(word) in known or not key(word) or DOTTED.match(word) or CAPITALS.match(word) for word in words)


def is_partly_abbreviated(words: list[str]) -> bool:
    """Whether a short name of capital words begins like an abbreviation ("J. Symbolic Logic")."""
    capital = all(word[0].isupper() or not key(word) for word in words)
    return capital and 1 < len(words) <= 7 and is_abbreviated(words[:1]) and len(words[0]) < 7


def find_journal(
    text: str, start: int, end: int, emphasis: tuple[Span, ...] = (), *, glued: bool = False
) -> tuple[Span, float] | None:
    """The journal at the end of `[start, end)` and how sure it is; `glued`: it may follow the title without a stop."""
    best: tuple[Span, float] | None = None
    for first in starts(text, start, end):
        points = likeness(text, start, first, end, emphasis)
        if best is None or points >= best[1]:
            best = ((first, end), points)
    if glued and (best is None or best[1] < 3):
        place = known_ending(text, start, end)
        # An unknown journal may end like a known one ("Baillieres Best Pract Res ...").
        if place is not None and (best is None or len(text[best[0][0] : place].split()) > 2):
            return (place, end), 4.0
    return best


def starts(text: str, start: int, end: int) -> list[int]:
    """Where a journal could begin: after some punctuation, or at once where no title is printed."""
    places = [hit.end() for hit in BREAK.finditer(text, start, end)]
    return [place for place in (start, *places[-12:]) if place < end]


def known_ending(text: str, start: int, end: int) -> int | None:
    """Where the longest known journal of two words or more begins at the end of a text."""
    words = [hit.start() for hit in CAPITAL_WORD.finditer(text, start, end)]
    for place in words[-10:]:
        name = text[place:end].strip(" .,;:")
        if " " in name and key(name) in table().names:
            return place
    return None


def likeness(text: str, start: int, place: int, end: int, emphasis: tuple[Span, ...]) -> float:
    """How much `[place, end)` is like a journal behind a title."""
    name = text[place:end].strip(" .,;:")
    words = name.split()
    if not words or len(words) > LONGEST:
        return -9.0
    points = 0.0
    if any(abs(first - place) <= 3 and abs(last - end) <= 3 for first, last in emphasis):
        points += 5
    if key(name) in table().names:
        points += 4 + 0.3 * len(words)
    elif is_abbreviated(words):
        points += 2 + 0.3 * len(words)
    elif is_partly_abbreviated(words):
        points += 1.5 + 0.2 * len(words)
    elif serial := SERIAL.search(name):
        points += 1.5 if serial.start() else 3.5 if serial[0].lower().startswith("proc") else 2.5
    edge = boundary(text, start, place)
    if name[0].islower():
        points -= 0 if points >= 4 else 1.5 if edge > 2 else 3
    return points + edge - oddness(name, words)


def boundary(text: str, start: int, place: int) -> float:
    """What the punctuation before a candidate says."""
    before = text[start:place].rstrip()
    if not before:
        return -0.5
    if before.endswith(("In:", "in:")):
        return 2.5
    if before.endswith(("?", "!", '"', '",', "',", ",'", ".'")):
        return 2.2
    if before.endswith("."):
        return -0.5 if is_piece(before) else 2.0
    return 0.6


def is_piece(before: str) -> bool:
    """Whether the sentence before a candidate is a piece of an abbreviated journal ("cells. Hum. Cell")."""
    sentence = PIECE.search(before, max(0, len(before) - 40))
    if sentence is None:
        return False
    words = sentence[1].split()
    known = key(words[-1]) in table().words or words[-1].lower() in SCIENCE
    return known or (len(words) == 1 and not sentence[0].startswith(","))


def oddness(name: str, words: list[str]) -> float:
    """What speaks against a name: digits, colons, too many words."""
    odd = 1.0 * name.count(": ") + 0.7 * name.count("?") + (0.5 if name[0].isdigit() else 0)
    return odd + 0.15 * max(0, len(words) - 7) + (0.5 if any(word[0].isdigit() for word in words[1:]) else 0)
