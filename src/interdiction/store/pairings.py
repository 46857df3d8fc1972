"""Writes and reads what people say of two listings."""

from __future__ import annotations

from datetime import datetime

import msgspec
import sqlalchemy as sa

from interdiction.model import Pairing, to_json
from interdiction.model.codec import decoder
from interdiction.store import audit, deeds, faults
from interdiction.store.instants import stamp
from interdiction.store.place import Place
from interdiction.store.schema import pairing

_PAIRING = decoder(Pairing)


def insert(connection: sa.Connection, said: Pairing) -> None:
    """Store one word; none is ever changed or deleted."""
    connection.execute(
        sa.insert(pairing).values(one=said.one, other=said.other, at=stamp(said.at), detail=to_json(said))
    )
    audit.log(connection, [deeds.pairing(said)])


def said(connection: sa.Connection, path: Place, known_by: datetime | None = None) -> list[Pairing]:
    """Give everything that was said, in its order; `known_by` leaves out what came later.

    Raises `HomeError` (`damaged`) for the store at `path`.
    """
    query = sa.select(pairing.c.detail).order_by(pairing.c.number)
    if known_by is not None:
        query = query.where(pairing.c.at <= stamp(known_by))
    try:
        return [_PAIRING.decode(detail) for detail in connection.execute(query).scalars()]
    except msgspec.DecodeError as error:
        raise faults.home_error("damaged", path, f"a pairing cannot be read: {error}") from error
