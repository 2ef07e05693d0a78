"""A reference list that columns and pages scattered: found line by line, wherever its pieces stand.

`pdftotext` can write the right column before the left one and text of the back matter between; numbers, or
the alphabet, put the pieces in order again.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.headings import main_heading_kind
from corpus.layout.blocks import Line
from corpus.layout.prose import ends_sentence
from corpus.reference_list import AUTHOR, DASHED, GOES_ON, GROUP_AUTHOR, NUMBERED, YEAR, ListItem
from ontology import regex as re

# Reference lists stand in the last part of a paper, whose items are a few lines each.
LAST_PART = 0.35
MAX_LINES = 16
MIN_ITEMS = 5
YEAR_WITHIN = 8
WINDOW = 6
MAX_REGION = 500
REFERENCE_SIGN = re.compile(
    r"\((?:19|20)[0-9]{2}[a-z]?\)|[0-9]\s?[:,(;]\s?[A-Za-z]?[0-9]+\s?[–-]\s?[A-Za-z]?[0-9]+|\bet al\b|\bdoi\b|[A-Z]\., [A-Z]"
    r"|[;,]\s?[0-9]{1,4}(?:\([0-9A-Za-z -]+\))?\s?:\s?[A-Za-z]?[0-9]+"
)
NUMBER_ALONE = re.compile(r"\[?([0-9]{1,3})[.)\]]?")
COMMA_AUTHOR = re.compile(r"[^\d,]{2,40}, ?[A-ZÀ-Þ]\.")
FIRST_NAME = re.compile(r"[,. (]")
END_OF_LIST = re.compile(
    r"\W*(?:©|\(c\)\s|Copyright\b|This (?:is an|article|work)\b|The authors?\b|Open Access\b|Received\b|Key ?words)"
)


def scattered_items(printed: Sequence[Line]) -> tuple[tuple[ListItem, ...], frozenset[int]]:
    """The items of a paper's reference list and the places of the lines they take."""
    first = int(len(printed) * LAST_PART)
    starts = _numbered_starts(printed, first) or _named_starts(printed, first)
    items: list[ListItem] = []
    taken: set[int] = set()
    others = set(starts.values())
    for number, at in sorted(starts.items()):
        places = _item_lines(printed, at, others)
        taken.update(places)
        pieces = [(printed[i].start, printed[i].end) for i in places]
        if NUMBER_ALONE.fullmatch(printed[at].text):
            pieces = pieces[1:]
        elif match := NUMBERED.match(printed[at].text) or DASHED.match(printed[at].text):
            pieces[0] = (pieces[0][0] + match.end(), pieces[0][1])
        if pieces:
            items.append(ListItem(number, printed[at].start, tuple(pieces)))
    return tuple(items), frozenset(taken)


def _numbered_starts(printed: Sequence[Line], first: int) -> dict[int, int]:
    """Place of the line that opens each number; {} where there is no numbered list."""
    places: dict[int, list[int]] = {}
    for i in range(first, len(printed)):
        if number := _item_number(printed, i):
            places.setdefault(number, []).append(i)
    chains = _chains(places)
    best = _covering(chains)
    if len(best) < MIN_ITEMS or len(best) < 0.7 * max(best):
        return {}
    best |= _dashed_head(printed, best)
    for number in range(1, max(best) + 2):
        spare = [i for i in places.get(number, ()) if number not in best and _reads_like_one(printed, i)]
        if spare:
            best[number] = spare[-1]
    return best


def _dashed_head(printed: Sequence[Line], starts: dict[int, int]) -> dict[int, int]:
    """Places of the first items where they open with a dash in place of their numbers, as some converters leave them."""
    first = min(starts)
    above = range(starts[first] - 1, max(0, starts[first] - MAX_LINES * (first - 1)) - 1, -1)
    dashes = [i for i in above if (dash := DASHED.match(printed[i].text)) and AUTHOR.match(printed[i].text, dash.end())]
    return dict(zip(range(first - 1, 0, -1), dashes, strict=False))


def _item_number(printed: Sequence[Line], i: int) -> int | None:
    """The number that opens an item on this line, or that stands alone above its text."""
    line = printed[i].text
    if alone := NUMBER_ALONE.fullmatch(line):
        return int(alone[1]) if i + 1 < len(printed) and AUTHOR.match(printed[i + 1].text) else None
    match = NUMBERED.match(line)
    if match and _is_item_text(line[match.end() :]):
        return int(next(group for group in match.groups() if group))
    return None


def _reads_like_one(printed: Sequence[Line], i: int) -> bool:
    text = " ".join(line.text for line in printed[i : i + YEAR_WITHIN])
    return bool(YEAR.search(text)) and bool(REFERENCE_SIGN.search(text))


