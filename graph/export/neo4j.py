"""Neo4j: tables for `neo4j-admin database import`, and the same as Cypher for a running server.

The importer has no escape for line breaks and its own mind about quotes: a quote inside a field is doubled, line breaks
become blanks, and no field is an array.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TextIO

from graph.export.files import cells, clean
from graph.export.source import Source, attribute_columns
from graph.network import Edge, Node, Value, columns
from ontology import regex as re

Files = tuple[TextIO, TextIO]
TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
NOT_A_NAME = re.compile(r"\W+")
BREAKS = re.compile(r"[\r\n\t\x85\u2028\u2029]+")
README = """neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv neo4j
cypher-shell -f import.cypher
"""


def write(source: Source, path: Path) -> None:
    """Write nodes.csv, relationships.csv, import.cypher and how to call them."""
    columns_of = attribute_columns(source)
    with (
        (path / "nodes.csv").open("w", encoding="utf-8", newline="") as node_file,
        (path / "relationships.csv").open("w", encoding="utf-8", newline="") as edge_file,
        (path / "import.cypher").open("w", encoding="utf-8", newline="\n") as script,
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as merges,
    ):
        script.write("CREATE CONSTRAINT thing_iri IF NOT EXISTS FOR (n:Thing) REQUIRE n.iri IS UNIQUE;\n")
        _all(source, columns_of, (node_file, edge_file), (script, merges))
        merges.seek(0)
        shutil.copyfileobj(merges, script)
    (path / "README.txt").write_text(README, encoding="utf-8")


def _all(source: Source, columns_of: tuple[dict[str, int], dict[str, int]], tables: Files, scripts: Files) -> None:
    """Every node and edge in its table and in Cypher; there the edges stand behind all nodes."""
    nodes, edges = columns_of
    node_rows, edge_rows = (csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n") for file in tables)
    node_rows.writerow((":ID", "label:string", *map(_head, nodes), ":LABEL"))
    edge_rows.writerow((":START_ID", ":END_ID", "edge:string", *map(_head, edges), ":TYPE"))
    for element in source.elements():
        if isinstance(element, Node):
            own = map(one_line, (element.id, element.label))
            node_rows.writerow([*own, *cells(element.attributes, nodes, one_line), element.kind])
            scripts[0].write(merged_node(element))
        else:
            own = map(one_line, (element.source, element.target, element.id))
            edge_rows.writerow([*own, *cells(element.attributes, edges, one_line), relation(element.kind)])
            scripts[1].write(merged_edge(element))


def _head(name: str) -> str:
    return f"{name}:{TYPES[columns().get(name, str)]}"


def one_line(value: Value) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return value if value.isprintable() else BREAKS.sub(" ", clean(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


@cache
def relation(kind: str) -> str:
    """A relation's name as Neo4j writes them: `tg:inArm` is IN_ARM."""
    local = kind.split(":", 1)[-1]
    return NOT_A_NAME.sub("_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", local)).upper()


def merged_node(node: Node) -> str:
    """A node in Cypher: MERGE on the id, so that a second run changes nothing."""
    values = literal_map({"label": node.label, **node.attributes})
    return f"MERGE (n:Thing {{iri: {literal(node.id)}}}) SET n:{_name(node.kind)}, n += {values};\n"


def merged_edge(edge: Edge) -> str:
    """An edge between two nodes that are there."""
    ends = f"MATCH (a:Thing {{iri: {literal(edge.source)}}}), (b:Thing {{iri: {literal(edge.target)}}})"
    merge = f"MERGE (a)-[r:{_name(relation(edge.kind))} {{edge: {literal(edge.id)}}}]->(b)"
    return f"{ends} {merge} SET r += {literal_map(edge.attributes)};\n"


def literal(value: Value) -> str:
    """A value in Cypher; backslashes and quotes are escaped."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return str(value)
    if value.isprintable() and "'" not in value and "\\" not in value:
        return f"'{value}'"
    text = clean(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'".replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def literal_map(attributes: dict[str, Value]) -> str:
    """Attributes as a map."""
    return "{" + ", ".join(f"{_name(name)}: {literal(value)}" for name, value in attributes.items()) + "}"


@cache
def _name(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
