"""Damaged PDFs through the reader, the extraction and the highlights: hangs, faults, crashes and growth.

    python benchmarks/damaged_pdf.py PAPERS [--files 1000] [--first 0]

PAPERS holds folders with `paper.pdf`. Each file is a damaged copy of one of them (`benchmarks.mutations`), read in a
process that is watched: more than 30 seconds is a hang, any other exception than "cannot be read" a
fault, a process that ends a crash. Exit code 1 if there was one.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.mutations import mutated

BAD = ("FAULT", "CRASH", "HANG")
LIMIT = 30  # seconds
WARM = 100  # files after which the memory of the process is the base of its growth
PAGE = 4096


def work(line: Connection) -> None:
    """Read what comes; answer with what became of it and the memory in use, in MiB."""
    while data := line.recv_bytes():
        line.send((outcome(data), resident()))


def outcome(data: bytes) -> str:
    """`read`, the reason why it cannot be read, or the traceback of a fault."""
    from corpus.detect import read_bytes
    from corpus.pdf.marks import with_marks
    from extractor.verify import keep_verified
    from graph.annotation import marks
    from graph.extraction import extract_document
    from ontology.errors import UnreadablePaper

    try:
        paper = extract_document(read_bytes(data, "damaged.pdf"), Path("damaged.pdf"))
        keep_verified(paper.record, paper.document.text)
        if paper.document.format == "pdf":
            with_marks(data, "damaged.pdf", marks(paper))
    except UnreadablePaper as error:
        return error.problem
    except Exception:  # noqa: BLE001 - what is looked for
        return f"FAULT\n{traceback.format_exc()}"
    return "read"


def resident() -> int:
    """The memory in use, in MiB (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE // 2**20


class Watched:
    """A process that reads; a new one after a hang or a crash."""

    def __init__(self) -> None:
        self.context = multiprocessing.get_context("spawn")
        self.start()

    def start(self) -> None:
        self.line, other = self.context.Pipe()
        self.process = self.context.Process(target=work, args=(other,), daemon=True)
        self.process.start()
        other.close()

    def read(self, data: bytes) -> tuple[str, int]:
        try:
            self.line.send_bytes(data)
            if self.line.poll(LIMIT):
                found: tuple[str, int] = self.line.recv()
                return found
        except (EOFError, OSError):
            self.process.join()
            code = self.process.exitcode
            self.start()
            return f"CRASH (exit code {code})", 0
        self.process.kill()
        self.start()
        return "HANG", 0


def damaged(papers: Sequence[Path], first: int, files: int) -> Iterator[tuple[int, str, bytes]]:
    """Seeds, papers and their damaged copies."""
    for seed in range(first, first + files):
        paper = papers[seed % len(papers)]
        yield seed, paper.parent.name, mutated(paper.read_bytes(), seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    watched, outcomes, memory = Watched(), Counter[str](), list[int]()
    for seed, name, data in damaged(sorted(options.papers.glob("*/paper.pdf")), options.first, options.files):
        found, used = watched.read(data)
        outcomes[found.split("\n")[0]] += 1
        memory.append(used)
        if found.startswith(BAD):
            print(f"seed {seed} {name}: {found}", flush=True)
    for found, count in outcomes.most_common():
        print(f"{count:5} {found}")
    late = memory[WARM:] or memory
    print(f"memory: {max(memory[:WARM])} MiB at most in the first {WARM} files, {max(late)} MiB in the rest")
    sys.exit(any(found.startswith(BAD) for found in outcomes))


if __name__ == "__main__":
    main()
