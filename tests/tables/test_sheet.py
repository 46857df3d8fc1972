from __future__ import annotations

import codecs
import datetime as dt
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interdiction.errors import TableError
from interdiction.model import Grade
from interdiction.tables import Book, Sheet, read_book, read_sheet, sheet_of


def sheet(folder: Path, raw: bytes, name: str = "book.csv", **options: str) -> Sheet:
    path = folder / name
    path.write_bytes(raw)
    return read_sheet(path, **options)


def cells(found: Sheet) -> list[tuple[object, ...]]:
    return found.cells.rows()


@pytest.mark.parametrize(
    "raw",
    [
        "name,born\nMüller,1962\n".encode(),
        codecs.BOM_UTF8 + "name,born\nMüller,1962\n".encode(),
        "name,born\nMüller,1962\n".encode("cp1252"),
        "name,born\nMüller,1962\n".encode("utf-16"),
        codecs.BOM_UTF16_BE + "name,born\nMüller,1962\n".encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "cp1252", "utf-16", "utf-16 big end first"],
)
def test_the_encoding_is_told(tmp_path: Path, raw: bytes) -> None:
    found = sheet(tmp_path, raw)
    assert found.header == ("name", "born")
    assert cells(found) == [(2, "Müller", "1962")]
    assert not found.problems


def test_one_byte_that_is_no_utf8_costs_no_other_name(tmp_path: Path) -> None:
    found = sheet(tmp_path, "name\n김영철\n".encode() + b"M\xfcller\n")
    assert cells(found) == [(2, "김영철"), (3, "Müller")]
    assert [(one.code, one.grade) for one in found.problems] == [("mixed-encoding", Grade.FILE)]


def test_an_encoding_that_was_guessed_wrong_is_doubted_and_can_be_named(tmp_path: Path) -> None:
    raw = "name\nИльдиз\n".encode("cp1251")
    assert [one.code for one in sheet(tmp_path, raw).problems] == ["encoding-doubt"]
    assert cells(sheet(tmp_path, raw, encoding="cp1251")) == [(2, "Ильдиз")]
    with pytest.raises(TableError) as refused:
        sheet(tmp_path, raw, encoding="klingon")
    assert refused.value.code == "encoding"


def test_a_lost_letter_is_a_problem_of_its_row(tmp_path: Path) -> None:
    found = sheet(tmp_path, b"name\nMu\x81ller\n")
    assert [(one.code, one.line, one.grade) for one in found.problems] == [("lost-letter", 2, Grade.ROW)]


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"\xef\xbb\xbf", b"\x00\x00", b"\x1a", b" \r\n "])
def test_an_empty_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(TableError) as refused:
        sheet(tmp_path, raw)
    assert refused.value.code == "empty"
    assert refused.value.exit_code == 3


