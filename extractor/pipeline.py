"""From a Document to a TrialRecord: the list of extractors, and how their facts become one voice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from corpus.document import Document
from extractor.adverse_events import adverse_events
from extractor.arm_book import book
from extractor.arms import find_arms
from extractor.baseline_prose import prose_baseline
from extractor.biomarkers import biomarkers
from extractor.checks import checks
from extractor.conditions import conditions
from extractor.drugs import drugs
from extractor.eligibility import eligibility
from extractor.pages import on_pages
from extractor.paper import paper
from extractor.prior_evidence import prior_evidence
from extractor.reading import read
from extractor.references import citations as printed_citations
from extractor.references import parse_list
from extractor.results import results, without_repeats
from extractor.statistics import statistics
from extractor.study import Rejected, Study
from extractor.tables.adverse_events import table_adverse_events
from extractor.tables.baseline import baseline
from extractor.tables.results import table_results
from extractor.totals import with_totals
from extractor.trial import trial
from ontology.record import Baseline, DocumentInfo, Evidence, Fact, Frozen, Schedule, TrialRecord

Extractor = Callable[[Study], Iterable[Fact | Rejected]]


def arms(study: Study) -> Iterator[Fact]:
    """The arms that the study already knows."""
    return iter(study.arms.arms)


def doses(study: Study) -> Iterator[Fact | Rejected]:
    """The doses that the drugs were told apart by."""
    return iter(study.doses)


def all_baseline(study: Study) -> Iterator[Fact | Rejected]:
    """The baseline characteristics of tables, and those that only the prose has."""
    printed = list(baseline(study))
    yield from printed
    yield from prose_baseline(study, [fact for fact in printed if isinstance(fact, Baseline)])


def endpoints(study: Study) -> Iterator[Fact | Rejected]:
    """The endpoints that the results were told by."""
    return iter(study.endpoints)


def all_results(study: Study) -> Iterator[Fact | Rejected]:
    """The results of prose and tables, without those that another one says better."""
    return with_totals(without_repeats([*results(study), *table_results(study)]), study, "evaluable")


def all_events(study: Study) -> Iterator[Fact | Rejected]:
    """The adverse events of tables and prose."""
    return with_totals([*table_adverse_events(study), *adverse_events(study)], study, "safety_population")


def references(study: Study) -> Iterator[Fact]:
    """The items of the reference list."""
    return iter(parse_list(study.document.references))


def citations(study: Study) -> Iterator[Fact]:
    """The printed groups of reference numbers."""
    return iter(printed_citations(study.document))


# One line an entity: the list of the record it fills, and the functions that fill it.
EXTRACTORS: dict[str, tuple[Extractor, ...]] = {
    "conditions": (conditions,),
    "arms": (arms,),
    "drugs": (drugs,),
    "doses": (doses,),
    "eligibility": (eligibility,),
    "statistics": (statistics,),
    "endpoints": (endpoints,),
    "results": (all_results,),
    "baseline": (all_baseline,),
    "adverse_events": (all_events,),
    "biomarkers": (biomarkers,),
    "prior_evidence": (prior_evidence,),
    "references": (references,),
    "citations": (citations,),
}
# Each printed item of these is one of its own, however often it is printed.
SEPARATE = frozenset({"eligibility", "references", "citations"})


@dataclass(frozen=True)
class Extraction:
    """A paper's record, and the candidates that were not believed."""

    record: TrialRecord
    rejected: tuple[Rejected, ...] = ()


def extract(document: Document) -> Extraction:
    """Read a paper into its record."""
    reading = read(document)
    study = with_size(Study(reading, find_arms(reading)))
    rejected: list[Rejected] = []
    lists: dict[str, tuple[Fact, ...]] = {}
    for name, extractors in EXTRACTORS.items():
        found: list[Fact] = []
        for extractor in extractors:
            for item in extractor(study):
                if isinstance(item, Rejected):
                    rejected.append(item)
                else:
                    found.append(item)
        lists[name] = tuple(found if name in SEPARATE else one_voice(found))
    record = TrialRecord(document=_info(document), paper=paper(study), trial=trial(study), **lists)
    record = record.model_copy(update={"checks": checks(record, document)})
    return Extraction(on_pages(record, document), tuple(rejected))


