"""Records as RDF: the one converter between a TrialRecord and the quads of its named graph.

Terms are written in N-Triples syntax as they are made: it is what every store loads fastest. What RDF does not keep
(digits as printed, the order of values) stands in `tg:form`, so that a record comes back as it went.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from typing import Any

from pydantic import BaseModel

from graph import identity
from graph.fields import FieldShape, class_of, shapes_of
from graph.literals import literal
from graph.namespaces import DATA, TG, concept_iri, iri, slug
from graph.ties import SHARED, Tie, ties_of
from ontology.record import (
    AdverseEvent,
    Arm,
    Described,
    Evidence,
    Fact,
    PageBox,
    PriorEvidence,
    Reference,
    Result,
    TrialRecord,
    fact_lists,
)

TYPE = iri("rdf:type")
FORM, POSITION, LABEL = f"<{TG}form>", f"<{TG}position>", iri("rdfs:label")
DERIVED, GENERATED, USED = iri("prov:wasDerivedFrom"), iri("prov:wasGeneratedBy"), iri("prov:used")
BODY, TARGET, SOURCE, SELECTOR = iri("oa:hasBody"), iri("oa:hasTarget"), iri("oa:hasSource"), iri("oa:hasSelector")
WORK, CITES, IDENTIFIED = f"<{TG}work>", iri("cito:cites"), f"<{TG}identifiedBy>"
DESCRIBES, RULE, PLACES = f"<{TG}describes>", f"<{TG}rule>", f"<{TG}places>"
REGIMEN, OF_DRUG = f"<{TG}ofRegimen>", f"<{TG}ofDrug>"
CONTEXT = 32
DRUG_TIE = Tie("drugs", OF_DRUG, "drug")


@dataclass
class Sheet:
    """The lines of one paper's graph while they are written: subject, predicate and object of each."""

    root: str
    text: str | None
    lines: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, subject: str, predicate: str, value: str) -> None:
        """One triple; the terms are in N-Triples syntax."""
        self.lines.append(f"{subject} {predicate} {value}")

    def once(self, subject: str) -> bool:
        """Whether a shared node is met for the first time."""
        if subject in self.seen:
            return False
        self.seen.add(subject)
        return True

    def under(self, *steps: str) -> str:
        """The IRI of a node of this paper."""
        return f"<{self.root}/{'/'.join(steps)}>"


def graph_of(record: TrialRecord) -> str:
    """The IRI of a paper's named graph: of the content that was read."""
    return f"{DATA}paper/{slug(record.document.sha256[:16])}"


def triples(record: TrialRecord) -> list[str]:
    """The triples of a record, each as `subject predicate object` in N-Triples syntax."""
    sheet = Sheet(graph_of(record), record.document.text)
    root = f"<{sheet.root}>"
    _run(sheet, root)
    _fields(sheet, root, record, skip=frozenset(fact_lists()))
    for part in ("paper", "trial"):
        _described(sheet, sheet.under(part), getattr(record, part))
    placed = _facts(sheet, root, record)
    _identities(sheet, record, placed)
    return sheet.lines


def nquads(record: TrialRecord) -> bytes:
    """A record as N-Quads in its named graph."""
    end = f" <{graph_of(record)}> .\n"
    return (end.join(triples(record)) + end).encode("utf-8")


def ntriples(record: TrialRecord) -> bytes:
    """A record as N-Triples."""
    return (" .\n".join(triples(record)) + " .\n").encode("utf-8")


def _run(sheet: Sheet, root: str) -> None:
    run, document = sheet.under("run"), sheet.under("document")
    software = f"<{DATA}software/trialgraph-{slug(software_version())}>"
    sheet.add(run, TYPE, iri("prov:Activity"))
    sheet.add(run, TYPE, f"<{TG}Run>")
    sheet.add(run, USED, document)
    sheet.add(run, iri("prov:wasAssociatedWith"), software)
    sheet.add(software, TYPE, iri("prov:SoftwareAgent"))
    sheet.add(software, f"<{TG}version>", literal(software_version()))
    sheet.add(root, GENERATED, run)
    sheet.add(root, DERIVED, document)


