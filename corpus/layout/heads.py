"""Which rows of a table are its head, and which columns and rows its cells span."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ontology import regex as re
from ontology.glyphs import fold

Texts = Sequence[Sequence[str]]

MAX_HEAD = 5

# What a body prints: counts, measurements, intervals, ranges and tests, with at most these words among the numbers.
VALUE_WORDS = frozenset(
    "p se sd ci iqr to vs and or e y yr yrs year years mo month months d day days a b c ns na ref x v kg cm mm".split()
)
NOTHING = re.compile(
    r"(?:ns|na|n/a|nd|nr|ne|nc|not reached|not significant|yes|no|none|ref\.?|reference|-+|\.{2,3}|[○●✓✗×xX+])[\s*†‡§¶#]*",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+")
# What only a head prints under or beside a label.
UNIT_LABELS = (
    r"(?:number|total)?\s*n\s*=\s*[0-9,]+.*",
    r"no\.?(?:\s*\(?%\)?)?|n|n\s*,?\s*\(?%\)?|\(?%\)?|n/n.*|(?:number|no\.?)\s(?:of|\(%\)\sof)\s.*",
    r"percent(?:age)?s?|patients|subjects|events|cases|estimate|difference",
    r"mean.*|median.*|range|s\.?d\.?|s\.?e\.?m?\.?|iqr|min(?:imum)?|max(?:imum)?|9[0-9]\s*%?\s*c\.?i\.?.*",
    r"(?:adjusted |unadjusted )?(?:hr|or|rr|hazard ratio|odds ratio|relative risk|risk ratio)\b.*",
    r"(?:any |all )?grades?\b.*|[≥>]\s*grade\s.*|all|any|total|overall|univariate.*|multivariate.*",
    r"p(?:[ -]?values?)?(?![a-z])(?!\s*[=<>≤≥]).{0,20}|baseline|before.*|after.*",
    r"(?:day|week|month|year|visit|cycle|period|arm|group|cohort)\s.*",
)
UNIT_LABEL = re.compile(rf"\(?\s*(?:{'|'.join(UNIT_LABELS)})\s*\)?[\s*†‡§¶#]*", re.IGNORECASE)
STUB_WORDS = (
    "characteristics? parameters? variables? events? toxicity toxicities groups? factors? outcomes? endpoints? points?"
    " measures? items? patients? pt subset subgroups? response reactions? covariates? terms? category study scales? dose"
    " level cohort arm visit status stage symptoms? class test antibody antibodies gene marker time effect"
)
STUB_LABEL = re.compile(rf".*\b(?:{STUB_WORDS.replace(' ', '|')})\b.*|n\s*\(%\)", re.IGNORECASE)
P_LABEL = re.compile(r"(?:adjusted |log-?rank )?p(?:[ -]?values?)?\b.{0,20}", re.IGNORECASE)
# Columns that compare or sum up the groups before them.
COMPARISON = re.compile(
    r"\b(?:total|overall|all|p(?:[ -]?values?)?|differences?|significance|r\.?r\.?|h\.?r\.?|o\.?r\.?|ratio|relative risk"
    r"|hazard|odds|risk ratio|model|analysis|comparison|regression|test|95 ?% ?ci|treatment effect|estimate)(?![a-z])",
    re.IGNORECASE,
)
BOLD = re.compile(r"\*\*.+\*\*[\s\W]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Span:
    """The grid places a printed cell covers: `rows` down and `columns` across from where it stands."""

    rows: int = 1
    columns: int = 1


@lru_cache(maxsize=8192)
def plain(cell: str) -> str:
    """A cell's text with glyphs folded and the marks of emphasis gone."""
    return " ".join(fold(cell).split())


@lru_cache(maxsize=8192)
def is_value(cell: str) -> bool:
    """Is this what a table's body holds (a number, an interval, NS)?"""
    text = plain(cell)
    if NOTHING.fullmatch(text):
        return True
    if not any(map(str.isdecimal, text)) or UNIT_LABEL.fullmatch(text):
        return False
    return all(word.casefold() in VALUE_WORDS for word in WORD.findall(text))


