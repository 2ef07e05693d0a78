"""What pdfium gives of a page: characters with boxes, rules and pictures, turned upright."""

from __future__ import annotations

import ctypes
import math
import re
import statistics
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.pdf.drawn import Drawn, read_drawn
from corpus.pdf.native import address, font_info, font_size, loose_box, matrix_of, origin_of, raw

# Glyphs of the Symbol font that producers leave in the private use area, as they stand in its encoding.
SYMBOL = str.maketrans(
    {
        0xF02B: "+", 0xF02D: "−", 0xF03C: "<", 0xF03D: "=", 0xF03E: ">", 0xF061: "α", 0xF062: "β", 0xF063: "χ",
        0xF064: "δ", 0xF067: "γ", 0xF06B: "κ", 0xF06C: "λ", 0xF06D: "μ", 0xF0A3: "≤", 0xF0A5: "∞", 0xF0B0: "°",
        0xF0B1: "±", 0xF0B3: "≥", 0xF0B4: "×", 0xF0B7: "•", 0xF0BB: "≈", 0xF0D7: "·", 0xF0A7: "▪", 0xF0FC: "✓",
    }
)  # fmt: skip
HYPHEN = "\x02"  # pdfium's sign for a hyphen at a line end, in bulk text
AS_PLACED = {0xFFFE: HYPHEN, 0: "\ufffd"}
SAMPLE = 37  # characters between those at which bulk text is compared
FORCE_BOLD, ITALIC = 1 << 18, 1 << 6
SLANTED = re.compile(rb"italic|oblique|slanted", re.IGNORECASE)
HEAVY = re.compile(rb"bold|black|heavy|semib|demi|medium", re.IGNORECASE)
WIDE_SPACES = "\u00a0\u2002\u2003\u2009\u200a\u3000"
# Shares of the height of a character's box.
WORD_GAP = 0.22
BACKWARDS = 0.5
LOOSE_SPACE = 0.25  # of the font size
LARGER = 1.6  # times the usual size: a heading

# What stands before a word in the page's stream: nothing, a space, a space that pdfium made of a gap, a line's end.
NOTHING, SPACE, MADE_SPACE, BREAK = range(4)


@dataclass(slots=True)
class Word:
    """Characters `[first, last)` of a sheet in one font with no space between, on the baseline `y`; `size` in points."""

    first: int
    last: int
    text: str
    x0: float
    x1: float
    y: float
    size: float
    lead: int = NOTHING
    bold: bool = False
    italic: bool = False
    angle: int = 0
    page: int = 0
    script: int = 0