@cache
def software_version() -> str:
    """The version of this software as it is installed."""
    try:
        return version("trialgraph")
    except PackageNotFoundError:
        return "0"


def _fields(sheet: Sheet, node: str, value: BaseModel, skip: frozenset[str] = frozenset()) -> None:
    """A node's class and fields; values with fields of their own become nodes under it."""
    sheet.add(node, TYPE, class_of(type(value)))
    form: dict[str, Any] = {}
    for shape in shapes_of(type(value)):
        held = getattr(value, shape.name)
        if held is None or held == () or shape.name in skip:
            continue
        if shape.model:
            _nodes(sheet, node, shape, held)
        elif kept := _plain(sheet, node, shape, held):
            form[shape.alias] = kept
    if isinstance(value, Fact) and (order := _order(list(map(_place_key, value.evidence)))):
        form["evidence"] = order
    if form:
        sheet.add(node, FORM, literal(json.dumps(form)))


def _nodes(sheet: Sheet, node: str, shape: FieldShape, held: Any) -> None:
    step = f"{node[:-1]}/{slug(shape.name)}"
    if not shape.many:
        sheet.add(node, shape.predicate, f"{step}>")
        if not isinstance(held, Described):
            _fields(sheet, f"{step}>", held)
        return
    for place, item in enumerate(held):
        sheet.add(node, shape.predicate, f"{step}/{place}>")
        sheet.add(f"{step}/{place}>", POSITION, literal(place))
        _fields(sheet, f"{step}/{place}>", item)


def _plain(sheet: Sheet, node: str, shape: FieldShape, held: Any) -> Any:
    """Write plain values; what their RDF loses comes back."""
    if shape.many:
        for item in dict.fromkeys(held):
            sheet.add(node, shape.predicate, literal(item))
        return _order(list(held))
    sheet.add(node, shape.predicate, literal(held))
    if isinstance(held, Decimal):
        return _digits(held)
    return None


def _digits(value: Decimal) -> str | None:
    """The print of a number whose RDF would have other digits: 0.60, 45.0, 1E+2."""
    printed = str(value)
    plain = printed.isdecimal() and (printed[0] != "0" or printed == "0")
    short = "." in printed and printed[-1] not in "0E." and "E" not in printed
    return None if plain or short else printed


def _order(values: list[Any]) -> list[int] | None:
    """Which of the sorted distinct values stands where, if they do not stand sorted."""
    ranked = sorted(set(values))
    return None if ranked == values else [ranked.index(value) for value in values]


def _place_key(place: Evidence) -> tuple[Any, ...]:
    cell = (-1 if number is None else number for number in (place.row, place.column))
    return (place.start, place.end, place.section or "", place.table or "", *cell, place_name(place))


def place_name(place: Evidence) -> str:
    """The last step of a place's IRI: its characters, and a digest of its section and cell."""
    where = tuple("" if part is None else str(part) for part in (place.section, place.table, place.row, place.column))
    return f"{place.start}-{place.end}" + (f"-{identity.digest(*where)}" if any(where) else "")


def _place(sheet: Sheet, place: Evidence) -> str:
    """A place in the text: the characters, the quote where the text is known, the cell where there is one."""
    node = sheet.under("place", place_name(place))
    if not sheet.once(node):
        return node
    position = f"{node[:-1]}/position>"
    sheet.add(node, TYPE, iri("oa:SpecificResource"))
    sheet.add(node, SOURCE, sheet.under("document"))
    sheet.add(node, SELECTOR, position)
    sheet.add(position, TYPE, iri("oa:TextPositionSelector"))
    sheet.add(position, iri("oa:start"), literal(place.start))
    sheet.add(position, iri("oa:end"), literal(place.end))
    if place.section is not None:
        sheet.add(node, f"<{TG}section>", literal(place.section))
    if place.table is not None or place.row is not None or place.column is not None:
        _cell(sheet, node, place)
    if place.boxes:
        _boxes(sheet, node, place.boxes)
    if sheet.text is not None:
        _quote(sheet, node, sheet.text, place)
    return node


