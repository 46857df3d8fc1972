"""One address of a publisher to bytes that can be trusted as far as the wire goes: whole, bounded, over TLS.

1. Nothing but https is asked, redirected to or answered from.
2. Time and size are bounded whatever the server does: each pause, the whole, the bytes on the wire, the bytes unpacked.
3. What comes short of the length it was announced with, or is cut in its compression, is a failure, never a file.
4. A server that hesitates (429, 5xx, a broken or silent connection) is asked again, each time after a longer pause.

Whether the bytes are a list, and which, is the readers' to say.
"""

from __future__ import annotations

import hashlib
import ssl
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FuturesTimeout
from threading import Thread
from typing import Any, Protocol, TypeVar
from urllib.parse import urljoin, urlsplit

import msgspec
import urllib3
from urllib3.exceptions import HTTPError

from interdiction.errors import FetchError
from interdiction.lists.wire import AskAgain, Unpacked, broken, shown, too_large, too_slow

AGENT = "interdiction (sanctions list reader)"
"""Sent with every request: OFAC answers 403 to one without."""
_CHUNK = 1 << 16
_REDIRECTS = 5
_OK, _NOT_MODIFIED, _TOO_MANY = 200, 304, 429
_MOVED = frozenset({301, 302, 303, 307, 308})

T = TypeVar("T")


class Watch(Protocol):
    """The door's stopwatch: no room below it reads the clock."""

    def monotonic(self) -> float:
        """Give seconds that only ever grow."""

    def sleep(self, seconds: float, /) -> None:
        """Wait so long."""


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


class Downloader:
    """Asks addresses over one set of connections. `ca_file` are further certificates to trust, `proxy` is asked first.

    Safe to use from one thread at a time; close it, or use it as a context.
    """

    def __init__(
        self,
        watch: Watch,
        limits: Limits | None = None,
        *,
        ca_file: str | None = None,
        proxy: str | None = None,
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
        self._watch = watch

    def __enter__(self) -> Downloader:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.clear()

    def get(self, address: str, known: Known | None = None, progress: Heard | None = None) -> Download:
        """Fetch one address; `progress` hears of the bytes come and announced (0: not announced).

        Raises `FetchError`: `fetch-address`, `fetch-insecure`, `fetch-redirects`, `fetch-status`, `fetch-tls`,
        `fetch-timeout`, `fetch-cut`, `fetch-size`, `fetch-network`.
        """
        started = self._watch.monotonic()
        deadline = started + self.limits.whole
        pause = self.limits.pause
        for attempt in range(1, self.limits.attempts + 1):
            try:
                found = self._once(address, known or Known(), deadline, progress)
            except AskAgain as again:
                wait = min(max(pause, again.after or 0.0), self.limits.longest_pause)
                if attempt == self.limits.attempts or self._watch.monotonic() + wait > deadline:
                    raise again.error from again
                self._watch.sleep(wait)
                pause *= 2
            else:
                return msgspec.structs.replace(
                    found, attempts=attempt, seconds=round(self._watch.monotonic() - started, 3)
                )
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
        left = max(0.1, deadline - self._watch.monotonic())
        timeout = urllib3.Timeout(connect=min(limits.connect, left), read=min(limits.silence, left))
        options: dict[str, Any] = {"redirect": False, "preload_content": False, "decode_content": False}
        try:
            return _within(left, lambda: self._pool.request("GET", place, headers=headers, timeout=timeout, **options))
        except HTTPError as error:
            raise broken(place, error) from error
        except FuturesTimeout as error:
            raise too_slow(place, f"no answer came within {left:.0f} seconds") from error

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
            raise AskAgain(error, _seconds(answer.headers.get("Retry-After")))
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
        unpack = Unpacked(self.limits.size, place) if "gzip" in packed else None
        if announced > self.limits.size:
            raise too_large(place, self.limits.size)
        parts: list[bytes] = []
        wire = size = 0
        try:
            # read1 gives what has come: a server that sends a byte a second is seen by the clock below.
            while chunk := answer.read1(_CHUNK, decode_content=False):
                wire += len(chunk)
                piece = unpack.take(chunk) if unpack else chunk
                size += len(piece)
                if size > self.limits.size:
                    raise too_large(place, self.limits.size)
                parts.append(piece)
                if progress is not None:
                    progress(wire, announced)
                if self._watch.monotonic() > deadline:
                    raise too_slow(place, f"the file did not come within {self.limits.whole:g} seconds")
        except HTTPError as error:
            raise broken(place, error) from error
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


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.strip().isdigit() else None