@dataclass
class Sheet:
    """A page as it is read: x to the right, y down, text upright; `boxes` stay in the page's own space, four a character.

    `turn` is by how many quarters the page was turned for that, counterclockwise text angle.
    """

    number: int
    width: float
    height: float
    text: str
    boxes: array[float]
    turn: int = 0
    drawn: Drawn = field(default_factory=Drawn)
    words: list[Word] = field(default_factory=list)
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)

    def upright(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """(x0, y0, x1, y1) of a box of the page's own space, y down."""
        x0, y0, x1, y1 = self.crop
        if self.turn == 1:
            return bottom - y0, left - x0, top - y0, right - x0
        if self.turn == 2:
            return x1 - right, bottom - y0, x1 - left, top - y0
        if self.turn == 3:
            return y1 - top, x1 - right, y1 - bottom, x1 - left
        return left - x0, y1 - top, right - x0, y1 - bottom


def read_sheet(document: Any, number: int) -> Sheet:
    """The page at place `number`, counted from 0."""
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            return _read(page, textpage, number)
        finally:
            textpage.close()
    finally:
        page.close()


def _read(page: Any, textpage: Any, number: int) -> Sheet:
    count = max(0, raw.FPDFText_CountChars(textpage.raw))
    text = _text(textpage, count)
    crop = page.get_cropbox()
    type_ = Type(textpage)
    turn = _main_angle(type_, text)
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    if turn % 2:
        width, height = height, width
    sheet = Sheet(number + 1, width, height, text, _boxes(textpage, count), turn, crop=crop)
    if count:
        sheet.words = [word for word in _words(sheet, type_) if word.size > 1 and _inside(word, sheet)]
        if _is_recognised(textpage, text):
            _steady(sheet.words)
        sheet.drawn = read_drawn(page, sheet.upright, width, height)
    return sheet


def _inside(word: Word, sheet: Sheet) -> bool:
    """Does a word stand upright on the page?"""
    return word.angle == 0 and 0 <= (word.x0 + word.x1) / 2 <= sheet.width and 0 <= word.y <= sheet.height


def _is_recognised(textpage: Any, text: str) -> bool:
    """Is most of the text invisible: the layer that text recognition lays over a scan?"""
    places = [place for place in range(0, len(text), max(1, len(text) // 20)) if not text[place].isspace()]
    modes = [raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(textpage.raw, place)) for place in places]
    return 2 * modes.count(raw.FPDF_TEXTRENDERMODE_INVISIBLE) > len(modes)


def _steady(words: list[Word]) -> None:
    """Give the words of recognised text one size, but for those much larger: it is guessed from the letters' heights."""
    usual = statistics.median(word.size for word in words) if words else 0.0
    for word in words:
        if word.size < LARGER * usual:
            word.size = usual


def _text(textpage: Any, count: int) -> str:
    """One character a place: in bulk where that keeps the places, else one by one."""
    buffer = (ctypes.c_ushort * (count + 1))()
    raw.FPDFText_GetText(textpage.raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace").translate(AS_PLACED)
    if len(text) != count or not all(text[place] == _sign(textpage, place) for place in range(0, count, SAMPLE)):
        text = "".join(_sign(textpage, place) for place in range(count))
    return text.translate(SYMBOL)


def _sign(textpage: Any, place: int) -> str:
    code = raw.FPDFText_GetUnicode(textpage.raw, place)
    if code == 0xFFFE:
        return HYPHEN
    # Half of a character that takes two places is no text of its own.
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"


def _boxes(textpage: Any, count: int) -> array[float]:
    """left, top, right, bottom of each character, with the height of its font."""
    buffer = (ctypes.c_float * (4 * count))()
    handle = address(textpage)
    start = ctypes.addressof(buffer)
    for place in range(count):
        loose_box(handle, place, start + 16 * place)
    boxes = array("f")
    boxes.frombytes(bytes(buffer))
    return boxes


def _main_angle(type_: Type, text: str) -> int:
    """The direction of most of the text in quarter turns, from a sample."""
    places = [place for place in range(0, len(text), max(1, len(text) // 60)) if not text[place].isspace()]
    found = Counter(type_.size(place)[1] for place in places)
    return found.most_common(1)[0][0] if found else 0


def quarter(angle: float) -> int:
    """An angle in radians as quarter turns."""
    return round(angle / 1.5707963) % 4


# ---------------------------------------------------------------- words


class Type:
    """How a character of a text page is set: its baseline, size and weight."""

    def __init__(self, textpage: Any) -> None:
        self.handle = address(textpage)
        self.point = (ctypes.c_double * 2)()
        self.matrix = (ctypes.c_float * 6)()
        self.name = ctypes.create_string_buffer(96)
        self.flags = ctypes.c_int()

    def origin(self, place: int) -> tuple[float, float]:
        """The point of the baseline where a character stands, in the page's own space."""
        start = ctypes.addressof(self.point)
        origin_of(self.handle, place, start, start + 8)
        return self.point[0], self.point[1]

    def size(self, place: int) -> tuple[float, int]:
        """The size of the font in points, and the direction of the text in quarter turns."""
        matrix_of(self.handle, place, ctypes.addressof(self.matrix))
        a, b = self.matrix[0], self.matrix[1]
        return abs(font_size(self.handle, place)) * math.hypot(a, b), quarter(math.atan2(b, a))

    def style(self, place: int) -> tuple[bool, bool]:
        """(is heavy, is slanted) of the font of a character."""
        font_info(self.handle, place, ctypes.addressof(self.name), 96, ctypes.addressof(self.flags))
        flags, name = self.flags.value, self.name.value
        return bool(flags & FORCE_BOLD) or bool(HEAVY.search(name)), bool(flags & ITALIC) or bool(SLANTED.search(name))


def _words(sheet: Sheet, type_: Type) -> Iterator[Word]:
    """The words of a page in the order of its stream."""
    last: Word | None = None
    box: tuple[float, float] = (0.0, 0.0)
    for first, end, lead, x0, x1, high, low in _runs(sheet):
        if last is None or box != (high, low):
            size, angle = type_.size(first)
            point = type_.origin(first)
            y = sheet.upright(*point, *point)[1]
            box = (high, low)
        else:
            size, angle, y = last.size, (last.angle + sheet.turn) % 4, last.y
        loose = lead == SPACE and _space_end(sheet, first - 1) < x0 - LOOSE_SPACE * size
        before = MADE_SPACE if loose else lead
        turned = (angle - sheet.turn) % 4
        text, style = sheet.text[first:end], type_.style(first)
        last = Word(first, end, text, x0, x1, y, size, before, *style, turned, sheet.number)
        yield last


def _runs(sheet: Sheet) -> Iterator[tuple[int, int, int, float, float, float, float]]:
    """(first, end, lead, x0, x1, top, foot) of runs of characters in one font with no space between."""
    boxes, upright, turned = sheet.boxes, sheet.upright, sheet.turn
    x_shift, y_shift = sheet.crop[0], sheet.crop[3]
    lead, first = BREAK, -1
    x0 = x1 = top = foot = 0.0
    for place, sign in enumerate(sheet.text):
        if (sign <= " " and sign != HYPHEN) or sign in WIDE_SPACES:
            if first >= 0:
                yield first, place, lead, x0, x1, top, foot
                first, lead = -1, NOTHING
            lead = max(lead, _lead(sign, wide=boxes[4 * place] < boxes[4 * place + 2]))
            continue
        left, high, right, low = boxes[4 * place : 4 * place + 4]
        if turned:
            left, high, right, low = upright(left, low, right, high)
        else:
            left, high, right, low = left - x_shift, y_shift - high, right - x_shift, y_shift - low
        size = low - high
        if first >= 0 and (low != foot or high != top or left - x1 > WORD_GAP * size or left < x1 - BACKWARDS * size):
            yield first, place, lead, x0, x1, top, foot
            first, lead = -1, NOTHING
        if first < 0:
            first, x0, x1, top, foot = place, left, right, high, low
        x1 = max(x1, right)
    if first >= 0:
        yield first, len(sheet.text), lead, x0, x1, top, foot


def _space_end(sheet: Sheet, place: int) -> float:
    """Where a space ends: one that a line's end left behind does not reach the word that follows."""
    left, high, right, low = sheet.boxes[4 * place : 4 * place + 4]
    return sheet.upright(left, low, right, high)[2]


def _lead(sign: str, *, wide: bool) -> int:
    if sign in "\r\n":
        return BREAK
    return SPACE if wide else MADE_SPACE
