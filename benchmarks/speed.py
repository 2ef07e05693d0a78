"""How long a paper takes, step by step: `python -m benchmarks.speed DIR [--rounds 5]`.

The first paper pays for loading terms and patterns; it is named apart. Times are CPU milliseconds of one core, the best of
the rounds of each paper, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from corpus.detect import find_papers, read_bytes
from corpus.document import Document
from extractor.pipeline import extract
from extractor.verify import keep_verified
from graph.cli.run import NEW_OBJECTS
from graph.tables_out import csv_files
from ontology.record import TrialRecord
from ontology.serialise import to_json

STEPS = ("read", "extract", "verify", "json", "csv")
Made = TypeVar("Made")


def clocked(step: Callable[[], Made]) -> tuple[Made, float]:
    """What a step gives, and its CPU milliseconds."""
    started = time.process_time()
    made = step()
    return made, 1000 * (time.process_time() - started)


def steps(data: bytes, source: str) -> tuple[TrialRecord, Document, list[float]]:
    """One paper through every step, with the time of each."""
    document, read = clocked(lambda: read_bytes(data, source))
    extraction, extracted = clocked(lambda: extract(document))
    (record, _), verified = clocked(lambda: keep_verified(extraction.record, document.text))
    _, as_json = clocked(lambda: to_json(record))
    _, as_csv = clocked(lambda: csv_files([record]))
    return record, document, [read, extracted, verified, as_json, as_csv]


def best(data: bytes, source: str, rounds: int) -> list[float]:
    """The best time of each step over some rounds."""
    return [min(times) for times in zip(*(steps(data, source)[2] for _ in range(rounds)), strict=True)]


def start(*arguments: str) -> float:
    """The wall milliseconds of a command in a new process, the best of five."""
    call = [sys.executable, "-c", "from graph.cli.extract import main; main()", *arguments]
    times = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(call, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        times.append(1000 * (time.perf_counter() - started))
    return min(times)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("papers", nargs="+", type=Path)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--suffix", default=".txt", help="only files with this suffix")
    given = options.parse_args()
    papers = [path for path in find_papers(given.papers) if path.suffix == given.suffix]
    if not papers:
        sys.exit(f"no papers with the suffix {given.suffix}")
    gc.set_threshold(NEW_OBJECTS)  # as a command does
    print(f"extract --help              {start('--help'):8.0f} ms (new process)")
    print(f"extract {papers[0].name:<19} {start(str(papers[0])):8.0f} ms (new process)")
    first = sum(steps(papers[0].read_bytes(), str(papers[0]))[2])
    print(f"first paper of a process    {first:8.1f} ms")
    rows = [best(path.read_bytes(), str(path), given.rounds) for path in papers]
    size = statistics.median(path.stat().st_size for path in papers) / 1000
    print(f"{len(papers)} papers, {given.suffix}, {size:.0f} KB{'median':>15} {'max':>8}   ms")
    for name, times in zip((*STEPS, "all"), (*zip(*rows, strict=True), [sum(row) for row in rows]), strict=True):
        print(f"  {name:<24} {statistics.median(times):8.1f} {max(times):8.1f}")
    print(f"peak memory                 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MiB")


if __name__ == "__main__":
    main()
