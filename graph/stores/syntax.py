"""Where a query goes wrong, out of what the parsers of stores say."""

from __future__ import annotations

from graph.errors import WrongQuery
from ontology import regex as re

# Oxigraph: "error at 2:9: expected ..."; Virtuoso: "... at '}' before '' line 3"; Jena and RDF4J: "line 2, column 9".
OXIGRAPH = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): ?(?P<message>.*)", re.DOTALL)
OTHERS = re.compile(r"\bline:? (?P<line>\d+)(?:,? column:? (?P<column>\d+))?", re.IGNORECASE)
LONGEST = 300


def where_wrong(text: str) -> WrongQuery:
    """The fault of a query with its line and column, where the parser tells."""
    message = " ".join(text.split())[:LONGEST]
    if hit := OXIGRAPH.search(text):
        said = " ".join(hit["message"].split())[:LONGEST]
        return WrongQuery(said or message, int(hit["line"]), int(hit["column"]))
    if hit := OTHERS.search(text):
        return WrongQuery(message, int(hit["line"]), int(hit["column"]) if hit["column"] else 1)
    return WrongQuery(message)
