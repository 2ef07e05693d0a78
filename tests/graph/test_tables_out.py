import csv
import io
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from graph.tables_out import columns, csv_files, safe, sheets, to_csv_zip, to_xlsx
from ontology.record import Arm, DocumentInfo, Evidence, Interval, Result, TrialRecord, fact_lists

RECORD = TrialRecord(
    document=DocumentInfo(id="a", source="a.txt", format="text", sha256="0" * 64, characters=90),
    arms=(Arm(label="=cmd()", drugs=("x", "y")), Arm(label="-5\x07", size=4)),
    results=(
        Result(
            endpoint="overall survival",
            statistic="median",
            value=Decimal("0.60"),
            ci=Interval(low=Decimal("0.5")),
            evidence=(Evidence(start=1, end=4, table="Table 1", row=2), Evidence(start=7, end=9)),
            rule="cells",
        ),
    ),
)


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_files([RECORD])[f"{name}.csv"].removeprefix("\ufeff"))))


def test_every_list_is_a_table_of_all_its_fields():
    assert [sheet.name for sheet in sheets([RECORD])] == ["paper", "trial", *fact_lists()]
    for name, kind in fact_lists().items():
        assert {column.split(".")[0] for column in columns(kind)} == set(kind.model_fields) - {"evidence", "rule"}, name


def test_a_row_has_its_paper_nested_values_and_places():
    (row,) = rows("results")
    assert row["paper_id"] == "a"
    assert row["value"] == "0.60"
    assert row["ci.low"] == "0.5"
    assert row["table"] == "Table 1"
    assert row["places"] == "1-4; 7-9"
    assert row["comparator"] == ""


def test_lists_are_joined():
    assert rows("arms")[0]["drugs"] == "x | y"


@pytest.mark.parametrize(
    ("value", "stays"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-5", "'-5"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("a\x00b", "a b"),
        ("plain", "plain"),
        (Decimal("-5"), Decimal("-5")),
        (None, None),
    ],
)
def test_no_cell_is_a_formula(value, stays):
    assert safe(value) == stays
    assert len(str(safe("=" + "x" * 40_000))) <= 32_767


def test_the_workbook_has_the_same_tables_and_shows_the_digits():
    book = load_workbook(io.BytesIO(to_xlsx([RECORD])))
    assert book.sheetnames == [sheet.name for sheet in sheets([RECORD])]
    head = [cell.value for cell in book["results"][1]]
    cell = book["results"].cell(2, head.index("value") + 1)
    assert cell.value == 0.6
    assert cell.number_format == "0.00"
    assert book["arms"]["B2"].value == "'=cmd()"


@pytest.mark.parametrize("write", [to_xlsx, to_csv_zip])
def test_the_same_records_give_the_same_bytes(write):
    assert write([RECORD]) == write([RECORD])
    assert zipfile.ZipFile(io.BytesIO(write([RECORD]))).testzip() is None
