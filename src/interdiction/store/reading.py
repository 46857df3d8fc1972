"""Reads the store: editions, listings as of any edition, their history.

Whoever answers a question opens the store here, read-only, and sees one consistent state however long it reads.
It works on a read-only medium. A body whose hash no longer fits is an error, never a listing that is missing
or altered unnoticed.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from interdiction.errors import HomeError
from interdiction.model import Edition, FetchAttempt, Listing, Pairing, Verdict
from interdiction.model.codec import decoder
from interdiction.model.order import OrderEvent
from interdiction.model.ownership import RegisterImport
from interdiction.store import faults, orders, pairings, postgres, sqlite, stakes
from interdiction.store.place import Place, Server
from interdiction.store.schema import edition, fetch_attempt, listing_content, listing_interval, refusal

REVISION = "r0014"
"""The revision of the schema that these queries speak; a test holds it to the last migration."""

_BATCH = 1000
_EDITION = decoder(Edition)
_ATTEMPT = decoder(FetchAttempt)
_LISTINGS = decoder(list[Listing])
_BODY = (listing_content.c.body, listing_content.c.sha256)


class Interval(msgspec.Struct, frozen=True):
    """One stretch of editions in which a listing did not change: from `from_seq` up to, without, `to_seq`."""

    uid: str
    from_seq: int
    to_seq: int | None
    content: int


class Refusal(msgspec.Struct, frozen=True, omit_defaults=True):
    """An edition that was refused whole: when, why, and the files it came in."""

    list: str
    at: datetime
    sha256: str
    code: str
    message: str
    files: str
    by: str | None = None


class Reader:
    """One consistent view of the store; made by `opened`."""

    def __init__(self, connection: sa.Connection, path: Place) -> None:
        self._connection = connection
        self._path = path

    @property
    def connection(self) -> sa.Connection:
        """The view itself, for the modules that read decisions and the ledger."""
        return self._connection

    def editions(self, list_key: str | None = None) -> list[Edition]:
        """Give the editions of one list, or of all, in their order: list, date, arrival."""
        query = sa.select(edition.c.detail).order_by(edition.c.list, edition.c.seq)
        if list_key is not None:
            query = query.where(edition.c.list == list_key)
        return [self._edition(detail) for detail in self._connection.execute(query).scalars()]

    def last_editions(self, on: date | None = None, known_by: datetime | None = None) -> list[Edition]:
        """Give, per list, the last edition of that day or before, among those known to us by that instant."""
        last = (
            sa.select(edition.c.list, sa.func.max(edition.c.seq).label("seq"))
            .where(*_seen(on, known_by))
            .group_by(edition.c.list)
            .subquery()
        )
        query = (
            sa.select(edition.c.detail)
            .join(last, (last.c.list == edition.c.list) & (last.c.seq == edition.c.seq))
            .order_by(edition.c.list)
        )
        return [self._edition(detail) for detail in self._connection.execute(query).scalars()]

    def last_edition(self, list_key: str, on: date | None = None, known_by: datetime | None = None) -> Edition | None:
        """Give the last edition of one list of that day or before; `None` when there was none."""
        query = sa.select(edition.c.detail).where(edition.c.list == list_key, *_seen(on, known_by))
        return self._one(query.order_by(edition.c.seq.desc()).limit(1))

    def next_edition(self, list_key: str, seq: int) -> Edition | None:
        """Give the edition that follows `seq`."""
        query = sa.select(edition.c.detail).where(edition.c.list == list_key, edition.c.seq > seq)
        return self._one(query.order_by(edition.c.seq).limit(1))

    def listings(self, list_key: str, seq: int) -> Iterator[Listing]:
        """Give every listing in force at an edition, ordered by uid."""
        rows = self._connection.execute(_bodies(list_key, seq).order_by(listing_interval.c.uid))
        for batch in rows.partitions(_BATCH):
            yield from self._decoded(batch)

    def listing(self, list_key: str, uid: str, seq: int) -> Listing | None:
        """Give one listing as it was in force at an edition."""
        rows = self._connection.execute(_bodies(list_key, seq).where(listing_interval.c.uid == uid)).all()
        return self._decoded(rows)[0] if rows else None

    def history(self, list_key: str, uid: str) -> list[tuple[Interval, Listing]]:
        """Give every state a listing ever had, oldest first."""
        place = listing_interval.c
        query = (
            sa.select(*_BODY, place.from_seq, place.to_seq, place.content)
            .join(listing_interval, place.content == listing_content.c.id)
            .where(place.list == list_key, place.uid == uid)
            .order_by(place.from_seq)
        )
        rows = self._connection.execute(query).all()
        return [(Interval(uid, *row[2:]), state) for row, state in zip(rows, self._decoded(rows), strict=True)]

    def intervals(self, list_key: str, seq: int) -> dict[str, Interval]:
        """Give the intervals in force at an edition, by uid."""
        place = listing_interval.c
        query = sa.select(place.uid, place.from_seq, place.to_seq, place.content).where(*_in_force(list_key, seq))
        return {row[0]: Interval(*row) for row in self._connection.execute(query)}

    def stretches(self, list_key: str) -> list[Interval]:
        """Give every interval that a list ever had, by uid and then by their beginning."""
        place = listing_interval.c
        query = sa.select(place.uid, place.from_seq, place.to_seq, place.content).where(place.list == list_key)
        return [Interval(*row) for row in self._connection.execute(query.order_by(place.uid, place.from_seq))]

    def contents(self, wanted: Iterable[int]) -> dict[int, Listing]:
        """Give the listings of the contents named."""
        keys = sorted(set(wanted))
        found: dict[int, Listing] = {}
        for at in range(0, len(keys), _BATCH):
            query = sa.select(*_BODY, listing_content.c.id).where(listing_content.c.id.in_(keys[at : at + _BATCH]))
            rows = self._connection.execute(query).all()
            found |= zip((row[2] for row in rows), self._decoded(rows), strict=True)
        return found

    def refusals(self) -> list[Refusal]:
        """Give, per list, the last refusal."""
        last = sa.select(sa.func.max(refusal.c.number)).group_by(refusal.c.list)
        query = sa.select(refusal).where(refusal.c.number.in_(last)).order_by(refusal.c.list)
        return [
            Refusal(row.list, datetime.fromisoformat(row.at), row.sha256, row.code, row.message, row.files, row.by)
            for row in self._connection.execute(query)
        ]

    def attempts(self, list_key: str | None = None, most: int | None = None) -> list[FetchAttempt]:
        """Give attempts to fetch one list, or all, the latest first."""
        query = sa.select(fetch_attempt.c.detail).order_by(fetch_attempt.c.number.desc()).limit(most)
        if list_key is not None:
            query = query.where(fetch_attempt.c.list == list_key)
        return [self._attempt(detail) for detail in self._connection.execute(query).scalars()]

    def last_attempts(self, *, good: bool = False) -> dict[str, FetchAttempt]:
        """Give, per list, the last attempt; with `good` the last one that the publisher answered with an edition."""
        last = sa.select(sa.func.max(fetch_attempt.c.number)).group_by(fetch_attempt.c.list)
        if good:
            last = last.where(fetch_attempt.c.verdict.not_in([Verdict.FAILED.value, Verdict.REFUSED.value]))
        query = sa.select(fetch_attempt.c.detail).where(fetch_attempt.c.number.in_(last))
        found = (self._attempt(detail) for detail in self._connection.execute(query).scalars())
        return {attempt.list: attempt for attempt in found}

    def registers(self, known_by: datetime | None = None) -> list[tuple[int, RegisterImport]]:
        """Give the last register of stakes of each source, with the number under which it is kept."""
        return stakes.imports(self._connection, known_by)

    def register(self, number: int) -> tuple[bytes, bytes]:
        """Give the parties and the stakes of one register, as the bytes that were stored."""
        return stakes.frames(self._connection, number)

    def pairings(self, known_by: datetime | None = None) -> list[Pairing]:
        """Give what people said of pairs of listings, in its order; `known_by` leaves out what came later."""
        return pairings.said(self._connection, self._path, known_by)

    def order_events(self, order: int | None = None) -> list[OrderEvent]:
        """Give what was done with draft orders, in its order; `order` asks for one of them."""
        return orders.events(self._connection, self._path, order)

    def raw_files(self) -> set[str]:
        """Give the hashes of every file that some edition was made of."""
        return {part.sha256 for one in self.editions() for part in one.parts}

    def _one(self, query: sa.Select[Any]) -> Edition | None:
        detail = self._connection.execute(query).scalar()
        return None if detail is None else self._edition(detail)

    def _edition(self, detail: bytes) -> Edition:
        try:
            return _EDITION.decode(detail)
        except msgspec.DecodeError as error:
            raise faults.home_error("damaged", self._path, f"an edition cannot be read: {error}") from error

    def _attempt(self, detail: bytes) -> FetchAttempt:
        try:
            return _ATTEMPT.decode(detail)
        except msgspec.DecodeError as error:
            raise faults.home_error("damaged", self._path, f"an attempt cannot be read: {error}") from error

    def _decoded(self, rows: Sequence[Any]) -> list[Listing]:
        sha256 = hashlib.sha256
        for row in rows:
            if type(row[0]) is not bytes or sha256(row[0]).digest() != row[1]:
                raise faults.home_error("damaged", self._path, "the text of a listing does not fit its hash")
        try:
            return _LISTINGS.decode(b"[" + b",".join([row[0] for row in rows]) + b"]")
        except msgspec.DecodeError as error:
            raise faults.home_error("damaged", self._path, f"a listing cannot be read: {error}") from error


@contextmanager
def driver_errors(path: Place) -> Iterator[None]:
    """Let nothing of SQLAlchemy, the driver or the operating system out but as a HomeError."""
    with faults.translated(path), postgres.translated(path) if isinstance(path, Server) else nullcontext():
        try:
            yield
        except DBAPIError as error:
            if isinstance(error.orig, sqlite3.Error):
                raise error.orig from error
            if isinstance(path, Server) and error.orig is not None:
                raise postgres.of_server(error.orig, path) from error
            raise


@contextmanager
def opened(path: Place) -> Iterator[Reader]:
    """Open the store for reading. Raises `HomeError`: `damaged`, `newer-home`, `unreadable`, `read-only`, `locked`,
    and for a server `store-gone`, `store-denied`, `store-busy`.
    """
    with _connected(path) as connection:
        _check_revision(connection, path)
        yield Reader(connection, path)


@contextmanager
def _connected(place: Place) -> Iterator[sa.Connection]:
    if isinstance(place, Server):
        with driver_errors(place), postgres.reading_engine(place).connect() as connection:
            yield connection
        return
    with sqlite.engine(place) as engine, driver_errors(place), engine.connect() as connection:
        yield connection


def stamp(place: Server) -> tuple[int, ...]:
    """Give numbers of a server's store that differ when what is in force may."""
    with driver_errors(place), postgres.reading_engine(place).connect() as connection:
        return postgres.stamp(connection)


