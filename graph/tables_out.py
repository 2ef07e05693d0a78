"""Records as tidy tables: one table an entity, one row a fact, columns from the record types; CSV and XLSX."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from ontology.record import Described, Fact, TrialRecord, fact_lists

Value = str | int | Decimal | bool | None

# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
CELL_LIMIT = 32_767
JOINER = " | "
PLACES = ("start", "end", "section", "table", "row", "column", "page")
ALL_PLACES = "places"

# Zip members and workbook properties carry a time; the same records must give the same bytes.
STILL = (1980, 1, 1, 0, 0, 0)
MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


@dataclass(frozen=True)
class Sheet:
    """A table of one entity."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def sheets(records: Sequence[TrialRecord]) -> tuple[Sheet, ...]:
    """A table for `paper`, for `trial` and for each list of facts, over all records."""
    parts = [_sheet(part, TrialRecord.model_fields[part].annotation, records) for part in ("paper", "trial")]
    return (*parts, *(_sheet(name, kind, records) for name, kind in fact_lists().items()))


def _sheet(name: str, kind: Any, records: Sequence[TrialRecord]) -> Sheet:
    fields = columns(kind)
    paths = [field.split(".") for field in fields]
    proof = ("rule", *PLACES, ALL_PLACES) if issubclass(kind, Fact) else ()
    rows = tuple(
        (record.document.id, *[_value(vars(owner), path) for path in paths], *(_proof(owner) if proof else ()))
        for record in records
        for owner in _owners(getattr(record, name))
    )
    return Sheet(name, ("paper_id", *fields, *proof), rows)


def _owners(owner: Any) -> Iterator[Any]:
    yield from owner if isinstance(owner, tuple) else (owner,)


def _proof(fact: Fact) -> tuple[Value, ...]:
    """The rule of a fact, the parts of its first place, and all its places."""
    first = fact.evidence[0] if fact.evidence else None
    spans = "; ".join([f"{place.start}-{place.end}" for place in fact.evidence])
    return (fact.rule, *[getattr(first, part, None) for part in PLACES], spans or None)


@cache
def columns(kind: type[BaseModel]) -> tuple[str, ...]:
    """The columns of a record type; those of a nested value have dotted names."""
    hidden = {*Fact.model_fields, *Described.model_fields}
    names: list[str] = []
    for name, field in kind.model_fields.items():
        if name in hidden:
            continue
        nested = nested_type(field.annotation)
        names.extend(f"{name}.{inner}" for inner in columns(nested)) if nested else names.append(name)
    return tuple(names)


def nested_type(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds, if it holds one and not a list of them."""
    if get_origin(annotation) in (Union, type(int | None)):
        return next((nested for part in get_args(annotation) if (nested := nested_type(part))), None)
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None


def _value(fields: Mapping[str, Any], path: Sequence[str]) -> Value:
    value = fields.get(path[0])
    for name in path[1:]:
        value = getattr(value, name, None)
    return _joined(value) if isinstance(value, tuple) else value


def _joined(items: tuple[Any, ...]) -> str | None:
    return JOINER.join(_item(item) for item in items) or None


def _item(item: Any) -> str:
    if not isinstance(item, BaseModel):
        return str(item)
    return " ".join(str(value) for value in item.model_dump().values() if value not in (None, ()))


def safe(value: Value) -> Value:
    """A value that no spreadsheet runs or refuses: formulas are quoted, control characters gone."""
    return _safe_text(value) if isinstance(value, str) else value


@lru_cache(maxsize=4096)
def _safe_text(value: str) -> str:
    text = (value if value.isprintable() else ILLEGAL.sub(" ", value))[:CELL_LIMIT]
    return f"'{text}"[:CELL_LIMIT] if text.startswith(FORMULA) else text


def to_csv(sheet: Sheet) -> str:
    """A table as CSV with a head (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sheet.columns)
    for row in sheet.rows:
        writer.writerow([_safe_text(value) if isinstance(value, str) else value for value in row])
    return out.getvalue()


def csv_files(records: Sequence[TrialRecord]) -> dict[str, str]:
    """A file name and its CSV for each table; a byte order mark tells spreadsheets that it is UTF-8."""
    return {f"{sheet.name}.csv": "\ufeff" + to_csv(sheet) for sheet in sheets(records)}


def to_zip(members: Mapping[str, bytes]) -> bytes:
    """A zip archive; the same members give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, STILL), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def to_csv_zip(records: Sequence[TrialRecord]) -> bytes:
    """All tables as CSV in a zip archive."""
    return to_zip({name: text.encode("utf-8") for name, text in csv_files(records).items()})


def to_xlsx(records: Sequence[TrialRecord]) -> bytes:
    """All tables as sheets of one workbook; numbers show the digits that were printed."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    for page in book.worksheets:
        book.remove(page)
    for sheet in sheets(records):
        page = book.create_sheet(sheet.name)
        page.append(sheet.columns)
        for head in page[1]:
            head.font = Font(bold=True)
        for row in sheet.rows:
            page.append([safe(value) for value in row])
        page.freeze_panes = "B2"
        _digits(page, sheet)
    out = io.BytesIO()
    book.save(out)
    return _still(out.getvalue())


def _digits(page: Any, sheet: Sheet) -> None:
    for place, row in enumerate(sheet.rows, 2):
        for column, value in enumerate(row, 1):
            places = -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
            if places > 0:
                page.cell(place, column).number_format = f"0.{'0' * places}"


def _still(workbook: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["docProps/core.xml"] = MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", members["docProps/core.xml"])
    return to_zip(members)
