"""Reads the rows of a database that is somebody else's: one view of it, read-only, counted where it stands.

1. Nothing is ever written there: a file is opened read-only, a server is asked in a read-only transaction.
2. The rows and their number come from one state of it.
3. A URL is shown without its password; of a query an error repeats no more than the word the database names.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from interdiction.errors import InputError, UsageError

AT_ONCE: Final = 5000
_CONNECT_SECONDS: Final = 10


class Rows:
    """The rows of a query in their order: `columns` are their names, `count` how many the database says there are."""

    def __init__(self, columns: tuple[str, ...], count: int, rows: Iterator[tuple[Any, ...]]) -> None:
        self.columns, self.count, self._rows = columns, count, rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self._rows


def named(url: str, where: str) -> sa.URL:
    """Read the URL of a database that can be asked without writing to it. Raises `UsageError` (`book-url`)."""
    try:
        found = sa.make_url(url.strip())
    except (ArgumentError, ValueError) as error:
        raise _wrong("it cannot be read", where) from error
    if found.get_backend_name() == "postgresql":
        return found.set(drivername="postgresql+psycopg")
    if found.get_backend_name() != "sqlite":
        raise _wrong(f"it is of {found.get_backend_name()}: only PostgreSQL and SQLite are read", where)
    if not found.database or found.database == ":memory:":
        raise _wrong("it names no file", where)
    return found


def shown(url: sa.URL) -> str:
    """Give a URL as it may be shown: no password, and nothing of what follows the question mark."""
    return sa.URL.create(
        url.get_backend_name(), url.username, None, url.host, url.port, url.database
    ).render_as_string()


@contextmanager
def opened(url: sa.URL, *, table: str = "", query: str = "") -> Iterator[Rows]:
    """Give the rows of a table (`name` or `schema.name`), or of a query, while the block lasts.

    Raises `InputError` (`book-source`) with what the database says.
    """
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            if url.get_backend_name() == "sqlite":
                connection.exec_driver_sql("PRAGMA query_only = ON")
                connection.exec_driver_sql("BEGIN")  # the count and the rows are of one state
            rows, source = _asked(table, query)
            count = connection.execute(sa.select(sa.func.count()).select_from(source)).scalar_one()
            found = connection.execute(rows, execution_options={"yield_per": AT_ONCE})
            yield Rows(tuple(map(str, found.keys())), int(count), (tuple(row) for row in found))
    except (SQLAlchemyError, sqlite3.Error) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        first = str(said).strip().partition("\n")[0] if isinstance(error, DBAPIError | sqlite3.Error) else "no query"
        raise InputError(
            f"the database does not give the book: {first}",
            where=shown(url),
            mend="check the URL, that its user may read the table, and the query: one SELECT that gives rows",
            code="book-source",
        ) from error
    finally:
        engine.dispose()


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() == "sqlite":
        uri = f"{Path(url.database or '').absolute().as_uri()}?mode=ro"
        return sa.create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(uri, uri=True, timeout=_CONNECT_SECONDS, isolation_level=None),
            poolclass=sa.pool.NullPool,
        )
    return sa.create_engine(
        url,
        poolclass=sa.pool.NullPool,
        connect_args={"connect_timeout": _CONNECT_SECONDS, "application_name": "interdiction"},
        execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    )


def _asked(table: str, query: str) -> tuple[sa.Executable, Any]:
    """Give what asks for the rows, and what is counted."""
    if table:
        schema, _, name = table.rpartition(".")
        quoted = sa.table(sa.quoted_name(name, True), schema=sa.quoted_name(schema, True) if schema else None)
        return sa.select(sa.text("*")).select_from(quoted), quoted
    # A colon is the query's own (a cast, an instant), never a parameter of ours.
    said = query.strip().rstrip(";").replace("\\:", ":").replace(":", "\\:")
    return sa.text(said), sa.text(f"({said}) AS counted")


def _wrong(what: str, where: str) -> UsageError:
    return UsageError(
        f"the URL of the book cannot be used: {what}",
        where=where,
        mend="write postgresql://user@host:5432/database, or sqlite:////path/of/file.db",
        code="book-url",
    )