def header_rows(rows: Texts) -> int:
    """How many of a table's first rows are its head; cells are the printed texts, "" where nothing stands."""
    filled = [index for index, row in enumerate(rows) if any(row)]
    if not filled or (len(rows) > 1 and _is_body(rows[0]) and _has_values(rows[1])):
        return 0
    height = 1
    while height < min(MAX_HEAD, len(rows) - 1) and _continues(rows, height):
        height += 1
    return height


def _values(row: Sequence[str]) -> list[str]:
    """The cells beside the stub that hold more than a footnote mark."""
    return [cell for cell in row[1:] if plain(cell).strip("†‡§¶#")]


def _has_values(row: Sequence[str]) -> bool:
    return any(is_value(cell) for cell in row[1:])


def _is_body(row: Sequence[str]) -> bool:
    """A first row that is no head: a label with nothing but values beside it."""
    cells = _values(row)
    return bool(row[0] and cells) and not STUB_LABEL.fullmatch(plain(row[0])) and all(map(is_value, cells))


def _continues(rows: Texts, index: int) -> bool:
    """Is the row at `index` one more row of the head that ends above it?"""
    above, row = rows[index - 1], rows[index]
    cells = _values(row)
    if index == 1 and _are_packed(above, row):
        return True
    if not cells:
        return False
    if index == 1 and _is_banner(above) and not any(map(is_value, cells)):
        return above[0] == "" or not row[0] or bool(STUB_LABEL.fullmatch(plain(row[0])))
    if not row[0]:
        return _is_head_without_stub(rows, index, cells)
    units = sum(map(_is_unit, cells))
    if any(is_value(cell) and not _is_unit(cell) for cell in cells):
        return _names_numbers(rows, index)
    if all(BOLD.fullmatch(cell) for cell in cells) and len(cells) > 1:
        return True
    labelled = not any(map(is_value, cells)) and bool(STUB_LABEL.fullmatch(plain(row[0])))
    return (units * 2 >= len(cells) or _fills_gaps(above, row)) and (labelled or not above[0]) and len(cells) > 1


def _is_unit(cell: str) -> bool:
    return bool(UNIT_LABEL.fullmatch(plain(cell)))


def _is_banner(row: Sequence[str]) -> bool:
    return len(row) > 2 and sum(map(bool, row)) == 1


def _are_packed(above: Sequence[str], row: Sequence[str]) -> bool:
    """Labels that a converter packed to the left edge: units alone, or as many as a heading above has columns."""
    cells = [cell for cell in row if cell]
    if len(cells) < 2 or not all(row[: len(cells)]) or any(map(is_value, cells)):
        return False
    if all(map(_is_unit, cells)):
        return len(cells) * 2 <= len(row) or len(cells) == len(row) - 1
    return len(cells) * 2 <= len(row) and bool(_pushed_right([above, row]))


def _is_head_without_stub(rows: Texts, index: int, cells: list[str]) -> bool:
    above = rows[index - 1]
    units = sum(map(_is_unit, cells))
    if units * 2 > len(cells):
        return True
    below = rows[index + 1] if index + 1 < len(rows) else ()
    valued = any(map(is_value, cells))
    if _fills_gaps(above, rows[index]):
        return bool(below) and (bool(below[0]) or not valued or all(map(_is_unit, _values(below))))
    if all(BOLD.fullmatch(cell) for cell in cells):
        return True
    first = next((row for row in rows[index + 1 :] if _values(row)), ())
    return not valued and _has_values(first) and len(cells) > 1


def _fills_gaps(above: Sequence[str], row: Sequence[str]) -> bool:
    """Does the row put labels under a heading that spans columns?"""
    gaps = [c for c in range(2, min(len(above), len(row))) if not above[c] and any(above[1:c])]
    return any(row[c] for c in gaps)


def _names_numbers(rows: Texts, index: int) -> bool:
    """A row like `Group | 0 | 1 | 2 | n`, which names grades or doses under a heading that spans them."""
    above, row = rows[index - 1], rows[index]
    labelled = bool(STUB_LABEL.fullmatch(plain(row[0]))) and not above[0]
    return labelled and _fills_gaps(above, row) and not all(map(is_value, _values(row)))


