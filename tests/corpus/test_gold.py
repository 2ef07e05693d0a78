import pytest

from corpus.evaluate import evaluate, scored_lists
from corpus.gold import gold_folder, gold_records
from ontology.errors import WrongCall

GOLD = gold_records()


def test_every_record_of_the_folder_is_in_the_manifest():
    assert {path.stem for path in gold_folder().glob("*.json")} == {gold.id for gold in GOLD}


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.id)
def test_gold_is_sound(gold):
    assert gold.record.document.sha256 == gold.sha256
    assert gold.complete <= {*scored_lists(), "paper", "trial"}
    for name in scored_lists():
        for fact in getattr(gold.record, name):
            assert fact.evidence, (name, fact)
            assert all(0 <= e.start < e.end <= gold.record.document.characters for e in fact.evidence), (name, fact)


@pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold.id)
def test_gold_agrees_with_itself(gold):
    score = evaluate(gold.record, gold)
    assert not score.misses
    assert not score.inventions
    assert not score.errors


def test_a_folder_without_a_manifest_is_a_wrong_call(tmp_path):
    with pytest.raises(WrongCall, match="no gold records"):
        gold_records(tmp_path)


@pytest.mark.parametrize(
    ("row", "says"),
    [("a\t0\t\todd\t\t1\t", "kind 'odd'"), ("a\t0\t\tsample\t\t1\t", "record is missing")],
    ids=["kind", "missing"],
)
def test_a_wrong_manifest_names_the_row(tmp_path, row, says):
    (tmp_path / "manifest.tsv").write_text(f"id\tsha256\tsha256_jats\tkind\tcomplete\treaders\tnotes\n{row}\n")
    with pytest.raises(WrongCall, match=says):
        gold_records(tmp_path)
