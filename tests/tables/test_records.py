from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interdiction.tables.records import Records, cut, split


def rows(found: Records) -> list[tuple[str, ...]]:
    return [tuple(cell or "" for cell in row[1:]) for row in found.cells.iter_rows()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_ending_is_told(delimiter: str, ending: str) -> None:
    found = split(ending.join([f"id{delimiter}name", f"1{delimiter}Kim", ""]))
    assert found.header == ("id", "name")
    assert rows(found) == [("1", "Kim")]


def test_a_comma_inside_the_cells_does_not_beat_the_delimiter() -> None:
    found = split("name, full;born\nKIM, Yong Chol;1962\nRYU, Jin;1965\n")
    assert found.header == ("name, full", "born")
    assert rows(found) == [("KIM, Yong Chol", "1962"), ("RYU, Jin", "1965")]


def test_a_single_column_keeps_its_commas() -> None:
    assert rows(split('name\nKIM, Yong Chol\n"RYU, Jin"\n"a ""b"""\n')) == [
        ("KIM, Yong Chol",),
        ("RYU, Jin",),
        ('a "b"',),
    ]


def test_the_line_that_names_the_delimiter_is_obeyed() -> None:
    found = split("sep=;\nid;name\n1;a,b\n")
    assert (found.header, rows(found), found.cells["row"].to_list()) == (("id", "name"), [("1", "a,b")], [3])


def test_a_cell_over_several_lines_is_one_cell() -> None:
    found = split('id,name\n1,"Kim\nYong"\n2,Ryu\n')
    assert rows(found) == [("1", "Kim\nYong"), ("2", "Ryu")]
    assert found.cells["row"].to_list() == [2, 4]


def test_a_quote_that_is_never_closed_costs_only_its_own_row() -> None:
    found = split('id,name,born\n1,"Kim,1962\n2,Ryu,1965\n3,"Jang",1957\n4,Kang,1968\n')
    assert rows(found) == [("2", "Ryu", "1965"), ("3", "Jang", "1957"), ("4", "Kang", "1968")]
    assert [(one.row, one.raw) for one in found.ragged] == [(2, '1,"Kim,1962')]
    assert "Kim" in [cell.strip() for cell in found.ragged[0].cells]


def test_rows_between_two_stray_quotes_are_not_swallowed() -> None:
    found = split('id,name,born\n1,"Kim,1962\n2,Ryu,1965\n3,Jang",1957\n4,Kang,1968\n')
    seen = {cell.strip().strip('"') for row in rows(found) for cell in row}
    seen |= {cell.strip() for one in found.ragged for cell in one.cells}
    assert {"Kim", "Ryu", "Jang", "Kang"} <= seen


def test_a_stray_quote_inside_a_bare_cell_is_a_letter() -> None:
    assert rows(split('id,name\n1,5" pipe\n2,Kim "Bo" Li\n3, "Ryu, Jin"\n')) == [
        ("1", '5" pipe'),
        ("2", 'Kim "Bo" Li'),
        ("3", "Ryu, Jin"),
    ]


def test_rows_of_other_length_are_set_aside_with_their_text() -> None:
    found = split("id,name\n1,a,b\n2\n3,c\n4,d,,\n")
    assert rows(found) == [("3", "c"), ("4", "d")]
    assert [(one.row, one.raw) for one in found.ragged] == [(2, "1,a,b"), (3, "2")]


def test_blank_rows_are_no_rows() -> None:
    assert rows(split("id,name\n\n1,a\n,\n  \n\x1a")) == [("1", "a")]


def test_a_file_of_open_quotes_is_read_line_by_line() -> None:
    found = split("id,name\n" + '1,"Kim\n' * 20_000)
    assert found.cells.height + len(found.ragged) == 20_000


CELL = st.text(alphabet='ab ,;"\n\x00é|\t', max_size=6)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from([",", ";"]))
def test_what_a_csv_writer_wrote_quoted_is_never_lost(table: list[list[str]], delimiter: str) -> None:
    into = io.StringIO()
    writer = csv.writer(into, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["id", "name", "born"])
    writer.writerows(table)
    found = split(into.getvalue())
    seen = "".join(cell for row in rows(found) for cell in row) + "".join(one.raw for one in found.ragged)
    for row in table:
        for letter in "abé":
            assert sum(cell.count(letter) for one in table for cell in one) == seen.count(letter), row


@given(st.lists(st.lists(st.text(alphabet="ab, \"é'", max_size=6), min_size=2, max_size=2), min_size=1, max_size=8))
def test_rows_of_one_line_read_back_as_they_were_written(table: list[list[str]]) -> None:
    into = io.StringIO()
    writer = csv.writer(into, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([["id", "name"], *table])
    found = split(into.getvalue())
    assert rows(found) == [tuple(row) for row in table]
    assert not found.ragged


@given(st.text(alphabet='ab,;"\n\r\x00\x1a\t', max_size=60))
def test_any_text_is_split_without_losing_a_letter(text: str) -> None:
    found = split("id,name\n" + text)
    seen = "".join(cell for row in rows(found) for cell in row) + "".join(one.raw for one in found.ragged)
    assert text.count("a") <= seen.count("a")


@given(st.text(alphabet='a," ', max_size=30))
def test_cutting_keeps_every_letter(line: str) -> None:
    cells, _ = cut(line, ",")
    assert "".join(cells).count("a") == line.count("a")
