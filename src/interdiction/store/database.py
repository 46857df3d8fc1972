"""Opens the store for writing: migrations, pragmas, and one transaction at a time.

Reading has its own module (`reading`), which needs no Alembic: a question does not pay for loading it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from interdiction.errors import HomeError
from interdiction.store import faults
from interdiction.store.reading import driver_errors

MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """The store opened for writing. The caller holds the home's lock: there is one writer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # The caller's lock already keeps other writers out; the wait is for a reader's checkpoint.
        self._engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(path)), connect_args={"timeout": 10.0}, poolclass=sa.pool.StaticPool
        )
        sa.event.listen(self._engine, "connect", _on_connect)
        sa.event.listen(self._engine, "begin", _on_begin)

    @classmethod
    def open(cls, path: Path) -> Database:
        """Open or create the store and bring its schema to this version.

        Raises `HomeError`: `newer-home`, `read-only`, `full`, `damaged`, `locked`.
        """
        database = cls(path)
        try:
            database.migrate()
        except HomeError:
            database.close()
            raise
        return database

    def migrate(self) -> None:
        """Run what is missing of the migrations, in one transaction."""
        config = alembic_config()
        with self.transaction() as connection:
            config.attributes["connection"] = connection
            present = _revision(connection)
            script = ScriptDirectory.from_config(config)
            if present == script.get_current_head():
                return
            known = {revision.revision for revision in script.walk_revisions()}
            if present is not None and present not in known:
                raise newer(self._path, present)
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise faults.home_error("damaged", self._path, str(error)) from error

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """Give a connection inside one transaction: all of it is kept, on the disk, or nothing."""
        with driver_errors(self._path), self._engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close the connection; SQLite then folds its log into the store."""
        self._engine.dispose()


def alembic_config() -> AlembicConfig:
    """Give Alembic its place inside the package: there is no ini file to lose."""
    config = AlembicConfig()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def newer(path: Path, revision: str) -> HomeError:
    """Say that a later version of the program wrote this store."""
    return HomeError(
        f"the store was written by a newer version (revision {revision})",
        where=str(path),
        mend="use the version of interdiction that made this home, or another --home",
        code="newer-home",
    )


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(sa.text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])


def _on_connect(connection: Any, _record: object) -> None:
    # The driver's own guesses about when a transaction begins are switched off: BEGIN is ours (below).
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _on_begin(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
