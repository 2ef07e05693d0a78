from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from lxml import etree

from graph.export import EXPORTERS, export, format_of
from graph.export.html import LIMIT, page
from graph.network import Edge, Node, columns, elements
from graph.stores import Embedded, Graph, Store
from ontology.errors import WrongCall
from ontology.record import TrialRecord

AsGraph = Callable[[TrialRecord], Graph]
Hostile = Callable[..., TrialRecord]
GEXF = "{http://gexf.net/1.3}"
SWALLOWED = {"id", "start", "end", "pid", "parents", "type", "viz", "label", "spells", "for"}


@pytest.fixture(scope="module", params=["sample", "hostile"])
def store(request: pytest.FixtureRequest, records: dict[str, TrialRecord], as_graph: AsGraph) -> Iterator[Store]:
    hostile: Hostile = request.getfixturevalue("hostile")
    found = Embedded()
    found.replace([as_graph(records["sample"] if request.param == "sample" else hostile())])
    yield found
    found.close()


@pytest.fixture(scope="module")
def things(store: Store) -> tuple[dict[str, Node], dict[str, Edge]]:
    found = list(elements(store))
    nodes = {thing.id: thing for thing in found if isinstance(thing, Node)}
    edges = {thing.id: thing for thing in found if isinstance(thing, Edge)}
    assert len(nodes) + len(edges) == len(found)
    return nodes, edges


Things = tuple[dict[str, Node], dict[str, Edge]]


def written(store: Store, name: str, folder: Path) -> Path:
    path = folder / f"out{EXPORTERS[name].suffix}"
    export(store, name, path)
    return path


def same_number(found: object, value: object) -> bool:
    return found == value or str(found).lower() == str(value).lower()


def test_no_edge_hangs_and_no_name_is_swallowed(things: Things) -> None:
    nodes, edges = things
    assert all(edge.source in nodes and edge.target in nodes for edge in edges.values())
    for thing in (*nodes.values(), *edges.values()):
        assert not SWALLOWED & set(thing.attributes)
        for name, value in thing.attributes.items():
            assert type(value) is columns().get(name, str), (name, value)


def test_graphml_opens_in_networkx_and_igraph(store: Store, things: Things, tmp_path: Path) -> None:
    path = written(store, "graphml", tmp_path)
    nodes, edges = things
    graph = nx.read_graphml(path, force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(nodes), len(edges))
    for node, held in graph.nodes(data=True):
        assert held["kind"] == nodes[node].kind
        assert set(held) == {"kind", "label", *nodes[node].attributes}
    numbers = [(held, nodes[node].attributes) for node, held in graph.nodes(data=True)]
    assert all(
        held[name] == value for held, own in numbers for name, value in own.items() if not isinstance(value, str)
    )


def test_graphml_opens_in_igraph(store: Store, things: Things, tmp_path: Path) -> None:
    igraph = pytest.importorskip("igraph", reason="python-igraph is not installed")
    graph = igraph.Graph.Read_GraphML(str(written(store, "graphml", tmp_path)))
    assert (graph.vcount(), graph.ecount()) == tuple(map(len, things))
    assert set(graph.vs["kind"]) == {node.kind for node in things[0].values()}


def test_gexf_opens_and_keeps_every_attribute(store: Store, things: Things, tmp_path: Path) -> None:
    path = written(store, "gexf", tmp_path)
    nodes, edges = things
    root = etree.parse(path).getroot()
    assert root.find(f"{GEXF}graph").get("mode") == "static"
    assert len(root.findall(f".//{GEXF}node")) == len(nodes)
    assert len({edge.get("id") for edge in root.iterfind(f".//{GEXF}edge")}) == len(edges)
    titles = {(a.getparent().get("class"), a.get("id")): a.get("title") for a in root.iterfind(f".//{GEXF}attribute")}
    for node in root.iterfind(f".//{GEXF}node"):
        held = {titles["node", value.get("for")]: value.get("value") for value in node.iterfind(f".//{GEXF}attvalue")}
        own = nodes[node.get("id")].attributes
        assert set(held) == {"class", *own}
        assert all(same_number(held[name], value) for name, value in own.items() if not isinstance(value, str))


