"""Which labels of a table's first column the bands of its values stand beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.layout.blocks import Line
from corpus.layout.heads import plain
from ontology.terms import terms

SECTION_LABEL = re.compile(
    r",?\s*\(?(?:n|no\.?|number)?\s*\(?%\)?\)?\W*$|\((?:years?|yrs?|mo|months?|kg|cm|mm|mg|g|days?|weeks?)\)\W*$|:$"
)
# "<40" and "40–59" name groups; the same signs before a count are values.
GROUP_LABEL = re.compile(
    r"[<>≤≥≧≦]\s?[0-9]+(?:\.[0-9]+)?(?:\s?(?:years?|y))?|[0-9]{2}\s?[-]\s?[0-9]{2}|[0-9]\+|[IV]+(?:-[IV]+)?"
)
# What is divided into the groups below it.
NAMED_LABEL = re.compile(
    r"\b(?:stage|status|type|site|location|sex|gender|race|ethnic\w*|histolog\w*|categor\w*|class|smoking|education|hematologic"
    r"|disorders|toxicit\w+|reasons?|cause)\b",
    re.IGNORECASE,
)
CODE = re.compile(r"[A-Z]{1,2}[0-9][a-z]?|[IVX]+[ab]?|[0-9]{1,2}")
VALUED_LABEL = re.compile(
    r"\b(?:mean|median|range|sd|iqr|yes|no|male|female|men|women|unknown|missing|total|other|none|grade)\b",
    re.IGNORECASE,
)
LATE = 2.0  # what it costs that a label is printed behind its values
SURE = 1.0  # by how much the best fit must beat one that it differs from
CERTAIN = 0.6  # of the values: with fewer a table tells nothing
MANY = 12  # fits: with so many nothing is certain
MOST_SPARE = 0.6  # of the labels: with more headings than that nothing is certain either
MOST_LABELS = 150
WEAK = 0.3  # what it costs that nothing but a gap parts two bands
SKIPPED = 0.4  # what a label without values costs


Values = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A label: its lines, the part it stands in, and whether it is the first there."""

    lines: tuple[Line, ...]
    part: int
    opens: bool

    @property
    def text(self) -> str:
        """Its words."""
        return plain(" ".join(line.text for line in self.lines))

    @property
    def wraps(self) -> bool:
        """Does it take more than one line, so that its row is higher than others?"""
        return len(self.lines) > 1


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of values that stand directly under one another, and the part that the first of them is printed in."""

    part: int
    rows: tuple[Values, ...]


@dataclass(frozen=True, slots=True)
class Fit:
    """How good a fit is, and the label that each band begins at."""

    score: float
    places: tuple[int, ...]


def fitted(labels: Sequence[Label], bands: Sequence[Band]) -> list[tuple[Label, Values]]:
    """The labels with the values beside them, () for a heading; what is not certain is left out, all where much is not."""
    near = fits_of(labels, bands)
    if not near:
        return []
    beside = [rows_at(places, bands) for places in near]
    found = [(label, {rows.get(place, ()) for rows in beside}) for place, label in enumerate(labels)]
    sure = [(label, values.pop()) for label, values in found if len(values) == 1]
    told = sum(bool(values) for _, values in sure)
    return sure if told >= CERTAIN * sum(len(band.rows) for band in bands) else []


def rows_at(places: Sequence[int], bands: Sequence[Band]) -> dict[int, Values]:
    """The values beside each label where the bands begin at these."""
    return {
        place + number: values
        for place, band in zip(places, bands, strict=True)
        for number, values in enumerate(band.rows)
    }


def fits_of(labels: Sequence[Label], bands: Sequence[Band]) -> list[tuple[int, ...]]:
    """The labels that the bands begin at, in the best fit and in those that are nearly as good."""
    last = bands[-1].part
    spare = len(labels) - sum(len(band.rows) for band in bands)
    if spare > MOST_SPARE * len(labels) or len(labels) > MOST_LABELS:
        return []
    if labels[0].part > bands[0].part or any(label.part > last and is_row(label.text) for label in labels):
        return []
    # A heading over all columns, or a note, is printed when the columns are done.
    weights = [section_weight(labels, place) if label.part < last else 0.0 for place, label in enumerate(labels)]

    @cache
    def best(place: int, number: int) -> tuple[Fit, ...]:
        """The best fits of the bands from `number` on to the labels from `place` on."""
        if number == len(bands):
            return (Fit(sum(weights[place:]), ()),)
        found: list[Fit] = []
        skipped = 0.0
        height = len(bands[number].rows)
        for start in range(place, len(labels) - height + 1):
            if start > place or number == 0 or parts_rows(labels, start):
                cost = LATE * (labels[start].part > bands[number].part)
                cost += WEAK * (start == place and number > 0 and not parts_wrapped(labels, start))
                found += [
                    Fit(fit.score + skipped - cost, (start, *fit.places)) for fit in best(start + height, number + 1)
                ]
            skipped += weights[start]
        return tuple(sorted(found, key=lambda fit: -fit.score)[:MANY])

    fits = best(0, 0)
    near = [fit.places for fit in fits if fits[0].score - fit.score < SURE]
    return near if len(near) < MANY else []


def is_row(label: str) -> bool:
    """Does a label name what is measured, so that values must stand beside it?"""
    return bool(VALUED_LABEL.search(label)) or ("(" in label and not SECTION_LABEL.search(label))


def parts_rows(labels: Sequence[Label], place: int) -> bool:
    """Can two bands part between a label and the one above without a heading there?"""
    return labels[place].opens or parts_wrapped(labels, place)


def parts_wrapped(labels: Sequence[Label], place: int) -> bool:
    """Is a label or the one above printed in more than one line, so that the rows stand apart?"""
    return labels[place].wraps or labels[place - 1].wraps


@cache
def event_names() -> frozenset[str]:
    """The names of adverse events, which have values beside them."""
    return frozenset(label.casefold() for term in terms("events") for label in term.labels)


def section_weight(labels: Sequence[Label], place: int) -> float:
    """How much a label looks like the heading of a section of rows."""
    label = labels[place].text
    weight = 2.0 * bool(SECTION_LABEL.search(label)) - 2.0 * bool(VALUED_LABEL.search(label)) - SKIPPED
    weight -= 2.0 * bool(GROUP_LABEL.fullmatch(label)) + 2.0 * (label.casefold() in event_names())
    if place + 1 < len(labels):
        following = labels[place + 1].text
        weight += 1.0 * bool(VALUED_LABEL.search(following)) + 0.5 * (not following[:1].isupper())
        weight += 1.0 * bool(GROUP_LABEL.fullmatch(following) or CODE.fullmatch(following))
    weight += 1.0 * bool(NAMED_LABEL.search(label)) - 1.0 * bool(CODE.fullmatch(label))
    return weight
