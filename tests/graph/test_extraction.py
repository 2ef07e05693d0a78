from pathlib import Path

import pytest

from corpus.samples import samples_folder
from extractor.verify import verify
from graph.extraction import Extracted, Failed, extract_paper, extract_papers, reports_trial, with_text
from ontology.record import fact_lists
from ontology.serialise import from_json, to_json

SAMPLE = samples_folder() / "angiosarcoma.txt"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "papers"
# A few papers in both forms; the whole folder is for the benchmark.
PAPERS = [
    path
    for folder in sorted(SHARED.glob("PMC*"))[::20]
    for path in (folder / "paper.txt", folder / "paper.nxml")
    if path.is_file()
] or [pytest.param(None, marks=pytest.mark.skip(reason="the development papers are not here"))]


@pytest.fixture(scope="module")
def sample() -> Extracted:
    return extract_paper(SAMPLE)


def test_the_sample_gives_a_trial(sample):
    record = sample.record
    assert reports_trial(record)
    assert record.trial.phase == "2"
    assert record.trial.enrolled == 42
    assert {dose.value for dose in record.doses} >= {12, 1200}
    assert len(record.references) == 14


def test_every_value_stands_where_it_says(sample):
    assert verify(sample.record, sample.document.text) == ()


def test_the_same_paper_gives_the_same_record(sample):
    assert to_json(extract_paper(SAMPLE).record) == to_json(sample.record)


def test_a_record_survives_its_json(sample):
    assert from_json(to_json(sample.record)) == sample.record


def test_the_text_can_travel_with_the_record(sample):
    assert with_text(sample).document.text == sample.document.text
    assert sample.record.document.text is None


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: f"{path.parent.name}-{path.suffix[1:]}" if path else "")
def test_every_fact_of_a_paper_is_proven(path):
    extracted = extract_paper(path)
    text = extracted.document.text
    assert verify(extracted.record, text) == ()
    for name in fact_lists():
        for fact in getattr(extracted.record, name):
            assert fact.rule, (name, fact)
            assert all(text[place.start : place.end].strip() for place in fact.evidence), (name, fact)


def test_papers_that_fail_are_lines_and_the_rest_goes_on(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    first, second = extract_papers([tmp_path / "a.txt", SAMPLE])
    assert isinstance(first, Failed)
    assert "the file is empty" in first.message
    assert isinstance(second, Extracted)
