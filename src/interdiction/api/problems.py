"""Errors as problem+json (RFC 9457): the stable code of the error tree, what is wrong, where, and how to mend it.

`detail` is what clients of yente read; every problem has it.
"""

from __future__ import annotations

from typing import Final

import msgspec

from interdiction.errors import (
    AccessError,
    DataError,
    HomeError,
    InputError,
    InterdictError,
    ListError,
    StoppedError,
    UsageError,
)

MEDIA_TYPE: Final = "application/problem+json"
PAGE: Final = "urn:interdiction:error"
_OF_CODE: Final = {
    "no-key": 401,
    "bad-key": 401,
    "expired-key": 401,
    "bad-token": 401,
    "forbidden": 403,
    "too-many-requests": 429,
    "unknown-dataset": 404,
    "unknown-listing": 404,
    "unknown-decision": 404,
    "unknown-order": 404,
    "unknown-list": 404,
    "no-list-then": 404,
    "unknown-key": 404,
    "unknown-webhook": 404,
    "unknown-property": 404,
    "not-found": 404,
    "method": 405,
    "too-slow": 408,
    "superseded": 409,
    "in-progress": 409,
    "unknown-case": 404,
    "unknown-book": 404,
    "unknown-file": 404,
    "unknown-filing": 404,
    "no-such-pair": 404,
    "preview-changed": 409,
    "nothing-to-approve": 409,
    "already-filed": 409,
    "not-confirmed": 409,
    "unknown-customer": 404,
    "repeated-id": 409,
    "unknown-clearance": 404,
    "unknown-entry": 404,
    "case-changed": 412,
    "changed": 412,
    "same-person": 403,
    "second-required": 403,
    "too-large": 413,
    "too-long": 414,
    "media-type": 415,
    "parameter": 422,
    "key-reused": 422,
    "locked": 503,
}
"""The status of an error by its code; the rest go by their class."""
_OF_CLASS: Final[tuple[tuple[type[InterdictError], int], ...]] = (
    (AccessError, 403),
    (InputError, 400),
    (UsageError, 400),
    (ListError, 503),
    (HomeError, 503),
    (StoppedError, 503),
    (DataError, 500),
)
_TITLES: Final = {
    400: "Not understood", 401: "Who are you?", 403: "Not yours to do", 404: "Not here", 405: "Not this method",
    408: "Too slow", 409: "It changed meanwhile", 412: "It changed meanwhile", 413: "Too large", 414: "Too long",
    415: "Not this form", 422: "Cannot be", 429: "Too often", 500: "Our fault", 503: "Not now",
}  # fmt: skip


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One error as a client gets it."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    where: str = ""
    mend: str = ""


def status_of(error: InterdictError) -> int:
    """Give the status of an error."""
    found = _OF_CODE.get(error.code)
    return found if found is not None else next((said for one, said in _OF_CLASS if isinstance(error, one)), 500)


def problem(error: InterdictError) -> Problem:
    """Give an error as a client gets it."""
    status = status_of(error)
    return Problem(
        f"{PAGE}:{error.code}",
        _TITLES.get(status, "Problem"),
        status,
        error.message,
        error.code,
        error.where,
        error.mend,
    )


def unforeseen() -> InterdictError:
    """Stand for a fault of ours: what happened is in the log, never in the answer."""
    return InterdictError(
        "something went wrong here; nothing was decided",
        code="internal",
        mend="tell who runs the service the request id",
    )


_ENCODE: Final = msgspec.json.Encoder().encode


def body(error: InterdictError) -> bytes:
    """Give the bytes of an error."""
    return _ENCODE(problem(error))


def headers(error: InterdictError) -> list[tuple[bytes, bytes]]:
    """Give what an error's answer carries besides its body."""
    found: list[tuple[bytes, bytes]] = [(b"content-type", MEDIA_TYPE.encode())]
    status = status_of(error)
    if status == 401:
        found.append((b"www-authenticate", b'Bearer realm="interdiction"'))
    if status in {429, 503}:
        found.append((b"retry-after", b"1"))
    return found
