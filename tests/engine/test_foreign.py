"""A book that is a table of a database: read-only, counted in the same view, and nothing of the URL is kept."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from interdiction.engine.foreign import fetch
from interdiction.engine.home import Home
from interdiction.engine.monitored import books
from interdiction.engine.story import tell
from interdiction.errors import InputError, InterdictError, UsageError
from interdiction.model.codec import to_json
from interdiction.store.place import Server
from tests.cli.conftest import Ask, ask, demo_home  # noqa: F401 - fixtures

ROWS = [("c-1", "Jang Yong Son", "1957-02-20", 1), ("c-2", "Zo; any: 'body' 100%", None, 0)]
MAKE = "CREATE TABLE customers (id text, name text, born text, vip integer)"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        found = f"sqlite:///{tmp_path / 'crm.db'}"
    else:
        server: Server = request.getfixturevalue("server")
        found = server.url
    engine = sa.create_engine(found, poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(MAKE)
        for row in ROWS:
            connection.execute(
                sa.text("INSERT INTO customers VALUES (:a, :b, :c, :d)"), dict(zip("abcd", row, strict=True))
            )
    engine.dispose()
    return found


def code_of(caught: pytest.ExceptionInfo[InterdictError]) -> str:
    return caught.value.code


def test_a_table_and_a_query_give_their_rows_and_the_count_of_the_database(url: str, tmp_path: Path) -> None:
    whole = fetch(url, tmp_path, table="customers")
    assert (whole.count, whole.path.name) == (2, "customers.jsonl")
    assert whole.path.read_text(encoding="utf-8").splitlines()[1] == (
        '{"id":"c-2","name":"Zo; any: \'body\' 100%","born":null,"vip":"0"}'
    )
    query = "SELECT id, name FROM customers WHERE name LIKE '%:%' AND CAST('12:30' AS text) = '12:30';"
    assert fetch(url, tmp_path, query=query).path.read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize(
    "query",
    ["DELETE FROM customers", "INSERT INTO customers VALUES ('x')", "SELECT 1 AS id; DELETE FROM customers",
     "SELECT * FROM (DELETE FROM customers RETURNING *) AS gone", "not a query at all", "SELECT id FROM nowhere"],
)  # fmt: skip
def test_nothing_is_written_there_whatever_the_query(url: str, tmp_path: Path, query: str) -> None:
    with pytest.raises(InputError) as caught:
        fetch(url, tmp_path, query=query)
    assert (code_of(caught), query in str(caught.value)) == ("book-source", False)
    assert fetch(url, tmp_path, table="customers").count == 2


def test_a_function_that_writes_is_refused_by_the_transaction(server: Server, tmp_path: Path) -> None:
    engine = sa.create_engine(server.url, poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"{MAKE}; INSERT INTO customers VALUES ('c-1', 'a')")
        connection.exec_driver_sql(
            "CREATE FUNCTION sly() RETURNS text LANGUAGE sql AS 'DELETE FROM customers RETURNING id'"
        )
    engine.dispose()
    with pytest.raises(InputError, match="read-only"):
        fetch(server.url, tmp_path, query="SELECT sly() AS id")


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        fetch(f"sqlite:///{tmp_path / 'none.db'}", tmp_path, table="customers")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("asked", "code"),
    [({}, "book-query"), ({"table": "a", "query": "b"}, "book-query")],
)
def test_a_table_or_a_query_is_asked_for_and_not_both(tmp_path: Path, asked: dict[str, Any], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        fetch(f"sqlite:///{tmp_path / 'crm.db'}", tmp_path, **asked)
    assert code_of(caught) == code


@pytest.mark.parametrize("url", ["", "mysql://jo:secret@h/d", "sqlite://", "//", "sqlite:///:memory:"])
def test_what_cannot_be_read_without_writing_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError) as caught:
        fetch(url, tmp_path, table="customers")
    assert (code_of(caught), "secret" in str(caught.value)) == ("book-url", False)


def test_a_password_and_a_query_are_never_shown(tmp_path: Path) -> None:
    url = f"postgresql://jo:secret@/none?host={tmp_path}&password=secret"
    with pytest.raises(InputError) as caught:
        fetch(url, tmp_path, query="SELECT 'secret'")
    assert "secret" not in f"{caught.value} {caught.value.where} {caught.value.mend}"


def test_an_empty_table_and_columns_of_one_name_are_said(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "crm.db") as connection:
        connection.execute(MAKE)
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"table": "customers"}, "book-empty"),
        ({"query": "SELECT 1 AS id, 2 AS id"}, "book-columns"),
    )
    for asked, code in cases:
        with pytest.raises(InputError) as caught:
            fetch(f"sqlite:///{tmp_path / 'crm.db'}", tmp_path, **asked)
        assert code_of(caught) == code


def test_a_registered_table_is_screened_and_nothing_of_its_url_is_kept(
    ask: Ask,  # noqa: F811
    url: str,
    tmp_path: Path,
) -> None:
    home = tmp_path / "home"
    tell(home, datetime(2015, 1, 2, 18, tzinfo=UTC))
    done = ask("book", "add", "--from", url, "--table", "customers", "--by", "Jo", "--owner", "Jo", "--json", home=home)
    assert done.code == 1, done.err
    (one,) = books(Home.open(home))
    assert (one.source, one.customers, one.totals.customers, one.doubts) == ("customers", 2, 2, ())
    assert url.partition("://")[2] not in to_json(one).decode() + done.out + done.err
    again = ask(
        "book", "add", "--from", url, "--table", "customers", "--expect", "3", "--by", "Jo", "--json", home=home
    )
    assert again.code == 3
