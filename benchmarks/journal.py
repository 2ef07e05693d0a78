"""What a reader found on the pages of a journal's PDF, kept as digests: 40 sentences in order, and the cells of its tables.

`journal.json` was typed from the printed pages, not taken from any program's output. No sentence can be read from it: of each
it keeps the number of words and the digests of its runs of six words; of each cell the digest of its letters and digits.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

TRUTH = Path(__file__).with_name("journal.json")
RUN = 6
DIGITS = 12

Cells = Counter[tuple[object, ...]]


def digest(words: Iterable[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:DIGITS]


def run_digests(words: Sequence[str]) -> list[str]:
    return [digest(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]


def truth_of(data: bytes) -> Mapping[str, Any] | None:
    """The truth of a PDF, if it is the one that was read."""
    truth: Mapping[str, Any] = json.loads(TRUTH.read_text())
    return truth if truth["sha256"] == hashlib.sha256(data).hexdigest() else None


def sentence_scores(truth: Mapping[str, Any], texts: Iterable[Sequence[str]]) -> dict[str, float]:
    """Words that stand in a right run of six, right runs, and sentences that are whole and stand in their order."""
    read = [run for text in texts for run in run_digests(text)]
    known = frozenset(read)
    words, runs, ordered, last = Counter[bool](), Counter[bool](), 0, 0
    for sentence in truth["sentences"]:
        wanted = sentence["runs"]
        found = [run in known for run in wanted]
        runs.update(found)
        words.update(any(found[max(0, place - RUN + 1) : place + 1]) for place in range(sentence["words"]))
        place = place_of(wanted, read, last)
        if place is not None:
            ordered, last = ordered + 1, place
    return {
        "words": words[True] / words.total(),
        "order": runs[True] / runs.total(),
        "sentences": ordered / len(truth["sentences"]),
    }


def place_of(wanted: Sequence[str], read: Sequence[str], after: int) -> int | None:
    """Where all runs of a sentence stand one after the other."""
    places = (place for place in range(after, len(read)) if read[place] == wanted[0])
    return next((place for place in places if read[place : place + len(wanted)] == wanted), None)


def true_cells(truth: Mapping[str, Any], *, placed: bool) -> Cells:
    """The digests of the printed cells; with their column and the label of their row where `placed`."""
    found: Cells = Counter()
    for label, table in truth["tables"].items():
        for number, row in enumerate(table["rows"]):
            head = number < table["header_rows"]
            above = table["rows"][number - 1] if head and number else [""] * len(row)
            for column, cell in enumerate(row):
                spans = head and cell in (above[column], row[column - 1] if column else "")
                if cell and not spans:
                    found[
                        (label.casefold(), column, "" if head else row[0], cell) if placed else (label.casefold(), cell)
                    ] += 1
    return found
