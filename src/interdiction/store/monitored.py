"""Writes and reads monitored books: what is registered of each, its customers in slices of columns, single changes.

A version is the last slices that came before it and the changes of single customers since: a book that came whole
has slices of its own, a change of one customer has one row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa

from interdiction.model import to_json
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.codec import decoder
from interdiction.model.monitored import Monitored
from interdiction.store import audit, deeds, faults
from interdiction.store.decisions import column
from interdiction.store.place import Place
from interdiction.store.schema_books import monitored_book, monitored_change, monitored_slice

_BOOK = decoder(Monitored)


def register(connection: sa.Connection, one: Monitored, more: Mapping[str, Any] = {}) -> None:
    """Store what is registered of a book now, in the place of what was; `more` goes into the log beside it."""
    table = monitored_book
    values: dict[str, Any] = {"version": one.version, "detail": to_json(one)}
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
        **more,
        "row": deeds.row(values["detail"]),
        "slices": slices_seal(connection, key, one.version),
    }
    kind = AuditKind.BOOK_REGISTERED if one.removed_at is None else AuditKind.BOOK_REMOVED
    at, by = (one.at, one.by) if one.removed_at is None else (one.removed_at, one.removed_by)
    audit.log(connection, [Deed(at, kind, one.source, body, by)])


def slices_seal(connection: sa.Connection, source: str, version: int) -> str:
    """Give one hash of all that came with a version: its slices in their order, or the customer that changed.

    `source` is as its column has it.
    """
    table, changed = monitored_slice, monitored_change
    query = sa.select(table.c.first, table.c.sha256).where(table.c.source == source, table.c.version == version)
    came = [(str(first), sha256) for first, sha256 in connection.execute(query.order_by(table.c.first))]
    one = sa.select(changed.c.customer, changed.c.sha256).where(
        changed.c.source == source, changed.c.version == version
    )
    came += [(f"customer {customer}", sha256) for customer, sha256 in connection.execute(one)]
    return deeds.row(*(name.encode() + b" " + bytes(sha256) for name, sha256 in came))


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


def change(connection: sa.Connection, source: str, version: int, customer: str, body: bytes) -> None:
    """Store that one customer is another in a version: its line of a book, or nothing where it is gone."""
    connection.execute(
        sa.insert(monitored_change).values(
            source=column(source),
            version=version,
            customer=column(customer),
            body=body,
            sha256=hashlib.sha256(body).digest(),
        )
    )


def changes(
    connection: sa.Connection, path: Place, source: str, version: int, customer: str | None = None
) -> dict[str, bytes]:
    """Give the customers that were changed one at a time up to a version, each as it is in it; empty: it is gone.

    Raises `HomeError` (`damaged`) where one is not what was kept.
    """
    table = monitored_change
    query = sa.select(table.c.customer, table.c.body, table.c.sha256).where(
        table.c.source == column(source),
        table.c.version > base(connection, source, version),
        table.c.version <= version,
    )
    if customer is not None:
        query = query.where(table.c.customer == column(customer))
    found: dict[str, bytes] = {}
    for id_, body, digest in connection.execute(query.order_by(table.c.version)):
        if hashlib.sha256(bytes(body)).digest() != bytes(digest):
            raise faults.home_error("damaged", path, f"a customer of {source} does not fit its hash")
        found.pop(id_, None)
        found[id_] = bytes(body)
    return found


def base(connection: sa.Connection, source: str, version: int) -> int:
    """Give the version whose slices a version rests on; 0 where none are kept."""
    table = monitored_slice
    query = sa.select(sa.func.max(table.c.version)).where(table.c.source == column(source), table.c.version <= version)
    return connection.execute(query).scalar() or 0


def forget(connection: sa.Connection, source: str, before: int | None = None) -> None:
    """Delete what no version from `before` on rests on, or all there is; what is registered and every proof stays."""
    slices_of, changed = monitored_slice, monitored_change
    key = column(source)
    first = base(connection, source, before) if before is not None else None
    for query in (
        sa.delete(slices_of).where(
            slices_of.c.source == key, *([slices_of.c.version < first] if first is not None else [])
        ),
        sa.delete(changed).where(changed.c.source == key, *([changed.c.version <= first] if first is not None else [])),
    ):
        connection.execute(query)


def books(connection: sa.Connection, path: Place) -> list[Monitored]:
    """Give what is registered of every book, by source. Raises `HomeError` (`damaged`)."""
    query = sa.select(monitored_book.c.detail).order_by(monitored_book.c.source)
    try:
        return [_BOOK.decode(detail) for detail in connection.execute(query).scalars()]
    except msgspec.DecodeError as error:
        raise faults.home_error("damaged", path, f"a book cannot be read: {error}") from error


def slices(connection: sa.Connection, path: Place, source: str, version: int) -> list[tuple[bytes, bytes]]:
    """Give the slices that a version rests on, in their order.

    Raises `HomeError` (`damaged`) where one is not what was kept.
    """
    table = monitored_slice
    query = sa.select(table.c.customers, table.c.behind, table.c.sha256).where(
        table.c.source == column(source), table.c.version == base(connection, source, version)
    )
    found = []
    for customers, behind, digest in connection.execute(query.order_by(table.c.first)):
        if hashlib.sha256(bytes(customers) + bytes(behind)).digest() != bytes(digest):
            raise faults.home_error("damaged", path, f"customers of {source} do not fit their hash")
        found.append((bytes(customers), bytes(behind)))
    return found
