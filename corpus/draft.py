"""A Document while it is being written: readers of tagged formats put text down and say what it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.document import (
    Cell,
    CitationMarker,
    Document,
    Figure,
    Passage,
    PassageKind,
    ReferenceItem,
    Section,
    SectionKind,
    Table,
    Tagged,
)
from corpus.run import Mark, Run

Grid = Sequence[Sequence[Cell | None]]


@dataclass
class OpenSection:
    """A section whose end is not yet known."""

    title: str
    kind: SectionKind
    level: int
    start: int
    path: tuple[str, ...]
    end: int = -1


@dataclass(frozen=True, slots=True)
class Note:
    """A passage put down, by its place in the draft; its section is made when the draft is finished."""

    index: int


@dataclass(frozen=True, slots=True)
class _Prose:
    start: int
    end: int
    kind: PassageKind
    section: int
    blanks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _TablePlan:
    label: str
    caption: Note | None
    grid: Grid
    header_rows: int
    footnotes: tuple[Note, ...]
    section: int
    start: int
    end: int


@dataclass
class Draft:
    """The text so far and the plans of its parts; `finish` turns the plans into a Document."""

    pieces: list[str] = field(default_factory=list)
    size: int = 0
    sections: list[OpenSection] = field(default_factory=list)
    prose: list[_Prose] = field(default_factory=list)
    tables: list[_TablePlan] = field(default_factory=list)
    figures: list[tuple[str, Note]] = field(default_factory=list)
    references: list[tuple[int, Note, int, int, tuple[Tagged, ...]]] = field(default_factory=list)
    cited: list[tuple[tuple[int, ...], int, int, int]] = field(default_factory=list)
    tagged: list[Tagged] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)

    def write(self, text: str) -> int:
        """Put text down; its offset."""
        start = self.size
        self.pieces.append(text)
        self.size += len(text)
        return start

    @property
    def kind(self) -> SectionKind:
        """The kind of the section being written."""
        return self.sections[self._open[-1]].kind if self._open else "front"

    def open(self, title: str, kind: SectionKind, lead: str = "") -> None:
        """Start a section inside the one being written; its title, if it has one, is a heading of its own."""
        path = tuple(self.sections[place].title for place in self._open if self.sections[place].title)
        section = OpenSection(title, kind, len(self._open) + bool(title), self.size, (*path, title) if title else path)
        self._open.append(len(self.sections))
        self.sections.append(section)
        if title:
            self.put(Run.of(title), "heading", lead)

    def close(self) -> None:
        """End the section being written."""
        self.sections[self._open.pop()].end = self.size

    def put(self, run: Run, kind: PassageKind, lead: str = "", end: str = "\n\n") -> Note:
        """Write a run as a passage after `lead` (a label, a bullet), which is not part of it."""
        self.write(lead)
        start = self.write(run.text)
        blanks = tuple((mark.start, mark.end) for mark in run.marks if mark.kind == "citation")
        self.prose.append(_Prose(start, self.size, kind, self._open[-1], blanks))
        self.cite(run.marks, start)
        self.write(end)
        return Note(len(self.prose) - 1)

    def cite(self, marks: Iterable[Mark], start: int) -> None:
        """Record the citations among the marks of a run that was written at `start`."""
        for mark in marks:
            if mark.kind == "citation":
                self.cited.append((mark.value, start + mark.start, start + mark.end, self._open[-1]))

    def tag(self, name: str, value: Any, start: int, end: int) -> None:
        """Record a value that the format tags."""
        self.tagged.append(Tagged(name, value, start, end))

    def put_tagged(self, name: str, value: Any, printed: str, lead: str = "", end: str = "\n") -> None:
        """Write a line that prints one tagged value."""
        note = self.put(Run.of(printed), "front", lead, end)
        self.tag(name, value, self.prose[note.index].start, self.prose[note.index].end)

    def add_table(
        self, label: str, caption: Note | None, grid: Grid, header_rows: int, footnotes: Iterable[Note], start: int
    ) -> None:
        """Record a table whose cells are written."""
        self.tables.append(
            _TablePlan(label, caption, grid, header_rows, tuple(footnotes), self._open[-1], start, self.size)
        )

    def add_reference(self, number: int, note: Note, start: int, end: int, tagged: Iterable[Tagged]) -> None:
        """Record an item of the reference list."""
        self.references.append((number, note, start, end, tuple(tagged)))

    def finish(self, **about: Any) -> Document:
        """The Document; `about` are its id, source, format, sha256 and what else only the reader knows."""
        while self._open:
            self.close()
        text = "".join(self.pieces)
        sections = [Section(s.title, s.kind, s.level, s.start, s.end, s.path) for s in self.sections]
        passages = [
            Passage(text[p.start : p.end], range(p.start, p.end), p.kind, sections[p.section], p.blanks)
            for p in self.prose
        ]
        return Document(
            text=text,
            sections=tuple(sections),
            passages=tuple(passages),
            tables=tuple(_table(plan, passages, sections) for plan in self.tables),
            figures=tuple(Figure(label, passages[note.index]) for label, note in self.figures),
            references=tuple(
                ReferenceItem(number, passages[note.index], start, end, tagged)
                for number, note, start, end, tagged in self.references
            ),
            citations=tuple(CitationMarker(n, start, end, sections[place]) for n, start, end, place in self.cited),
            tagged=tuple(self.tagged),
            warnings=tuple(self.warnings),
            **about,
        )


def _table(plan: _TablePlan, passages: Sequence[Passage], sections: Sequence[Section]) -> Table:
    return Table(
        label=plan.label,
        caption=passages[plan.caption.index] if plan.caption else None,
        grid=tuple(tuple(row) for row in plan.grid),
        header_rows=plan.header_rows,
        footnotes=tuple(passages[note.index] for note in plan.footnotes),
        section=sections[plan.section],
        start=plan.start,
        end=plan.end,
    )
