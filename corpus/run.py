"""A run of inline text: markup gone, white space single, marks where something was tagged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from ontology import regex as re
from ontology.glyphs import DASHES, SUBSCRIPTS, SUPERSCRIPTS

RAISED = {plain: glyph for glyph, plain in SUPERSCRIPTS.items()} | dict.fromkeys(DASHES, "⁻")
LOWERED = {plain: glyph for glyph, plain in SUBSCRIPTS.items()} | dict.fromkeys(DASHES, "₋")
SEPARATORS = " ,;"
# What stands raised in every print and reads the same on the line: ordinals, marks of trade and of notes.
ON_THE_LINE = re.compile(r"(?:st|nd|rd|th|°|[®™©*†‡§¶‖#]+)\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """What `[start, end)` of a run was tagged as."""

    start: int
    end: int
    kind: str
    value: Any


@dataclass
class Run:
    """Text put together from pieces; spaces at the ends and doubled ones vanish, marks stay right."""

    pieces: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    size: int = 0
    _space: bool = False

    @classmethod
    def of(cls, text: str) -> Run:
        """A run of plain text."""
        run = cls()
        run.add(text)
        return run

    @property
    def text(self) -> str:
        """The text so far."""
        if len(self.pieces) > 1:
            self.pieces[:] = ["".join(self.pieces)]
        return self.pieces[0] if self.pieces else ""

    @property
    def last(self) -> str:
        """The last character."""
        return self.pieces[-1][-1:] if self.pieces else ""

    def add(self, text: str | None) -> None:
        """Append text, white space made single."""
        if not text:
            return
        words = text.split()
        if not words:
            self._space = True
            return
        lead = " " if self.size and (self._space or text[0].isspace()) else ""
        piece = lead + " ".join(words)
        self.pieces.append(piece)
        self.size += len(piece)
        self._space = text[-1].isspace()

    def gap(self) -> None:
        """Keep what follows apart from what is there."""
        self._space = True

    def mark(self, kind: str, value: Any, write: Callable[[], object]) -> None:
        """Mark what `write` appends, if anything."""
        before = self.size
        write()
        start = self._skip_space(before)
        if start < self.size:
            self.marks.append(Mark(start, self.size, kind, value))

    def add_marked(self, kind: str, value: Any, text: str) -> None:
        """Append plain text and mark it."""
        before = self.size
        self.add(text)
        if self.size > before:
            start = before + self.pieces[-1].startswith(" ")
            self.marks.append(Mark(start, self.size, kind, value))

    def _skip_space(self, start: int) -> int:
        return start + (start < self.size and self.text[start] == " ")

    def rewrite(self, start: int, change: Callable[[str], str], lead: int) -> None:
        """Replace what was appended since `start`; marks inside move by `lead` where the change puts that many before."""
        start = self._skip_space(start)
        old = self.text[start:]
        new = change(old)
        if new == old:
            return
        self.pieces[:] = [self.text[:start], new]
        self.size = start + len(new)
        if len(new) != len(old):
            self.marks[:] = [
                replace(mark, start=mark.start + lead, end=mark.end + lead) if mark.start >= start else mark
                for mark in self.marks
            ]

    def script(self, write: Callable[[], object], *, low: bool = False) -> None:
        """Set what `write` appends as a superscript or subscript."""
        before = self.size
        write()
        if self.size > before:
            self.rewrite(before, lowered if low else raised, lead=2)

    def sort_marks(self) -> None:
        """Marks in the order of the text."""
        self.marks.sort(key=lambda mark: (mark.start, -mark.end))


def raised(text: str) -> str:
    """Superscript glyphs where Unicode has them all, `^{...}` where not."""
    if ON_THE_LINE.match(text):
        return text
    if all(sign in RAISED or sign in SEPARATORS for sign in text):
        return "".join(RAISED.get(sign, sign) for sign in text)
    return f"^{{{text}}}"


def lowered(text: str) -> str:
    """Subscript digits as glyphs; letters stay on the line, where patterns look for them (Cmax)."""
    if all(sign in LOWERED for sign in text):
        return "".join(LOWERED[sign] for sign in text)
    return text
