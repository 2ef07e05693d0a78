"""Checks between papers: what one paper quotes of a trial against what that trial's own record states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from graph.identity import digest
from graph.literals import literal
from graph.namespaces import DATA, TG, iri
from graph.query import ask
from graph.stores.answers import Store, Table

Verdict = Literal["holds", "fails", "undecided"]
KIND = "papers.quoted"
QUOTED = """SELECT ?fact ?paper ?work ?label ?same ?endpoint ?statistic ?value ?unit ?total ?places WHERE { GRAPH ?g {
    ?fact a tg:PriorEvidence ; tg:reportedBy ?work ; tg:ofEndpoint ?same ; tg:endpoint ?endpoint ; tg:value ?value .
    ?work rdfs:label ?label .
    ?record tg:hasPriorEvidence ?fact ; tg:hasDocument/tg:id ?paper .
    OPTIONAL { ?fact tg:statistic ?statistic } OPTIONAL { ?fact tg:unit ?unit }
    OPTIONAL { ?fact tg:total ?total } OPTIONAL { ?fact tg:places ?places } } } ORDER BY ?fact ?work"""
# A result of a part of the patients, of one of several arms or of one time is no sure answer to a quoted figure.
OWN = """SELECT ?fact ?paper ?work ?same ?statistic ?value ?unit ?total ?places ?part WHERE { GRAPH ?g {
    %s ?record tg:describes ?work ; tg:hasResults ?fact ; tg:hasDocument/tg:id ?paper .
    ?fact tg:ofEndpoint ?same ; tg:value ?value .
    OPTIONAL { ?fact tg:statistic ?statistic } OPTIONAL { ?fact tg:unit ?unit }
    OPTIONAL { ?fact tg:total ?total } OPTIONAL { ?fact tg:places ?places }
    BIND(EXISTS { { ?fact tg:population|tg:comparator|tg:timepoint ?any }
        UNION { ?record tg:hasArms ?one, ?other FILTER(?one != ?other) } } AS ?part) } } ORDER BY ?fact"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed figure: the fact's IRI, its paper, and what it says; `whole` where it is of all patients of a trial of one arm."""

    fact: str
    paper: str
    statistic: str | None
    value: Decimal
    unit: str | None = None
    total: int | None = None
    places: str | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A figure that a paper quotes, the figure of the trial's own record that comes nearest, and whether they agree."""

    verdict: Verdict
    endpoint: str
    work: str
    quoted: Figure
    own: Figure

    @property
    def explanation(self) -> str:
        """The finding in one sentence."""
        said = {"holds": "which its own record states", "fails": "but its own record states"}
        told = said.get(self.verdict, "and its own record states")
        own = "" if self.verdict == "holds" else f" {in_words(self.own)}"
        return f"{self.quoted.paper} quotes {self.endpoint} {in_words(self.quoted)} from {self.work}, {told}{own} ({self.own.paper})"


def in_words(figure: Figure) -> str:
    """A figure as a reader writes it: `25 % of 36`."""
    total = f"of {figure.total}" if figure.total else None
    return " ".join(part for part in (str(figure.value), figure.unit, total) if part)


def agrees(one: Decimal, other: Decimal) -> bool:
    """Whether two prints can be one number: equal when the finer one is rounded as the coarser, either way at a half."""
    places = max(0, min(-int(one.as_tuple().exponent), -int(other.as_tuple().exponent)))
    return abs(one - other) <= Decimal(5).scaleb(-places - 1)


def verdict(quoted: Figure, own: Sequence[Figure]) -> tuple[Verdict, Figure] | None:
    """What the results of the same endpoint, statistic and unit say of a quoted figure; None where there are none.

    It fails only where the trial has one such result, of all patients, out of the same total.
    """
    like = [figure for figure in own if (figure.statistic, figure.unit) == (quoted.statistic, quoted.unit)]
    if not like:
        return None
    nearest = min(like, key=lambda figure: abs(figure.value - quoted.value))
    if agrees(nearest.value, quoted.value):
        return "holds", nearest
    sure = len(like) == 1 and nearest.whole and nearest.total is not None and nearest.total == quoted.total
    return ("fails" if sure else "undecided"), nearest


def cross_checks(store: Store, stands_for: Mapping[str, str]) -> Iterator[CrossCheck]:
    """The checks of a store; `stands_for` names the work by which another one is known."""
    quotations = [(row, stands_for.get(row["work"] or "", row["work"] or "")) for row in _rows(store, QUOTED)]
    works = sorted({work for _, work in quotations})
    own: dict[tuple[str, str | None], list[Figure]] = defaultdict(list)
    if works:
        for row in _rows(store, OWN % f"VALUES ?work {{ {' '.join(f'<{work}>' for work in works)} }}"):
            own[row["work"] or "", row["same"]].append(_figure(row))
    for row, work in quotations:
        quoted = _figure(row)
        if found := verdict(quoted, own[work, row["same"]]):
            yield CrossCheck(found[0], row["endpoint"] or "", row["label"] or work, quoted, found[1])


def written(checks: Iterable[CrossCheck]) -> str:
    """The checks as triples of the graph of links; one a quoted and an own figure."""
    return "".join(dict.fromkeys(map(_written, checks)))


def _written(check: CrossCheck) -> str:
    node = f"<{DATA}check/{digest(KIND, check.quoted.fact, check.own.fact)}>"
    said = (
        (iri("rdf:type"), f"<{TG}CrossCheck>"),
        (f"<{TG}kind>", literal(KIND)),
        (f"<{TG}verdict>", literal(check.verdict)),
        (f"<{TG}stated>", literal(in_words(check.quoted))),
        (f"<{TG}recomputed>", literal(in_words(check.own))),
        (f"<{TG}explanation>", literal(check.explanation)),
        (f"<{TG}quotes>", f"<{check.quoted.fact}>"),
        (f"<{TG}against>", f"<{check.own.fact}>"),
    )
    return "".join(f"{node} {predicate} {value} .\n" for predicate, value in said)


def _rows(store: Store, query: str) -> list[dict[str, str | None]]:
    """The answer's rows, IRIs in full."""
    found = ask(store, query, seconds=None)
    if not isinstance(found, Table):
        return []
    return [
        {
            name: None if term is None else str(getattr(term, "value", term))
            for name, term in zip(found.columns, row, strict=True)
        }
        for row in found.rows
    ]


def _figure(row: Mapping[str, str | None]) -> Figure:
    return Figure(
        fact=row["fact"] or "",
        paper=row["paper"] or "",
        statistic=row["statistic"],
        value=Decimal(row["value"] or "0"),
        unit=row["unit"],
        total=int(row["total"]) if row["total"] else None,
        places=row["places"],
        whole=row.get("part") == "false",
    )
