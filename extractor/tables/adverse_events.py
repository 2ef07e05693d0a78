"""Adverse events from tables: how many patients of an arm had an event of a grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from extractor.study import Rejected, Study
from extractor.tables.axes import Axis
from extractor.tables.data import Datum, Reading, data, fraction, placed, read_tables, rejected, total_of
from extractor.tables.facets import ANY_WORDS
from extractor.tables.figures import Figures
from extractor.tables.grid import Entry
from extractor.tables.groups import GOES_ON
from extractor.tables.print import label
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import AdverseEvent
from ontology.terms import Term, terms

PATIENTS_WITH = (
    r"^(?:(?:any|all|total|overall|number of|no\. of|patients?|subjects?|women|participants?|with|having|reporting|experiencing|who had"
    r"|at least (?:one|1)|≥ ?1|an?|one or more|more than one|developing)\s(?:of )?)*"
)
EVENT = r"(?:adverse (?:drug )?(?:events?|effects?|reactions?|experiences?)|(?-i:T?E?AEs?\b|ADRs?\b))"
EMERGENT = r"(?:treatment[- ]emergent (?:adverse events?|(?-i:S?AEs?\b))|(?-i:TEAEs?\b))"
KINDS_OF_EVENT = r"(?:(?:drug|treatment)[- ](?:related|emergent) |grades? \S+ |related |immune-related )*"
# The sums of a table of events, by how they are printed; the term is the field's own.
SUMS: tuple[tuple[str, str], ...] = (
    (
        "treatment-emergent serious adverse event",
        rf"{PATIENTS_WITH}(?:(?:serious|emergent|treatment) ?-?)*(?:serious treatment[- ]emergent adverse events?|treatment[- ]emergent serious"
        r" adverse events?|serious TEAEs?|(?-i:TESAEs?|STEAEs?)\b)",
    ),
    (
        "serious adverse event",
        rf"{PATIENTS_WITH}{KINDS_OF_EVENT}(?:serious (?:{KINDS_OF_EVENT}){EVENT}|(?-i:SAEs?\b))",
    ),
    (
        "death",
        r"^(?:any |all |on-?treatment |treatment[- ]related |overall )?(?:deaths?|died|mortality|fatal(?:ity|ities)?)\b"
        r"(?: \(?(?:any|all)[- ]cause\)?)?$",
    ),
    (
        "any adverse event",
        rf"{PATIENTS_WITH}(?:(?:treatment|drug|study) )?(?:discontinu\w+|withdr[ae]w\w*|stopped)\b.{{0,30}} (?:due to|because of|owing to|for) (?:an? |any )?"
        rf"(?:{EVENT}|toxicit\w+|side[- ]effects?)$",
    ),
    ("treatment-emergent adverse event", rf"{PATIENTS_WITH}{EMERGENT}(?: \(.*\))?$"),
    (
        "any adverse event",
        rf"{PATIENTS_WITH}{KINDS_OF_EVENT}(?:{EVENT}|side[- ]effects?|toxicit(?:y|ies)|complications?)"
        r"(?: \((?:any|all)[^)]*\))?(?: (?:leading|resulting|related|of any|overall|reported|that|possibly)\b.*)?$|^(?:total|any|all|overall)$|^(?:maximum |worst )?severity of\b",
    ),
)
_SUMS = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in SUMS]
# "% of patients", not "in at least 5% of patients".
PERCENTS = re.compile(r"(?<!\d)(?<!\d )%|(?<!\d )\bpercent", re.IGNORECASE)
COUNTS = re.compile(r"\bn\b|\bno\.|\bnumber", re.IGNORECASE)
ROWS_OF_EVENTS = 3
EVENTS = "counts events, not patients"
# Rows of a table of events that count no events.
NO_EVENT = re.compile(
    r"\b(?:duration|median|mean|days?|weeks?|cycles?|score|dose intensity|time to|hospital stay|incidence ?≥|number of events|patients treated"
    r"|not (?:reported|assessed))\b|^(?:p|chi|n|no\.?|number|patients?|total patients.*)$|^none$|^(?:cohort|dose(?: level)?|level|group|arm|patient|cycle|course|case)s?(?: no)?$|^no (?:adverse|side|complication|toxicit|(?:TE)?AE)",
    re.IGNORECASE,
)
# Headings of rows that tell what was done or why, not what happened.
NO_EVENT_GROUP = re.compile(
    r"\brefer(?:red|rals?)\b|\breasons?\b|\btreatments? (?:given|required)|\binterventions?\b|\bmedications?\b",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"\b(?:leading|led|resulting|that led) (?:to|in)\b.*$|\brequiring\b.*$|\bconsidered to be\b.*$"
    r"|^(?:patients|subjects|participants) (?:with|having|reporting) (?:any )?",
    re.IGNORECASE,
)
RELATED = {"treatment-related", "any-cause", "immune-related"}


def table_adverse_events(study: Study) -> Iterator[AdverseEvent | Rejected]:
    """The adverse events that the tables of a paper count."""
    for reading in read_tables(study):
        if reading.kind == "adverse_events":
            many, percents = _counts_events(reading), _percent_columns(reading)
            for datum in data(reading):
                if isinstance(datum, Rejected):
                    yield datum
                elif not (datum.entry.column.is_p or datum.meaning.is_comparison or datum.figures.p_value):
                    bare = many and _is_bare(datum.entry)
                    shared = datum.entry.cell.column in percents
                    yield rejected(datum.entry, EVENTS) if bare else _event(datum, reading, study, shared)


def _counts_events(reading: Reading) -> bool:
    """Whether bare counts of a table are of events: some rows count more than the arm has patients."""
    more = {
        entry.row.index
        for entry in reading.entries
        if _is_bare(entry)
        and not entry.column.is_p
        and (size := entry.size or reading.sizes.get(entry.meaning.arm))
        and (entry.value.parts[0].number or 0) > size
    }
    return len(more) >= ROWS_OF_EVENTS


def _percent_columns(reading: Reading) -> frozenset[int]:
    """Columns of bare numbers that are percentages: the caption says so, or some have decimals."""
    found: dict[int, list[str]] = {}
    for entry in reading.entries:
        parts = entry.value.parts
        bare = len(parts) == 1 and parts[0].kind == "number" and not parts[0].bracketed
        said = any(names[0] != "percent" for axis in (entry.column, entry.row.axis) for names in axis.statistics)
        found.setdefault(entry.cell.column, []).append(str(parts[0].number) if bare and not said else "")
    percents = PERCENTS.search(reading.caption.text) and not COUNTS.search(reading.caption.text)
    return frozenset(
        column
        for column, numbers in found.items()
        if all(numbers) and (percents or any("." in number for number in numbers)) and _below_100(numbers)
    )


def _below_100(numbers: list[str]) -> bool:
    return all(0 <= Decimal(number) <= 100 for number in numbers)


def _is_bare(entry: Entry) -> bool:
    """Whether a cell prints one whole number and nothing else."""
    parts = entry.value.parts
    return len(parts) == 1 and parts[0].kind == "number" and "." not in str(parts[0].number)


def _event(datum: Datum, reading: Reading, study: Study, shared: bool) -> AdverseEvent | Rejected:
    known = placed(datum, study)
    if known is None:
        return rejected(datum.entry, "the column is no arm")
    known = replace(known, figures=fraction(known, study))
    term = _term(known)
    figures = _as_percent(known.figures) if shared and known.figures.percent is None else _counted(known)
    reason = _objection(known, term, figures, reading)
    if reason:
        return rejected(datum.entry, reason)
    return _fact(known, term, replace(figures, total=total_of(known, figures, study)), reading)


def _objection(datum: Datum, term: str, figures: Figures, reading: Reading) -> str | None:
    """Why a cell is no count of patients with an event."""
    total = figures.total if figures.total is not None else datum.entry.size or reading.sizes.get(datum.arm)
    tests = (
        (not term or not re.search(r"[A-Za-z]{2}", term), "the row has no event"),
        (bool(NO_EVENT.search(term)), "the row counts no event"),
        (any(NO_EVENT_GROUP.search(group.text) for group in datum.entry.row.groups), "the heading is of no events"),
        (figures.count is None and figures.percent is None, "no count or percentage"),
        (datum.entry.column.counts_events or datum.entry.row.stub.counts_events, EVENTS),
        (_relatedness(datum, reading) == "unrelated", "events unrelated to the treatment"),
        (_grade(datum, reading) == "0", "grade 0 is no event"),
        (total is not None and figures.count is not None and figures.count > total, "a count larger than its group"),
    )
    return next((reason for failed, reason in tests if failed), None)


def _fact(datum: Datum, term: str, figures: Figures, reading: Reading) -> AdverseEvent:
    curated = _curated(term)
    related = _relatedness(datum, reading)
    consequence = _consequence(datum, reading, term)
    values: dict[str, Any] = {
        "term": term,
        "concept": curated.concept if curated else None,
        "system_organ_class": _organ_class(datum, curated),
        "arm": datum.arm,
        "grade": "5" if term == "death" or consequence == "death" else _grade(datum, reading),
        "count": figures.count,
        "total": figures.total,
        "percent": figures.percent,
        "relatedness": related if related in RELATED else None,
        "consequence": consequence,
        "evidence": datum.evidence,
        "rule": f"tables.adverse_events.{_form(figures)}",
    }
    return AdverseEvent.model_validate(values)


def _form(figures: Figures) -> str:
    return "_".join(name for name in ("count", "percent") if getattr(figures, name) is not None)


def _as_percent(figures: Figures) -> Figures:
    number = figures.value if figures.value is not None else figures.count
    return Figures(statistic="percent", percent=Decimal(number)) if number is not None else figures


def _counted(datum: Datum) -> Figures:
    """A bare whole number counts; a bare decimal says nothing."""
    figures = datum.figures
    value = figures.value
    if figures.statistic is not None or value is None or figures.range is not None or figures.sd or figures.se:
        return figures
    if value < 0 or "." in str(value):
        return figures
    return replace(figures, statistic="count", count=int(value), value=None)


def _term(datum: Datum) -> str:
    """The event: the row's own words, or the heading above rows that only say a grade."""
    row = datum.entry.row
    names = list(row.stub.names)
    groups = [group for group in row.groups if group.names]
    if groups and (not names or GOES_ON.match(row.stub.text) or names[-1].lower() in ANY_WORDS):
        names = list(groups[-1].names)
    if not names and row.stub.arm:  # arms as rows, events as columns
        names = list(datum.entry.column.names)
    elif not names and row.stub.grade is None and row.stub.text:
        names = [row.stub.text]
    text = names[-1] if names else ""
    if len(names) > 1 and not re.search(r"[A-Za-z]{3}", text):
        text = names[0]
    whole = row.stub.text if names == list(row.stub.names) else text
    for name, pattern in _SUMS:
        if pattern.search(text) or pattern.search(whole):
            return name
    return label(LEADING.sub("", text)) or text


