import pytest

from graph.output import write_bytes, write_text
from ontology.errors import WrongCall


def test_a_file_is_written_whole(tmp_path):
    place = tmp_path / "a.json"
    write_text(place, "ä")
    write_bytes(place, b"new")
    assert place.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_an_old_file_stays_when_writing_fails(tmp_path, monkeypatch):
    place = tmp_path / "a.json"
    place.write_text("old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(OSError, match="disk"):
        write_text(place, "new")
    assert place.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize(("name", "says"), [("", "a folder"), ("none/a.json", "folder does not exist")])
def test_where_nothing_can_be_written_is_said(tmp_path, name, says):
    with pytest.raises(WrongCall, match=says):
        write_text(tmp_path / name, "x")
