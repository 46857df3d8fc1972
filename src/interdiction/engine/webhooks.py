"""Who is told by itself of what happens: webhooks of a home, and messages in the transaction of what they tell.

A message holds ids and words of the record, never a name of anybody: whoever is told reads the rest with a key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec.structs import replace

from interdiction.engine.home import Home
from interdiction.engine.imports import WAIT_SECONDS
from interdiction.errors import UsageError
from interdiction.model.audit import AuditKind, Deed
from interdiction.model.webhook import Event, Message, Webhook

if TYPE_CHECKING:
    import sqlalchemy as sa

Transaction = Callable[[], AbstractContextManager["sa.Connection"]]
SECRET_BYTES = 32


def add(
    home: Home, url: str, *, events: Sequence[Event], by: str, at: datetime, secret: bytes, private: bool = False
) -> Webhook:
    """Make a webhook. Raises `UsageError` (`webhook-url`) for an address that cannot be told.

    Addresses are https, unless `private` allows those of the own network.
    """
    from interdiction.store import webhooks

    parts = urlsplit(url.strip())
    schemes = {"https", "http"} if private else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password:
        raise UsageError(
            "a webhook is an https address without a password", where="url", mend="write https://host/path",
            code="webhook-url",
        )  # fmt: skip
    hook = Webhook(0, url.strip(), by, at, tuple(dict.fromkeys(events)))
    body = {"act": "webhook-added", "host": parts.hostname, "events": [one.value for one in hook.events]}
    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        return webhooks.put(connection, hook, secret, Deed(at, AuditKind.ACCESS_CHANGED, "", body, by))


def end(home: Home, number: int, *, by: str, at: datetime) -> Webhook:
    """Tell a webhook nothing any more. Raises `UsageError` (`unknown-webhook`)."""
    from interdiction.store import webhooks

    with home.writing(WAIT_SECONDS, lists=False) as database, database.transaction() as connection:
        found = next((one for one, _ in webhooks.webhooks(connection) if one.number == number), None)
        if found is None:
            raise _unknown(number)
        deed = Deed(at, AuditKind.ACCESS_CHANGED, "", {"act": "webhook-ended"}, by)
        return webhooks.put(connection, replace(found, ended_at=at, ended_by=by), None, deed)


def listed(home: Home) -> list[Webhook]:
    """Give every webhook there ever was."""
    from interdiction.store import webhooks

    with home.reading() as reader:
        return [one for one, _ in webhooks.webhooks(reader.connection)]


def messages(home: Home, number: int, most: int = 100) -> list[Message]:
    """Give the last messages of a webhook. Raises `UsageError` (`unknown-webhook`)."""
    from interdiction.store import webhooks

    with home.reading() as reader:
        if number not in {one.number for one, _ in webhooks.webhooks(reader.connection)}:
            raise _unknown(number)
        return webhooks.messages(reader.connection, number, most)


def due(home: Home, at: datetime, most: int = 100) -> list[tuple[Message, Webhook, bytes]]:
    """Give the messages whose time has come, with whom they go to and what they are signed with."""
    from interdiction.store import webhooks

    with home.reading() as reader:
        hooks = {one.number: (one, secret) for one, secret in webhooks.webhooks(reader.connection)}
        return [(one, *hooks[one.webhook]) for one in webhooks.waiting(reader.connection, at, most)]


def settle(transaction: Transaction, done: Sequence[Message]) -> None:
    """Keep what became of messages."""
    from interdiction.store import webhooks

    with transaction() as connection:
        webhooks.settle(connection, done)


def _unknown(number: int) -> UsageError:
    return UsageError(
        f"no webhook has the number {number}", where=f"W-{number}", mend="GET /v1/webhooks names them",
        code="unknown-webhook",
    )  # fmt: skip
