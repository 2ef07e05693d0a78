"""The forms in which records leave the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.extraction import Extracted
from ontology import regex as re
from ontology.errors import WrongCall

Papers = Sequence[Extracted]
WIDTH = 140
FILE_NAME = re.compile(r'[\x00-\x1f/\\\\:*?"<>|]+')


@dataclass(frozen=True)
class Format:
    """A form of output: its name, the file names it goes by, one paper or several as bytes."""

    name: str
    suffixes: tuple[str, ...]
    one: Callable[[Extracted], bytes]
    several: Callable[[Papers], bytes]
    binary: bool = False


def json_of(paper: Extracted) -> bytes:
    """A record as JSON."""
    from ontology.serialise import to_json

    return to_json(paper.record).encode("utf-8")


def json_array(papers: Papers) -> bytes:
    """Records as one JSON array."""
    return b"[\n" + b",\n".join(json_of(paper).rstrip() for paper in papers) + b"\n]\n"


def yaml_of(paper: Extracted) -> bytes:
    """A record as YAML."""
    from ontology.serialise import to_yaml

    return to_yaml(paper.record).encode("utf-8")


def yaml_stream(papers: Papers) -> bytes:
    """Records as documents of one YAML stream."""
    return b"".join(b"---\n" + yaml_of(paper) for paper in papers)


def sheets_of(papers: Papers, *, evidence: bool = False) -> bytes:
    """Extraction sheets as plain text."""
    import io

    from rich.console import Console

    from graph.sheet import sheet

    out = io.StringIO()
    console = Console(file=out, width=WIDTH, markup=False, highlight=False, emoji=False, color_system=None)
    for paper in papers:
        console.print(sheet(paper.record, paper.document.text, evidence=evidence))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()).encode("utf-8") + b"\n"


def csv_zip(papers: Papers) -> bytes:
    """All entities as CSV in a zip archive."""
    from graph.tables_out import to_csv_zip

    return to_csv_zip([paper.record for paper in papers])


def xlsx(papers: Papers) -> bytes:
    """All entities as sheets of a workbook."""
    from graph.tables_out import to_xlsx

    return to_xlsx([paper.record for paper in papers])


def html(papers: Papers) -> bytes:
    """The papers with their facts highlighted, as one page."""
    from graph.report import report

    return report(papers).encode("utf-8")


def _alone(several: Callable[[Papers], bytes]) -> Callable[[Extracted], bytes]:
    return lambda paper: several([paper])


# To add a form of output: a function from papers to bytes, and a line here; the commands offer it by its name and suffix.
FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("json", (".json",), json_of, json_array),
        Format("yaml", (".yaml", ".yml"), yaml_of, yaml_stream),
        Format("table", (".txt",), _alone(sheets_of), sheets_of),
        Format("csv", (".zip",), _alone(csv_zip), csv_zip, binary=True),
        Format("xlsx", (".xlsx",), _alone(xlsx), xlsx, binary=True),
        Format("html", (".html", ".htm"), _alone(html), html),
    )
}


def chosen(name: str | None, output: Path | None, fallback: str) -> Format:
    """The format of a call: by name, else by the output's suffix, else the fallback."""
    if name is not None:
        if name not in FORMATS:
            raise WrongCall(f"no format {name!r}; there are {', '.join(FORMATS)}")
        return FORMATS[name]
    if output is None or is_folder(output):
        return FORMATS["json" if output else fallback]
    suffix = output.suffix.lower()
    found = next((form for form in FORMATS.values() if suffix in form.suffixes), None)
    if found is None:
        hint = (
            "csv is several tables: name a folder with --format csv, or a .zip" if suffix == ".csv" else "say --format"
        )
        raise WrongCall(f"{output}: no format has the suffix {suffix}; {hint}")
    return found


def is_folder(output: Path) -> bool:
    """Whether an output means a folder: it is one, or its name has no suffix."""
    return output.is_dir() or not output.suffix


def folder_files(form: Format, papers: Iterable[Extracted]) -> Iterator[tuple[str, bytes]]:
    """Names and contents of what goes into a folder: a table a file for CSV, else a paper a file, as they come."""
    if form.name == "csv":
        from graph.tables_out import csv_files

        records = [paper.record for paper in papers]
        tables = csv_files(records) if records else {}
        yield from ((name, text.encode("utf-8")) for name, text in tables.items())
        return
    seen: dict[str, int] = {}
    for paper in papers:
        yield file_name(paper.document.id, seen) + form.suffixes[0], form.one(paper)


def file_name(wanted: str, seen: dict[str, int]) -> str:
    """A file name that no paper before had, also where the disk ignores case; `seen` counts them."""
    name = FILE_NAME.sub("_", wanted).strip(". ") or "paper"
    times = seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
    return name if times == 1 else f"{name}-{times}"