def is_blank(path: Place) -> bool:
    """Tell whether nothing was ever committed here: no file, or a database without a table."""
    if isinstance(path, Server):
        with driver_errors(path), postgres.reading_engine(path).connect() as connection:
            return postgres.is_blank(connection)
    return sqlite.is_blank(path)


def _check_revision(connection: sa.Connection, path: Place) -> None:
    row = connection.execute(sa.text("SELECT version_num FROM alembic_version")).first()
    if row is not None and row[0] < REVISION:
        raise HomeError(
            f"the store has schema {row[0]} of an earlier version, this one reads {REVISION}",
            where=str(path),
            mend="make the home writable for this user once: it is brought to this version",
            code="older-home",
        )
    if row is None or row[0] != REVISION:
        raise HomeError(
            f"the store has schema {row[0] if row else 'nothing'}, this version reads {REVISION}",
            where=str(path),
            mend="use the version of interdiction that made this home, or another --home",
            code="newer-home",
        )


def _bodies(list_key: str, seq: int) -> sa.Select[Any]:
    joined = listing_interval.join(listing_content, listing_interval.c.content == listing_content.c.id)
    return sa.select(*_BODY).select_from(joined).where(*_in_force(list_key, seq))


def _in_force(list_key: str, seq: int) -> tuple[sa.ColumnElement[bool], ...]:
    place = listing_interval.c
    return (place.list == list_key, place.from_seq <= seq, sa.or_(place.to_seq.is_(None), place.to_seq > seq))


def _seen(on: date | None, known_by: datetime | None) -> list[sa.ColumnElement[bool]]:
    seen: list[sa.ColumnElement[bool]] = []
    if on is not None:
        seen.append(edition.c.on_date <= on)
    if known_by is not None:
        seen.append(edition.c.known_at <= known_by.astimezone(UTC).isoformat(timespec="microseconds"))
    return seen
