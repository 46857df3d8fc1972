from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from interdiction.errors import TableError, UsageError
from interdiction.model import Grade, Kind
from interdiction.tables import Book, book_of, read_book


def book(folder: Path, text: str | bytes, **options: object) -> Book:
    path = folder / "book.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_book(path, **options)  # type: ignore[arg-type]


def codes(found: Book) -> list[tuple[int, str, str]]:
    return [(one.line, one.code, one.node) for one in found.problems]


def names(found: Book) -> list[list[str]]:
    return found.columns["names"].to_list()


def test_a_row_becomes_a_party_with_everything_its_cells_say(tmp_path: Path) -> None:
    found = book(
        tmp_path,
        "ID;Full Name;Type;DOB;Nationality;Country;Place of birth;Sex;Identifiers\n"
        'C1;Ryu Jin;Individual;07.08.1965;Korea, North;SY;Pyongyang;m;"passport:563410081@kp; tax_id:99"\n',
    )
    party = found.party(2)
    assert (party.id, party.kind, party.primary_name) == ("C1", Kind.PERSON, "Ryu Jin")
    assert [str(one) for one in party.birth_dates] == ["1965-08-07"]
    assert (party.nationalities, party.countries, party.birth_places) == (("kp",), ("sy",), ("Pyongyang",))
    assert [(one.type, one.value, one.country) for one in party.identifiers] == [
        ("passport", "563410081", "kp"),
        ("tax_id", "99", None),
    ]
    assert found.problems == []
    assert found.party_at(0) == party


@pytest.mark.parametrize("header", ["name", "NAME", "Full Name", "full_name", " Customer-Name ", "\ufeffname"])
def test_a_name_column_is_recognised_without_case_and_punctuation(tmp_path: Path, header: str) -> None:
    assert names(book(tmp_path, f"{header},x\nKim,1\n")) == [["Kim"]]


def test_names_in_parts_are_put_together(tmp_path: Path) -> None:
    found = book(tmp_path, "first,middle,last\nYong,Chol,KIM\nJin,,RYU\n,,\nA,B,\n")
    assert names(found) == [["Yong Chol KIM"], ["Jin RYU"], ["A B"]]


def test_a_full_name_and_differing_parts_are_both_screened(tmp_path: Path) -> None:
    found = book(tmp_path, "full_name,first_name,last_name\nKIM  Yong,kim,YONG\nSoh,Yong,KIM\n")
    assert names(found) == [["KIM Yong"], ["Soh", "Yong KIM"]]


def test_aliases_are_names_too(tmp_path: Path) -> None:
    assert names(book(tmp_path, "name,aliases\nA,B; C ;-\nD,\n")) == [["A", "B", "C"], ["D"]]


def test_the_user_names_a_column(tmp_path: Path) -> None:
    found = book(tmp_path, "name,KUNDE\nDesk 4,Kim\n", columns={"name": "kunde"})
    assert names(found) == [["Kim"]]
    assert found.unused == ("name",)


def test_a_column_that_is_not_there_and_a_field_that_does_not_exist_are_told(tmp_path: Path) -> None:
    with pytest.raises(TableError) as missing:
        book(tmp_path, "name,x\nKim,1\n", columns={"name": "KUNDE"})
    assert missing.value.code == "no-such-column"
    assert "'name', 'x'" in missing.value.message
    with pytest.raises(UsageError) as unknown:
        book(tmp_path, "name,x\nKim,1\n", columns={"nom": "name"})
    assert unknown.value.code == "column"


def test_a_table_without_a_name_column_lists_the_columns_and_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(TableError) as refused:
        book(tmp_path, "KUNDE,ORT\nKim,Bonn\n")
    assert refused.value.code == "no-name-column"
    assert "'KUNDE', 'ORT'" in refused.value.message
    assert "--column name=" in refused.value.mend


def test_without_an_id_column_the_row_number_is_the_id(tmp_path: Path) -> None:
    found = book(tmp_path, "name\nA\n\nB\n")
    assert found.columns.select("id", "row").rows() == [("2", 2), ("4", 4)]
    assert found.problems == []


