"""Links across papers: works and registered trials that other papers name differently, with the reason of each link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from graph import between, identity
from graph.literals import literal
from graph.namespaces import DATA, LINKS, TG, iri
from graph.query import ask
from graph.stores.answers import Graph, Store, Table

DESCRIBED = "SELECT DISTINCT ?work ?record WHERE { GRAPH ?g { ?record tg:describes ?work } }"
WORKS = "SELECT DISTINCT ?work ?key WHERE { GRAPH ?g { ?work a tg:Work ; tg:key ?key } }"
TRIALS = """SELECT DISTINCT ?report ?trial WHERE { GRAPH ?g { ?report tg:registeredAs ?trial } }"""
# Two works that differ in one of these are two, whatever else they share.
IDENTIFIERS = ("doi", "pmid")


@dataclass(frozen=True, slots=True)
class Link:
    """Two nodes that are one thing; `other` is the one that stands for both."""

    node: str
    other: str
    predicate: str
    reason: str


def relink(store: Store) -> tuple[Link, ...]:
    """Find the links of a store, and the checks between its papers, anew and write them as its graph of links."""
    described = {work for work, _ in _pairs(store, DESCRIBED)}
    links = (*work_links(_pairs(store, WORKS), described), *trial_links(_pairs(store, TRIALS)))
    stands_for = {link.node: link.other for link in links if link.predicate == "sameWorkAs"}
    triples = "".join(map(_written, links)) + between.written(between.cross_checks(store, stands_for))
    if triples or LINKS in store.graphs():
        store.replace([Graph(LINKS, triples.encode("utf-8"))])
    return links


def work_links(pairs: Iterable[tuple[str, str]], described: Collection[str] = ()) -> list[Link]:
    """Works that share a key and differ in no identifier; pairs of a work's node and one of its keys.

    A work whose own record is in the store (`described`) stands for the others.
    """
    keys: dict[str, set[str]] = defaultdict(set)
    for work, key in pairs:
        keys[work].add(key)
    by_key: dict[str, list[str]] = defaultdict(list)
    for work in sorted(keys):
        for key in keys[work]:
            by_key[key].append(work)
    groups = _Groups(keys, described)
    for key in sorted(by_key, key=_strength):
        first, *others = by_key[key]
        for other in others:
            groups.join(first, other, identity.KEYS[key.partition(":")[0]])
    return [Link(node, top, "sameWorkAs", reason) for node, top, reason in groups.joined()]


def trial_links(pairs: Iterable[tuple[str, str]]) -> list[Link]:
    """One trial in two registries: a report that names one number of each."""
    reports: dict[str, set[str]] = defaultdict(set)
    for report, trial in pairs:
        reports[report].add(trial)
    found: dict[tuple[str, str], Link] = {}
    for trials in reports.values():
        registries = [trial.rsplit("/", 1)[0] for trial in trials]
        if len(trials) > 1 and len(set(registries)) == len(registries):
            top, *others = sorted(trials)
            for other in others:
                found[other, top] = Link(other, top, "sameTrialAs", "registered together in one report")
    return list(found.values())


class _Groups:
    """Works joined as far as their identifiers agree."""

    def __init__(self, keys: Mapping[str, set[str]], described: Collection[str]) -> None:
        self.described = described
        self.top = {work: work for work in keys}
        self.reason: dict[str, str] = {}
        self.known = {
            work: {kind: {key for key in own if key.startswith(f"{kind}:")} for kind in IDENTIFIERS}
            for work, own in keys.items()
        }

    def find(self, work: str) -> str:
        """The work that stands for a group."""
        while self.top[work] != work:
            work = self.top[work]
        return work

    def join(self, one: str, other: str, reason: str) -> None:
        """Make two groups one, unless an identifier speaks against it."""
        first, second = sorted((self.find(one), self.find(other)), key=lambda work: (work not in self.described, work))
        ours, theirs = self.known[first], self.known[second]
        if first == second or any(ours[kind] and theirs[kind] and ours[kind] != theirs[kind] for kind in IDENTIFIERS):
            return
        self.top[second] = first
        self.reason[second] = reason
        self.known[first] = {kind: ours[kind] | theirs[kind] for kind in IDENTIFIERS}

    def joined(self) -> Iterable[tuple[str, str, str]]:
        """Every work that another stands for."""
        return [(work, self.find(work), reason) for work, reason in sorted(self.reason.items())]


def _strength(key: str) -> tuple[int, str]:
    """Identifiers first: they decide what the weaker keys may join."""
    kind = key.partition(":")[0]
    return (0 if kind in IDENTIFIERS else 1, key)


def _pairs(store: Store, query: str) -> list[tuple[str, str]]:
    found = ask(store, query, seconds=None)
    if not isinstance(found, Table):
        return []
    return sorted((row[0].value, row[1].value) for row in found.rows if row[0] and row[1])  # type: ignore[union-attr]


def _written(link: Link) -> str:
    node = f"<{DATA}link/{identity.digest(link.node, link.other)}>"
    triples = (
        (f"<{link.node}>", f"<{TG}{link.predicate}>", f"<{link.other}>"),
        (node, iri("rdf:type"), f"<{TG}Link>"),
        (node, f"<{TG}linksFrom>", f"<{link.node}>"),
        (node, f"<{TG}linksTo>", f"<{link.other}>"),
        (node, f"<{TG}identifiedBy>", literal(link.reason)),
    )
    return "".join(f"{' '.join(triple)} .\n" for triple in triples)