def with_size(study: Study) -> Study:
    """The study whose single arm has everybody who was enrolled."""
    arm = study.arms.arms[0] if len(study.arms.arms) == 1 else None
    if arm is None or arm.role != "single" or arm.size is not None:
        return study
    enrolled = next((stated for stated in study.patients if stated.field == "enrolled"), None)
    if enrolled is None:
        return study
    sized = arm.model_copy(update={"size": enrolled.value, "evidence": (*arm.evidence, *enrolled.evidence)})
    return replace(study, arms=book((sized,)))


def _info(document: Document) -> DocumentInfo:
    return DocumentInfo(
        id=document.id,
        source=document.source,
        format=document.format,
        sha256=document.sha256,
        characters=len(document.text),
    )


def one_voice(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts that say the same made one with all their evidence, in the order they were found.

    Two facts are the same when their keys are equal but for qualifiers that one leaves unsaid, and no
    field that both state differs; what one leaves open the other fills.
    """
    kept: dict[tuple[object, ...], list[Fact]] = {}
    order: list[tuple[tuple[object, ...], int]] = []
    for fact in facts:
        key = tuple(_folded(getattr(fact, name)) for name in fact.key if name not in fact.qualifiers)
        same = kept.setdefault(key, [])
        for place, other in enumerate(same):
            if agree(other, fact):
                same[place] = merge(other, fact)
                break
        else:
            order.append((key, len(same)))
            same.append(fact)
    for key, place in order:
        yield kept[key][place]


def _folded(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def agree(one: Fact, other: Fact) -> bool:
    """Whether no field that both state differs, and a value is shared where a qualifier is left unsaid."""
    free = DESCRIPTIVE.difference(one.qualifiers)
    compared = [name for name in type(one).model_fields if name not in ("evidence", "rule", *free)]
    if not all(_same(getattr(one, name), getattr(other, name)) for name in compared):
        return False
    if not _spreads(one) & _spreads(other) and _spreads(one) and _spreads(other):
        return False
    if all(getattr(one, name) == getattr(other, name) for name in one.qualifiers):
        return True
    return any(_shared(getattr(one, name), getattr(other, name)) for name in VALUES if name in compared)


def _spreads(fact: Fact) -> set[str]:
    """The spreads that a fact states: a mean with its deviation and one with its error are two."""
    return {name for name in ("sd", "se") if getattr(fact, name, None) is not None}


# Fields that make two facts one where they are equal and a qualifier is not said.
VALUES = ("value", "count", "percent", "p_value")


def _shared(one: object, other: object) -> bool:
    return one is not None and one == other


# Fields that describe a fact in words; the first wording stands.
DESCRIPTIVE = frozenset(
    {
        "text",
        "raw",
        "definition",
        "printed_unit",
        "synonyms",
        "classes",
        "targets",
        "timepoint",
        "abbreviation",
    }
)


def _same(one: object, other: object) -> bool:
    if isinstance(one, Schedule) and isinstance(other, Schedule):
        return _same(one.frequency, other.frequency)
    if isinstance(one, Frozen) and isinstance(other, Frozen):
        return all(_same(getattr(one, name), getattr(other, name)) for name in type(one).model_fields)
    return one in (None, ()) or other in (None, ()) or _folded(one) == _folded(other)


def merge(one: Fact, other: Fact) -> Fact:
    """One fact of two that agree; a value with fields of its own, such as a schedule, is filled field by field."""
    filled = {
        name: _filled(getattr(one, name), getattr(other, name))
        for name in type(one).model_fields
        if name not in ("evidence", "rule")
    }
    evidence: list[Evidence] = list(one.evidence)
    evidence.extend(place for place in other.evidence if place not in evidence)
    return one.model_copy(update={**filled, "evidence": tuple(evidence)})


def _filled(one: object, other: object) -> object:
    if one in (None, ()):
        return other
    if isinstance(one, Frozen) and isinstance(other, Frozen):
        return one.model_copy(
            update={n: getattr(other, n) for n in type(one).model_fields if getattr(one, n) in (None, ())}
        )
    return one
