"""Doses that were given against those that the protocol plans and rules out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from extractor.checks.audit import Audit, Verdict, finding, place
from extractor.tables.print import plain
from ontology import regex as re
from ontology.record import Check, Dose, Evidence

WHAT = r"(?:reduction|modification|adjustment|escalation|change|alteration)s?"
NOT_DONE = (
    r"(?:(?:was|were|is|are) not (?:\w+ )?(?:allowed|permitted|planned|possible)|not (?:allowed|permitted)"
    r"|(?:was|were|is|are) (?:prohibited|forbidden))"
)
FORBIDDEN = re.compile(
    rf"\b(?:dose )?(?P<what>{WHAT})\b[^.;]{{0,90}}?\b{NOT_DONE}|\bno (?:dose |dosage )(?P<what2>{WHAT})\b"
    r"|\b(?:was|were|could|may|must|should) not (?:allowed to |permitted to )?be (?P<verb>reduced|modified|adjusted|escalated|changed)\b",
    re.IGNORECASE,
)
# What a report says of a change that the protocol rules out: a reduction is a modification too.
SAID: tuple[tuple[str, str], ...] = (
    ("reduc", r"reduc\w*"),
    ("escal", r"escalat\w*|increas\w*"),
    ("", r"reduc\w*|modif\w*|adjust\w*|chang\w*|escalat\w*"),
)
NONE = re.compile(r"\b(?:no|none|not|without|never|nor|zero)\b", re.IGNORECASE)
COUNTED = re.compile(
    r"\b[1-9]\d{0,3}\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|all|most|half)\b",
    re.IGNORECASE,
)
SHORTEST_NAME = 4
# A total over many days is no dose of one day.
TOTAL = 10

Names = Mapping[str, str]


def given(audit: Audit) -> Iterator[Check]:
    """A dose that was given is one of those that were allowed, between the smallest and the largest of them."""
    allowed: dict[tuple[str, str | None], list[Dose]] = defaultdict(list)
    for dose in audit.record.doses:
        if dose.kind != "received" and dose.value is not None:
            allowed[dose.drug, dose.unit].append(dose)
    for dose in audit.record.doses:
        planned = allowed.get((dose.drug, dose.unit))
        if dose.kind != "received" or dose.value is None or not planned:
            continue
        low = min(other.value for other in planned if other.value is not None)
        high = max(other.value_max or other.value or Decimal(0) for other in planned)
        most = dose.value_max or dose.value
        if most > TOTAL * high:
            continue
        holds = low <= dose.value and most <= high
        printed = f"{dose.value}-{most}" if dose.value_max else f"{dose.value}"
        text = (
            f"Doses of {dose.drug} from {low} to {high} {dose.unit or ''} are planned; {place(dose.evidence[0])} prints "
            f"{printed} given, {'within' if holds else 'outside'} them."
        )
        evidence = (planned[0].evidence[0], dose.evidence[0])
        verdict: Verdict = "holds" if holds else "undecided"
        yield finding("doses.given", verdict, f"{low}-{high}", printed, " ".join(text.split()), evidence)


def forbidden(audit: Audit) -> Iterator[Check]:
    """Changes of dose that the methods rule out are not reported of the same drug."""
    names = {
        name.lower(): drug.name
        for drug in audit.record.drugs
        for name in (drug.name, *drug.synonyms)
        if len(name) >= SHORTEST_NAME
    }
    for drug, what, rule in _rules(audit, names):
        for said in (*_in_text(audit, names, drug, what), *_in_tables(audit, names, drug, what)):
            text = f"The methods rule out a change of the dose of {drug} ({what}); {place(said[0])} reports one."
            yield finding("doses.forbidden", "undecided", f"no {what}", "reported", text, (*rule, *said))


def _rules(audit: Audit, names: Names) -> Iterator[tuple[str, str, tuple[Evidence, ...]]]:
    """The drugs whose dose must not be changed, the word for the change, and where the methods say so."""
    for passage in audit.prose:
        text = passage.search
        if passage.section.kind not in ("methods", "other") or "dos" not in text.lower():
            continue
        for match in FORBIDDEN.finditer(text):
            start, end = _sentence(text, match.start())
            drugs = _drugs(match[0], names) or _drugs(text[start:end], names)
            if len(drugs) == 1:
                what = (match["what"] or match["what2"] or match["verb"]).lower()
                yield next(iter(drugs)), what, passage.evidence(*match.span())


def _drugs(text: str, names: Names) -> set[str]:
    plain_text = text.lower()
    return {drug for name, drug in names.items() if name in plain_text}


def _changes(what: str) -> str:
    return next(form for stem, form in SAID if what.startswith(stem))


def _in_text(audit: Audit, names: Names, drug: str, what: str) -> Iterator[tuple[Evidence, ...]]:
    """Sentences of the results in which patients had the dose of this drug, and of no other, changed."""
    change = re.compile(rf"\bdos\w+ (?:{_changes(what)})", re.IGNORECASE)
    for passage in audit.prose:
        if passage.section.kind in ("results", "abstract") and "dos" in passage.search:
            for match in change.finditer(passage.search):
                start, end = _sentence(passage.search, match.start())
                said = passage.search[start:end]
                if COUNTED.search(said) and not NONE.search(said) and _drugs(said, names) == {drug}:
                    yield passage.evidence(start, end)


def _in_tables(audit: Audit, names: Names, drug: str, what: str) -> Iterator[tuple[Evidence, ...]]:
    """Rows of tables that count patients who had the dose of this drug changed."""
    change = re.compile(rf"\bdos\w+ (?:{_changes(what)})|\b(?:{_changes(what)}) (?:in|of) (?:the )?dos", re.IGNORECASE)
    for table in audit.document.tables:
        group: set[str] = set()
        for row in table.grid[table.header_rows :]:
            stub = plain(row[0].text) if row and row[0] else ""
            counts = [cell for cell in row[1:] if cell and re.match(r"[1-9]\d*\b", plain(cell.text))]
            if not counts:
                group = _drugs(stub, names) or group
            elif row[0] and change.search(stub) and (_drugs(stub, names) or group) == {drug}:
                yield table.evidence(row[0]), table.evidence(counts[0])


def _sentence(text: str, place_: int) -> tuple[int, int]:
    """The clause around a place, without the white space before it."""
    start = max(text.rfind(mark, 0, place_) for mark in (". ", "; ")) + 1
    stop = text.find(". ", place_)
    end = stop if stop >= 0 else len(text)
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end
