"""Namespaces: the prefixes of the graph, and identifiers written as IRIs."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

BASE = "https://w3id.org/trialgraph/"
TG = f"{BASE}ns#"
DATA = f"{BASE}id/"
VOCABULARY = f"{BASE}ns"
LINKS = f"{DATA}links"
BUILD = f"{DATA}build"

PREFIXES = {
    "tg": TG,
    "tgd": DATA,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "dcterms": "http://purl.org/dc/terms/",
    "bibo": "http://purl.org/ontology/bibo/",
    "fabio": "http://purl.org/spar/fabio/",
    "biro": "http://purl.org/spar/biro/",
    "cito": "http://purl.org/spar/cito/",
    "c4o": "http://purl.org/spar/c4o/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "sio": "http://semanticscience.org/resource/",
    "obo": "http://purl.obolibrary.org/obo/",
}

# Where the identifiers of a terminology resolve; one that is not here goes through the Bioregistry.
TERMINOLOGIES = {
    "ncit": "http://purl.obolibrary.org/obo/NCIT_",
    "doid": "http://purl.obolibrary.org/obo/DOID_",
    "mondo": "http://purl.obolibrary.org/obo/MONDO_",
    "oae": "http://purl.obolibrary.org/obo/OAE_",
    "stato": "http://purl.obolibrary.org/obo/STATO_",
    "hgnc": "http://identifiers.org/hgnc/",
    "chembl": "http://identifiers.org/chembl.compound/",
    "chembl.compound": "http://identifiers.org/chembl.compound/",
    "ucum": "https://ucum.org/ucum#",
}


def iri(curie: str) -> str:
    """The IRI of a name with one of our prefixes, in angle brackets: `tg:Result`."""
    prefix, _, local = curie.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def concept_iri(curie: str) -> str:
    """The IRI of a terminology's identifier (`ncit:C1647`), in angle brackets."""
    prefix, _, local = curie.partition(":")
    start = TERMINOLOGIES.get(prefix.lower())
    return f"<{start}{slug(local)}>" if start else f"<https://bioregistry.io/{slug(prefix.lower())}:{slug(local)}>"


@lru_cache(65536)
def slug(text: str) -> str:
    """Text as one step of an IRI: small letters, hyphens for blanks, everything unusual percent-encoded."""
    return quote("-".join(text.lower().split()), safe="", errors="replace")


def camel(name: str) -> str:
    """A field's name as a predicate's: `not_reached` is `notReached`."""
    first, *rest = name.strip("_").split("_")
    return first + "".join(word.capitalize() for word in rest)


@lru_cache(65536)
def shorten(term: str) -> str:
    """An IRI with the longest of our prefixes that fits, else as it is."""
    best = max((p for p in PREFIXES.items() if term.startswith(p[1])), key=lambda p: len(p[1]), default=None)
    return f"{best[0]}:{term[len(best[1]) :]}" if best else term
