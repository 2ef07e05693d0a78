"""Endpoints that are planned against those that are reported."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from extractor.checks.audit import Audit, finding
from ontology import regex as re
from ontology.glyphs import fold
from ontology.record import Check, Endpoint
from ontology.terms import case_matters, terms

# A paper whose results are shorter was not read to its end.
SHORTEST = 1500
# Words that name no endpoint of their own.
PLAIN = frozenset(
    "rate rates time number percentage proportion change changes mean median incidence frequency assessment evaluation "
    "level levels patients treatment between after from with baseline score scores measured clinical effect effects".split()
)
STEM = 5
# Reported as counts of events, whatever words are used.
SAFETY = re.compile(r"safety|adverse|toxic|tolerab|side effect", re.IGNORECASE)
# The classes of best response are parts of the response rate that is planned.
CLASSES = frozenset({"complete response", "partial response", "stable disease", "progressive disease"})
DECIDED = frozenset({"time-to-event", "rate"})


def unreported(audit: Audit) -> Iterator[Check]:
    """A planned endpoint has a result; one that results, tables and legends never name is not reported (CONSORT 17a)."""
    results = _text(audit, ("results",))
    if len(results) < SHORTEST:
        return
    reported = {fact.endpoint for fact in audit.record.results}
    done: set[str] = set()
    for endpoint in audit.record.endpoints:
        if endpoint.role is None or endpoint.name in done or not endpoint.evidence:
            continue
        done.add(endpoint.name)
        numbers = [fact for fact in audit.record.results if fact.endpoint == endpoint.name]
        if endpoint.name in reported:
            count = "1 number" if len(numbers) == 1 else f"{len(numbers)} numbers"
            text = f"The {endpoint.role} endpoint {endpoint.name} is reported with {count}."
            evidence = (endpoint.evidence[0], *numbers[0].evidence[:1])
            yield finding("endpoints.reported", "holds", endpoint.name, count, text, evidence)
        elif not _named(endpoint, results) and not (SAFETY.search(endpoint.name) and audit.record.adverse_events):
            text = (
                f"The {endpoint.role} endpoint {endpoint.name} is planned; the results, the tables and the legends "
                "do not name it."
            )
            yield finding("endpoints.reported", "undecided", endpoint.name, "no result", text, endpoint.evidence[:2])


def unplanned(audit: Audit) -> Iterator[Check]:
    """A rate or a time to an event that is reported is named among the endpoints or the methods (CONSORT 6a)."""
    methods = _text(audit, ("methods", "abstract", "introduction", "other"))
    planned = CLASSES | {endpoint.name for endpoint in audit.record.endpoints}
    if not audit.record.endpoints or len(methods) < SHORTEST:
        return
    done: set[str] = set()
    for fact in audit.record.results:
        kind = _kinds().get(fact.endpoint)
        if fact.endpoint in planned or fact.endpoint in done or kind not in DECIDED:
            continue
        done.add(fact.endpoint)
        if not any(_stands(label, methods) for label in _labels().get(fact.endpoint, ())):
            text = f"{fact.endpoint} is reported; neither the endpoints nor the methods name it."
            yield finding("endpoints.planned", "undecided", fact.endpoint, "not planned", text, fact.evidence[:2])


@lru_cache(maxsize=4)
def _text(audit: Audit, kinds: tuple[str, ...]) -> str:
    """The folded text of sections of these kinds; results with tables and legends."""
    parts = [passage.search for passage in audit.document.passages if passage.section.kind in kinds]
    if "results" in kinds:
        for table in audit.document.tables:
            parts.extend(fold(cell.text) for cell in table.cells())
            parts.extend(note.search for note in (table.caption, *table.footnotes) if note)
        parts.extend(figure.caption.search for figure in audit.document.figures)
        parts.extend(
            passage.search for passage in audit.document.passages if passage.kind in ("caption", "footnote", "heading")
        )
    return "\n".join(parts)


def _named(endpoint: Endpoint, text: str) -> bool:
    """Whether a text names an endpoint by a label, or by most of the words of its name."""
    labels = {*_labels().get(endpoint.name, ()), endpoint.name, endpoint.abbreviation or endpoint.name}
    if any(_stands(label, text) for label in labels):
        return True
    words = [word for word in re.findall(r"[a-z]{4,}", endpoint.name.lower()) if word not in PLAIN]
    plain = text.lower()
    return not words or 2 * sum(word[:STEM] in plain for word in words) >= len(words)


def _stands(label: str, text: str) -> bool:
    """Whether a label stands in a text as a whole word (in the plural too)."""
    exact = case_matters(label)
    needle, hay = (label, text) if exact else (fold(label).lower(), _lower(text))
    place = hay.find(needle)
    while place >= 0:
        after = hay[place + len(needle) : place + len(needle) + 2].rstrip("s")
        if not hay[place - 1 : place].isalnum() and not after[:1].isalnum():
            return True
        place = hay.find(needle, place + 1)
    return False


@lru_cache(maxsize=4)
def _lower(text: str) -> str:
    return text.lower()


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    return {term.name: term.labels for term in terms("endpoints")}


@cache
def _kinds() -> dict[str, str]:
    return {term.name: term.attributes.get("kind", "") for term in terms("endpoints")}
