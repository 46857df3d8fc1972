"""Writes and reads what was done with clearances."""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa

from interdiction.model import to_json
from interdiction.model.clearance import ClearanceEntry
from interdiction.model.codec import decoder
from interdiction.store import audit, case_deeds, chain, faults, schema
from interdiction.store.instants import stamp
from interdiction.store.place import Place

_ENTRY = decoder(ClearanceEntry)


def insert(connection: sa.Connection, entry: ClearanceEntry) -> ClearanceEntry:
    """Store one step; what is asked for the first time (clearance 0) gets the next number."""
    table = schema.clearance_entry
    if not entry.clearance:
        last: int | None = connection.execute(sa.select(sa.func.max(table.c.clearance))).scalar()
        entry = msgspec.structs.replace(entry, clearance=(last or 0) + 1)

    def body(_: int) -> tuple[bytes, dict[str, Any]]:
        return to_json(entry), {"clearance": entry.clearance, "act": entry.act.value, "at": stamp(entry.at)}

    chain.append(connection, table, [body])
    audit.log(connection, [case_deeds.clearance(entry)])
    return entry


def entries(connection: sa.Connection, path: Place, clearance: int | None = None) -> list[ClearanceEntry]:
    """Give every step, in its order; `clearance` asks for those of one. Raises `HomeError` (`damaged`)."""
    table = schema.clearance_entry
    query = sa.select(table.c.body).order_by(table.c.number)
    if clearance is not None:
        query = query.where(table.c.clearance == clearance)
    try:
        return [_ENTRY.decode(body) for body in connection.execute(query).scalars()]
    except msgspec.DecodeError as error:
        raise faults.home_error("damaged", path, f"a clearance cannot be read: {error}") from error


def last_number(connection: sa.Connection) -> int:
    """Give the number of the last step; 0 where there is none."""
    return chain.last(connection, schema.clearance_entry)[0]


def broken(connection: sa.Connection) -> list[tuple[int, str]]:
    """Give the steps whose seal does not hold."""
    return list(chain.broken(connection, schema.clearance_entry))
