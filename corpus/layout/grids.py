"""A table's printed cells as a grid with a head and spans."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.document import Cell
from corpus.layout.heads import Span, header_rows, realigned, spans
from corpus.layout.prose import Piece, trimmed
from ontology import regex as re

Grid = tuple[tuple[Cell | None, ...], ...]
Row = Sequence[Piece | None]

EMPHASIS = re.compile(r"(\*{1,3})(?=\S)(?!\*)([^*]+)(?<=\S)\1")
PIPE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")


def tab_row(text: str, start: int, end: int) -> Row:
    """The cells of a line cut at its tabs (or at its pipes, in Markdown); None where nothing stands."""
    line = text[start:end]
    sign = "\t" if "\t" in line or "|" not in line else "|"
    if sign == "|":
        start, end = trimmed(text, start, end)
        start, end = start + text.startswith("|", start), end - text.startswith("|", end - 1)
    marks = [start - 1, *(start + m.start() for m in re.finditer(re.escape(sign), text[start:end])), end]
    return [cell_piece(text, a + 1, b) for a, b in pairwise(marks)]


def cell_piece(text: str, start: int, end: int) -> Piece | None:
    """The cell without white space and without emphasis that wraps all of it."""
    start, end = trimmed(text, start, end)
    if match := EMPHASIS.fullmatch(text, start, end):
        start, end = trimmed(text, *match.span(2))
    return (start, end) if end > start else None


def is_rule(line: str) -> bool:
    """Is this the line of dashes under the head of a Markdown table?"""
    return bool(PIPE_RULE.fullmatch(line.strip()))


def grid(text: str, rows: Sequence[Row], height: int | None = None) -> tuple[Grid, int]:
    """The grid of a table and how many of its rows are the head (found, where `height` is None)."""
    width = max((len(row) for row in rows), default=0)
    pieces = [[*row, *[None] * (width - len(row))] for row in rows]
    texts = [[text[p[0] : p[1]] if p else "" for p in row] for row in pieces]
    height = header_rows(texts) if height is None else height
    if moves := realigned(texts, height):
        pieces = _moved(pieces, moves)
        texts = [[text[p[0] : p[1]] if p else "" for p in row] for row in pieces]
    return _filled(text, pieces, spans(texts, height), height), height


def _moved(pieces: list[list[Piece | None]], moves: dict[tuple[int, int], int]) -> list[list[Piece | None]]:
    moved = [list(row) for row in pieces]
    for r, c in moves:
        moved[r][c] = None
    for (r, c), column in moves.items():
        moved[r][column] = pieces[r][c]
    return moved


def _filled(text: str, pieces: list[list[Piece | None]], covers: dict[tuple[int, int], Span], height: int) -> Grid:
    places: list[list[Cell | None]] = [[None] * len(row) for row in pieces]
    for r, row in enumerate(pieces):
        for c, piece in enumerate(row):
            if piece is None:
                continue
            span = covers.get((r, c), Span())
            printed = text[piece[0] : piece[1]].translate(LINE_ENDS)
            cell = Cell(printed, *piece, r, c, span.rows, span.columns, header=r < height)
            for down in range(r, r + span.rows):
                for across in range(c, c + span.columns):
                    places[down][across] = places[down][across] or cell
    return tuple(map(tuple, places))


LINE_ENDS = str.maketrans("\r\n\t", "   ")
