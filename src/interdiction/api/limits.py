"""What a caller may use up: requests a second, and the size and the time of a body."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from interdiction.errors import AccessError, InputError
from interdiction.model.access import Caller

Receive = Callable[[], Awaitable[Any]]
_CALLERS_KEPT: Final = 10_000
_BURST_SECONDS: Final = 2.0


class Bucket:
    """The requests each caller may still make; refilled by time."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, caller: Caller, now: float) -> None:
        """Use one request up, by a clock that never goes back. Raises `AccessError` (`too-many-requests`)."""
        rate = caller.per_second or self._per_second
        if rate <= 0:
            return
        most = max(1.0, rate * _BURST_SECONDS)
        left, then = self._left.get(caller.id, (most, now))
        left = min(most, left + (now - then) * rate) - 1.0
        if left < 0:
            raise AccessError(
                f"more than {rate:g} requests a second",
                where=caller.id,
                mend="wait a moment, or put several parties into one request",
                code="too-many-requests",
            )
        if len(self._left) >= _CALLERS_KEPT:
            self._left.clear()
        self._left[caller.id] = (left, now)


LEAST_A_SECOND: Final = 256
"""Bytes a second that a stream has to bring over its whole length, once its first seconds are over."""


class Pace:
    """How fast a stream comes: whoever sends a byte now and then is given up, however long each pause."""

    def __init__(self, seconds: float, now: float) -> None:
        self._seconds, self._began, self._size = seconds, now, 0

    def came(self, size: int, now: float) -> None:
        """Take note of a piece, by a clock that never goes back. Raises `InputError` (`too-slow`)."""
        self._size += size
        late = now - self._began - self._seconds
        if late > 0 and self._size < late * LEAST_A_SECOND:
            raise too_slow(self._seconds)


def declared(headers: list[tuple[bytes, bytes]], largest: int) -> None:
    """Refuse a body by the length it declares. Raises `InputError` (`too-large`, `body`)."""
    for name, value in headers:
        if name == b"content-length":
            if not value.isdigit():
                raise InputError("the length of the body is no number", where="Content-Length", code="body")
            if int(value) > largest:
                raise too_large(largest)


def too_large(largest: int) -> InputError:
    """Give the error of a body that is too large."""
    return InputError(
        f"the body is larger than {largest:,} bytes",
        where="body",
        mend="send it in parts, or as a stream to POST /v1/screen/stream",
        code="too-large",
    )


def too_slow(seconds: float) -> InputError:
    """Give the error of a body that takes too long."""
    return InputError(
        f"the body did not come within {seconds:g} seconds", where="body", mend="send it at once", code="too-slow"
    )


async def whole(receive: Receive, largest: int, seconds: float) -> bytes:
    """Give the body of a request. Raises `InputError` (`too-large`, `too-slow`, `body` where the client went away)."""
    first: MutableMapping[str, Any] = await _within(receive, seconds)
    body: bytes = first.get("body", b"")
    if len(body) > largest:
        raise too_large(largest)
    if first["type"] == "http.request" and not first.get("more_body"):
        return body
    parts, size = [body], len(body)
    try:
        async with asyncio.timeout(seconds):
            more = first["type"] == "http.request"
            while more:
                message = await receive()
                if message["type"] != "http.request":
                    raise InputError("the client went away", where="body", code="body")
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > largest:
                    raise too_large(largest)
                more = bool(message.get("more_body"))
    except TimeoutError:
        raise too_slow(seconds) from None
    return b"".join(parts)


async def _within(receive: Receive, seconds: float) -> Any:
    try:
        async with asyncio.timeout(seconds):
            return await receive()
    except TimeoutError:
        raise too_slow(seconds) from None