def _is_item_text(rest: str) -> bool:
    return rest[:1].isupper() or rest[:1] in "“\"'‘[" or bool(AUTHOR.match(rest))


def _chains(places: dict[int, list[int]]) -> list[dict[int, int]]:
    """Runs of numbers that follow one another down the page, longest first."""
    chains: list[dict[int, int]] = []
    used: set[int] = set()
    for number in sorted(places):
        for start in places[number]:
            if start in used:
                continue
            chain, n, at = {number: start}, number, start
            while after := next((i for i in places.get(n + 1, ()) if at < i <= at + MAX_LINES and i not in used), None):
                n, at = n + 1, after
                chain[n] = after
            used.update(chain.values())
            chains.append(chain)
    return sorted(chains, key=lambda chain: -len(chain))


def _covering(chains: Sequence[dict[int, int]]) -> dict[int, int]:
    """One place for each number, the longest chains first."""
    best: dict[int, int] = {}
    for chain in chains:
        if len(chain) < 2 or (best and min(chain) > max(best) + 2 * MIN_ITEMS and len(chain) < MIN_ITEMS):
            continue
        if not best.keys() & chain.keys():
            best |= chain
    return best


def _item_lines(printed: Sequence[Line], at: int, starts: set[int]) -> list[int]:
    """The lines of the item that opens at `at`, up to the next one or to what is no part of it."""
    places = [at]
    for i in range(at + 1, min(len(printed), at + MAX_LINES)):
        line = printed[i]
        if i in starts or main_heading_kind(line.text) or END_OF_LIST.match(line.text):
            break
        last = printed[places[-1]].text
        done = (ends_sentence(last) or REFERENCE_END.search(last)) and not NUMBER_ALONE.fullmatch(last)
        if line.gap and done and not CONTINUES.match(line.text):
            break
        places.append(i)
    return places


REFERENCE_END = re.compile(r"[0-9][–-][A-Za-z]?[0-9]+\.?\s*\Z|\bdoi:?\s?10\.\S{6,}\Z|\([12][0-9]{3}\)\.?\Z")
CONTINUES = re.compile(r"[a-z0-9(]|doi|PMID|http")


def _named_starts(printed: Sequence[Line], first: int) -> dict[int, int]:
    """Place of the line that opens each entry of an alphabetical list, numbered in the order of the alphabet."""
    heading = next(
        (i for i in range(len(printed) - 1, first, -1) if main_heading_kind(printed[i].text) == "references"), None
    )
    if heading is None:
        return {}
    places = [i for start, end in _regions(printed, first, heading) for i in _entries(printed, start, end)]
    if sum(bool(COMMA_AUTHOR.match(printed[i].text)) for i in places) * 2 > len(places):
        places = [i for i in places if COMMA_AUTHOR.match(printed[i].text) or GROUP_AUTHOR.match(printed[i].text)]
    ordered = sorted(places, key=lambda i: FIRST_NAME.split(printed[i].text.casefold())[0])
    return dict(enumerate(ordered, 1)) if len(ordered) >= MIN_ITEMS else {}


def _regions(printed: Sequence[Line], first: int, heading: int) -> list[tuple[int, int]]:
    """Stretches of lines that read like references, cut at the heading of the list."""
    signs = [bool(REFERENCE_SIGN.search(line.text)) for line in printed]
    dense = [sum(signs[max(0, i - WINDOW) : i + WINDOW + 1]) >= WINDOW // 2 for i in range(len(printed))]
    edges = [i for i in range(first + 1, len(printed)) if dense[i] != dense[i - 1]]
    bounds = [first, *edges, len(printed)]
    found = [(a, b) for a, b in pairwise(bounds) if dense[a] and b - a > MIN_ITEMS and b > heading - MAX_REGION]
    # Long entries are dense only some lines below the heading.
    regions = [(heading + 1 if heading < a <= heading + WINDOW else a, b) for a, b in found]
    return [part for a, b in regions for part in ([(a, heading), (heading + 1, b)] if a <= heading < b else [(a, b)])]


def _entries(printed: Sequence[Line], start: int, end: int) -> list[int]:
    """The lines of a stretch that open an entry."""
    entries: list[int] = []
    for i in range(start, end):
        line = printed[i].text
        years = " ".join(one.text for one in printed[i : i + YEAR_WITHIN])
        if not (AUTHOR.match(line) or GROUP_AUTHOR.match(line)) or not YEAR.search(years):
            continue
        before = printed[i - 1].text if i > start else "."
        if GOES_ON.search(before) or not (ends_sentence(before) or before[-1:].isdigit() or printed[i].gap):
            continue
        entries.append(i)
    return entries
