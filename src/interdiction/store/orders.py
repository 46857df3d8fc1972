"""Writes and reads what was done with draft orders."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from interdiction.model import to_json
from interdiction.model.codec import decoder
from interdiction.model.order import OrderEvent
from interdiction.store import audit, deeds, faults
from interdiction.store.instants import stamp
from interdiction.store.place import Place
from interdiction.store.schema import order_event

_EVENT = decoder(OrderEvent)


def insert(connection: sa.Connection, event: OrderEvent) -> OrderEvent:
    """Store one act; a draft kept for the first time (order 0) gets the next number."""
    if not event.order:
        last = connection.execute(sa.select(sa.func.max(order_event.c.order_number))).scalar()
        event = msgspec.structs.replace(event, order=int(last or 0) + 1)
    connection.execute(
        sa.insert(order_event).values(
            order_number=event.order, act=event.act.value, at=stamp(event.at), body=to_json(event)
        )
    )
    audit.log(connection, [deeds.order(event)])
    return event


def events(connection: sa.Connection, path: Place, order: int | None = None) -> list[OrderEvent]:
    """Give every act, in its order; `order` asks for those of one. Raises `HomeError` (`damaged`)."""
    query = sa.select(order_event.c.body).order_by(order_event.c.number)
    if order is not None:
        query = query.where(order_event.c.order_number == order)
    try:
        return [_EVENT.decode(body) for body in connection.execute(query).scalars()]
    except msgspec.DecodeError as error:
        raise faults.home_error("damaged", path, f"an order cannot be read: {error}") from error
