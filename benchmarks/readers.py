"""How much of the development papers each reader recovers: `python benchmarks/readers.py [format ...] [--misses ID]`.

Needs the papers of ../shared/papers beside the repository (`--papers DIR`); prints micro precision, recall and F1
over all of them, and the median time of the processor a paper.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.document import Document, Table  # noqa: E402

PAPERS = ROOT / ".." / "shared" / "papers"
FORMATS = {
    "text": ("paper.txt", "corpus.readers.text", "read_text"),
    "pdftotext": ("pdftotext.txt", "corpus.readers.text", "read_text"),
    "layout": ("pdftotext-layout.txt", "corpus.readers.text", "read_text"),
    "jats": ("paper.nxml", "corpus.readers.jats", "read_jats"),
    "pdf": ("paper.pdf", "corpus.readers.pdf", "read_pdf"),
}
CONTEXT = 25


@dataclass
class Score:
    """Hits and errors of one measure."""

    hit: int = 0
    said: int = 0
    true: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)

    def add(self, said: Iterable[Any], true: Iterable[Any], paper: str = "") -> None:
        left, right = Counter(said), Counter(true)
        self.hit += sum((left & right).values())
        self.said += sum(left.values())
        self.true += sum(right.values())
        self.missed += [f"{paper} {item}" for item in (right - left).elements()]
        self.invented += [f"{paper} {item}" for item in (left - right).elements()]

    def __str__(self) -> str:
        precision, recall = self.hit / max(1, self.said), self.hit / max(1, self.true)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}   ({self.hit} of {self.true}, {self.said} said)"


def plain(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def heading_titles(document: Document) -> list[str]:
    return [plain(s.title) for s in document.sections if s.title and s.kind != "references"]


Grid = list[list[str]]


def document_grid(table: Table) -> Grid:
    return [[cell.text if cell else "" for cell in row] for row in table.grid]


def lone(row: list[str]) -> list[str]:
    """A row of one label, which formats without spans cannot tell from one that spans the table."""
    return [row[0]] + [""] * (len(row) - 1) if len({c for c in row if c}) <= 1 and row and row[0] else row


def grid_cells(number: int, grid: Grid) -> list[tuple[int, int, int, str]]:
    return [
        (number, r, c, cell)
        for r, row in enumerate(grid)
        for c, cell in enumerate(lone([plain(cell) or cell.strip() for cell in row]))
        if cell
    ]


def printed_cells(number: int, grid: Grid) -> list[tuple[int, str]]:
    """The cells that are not a repetition of the one to the left or above, without their place."""
    rows = [[plain(cell) or cell.strip() for cell in row] for row in grid]
    return [
        (number, cell)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell and not (c and row[c - 1] == cell) and not (r and c < len(rows[r - 1]) and rows[r - 1][c] == cell)
    ]


def labelled_cells(number: int, grid: Grid, head: int) -> list[tuple[int, str, int, str]]:
    """The cells of the body by the label of their row instead of its place, which one lost row shifts."""
    rows = [[plain(cell) or cell.strip() for cell in row] for row in grid[head:]]
    return [(number, row[0], c, cell) for row in rows for c, cell in enumerate(lone(row)) if cell and c]


def tables_by_place(document: Document, truth: dict[str, Any]) -> list[tuple[Grid, int, Grid, int]]:
    """Pairs (said grid, said head, true grid, true head), matched by label, then by order."""
    key = lambda label: plain(label) or "?"  # noqa: E731
    said: dict[str, list[Table]] = {}
    for table in document.tables:
        said.setdefault(key(table.label), []).append(table)
    pairs = []
    for entry in truth["tables"]:
        if entry["image_only"]:
            continue
        own = said.get(key(entry["label"]), [])
        table = own.pop(0) if own else None
        grid = (document_grid(table), table.header_rows) if table else ([], 0)
        pairs.append((*grid, entry["header"] + entry["body"], len(entry["header"])))
    pairs += [(document_grid(t), t.header_rows, [], 0) for rest in said.values() for t in rest if t.grid]
    return pairs


def near_repeats(cells: list[tuple[int, int, int, str]], other: set[tuple[int, int, int, str]]) -> list[Any]:
    """Without cells that only repeat their neighbour and that the other side leaves empty."""
    have = set(cells)
    return [
        cell
        for cell in cells
        if cell in other or not ({(cell[0], cell[1] - 1, *cell[2:]), (*cell[:2], cell[2] - 1, cell[3])} & have)
    ]


def citation_keys(document: Document) -> list[tuple[str, tuple[int, ...]]]:
    places: dict[int, tuple[str, int]] = {}
    for passage in document.passages:
        for index, offset in enumerate(passage.offsets):
            places.setdefault(offset, (passage.text, index))
    keys = []
    for citation in document.citations:
        text, index = places.get(citation.start, ("", 0))
        cell = next((c for t in document.tables for c in t.cells() if c.start <= citation.start < c.end), None)
        if not text and cell:
            text, index = cell.text, citation.start - cell.start
        keys.append((plain(text[max(0, index - 60) : index])[-CONTEXT:], citation.numbers))
    return keys


def true_citations(truth: dict[str, Any]) -> list[tuple[str, tuple[int, ...]]]:
    return [(plain(c["before"])[-CONTEXT:], tuple(c["numbers"])) for c in truth["citations"]]


def author_year(truth: dict[str, Any]) -> bool:
    styles = [c["style"] for c in truth["citations"]]
    return styles.count("author-year") * 2 > len(styles)


def citation_sides(document: Document, truth: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """What is compared: markers with the text before them; in author-year papers the numbers alone."""
    if author_year(truth):
        return (
            [n for c in document.citations for n in c.numbers],
            [n for c in truth["citations"] for n in c["numbers"]],
        )
    said, true = citation_keys(document), true_citations(truth)
    aligned, rest = [], Counter(true)
    for before, numbers in said:
        exact = next(((b, n) for b, n in rest if n == numbers and rest[b, n] and same_context(b, before)), None)
        if exact:
            rest[exact] -= 1
        aligned.append(exact or (before, numbers))
    return aligned, true


def same_context(left: str, right: str) -> bool:
    """Does the shorter context end the longer one (a passage may begin later than the truth's)?"""
    short, long = sorted((left, right), key=len)
    return long.endswith(short) if len(short) > 5 else left == right


def references(document: Document, truth: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    said = [(item.number, plain(item.passage.text)[:30]) for item in document.references]
    true = [(entry["number"], plain(entry["raw"])[:30]) for entry in truth["references"]]
    return said, true


def whole_references(document: Document, truth: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    said = [plain(item.passage.text) for item in document.references]
    true = [plain(entry["raw"]) for entry in truth["references"]]
    return said, true


def abstract_share(document: Document, truth: dict[str, Any]) -> tuple[int, int, int]:
    """(shared, said, true) words of the abstract, as a bag; headings left out."""
    words = lambda text: Counter(re.findall(r"\w+", text.casefold()))  # noqa: E731
    said = words(" ".join(p.text for p in document.passages if p.section.kind == "abstract" and p.kind != "heading"))
    titles = {plain(s["title"]) for s in truth["sections"] if s["part"] == "abstract"}
    true = words("\n".join(line for line in (truth["abstract"] or "").split("\n") if plain(line) not in titles))
    return sum((said & true).values()), sum(said.values()), sum(true.values())


@dataclass
class Totals:
    """All measures of one format."""

    scores: dict[str, Score] = field(default_factory=dict)
    heads: Counter[str] = field(default_factory=Counter)
    wrong_heads: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def score(self, name: str) -> Score:
        return self.scores.setdefault(name, Score())


def measure(totals: Totals, document: Document, truth: dict[str, Any], paper: str) -> None:
    titles = [plain(s["title"]) for s in truth["sections"]]
    totals.score("section headings").add(heading_titles(document), titles, paper)
    for number, (said, head, true, true_head) in enumerate(tables_by_place(document, truth)):
        ours, theirs = grid_cells(number, said), grid_cells(number, true)
        totals.score("table cells, spans as in truth").add(ours, theirs, paper)
        left, right = near_repeats(ours, set(theirs)), near_repeats(theirs, set(ours))
        totals.score("table cells (row, column)").add(left, right, paper)
        labelled = labelled_cells(number, said, head), labelled_cells(number, true, true_head)
        totals.score("table cells (row label, column)").add(*labelled, paper)
        bags = printed_cells(number, said), printed_cells(number, true)
        totals.score("table cells, bag a table").add(*bags, paper)
        if true:
            totals.heads["right" if head == true_head else "wrong"] += 1
            if head != true_head:
                totals.wrong_heads.append(f"{paper} table {number + 1}: {head} for {true_head}")
    totals.score("references, number and first words").add(*references(document, truth), paper)
    said, true = references(document, truth)
    totals.score("references, first words").add([text for _, text in said], [text for _, text in true], paper)
    totals.score("references, whole text").add(*whole_references(document, truth), paper)
    totals.score("citations").add(*citation_sides(document, truth), paper)
    hit, words, true_words = abstract_share(document, truth)
    abstract = totals.score("words of the abstract")
    abstract.hit, abstract.said, abstract.true = abstract.hit + hit, abstract.said + words, abstract.true + true_words
    if hit < 0.95 * max(words, true_words):
        abstract.missed.append(f"{paper} {hit} of {true_words}, {words} said")


def reader(name: str) -> Callable[[bytes, str], Document]:
    _, module, function = FORMATS[name]
    found: Callable[[bytes, str], Document] = getattr(import_module(module), function)
    return found


def run(name: str, papers: Path, only: str | None, repeat: int) -> Totals:
    totals, read = Totals(), reader(name)
    for folder in sorted(papers.glob("PMC*")):
        path = folder / FORMATS[name][0]
        if not path.exists() or (only and only != folder.name):
            continue
        data = path.read_bytes()
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        best = float("inf")
        for _ in range(repeat):
            began = time.process_time()
            document = read(data, str(path))
            best = min(best, time.process_time() - began)
        totals.times.append(best * 1000)
        totals.sizes.append(len(data))
        measure(totals, document, truth, folder.name)
    return totals


def show(name: str, totals: Totals, misses: int) -> None:
    print(f"\n{name}: {len(totals.times)} papers, median {statistics.median(totals.times):.1f} ms a paper,", end=" ")
    print(f"{1000 * sum(totals.times) / sum(totals.sizes) * 40:.1f} ms for 40 KB")
    for measure_name, score in totals.scores.items():
        print(f"  {measure_name:36} {score}")
        for label, items in (("missed", score.missed), ("invented", score.invented)):
            for item in items[:misses]:
                print(f"      {label}: {item[:170]}")
    right, wrong = totals.heads["right"], totals.heads["wrong"]
    print(f"  {'header rows as in truth':36} {right} of {right + wrong} tables")
    for line in totals.wrong_heads[:misses]:
        print(f"      {line}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", default=["text", "pdftotext", "jats"], metavar="format")
    parser.add_argument("--papers", type=Path, default=PAPERS)
    parser.add_argument("--only", metavar="ID", help="one paper")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show the first N errors of each measure")
    parser.add_argument("--repeat", type=int, default=3, help="read each paper so often, keep the fastest")
    given = parser.parse_args()
    for name in given.formats:
        try:
            totals = run(name, given.papers, given.only, given.repeat)
        except ImportError as missing:
            print(f"\n{name}: no reader ({missing})")
            continue
        show(name, totals, given.misses)


if __name__ == "__main__":
    main()
