"""Cells of a table that a converter wrote one below the other, put back into rows and columns where that is certain.

`pdftotext` writes a table in parts between empty lines: labels of the first column, and pieces of the columns of
values beside them. Pieces of one height, one a column, are a band of rows. A table has cells only where its bands
fit its labels in one way alone: no cells are better than wrong ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.layout.bands import Part, bands_of, code_labels, is_cell, is_labels, is_p_label, pieces_of
from corpus.layout.fitting import Band, Label, Values, fitted
from corpus.layout.grids import Row
from corpus.layout.stacked_heads import TORN_SIZE, Head, heads_of, is_below_head, words_of
from ontology import regex as re

GOES_ON = re.compile(r"[a-zα-ω(),;]")
MARK = re.compile(r"[a-z†‡§¶*#_\W]{1,2}")  # of a note, raised and so on a line of its own
ROOM = 0.7  # of the letters of the longest label
MAX_COLUMNS = 12
LONGEST_LABEL = 70
SHORT_SENTENCE = 30
MOST_LABELS = 3  # parts of labels before the first value


@dataclass(frozen=True)
class Layout:
    """What the parts of a table are if it has so many columns of values: the head, labels and bands of its body."""

    head: Head
    labels: tuple[Label, ...]
    bands: tuple[Band, ...]
    columns: int


def stacked_rows(parts: Sequence[Part]) -> tuple[Row, ...]:
    """The rows of a table from the parts under its caption; () where they are not certain."""
    for layout in layouts(parts):
        if rows := fitted(layout.labels, layout.bands):
            return (*head_rows(layout.head), *(body_row(label, values) for label, values in rows))
    return ()


def is_values(part: Part) -> bool:
    """Are most lines of a part what a table's body holds?"""
    return sum(is_cell(line.text) for line in part) * 2 > len(part)


# ---------------------------------------------------------------- what the parts can be


def layouts(parts: Sequence[Part]) -> Iterator[Layout]:
    """The ways to take the parts as a head and a body, the most columns first."""
    first = next((place for place, part in enumerate(parts) if not is_labels(part)), 0)
    for columns in range(min(MAX_COLUMNS, first), 0, -1):
        for head in heads_of(parts[:first], columns):
            before = head.lead - head.start
            if first - head.parts + before <= MOST_LABELS and (before or is_below_head(parts[head.parts])):
                body = [*parts[head.start : head.lead], *parts[head.parts :]]
                layout = layout_of(head, body, columns)
                if layout.bands and sum(len(band.rows) for band in layout.bands) <= len(layout.labels):
                    yield layout


def layout_of(head: Head, body: Sequence[Part], columns: int) -> Layout:
    """A body under a head; it has no bands where it cannot be one."""
    pieces = list(pieces_of(body))
    if not head.tested and any(map(is_p_label, body)):
        pieces = [piece for piece in pieces if not piece.is_p]
    codes = code_labels(pieces, columns, tested=head.tested)
    labels = [*labels_of(body), *(Label((line,), part, opens=True) for part, line in codes)]
    torn = any(TORN_SIZE.fullmatch(label.text) for label in labels)
    bands = () if torn else bands_of(pieces, columns, tested=head.tested)
    return Layout(head, tuple(sorted(labels, key=lambda label: label.part)), bands, columns)


def is_note(part: Part) -> bool:
    """Is a part a note under the table?"""
    sentences = sum(line.text.endswith(".") and len(line.text) > SHORT_SENTENCE for line in part)
    return len(words_of(part)) > LONGEST_LABEL * len(part) or sentences * 3 > len(part)


def labels_of(parts: Sequence[Part]) -> list[Label]:
    """The labels of a body in their order; a line that goes on is one with the line above."""
    named = [part if is_labels(part) and not is_p_label(part) and not is_note(part) else () for part in parts]
    full = max((len(line.text) for part in named for line in part), default=0)
    labels: list[Label] = []
    for place, part in enumerate(named):
        for number, line in enumerate(part):
            above = labels[-1] if labels and labels[-1].part >= place - (number == 0) else None
            if above and goes_on(above.lines[-1].text, line.text, full):
                labels[-1] = replace(above, lines=(*above.lines, line))
            elif not MARK.fullmatch(line.text):
                labels.append(Label((line,), place, opens=number == 0))
    return labels


def goes_on(above: str, text: str, full: int) -> bool:
    """Is a line the rest of the label above, which had no room for it in a column of so many letters?"""
    return bool(GOES_ON.match(text)) and len(above) + len(text.split(maxsplit=1)[0]) >= ROOM * full


# ---------------------------------------------------------------- rows


def head_rows(head: Head) -> Iterator[Row]:
    """The head's cells over the columns, and over the labels where there is one."""
    for row in head.rows:
        yield [(part[0].start, part[-1].end) if part else None for part in row]


def body_row(label: Label, values: Values) -> Row:
    """A label with the values beside it."""
    return [(label.lines[0].start, label.lines[-1].end), *((value.start, value.end) for value in values)]
