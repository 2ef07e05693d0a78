"""Counting what was found: precision, recall and F1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over facts. Recall is `right` of `gold`; precision is `correct` of `found`.

    Gold that is not curated completely counts for recall alone, so `correct` may be less than `right`.
    """

    right: int = 0
    gold: int = 0
    correct: int = 0
    found: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.right + other.right, self.gold + other.gold, self.correct + other.correct, self.found + other.found
        )

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right, 0 to 1; None when nothing counted was found."""
        return self.correct / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of the gold that was found, 0 to 1; None without gold."""
        return self.right / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall, 0 to 1; None where one of them is missing."""
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def plain(self) -> dict[str, int | float | None]:
        """The counts and figures, rounded to four digits."""
        figures = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"right": self.right, "gold": self.gold, "correct": self.correct, "found": self.found}
        return counts | {name: None if value is None else round(value, 4) for name, value in figures.items()}


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    return sum(tallies, Tally())
