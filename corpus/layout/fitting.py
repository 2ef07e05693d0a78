"""Which labels of a table's first column the bands of its values stand beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.layout.blocks import Line
from corpus.layout.heads import plain
from ontology import regex as re
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
REPEATED = 3  # times a label is printed that says nothing without its heading
SURELY = 0.9  # of the values, where labels repeat
LATE = 2.0  # what it costs that a label is printed behind its values
SURE = 1.0  # by how much the best fit must beat one that it differs from
CERTAIN = 0.5  # of the values: with fewer a table tells nothing
MANY = 40  # fits: with so many nothing is certain
MOST_SPARE = 0.6  # of the labels: with more headings than that nothing is certain either
MOST_LABELS = 150
WEAK = 0.3  # what it costs that nothing but a gap parts two bands
LEFT = 0.8  # what each label costs that is left behind without values when the next ones are printed
USUAL = 0.5  # of the labels
UNKNOWN = 0.5  # what each row more or less costs where the values are not certain
TORN = 3.0  # what it costs that two bands part where nothing parts their labels
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
    """Rows of values that stand directly under one another, and the part that the first of them is printed in.

    `gap`: about how many rows there are whose values are not certain.
    """

    part: int
    rows: tuple[Values, ...]
    gap: int = 0

    @property
    def height(self) -> int:
        """How many rows it has, as far as that is known."""
        return len(self.rows) or self.gap


@dataclass(frozen=True, slots=True)
class Fit:
    """How good a fit is, and the label that each band begins at with the number of those beside it."""

    score: float
    places: tuple[tuple[int, int], ...]


def fitted(labels: Sequence[Label], bands: Sequence[Band]) -> list[tuple[Label, Values]]:
    """The labels with the values beside them, () for a heading; what is not certain is left out, all where much is not."""
    near = fits_of(labels, bands)
    if not near:
        return []
    beside = [rows_at(places, bands) for places in near]
    found = [(label, {rows.get(place, ()) for rows in beside}) for place, label in enumerate(labels)]
    told = sum(len(values) == 1 and None not in values and () not in values for _, values in found)
    repeated = max(Counter(label.text for label in labels).values()) >= REPEATED
    if told < (SURELY if repeated else CERTAIN) * sum(band.height for band in bands):
        return []
    return list(settled(found, lost=any(label.part > bands[-1].part for label in labels)))


def settled(found: Sequence[tuple[Label, set[Values | None]]], *, lost: bool) -> Iterator[tuple[Label, Values]]:
    """The labels whose values are certain; no bare word that may stand under a heading that is not (`lost`: any may)."""
    loose = lost
    for label, values in found:
        beside = next(iter(values))
        if len(values) > 1 or beside is None:
            loose = True
        elif beside or not is_row(label.text):
            loose = loose if beside else lost
            if not (loose and beside and is_bare(label.text)):
                yield label, beside


def is_bare(label: str) -> bool:
    """Is a label a word that says little without a heading: Male, Abnormal?"""
    return len(label.split()) == 1 and label.casefold() not in event_names()


def rows_at(places: Sequence[tuple[int, int]], bands: Sequence[Band]) -> dict[int, Values | None]:
    """The values beside each label where the bands begin at these; None where they are not certain."""
    return {
        start + number: band.rows[number] if band.rows else None
        for (start, height), band in zip(places, bands, strict=True)
        for number in range(height)
    }


def fits_of(labels: Sequence[Label], bands: Sequence[Band]) -> list[tuple[tuple[int, int], ...]]:
    """The labels that the bands begin at, in the best fit and in those that are nearly as good."""
    last = bands[-1].part
    spare = len(labels) - sum(band.height for band in bands)
    if spare > MOST_SPARE * len(labels) or not 0 < len(labels) <= MOST_LABELS:
        return []
    if labels[0].part > bands[0].part or any(label.part > last and is_row(label.text) for label in labels):
        return []
    weights = weights_of(labels, last)
    printed = printed_before(labels, bands)

    @cache
    def best(place: int, number: int) -> tuple[Fit, ...]:
        """The best fits of the bands from `number` on to the labels from `place` on."""
        if number == len(bands):
            return (Fit(sum(weights[place:]), ()),)
        found: list[Fit] = []
        skipped = 0.0
        for start in range(place, len(labels) + 1):
            for height, cost in heights_at(labels, start, bands[number], last, apart=start > place or number == 0):
                behind = LEFT * max(0, printed[number] - start - height)
                found += [
                    Fit(fit.score + skipped - cost - behind, ((start, height), *fit.places))
                    for fit in best(start + height, number + 1)
                ]
            skipped += weights[start] if start < len(labels) else 0.0
        return tuple(sorted(found, key=lambda fit: -fit.score)[:MANY])

    fits = best(0, 0)
    near = [fit.places for fit in fits if fits[0].score - fit.score < SURE]
    return near if len(near) < MANY else []


def heights_at(
    labels: Sequence[Label], start: int, band: Band, last: int, *, apart: bool
) -> Iterator[tuple[int, float]]:
    """How many labels a band can stand beside from `start` on, and what that costs; `apart`: labels part it from others.

    `last` is the part of the last band: labels behind it may be missing among the others, and tear bands apart.
    """
    room = len(labels) - start
    if band.gap:
        yield from ((height, UNKNOWN * abs(height - band.gap)) for height in range(min(room, 2 * band.gap) + 1))
    elif len(band.rows) <= room:
        cost = LATE * (labels[start].part > band.part)
        if not apart:
            cost += WEAK * (not parts_wrapped(labels, start)) if parts_rows(labels, start) else TORN
        if cost < TORN or labels[-1].part < last:
            yield len(band.rows), cost


def weights_of(labels: Sequence[Label], last: int) -> list[float]:
    """How much each label looks like a heading; one over all columns, or a note, is printed when the columns are done."""
    usual = sum(bool(SECTION_LABEL.search(label.text)) for label in labels) > USUAL * len(labels)
    return [
        section_weight(labels, place, usual=usual) if label.part < last else 0.0 for place, label in enumerate(labels)
    ]


def printed_before(labels: Sequence[Label], bands: Sequence[Band]) -> list[int]:
    """By band: how many labels are printed before it, where more labels follow it and so none of these should be left."""
    counts = [sum(label.part <= band.part for label in labels) for band in bands]
    return [count if count < after else 0 for count, after in zip(counts, [*counts[1:], len(labels)], strict=True)]


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


def section_weight(labels: Sequence[Label], place: int, *, usual: bool = False) -> float:
    """How much a label looks like the heading of a section of rows; `usual`: most labels name a unit at their end."""
    label = labels[place].text
    weight = 2.0 * (not usual and bool(SECTION_LABEL.search(label))) - 2.0 * bool(VALUED_LABEL.search(label)) - SKIPPED
    weight -= 2.0 * bool(GROUP_LABEL.fullmatch(label)) + 2.0 * (label.casefold() in event_names())
    if place + 1 < len(labels):
        following = labels[place + 1].text
        weight += 1.0 * bool(VALUED_LABEL.search(following)) + 0.5 * (not following[:1].isupper())
        weight += 1.0 * bool(GROUP_LABEL.fullmatch(following) or CODE.fullmatch(following))
    weight += 1.0 * bool(NAMED_LABEL.search(label)) - 1.0 * bool(CODE.fullmatch(label))
    return weight
