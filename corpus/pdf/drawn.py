"""What a page draws: rules, bars, and the frames of pictures, forms and paths."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.pdf.native import address, bounds_of, page_object, raw, type_of

MAX_OBJECTS = 20_000  # a plot may have more paths than a page has letters
FLAT = 2.5  # a path no higher than this is a rule, one no wider a bar; in points
RECTANGLE = (4, 5)  # segments of a path that is one
SAME = 1.2  # points between lines that are one

Upright = Callable[[float, float, float, float], tuple[float, float, float, float]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line at `y`."""

    x0: float
    x1: float
    y: float

    @property
    def width(self) -> float:
        """Its length."""
        return self.x1 - self.x0


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle on the page: what a picture, a form or a drawn path covers."""

    x0: float
    y0: float
    x1: float
    y1: float
    kind: str = "path"

    @property
    def area(self) -> float:
        """Its area."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class Bar:
    """A vertical line at `x`."""

    x: float
    y0: float
    y1: float


@dataclass
class Drawn:
    """The lines and frames of a page, y down."""

    rules: list[Rule] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)


def read_drawn(page: Any, upright: Upright, width: float, height: float) -> Drawn:
    """What a page draws; `upright` turns a box of the page's own space."""
    drawn = Drawn()
    for kind, stroked, *edges in _objects(page):
        x0, y0, x1, y1 = upright(*edges)
        if x1 < 0 or y1 < 0 or x0 > width or y0 > height:
            continue
        if kind != "path":
            drawn.frames.append(Frame(x0, y0, x1, y1, kind))
        elif y1 - y0 <= FLAT:
            if x1 - x0 > FLAT:
                drawn.rules.append(Rule(x0, x1, (y0 + y1) / 2))
        elif x1 - x0 <= FLAT:
            drawn.bars.append(Bar((x0 + x1) / 2, y0, y1))
        else:
            drawn.frames.append(Frame(x0, y0, x1, y1, kind))
            if stroked:
                drawn.rules += [Rule(x0, x1, y0), Rule(x0, x1, y1)]
                drawn.bars += [Bar(x0, y0, y1), Bar(x1, y0, y1)]
    drawn.rules = joined(drawn.rules)
    return drawn


def _objects(page: Any) -> Iterator[tuple[str, bool, float, float, float, float]]:
    """(kind, is a stroked rectangle, left, bottom, right, top) of what is drawn; text apart."""
    kinds = {raw.FPDF_PAGEOBJ_PATH: "path", raw.FPDF_PAGEOBJ_IMAGE: "image", raw.FPDF_PAGEOBJ_FORM: "form",
             raw.FPDF_PAGEOBJ_SHADING: "image"}  # fmt: skip
    edges = (ctypes.c_float * 4)()
    start = ctypes.addressof(edges)
    places = [start + 4 * i for i in range(4)]
    handle = address(page)
    count = raw.FPDFPage_CountObjects(page.raw)
    for place in range(min(count, MAX_OBJECTS)):
        thing = page_object(handle, place)
        kind = kinds.get(type_of(thing)) if thing else None
        if kind and bounds_of(thing, *places):
            stroked = (
                kind == "path" and min(edges[2] - edges[0], edges[3] - edges[1]) > FLAT and _is_stroked(page, place)
            )
            yield kind, stroked, edges[0], edges[1], edges[2], edges[3]


def _is_stroked(page: Any, place: int) -> bool:
    """Is a path a rectangle with a drawn border?"""
    path = raw.FPDFPage_GetObject(page.raw, place)
    if raw.FPDFPath_CountSegments(path) not in RECTANGLE:
        return False
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(path, filled, stroked)) and bool(stroked.value)


def joined(rules: list[Rule]) -> list[Rule]:
    """Rules with pieces of one line put together: tables draw the border of each cell."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.y), rule.x0)):
        last = whole[-1] if whole else None
        if last and abs(last.y - rule.y) <= SAME and rule.x1 - last.x0 >= -1.5 and rule.x0 - last.x1 <= 1.5:
            whole[-1] = Rule(min(last.x0, rule.x0), max(last.x1, rule.x1), last.y)
        else:
            whole.append(rule)
    return whole