def _cell(sheet: Sheet, node: str, place: Evidence) -> None:
    cell = f"{node[:-1]}/cell>"
    sheet.add(node, SELECTOR, cell)
    sheet.add(cell, TYPE, f"<{TG}CellSelector>")
    for name in ("table", "row", "column"):
        if (value := getattr(place, name)) is not None:
            sheet.add(cell, f"<{TG}{name}>", literal(value))


def _boxes(sheet: Sheet, node: str, boxes: Iterable[PageBox]) -> None:
    fragment = f"{node[:-1]}/boxes>"
    sheet.add(node, SELECTOR, fragment)
    sheet.add(fragment, TYPE, iri("oa:FragmentSelector"))
    shown = (f"page={box.page}&highlight={box.left},{box.right},{box.top},{box.bottom}" for box in boxes)
    sheet.add(fragment, iri("rdf:value"), literal("&".join(shown)))


def _quote(sheet: Sheet, node: str, text: str, place: Evidence) -> None:
    quote = f"{node[:-1]}/quote>"
    sheet.add(node, SELECTOR, quote)
    sheet.add(quote, TYPE, iri("oa:TextQuoteSelector"))
    sheet.add(quote, iri("oa:exact"), literal(text[place.start : place.end]))
    sheet.add(quote, iri("oa:prefix"), literal(text[max(0, place.start - CONTEXT) : place.start]))
    sheet.add(quote, iri("oa:suffix"), literal(text[place.end : place.end + CONTEXT]))


def _annotation(sheet: Sheet, node: str, body: str, places: Iterable[Evidence]) -> None:
    sheet.add(node, TYPE, iri("oa:Annotation"))
    sheet.add(node, BODY, body)
    for target in dict.fromkeys(_place(sheet, place) for place in places):
        sheet.add(node, TARGET, target)


def _described(sheet: Sheet, node: str, part: Described) -> None:
    """The paper or the trial: its fields, and an annotation for each field that has places."""
    _fields(sheet, node, part)
    sheet.add(node, GENERATED, sheet.under("run"))
    shapes = {shape.name: shape for shape in shapes_of(type(part))}
    for name in dict.fromkeys((*part.evidence, *part.rules)):
        statement, places = f"{node[:-1]}/statement/{slug(name)}>", part.evidence.get(name, ())
        _annotation(sheet, statement, node, places)
        sheet.add(statement, f"<{TG}field>", literal(name))
        if name in shapes:
            sheet.add(statement, f"<{TG}aboutProperty>", shapes[name].predicate)
        if name in part.rules:
            sheet.add(statement, RULE, literal(part.rules[name]))
        if order := _order(list(map(_place_key, places))):
            sheet.add(statement, FORM, literal(json.dumps({"evidence": order})))
        if name in part.evidence and not places:
            sheet.add(statement, FORM, literal(json.dumps({"evidence": []})))


def _facts(sheet: Sheet, root: str, record: TrialRecord) -> dict[str, list[tuple[str, Fact]]]:
    """Write every fact; the nodes by list."""
    placed: dict[str, list[tuple[str, Fact]]] = {}
    run, positions = sheet.under("run"), count()
    for shape in shapes_of(TrialRecord):
        if shape.name not in fact_lists():
            continue
        placed[shape.name] = nodes = []
        for fact in getattr(record, shape.name):
            node = _fact_node(sheet, shape.name, fact)
            nodes.append((node, fact))
            sheet.add(root, shape.predicate, node)
            sheet.add(node, POSITION, literal(next(positions)))
            sheet.add(node, GENERATED, run)
            _fields(sheet, node, fact)
            if fact.evidence:
                _evidence(sheet, node, fact)
    return placed