def test_repeated_ids_are_a_problem_of_every_such_row_and_all_are_screened(tmp_path: Path) -> None:
    found = book(tmp_path, "id,name\n7,A\n8,B\n7,C\n,D\n")
    assert found.columns.select("id", "row").rows() == [("7", 2), ("8", 3), ("7", 4), ("5", 5)]
    assert codes(found) == [(2, "repeated-id", "id"), (4, "repeated-id", "id"), (5, "no-id", "id")]


@pytest.mark.parametrize("cell", ["", "   ", "-", "...", '""'])
def test_an_empty_name_is_a_problem_and_the_row_stays(tmp_path: Path, cell: str) -> None:
    found = book(tmp_path, f"id,name,identifiers\n1,{cell},passport:1@kp\n")
    assert names(found) == [[]]
    assert codes(found) == [(2, "no-name", "name")]
    assert found.columns["identifiers"].to_list() == [["passport:1@kp"]]


def test_a_31_february_is_a_problem_and_the_row_is_screened_without_it(tmp_path: Path) -> None:
    found = book(tmp_path, "name,born\nKim,1962-02-31\nRyu,31.02.1962\n")
    assert found.columns["births"].to_list() == [[], []]
    assert codes(found) == [(2, "date", "born"), (3, "date", "born")]
    assert found.problems[0].text == "1962-02-31"
    assert names(found) == [["Kim"], ["Ryu"]]


def test_an_ambiguous_date_is_two_alternatives_with_a_note_that_takes_nothing_away(tmp_path: Path) -> None:
    found = book(tmp_path, "name,born\nKim,02/03/1962\n")
    assert found.columns["births"].to_list() == [["1962-03-02", "1962-02-03"]]
    assert [(one.code, one.grade) for one in found.problems] == [("ambiguous-date", Grade.PUBLISHED)]


@pytest.mark.parametrize("day", ["1900-01-01", "01/01/1970", "1970-01-01", "19000101", "1900-01-01 00:00:00"])
def test_what_systems_write_for_an_unknown_date_speaks_against_nobody(tmp_path: Path, day: str) -> None:
    found = book(tmp_path, f"name,born\nKim,{day}\n")
    assert found.columns["births"].to_list() == [[]]
    assert codes(found) == [(2, "date", "born")]


def test_an_unknown_country_is_dropped_with_a_problem(tmp_path: Path) -> None:
    found = book(tmp_path, "name,country\nKim,Ruritania\nRyu,NA\nJang,n/a\n")
    assert found.columns["countries"].to_list() == [[], ["na"], []]
    assert codes(found) == [(2, "country", "country")]


def test_several_countries_and_ambiguous_ones_all_count(tmp_path: Path) -> None:
    found = book(tmp_path, "name;nationality\nA;Russia, Syria\nB;Korea\nC;kp|ru\n")
    assert found.columns["nationalities"].to_list() == [["ru", "sy"], ["kp", "kr"], ["kp", "ru"]]


def test_a_third_gender_is_no_problem_and_a_strange_word_is(tmp_path: Path) -> None:
    found = book(tmp_path, "name,gender\nA,other\nB,-\nC,F\nD,zzz\n")
    assert found.columns["gender"].to_list() == [None, None, "female", None]
    assert codes(found) == [(5, "gender", "gender")]


def test_an_unknown_kind_compares_with_all(tmp_path: Path) -> None:
    found = book(tmp_path, "name,kind\nA,Company\nB,golem\nC,unknown\n")
    assert found.columns["kind"].to_list() == ["organisation", None, None]
    assert codes(found) == [(3, "kind", "kind")]


def test_a_number_without_a_type_still_identifies(tmp_path: Path) -> None:
    found = book(tmp_path, "name,identifiers\nA,563410081\nB,passport:1@Atlantis\nC,:5\n")
    assert found.columns["identifiers"].to_list() == [["other:563410081"], ["passport:1"], []]
    assert codes(found) == [(at, "identifier", "identifiers") for at in (2, 3, 4)]


