"""Opens a store that is a file for reading, also where nothing beside it can be written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from interdiction.errors import HomeError
from interdiction.store import faults


@contextmanager
def engine(path: Path) -> Iterator[sa.Engine]:
    """Give what reads the file, one connection and each transaction one state of it.

    Raises `HomeError`: `unreadable`, `damaged`, `read-only`, and at the end `locked` where the file had to be read as
    one that nobody changes and somebody did.
    """
    with faults.translated(path):
        driver, frozen_as = _connected(path)
    made = sa.create_engine("sqlite://", creator=lambda: driver, poolclass=sa.pool.StaticPool)
    # The driver's own guesses at where a transaction begins are off; one transaction is one state of the store.
    sa.event.listen(made, "begin", _begin)
    try:
        yield made
    finally:
        made.dispose()
        driver.close()
    if frozen_as is not None and frozen_as != _look(path):
        raise faults.home_error("locked", path, "it changed while it was read")


@contextmanager
def driver(path: Path) -> Iterator[sqlite3.Connection]:
    """Give the driver's own connection to a file, read-only, for what only it can do."""
    found, _ = _connected(path)
    try:
        yield found
    finally:
        found.close()


def is_blank(path: Path) -> bool:
    """Tell whether nothing was ever committed here: no file, or a database without a table."""
    if not path.is_file():
        return True
    with faults.translated(path):
        driver, _ = _connected(path)
        try:
            return not driver.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        finally:
            driver.close()


def _begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _connected(path: Path) -> tuple[sqlite3.Connection, tuple[int, ...] | None]:
    """Connect read-only. Second: how the file looked, when it had to be read as one that nobody changes.

    SQLite's log asks for a shared-memory file beside the store even of a reader; where the folder cannot be
    written and none is there, the store is read as immutable, and looked at again afterwards.
    """
    try:
        return _driver(f"{path.absolute().as_uri()}?mode=ro"), None
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")) or not path.is_file():
            raise
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size > 0:
            # What is only in the log would be unseen: a listed party could pass.
            raise HomeError(
                "the last import was interrupted and the home is read-only now",
                where=str(path),
                mend="run `interdict lists status` once where the home can be written",
                code="read-only",
            ) from error
        return _driver(f"{path.absolute().as_uri()}?mode=ro&immutable=1"), _look(path)


def _driver(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, timeout=10.0, isolation_level=None)
    try:
        connection.execute("PRAGMA query_only = ON")
        # SQLite opens the files at the first read, not before.
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _look(path: Path) -> tuple[int, ...]:
    seen = path.stat()
    return seen.st_ino, seen.st_size, seen.st_mtime_ns, path.with_name(path.name + "-wal").exists()
