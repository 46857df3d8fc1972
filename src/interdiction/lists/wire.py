"""What may go wrong on the wire, as errors that say what to do, and gzip unpacked within a bound."""

from __future__ import annotations

import re
import zlib
from urllib.parse import urlsplit

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

_TOKEN = re.compile(r"[?&]token=[^&]*")


class AskAgain(Exception):  # noqa: N818 - never leaves the downloader
    """A failure that may pass; `after` is the pause the server asked for."""

    def __init__(self, error: FetchError, after: float | None = None) -> None:
        super().__init__(error.message)
        self.error = error
        self.after = after


class Unpacked:
    """Unpacks gzip piece by piece and never more than `most` bytes."""

    def __init__(self, most: int, place: str) -> None:
        self._most, self._place, self._given = most, place, 0
        self._inflate = zlib.decompressobj(wbits=31)

    def take(self, chunk: bytes) -> bytes:
        """Give what these bytes hold. Raises `AskAgain` for damage, `FetchError` (`fetch-size`) over the bound."""
        try:
            piece = self._inflate.decompress(chunk, self._most - self._given + 1)
        except zlib.error as error:
            raise AskAgain(cut(self._place, f"its compression is damaged ({error})")) from error
        self._given += len(piece)
        if self._inflate.unconsumed_tail:
            raise too_large(self._place, self._most)
        return piece

    def end(self) -> None:
        """Raise `AskAgain` when the compression has not come to its end."""
        if not self._inflate.eof:
            raise AskAgain(cut(self._place, "its compression ends in the middle"))


def shown(address: str) -> str:
    """Give an address without user, password and token, as messages and records may show it."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    bare = parts._replace(netloc=host + port).geturl()
    return _TOKEN.sub(lambda found: found[0].split("=")[0] + "=…", bare)


def broken(place: str, error: HTTPError) -> FetchError | AskAgain:
    """Give what a failed connection is: final for a certificate, to be asked again otherwise."""
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
        return AskAgain(cut(place, f"the connection broke off ({said})"))
    if isinstance(cause, TimeoutError) and not isinstance(cause, NewConnectionError):
        return AskAgain(too_slow(place, "the server was silent too long"))
    return AskAgain(
        FetchError(
            f"the server cannot be reached: {said}",
            where=shown(place),
            mend="check the network, the proxy and the address",
            code="fetch-network",
        )
    )


def cut(place: str, why: str) -> FetchError:
    """Give the error of a file that did not come whole."""
    return FetchError(
        f"the file did not come whole: {why}",
        where=shown(place),
        mend="try again; what was in force stays in force",
        code="fetch-cut",
    )


def too_slow(place: str, why: str) -> FetchError:
    """Give the error of a server that takes too long."""
    return FetchError(why, where=shown(place), mend="try again later", code="fetch-timeout")


def too_large(place: str, most: int) -> FetchError:
    """Give the error of a file over the bound."""
    return FetchError(
        f"the file has over {most / 1024**2:.4g} MiB: no official list is that large",
        where=shown(place),
        mend="look at what the address gives",
        code="fetch-size",
    )
