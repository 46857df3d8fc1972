"""One address of a publisher to bytes that can be trusted as far as the wire goes: whole, bounded, over TLS.

1. Nothing but https is asked, redirected to or answered from.
2. Time and size are bounded whatever the server does: each pause, the whole, the bytes on the wire, the bytes unpacked.
3. What comes short of the length it was announced with, or is cut in its compression, is a failure, never a file.
4. A server that hesitates (429, 5xx, a broken or silent connection) is asked again, each time after a longer pause.

Whether the bytes are a list, and which, is the readers' to say.
"""

from __future__ import annotations

import hashlib
import re
import ssl
import time
import zlib
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FuturesTimeout
from threading import Thread
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import msgspec
import urllib3
from urllib3.exceptions import (
    HTTPError,
    InvalidHeader,
    MaxRetryError,
    NewConnectionError,
    ProtocolError,
    SSLError,
    TimeoutError,  # noqa: A004 - the library's own name
)

from interdiction.errors import FetchError

AGENT = "interdiction (sanctions list reader)"
"""Sent with every request: OFAC answers 403 to one without."""
_CHUNK = 1 << 16
_REDIRECTS = 5
_OK, _NOT_MODIFIED, _TOO_MANY = 200, 304, 429
_MOVED = frozenset({301, 302, 303, 307, 308})
_SEVERAL_PARTS = re.compile(r"[?&]token=[^&]*")

T = TypeVar("T")
Wait = Callable[[float], None]
"""Sleeps for so many seconds; tests give their own."""

Heard = Callable[[int, int], None]
"""Called with the bytes that have come and those announced (0: not announced)."""


class Limits(msgspec.Struct, frozen=True):
    """What a download may take. Seconds and bytes; `attempts` counts the first one, `pause` doubles each time."""

    connect: float = 10.0
    silence: float = 30.0
    whole: float = 900.0
    size: int = 512 * 1024 * 1024
    attempts: int = 4
    pause: float = 2.0
    longest_pause: float = 120.0


