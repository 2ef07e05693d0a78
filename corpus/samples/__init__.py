"""Invented papers that come with the package: no drug, patient or person in them is real."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def samples_folder() -> Path:
    """Where the sample papers lie."""
    return Path(str(files(__name__)))