def _evidence(sheet: Sheet, node: str, fact: Fact) -> None:
    for place in dict.fromkeys(fact.evidence):
        sheet.add(node, DERIVED, _place(sheet, place))
    sheet.add(node, PLACES, literal(" ".join(f"{place.start}-{place.end}" for place in dict.fromkeys(fact.evidence))))
    _annotation(sheet, f"{node[:-1]}/evidence>", node, fact.evidence)


def _fact_node(sheet: Sheet, name: str, fact: Fact) -> str:
    """A fact's IRI: of the fields that tell it apart; a second one with the same key is numbered."""
    key = identity.digest(*(str(getattr(fact, part)) for part in type(fact).key))
    node, number = sheet.under(slug(name), key), 1
    while not sheet.once(node):
        number += 1
        node = sheet.under(slug(name), f"{key}-{number}")
    return node


def _identities(sheet: Sheet, record: TrialRecord, placed: dict[str, list[tuple[str, Fact]]]) -> None:
    """Tie the facts to what they share with other papers and with each other."""
    paper = _work(sheet, sheet.under("paper"), identity.paper_reference(record.paper, record.document.sha256))
    sheet.add(f"<{sheet.root}>", DESCRIBES, paper)
    for registration in record.trial.registrations:
        _trial(sheet, identity.registered_trial(registration))
    index = _Index(placed)
    for node, reference in placed["references"]:
        work = _work(sheet, node, reference)  # type: ignore[arg-type]
        index.works[reference.number] = work  # type: ignore[attr-defined]
        if sheet.once(f"{paper} {work}"):
            sheet.add(paper, CITES, work)
    for node, fact in (pair for nodes in placed.values() for pair in nodes):
        for tie in ties_of(type(fact)):
            _tie(sheet, node, fact, tie, index)
        if isinstance(fact, PriorEvidence):
            _evidence_of_others(sheet, paper, node, fact, index)
        if isinstance(fact, Arm | Result | AdverseEvent):
            _regimen(sheet, node, regimen_of(fact, record))


class _Index:
    """Where the names and numbers of a record point to."""

    def __init__(self, placed: dict[str, list[tuple[str, Any]]]) -> None:
        self.arms: dict[str, str] = {}
        for node, arm in placed["arms"]:
            for name in (arm.label, *arm.synonyms):
                self.arms.setdefault(name, node)
        self.references = {reference.number: node for node, reference in placed["references"]}
        self.works: dict[int, str] = {}
        self.doses: dict[str, list[str]] = {}
        for node, dose in placed["doses"]:
            if dose.arm is not None and dose.kind in (None, "planned"):
                self.doses.setdefault(self.arms.get(dose.arm, dose.arm), []).append(node)


def _tie(sheet: Sheet, node: str, fact: Fact, tie: Tie, index: _Index) -> None:
    held = getattr(fact, tie.field)
    for value in held if isinstance(held, tuple) else () if held is None else (held,):
        for target in _targets(sheet, node, fact, tie, value, index):
            sheet.add(node, tie.predicate, target)


def _targets(sheet: Sheet, node: str, fact: Fact, tie: Tie, value: Any, index: _Index) -> list[str]:
    """The nodes that a name or number of a fact stands for; a name without a node ties to nothing."""
    if tie.target in SHARED:
        stated = getattr(fact, "concept", None) if tie.defines else None
        return [_concept(sheet, node, tie, identity.concept(tie.target, value, stated))]
    if tie.target == "population":
        return [_population(sheet, value)]
    if tie.target == "dose":
        return index.doses.get(index.arms.get(value, value), [])
    known: dict[Any, str] = index.arms if tie.target == "arm" else index.references
    return [known[value]] if value in known else []


