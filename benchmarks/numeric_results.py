"""Exact matches on questions of a published study: events and group sizes, means and deviations.

    python benchmarks/numeric_results.py [DIR]      DIR holds questions.json and papers/*.xml

A question is right only when all its values are (numbers equal as values, null where the paper says nothing).
"""

from __future__ import annotations

import argparse
import json
import sys
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.detect import read_paper  # noqa: E402
from extractor.outcome import answer, wording  # noqa: E402
from extractor.pipeline import extract  # noqa: E402


def equal(ours: object, theirs: object) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    return Decimal(str(ours)) == Decimal(str(theirs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "benchmarks" / "numeric-results"
    )
    parser.add_argument("--all", action="store_true", help="print every question")
    options = parser.parse_args()
    questions = json.loads((options.folder / "questions.json").read_text(encoding="utf-8"))
    records, wordings = {}, {}
    for paper in sorted((options.folder / "papers").glob("*.xml")):
        document = read_paper(paper)
        records[paper.stem.removeprefix("PMC")] = extract(document).record
        wordings[paper.stem.removeprefix("PMC")] = wording(document)
    right: dict[str, list[bool]] = {"binary": [], "continuous": []}
    for question in questions:
        kind = question["outcome_type"]
        found = answer(
            records[str(question["pmcid"])],
            intervention=question["intervention"],
            comparator=question["comparator"],
            outcome=question["outcome"],
            kind=kind,
            wording=wordings[str(question["pmcid"])],
        )
        exact = all(equal(found.values[name], value) for name, value in question["answer"].items())
        right[kind].append(exact)
        if options.all or not exact:
            print(question["id"], question["pmcid"], question["outcome"][:60], "right" if exact else "wrong")
            print("   asked ", list(question["answer"].values()))
            print(
                "   found ", [None if v is None else str(v) for v in found.values.values()], found.outcome, found.arms
            )
    for kind, marks in right.items():
        print(f"{kind}: {sum(marks)} of {len(marks)} exact ({100 * sum(marks) / len(marks):.1f}%)")


if __name__ == "__main__":
    main()
