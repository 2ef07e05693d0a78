"""Markers that the trial measured: their assay, reagent and cut-off, how often they were found, what they were tied to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from extractor.assays import assays
from extractor.marker_findings import Finding, findings
from extractor.marker_methods import Method, cutoff, methods_of, shows
from extractor.markers import ROUTINE, Marker, markers, names_markers
from extractor.reading import Sentence
from extractor.study import Study
from ontology.glyphs import fold
from ontology.record import Biomarker, Evidence, Reagent

METHODS = frozenset({"methods", "other"})
REPORTING = frozenset({"abstract", "results"})
PROSE = frozenset({"paragraph", "list-item", "footnote", "caption"})


@dataclass
class Record:
    """What a paper says of one marker, as far as it has been read."""

    marker: Marker
    methods: list[tuple[Method, tuple[Evidence, ...]]] = field(default_factory=list)
    findings: list[tuple[Finding, tuple[Evidence, ...]]] = field(default_factory=list)


def biomarkers(study: Study) -> Iterator[Biomarker]:
    """The markers that the methods measure, and those whose frequency or meaning the results report."""
    records: dict[str, Record] = {}
    for _, group in groupby(study.reading.sentences, key=lambda sentence: id(sentence.passage)):
        passage = list(group)
        if passage[0].kind in METHODS | REPORTING and passage[0].passage.kind in PROSE:
            _read(study, passage, records)
    for record in records.values():
        yield from _facts(record)


def _read(study: Study, passage: Sequence[Sentence], records: dict[str, Record]) -> None:
    """Add what the sentences of a passage say; the assay of one holds for the next ones."""
    titled = assays(fold(passage[0].passage.section.title))
    assay = titled[0][0] if len(titled) == 1 else None
    for sentence in passage:
        named = assays(sentence.text)
        assay = named[0][0] if named else assay
        found = markers(study.reading, sentence, bool(named)) if names_markers(sentence) else []
        for marker in found if sentence.kind in METHODS else ():
            for method in methods_of(sentence, marker, assay):
                _record(records, marker).methods.append((method, _places(sentence, marker, method.places)))
        if sentence.kind in REPORTING and names_markers(sentence) and not sentence.cited:
            for finding in _findings(study, sentence, bool(named)):
                evidence = _places(sentence, finding.marker, finding.places)
                record = _record(records, finding.marker)
                record.findings.append((finding, evidence))
                shown = assay if shows(assay, finding.marker.kind) else None
                record.methods.append((Method(shown, None, cutoff(sentence.text, finding.marker)), evidence))


def _findings(study: Study, sentence: Sentence, assayed: bool) -> Iterator[Finding]:
    """What a sentence says of its markers; of values of a routine blood test only what they are tied to."""
    found = markers(study.reading, sentence, assayed, routine=True)
    for finding in findings(study, sentence, found) if found else ():
        if finding.endpoint or finding.marker.name not in ROUTINE:
            yield finding


def _record(records: dict[str, Record], marker: Marker) -> Record:
    return records.setdefault(marker.name, Record(marker))


def _places(sentence: Sentence, marker: Marker, spans: Sequence[tuple[int, int]]) -> tuple[Evidence, ...]:
    return tuple(place for span in ((marker.start, marker.end), *spans) for place in sentence.evidence(*span))


def _facts(record: Record) -> Iterator[Biomarker]:
    """One fact an endpoint, each with how the marker was measured and how often it was found; else one fact in all."""
    ties = [item for item in _united(record) if item[0].endpoint]
    aside = [item for item in _united(record) if not item[0].endpoint]
    share = max(aside, key=lambda item: _stated(item[0]), default=None)
    found = [_with(ties[0], share), *ties[1:]] if ties and share else ties or ([share] if share else [])
    reagents = list(dict.fromkeys(method.reagent for method, _ in record.methods if method.reagent))
    for finding, evidence in found or ([(Finding(record.marker), ())] if record.methods else []):
        yield _fact(record, finding, evidence, reagents[:1])
    for extra in reagents[1:]:
        yield _fact(record, Finding(record.marker), (), [extra])


def _united(record: Record) -> list[tuple[Finding, tuple[Evidence, ...]]]:
    """The findings, those of one endpoint and p-value as one."""
    kept: list[tuple[Finding, tuple[Evidence, ...]]] = []
    for item in record.findings:
        for place, other in enumerate(kept):
            if _same(other[0], item[0]):
                kept[place] = _with(other, item)
                break
        else:
            kept.append(item)
    return kept


def _same(one: Finding, other: Finding) -> bool:
    chances = one.p_value is None or other.p_value is None or one.p_value == other.p_value
    shares = one.frequency is None or other.frequency is None or one.frequency == other.frequency
    return one.endpoint == other.endpoint and chances and shares


def _with(
    one: tuple[Finding, tuple[Evidence, ...]], other: tuple[Finding, tuple[Evidence, ...]]
) -> tuple[Finding, tuple[Evidence, ...]]:
    filled = replace(
        one[0],
        frequency=one[0].frequency or other[0].frequency,
        groups=one[0].groups or other[0].groups,
        direction=one[0].direction or other[0].direction,
        p_value=one[0].p_value or other[0].p_value,
    )
    return filled, tuple(dict.fromkeys((*one[1], *other[1])))


def _stated(finding: Finding) -> int:
    """How much a finding states of a frequency or of values."""
    share = finding.frequency
    values = (share.count, share.total, share.percent) if share else ()
    return sum(value is not None for value in values) + len(finding.groups)


def _fact(record: Record, finding: Finding, evidence: tuple[Evidence, ...], reagents: Sequence[Reagent]) -> Biomarker:
    """A marker with what its methods and one finding say of it."""
    reagent = reagents[0] if reagents else None
    own = [item for item in record.methods if reagent is None or item[0].reagent in (None, reagent)]
    assay = next((method.assay for method, _ in own if method.assay), None)
    stained = record.marker.kind == "gene" and reagent is not None and reagent.clone is not None
    places = dict.fromkeys((*evidence, *(place for _, spots in own for place in spots)))
    return Biomarker.model_validate(
        {
            "name": record.marker.name,
            "kind": "protein" if stained else record.marker.kind,
            "concept": record.marker.concept,
            "assay": assay,
            "reagent": reagent,
            "cutoff": next((method.cutoff for method, _ in own if method.cutoff), None),
            "frequency": finding.frequency,
            "groups": finding.groups,
            "endpoint": finding.endpoint,
            "direction": finding.direction,
            "p_value": finding.p_value,
            "evidence": tuple(places),
            "rule": _rule(finding),
        }
    )


def _rule(finding: Finding) -> str:
    if finding.endpoint:
        return "biomarkers.tied"
    if finding.frequency:
        return "biomarkers.frequency"
    return "biomarkers.groups" if finding.groups else "biomarkers.measured"