class Known(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the server said of the bytes that are here already, for a conditional request."""

    etag: str | None = None
    last_modified: str | None = None


class Download(msgspec.Struct, frozen=True):
    """What an address gave. `data` is `None` when the server says that it has not changed (304).

    `address` is where the bytes came from in the end; `wire` counts the bytes as they travelled.
    """

    address: str
    status: int
    data: bytes | None
    sha256: str
    wire: int
    etag: str | None
    last_modified: str | None
    attempts: int
    seconds: float


class _Again(Exception):  # noqa: N818 - never leaves this module
    """A failure that may pass; `after` is the pause the server asked for."""

    def __init__(self, error: FetchError, after: float | None = None) -> None:
        super().__init__(error.message)
        self.error = error
        self.after = after


class Downloader:
    """Asks addresses over one set of connections. `ca_file` are further certificates to trust, `proxy` is asked first.

    Safe to use from one thread at a time; close it, or use it as a context.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        ca_file: str | None = None,
        proxy: str | None = None,
        wait: Wait = time.sleep,
    ) -> None:
        self.limits = limits or Limits()
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if ca_file:
            try:
                context.load_verify_locations(ca_file)
            except (OSError, ssl.SSLError) as error:
                raise FetchError(
                    f"the certificates to trust cannot be read: {error}",
                    where=ca_file,
                    mend="give a PEM file as ca_file in config.toml",
                    code="fetch-ca",
                ) from error
        pool: dict[str, Any] = {"ssl_context": context, "retries": False, "maxsize": 2}
        self._pool = urllib3.ProxyManager(proxy, **pool) if proxy else urllib3.PoolManager(**pool)
        self._wait = wait

    def __enter__(self) -> Downloader:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.clear()

    def get(self, address: str, known: Known | None = None, progress: Heard | None = None) -> Download:
        """Fetch one address; `progress` hears of the bytes come and announced (0: not announced).

        Raises `FetchError`: `fetch-address`, `fetch-insecure`, `fetch-redirects`, `fetch-status`, `fetch-tls`,
        `fetch-timeout`, `fetch-cut`, `fetch-size`, `fetch-network`.
        """
        started = time.monotonic()
        deadline = started + self.limits.whole
        pause = self.limits.pause
        for attempt in range(1, self.limits.attempts + 1):
            try:
                found = self._once(address, known or Known(), deadline, progress)
            except _Again as again:
                wait = min(max(pause, again.after or 0.0), self.limits.longest_pause)
                if attempt == self.limits.attempts or time.monotonic() + wait > deadline:
                    raise again.error from again
                self._wait(wait)
                pause *= 2
            else:
                return msgspec.structs.replace(found, attempts=attempt, seconds=round(time.monotonic() - started, 3))
        raise AssertionError("the last attempt returns or raises")

    def _once(self, address: str, known: Known, deadline: float, progress: Heard | None) -> Download:
        place = address
        for _ in range(_REDIRECTS + 1):
            _refuse_insecure(place, address)
            answer = self._ask(place, known, deadline)
            try:
                if answer.status in _MOVED and answer.headers.get("Location"):
                    place = urljoin(place, answer.headers["Location"])
                    continue
                if answer.status == _NOT_MODIFIED and (known.etag or known.last_modified):
                    return _found(place, answer, None, 0)
                self._refuse_status(place, answer)
                data, wire = self._body(place, answer, deadline, progress)
                return _found(place, answer, data, wire)
            finally:
                answer.close()
        raise FetchError(
            f"the address leads on more than {_REDIRECTS} times",
            where=shown(address),
            mend="look at the publisher's page for the address of the file itself",
            code="fetch-redirects",
        )

    def _ask(self, place: str, known: Known, deadline: float) -> urllib3.BaseHTTPResponse:
        headers = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, identity"}
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        limits = self.limits
        left = max(0.1, deadline - time.monotonic())
        timeout = urllib3.Timeout(connect=min(limits.connect, left), read=min(limits.silence, left))
        options: dict[str, Any] = {"redirect": False, "preload_content": False, "decode_content": False}
        try:
            return _within(left, lambda: self._pool.request("GET", place, headers=headers, timeout=timeout, **options))
        except HTTPError as error:
            raise _network(place, error) from error
        except FuturesTimeout as error:
            raise _timeout(place, f"no answer came within {left:.0f} seconds") from error

    def _refuse_status(self, place: str, answer: urllib3.BaseHTTPResponse) -> None:
        if answer.status == _OK:
            return
        error = FetchError(
            f"the server answers {answer.status} {answer.reason or ''}".rstrip(),
            where=shown(place),
            mend="try again later; when it lasts, look at the publisher's page for a new address",
            code="fetch-status",
        )
        if answer.status == _TOO_MANY or answer.status >= 500:
            raise _Again(error, _seconds(answer.headers.get("Retry-After")))
        raise error

    def _body(
        self,
        place: str,
        answer: urllib3.BaseHTTPResponse,
        deadline: float,
        progress: Heard | None,
    ) -> tuple[bytes, int]:
        announced = int(length) if (length := answer.headers.get("Content-Length", "")).isdigit() else 0
        packed = answer.headers.get("Content-Encoding", "identity").strip().lower()
        if packed not in {"gzip", "x-gzip", "identity", ""}:
            raise FetchError(
                f"the server packs the file as {packed[:40]!r}, which was not asked for",
                where=shown(place),
                mend="download the file by hand and import it",
                code="fetch-status",
            )
        unpack = _Unpacked(self.limits.size, place) if "gzip" in packed else None
        if announced > self.limits.size:
            raise _too_large(place, self.limits.size)
        parts: list[bytes] = []
        wire = size = 0
        try:
            # read1 gives what has come: a server that sends a byte a second is seen by the clock below.
            while chunk := answer.read1(_CHUNK, decode_content=False):
                wire += len(chunk)
                piece = unpack.take(chunk) if unpack else chunk
                size += len(piece)
                if size > self.limits.size:
                    raise _too_large(place, self.limits.size)
                parts.append(piece)
                if progress is not None:
                    progress(wire, announced)
                if time.monotonic() > deadline:
                    raise _timeout(place, f"the file did not come within {self.limits.whole:g} seconds")
        except HTTPError as error:
            raise _network(place, error) from error
        if unpack is not None:
            unpack.end()
        return b"".join(parts), wire


