"""Writes and reads monitored books: each version of a book in slices of columns, and what is registered of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from interdiction.model import to_json
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.codec import decoder
from interdiction.model.monitored import Monitored
from interdiction.store import audit, faults
from interdiction.store.decisions import column
from interdiction.store.place import Place
from interdiction.store.schema import monitored_book, monitored_slice

_BOOK = decoder(Monitored)


def register(connection: sa.Connection, one: Monitored) -> None:
    """Store what is registered of a book now, in the place of what was."""
    table = monitored_book
    values = {"version": one.version, "detail": to_json(one)}
    key = column(one.source)
    changed = connection.execute(sa.update(table).where(table.c.source == key).values(**values))
    if not changed.rowcount:
        connection.execute(sa.insert(table).values(source=key, **values))
    body = {
        "version": one.version,
        "sha256": one.sha256,
        "customers": one.customers,
        "behind": one.behind,
        "rejected": len(one.rejected),
        "totals": one.totals,
        "doubts": one.doubts,
    }
    kind = AuditKind.BOOK_REGISTERED if one.removed_at is None else AuditKind.BOOK_REMOVED
    at, by = (one.at, one.by) if one.removed_at is None else (one.removed_at, one.removed_by)
    audit.log(connection, [Deed(at, kind, one.source, body, by)])


def keep(connection: sa.Connection, source: str, version: int, slices: Iterable[tuple[int, bytes, bytes]]) -> None:
    """Store slices of a version: the place of the first customer, the customers, and those behind them (or nothing)."""
    rows = [
        {
            "source": column(source),
            "version": version,
            "first": first,
            "customers": customers,
            "behind": behind,
            "sha256": hashlib.sha256(customers + behind).digest(),
        }
        for first, customers, behind in slices
    ]
    if rows:
        connection.execute(sa.insert(monitored_slice), rows)


def forget(connection: sa.Connection, source: str, but: Iterable[int]) -> None:
    """Delete the slices of a book but those of some versions; what is registered and every proof stays."""
    table = monitored_slice
    connection.execute(sa.delete(table).where(table.c.source == column(source), table.c.version.not_in(list(but))))


def books(connection: sa.Connection, path: Place) -> list[Monitored]:
    """Give what is registered of every book, by source. Raises `HomeError` (`damaged`)."""
    query = sa.select(monitored_book.c.detail).order_by(monitored_book.c.source)
    try:
        return [_BOOK.decode(detail) for detail in connection.execute(query).scalars()]
    except msgspec.DecodeError as error:
        raise faults.home_error("damaged", path, f"a book cannot be read: {error}") from error


def slices(connection: sa.Connection, path: Place, source: str, version: int) -> list[tuple[bytes, bytes]]:
    """Give the slices of a version in their order. Raises `HomeError` (`damaged`) where one is not what was kept."""
    table = monitored_slice
    query = sa.select(table.c.customers, table.c.behind, table.c.sha256).where(
        table.c.source == column(source), table.c.version == version
    )
    found = []
    for customers, behind, digest in connection.execute(query.order_by(table.c.first)):
        if hashlib.sha256(bytes(customers) + bytes(behind)).digest() != bytes(digest):
            raise faults.home_error("damaged", path, f"customers of {source} do not fit their hash")
        found.append((bytes(customers), bytes(behind)))
    return found
