from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document
from corpus.readers.jats import read_jats
from ontology.errors import UnreadablePaper

PAPERS = Path(__file__).parents[2] / ".." / "shared" / "papers"

FRONT = """<front><journal-meta><journal-title>Annals of Trials</journal-title></journal-meta><article-meta>
<article-id pub-id-type="pmid">123</article-id><article-id pub-id-type="pmc">77</article-id>
<article-id pub-id-type="doi">10.1/x</article-id>
<title-group><article-title>Drug A<sup>2</sup> in <italic>rare</italic> disease</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Roe</surname><given-names>Ann B</given-names></name>
<xref ref-type="aff" rid="a1">1</xref></contrib><contrib contrib-type="author"><collab>The Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>Poe</surname><given-names>E</given-names></name></contrib></contrib-group>
<aff id="a1"><label>1</label><institution>Clinic</institution><country>Norway</country></aff>
<author-notes><corresp>To A Roe <email>a@roe.example</email></corresp></author-notes>
<pub-date pub-type="epub"><day>3</day><month>2</month><year>2019</year></pub-date>
<pub-date pub-type="pmc-release"><year>2001</year></pub-date>
<volume>7</volume><issue>2</issue><fpage>10</fpage><lpage>19</lpage>
<history><date date-type="received"><day>9</day><month>11</month><year>2018</year></date></history>
<permissions><license xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://creativecommons.org/licenses/by/4.0/">
<license-p>Open access.</license-p></license></permissions>
<abstract><sec><title>Methods</title><p>We gave A.</p></sec></abstract></article-meta></front>"""

REFS = """<back><ack><p>We thank all.</p></ack><ref-list>
<ref id="r1"><label>1.</label><element-citation><person-group><name><surname>Doe</surname><given-names>J</given-names></name>
<etal/></person-group><article-title>On A.</article-title><source>J A</source><year>2001</year><volume>5</volume>
<fpage>1</fpage><lpage>9</lpage><pub-id pub-id-type="doi">10.2/y</pub-id></element-citation></ref>
<ref id="r2"><label>2.</label><mixed-citation>Poe K, <article-title>On B</article-title>. <source>J B</source>
<year>2002</year>; 6: 2. <pub-id pub-id-type="pmid">999</pub-id></mixed-citation></ref>
<ref id="r3"><label>3.</label><mixed-citation>Someone. Untagged. 2003.</mixed-citation></ref></ref-list></back>"""


def article(body: str, front: str = FRONT, back: str = REFS) -> Document:
    return read_jats(f"<article>{front}<body>{body}</body>{back}</article>".encode(), "folder/p1.xml")


def xref(number: int, text: str | None = None) -> str:
    return f'<xref ref-type="bibr" rid="r{number}">{text or number}</xref>'


def one(document: Document, field: str) -> object:
    found = [item for item in document.tagged if item.field == field]
    assert len(found) == 1
    return found[0].value