def test_gexf_opens_in_networkx(store: Store, things: Things, tmp_path: Path) -> None:
    path = written(store, "gexf", tmp_path)
    text = path.read_text(encoding="utf-8").replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft", 1)
    path.write_text(text.replace('version="1.3"', 'version="1.2"'), encoding="utf-8")
    graph = nx.read_gexf(path, version="1.2draft")
    assert (graph.number_of_nodes(), graph.number_of_edges()) == tuple(map(len, things))


def test_cytoscape_is_strict_json_with_ids(store: Store, things: Things, tmp_path: Path) -> None:
    def refuse(constant: str) -> float:
        raise AssertionError(constant)

    found = json.loads(written(store, "cytoscape", tmp_path).read_text(encoding="utf-8"), parse_constant=refuse)
    ids = [thing["data"]["id"] for kind in ("nodes", "edges") for thing in found["elements"][kind]]
    assert set(ids) == {*things[0], *things[1]}
    assert len(ids) == len(set(ids))
    assert all(
        value is not None
        for kind in ("nodes", "edges")
        for t in found["elements"][kind]
        for value in t["data"].values()
    )


READERS = Path(__file__).with_name("readers.cjs")
# What a reader gives back under another name than the attribute has here.
OWN_NAMES = {"cytoscape": {"id", "kind", "label"}, "gexf": {"class", "label"}}


def needs(name: str) -> str:
    program = shutil.which(name)
    if program is None:
        pytest.skip(f"{name} is not installed")
    return program


@pytest.mark.parametrize("name", ["cytoscape", "gexf"])
def test_programs_of_the_browser_read_every_attribute(store: Store, things: Things, name: str, tmp_path: Path) -> None:
    node = needs("node")
    package = {"cytoscape": "cytoscape", "gexf": "graphology-gexf"}[name]
    if subprocess.run([node, "-e", f"require('{package}')"], capture_output=True, check=False).returncode:
        pytest.skip(f"the npm package {package} is not on NODE_PATH")
    call = [node, str(READERS), name, str(written(store, name, tmp_path))]
    found = json.loads(subprocess.run(call, capture_output=True, text=True, check=True, encoding="utf-8").stdout)
    nodes, edges = things
    assert {key for key, _ in found["edges"]} == set(edges)
    assert {key for key, _ in found["nodes"]} == set(nodes)
    for key, held in found["nodes"]:
        own = nodes[key].attributes
        assert set(held) == OWN_NAMES[name] | set(own)
        assert all(held[each] == value for each, value in own.items() if not isinstance(value, str))


def test_tables_are_read_by_csv(store: Store, things: Things, tmp_path: Path) -> None:
    folder = written(store, "csv", tmp_path)
    for name, own in zip(("nodes", "edges"), things, strict=True):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        assert {row["id"] for row in rows} == set(own)
        assert all(None not in row and None not in row.values() for row in rows)
        assert {name: value for row in rows for name, value in row.items() if row["id"] == rows[0]["id"] and value}


