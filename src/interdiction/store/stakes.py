"""Writes and reads registers of stakes: none is ever changed, the last of each source counts."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from interdiction.model import to_json
from interdiction.model.codec import decoder
from interdiction.model.ownership import RegisterImport
from interdiction.store import audit, deeds, schema
from interdiction.store.instants import stamp

_IMPORT = decoder(RegisterImport)


def insert(connection: sa.Connection, one: RegisterImport, parties: bytes, stakes: bytes) -> None:
    """Store one register; what an earlier one of its source said stays to be asked about."""
    table = schema.stake_register
    values = {"source": one.source, "at": stamp(one.at), "detail": to_json(one), "parties": parties, "stakes": stakes}
    connection.execute(sa.insert(table).values(**values))
    audit.log(connection, [deeds.register(one, parties, stakes)])


def imports(connection: sa.Connection, known_by: datetime | None = None) -> list[tuple[int, RegisterImport]]:
    """Give the last register of each source, with its number; `known_by` leaves out what came to us later."""
    table = schema.stake_register
    last = sa.select(sa.func.max(table.c.number)).group_by(table.c.source)
    if known_by is not None:
        last = last.where(table.c.at <= known_by.astimezone(UTC).isoformat(timespec="microseconds"))
    query = sa.select(table.c.number, table.c.detail).where(table.c.number.in_(last)).order_by(table.c.source)
    return [(number, _IMPORT.decode(detail)) for number, detail in connection.execute(query)]


def frames(connection: sa.Connection, number: int) -> tuple[bytes, bytes]:
    """Give the parties and the stakes of one register, each the bytes of a Parquet file."""
    table = schema.stake_register
    row = connection.execute(sa.select(table.c.parties, table.c.stakes).where(table.c.number == number)).one()
    return row[0], row[1]
