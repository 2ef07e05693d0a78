from __future__ import annotations

from pathlib import Path

import pytest

from corpus.detect import detect, find_papers, read_bytes, read_paper
from ontology.errors import UnreadablePaper, WrongCall


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\r\n%PDF-1.4", "pdf"),
        (b"<?xml version='1.0'?><article/>", "jats"),
        (b"\xef\xbb\xbf<article/>", "jats"),
        ("<?xml version='1.0' encoding='utf-16'?><article/>".encode("utf-16"), "jats"),
        (b"<!DOCTYPE article PUBLIC 'x' 'y'><article/>", "jats"),
        (b"<!doctype html><html>", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='x'>", "html"),
        (b"A trial of PDF %PDF-", "text"),
        (b"P < 0.05 <article>", "text"),
        ("Ätiologie".encode("latin-1"), "text"),
        (b"PK\x03\x04word", None),
        (b"\x00\x01\x02", None),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_format_is_told_by_content(data: bytes, name: str | None) -> None:
    assert detect(data) == name


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"", "empty"), (b" \n", "empty"), (b"\x00\x01", "not a text"), (b"PK\x03\x04word", "ZIP"), (b"<svg:x/>", "XML")],
)
def test_bytes_that_are_no_paper(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadablePaper, match=problem):
        read_bytes(data, "x")


def test_paths_that_are_no_paper(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePaper, match="no such file"):
        read_paper(tmp_path / "missing.xml")
    with pytest.raises(UnreadablePaper, match="folder"):
        read_paper(tmp_path)


def test_name_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "trial.txt"
    path.write_bytes(b"<article><body><p>Hello there.</p></body></article>")
    assert read_paper(path).format == "jats"
    assert read_paper(str(path)).id == "trial"


def test_folders_are_searched_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.PDF", "sub/c.nxml", "sub/d.docx", "e.html"):
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_text("x")
    found = find_papers([tmp_path / "b.txt", tmp_path])
    assert [path.name for path in found] == ["b.txt", "a.PDF", "e.html", "c.nxml"]


def test_an_empty_folder_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match="no papers"):
        find_papers([tmp_path])


PAGE = b"""<!doctype html><html><head><title>t</title><script>x()</script></head><body><nav>Home</nav><article>
<h1>A trial of B</h1><h2>Methods</h2><p>Ten <b>patients</b>
took 10<sup>6</sup> units.</p><ul><li>one</li><li>two</li></ul><table><caption>Table 1. Who</caption>
<tr><th>a</th><th>b</th></tr><tr><td colspan="2">x</td></tr></table></article></body></html>"""


def test_html_has_sections_passages_and_tables() -> None:
    document = read_bytes(PAGE, "page.html")
    assert [(s.title, s.kind) for s in document.sections if s.title] == [("Methods", "methods")]
    prose = [(p.kind, p.text) for p in document.passages]
    assert ("title", "A trial of B") in prose
    assert ("paragraph", "Ten patients took 10⁶ units.") in prose
    assert [text for kind, text in prose if kind == "list-item"] == ["one", "two"]
    (table,) = document.tables
    assert (table.label, table.header_rows, table.grid[1][0] is table.grid[1][1]) == ("Table 1", 1, True)
    assert "x()" not in document.text
    assert "Home" not in document.text
