"""The gold records: what readers found in a paper, with the manifest that says which lists are complete."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal, get_args

from ontology.errors import WrongCall
from ontology.record import TrialRecord
from ontology.serialise import from_json

Kind = Literal["target", "development", "sample"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MANIFEST = "manifest.tsv"


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold record; `complete` names the lists (and `paper`, `trial`) that count for precision."""

    id: str
    sha256: str
    sha256_jats: str | None
    kind: Kind
    complete: frozenset[str]
    readers: int
    notes: str
    record: TrialRecord

    @property
    def hashes(self) -> tuple[str, ...]:
        """The SHA-256 of every form of the paper."""
        return (self.sha256, self.sha256_jats) if self.sha256_jats else (self.sha256,)


def gold_folder() -> Path:
    """Where the package keeps its gold records."""
    return Path(str(files(__package__).joinpath("gold")))


def gold_records(folder: Path | None = None) -> tuple[Gold, ...]:
    """The gold records of a folder with a manifest, in its order; the package's own by default."""
    place = folder or gold_folder()
    try:
        lines = (place / MANIFEST).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise WrongCall(f"{place}: no gold records here; give a folder with {MANIFEST}") from error
    return tuple(_gold(row, place) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _gold(row: dict[str, str], place: Path) -> Gold:
    if row["kind"] not in KINDS:
        raise WrongCall(f"{place / MANIFEST}: {row['id']}: kind {row['kind']!r} is none of {', '.join(KINDS)}")
    try:
        record = from_json((place / f"{row['id']}.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongCall(f"{place / MANIFEST}: {row['id']}: its record is missing") from error
    except WrongCall as error:
        raise WrongCall(f"{place / row['id']}.json: {error}") from error
    return Gold(
        id=row["id"],
        sha256=row["sha256"],
        sha256_jats=row["sha256_jats"] or None,
        kind=row["kind"],
        complete=frozenset(name for name in row["complete"].split("|") if name),
        readers=int(row["readers"] or 1),
        notes=row["notes"] or "",
        record=record,
    )
