"""Who stands behind a customer is read from the columns of its role, as a party of its own."""

from __future__ import annotations

import polars as pl

from interdiction.tables import Book, book_of


def book(**columns: list[str | None]) -> Book:
    return book_of(pl.DataFrame({name.replace("_", " "): values for name, values in columns.items()}))


def behind(read: Book) -> list[tuple[int, str, str]]:
    assert read.related is not None
    return [(at, role, "/".join(names)) for at, role, names in read.related.select("at", "role", "names").iter_rows()]


def test_each_role_is_a_party_with_facts_of_its_own() -> None:
    read = book(
        id=["C1", "C2"],
        name=["Acme", "Bolt"],
        director_name=["KIL, Jong Hun", None],
        director_date_of_birth=["1965-02-20", None],
        owner_1=["X", "Y"],
        owner_1_country=["KP", None],
        owner_2_name=["Z", None],
        ubo_passport=["123", None],
        ubo_name=["U", None],
    )
    assert behind(read) == [
        (0, "director", "KIL, Jong Hun"),
        (0, "owner", "X"),
        (0, "owner", "Z"),
        (0, "owner", "U"),
        (1, "owner", "Y"),
    ]
    assert read.related is not None
    first = read.related.row(0, named=True)
    assert (first["births"], read.related["countries"][1].to_list()) == (["1965-02-20"], ["kp"])
    assert read.related["identifiers"][3].to_list() == ["passport:123"]
    assert read.unused == ()


def test_a_cell_of_several_names_is_several_parties_and_a_fact_beside_it_is_nobodys() -> None:
    read = book(name=["Acme", "Bolt"], signatories=["A B; C D", "E F"], signatory_born=["1960-01-01", "1961-01-01"])
    assert behind(read) == [(0, "signatory", "A B"), (0, "signatory", "C D"), (1, "signatory", "E F")]
    assert read.related is not None
    assert read.related["births"].to_list() == [[], [], ["1961-01-01"]]


def test_a_dash_is_nobody_and_a_bad_fact_is_a_problem_that_names_the_role() -> None:
    read = book(name=["Acme", "Bolt"], guarantor=["-", "G H"], guarantor_country=[None, "atlantis"])
    assert behind(read) == [(1, "guarantor", "G H")]
    assert [(problem.code, problem.line, problem.node) for problem in read.problems] == [
        ("country", 3, "guarantor country")
    ]


def test_columns_about_nobody_named_stay_unused() -> None:
    read = book(name=["Acme"], director_since=["2001"], owner_country=["KP"], directorate=["North"])
    assert read.related is None
    assert read.unused == ("director since", "owner country", "directorate")