@pytest.mark.parametrize(
    "raw",
    [
        b"<!DOCTYPE html><html><body>Not found</body></html>",
        b"\n <html>",
        b'<?xml version="1.0"?><a/>',
        b"<Document xmlns='urn:iso'>",
        b"%PDF-1.7\n1,2",
        b"PK\x03\x04 no workbook",
        b"\xd0\xcf\x11\xe0 no workbook",
        b"PAR1 no parquet",
        b"\x1f\x8b\x08\x00 packed",
        bytes(range(256)) * 20,
        "name\nKim\n".encode("utf-16-le"),
        b"\x89PNG\r\n",
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(TableError) as refused:
        sheet(tmp_path, raw)
    assert refused.value.code == "not-a-table"
    assert refused.value.mend


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(TableError) as refused:
            read_sheet(path)
        assert refused.value.code == "not-found"


def test_json_lines_are_rows_and_a_bad_line_is_one_bad_row(tmp_path: Path) -> None:
    found = sheet(
        tmp_path,
        b'{"id": 1, "name": "Kim"}\n\n{"name": "Ryu", "names": ["a", "b"], "x": {"y": 1}}\n'
        b'{"id": 3, "name": "Jan\n[1]\n{}',
        "book.jsonl",
    )
    assert found.header == ("id", "name", "names", "x")
    assert cells(found) == [
        (1, "1", "Kim", None, None),
        (3, None, "Ryu", "a; b", '{"y":1}'),
        (6, None, None, None, None),
    ]
    assert [(one.row, "Jan" in one.cells) for one in found.ragged] == [(4, True), (5, False)]
    assert [one.code for one in found.problems] == ["ragged-row", "ragged-row"]


def test_an_array_of_objects_is_rows_too(tmp_path: Path) -> None:
    found = sheet(tmp_path, b'[\n {"name":\n "Kim"},\n {"name": "Ryu", "id": 2}\n]', "book.json")
    assert sorted(found.header) == ["id", "name"]
    assert found.cells["row"].to_list() == [1, 2]
    assert found.cells[f"c{found.header.index('name')}"].to_list() == ["Kim", "Ryu"]


def test_an_array_cut_in_the_middle_keeps_its_whole_lines(tmp_path: Path) -> None:
    found = sheet(tmp_path, b'[\n{"name": "Kim"},\n{"name": "Ry', "book.json")
    assert found.cells["c0"].to_list() == ["Kim"]
    assert [one.row for one in found.ragged] == [1, 3]


def test_a_parquet_file_is_read_as_text(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": [1, None], "name": ["Kim", "Ryu"], "tags": [["a", "b"], None], "n": [1.5, 2.0]})
    frame.write_parquet(tmp_path / "book.dat")
    found = read_sheet(tmp_path / "book.dat")
    assert cells(found) == [(2, "1", "Kim", "a; b", "1.5"), (3, None, "Ryu", None, "2.0")]


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    for name, table in sheets.items():
        made = book.add_worksheet(name)
        for row, line in enumerate(table):
            made.write_row(row, 0, line)
    book.close()
    return path


def test_a_workbook_keeps_the_row_numbers_of_its_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {"one": [[], ["id", "name"], [1, "Kim"], [], [2, "Ryu", "spill"]]})
    found = read_sheet(path)
    assert found.header == ("id", "name", "")
    assert cells(found) == [(3, "1", "Kim", None), (5, "2", "Ryu", "spill")]
    assert read_book(path).unused == ("(nameless column 3)",)


def test_other_sheets_of_a_workbook_are_told_and_can_be_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {"void": [], "one": [["name"], ["Kim"]], "two": [["name"], ["Ryu"]]})
    found = read_sheet(path)
    assert found.cells["c0"].to_list() == ["Kim"]
    assert [(one.code, one.grade) for one in found.problems] == [("other-sheets", Grade.FILE)]
    assert "'two'" in found.problems[0].message
    named = read_sheet(path, sheet="two")
    assert (named.cells["c0"].to_list(), named.problems) == (["Ryu"], ())
    with pytest.raises(TableError) as refused:
        read_sheet(path, sheet="three")
    assert refused.value.code == "no-such-sheet"


def test_a_workbook_without_cells_is_empty(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        read_sheet(workbook(tmp_path / "b.xlsx", {"one": []}))
    assert refused.value.code == "empty"


def test_a_date_of_a_workbook_is_a_birth_date(tmp_path: Path) -> None:
    path = workbook(tmp_path / "b.xlsx", {"one": [["name", "born"], ["Kim", dt.date(1962, 2, 18)], ["Ryu", 1965]]})
    assert read_book(path).columns["births"].to_list() == [["1962-02-18"], ["1965"]]


def test_a_frame_is_a_sheet() -> None:
    assert cells(sheet_of(pl.DataFrame({"name": ["Kim"], "n": [1]}))) == [(2, "Kim", "1")]


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_book_or_a_typed_error(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "any"
    for data in (raw, b"id,name,born\n" + raw, b'{"name": "Kim"}\n' + raw):
        path.write_bytes(data)
        found: Book | TableError
        try:
            found = read_book(path)
        except TableError as error:
            found = error
        assert found.mend if isinstance(found, TableError) else found.columns["row"].is_sorted()
