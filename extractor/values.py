"""A statement about one field of the paper or the trial, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ontology.record import Evidence


@dataclass(frozen=True, slots=True)
class Stated:
    """One value of a field, where it stands and which rule read it."""

    field: str
    value: Any
    evidence: tuple[Evidence, ...]
    rule: str