def spans(rows: Texts, height: int) -> dict[tuple[int, int], Span]:
    """The spans of the head's cells by (row, column), and those of rows that hold one cell alone."""
    found: dict[tuple[int, int], Span] = {}
    for r in range(height):
        heads = [c for c, cell in enumerate(rows[r]) if cell]
        for c in heads:
            across = _across(rows, height, r, c)
            found[r, c] = Span(_down(rows, height, r, c, across), across)
    return found


def _across(rows: Texts, height: int, r: int, c: int) -> int:
    """Columns that a cell of the head covers: the empty places to its right that have a label below."""
    row, width = rows[r], len(rows[r])
    if c == 0 and height > 1 and any(row[1:]):
        return 1
    stop = next((k for k in range(c + 1, width) if row[k]), width)
    below = [next((rows[k][x] for k in range(r + 1, height) if rows[k][x]), "") for x in range(width)]
    if P_LABEL.fullmatch(plain(row[c])):
        return 1
    end = c + 1
    while end < stop and (below[end] or height == 1 or r == height - 1) and _belongs(rows[r], below, c, end):
        if not below[end]:
            break
        end += 1
    return end - c


def _belongs(row: Sequence[str], below: Sequence[str], c: int, x: int) -> bool:
    """Is the label under column `x` part of the group that opens at `c`, not a column of its own at the end?"""
    heads = [k for k, cell in enumerate(row) if cell and k > 0]
    if heads[-1:] != [c]:
        return True
    sizes = {b - a for a, b in pairwise(heads)}
    if len(sizes) == 1 and max(sizes) > 1:
        return x - c < max(sizes)
    return not COMPARISON.match(plain(below[x])) or bool(COMPARISON.search(plain(row[c])))


def _down(rows: Texts, height: int, r: int, c: int, across: int) -> int:
    """Rows that a cell of the head covers: those below it where nothing stands under any of its columns."""
    if across > 1:
        return 1
    end = r + 1
    while end < height and not rows[end][c]:
        end += 1
    return end - r


def realigned(rows: Texts, height: int) -> dict[tuple[int, int], int]:
    """New columns for cells of the head that a converter packed to the left: (row, column) -> column.

    Headings in neighbouring columns over labels that repeat once for each of them belong one over each group.
    """
    if height != 2:
        return {}
    heads = [c for c, cell in enumerate(rows[0]) if cell and c > 0]
    labels = [plain(cell) for cell in rows[1]]
    moved: dict[tuple[int, int], int] = {}
    if len(heads) > 1 and heads == list(range(heads[0], heads[0] + len(heads))):
        first = heads[0]
        size = next((n for n in (2, 3, 4, 5) if _repeats(labels[first:], len(heads), n)), 0)
        trailing = len(labels) - first - size * len(heads)
        if size and not any(rows[0][first + len(heads) :]) and 0 <= trailing <= 2:
            moved = {(0, c): first + size * k for k, c in enumerate(heads)}
    return moved | _pushed_right(rows)


def _repeats(labels: Sequence[str], groups: int, size: int) -> bool:
    chunks = [tuple(labels[k * size : (k + 1) * size]) for k in range(groups)]
    return len(labels) >= groups * size and len(set(chunks)) == 1 and all(chunks[0])


def _pushed_right(rows: Texts) -> dict[tuple[int, int], int]:
    """Labels packed to the left edge go under the one heading whose gap is as wide as they are many."""
    labels = [c for c, cell in enumerate(rows[1]) if cell]
    heads = [c for c, cell in enumerate(rows[0]) if cell]
    if labels == list(range(len(rows[1]) - 1)) and len(heads) == len(rows[1]) and all(map(_is_unit, rows[1][:-1])):
        return {(1, c): c + 1 for c in labels}
    if not labels or labels != list(range(len(labels))) or len(labels) < 2 or len(labels) == len(rows[1]):
        return {}
    ends = [*heads[1:], len(rows[0])]
    groups = [c for c, end in zip(heads, ends, strict=True) if end - c == len(labels) and c > 0]
    if len(groups) != 1 or P_LABEL.fullmatch(plain(rows[0][groups[0]])):
        return {}
    return {(1, c): groups[0] + c for c in labels}
