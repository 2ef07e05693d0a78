"""The head of a table: which rows belong to it, the path of heads over each column, and the sizes of groups in it."""

from __future__ import annotations

from functools import lru_cache

from corpus.document import Cell, Table
from extractor.tables.print import label, plain
from ontology import regex as re

PEOPLE = r"(?:patients|subjects|participants|persons|people|women|men|children|infants|cases|individuals|eyes|pts)"
WHOLE = r"(?P<size>\d{1,3}(?:[, ]\d{3})+|\d+)"
# "(n = 52)", "N=1,024", "(n 12)", "n: 52", "No. = 52", "(n = 310a)" with a footnote mark.
SIZE = re.compile(
    r"[(\[]?\s*(?<![A-Za-z])(?:total )?(?:[Nn]|[Nn]o\.?|[Nn]umber)\s?(?:[=:]|(?<=[(\[ ][Nn]) )\s?"
    rf"{WHOLE}(?:\s?{PEOPLE}|[a-e])?\s*[)\]]?"
)
# "(52 patients)", "52 patients"
PEOPLE_SIZE = re.compile(rf"[(\[]?\s*\b{WHOLE} {PEOPLE}\b\s*[)\]]?")
# "TEL (61)" and "TEL (61) N (%)": a bare number in brackets is a size only where the other heads have one too.
BARE_SIZE = re.compile(r"(?<=[A-Za-z.)] )\((?P<size>\d{1,3}(?:,\d{3})+|\d{2,})\)")
STATISTIC_TAIL = re.compile(
    rf"""[\s,;:|-]*(?:
        \b(?:no|n|number|count|freq(?:uency)?)\b\.?(?:\ of\ {PEOPLE})?(?:\s?[(\[,/]?\s?(?:%|n|percent)\s?[)\]]?)?
      | \(?%\)? | [(\[]?\b(?:mean|median)\b.* | \[(?:cases|n|no\.?)?\ ?\(?%\)?\] )\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
TOTAL = re.compile(
    rf"""^{PEOPLE}$ | ^(?:(?:grand\ )?total|all|overall|whole|entire|pooled|combined|both)\b
        (?:\ (?:{PEOPLE}|patient|subject|participant|groups?|arms?|study|trial|sample|cohort|population|treated|
        randomi[sz]ed|itt|enrolled|the|of|in|both|treatments?))*(?:\ \(?(?:began|n\ ?=).*)?$""",
    re.IGNORECASE | re.VERBOSE,
)
COUNT_ROW = re.compile(
    rf"""^(?:n|no|number|total|patients|subjects|participants|sample\ size|total\ n)\.?(?:\ of\ {PEOPLE})?
        (?:\ (?:randomi[sz]ed|treated|analy[sz]ed))?(?:[,:]?\ ?\(?(?:n|no\.?)\)?)?$""",
    re.IGNORECASE | re.VERBOSE,
)
COUNT_CELL = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?: ?\(100(?:\.0+)? ?%?\))?")
HEAD_WORD = re.compile(
    r"""^(?:(?:no|n)\.? | \(?%\)? | (?:no|n)\.?\ ?\(?%\)? | (?:adjusted\ )?(?:mean|median)\b.* | p\b.* | baseline | sd
        | se | iqr | range | (?:any|all)\ grades? | grade.* | (?:95\ ?%\ ?)?ci | 95%.* | hr\b.* | rr\b.* | or\b.*
        | (?:day|week|month|visit)\ \d+.* | total | value | variable)$""",
    re.IGNORECASE | re.VERBOSE,
)
# Heads that carry a size and are no group: a visit, a population.
NO_GROUP = re.compile(
    r"""^(?:(?:baseline|before|after|pre|post|(?:at\ )?(?:day|week|month|year|visit|test|cycle|change|follow))\b
        | \d+\ ?(?:day|week|month|year) | (?:intention|safety|per[-\ ]protocol|itt|evaluable|adverse\ events)\b
        | (?:fe)?males?$ | laborator | (?:(?:study|treatment)\ )?(?:groups?|arms?|cohorts?|regimens?)$
        | (?:(?:blinded|independent|central|local)\ )*(?:review|investigator|assessment|irc|bicr|icr|irrc|i?r?recist)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
VALUE_START = re.compile(r"^[<>≤≥=~-]?\s?\(?\.?\d")
LETTER = re.compile(r"[A-Za-z]")
UNIT_BEHIND = re.compile(r"^(?P<drug>[^()]+?)\s*\((?P<unit>[^()]+)\)$")
DIGIT = re.compile(r"\d")
MAX_EXTRA_HEADS = 3


def head_rows(table: Table) -> int:
    """How many rows the head has: those the format marks, and the rows below that only carry heads."""
    rows = table.header_rows
    last = min(len(table.grid) - 1, rows + MAX_EXTRA_HEADS)
    while rows < last and is_head_row(table.grid[rows]):
        rows += 1
    return rows


def is_head_row(row: tuple[Cell | None, ...]) -> bool:
    """Whether a body row carries on the head: sizes, statistics or visits where a body row has values."""
    stub, *rest = [plain(cell.text) if cell else "" for cell in row]
    rest = [text for text in rest if text]
    if not rest or len({id(cell) for cell in row if cell}) == 1:
        return False
    sized = [without_size(text) for text in rest if SIZE.search(text)]
    if len(sized) * 2 >= len(rest) and not any(VALUE_START.match(text) for text in sized):
        return not stub or all(sized)
    return not stub and all(HEAD_WORD.match(text) for text in rest)


def head_path(table: Table, column: int, rows: int) -> tuple[Cell, ...]:
    """The heads over a column in the first `rows` rows, from the top down, each printed cell once."""
    path: list[Cell] = []
    for row in table.grid[:rows]:
        cell = row[column] if column < len(row) else None
        if cell is not None and plain(cell.text) and all(cell is not other for other in path):
            path.append(cell)
    return tuple(path)


@lru_cache(maxsize=4096)
def size_of(text: str) -> int | None:
    """The group size that a plain head states ("Placebo (n = 52)")."""
    if not DIGIT.search(text):
        return None
    match = SIZE.search(text) or PEOPLE_SIZE.search(text)
    return _number(match["size"]) if match else None


@lru_cache(maxsize=4096)
def without_size(text: str) -> str:
    """A plain head without its size and the statistic behind it ("Placebo (n = 52), n (%)" is "Placebo")."""
    bare = PEOPLE_SIZE.sub(" ", SIZE.sub(" ", text))
    previous = ""
    while previous != bare:
        previous, bare = bare, STATISTIC_TAIL.sub("", bare)
    return label(bare)


def dosed(head: str, dose: str) -> str:
    """A bare dose under the head that names its drug: 2.5 under "Prednisone (mg/day)" is "Prednisone 2.5 mg/day"."""
    match = UNIT_BEHIND.match(head)
    return f"{match['drug']} {dose} {match['unit']}" if match else f"{head} {dose}"


def is_total(text: str) -> bool:
    """Whether a plain head means the whole trial."""
    return bool(TOTAL.match(without_size(text)))


def bare_sizes(texts: tuple[str, ...]) -> dict[str, int]:
    """Sizes printed as bare numbers in brackets, by head, where at least two heads have one ("TEL (61) N (%)")."""
    sizes = {text: _number(match["size"]) for text in texts if (match := BARE_SIZE.search(text))}
    return sizes if len(sizes) >= 2 else {}


def count_row(table: Table, rows: int) -> dict[int, int]:
    """Sizes by column in the first row of the body: `N | 328 | 317 | 80`."""
    first = table.grid[rows] if len(table.grid) > rows else (None,)
    if first[0] is None or not COUNT_ROW.match(label(first[0].text)):
        return {}
    cells = {column: COUNT_CELL.fullmatch(plain(cell.text)) for column, cell in enumerate(first) if cell and column}
    return {column: _number(match[1]) for column, match in cells.items() if match}


def _number(printed: str) -> int:
    return int(printed.replace(",", "").replace(" ", ""))