def _grade(datum: Datum, reading: Reading) -> str:
    return datum.meaning.grade or reading.caption.grade or "any"


def _relatedness(datum: Datum, reading: Reading) -> str | None:
    return datum.meaning.relatedness or reading.caption.relatedness


def _consequence(datum: Datum, reading: Reading, term: str) -> str | None:
    found = datum.meaning.consequence or reading.caption.consequence
    return None if found == "serious" and "serious" in term else found


def _organ_class(datum: Datum, curated: Term | None) -> str | None:
    """The organ class of the curated event, or the one whose heading stands above the row."""
    if curated is not None and curated.attributes.get("system_organ_class"):
        return curated.attributes["system_organ_class"]
    return next((name for group in datum.entry.row.groups if (name := _class_of(group))), None)


def _class_of(group: Axis) -> str | None:
    return _classes().get(fold(group.text).lower())


@lru_cache(maxsize=4096)
def _curated(term: str) -> Term | None:
    folded = fold(term).lower()
    for form in (folded, re.sub(r"\s*\([^)]*\)", "", folded).strip(), folded.rstrip("s")):
        if form in _events():
            return _events()[form]
    return None


@cache
def _events() -> dict[str, Term]:
    found: dict[str, Term] = {}
    for term in terms("events"):
        for form in term.labels:
            found.setdefault(fold(form).lower(), term)
    return found


@cache
def _classes() -> dict[str, str]:
    names = {term.attributes.get("system_organ_class", "") for term in terms("events")}
    return {fold(name).lower(): name for name in names if name}
