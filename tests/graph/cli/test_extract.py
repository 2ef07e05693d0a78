import io
import json
import subprocess
import sys
import time
import zipfile

import pytest
from typesetter import ALPHA, column, pdf

from ontology.serialise import from_json, from_yaml

EXTRACT = [sys.executable, "-c", "from graph.cli.extract import main; main()"]

pytestmark = pytest.mark.usefixtures("read_as_gold")


def test_json_goes_into_a_pipe(call, sample):
    code, out, err = call("extract", sample)
    assert (code, err) == (0, "")
    assert from_json(out).trial.enrolled == 42
    assert '"value": 37.5,' in out


def test_the_same_twice(call, sample):
    assert call("extract", sample) == call("extract", sample)


def test_a_sheet_that_a_reviewer_would_sign(call, sample):
    code, out, _ = call("extract", sample, "--format", "table")
    assert code == 0
    for words in ("Velorastinib plus tocrumelimab", "phase 2, single-arm", "NCT99999901", "42 enrolled", "Doses",
                  "95% CI 22.7 to 54.2", "Hypertension", "14 references, 12 citations"):  # fmt: skip
        assert words in out
    assert "\x1b" not in out


def test_evidence_quotes_the_places(call, sample):
    _, out, _ = call("extract", sample, "--evidence")
    assert "37.5% (15/40; 95% CI 22.7–54.2)" in " ".join(out.split())
    assert "[" in out


def test_several_papers_are_one_array(call, sample):
    code, out, _ = call("extract", sample, sample)
    assert code == 0
    assert [record["document"]["id"] for record in json.loads(out)] == ["sample"], "one paper named twice is read once"


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        ("a.json", lambda data: from_json(data.decode()).paper.doi == "10.5555/jio.2023.0217"),
        ("a.yaml", lambda data: from_yaml(data.decode()).trial.phase == "2"),
        ("a.zip", lambda data: "results.csv" in zipfile.ZipFile(io.BytesIO(data)).namelist()),
        ("a.xlsx", lambda data: data.startswith(b"PK")),
        ("a.html", lambda data: b"<article" in data),
        ("a.txt", lambda data: b"Adverse events" in data),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_suffix_tells_the_format(call, sample, tmp_path, name, reads):
    code, out, err = call("extract", sample, "-o", tmp_path / name)
    assert (code, out, err) == (0, "", "")
    assert reads((tmp_path / name).read_bytes())


def test_a_folder_gets_a_file_a_paper_or_a_table(call, sample, tmp_path):
    assert call("extract", sample, "-o", tmp_path / "records")[0] == 0
    assert [path.name for path in (tmp_path / "records").iterdir()] == ["angiosarcoma.json"]
    assert call("extract", sample, "--format", "csv", "-o", tmp_path / "tables")[0] == 0
    assert (tmp_path / "tables" / "adverse_events.csv").is_file()


def test_the_page_beside_the_record(call, sample, tmp_path):
    code, out, _ = call("extract", sample, "--html", tmp_path / "a.html")
    assert code == 0
    assert from_json(out)
    assert "adverse_events-0" in (tmp_path / "a.html").read_text()


def test_the_pdf_with_its_facts_highlighted(call, tmp_path):
    paper, copy = tmp_path / "a.pdf", tmp_path / "b.pdf"
    paper.write_bytes(pdf([column(50, 100, ALPHA)[0]]))
    code, out, _ = call("extract", paper, "--annotate", copy)
    assert code == 0
    assert from_json(out)
    assert copy.read_bytes().startswith(paper.read_bytes())
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("name", "says"), [("a.txt", "--annotate writes a copy of a PDF"), ("a.pdf", "the paper itself")]
)
def test_only_a_pdf_can_be_highlighted_in_a_copy(call, tmp_path, name, says):
    paper = tmp_path / name
    paper.write_bytes(pdf([column(50, 100, ALPHA)[0]]) if name.endswith(".pdf") else b"A trial.\n")
    code, out, err = call("extract", paper, "--annotate", tmp_path / "a.pdf")
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert says in err


def test_the_text_that_offsets_count_in(call, sample):
    _, out, _ = call("extract", sample, "--with-text")
    record = from_json(out)
    assert record.document.text == sample.read_text(encoding="utf-8")


def test_what_was_not_believed(call, sample):
    _, _, err = call("extract", sample, "--explain")
    assert "not believed: doses.text: dose of another study: “Journal”" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Missing argument"),
        (("a.txt", "--nonsense"), "No such option"),
        (("a.txt", "--format", "docx"), "no format 'docx'"),
        (("a.txt", "-o", "a.docx"), "no format has the suffix .docx"),
        (("a.txt", "-o", "a.csv"), "csv is several tables"),
        (("a.txt", "-o", "none/a.json"), "does not exist"),
        (("a.txt", "--html", "."), "a folder"),
        (("a.pdf", "--annotate", "."), "a folder"),
        (("a.pdf", "b.pdf", "--annotate", "c.pdf"), "takes one paper"),
        (("a.pdf", "--max-pages", "0"), "--max-pages"),
    ],
    ids=["nothing", "option", "format", "suffix", "csv", "folder", "page", "copy", "copies", "pages"],
)
def test_a_wrong_call_is_one_line_and_2(call, arguments, says):
    code, out, err = call("extract", *arguments)
    if arguments:
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 1
        assert says in err
    else:
        assert code == 2


def test_help_is_quick_and_imports_nothing_heavy():
    probe = (
        "import sys; sys.argv = ['extract', '--help']\n"
        "try:\n from graph.cli.extract import main; main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'rdflib', 'lxml', 'pdfplumber', 'networkx', 'pydantic', 'openpyxl', 'scipy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "PAPER..." in done.stdout
    assert time.perf_counter() - started < 2, "the bound is generous: a loaded machine must not fail it"


def test_a_closed_pipe_is_no_error():
    command = f"'{EXTRACT[0]}' -c '{EXTRACT[2]}' --help | head -c 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("keep", [(), ("--html",)], ids=["stream", "kept"])
def test_papers_of_one_name_get_files_of_their_own(call, sample, tmp_path, keep):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "trial.txt").write_bytes(sample.read_bytes())
    page = [*keep, tmp_path / "page.html"] if keep else []
    code, _, err = call("extract", tmp_path / "a", tmp_path / "b", "-o", tmp_path / "out", *page)
    assert (code, err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["trial-2.json", "trial.json"]
    assert (tmp_path / "page.html").exists() is bool(keep)


def test_nothing_is_written_when_nothing_was_read(call, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    for form in ("json", "csv"):
        assert call("extract", tmp_path / "a.txt", "--format", form, "-o", tmp_path / "out")[0] == 1
    assert not (tmp_path / "out").exists()
