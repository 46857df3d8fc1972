"""Writes and reads webhooks and the messages that wait for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from interdiction.model import to_json
from interdiction.model.audit import Deed
from interdiction.model.codec import decoder
from interdiction.model.webhook import Event, Message, MessageState, Webhook
from interdiction.store import audit, deeds
from interdiction.store.instants import stamp
from interdiction.store.schema import webhook, webhook_message

_WEBHOOK: Final = decoder(Webhook)
_MESSAGE: Final = decoder(Message)


def put(connection: sa.Connection, hook: Webhook, secret: bytes | None, deed: Deed) -> Webhook:
    """Store a webhook that is new (number 0, with its secret), or what became of one; log it."""
    if secret is not None:
        last: int | None = connection.execute(sa.select(sa.func.max(webhook.c.number))).scalar()
        hook = Webhook((last or 0) + 1, hook.url, hook.by, hook.at, hook.events)
        connection.execute(sa.insert(webhook).values(number=hook.number, body=to_json(hook), secret=secret))
    else:
        connection.execute(sa.update(webhook).where(webhook.c.number == hook.number).values(body=to_json(hook)))
    stored = connection.execute(
        sa.select(webhook.c.body, webhook.c.secret).where(webhook.c.number == hook.number)
    ).one()
    body = {**deed.body, "row": deeds.row(*map(bytes, stored))}
    audit.log(connection, [Deed(deed.at, deed.kind, hook.id, body, deed.by)])
    return hook


def webhooks(connection: sa.Connection) -> list[tuple[Webhook, bytes]]:
    """Give every webhook there ever was, with what its messages are signed with."""
    rows = connection.execute(sa.select(webhook.c.body, webhook.c.secret).order_by(webhook.c.number))
    return [(_WEBHOOK.decode(row[0]), bytes(row[1])) for row in rows]


def tell(connection: sa.Connection, event: Event, told: Iterable[tuple[str, dict[str, Any]]], at: datetime) -> None:
    """Let messages wait for whoever wants to hear of an event, in the transaction of what happened.

    `told` are subjects, whose messages go out in their order, and bodies: ids and words of the record, no names.
    """
    hooks = [one for one, _ in webhooks(connection) if one.ended_at is None]
    wanted = [one for one in hooks if not one.events or event in one.events]
    if wanted:
        add(connection, [Message(0, one.number, event, subject, at, body) for subject, body in told for one in wanted])


def add(connection: sa.Connection, messages: Iterable[Message]) -> None:
    """Let messages wait; each gets its number."""
    last: int = connection.execute(sa.select(sa.func.max(webhook_message.c.number))).scalar() or 0
    rows = []
    for number, one in enumerate(messages, start=last + 1):
        numbered = Message(number, one.webhook, one.event, one.subject, one.at, one.body, due=one.at)
        rows.append(_row(numbered))
    if rows:
        connection.execute(sa.insert(webhook_message), rows)


def settle(connection: sa.Connection, messages: Iterable[Message]) -> None:
    """Store what became of messages."""
    table = webhook_message
    for one in messages:
        values = {name: value for name, value in _row(one).items() if name != "number"}
        connection.execute(sa.update(table).where(table.c.number == one.number).values(**values))


def waiting(connection: sa.Connection, at: datetime, most: int) -> list[Message]:
    """Give messages whose time has come: of each webhook and subject the oldest alone."""
    table = webhook_message
    first = (
        sa.select(sa.func.min(table.c.number))
        .where(table.c.state == MessageState.WAITING.value)
        .group_by(table.c.webhook, table.c.subject)
    )
    query = sa.select(table.c.body).where(table.c.number.in_(first), table.c.due <= stamp(at))
    rows = connection.execute(query.order_by(table.c.number).limit(most)).scalars()
    return [_MESSAGE.decode(body) for body in rows]


def messages(connection: sa.Connection, hook: int, most: int) -> list[Message]:
    """Give the last messages of a webhook."""
    table = webhook_message
    query = sa.select(table.c.body).where(table.c.webhook == hook).order_by(table.c.number.desc()).limit(most)
    return [_MESSAGE.decode(body) for body in connection.execute(query).scalars()]


def _row(one: Message) -> dict[str, object]:
    return {
        "number": one.number,
        "webhook": one.webhook,
        "subject": one.subject,
        "state": one.state.value,
        "due": stamp(one.due or one.at),
        "body": to_json(one),
    }
