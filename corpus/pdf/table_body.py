"""The body of a printed table: which of its lines are one row."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from corpus.layout.heads import is_value
from corpus.pdf.area import Area, inside
from corpus.pdf.drawn import Frame
from corpus.pdf.plans import Box, Line
from corpus.pdf.words import Chunk
from ontology import regex as re

UNFINISHED = re.compile(r"(?:[,;(/–-]|\b(?:of|and|or|the|to|in|for|with|by|at|from|than|per|a|an|on))\Z", re.IGNORECASE)
FEWEST_BANDS = 3
LOOSE = 1.4  # sizes: lines farther apart are not one wrapped label
JUMP = 1.1  # between the distance of wrapped lines and that of rows
GOES_ON = re.compile(r"[a-z(),;]|[–-]\s?\d")


def body_groups(lines: Sequence[Line], area: Area, stub: float) -> list[list[Line]]:
    """The printed lines of the body, those of one row together."""
    if not lines:
        return []
    width = 0.5 * (area.x1 - area.x0)
    rules = [rule.y for rule in area.rules if rule.width > width and inside(rule, area.x0, area.x1)]
    rules += stripes(area.drawn.frames, width)
    parted = [any(a.y < y < b.y + 1 for y in rules) for a, b in pairwise(lines)]
    ends = column_ends(lines)
    tight = wrap_step(lines, area.size, ends)
    ruled = sum(parted) >= 0.35 * sum(len(line.cells) > 1 for line in lines) and sum(parted) > 2
    groups = [[lines[0]]]
    for place, line in enumerate(lines[1:]):
        if parted[place]:
            new = True
        elif ruled:
            new = is_bold(lines[place]) and not is_bold(line)
        elif tight is not None:
            new = line.y - lines[place].y > tight and not completes(lines[place], line)
        else:
            new = starts_row(groups[-1], line, ends, stub)
        if new:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def is_bold(line: Line) -> bool:
    """Is all of a line bold?"""
    return all(place.bold for _, _, place in line.cells)


def stripes(frames: Sequence[Frame], width: float) -> list[float]:
    """The upper and lower edges of the filled bands behind rows, wider than `width`; cells can be filled one by one."""
    bands: dict[tuple[int, int], float] = defaultdict(float)
    for frame in frames:
        bands[round(frame.y0), round(frame.y1)] += frame.x1 - frame.x0
    wide = [band for band, across in bands.items() if across > width]
    return [float(y) for band in wide for y in band] if len(wide) >= FEWEST_BANDS else []


def completes(last: Line, line: Line) -> bool:
    """Does a line end a label that the line above leaves open?"""
    if not last.cells or not line.cells or last.cells[0][0] or line.cells[0][0]:
        return False
    above, own = last.cells[0][2], line.cells[0][2]
    return bool(UNFINISHED.search(above.text) and GOES_ON.match(own.text)) and above.bold == own.bold


def wrap_step(lines: Sequence[Line], size: float, ends: Mapping[int, float]) -> float | None:
    """The distance of lines up to which they are one row, where rows stand farther apart than wrapped lines do."""
    steps = sorted(b.y - a.y for a, b in pairwise(lines) if b.y - a.y < 2.5 * size)
    jump = next(((a, b) for a, b in pairwise(steps) if b > JUMP * a), None)
    if steps and steps[0] > LOOSE * size:
        return LOOSE * size
    if jump is None:
        return None
    small = [(a, b) for a, b in pairwise(lines) if b.y - a.y <= jump[0]]
    if len(steps) - len(small) < 0.1 * len(steps):
        return None
    rows = sum(_are_rows(a, b, ends) for a, b in small)
    return (jump[0] + jump[1]) / 2 if rows <= 0.3 * len(small) else None


def _are_rows(line: Line, below: Line, ends: Mapping[int, float]) -> bool:
    """Are two lines rows of their own: a label and values in both, and nothing that goes on?"""
    if 0 not in line.filled or 0 not in below.filled:
        return len(line.filled & below.filled) > 1 and not _wraps(line, below, ends)
    return len(line.filled) > 1 and len(below.filled) > 1 and not _wraps(line, below, ends)


def starts_row(group: Sequence[Line], line: Line, ends: Mapping[int, float], stub: float) -> bool:
    """Does a line open a row, as far as its words tell? `stub` is where the first column may reach."""
    last = group[-1]
    words = next((place for first, _, place in line.cells if first == 0), None)
    above = next((place for first, _, place in last.cells if first == 0), None)
    if words is None:
        return not _wraps(last, line, ends)
    if above is None:
        return True
    goes_on = _goes_on(above, words)
    if words.bold != above.bold and not goes_on:
        return True
    has_values, had_values = len(line.filled) > 1, any(len(each.filled) > 1 for each in group)
    if has_values:
        return had_values or not goes_on or has_room(above, words, ends[0])
    room = has_room(above, words, stub)
    hangs = words.x0 > group[0].cells[0][2].x0 + 2 and len(group) == 1
    return not (goes_on or (not room and (hangs or words.x0 <= above.x0 + 1)))


def _wraps(last: Line, line: Line, ends: Mapping[int, float]) -> bool:
    """Is a line without a label the rest of the cells above it?"""
    above = {first: place for first, _, place in last.cells}
    pairs = [(above[first], place, first) for first, _, place in line.cells if first in above]
    if not pairs:
        return bool(GOES_ON.match(line.cells[0][2].text))
    values = sum(_are_values(before.text, place.text) for before, place, _ in pairs)
    going_on = sum(_goes_on(before, place) for before, place, _ in pairs)
    if values or going_on:
        return going_on > values
    return any(not has_room(before, place, ends[first]) for before, place, first in pairs)


def _goes_on(above: Chunk, place: Chunk) -> bool:
    return bool(GOES_ON.match(place.text) or UNFINISHED.search(above.text))


def _are_values(above: str, text: str) -> bool:
    """Are two texts under one another values of their own, not a count and its percentage?"""
    return is_value(above) and is_value(text) and not text.startswith("(") and not UNFINISHED.search(above)


def has_room(above: Chunk, place: Chunk, end: float) -> bool:
    """Would the first word of a line have fitted at the end of the one above?"""
    word = place.words[0]
    if place.x1 > end + 2:  # it does not stand in the column
        return True
    return end - above.x1 > (word.x1 - word.x0) + 0.3 * word.size


def merged(group: Sequence[Line], row: int, columns: int) -> list[Box]:
    """The cells of one row from its printed lines; a label alone in it that runs over columns runs over all."""
    boxes: dict[int, Box] = {}
    for line in group:
        for first, last, place in line.cells:
            if first in boxes:
                boxes[first].lines.append(place.words)
                boxes[first].col_span = max(boxes[first].col_span, last - first + 1)
            else:
                boxes[first] = Box([place.words], row, first, 1, last - first + 1)
    for column in sorted(boxes):
        following = min((other for other in boxes if other > column), default=None)
        if following is not None:
            boxes[column].col_span = min(boxes[column].col_span, following - column)
        elif len(boxes) == 1 and boxes[column].col_span > 1:
            boxes[column].col_span = columns - column
    return list(boxes.values())


def column_ends(lines: Sequence[Line]) -> dict[int, float]:
    """Where the text of each column ends at the latest."""
    ends: dict[int, float] = {}
    for line in lines:
        for first, last, place in line.cells:
            if first == last:
                ends[first] = max(ends.get(first, 0.0), place.x1)
    return defaultdict(lambda: math.inf, ends)