def test_a_column_named_by_a_type_holds_bare_values(tmp_path: Path) -> None:
    found = book(tmp_path, "name,passport,IMO\nA,1;2,\nB,,9187629\n")
    assert found.columns["identifiers"].to_list() == [["passport:1", "passport:2"], ["imo:9187629"]]


def test_a_ragged_row_is_screened_on_every_cell_and_on_the_name_it_split(tmp_path: Path) -> None:
    found = book(tmp_path, "id,name,born\n1,KIM, Yong Chol,1962-02-18\n2,Ryu\n3,Jang,1957\n")
    assert codes(found) == [(2, "ragged-row", ""), (3, "ragged-row", "")]
    assert found.columns["row"].to_list() == [2, 3, 4]
    assert {"KIM Yong Chol", "KIM", "Yong Chol"} <= set(names(found)[0])
    assert "Ryu" in names(found)[1]
    assert found.columns["births"].to_list() == [[], [], ["1957"]]
    assert found.columns["id"].to_list() == ["1", "2", "3"]


def test_a_huge_cell_is_cut_with_a_problem_and_its_neighbours_are_read(tmp_path: Path) -> None:
    found = book(tmp_path, f"name,born\n{'x' * 1_000_000},1962\nKim,1963\n")
    assert [len(one[0]) for one in names(found)] == [10_000, 3]
    assert codes(found) == [(2, "cell-cut", "name")]
    assert max(len(one.text) for one in found.problems) <= 200


def test_a_name_behind_a_million_blanks_is_read(tmp_path: Path) -> None:
    found = book(tmp_path, f'name\n"Kim{" " * 1_000_000}Yong\tChol"\n')
    assert names(found) == [["Kim Yong Chol"]]
    assert found.problems == []


def test_a_nul_byte_is_a_problem_and_the_name_is_read_around_it(tmp_path: Path) -> None:
    found = book(tmp_path, b"id,name\n1,Kim\x00Yong\n2,Ryu\n")
    assert names(found) == [["Kim Yong"], ["Ryu"]]
    assert codes(found) == [(2, "nul", "name")]


def test_a_header_alone_is_an_empty_book_in_doubt(tmp_path: Path) -> None:
    found = book(tmp_path, "id,name\n")
    assert found.columns.height == 0
    assert [(one.code, one.grade) for one in found.problems] == [("no-rows", Grade.FILE)]


def test_columns_that_nothing_was_made_of_are_told(tmp_path: Path) -> None:
    assert book(tmp_path, "name,segment,\nA,b,c\n").unused == ("segment", "(nameless column 3)")
    assert book(tmp_path, "name,segment,\nA,b,\n").unused == ("segment",)


def test_a_table_in_memory_gives_the_same_book(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_text("id,name,born\n1,Kim,18 Feb 1962\n", encoding="utf-8")
    frame = pl.DataFrame({"id": [1], "name": ["Kim"], "born": ["18 Feb 1962"]})
    assert book_of(frame).columns.equals(read_book(path).columns)
    assert book_of(frame.to_arrow() if hasattr(frame, "__arrow_c_stream__") else frame).columns.height == 1
    with pytest.raises(TableError):
        book_of([1, 2])


def test_typed_columns_are_read_as_what_they_say() -> None:
    frame = pl.DataFrame(
        {"id": [1], "name": ["Kim"], "born": ["1962-02-18"], "nationality": [["kp", "ru"]]}
    ).with_columns(pl.col("born").str.to_datetime())
    found = book_of(frame)
    assert found.columns["births"].to_list() == [["1962-02-18"]]
    assert found.columns["nationalities"].to_list() == [["kp", "ru"]]


def test_no_party_stands_on_a_row_outside_the_book(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        book(tmp_path, "name\nKim\n").party(1)


@pytest.mark.shared
def test_the_innocents_are_read_without_loss(shared_data: Path) -> None:
    found = read_book(shared_data / "labelled" / "innocent_global.csv")
    assert found.columns.height == 15_000
    assert all(len(one) == 1 for one in names(found))
    assert found.problems == []
