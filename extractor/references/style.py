"""The style of a reference list, decided once for all its items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractor.references.parse import Parsed, Style, parse
from extractor.references.printed import Printed

# (form of the names, year behind them) -> the style's usual name.
NAMES = {
    ("family-initials", False): "vancouver",
    ("family-initials", True): "springer",
    ("family,initials", False): "nature",
    ("family,initials", True): "harvard",
    ("initials-family", False): "ieee",
    ("initials-family", True): "elsevier",
    ("family,given", False): "mla",
    ("family,given", True): "chicago",
    ("given-family", False): "full-names",
    ("given-family", True): "full-names",
}


def parse_all(items: Sequence[Printed]) -> list[Parsed]:
    """Read every item alone, decide the list's style, and read again the items that do not show it."""
    alone = parse_alone(items)
    style = decide(alone)
    # The first item was read before any style was known.
    return [read if place and read.style == style else again(read, style) for place, read in enumerate(alone)]


def parse_alone(items: Sequence[Printed]) -> list[Parsed]:
    """Each item read with the form of the item before it tried first."""
    read: list[Parsed] = []
    form: str | None = None
    for item in items:
        read.append(parse(item, Style(form)))
        if read[-1].names.form not in (None, "group"):
            form = read[-1].names.form
    return read


def decide(read: Sequence[Parsed]) -> Style:
    """The style that most items show."""
    forms = Counter(item.names.form for item in read if item.names.form not in (None, "group"))
    early = Counter(item.early for item in read if item.year)
    return Style(forms.most_common(1)[0][0] if forms else None, early.most_common(1)[0][0] if early else False)


def again(read: Parsed, style: Style) -> Parsed:
    """An exception read in the style of the list, kept where that reads more of it."""
    other = parse(read.printed, style)
    return other if richness(other) >= richness(read) else read


def richness(read: Parsed) -> tuple[int, int]:
    """How many parts were read, then how many authors."""
    parts = (read.names.authors, read.year, read.title, read.journal, read.place)
    return sum(1 for part in parts if part), len(read.names.authors)


def name_of(style: Style) -> str:
    """The usual name of a style."""
    return NAMES.get((style.form or "", style.early), "mixed")
