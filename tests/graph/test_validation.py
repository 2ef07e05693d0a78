import shutil

import pytest

from corpus.gold import gold_records
from corpus.samples import samples_folder
from graph.validation import fact_words, figure_rows, find_gold_papers, list_rows, plain, validate
from graph.validation_page import page
from ontology.record import Arm, Evidence

GOLD = tuple(gold for gold in gold_records() if gold.kind == "sample")


@pytest.fixture(scope="module")
def validation():
    return validate(GOLD, [samples_folder()])


def test_papers_are_found_by_their_bytes_under_any_name(tmp_path):
    (tmp_path / "deep").mkdir()
    shutil.copy(samples_folder() / "angiosarcoma.txt", tmp_path / "deep" / "another name.TXT")
    (tmp_path / "other.txt").write_text("something else")
    assert [(gold.id, path.name) for gold, path in find_gold_papers(GOLD, [tmp_path])] == [
        ("sample", "another name.TXT")
    ]


def test_gold_without_a_paper_is_named(tmp_path):
    assert validate(GOLD, [tmp_path]).missing == ("sample",)


def test_figures_of_every_list(validation):
    ((key, items),) = validation.groups().items()
    assert key == ("sample", "text")
    rows = {row.name: row for row in list_rows(items)}
    assert rows["doses"].strict.gold == 4
    assert rows["all facts"].strict.gold == sum(
        rows[name].strict.gold for name in rows if name in items[0].score.lenient
    )
    assert rows["references"].strict.recall > 0.9
    assert "doses: drug, value and unit" in {row.name for row in figure_rows(items)}


def test_misses_are_data_and_a_page(validation):
    (group,) = plain(validation)["groups"]
    kinds = {miss["what"] for miss in group["misses"]}
    assert kinds <= {"missed", "invented"}
    text = page(validation)
    assert "sample papers as text" in text
    assert "http:" not in text
    assert "https:" not in text
    assert "results" not in page(validation, "doses").split("Causes")[0]


def test_a_fact_in_one_line():
    fact = Arm(label="A", size=3, drugs=("x", "y"), rule="r", evidence=(Evidence(start=0, end=1),))
    assert fact_words(fact) == "label=A, size=3, drugs=[x, y]"
    assert fact_words(None) == ""
