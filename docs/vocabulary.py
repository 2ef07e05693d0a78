"""Draws the vocabulary: docs/vocabulary.dot and, with Graphviz, docs/vocabulary.svg. Run: `python -m docs.vocabulary`."""

from __future__ import annotations

import subprocess
from pathlib import Path

from graph.export.colours import colour_of
from graph.fields import models, shapes_of, value_models
from graph.ties import SHARED, TIES
from ontology.record import TrialRecord, fact_lists

HERE = Path(__file__).parent
CLASSES = {"dose": "Dose", "arm": "Arm", "reference": "Reference", "population": "Population", **SHARED}
# Ties that are no field's.
BESIDE = (
    ("TrialRecord", "describes", "Work"),
    ("Reference", "work", "Work"),
    ("Paper", "work", "Work"),
    ("PriorEvidence", "reportedBy", "Work"),
    ("Work", "cito:cites", "Work"),
    ("Trial", "registeredAs", "RegisteredTrial"),
    ("Arm", "ofRegimen", "Regimen"),
    ("Result", "ofRegimen", "Regimen"),
    ("AdverseEvent", "ofRegimen", "Regimen"),
    ("Regimen", "ofDrug", "DrugConcept"),
)


def dot() -> str:
    """The classes and what ties them; values stand inside their owner."""
    lines = [
        "digraph vocabulary {",
        'rankdir=LR; ranksep=1.1; nodesep=0.18; bgcolor="white";',
        'node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=11];',
        'edge [fontname="sans-serif", fontsize=8, color="#66738a", fontcolor="#40506a", arrowsize=0.6];',
    ]
    lines += [_node(model.__name__, _fields(model)) for model in models() if model not in value_models()]
    lines += [_node(name, "") for name in (*SHARED.values(), "Work", "RegisteredTrial", "Regimen", "Population")]
    for name, model in fact_lists().items():
        lines.append(f'TrialRecord -> {model.__name__} [label="has {name.replace("_", " ")}"];')
    lines += ['TrialRecord -> Paper [label="has paper"];', 'TrialRecord -> Trial [label="has trial"];']
    ties = {
        (model.__name__, tie.predicate.split("#")[1][:-1], CLASSES[tie.target])
        for model, ties in TIES.items()
        for tie in ties
    }
    lines += [f'{source} -> {target} [label="{name}"];' for source, name, target in sorted(ties | set(BESIDE))]
    return "\n".join([*lines, "}"]) + "\n"


def _fields(model: type) -> str:
    if model is TrialRecord:
        return ""
    return ", ".join(shape.local for shape in shapes_of(model) if shape.local != "rule")


def _node(name: str, fields: str) -> str:
    words: list[str] = []
    for word in fields.split(" "):
        if words and len(words[-1]) + len(word) < 30:
            words[-1] += " " + word
        else:
            words.append(word)
    body = '<BR/><FONT POINT-SIZE="8">' + "<BR/>".join(words) + "</FONT>" if fields else ""
    return f'{name} [fillcolor="{colour_of(name)}", label=<<B>{name}</B>{body}>];'


def main() -> None:
    """Write the picture."""
    (HERE / "vocabulary.dot").write_text(dot(), encoding="utf-8")
    subprocess.run(["dot", "-Tsvg", "vocabulary.dot", "-o", "vocabulary.svg"], cwd=HERE, check=True)  # noqa: S607


if __name__ == "__main__":
    main()
