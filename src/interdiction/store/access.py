"""Writes and reads keys of the network door, and what was answered to requests that may come twice."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from interdiction.model import to_json
from interdiction.model.access import AccessKey, Answered, StoredKey
from interdiction.model.audit import Deed
from interdiction.model.codec import decoder
from interdiction.store import audit, deeds, faults
from interdiction.store.instants import stamp
from interdiction.store.place import Place
from interdiction.store.schema import access_key, answered

_KEY: Final = decoder(AccessKey)


def put(connection: sa.Connection, stored: StoredKey, deed: Deed) -> None:
    """Store a key, or what became of one, and log it."""
    values = {"body": to_json(stored.key), "salt": stored.salt, "hash": stored.hash}
    audit.log(connection, [replace(deed, body={**deed.body, "row": deeds.row(*values.values())})])
    there = connection.execute(sa.select(access_key.c.id).where(access_key.c.id == stored.key.id)).first()
    if there is None:
        connection.execute(sa.insert(access_key).values(id=stored.key.id, **values))
    else:
        connection.execute(sa.update(access_key).where(access_key.c.id == stored.key.id).values(**values))


def keys(connection: sa.Connection, path: Place) -> list[StoredKey]:
    """Give every key there ever was, by its id. Raises `HomeError` (`damaged`) for the store at `path`."""
    query = sa.select(access_key.c.body, access_key.c.salt, access_key.c.hash).order_by(access_key.c.id)
    try:
        return [StoredKey(_KEY.decode(row[0]), bytes(row[1]), bytes(row[2])) for row in connection.execute(query)]
    except msgspec.DecodeError as error:
        raise faults.home_error("damaged", path, f"a key cannot be read: {error}") from error


def answer(connection: sa.Connection, caller: str, key: str) -> Answered | None:
    """Give what was answered to a request of this caller with this idempotency key."""
    table = answered
    row = connection.execute(
        sa.select(table.c.sha256, table.c.status, table.c.body, table.c.at).where(
            table.c.caller == caller, table.c.key == key
        )
    ).first()
    return None if row is None else Answered(caller, key, row[0], row[1], bytes(row[2]), datetime.fromisoformat(row[3]))


def remember(connection: sa.Connection, one: Answered) -> None:
    """Store what was answered, in the transaction of what it speaks of."""
    connection.execute(
        sa.insert(answered).values(
            caller=one.caller, key=one.key, sha256=one.sha256, status=one.status, body=one.body, at=stamp(one.at)
        )
    )


def forget(connection: sa.Connection, caller: str, key: str) -> None:
    """Forget what was answered to one request."""
    connection.execute(sa.delete(answered).where(answered.c.caller == caller, answered.c.key == key))


def forget_before(connection: sa.Connection, before: datetime) -> None:
    """Forget answers older than an instant: a client that comes back after days makes a new request."""
    connection.execute(sa.delete(answered).where(answered.c.at < stamp(before)))
