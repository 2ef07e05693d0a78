"""Words of pages written as one text that knows where each character stands."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterable, Sequence

from corpus.layout.prose import PREFIXES
from corpus.pdf.places import PageMap
from corpus.pdf.sheet import HYPHEN, Sheet, Word
from corpus.pdf.words import spaced_words
from corpus.run import lowered, raised
from ontology import regex as re

LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
HYPHENS = "-\u00ad\u2010"


WORD = re.compile(r"[^\W\d_]+")
COMPOUND = re.compile(r"[^\W_]+-[^\W_]+")
LAST_PART = re.compile(r"([^\W_]+)[-\u00ad\u2010]\Z")
FIRST_PART = re.compile(r"[^\W_]+")
BROKEN = re.compile(rf"([^\W\d_]+)(?:{HYPHEN}\s*|-\s*\n\s*)([^\W\d_]+)")
SHORTEST = 3  # letters of a part that is a word by itself
# Prefixes that words begin with more often than compounds do: pro-duced, re-sults.
OPENINGS = frozenset(
    "bi co ex hyper hypo inter intra macro micro multi para peri poly pre pro re sub trans tri un".split()
)


class Hyphens:
    """Whether a hyphen at a line end divides a word or joins two, by the words the paper prints elsewhere."""

    def __init__(self, text: str) -> None:
        folded = text.casefold()
        whole = BROKEN.sub(" ", folded)
        self.words = frozenset(WORD.findall(whole))
        self.compounds = frozenset(COMPOUND.findall(whole))
        ends = [(match[1], match[2]) for match in BROKEN.finditer(folded)]
        divided = sum(first + second in self.words for first, second in ends)
        self.divides = divided * 5 >= len(ends)  # does the paper divide words at all?

    def glue(self, before: str, after: str) -> str:
        """What stands between two lines: a space, nothing, or "-" where the hyphen before the break is to go."""
        if before[-1:] == "\u00ad":
            return "-"
        if before[-1:] in "–—/" and len(before) > 1:
            return ""
        if before[-1:] not in HYPHENS or not LAST_PART.search(before):
            return " "
        return "-" if self.is_divided(before, after) else ""

    def is_divided(self, before: str, after: str) -> bool:
        """Is a word divided here?"""
        head, tail = LAST_PART.search(before), FIRST_PART.match(after)
        if not head or not tail or not tail[0].islower() or not head[1].isalpha():
            return False
        first, second = head[1].casefold(), tail[0].casefold()
        if f"{first}-{second}" in self.compounds:
            return False
        if first + second in self.words:
            return True
        unknown = self.divides and second not in self.words
        if first in PREFIXES:
            return unknown and first in OPENINGS
        if unknown and head[1].istitle():
            return True
        if min(len(first), len(second)) >= SHORTEST and first in self.words and second in self.words:
            return False
        return (self.divides and not head[1][:1].isupper()) or (self.divides and len(head[1]) > SHORTEST)


class Scribe:
    """The text so far and the map of its characters to the pages."""

    def __init__(self, sheets: Iterable[Sheet], hyphens: Hyphens) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.hyphens = hyphens
        self.sheets = {sheet.number: sheet for sheet in sheets}
        self.pages = {sheet.number: PageMap(sheet.width, sheet.height, sheet.turn) for sheet in self.sheets.values()}

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.pieces)

    def write(self, text: str) -> int:
        """Append characters that stand on no page; their offset."""
        start = self.size
        self.pieces.append(text)
        self.size += len(text)
        return start

    def lines(self, lines: Sequence[Sequence[Word]]) -> tuple[int, int]:
        """Append printed lines as running text, words broken at line ends put together; `[start, end)`."""
        start = self.size
        for place, line in enumerate(lines):
            glue = ""
            if place + 1 < len(lines) and line and lines[place + 1]:
                glue = self.hyphens.glue(last_word(line), first_word(lines[place + 1]))
            self.line(line, drop=glue == "-")
            self.write(glue.rstrip("-"))
        return start, self.size

    def line(self, words: Sequence[Word], *, drop: bool = False) -> None:
        """Append the words of a line, less the hyphen at its end where it is to `drop`."""
        for place, (word, spaced) in enumerate(spaced_words(words)):
            if spaced:
                self.write(" ")
            cut = drop and place == len(words) - 1
            self.word(word, word.last - 1 if cut else word.last)

    def word(self, word: Word, last: int) -> None:
        """Append the characters of a word up to `last`, each with its box."""
        sheet = self.sheets[word.page]
        printed = sheet.text[word.first : last].replace(HYPHEN, "-")
        if word.script:
            self.script(word, printed)
        elif any(sign in LIGATURES for sign in printed):
            for place, sign in enumerate(printed, word.first):
                self.run(sheet, LIGATURES.get(sign, sign), place)
        else:
            self.pages[word.page].add(self.size, sheet.boxes[4 * word.first : 4 * last])
            self.write(printed)

    def script(self, word: Word, printed: str) -> None:
        """Append a raised or lowered word."""
        sheet = self.sheets[word.page]
        shown = raised(printed) if word.script > 0 else lowered(printed)
        if len(shown) != len(printed):
            self.write(shown[:2])
        self.pages[word.page].add(self.size, sheet.boxes[4 * word.first : 4 * (word.first + len(printed))])
        self.write(shown if len(shown) == len(printed) else shown[2:])

    def run(self, sheet: Sheet, text: str, place: int) -> None:
        """Append text that one character of a page prints."""
        box = sheet.boxes[4 * place : 4 * place + 4]
        self.pages[sheet.number].add(self.size, array("f", box * len(text)))
        self.write(text)


def last_word(words: Sequence[Word]) -> str:
    """The letters at the end of a line up to a space."""
    text = ""
    for word, spaced in reversed(list(spaced_words(words))):
        text = word.text.replace(HYPHEN, "-") + text
        if spaced:
            break
    return text


def first_word(words: Sequence[Word]) -> str:
    """The letters at the beginning of a line up to a space."""
    text = ""
    for word, spaced in spaced_words(words):
        if spaced:
            break
        text += word.text.replace(HYPHEN, "-")
    return text