@pytest.mark.parametrize(
    ("field", "value", "printed"),
    [
        ("title", "Drug A² in rare disease", "Drug A² in rare disease"),
        ("doi", "10.1/x", "10.1/x"),
        ("pmid", "123", "123"),
        ("pmcid", "PMC77", "PMC77"),
        ("journal", "Annals of Trials", "Annals of Trials"),
        ("year", 2019, "2019"),
        ("volume", "7", "7"),
        ("issue", "2", "2"),
        ("pages", "10-19", "10-19"),
        ("received", "2018-11-09", "9 November 2018"),
        ("published", "2019-02-03", "3 February 2019"),
        ("correspondence", "To A Roe a@roe.example", "To A Roe a@roe.example"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_front_values_stand_where_they_say(field: str, value: object, printed: str) -> None:
    document = article("<p>x</p>")
    item = next(item for item in document.tagged if item.field == field)
    assert item.value == value
    assert document.text[item.start : item.end] == printed


def test_authors_with_affiliations_and_groups_but_no_editors() -> None:
    document = article("<p>x</p>")
    authors = [item for item in document.tagged if item.field == "author"]
    assert authors[0].value == {"family": "Roe", "given": "Ann B", "affiliations": ["Clinic, Norway"]}
    assert authors[1].value["collab"] == "The Group"
    assert [document.text[item.start : item.end] for item in authors] == ["Ann B Roe", "The Group"]
    assert "Ann B Roe¹, The Group" in document.text


def test_licence_is_its_address() -> None:
    document = article("<p>x</p>")
    values = {item.value for item in document.tagged if item.field == "licence"}
    assert values == {"https://creativecommons.org/licenses/by/4.0/"}


def test_sections_nest_and_know_their_kind() -> None:
    document = article(
        "<p>Before.</p><sec><title>Methods</title><sec><title>Patients</title><p>P.</p></sec></sec>"
        '<sec sec-type="results"><title>What we saw</title><p>R.</p></sec>'
    )
    kinds = {(section.title, section.kind) for section in document.sections if section.title}
    assert kinds == {
        ("Abstract", "abstract"),
        ("Methods", "abstract"),
        ("Methods", "methods"),
        ("Patients", "methods"),
        ("What we saw", "results"),
        ("Acknowledgements", "back"),
        ("References", "references"),
    }
    by_text = {passage.text: passage.section for passage in document.passages}
    assert by_text["Before."].kind == "introduction"
    assert by_text["P."].path == ("Methods", "Patients")
    outer = next(section for section in document.sections if section.title == "Methods" and section.kind == "methods")
    assert document.text[outer.start : outer.end].strip().endswith("P.")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("10<sup>9</sup>/L", "10⁹/L"),
        ("m<sup>−2</sup>", "m⁻²"),
        ("5<sup>a</sup>", "5^{a}"),
        ("the 1<sup>st</sup> day", "the 1st day"),
        ("H<sub>2</sub>O", "H₂O"),
        ("C<sub>max</sub>", "Cmax"),
        ("A <italic> slanted </italic> word", "A slanted word"),
        ("a<break/>b", "a b"),
        ("x &lt; 5 &amp; y", "x < 5 & y"),
        (
            "<inline-formula><alternatives><tex-math>\\begin$a$</tex-math><mml:math xmlns:mml='m'><mml:mfrac>"
            "<mml:mn>1</mml:mn><mml:mn>2</mml:mn></mml:mfrac></mml:math></alternatives></inline-formula>",
            "1/2",
        ),
        ("<inline-formula><tex-math>\\documentclass{x}$$\\alpha$$</tex-math></inline-formula>", "\\alpha"),
        ("<inline-graphic/>no picture", "no picture"),
    ],
    ids=[
        "square",
        "minus",
        "letter",
        "ordinal",
        "subscript",
        "word",
        "italic",
        "break",
        "signs",
        "math",
        "tex",
        "graphic",
    ],
)
def test_inline_markup(markup: str, text: str) -> None:
    assert text in [passage.text for passage in article(f"<p>{markup}</p>").passages]


@pytest.mark.parametrize(
    ("markup", "numbers", "printed"),
    [
        (f"seen [{xref(1)}].", (1,), "[1]"),
        (f"seen [{xref(1)}–{xref(3)}].", (1, 2, 3), "[1–3]"),
        (f"seen [{xref(1)}, {xref(3)}].", (1, 3), "[1, 3]"),
        (f"seen [{xref(1)}] [{xref(3)}].", (1, 3), "[1] [3]"),
        (f"seen.<sup>{xref(1)},{xref(2)}</sup> Next", (1, 2), "¹,²"),
        (f"seen.{xref(1)}, {xref(2)} Next", (1, 2), "¹, ²"),
        (f"seen [{xref(1, '1–3')}].", (1, 2, 3), "[1–3]"),
        (f"by Doe ({xref(2, '2002')}) too", (2,), "(2002)"),
        (f"({xref(1, 'Doe, 2001')}; {xref(2, 'Poe, 2002')})", (1, 2), "(Doe, 2001; Poe, 2002)"),
    ],
    ids=["one", "range", "list", "two groups", "superscript", "lost superscript", "range in one", "year", "names"],
)
def test_citations_are_printed_groups(markup: str, numbers: tuple[int, ...], printed: str) -> None:
    document = article(f"<p>{markup}</p>")
    marker = document.citations[0]
    assert marker.numbers == numbers
    assert document.text[marker.start : marker.end] == printed
    passage = next(p for p in document.passages if marker.start in p.offsets and p.kind == "paragraph")
    assert not passage.search[passage.blanks[0][0] : passage.blanks[0][1]].strip()


@pytest.mark.parametrize(
    "markup",
    ['<xref ref-type="table" rid="t1">Table 1</xref>', '<xref ref-type="bibr" rid="gone">9</xref>', "[12]"],
    ids=["table", "unknown", "no tag"],
)
def test_what_is_no_citation(markup: str) -> None:
    assert article(f"<p>See {markup}.</p>").citations == ()


def test_references_keep_print_and_fields() -> None:
    first, second, third = (document := article("<p>x</p>")).references
    assert first.passage.text == "Doe J, et al. On A. J A 2001;5:1–9."
    values = {item.field: item.value for item in first.tagged}
    assert values["author"] == {"family": "Doe", "given": "J"}
    assert (values["et_al"], values["year"], values["first_page"], values["last_page"]) == (True, 2001, "1", "9")
    assert (values["title"], values["journal"], values["doi"]) == ("On A", "J A", "10.2/y")
    assert second.passage.text == "Poe K, On B. J B 2002; 6: 2."
    assert {item.field: item.value for item in second.tagged}["pmid"] == "999"
    assert third.tagged == ()
    assert third.passage.text == "Someone. Untagged. 2003."
    for reference in document.references:
        for item in reference.tagged:
            printed = document.text[item.start : item.end]
            assert printed
            assert reference.start <= item.start < item.end <= reference.end
            assert item.field in ("author", "et_al") or printed.strip(".") == str(item.value)


def test_damaged_labels_give_way_to_places() -> None:
    back = REFS.replace("<label>2.</label>", "<label>1.</label>")
    assert [reference.number for reference in article("<p>x</p>", back=back).references] == [1, 2, 3]


TABLE = """<table-wrap id="t1"><label>Table 1.</label><caption><p>Toxicity</p></caption><table><thead>
<tr><th rowspan="2">Event</th><th colspan="2">Arm A</th></tr><tr><th>n</th><th>%</th></tr></thead><tbody>
<tr><td>Rash<xref ref-type="bibr" rid="r2">2</xref></td><td>3</td><td>30<sup>a</sup></td></tr><tr><td/><td/><td/></tr>
<tr><td rowspan="9">Nausea</td><td colspan="2">none</td></tr></tbody></table>
<table-wrap-foot><fn><label>a</label><p>Of ten.</p></fn></table-wrap-foot></table-wrap>"""


@pytest.mark.parametrize("place", ["inside", "floating"])
def test_tables_are_grids(place: str) -> None:
    body = f"<p>Before {TABLE} after.</p>" if place == "inside" else "<p>Before after.</p>"
    floats = "" if place == "inside" else f"<floats-group>{TABLE}</floats-group>"
    document = article(body, back=floats + REFS)
    (table,) = document.tables
    assert (table.label, table.header_rows) == ("Table 1", 2)
    assert table.caption is not None
    assert table.caption.text == "Toxicity"
    assert [[cell and cell.text for cell in row] for row in table.grid] == [
        ["Event", "Arm A", "Arm A"],
        ["Event", "n", "%"],
        ["Rash²", "3", "30^{a}"],
        ["Nausea", "none", "none"],
    ]
    assert table.grid[0][1] is table.grid[0][2]
    assert table.grid[0][0] is table.grid[1][0]
    assert all(document.text[cell.start : cell.end] == cell.text for cell in table.cells())
    assert [note.text for note in table.footnotes] == ["Of ten."]
    assert any(marker.numbers == (2,) for marker in document.citations)
    assert "Before after." in [passage.text for passage in document.passages]


def test_head_without_thead_and_two_tables_in_a_wrap() -> None:
    tables = "<table><tr><th>a</th><th>b</th></tr><tr><th>1</th><td>2</td></tr></table>" * 2
    document = article(f"<table-wrap><label>Table 2</label>{tables}</table-wrap>")
    assert [(table.label, table.header_rows) for table in document.tables] == [("Table 2", 1)] * 2


def test_figures_lists_and_notes() -> None:
    document = article(
        "<p>One:<list list-type='order'><list-item><p>first</p></list-item><list-item><p>second</p></list-item></list>"
        "and on.</p><fig><label>Figure 1</label><caption><title>Flow.</title><p>All of them.</p></caption></fig>"
    )
    assert [(figure.label, figure.caption.text) for figure in document.figures] == [("Figure 1", "Flow. All of them.")]
    texts = [(passage.kind, passage.text) for passage in document.passages]
    place = texts.index(("paragraph", "One:"))
    assert texts[place : place + 4] == [
        ("paragraph", "One:"),
        ("list-item", "first"),
        ("list-item", "second"),
        ("paragraph", "and on."),
    ]
    assert "2. second" in document.text


def test_an_envelope_and_a_namespace_are_opened() -> None:
    inner = f"<article>{FRONT}<body><p>x</p></body></article>"
    envelope = f"<pmc-articleset>{inner}</pmc-articleset>".encode()
    assert one(read_jats(envelope, "a.xml"), "doi") == "10.1/x"
    named = inner.replace("<article>", '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/">').encode()
    assert one(read_jats(named, "a.xml"), "doi") == "10.1/x"
    two = envelope.replace(b"</article><", b"</article><article/><")
    assert "only the first" in read_jats(two, "a.xml").warnings[0]


def test_named_entities_of_the_absent_dtd_are_read() -> None:
    data = b'<!DOCTYPE article PUBLIC "x" "y.dtd"><article><body><p>5&nbsp;mg &alpha;</p></body></article>'
    assert "5 mg α" in read_jats(data, "a.xml").text


BOMB = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><article><body><p>&y;</p></body></article>'
FILE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><article><body><p>&x;</p></body></article>'


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<article><body>", "damaged XML"),
        (b"<rss><channel/></rss>", "not a JATS article"),
        (BOMB, "entities out of entities"),
        (b"<article>" + b"<sec>" * 2000 + b"</sec>" * 2000 + b"</article>", "damaged XML"),
    ],
    ids=["cut", "other", "bomb", "deep"],
)
def test_what_cannot_be_read(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadablePaper, match=problem) as caught:
        read_jats(data, "paper.xml")
    assert "\n" not in str(caught.value)


def test_files_outside_are_not_read() -> None:
    assert "root:" not in read_jats(FILE, "a.xml").text


@pytest.mark.skipif(not PAPERS.is_dir(), reason="development papers are not on this machine")
def test_every_part_of_a_paper_stands_where_it_says() -> None:
    for path in sorted(PAPERS.glob("PMC*/paper.nxml"))[::6]:
        document = read_jats(path.read_bytes(), str(path))
        text = document.text
        assert all(text[p.offsets[0] : p.offsets[-1] + 1] == p.text for p in document.passages)
        assert all(text[c.start : c.end] == c.text for table in document.tables for c in table.cells())
        assert all((document.references, document.tables, document.citations))
