from __future__ import annotations

from pathlib import Path

import pytest

from interdiction.errors import UsageError
from interdiction.tables import Book, of_kind, read_book, without_kind


def book(folder: Path, text: str) -> Book:
    path = folder / "book.csv"
    path.write_text(text, encoding="utf-8")
    return read_book(path)


def test_rows_that_do_not_say_what_they_are_are_what_is_told_for_all(tmp_path: Path) -> None:
    read = book(tmp_path, "name,kind\nRyu Jin,\nKOMID,company\nSparta,dragon\nA,b,c\n")
    assert without_kind(read) == 3
    told = of_kind(read, "person")
    kinds = dict(zip(told.columns["row"], told.columns["kind"], strict=True))
    # `dragon` stands there and was not understood, and line 5 has too many cells: nothing is told for them.
    assert kinds == {2: "person", 3: "organisation", 4: None, 5: None}
    assert without_kind(told) == 2


def test_a_book_without_a_column_of_kinds_takes_the_kind_that_is_told(tmp_path: Path) -> None:
    read = book(tmp_path, "name\nRyu Jin\nKang Ryong\n")
    assert of_kind(read, None) is read
    assert of_kind(read, "person").columns["kind"].to_list() == ["person", "person"]


def test_a_word_that_is_no_kind_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        of_kind(book(tmp_path, "name\nRyu Jin\n"), "people")
    assert (caught.value.code, caught.value.where) == ("kind", "--kind")
