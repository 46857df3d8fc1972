"""Sends what webhooks are told: signed, in order, again after a while where it did not arrive, and never inward.

1. A name is resolved once, every address it has is looked at, and the connection goes to one of those: a name that
   resolves differently a moment later leads nowhere else.
2. Addresses of the own network are refused unless the home's config allows them; redirects are never followed.
3. A target that hangs costs its own messages time, nobody else's.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import urllib3
from msgspec.structs import replace

from interdiction.engine.home import Home
from interdiction.engine.webhooks import Transaction, due, settle
from interdiction.model import to_json
from interdiction.model.webhook import Message, MessageState, Webhook

BACKOFF: Final = (10.0, 60.0, 300.0, 1800.0, 7200.0, 21600.0, 43200.0, 86400.0)
"""Seconds until the next attempt; after the last one a message is given up and shown."""
_CONNECT_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 10.0
_AT_ONCE: Final = 8

Resolve = Callable[[str, int], list[str]]


def resolved(host: str, port: int) -> list[str]:
    """Give every address of a name. Raises `OSError`."""
    return [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class RefusedAddressError(Exception):
    """An address that must not be told."""


def outward(addresses: list[str], *, private: bool) -> str:
    """Give the address to connect to. Raises `RefusedAddressError` where any of them is of the own network."""
    for one in addresses:
        found = ipaddress.ip_address(one.partition("%")[0])
        mapped = getattr(found, "ipv4_mapped", None)
        if not private and not ((mapped or found).is_global and not (mapped or found).is_multicast):
            raise RefusedAddressError(f"{one} is an address of the own network")
    if not addresses:
        raise RefusedAddressError("the name has no address")
    return addresses[0]


def signature(secret: bytes, stamp: str, body: bytes) -> str:
    """Give what a receiver checks: HMAC-SHA256 of the instant, a dot and the body."""
    return "v1=" + hmac.new(secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class Sender:
    """Sends the messages of one home; several processes may, each message goes out at least once."""

    def __init__(
        self, home: Home, transaction: Transaction, *, private: bool = False, resolve: Resolve = resolved
    ) -> None:
        self._home, self._transaction, self._private, self._resolve = home, transaction, private, resolve

    def round(self, at: datetime) -> int:
        """Send what is due and keep what became of it; give the number of messages. One process at a time does it."""
        with self._home.alone("webhooks") as held:
            return self._round(at) if held else 0

    def _round(self, at: datetime) -> int:
        found = due(self._home, at)
        if not found:
            return 0
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            done = list(pool.map(lambda one: self._one(one[0], one[1], one[2], at), found))
        settle(self._transaction, done)
        return len(done)

    def _one(self, message: Message, hook: Webhook, secret: bytes, at: datetime) -> Message:
        if hook.ended_at is not None:
            return replace(message, state=MessageState.GIVEN_UP, last="the webhook has ended")
        try:
            said = self._send(message, hook, secret, at)
        except RefusedAddressError as error:
            said = str(error)
        except (OSError, urllib3.exceptions.HTTPError) as error:
            said = type(error).__name__
        if not said:
            return replace(message, state=MessageState.SENT, attempts=message.attempts + 1, last="arrived")
        if message.attempts >= len(BACKOFF):
            return replace(message, state=MessageState.GIVEN_UP, attempts=message.attempts + 1, last=said)
        later = at + timedelta(seconds=BACKOFF[message.attempts])
        return replace(message, attempts=message.attempts + 1, due=later, last=said)

    def _send(self, message: Message, hook: Webhook, secret: bytes, at: datetime) -> str:
        """Give what went wrong, in words; nothing where the receiver said that it arrived."""
        parts = urlsplit(hook.url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = outward(self._resolve(host, port), private=self._private)
        body = to_json(
            {"id": f"M-{message.number}", "event": message.event, "subject": message.subject, "at": message.at,
             "body": message.body}
        )  # fmt: skip
        stamp = str(int(at.timestamp()))
        headers = {
            "host": parts.netloc,
            "content-type": "application/json",
            "user-agent": "interdiction",
            "x-interdict-id": f"M-{message.number}",
            "x-interdict-at": stamp,
            "x-interdict-signature": signature(secret, stamp, body),
        }
        timeout = urllib3.Timeout(connect=_CONNECT_SECONDS, read=_ANSWER_SECONDS)
        pool: urllib3.HTTPConnectionPool
        if parts.scheme == "https":
            pool = urllib3.HTTPSConnectionPool(
                address, port, timeout=timeout, assert_hostname=host, server_hostname=host, cert_reqs="CERT_REQUIRED"
            )
        else:
            pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout)
        with pool:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            answer = pool.urlopen(
                "POST", path, body=body, headers=headers, redirect=False, retries=False, preload_content=False
            )
            try:
                return "" if 200 <= answer.status < 300 else f"answered {answer.status}"
            finally:
                answer.close()
