import json

import pytest

pytestmark = pytest.mark.usefixtures("read_as_gold")


def test_every_command_is_there(call):
    code, out, _ = call("trialgraph", "--help")
    assert code == 0
    for name in ("extract", "verify", "check", "references", "validate", "schema", "terms"):
        assert name in out


def test_without_a_command_the_help_is_shown(call):
    code, out, err = call("trialgraph")
    assert (code, out) == (2, "")
    assert err.startswith("Usage: trialgraph")
    assert len(err.splitlines()) > 5


def test_verify_finds_every_value_of_the_gold(call, sample, tmp_path):
    call("extract", sample, "-o", tmp_path / "a.json")
    code, out, err = call("trialgraph", "verify", tmp_path / "a.json", sample)
    assert (code, err) == (0, "")
    assert "every value stands where it says" in out


def test_verify_names_what_it_cannot_find(call, sample, tmp_path):
    call("extract", sample, "-o", tmp_path / "a.json")
    wrong = (
        (tmp_path / "a.json")
        .read_text()
        .replace('"value": 37.5', '"value": 38.5')
        .replace('"count": 19,', '"count": 18,')
    )
    (tmp_path / "a.json").write_text(wrong)
    code, out, err = call("trialgraph", "verify", tmp_path / "a.json", sample)
    assert (code, out) == (1, "")
    assert "results[0].value = 38.5: not printed in its evidence" in err
    assert len(err.splitlines()) > 1


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [(None, 1, "no such file"), ("{}", 2, "not a record"), ("\udcff", 1, "not UTF-8")],
    ids=["missing", "other", "bytes"],
)
def test_verify_refuses_what_is_no_record(call, sample, tmp_path, content, code, says):
    if content is not None:
        (tmp_path / "a.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    left, _, err = call("trialgraph", "verify", tmp_path / "a.json", sample)
    assert left == code
    assert says in err


def test_verify_refuses_another_paper(call, sample, tmp_path):
    call("extract", sample, "-o", tmp_path / "a.json")
    (tmp_path / "b.txt").write_text("Another paper\n")
    code, _, err = call("trialgraph", "verify", tmp_path / "a.json", tmp_path / "b.txt")
    assert code == 1
    assert "SHA-256 differs" in err


def test_check_counts(call, sample):
    code, out, _ = call("trialgraph", "check", sample)
    assert code == 0
    assert ", 0 fail, " in out


@pytest.mark.parametrize(("form", "begins"), [("bibtex", "@article{"), ("ris", "TY  - "), ("csl", "["), ("json", "[")])
def test_references(call, sample, form, begins):
    code, out, _ = call("trialgraph", "references", sample, "--format", form)
    assert code == 0
    assert out.startswith(begins)


def test_schema(call, tmp_path):
    _, out, _ = call("trialgraph", "schema")
    assert json.loads(out)["$id"] == "trialgraph/record/1"
    call("trialgraph", "schema", "-o", tmp_path / "schema.json")
    assert (tmp_path / "schema.json").read_text() == out


def test_terms(call):
    code, out, _ = call("trialgraph", "terms", "lookup", "recist", "--kind", "criteria")
    assert code == 0
    assert "criteria: RECIST" in out
    code, _, err = call("trialgraph", "terms", "lookup", "no such thing")
    assert code == 2
    assert "no term" in err
    assert "there are" in call("trialgraph", "terms", "lookup", "a", "--kind", "nothing")[2]


def test_validate_scores_the_sample(call):
    code, out, err = call("trialgraph", "validate", "--fields", "--confusion", "--misses")
    assert code == 0
    assert "sample papers as text: sample" in out
    assert "all facts" in out
    assert "1.000" in out
    assert "no paper for" in err


def test_validate_as_data_and_as_a_page(call, tmp_path):
    code, out, _ = call("trialgraph", "validate", "--json", "--html", tmp_path / "a.html")
    assert code == 0
    (group,) = json.loads(out)["groups"]
    assert group["lists"]["results"]["strict"]["f1"] == 1
    assert group["misses"] == []
    assert "Extraction against gold" in (tmp_path / "a.html").read_text()


def test_validate_refuses_a_folder_that_is_not_there(call, tmp_path):
    code, _, err = call("trialgraph", "validate", "--papers", tmp_path / "none")
    assert code == 2
    assert "no such folder" in err
