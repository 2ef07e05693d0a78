"""Answers that one process leaves for the next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ontology.kept import Kept, cache_folder

CALLS: list[str] = []


def doubled(text: str) -> str:
    CALLS.append(text)
    return text * 2


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source file, and a cache folder of one's own; nothing has been asked yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    CALLS.clear()
    path = tmp_path / "module.py"
    path.write_text("def doubled(text): ...\n")
    return path


def ask(source: Path, *texts: str) -> Kept:
    function = Kept(doubled, str(source))
    for text in texts:
        assert function(text) == text * 2
    return function


def test_the_next_process_does_not_work_it_out_again(source: Path) -> None:
    ask(source, "a", "b", "a").save()
    ask(source, "a", "c").save()
    ask(source, "a", "b", "c")
    assert CALLS == ["a", "b", "c"]


def test_two_that_write_at_the_same_time_keep_both_answers(source: Path) -> None:
    one, other = ask(source, "a"), ask(source, "b")
    one.save()
    other.save()
    ask(source, "a", "b")
    assert CALLS == ["a", "b"]


def test_a_changed_source_begins_anew(source: Path) -> None:
    ask(source, "a").save()
    source.write_text("def doubled(text): return 2 * text\n")
    ask(source, "a")
    assert CALLS == ["a", "a"]


@pytest.mark.parametrize("stored", ["", "{", "[]", "7", '{"stamp": 1}', "\x00\xff"])
def test_a_broken_file_is_worked_out_again(source: Path, stored: str) -> None:
    function = ask(source, "a")
    function.save()
    function.file.write_text(stored)
    ask(source, "a").save()
    assert CALLS == ["a", "a"]
    assert json.loads(function.file.read_text())["answers"] == {"a": "aa"}


def test_where_nothing_can_be_written_nothing_is_kept(source: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the folder's place")
    ask(source, "a").save()
    ask(source, "a")
    assert CALLS == ["a", "a"]


def test_no_part_of_a_file_is_left_behind(source: Path) -> None:
    function = ask(source, "a")
    function.save()
    assert list(cache_folder().iterdir()) == [function.file]
