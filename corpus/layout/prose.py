"""Prose put back together from the pieces that lines, hyphens, columns and pages cut it into."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import cached_property
from itertools import chain, zip_longest

from corpus.document import INVENTED
from ontology import regex as re

Piece = tuple[int, int]

SENTENCE_END = re.compile(
    r"(?:[.!?:;…][\"'”’)\]*]*"
    r"|\.\s?(?:\^\{[^{}]*\}|\^\S|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺,–-]+|\[[0-9,\s–-]+\]|[0-9]{1,3}(?:[,–-][0-9]{1,3})*))\s*\Z"
)
# A line can end in a full stop that ends no sentence.
ABBREVIATED = re.compile(
    r"(?:\b(?:al|vs|Fig|Figs|e\.g|i\.e|cf|ca|approx|Dr|Prof|St|Inc|No|Ref|Refs|Tab|Suppl|resp|v)|\b[A-Z])\.\Z"
)
HYPHENS = "-\u00ad\u2010"
PREFIXES = frozenset(
    "anti auto bi co cross ex extra hyper hypo inter intra macro mega meta micro mid mini multi neo non off on over para"
    " peri poly post pre pro pseudo quasi re self semi single double sub super supra trans triple tri twice once ultra"
    " un under well high low long short open placebo progression disease event time follow dose drug grade age".split()
)


WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]{2,})?")


class Vocabulary:
    """The words a document prints, gathered when the first hyphen at a line end asks for them."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(WORD.findall(self._text.casefold()))

    def __contains__(self, word: object) -> bool:
        return word in self._words


def ends_sentence(text: str) -> bool:
    """Does a paragraph end here, as far as its last characters tell (citation markers may follow the stop)?"""
    tail = text[-60:]
    return bool(SENTENCE_END.search(tail)) and not ABBREVIATED.search(tail.rstrip())


def trimmed(text: str, start: int, end: int) -> Piece:
    """The piece without the white space at either end."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def joined(text: str, pieces: Sequence[Piece], words: Container[str] = ()) -> tuple[str, Sequence[int]]:
    """The pieces in one line, and the document's offset of each character (INVENTED for a joined space).

    `words` are the document's: a hyphen at a line end goes where they have the word without it.
    """
    if len(pieces) == 1:
        start, end = pieces[0]
        return text[start:end], range(start, end)
    parts: list[str] = []
    offsets: list[Iterable[int]] = []
    for (start, end), following in zip_longest(pieces, pieces[1:]):
        glue = seam(text[start:end], text[slice(*following)], words) if following else ""
        last = end - 1 if glue == "-" else end
        glue = glue.rstrip("-")
        parts += (text[start:last], glue)
        offsets += (range(start, last), (INVENTED,) * len(glue))
    return "".join(parts), tuple(chain.from_iterable(offsets))


def seam(before: str, after: str, words: Container[str]) -> str:
    """What stands between two pieces: a space, nothing, or "-" where the hyphen before the break is to go."""
    if before[-1:] == "\u00ad":
        return "-"
    if before[-1:] in HYPHENS and len(before) > 1 and before[-2].isalnum():
        return "-" if _is_divided(before, after, words) else ""
    if before[-1:] in "–—/" and len(before) > 1 and not before[-2].isspace():
        return ""
    return " "


def _is_divided(before: str, after: str, words: Container[str]) -> bool:
    head = re.search(r"[^\W\d_]+(?=.\Z)", before)
    tail = re.match(r"[^\W\d_]+", after)
    if not head or not tail or not tail[0][0].islower():
        return False
    first, second = head[0].casefold(), tail[0].casefold()
    if first + second in words:
        return True
    compound = before[head.start() - 1 : head.start()] in HYPHENS if head.start() else False
    return not (first in PREFIXES or compound or head[0].isupper() or f"{first}-{second}" in words)
