"""A Study: the reading of a paper with the arms of its trial; what every extractor of facts is given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.document import Document
from extractor.arm_book import ArmBook
from extractor.reading import Reading
from extractor.values import Stated
from ontology.record import Dose, Endpoint, Evidence


@dataclass(frozen=True)
class Rejected:
    """A candidate that was not believed, kept for `--explain`: what it was, by which rule, and why not."""

    rule: str
    text: str
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Study:
    """A paper read, and its arms known."""

    reading: Reading
    arms: ArmBook

    @property
    def document(self) -> Document:
        """The document that was read."""
        return self.reading.document

    @cached_property
    def forms_of_drugs(self) -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
        """The drugs that arms go by names of their own for, with these names as they are looked for."""
        from extractor.arm_drugs import forms_of_drugs

        return tuple(forms_of_drugs(self.arms.arms))

    @cached_property
    def doses(self) -> tuple[Dose | Rejected, ...]:
        """The doses that the paper states; the drugs are told apart by them."""
        from extractor.doses import doses

        return tuple(doses(self))

    @cached_property
    def endpoints(self) -> tuple[Endpoint | Rejected, ...]:
        """The endpoints that the paper states; its results are told by them."""
        from extractor.endpoints import endpoints

        return tuple(endpoints(self))

    @cached_property
    def patients(self) -> tuple[Stated, ...]:
        """The numbers of patients that the paper states; facts of many lists are set against them."""
        from extractor.trial_people import numbers_of_patients

        return tuple(numbers_of_patients(self))

    @cached_property
    def markers(self) -> Mapping[str, str]:
        """The endpoints that are the level of a marker, by the marker's name."""
        from extractor.outcome_names import declared

        found = declared(self.reading, (item for item in self.endpoints if isinstance(item, Endpoint)))
        return {name: term.name for name, term in found.markers.items()}
