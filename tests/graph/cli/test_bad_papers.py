import pytest

BOMB = """<?xml version="1.0"?><!DOCTYPE article [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e SYSTEM "file:///etc/passwd">
]><article><front><article-meta><title-group><article-title>&d;&e;</article-title></title-group></article-meta></front>
<body><p>&d;&d;&d;</p></body></article>"""
ESSAY = (
    "On bread\n\nAbstract\n\nBread is old. It is made of flour, water and salt.\n\nIntroduction\n\nPeople bake it.\n"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n \t\n"),
        ("binary.txt", bytes(range(256)) * 40),
        ("word.txt", b"PK\x03\x04" + b"\x00" * 200),
        ("broken.pdf", b"%PDF-1.7\nnot really\n"),
        ("renamed.txt", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"),
        ("huge.txt", b"a line of words\n" * 3_200_000),
        ("broken.xml", b"<?xml version='1.0'?><article><front>"),
        ("other.xml", b"<?xml version='1.0'?><recipes><recipe/></recipes>"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_paper_that_cannot_be_read_is_one_line_and_1(call, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    code, out, err = call("extract", tmp_path / name)
    assert (code, out) == (1, "")
    assert len(err.splitlines()) == 1
    assert name in err
    assert "fault of trialgraph" not in err


def test_a_missing_paper(call, tmp_path):
    code, out, err = call("extract", tmp_path / "none.txt")
    assert (code, out) == (1, "")
    assert "none.txt: no such file" in err


def test_an_empty_folder(call, tmp_path):
    code, out, err = call("extract", tmp_path)
    assert (code, out) == (2, "")
    assert "no papers in this folder" in err


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("utf16.txt", ESSAY.encode("utf-16")),
        ("latin1.txt", (ESSAY + "Caf\xe9 cr\xe8me \xb1 2 \xb5g\n").encode("latin-1")),
        ("controls.txt", (ESSAY + "\x0c\x07\x1b[31m\x0b\n").encode()),
        ("essay.txt", ESSAY.encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_paper_that_is_no_trial_is_said_and_0(call, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    code, out, err = call("extract", tmp_path / name)
    assert code == 0, err
    assert "no clinical trial found" in err
    assert '"arms": []' in out


def test_an_xml_bomb_does_not_go_off_and_reads_no_file(call, tmp_path):
    (tmp_path / "bomb.xml").write_text(BOMB)
    code, out, err = call("extract", tmp_path / "bomb.xml", "--with-text")
    assert code in (0, 1)
    assert "root:" not in out
    assert len(out) < 20_000
    assert "Traceback" not in err


def test_one_bad_paper_never_stops_the_rest(call, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(ESSAY)
    code, out, err = call("extract", tmp_path)
    assert code == 1
    assert '"id": "b"' in out
    assert "a.txt: the file is empty" in err


def test_a_fault_of_ours_is_one_line_too(call, tmp_path, monkeypatch):
    from extractor import pipeline

    monkeypatch.setattr(pipeline, "extract", lambda document: 1 / 0)  # noqa: ARG005
    (tmp_path / "a.txt").write_text(ESSAY)
    code, _, err = call("extract", tmp_path / "a.txt")
    assert code == 1
    assert "a fault of trialgraph (ZeroDivisionError" in err
    assert "Traceback" not in err
