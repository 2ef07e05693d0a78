"""Text recognition by `ocrmypdf`, a program that the user installs."""

from __future__ import annotations

import shutil
import subprocess

from ontology.errors import UnreadablePaper

PROGRAM = "ocrmypdf"
# Pages with text stay as they are; the rest of the file is changed as little as can be.
ARGUMENTS = ("--skip-text", "--output-type", "pdf", "--optimize", "0", "--quiet", "-", "-")
PATIENCE = 3600  # seconds


def recognised(data: bytes, source: str) -> bytes:
    """The PDF with a layer of text on the pages that have none."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise UnreadablePaper(source, f"pages are pictures, and {PROGRAM} is not installed", f"install {PROGRAM}")
    try:
        done = subprocess.run((program, *ARGUMENTS), input=data, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise UnreadablePaper(source, f"{PROGRAM} took more than an hour", "recognise its text by hand") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").split("\n")
        said = next((line.strip() for line in reversed(lines) if line.strip()), f"exit code {done.returncode}")
        raise UnreadablePaper(source, f"{PROGRAM} failed ({said})", "recognise its text by hand")
    return done.stdout
