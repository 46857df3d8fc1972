"""Opens the store for writing: migrations, the lock of the one writer, and one transaction at a time.

Reading has its own module (`reading`). Alembic is loaded only where something is missing of the migrations.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from interdiction.errors import HomeError
from interdiction.store import faults, postgres
from interdiction.store.place import Place, Server
from interdiction.store.reading import REVISION, driver_errors

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """The store opened for writing. There is one writer: of a file whoever holds the home's lock, of a server whoever
    holds `lock`.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._session: int | None = None
        self._file: tuple[int, int] | None = None
        if isinstance(place, Server):
            self._engine = postgres.writing_engine(place)
            return
        # The caller's lock already keeps other writers out; the wait is for a reader's checkpoint.
        self._engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(place)), connect_args={"timeout": 10.0}, poolclass=sa.pool.StaticPool
        )
        sa.event.listen(self._engine, "connect", _on_connect)
        sa.event.listen(self._engine, "begin", _on_begin)

    @classmethod
    def open(cls, place: Place, *, timeout: float = 0.0) -> Database:
        """Open or create the store, be its one writer, and bring its schema to this version.

        `timeout` is how many seconds another writer of a server is waited for. Raises `HomeError`: `newer-home`,
        `read-only`, `full`, `damaged`, `locked`, `store-gone`, `store-denied`, `store-busy`.
        """
        database = cls(place)
        try:
            database.lock(timeout)
            database.migrate()
        except HomeError:
            database.close()
            raise
        return database

    def lock(self, timeout: float) -> None:
        """Be the one writer of a server until `unlock` or `close`; of a file it is the caller's lock that counts.

        Raises `HomeError` (`locked`) when another still was after so many seconds.
        """
        if not isinstance(self._place, Server):
            return
        with driver_errors(self._place), self._engine.connect() as connection:
            if not postgres.lock(connection, timeout):
                raise faults.home_error("locked", self._place, f"it still was after {timeout:g} seconds")
            self._session = postgres.still(connection)[1]
            connection.commit()

    def unlock(self) -> None:
        """Let others write; the connection stays open."""
        if self._session is None:
            return
        self._session = None
        with driver_errors(self._place), self._engine.begin() as connection:
            connection.execute(sa.text("SELECT pg_advisory_unlock_all()"))

    def migrate(self) -> None:
        """Run what is missing of the migrations, in one transaction."""
        with self.transaction() as connection:
            present = _revision(connection)
            if present == REVISION:
                return
            self._upgrade(connection, present)

    def _upgrade(self, connection: sa.Connection, present: str | None) -> None:
        from alembic import command
        from alembic.script import ScriptDirectory
        from alembic.util import CommandError

        config = alembic_config()
        config.attributes["connection"] = connection
        known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
        if present is not None and present not in known:
            raise newer(self._place, present)
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise faults.home_error("damaged", self._place, str(error)) from error
        if isinstance(self._place, Server):
            postgres.settle(connection)

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """Give a connection inside one transaction: all of it is kept, on the disk, or nothing.

        Raises `HomeError`: `store-gone` where the connection, and with it the lock, was lost since `lock`;
        `unreadable` where the file that was opened is not the one that stands there now: what went into it would be
        acknowledged and lost.
        """
        with driver_errors(self._place), self._engine.begin() as connection:
            if isinstance(self._place, Server):
                self._check_lock(connection, self._place)
            else:
                self._check_file(self._place)
            yield connection

    def _check_file(self, path: Path) -> None:
        try:
            found = path.stat()
        except FileNotFoundError as error:
            raise faults.home_error("unreadable", path, "its file is gone") from error
        seen = found.st_dev, found.st_ino
        self._file = self._file or seen
        if seen != self._file:
            raise faults.home_error("unreadable", path, "another file was put in its place")

    def _check_lock(self, connection: sa.Connection, place: Server) -> None:
        ours, session = postgres.still(connection)
        if not ours:
            raise faults.home_error("locked", place)
        if session != self._session:
            raise faults.home_error("store-gone", place, "the connection was lost meanwhile")

    def close(self) -> None:
        """Close the connection; SQLite then folds its log into the store, a server lets go of the lock."""
        self._engine.dispose()


def alembic_config() -> AlembicConfig:
    """Give Alembic its place inside the package: there is no ini file to lose."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def newer(place: Place, revision: str) -> HomeError:
    """Say that a later version of the program wrote this store."""
    return HomeError(
        f"the store was written by a newer version (revision {revision})",
        where=str(place),
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