def test_neo4j_tables_have_one_line_a_row(store: Store, things: Things, tmp_path: Path) -> None:
    folder = written(store, "neo4j", tmp_path)
    nodes, edges = things
    for name, own in (("nodes", nodes), ("relationships", edges)):
        lines = (folder / f"{name}.csv").read_text(encoding="utf-8").split("\n")
        rows = list(csv.reader(lines[:-1], strict=True))
        assert len(rows) == len(own) + 1 == len(lines) - 1
        assert {len(row) for row in rows} == {len(rows[0])}
    head = (folder / "nodes.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert head.startswith('":ID",')
    assert head.endswith('":LABEL"')


def test_cypher_has_one_statement_a_line_and_closed_texts(store: Store, things: Things, tmp_path: Path) -> None:
    lines = (written(store, "neo4j", tmp_path) / "import.cypher").read_text(encoding="utf-8").split("\n")
    assert len(lines) == 1 + len(things[0]) + len(things[1]) + 1
    for line in lines[:-1]:
        bare = re.sub(r"'(?:[^'\\]|\\.)*'|`[^`]*`", "", line)
        assert "'" not in bare
        assert bare.endswith(";")
        assert bare.count(";") == 1
        assert "DELETE" not in bare


def test_dot_is_drawn_by_graphviz(store: Store, things: Things, tmp_path: Path) -> None:
    program = needs("gvpr")
    script = 'BEG_G { printf("%d %d", nNodes($G), nEdges($G)); }'
    counted = subprocess.run(
        [program, script, str(written(store, "dot", tmp_path))], capture_output=True, text=True, check=True
    )
    assert counted.stdout == f"{len(things[0])} {len(things[1])}"
    assert counted.stderr == ""


RDF = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", RDF)
def test_rdf_opens_in_rdflib(store: Store, name: str, tmp_path: Path) -> None:
    path = written(store, name, tmp_path)
    own = {(quad.subject.value, quad.predicate.value) for quad in store.quads()}
    whole = rdflib.Dataset(default_union=True)
    whole.parse(path, format=RDF[name])
    found = {(str(s), str(p)) for s, p, _ in whole.triples((None, None, None))}
    assert found == own
    assert len(set(whole.triples((None, None, None)))) == len({quad.triple for quad in store.quads()})


def test_jsonld_fetches_nothing(store: Store, tmp_path: Path) -> None:
    context = json.loads(written(store, "jsonld", tmp_path).read_text(encoding="utf-8"))["@context"]
    assert isinstance(context, dict)
    assert all(isinstance(value, str) and value.startswith("http") for value in context.values())


class Page(HTMLParser):
    """Collects what a page could fetch, and its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action", "data")]


def test_html_stands_alone(store: Store, tmp_path: Path) -> None:
    text = written(store, "html", tmp_path).read_text(encoding="utf-8")
    seen = Page()
    seen.feed(text)
    assert seen.fetched == []
    assert seen.scripts == 2
    assert "default-src 'none'" in text
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest|WebSocket", text.split('id="data"')[0])
    data = json.loads(text.split('type="application/json">', 1)[1].split("</script>", 1)[0])
    assert data["nodes"]
    assert all(0 <= end < len(data["nodes"]) for edge in data["edges"] for end in edge[:2])


CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
)


def test_html_runs_in_a_browser(store: Store, tmp_path: Path) -> None:
    path = written(store, "html", tmp_path)
    call = [
        needs("chromium"),
        *CHROMIUM.split(),
        f"--user-data-dir={tmp_path / 'profile'}",
        "--dump-dom",
        path.as_uri(),
    ]
    shown = subprocess.run(call, capture_output=True, check=True, timeout=60).stdout.decode("utf-8", "replace")
    data = json.loads(path.read_text(encoding="utf-8").split('type="application/json">', 1)[1].split("</script>", 1)[0])
    kinds = shown.split('<fieldset id="kinds">', 1)[1].split("</fieldset>", 1)[0]
    assert kinds.count("<input") == len({node["kind"] for node in data["nodes"]})


def test_an_empty_page_and_a_large_one_are_pages() -> None:
    assert "0 nodes" in page([], [], 0)
    assert f"{1} of {LIMIT + 1} nodes" in page([Node("a", "Drug", "x")], [], LIMIT + 1)


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_export_of_an_empty_store_is_whole(name: str, tmp_path: Path) -> None:
    assert written(Embedded(), name, tmp_path).exists()


def test_a_failing_export_leaves_the_old_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.graphml"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(Embedded, "ntriples", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(store, "graphml", path)
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_wrong_places_and_formats_are_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="no such format"):
        export(store, "pdf", tmp_path / "x")
    with pytest.raises(WrongCall, match="make"):
        export(store, "dot", tmp_path / "none" / "x.dot")
    with pytest.raises(WrongCall, match="a folder"):
        export(store, "dot", tmp_path)
    assert format_of(Path("a.gexf")) == "gexf"
    assert format_of(Path("a")) is None
