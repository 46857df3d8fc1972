"""The store kept open for writing by a process that runs for days, with the lock held for one transaction at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

from interdiction.engine.home import Home
from interdiction.errors import HomeError

if TYPE_CHECKING:
    import sqlalchemy as sa

    from interdiction.store.database import Database


class Writer:
    """Gives transactions of a home's store, from any thread; other processes write between them.

    Opening a store takes longer than most transactions: this opens it once. What fails is opened anew by the next
    transaction, so that a server that was away for a minute needs no restart. No list may be changed in here: for
    that there is `Home.writing`.
    """

    def __init__(self, home: Home, *, timeout: float = 30.0) -> None:
        self._home, self._timeout = home, timeout
        self._database: Database | None = None
        self._one = Lock()

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """Give a connection inside one transaction; when the block has ended without error it is on the disk.

        Waits up to `timeout` seconds for other writers. Raises `HomeError`: then nothing of it was kept, or, where
        the connection broke while it was committed (`store-gone`), nobody can know: ask the store before you repeat.
        """
        with self._one, self._home.turn(self._timeout):
            try:
                database = self._opened()
                with database.transaction() as connection:
                    yield connection
            except BaseException as error:
                self._give_up(keep=not isinstance(error, HomeError))
                raise
            self._give_up(keep=True)  # it is committed: a lock that cannot be given back takes nothing of that away

    def close(self) -> None:
        """Close the store; a transaction after that opens it again."""
        with self._one:
            self._give_up(keep=False)

    def _opened(self) -> Database:
        if self._database is None:
            self._database = self._home.opened(self._timeout)
        else:
            self._database.lock(self._timeout)
        return self._database

    def _give_up(self, *, keep: bool) -> None:
        database = self._database
        if database is None:
            return
        if keep:
            try:
                database.unlock()
            except HomeError:
                keep = False
        if not keep:
            self._database = None
            database.close()