def _within(seconds: float, work: Callable[[], T]) -> T:
    """Do it in a thread that may be left behind: headers that come a byte at a time never end by themselves."""
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed to whoever waits
            done.set_exception(error)

    Thread(target=run, name="download", daemon=True).start()
    return done.result(timeout=seconds)


class _Unpacked:
    """Unpacks gzip piece by piece and never more than `most` bytes."""

    def __init__(self, most: int, place: str) -> None:
        self._most, self._place, self._given = most, place, 0
        self._inflate = zlib.decompressobj(wbits=31)

    def take(self, chunk: bytes) -> bytes:
        try:
            piece = self._inflate.decompress(chunk, self._most - self._given + 1)
        except zlib.error as error:
            raise _Again(_cut(self._place, f"its compression is damaged ({error})")) from error
        self._given += len(piece)
        if self._inflate.unconsumed_tail:
            raise _too_large(self._place, self._most)
        return piece

    def end(self) -> None:
        if not self._inflate.eof:
            raise _Again(_cut(self._place, "its compression ends in the middle"))


def shown(address: str) -> str:
    """Give an address without user, password and token, as messages and records may show it."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    bare = parts._replace(netloc=host + port).geturl()
    return _SEVERAL_PARTS.sub(lambda found: found[0].split("=")[0] + "=…", bare)


def _refuse_insecure(place: str, asked: str) -> None:
    try:
        parts = urlsplit(place)
        fits = bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise FetchError(
            "this is not an address",
            where=place[:200],
            mend="correct it in the register of lists",
            code="fetch-address",
        )
    if parts.scheme != "https":
        raise FetchError(
            "the address is not https" if place == asked else f"the address leads to {parts.scheme}, not https",
            where=shown(place),
            mend="nothing is fetched without TLS; download the file by hand and import it",
            code="fetch-insecure",
        )


def _found(place: str, answer: urllib3.BaseHTTPResponse, data: bytes | None, wire: int) -> Download:
    return Download(
        address=place,
        status=answer.status,
        data=data,
        sha256=hashlib.sha256(data).hexdigest() if data is not None else "",
        wire=wire,
        etag=answer.headers.get("ETag"),
        last_modified=answer.headers.get("Last-Modified"),
        attempts=1,
        seconds=0.0,
    )


def _network(place: str, error: HTTPError) -> FetchError | _Again:
    cause = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    said = str(cause).rpartition(": ")[2] or type(cause).__name__
    if isinstance(cause, SSLError):
        return FetchError(
            f"the server's certificate cannot be trusted, or TLS failed: {said}",
            where=shown(place),
            mend="check the address; behind a proxy that opens TLS give its certificate as ca_file in config.toml",
            code="fetch-tls",
        )
    if isinstance(cause, InvalidHeader | ProtocolError) and not isinstance(cause, NewConnectionError):
        return _Again(_cut(place, f"the connection broke off ({said})"))
    if isinstance(cause, TimeoutError) and not isinstance(cause, NewConnectionError):
        return _Again(_timeout(place, "the server was silent too long"))
    return _Again(
        FetchError(
            f"the server cannot be reached: {said}",
            where=shown(place),
            mend="check the network, the proxy and the address",
            code="fetch-network",
        )
    )


def _cut(place: str, why: str) -> FetchError:
    return FetchError(
        f"the file did not come whole: {why}",
        where=shown(place),
        mend="try again; what was in force stays in force",
        code="fetch-cut",
    )


def _timeout(place: str, why: str) -> FetchError:
    return FetchError(why, where=shown(place), mend="try again later", code="fetch-timeout")


def _too_large(place: str, most: int) -> FetchError:
    return FetchError(
        f"the file has over {most / 1024**2:.4g} MiB: no official list is that large",
        where=shown(place),
        mend="look at what the address gives",
        code="fetch-size",
    )


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.strip().isdigit() else None