def _concept(sheet: Sheet, node: str, tie: Tie, found: identity.Identity) -> str:
    target = f"<{found.iri}>"
    if tie.defines:
        sheet.add(node, IDENTIFIED, literal(found.reason))
    if sheet.once(target):
        sheet.add(target, TYPE, f"<{TG}{SHARED[tie.target]}>")
        sheet.add(target, TYPE, iri("skos:Concept"))
        sheet.add(target, iri("skos:prefLabel"), literal(found.label))
    if found.match and sheet.once(f"{target} {found.match}"):
        sheet.add(target, iri("skos:exactMatch" if found.exact else "skos:closeMatch"), concept_iri(found.match))
    return target


def _population(sheet: Sheet, name: str) -> str:
    node = sheet.under("population", slug(name))
    if sheet.once(node):
        sheet.add(node, TYPE, f"<{TG}Population>")
        sheet.add(node, LABEL, literal(name))
    return node


def regimen_of(fact: Arm | Result | AdverseEvent, record: TrialRecord) -> tuple[str, ...]:
    """The drugs a fact is about: its arm's; where it names none, those of the only arm or of a trial without arms."""
    if isinstance(fact, Arm):
        return fact.drugs
    if fact.arm is not None:
        return next((arm.drugs for arm in record.arms if fact.arm in (arm.label, *arm.synonyms)), ())
    if not record.arms:
        return tuple(drug.name for drug in record.drugs if drug.role == "experimental")
    return record.arms[0].drugs if len(record.arms) == 1 else ()


def _regimen(sheet: Sheet, node: str, drugs: tuple[str, ...]) -> None:
    """The combination of drugs: one node for all papers."""
    if not drugs:
        return
    parts = {found.iri: found for found in (identity.concept("drug", name) for name in drugs)}
    labels = sorted(found.label for found in parts.values())
    target = f"<{DATA}regimen/{'+'.join(slug(label) for label in labels)}>"
    sheet.add(node, REGIMEN, target)
    if sheet.once(target):
        sheet.add(target, TYPE, f"<{TG}Regimen>")
        sheet.add(target, LABEL, literal(" + ".join(labels)))
        for found in parts.values():
            sheet.add(target, OF_DRUG, _concept(sheet, target, DRUG_TIE, found))


def _work(sheet: Sheet, node: str, reference: Reference) -> str:
    """The work of a reference, or of the paper, with every key that it can be known by."""
    found = identity.work(reference)
    target = f"<{found.iri}>"
    sheet.add(node, WORK, target)
    sheet.add(node, IDENTIFIED, literal(found.reason))
    if sheet.once(target):
        sheet.add(target, TYPE, f"<{TG}Work>")
        sheet.add(target, LABEL, literal(found.label))
    for key in identity.work_keys(reference):
        if sheet.once(f"{target} {key}"):
            sheet.add(target, f"<{TG}key>", literal(key))
            kind, _, value = key.partition(":")
            if kind in ("doi", "pmid"):
                sheet.add(target, iri(f"bibo:{kind}"), literal(value))
    return target


def _trial(sheet: Sheet, found: identity.Identity) -> None:
    target = f"<{found.iri}>"
    if sheet.once(target):
        sheet.add(sheet.under("trial"), f"<{TG}registeredAs>", target)
        sheet.add(sheet.under("trial"), IDENTIFIED, literal(found.reason))
        sheet.add(target, TYPE, f"<{TG}RegisteredTrial>")
        sheet.add(target, LABEL, literal(found.label))


def _evidence_of_others(sheet: Sheet, paper: str, node: str, fact: PriorEvidence, index: _Index) -> None:
    """Tie another study's result to the works it is taken from: a number is what they are cited as evidence for."""
    for number in dict.fromkeys(fact.references):
        if work := index.works.get(number):
            sheet.add(node, f"<{TG}reportedBy>", work)
            if sheet.once(f"{paper} evidence {work}"):
                sheet.add(paper, iri("cito:citesAsEvidence"), work)
