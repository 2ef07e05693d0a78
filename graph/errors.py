"""The exceptions of the graph: a store that fails, a query that is wrong or takes too long."""

from __future__ import annotations

from ontology.errors import TrialGraphError, WrongCall


class StoreError(TrialGraphError):
    """A store that cannot be opened, reached or trusted."""


class WrongQuery(WrongCall):
    """A query that cannot be read, with the line and column (from one) where it goes wrong."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message, line, column)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}: " if self.line else ""
        return f"query: {where}{self.message}"


class TookTooLong(StoreError):
    """A query that did not end in its time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"the query did not end in {self.seconds:g} s; narrow it, or give it more time with --timeout"
