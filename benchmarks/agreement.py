"""Whether a paper gives the same facts as XML, as converter text and as plain pdftotext output.

    python benchmarks/agreement.py [DIR] [--only ID ...] [--forms paper.txt pdftotext.txt]

DIR holds one folder a paper with `paper.nxml` and the other forms. The XML's facts are taken for true; F1 counts
facts whose key and main value agree. References and citations are scored by benchmarks/readers.py and references.py.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from corpus.detect import read_paper  # noqa: E402
from corpus.evaluate import evaluate, scored_lists  # noqa: E402
from corpus.gold import Gold  # noqa: E402
from corpus.score import Tally, total  # noqa: E402
from extractor.pipeline import extract  # noqa: E402
from ontology.record import TrialRecord  # noqa: E402

APART = frozenset({"references", "citations"})


def as_gold(record: TrialRecord) -> Gold:
    lists = frozenset(scored_lists()) - APART | {"paper", "trial"}
    return Gold(record.document.id, record.document.sha256, None, "development", lists, 1, "", record)


def compare(folder: Path, forms: list[str], only: list[str]) -> dict[str, dict[str, Tally]]:
    """By form and list: what the form's facts have in common with the XML's."""
    tallies: dict[str, dict[str, Tally]] = {form: defaultdict(Tally) for form in forms}
    for paper in sorted(folder.glob("*/paper.nxml")):
        if only and paper.parent.name not in only:
            continue
        gold = as_gold(extract(read_paper(paper)).record)
        for form in forms:
            score = evaluate(extract(read_paper(paper.with_name(form))).record, gold)
            for name, tally in {
                **score.lenient,
                "paper": score.strict["paper"],
                "trial": score.strict["trial"],
            }.items():
                if name not in APART:
                    tallies[form][name] += tally
    return tallies


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "papers")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--forms", nargs="*", default=["paper.txt", "pdftotext.txt"])
    options = parser.parse_args()
    for form, lists in compare(options.folder, options.forms, options.only).items():
        print(f"\n{form} against paper.nxml")
        for name, tally in (*lists.items(), ("all facts", total(lists.values()))):
            if tally.gold:
                print(f"  {name:16} F1 {tally.f1 or 0:.3f}  facts {tally.gold} in XML, {tally.found} here")


if __name__ == "__main__":
    main()
