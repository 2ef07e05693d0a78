"""Papers read one after the other: a record that is proven, or a line that says why there is none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.pdf.options import AS_USUAL, PdfOptions
from ontology.errors import TrialGraphError
from ontology.record import TrialRecord

if TYPE_CHECKING:
    from corpus.document import Document
    from extractor.study import Rejected

# Set to see where a fault of the software comes from.
TRACEBACK = "TRIALGRAPH_TRACEBACK"


@dataclass(frozen=True)
class Extracted:
    """A paper and what was read in it; `rejected` holds the candidates that were not believed."""

    path: Path
    document: Document
    record: TrialRecord
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True)
class Failed:
    """A paper that gave no record, and the line that says why."""

    path: Path
    message: str


def extract_paper(path: Path, options: PdfOptions = AS_USUAL) -> Extracted:
    """Read one paper; every value of its record stands where its evidence says."""
    from corpus.detect import read_paper

    return extract_document(read_paper(path, options), path)


def extract_document(document: Document, path: Path) -> Extracted:
    """The record of a document that is read already."""
    from extractor.pipeline import extract
    from extractor.verify import keep_verified

    extraction = extract(document)
    record, unproven = keep_verified(extraction.record, document.text)
    return Extracted(path, document, record, (*extraction.rejected, *unproven))


def extract_papers(paths: Iterable[Path], options: PdfOptions = AS_USUAL) -> Iterator[Extracted | Failed]:
    """Read papers; one that fails never stops the rest."""
    for path in paths:
        try:
            yield extract_paper(path, options)
        except TrialGraphError as error:
            yield Failed(path, str(error))
        except Exception as error:
            if os.environ.get(TRACEBACK):
                raise
            reason = " ".join(f"{type(error).__name__} {error}".split())
            yield Failed(
                path, f"{path}: a fault of trialgraph ({reason}); set {TRACEBACK}=1 to see where, and report it"
            )


def with_text(extracted: Extracted) -> TrialRecord:
    """The record with the text that its offsets count in."""
    document = extracted.record.document.model_copy(update={"text": extracted.document.text})
    return extracted.record.model_copy(update={"document": document})


def reports_trial(record: TrialRecord) -> bool:
    """Whether the paper reports a trial of its own: a design, or arms or results with patients."""
    trial = record.trial
    return bool(trial.phase or trial.allocation or trial.registrations or record.arms or record.results)
