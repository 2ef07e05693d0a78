"""Extraction against the gold: papers found by their SHA-256, every form scored on its own."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.agreement import UNSCORED
from corpus.causes import Cause, causes
from corpus.evaluate import PARTS, Match, Score, evaluate, scored_lists
from corpus.gold import KINDS, Gold
from corpus.score import Tally, total
from graph.extraction import Extracted, Failed, extract_papers
from graph.wording import words
from ontology.record import Fact
from ontology.serialise import stated

READABLE = frozenset({".txt", ".xml", ".nxml", ".html", ".htm", ".pdf"})
LARGEST = 50_000_000


@dataclass(frozen=True)
class Scored:
    """A paper in one form with its score, and every miss and invention with its cause."""

    gold: Gold
    extracted: Extracted
    score: Score
    causes: tuple[tuple[Match, Cause], ...]


@dataclass(frozen=True)
class Validation:
    """What a validation found; `missing` names the gold without a paper, `failed` the papers that gave no record."""

    scored: tuple[Scored, ...]
    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def groups(self) -> dict[tuple[str, str], list[Scored]]:
        """The scored papers by kind of gold and form of paper."""
        found: dict[tuple[str, str], list[Scored]] = {}
        order = {kind: place for place, kind in enumerate(KINDS)}
        for item in sorted(self.scored, key=lambda s: (order[s.gold.kind], s.score.form, s.gold.id)):
            found.setdefault((item.gold.kind, item.score.form), []).append(item)
        return found


@dataclass(frozen=True)
class Row:
    """One line of a table of figures."""

    name: str
    strict: Tally
    lenient: Tally = field(default_factory=Tally)


def validate(
    gold: Sequence[Gold], folders: Iterable[Path], seen: Callable[[Path], None] = lambda _: None
) -> Validation:
    """Extract and score every paper of some folders that there is gold for."""
    scored: list[Scored] = []
    failed: list[str] = []
    found: set[str] = set()
    for held, path in find_gold_papers(gold, folders):
        seen(path)
        found.add(held.id)
        extracted = next(extract_papers([path]))
        if isinstance(extracted, Failed):
            failed.append(extracted.message)
        else:
            scored.append(_scored(held, extracted))
    missing = tuple(held.id for held in gold if held.id not in found)
    return Validation(tuple(scored), missing, tuple(failed))


def find_gold_papers(gold: Sequence[Gold], folders: Iterable[Path]) -> Iterator[tuple[Gold, Path]]:
    """Every file whose SHA-256 is that of a gold paper, each form once, in the order of the gold."""
    wanted = {sha: held for held in gold for sha in held.hashes}
    paths: dict[str, Path] = {}
    for path in _files(folders):
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        if sha in wanted:
            paths.setdefault(sha, path)
    for held in gold:
        yield from ((held, paths[sha]) for sha in held.hashes if sha in paths)


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        files = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
        for path in files:
            if path.suffix.lower() in READABLE and path.is_file() and path.stat().st_size <= LARGEST:
                yield path


def _scored(gold: Gold, extracted: Extracted) -> Scored:
    score = evaluate(extracted.record, gold)
    facts = ((name, fact) for name in scored_lists() for fact in getattr(extracted.record, name))
    same_text = extracted.document.sha256 == gold.sha256
    return Scored(gold, extracted, score, tuple(causes(score, facts, extracted.document if same_text else None)))


def list_rows(items: Sequence[Scored]) -> list[Row]:
    """The figures of every list, of `paper` and `trial`, and of all facts."""
    rows = [
        Row(name, total(s.score.strict[name] for s in items), total(s.score.lenient.get(name, Tally()) for s in items))
        for name in (*PARTS, *scored_lists())
    ]
    facts = [row for row in rows if row.name not in PARTS]
    everything = Row("all facts", total(r.strict for r in facts), total(r.lenient for r in facts))
    return [row for row in (*rows, everything) if row.strict.gold or row.strict.found]


def figure_rows(items: Sequence[Scored], of: str = "figures") -> list[Row]:
    """The figures of their own (`figures`), or those of every field (`fields`)."""
    names = dict.fromkeys(name for item in items for name in getattr(item.score, of))
    rows = [Row(name, total(getattr(s.score, of).get(name, Tally()) for s in items)) for name in names]
    return [row for row in rows if row.strict.gold or row.strict.found]


def wanted(rows: Iterable[Row], only: str | None) -> list[Row]:
    """The rows of one list, or all."""
    return [row for row in rows if only is None or row.name == only or row.name.startswith((f"{only}.", f"{only}:"))]


def fact_words(fact: Fact | None) -> str:
    """A fact in one line: the fields it states."""
    if fact is None:
        return ""
    plain = stated(fact.model_dump(exclude=set(UNSCORED)))
    return ", ".join(f"{name}={_words(value)}" for name, value in plain.items() if value not in ([], {}))


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "(" + ", ".join(f"{name}={_words(item)}" for name, item in value.items()) + ")"
    return "[" + ", ".join(map(_words, value)) + "]" if isinstance(value, list) else str(value)


def plain(validation: Validation) -> dict[str, Any]:
    """The whole validation as data for JSON."""
    groups = [
        {
            "kind": kind,
            "form": form,
            "papers": [item.gold.id for item in items],
            "lists": {r.name: {"strict": r.strict.plain(), "lenient": r.lenient.plain()} for r in list_rows(items)},
            "figures": {row.name: row.strict.plain() for row in figure_rows(items)},
            "fields": {row.name: row.strict.plain() for row in figure_rows(items, "fields")},
            "misses": [_match(item, match, cause) for item in items for match, cause in item.causes],
            "errors": [_error(item, error) for item in items for error in item.score.errors],
        }
        for (kind, form), items in validation.groups().items()
    ]
    return {"groups": groups, "missing": list(validation.missing), "failed": list(validation.failed)}


def _error(item: Scored, error: Any) -> dict[str, Any]:
    return {
        "paper": item.gold.id,
        "field": f"{error.part}.{error.field}",
        "gold": words(error.gold),
        "found": words(error.found),
    }


def _match(item: Scored, match: Match, cause: Cause) -> dict[str, Any]:
    return {
        "paper": item.gold.id,
        "list": match.list,
        "what": "missed" if match.gold else "invented",
        "lenient": match.lenient,
        "cause": cause,
        "differs": list(match.differs),
        "gold": fact_words(match.gold),
        "found": fact_words(match.found),
        "rule": match.found.rule if match.found else None,
        "places": [[place.start, place.end] for place in match.evidence],
    }
