"""The contract's envelope over the network: what every answer of ours says beside its result."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from litestar import Request, Response

from interdiction.engine.inforce import EditionInForce
from interdiction.errors import UsageError
from interdiction.model import Problem, to_json
from interdiction.model.access import Caller

JSON = "application/json"


def envelope(
    command: str,
    as_of: date | None,
    day: date,
    editions: Iterable[EditionInForce],
    result: Any,
    problems: Sequence[Problem] = (),
    **more: Any,
) -> bytes:
    """Give an answer as the command's `--json` gives it; `day` is what ages are counted to."""
    body = {
        "schema": f"interdict.{command}/1",
        "as_of": as_of,
        "editions": [one.aged(day) for one in editions],
        "result": result,
        "problems": list(problems),
        **more,
    }
    return to_json(body)


def answer(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response[bytes]:
    """Give bytes of JSON as an answer."""
    return Response(body, status_code=status, media_type=JSON, headers=headers or {})


def tagged(request: Request[Any, Any, Any], body: bytes, tag: str | None = None) -> Response[bytes]:
    """Answer with an entity tag (of the bytes unless given); 304 where the client has it already."""
    mark = f'"{tag or hashlib.sha256(body).hexdigest()[:32]}"'
    asked = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if mark in asked or "*" in asked:
        return Response(b"", status_code=304, headers={"etag": mark})
    return answer(body, headers={"etag": mark, "cache-control": "private, no-cache"})


def expected(request: Request[Any, Any, Any], tag: str) -> None:
    """See that a thing still has the entity tag the caller read, where it sent one in `If-Match`.

    Raises `UsageError` (`changed`).
    """
    wanted = request.headers.get("if-match")
    if wanted is None or wanted.strip() == "*":
        return
    if f'"{tag}"' not in {one.strip() for one in wanted.split(",")}:
        raise UsageError("it is not as it was when it was read", where="If-Match", mend="read it again", code="changed")


def mark_of(value: object) -> str:
    """Give the entity tag of a thing: of all that is told of it."""
    return hashlib.sha256(to_json(value)).hexdigest()[:32]


def caller_of(request: Request[Any, Any, Any]) -> Caller:
    """Give whom a request came from."""
    caller: Caller = request.scope["state"]["caller"]
    return caller
