"""Printed glyphs that mean the same thing, folded without changing the length of the text."""

from __future__ import annotations

from ontology import regex as re

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u00b4\u0060"
DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033"
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", "0123456789+-=()n", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()", strict=True))
SIGNS = {
    "⩽": "≤",
    "⩾": "≥",
    "≦": "≤",
    "≧": "≥",
    "＜": "<",
    "＞": ">",
    "＝": "=",
    "％": "%",
    "µ": "μ",
    "∼": "~",
    "˜": "~",
}

FOLDED = str.maketrans(
    dict.fromkeys(DASHES, "-")
    | dict.fromkeys(SPACES, " ")
    | dict.fromkeys(SINGLE_QUOTES, "'")
    | dict.fromkeys(DOUBLE_QUOTES, '"')
    | SUPERSCRIPTS
    | SUBSCRIPTS
    | SIGNS
    # Markers of emphasis and of LaTeX mathematics that converters leave around a value: *P* = 0.05, $P = 0.05$.
    | {"*": " ", "$": " "}
)
FOLDED_ASCII = tuple(chr(code) for code in FOLDED if code < 128)
# In text beyond ASCII this finds the few signs to fold faster than `translate` asks for every character.
FOLDABLE = re.compile(f"[{re.escape(''.join(map(chr, FOLDED)))}]")

# The Lancet prints 0·86; U+00B7 and its look-alikes are decimal points between digits and nowhere else.
# A converter may close its mathematics before the point: $P < 0$·05.
MIDDLE_DOT = re.compile("[\u00b7\u2219\u22c5\u2027\u30fb](?:(?<=[0-9].)|(?<=[0-9] .))(?=[0-9])")


def fold(text: str) -> str:
    """The text with glyphs of one meaning made one; never changes its length."""
    if text.isascii():
        return text.translate(FOLDED) if any(map(text.__contains__, FOLDED_ASCII)) else text
    return MIDDLE_DOT.sub(".", FOLDABLE.sub(_folded, text))


def _folded(match: re.Match[str]) -> str:
    return FOLDED[ord(match[0])]
