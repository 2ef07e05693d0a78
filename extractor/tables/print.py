"""The print of a cell made plain: glyphs folded, footnote marks and emphasis taken away, one blank between words."""

from __future__ import annotations

from functools import lru_cache

from corpus.document import Table
from ontology import regex as re
from ontology.glyphs import fold

SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# A raised figure after a number, a bracket or a word is a footnote mark; after 10 or a unit it is a power.
RAISED = re.compile(
    rf"(?:(?<=[0-9)%\]])(?<!\b10)(?<!\D10)|(?<=[A-Za-z]{{4}}))[{SUPERSCRIPT}]+(?:[,-–][{SUPERSCRIPT}]+)*"
    r"|(?<=[\d)%*∗. ])\^(?:\{(?!-?\d+\})[^{}]{1,12}\}|[^\w{}]{0,3}$)"
    r"|\^\{?[A-Za-z*†‡§¶,]{1,3}\}?|\^\{[^A-Za-z0-9{}]{1,4}\}|(?<=[A-Za-z]{4})\^\{[0-9,; -]{1,7}\}"
)
MARKS = re.compile(r"[†‡§¶‖ǁ#∥∗]+|\\[*_]|(?<=\S)\*+|\*+(?=\S)|\*+|\^\^+")
RAISED_LETTER = re.compile("[ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ]+")
BULLET = re.compile(r"^[•·●▪◦■□–-]\s+(?=[A-Za-z<>≥≤])")
UNPLAIN = re.compile(r"[*^_#\\$`\t\n]|  ")
LOOSE_COMMA = re.compile(r" ([,;])(?= )")
BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A cell's text for patterns; its length is not that of the print."""
    if text.isascii() and not UNPLAIN.search(text):
        return text.strip()
    marked = RAISED_LETTER.sub("", RAISED.sub("", text))
    folded = fold(MARKS.sub(" ", marked)).replace("_", " ")
    return LOOSE_COMMA.sub(r"\1", BLANKS.sub(" ", folded)).strip()


@lru_cache(maxsize=8192)
def label(text: str) -> str:
    """A stub or a head as words: plain, without list bullets and the punctuation around it."""
    return BULLET.sub("", plain(text)).strip(" :;,.|")


TABLE_LABEL = re.compile(r"^\W*(?:supplementary )?table\s+[\w.]+\s*[.|:-]*\s*", re.IGNORECASE)


def caption_text(table: Table) -> str:
    """A table's caption, plain, without the label that text forms print in it ("Table 2 | ...")."""
    return TABLE_LABEL.sub("", plain(table.caption.text)) if table.caption else ""
