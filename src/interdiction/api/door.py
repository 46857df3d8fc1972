"""The door itself, around every route: who asks, how often, how much; what went wrong; what it cost.

Nothing behind it is reached without a caller but the probes. `POST /match/{dataset}` is answered here, without the
walk through the routes: it is what clients ask thousands of times a second. The route of the same path gives its
description, and the same answer.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from os import urandom
from time import perf_counter
from typing import Any, Final

import msgspec

from interdiction.api import problems
from interdiction.api.clock import now
from interdiction.api.limits import Receive, declared, whole
from interdiction.api.service import Service
from interdiction.api.yente.asking import match_answer
from interdiction.errors import AccessError, InputError, InterdictError
from interdiction.model.access import Caller, Role, Scope
from interdiction.store import faults

Scoped = MutableMapping[str, Any]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Any, Any, Any], Awaitable[None]]

PROBES: Final = frozenset({"/healthz", "/readyz"})
STREAMS: Final = frozenset({"/v1/screen/stream", "/v1/book"})
"""Paths whose bodies are read piece by piece: their size is not limited, their time between pieces is."""
_MATCH: Final = "/match/"
_EVERYBODY: Final = frozenset(Role)
_LONGEST_URL: Final = 60_000
_JSON: Final = (b"content-type", b"application/json")
_ALWAYS: Final = [(b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store")]
_ENCODE: Final = msgspec.json.Encoder().encode


class Door:
    """The outermost layer, an ASGI application around another."""

    def __init__(self, service: Service, inner: App) -> None:
        self._service, self._inner = service, inner

    async def __call__(self, scope: Scoped, receive: Receive, send: Send) -> None:
        """Answer one request, or pass on what is none."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._inner(scope, receive, send)
            else:
                await send({"type": "websocket.close"})
            return
        visit = Visit(scope, send)
        traces = self._service.traces
        span = traces.begin(visit.method, scope["headers"]) if traces is not None else None
        try:
            await self._answer(scope, receive, visit)
        except InterdictError as error:
            await visit.fail(error)
        except (asyncio.CancelledError, GeneratorExit):
            raise
        except (RecursionError, UnicodeDecodeError) as error:
            await visit.fail(unreadable(error))
        except OSError as error:
            if not faults.no_room(error):
                visit.fault = f"{type(error).__name__}: {error}"[:500]
            await visit.fail(faults.of_system(error, "") if faults.no_room(error) else problems.unforeseen())
        except Exception as error:  # noqa: BLE001 - the door: our own fault is said as such, and its text stays here
            visit.fault = f"{type(error).__name__}: {error}"[:500]
            await visit.fail(problems.unforeseen())
        finally:
            self._told(visit)
            if traces is not None:
                traces.end(span, visit.method, visit.named(), visit.status, visit.id)

    async def _answer(self, scope: Scoped, receive: Receive, visit: Visit) -> None:
        path: str = scope["path"]
        if path in PROBES:
            visit.route = path
            await self._inner(scope, receive, visit.send)
            return
        service, headers = self._service, scope["headers"]
        caller = service.gate.caller(headers, now())
        visit.caller = caller
        service.bucket.take(caller, visit.began)
        if len(path) + len(scope["query_string"]) > _LONGEST_URL:
            raise InputError("the address is too long", where="URL", mend="send a body", code="too-long")
        if path not in STREAMS:
            declared(headers, service.config.largest_body)
        if scope["method"] == "POST" and path.startswith(_MATCH) and "/" not in path[len(_MATCH) :]:
            visit.route = "/match/{dataset}"
            if not caller.may(_EVERYBODY, Scope.SCREEN):
                raise forbidden(caller)
            body = await whole(receive, service.config.largest_body, service.config.body_seconds)
            answer, count = await match_answer(
                service, path[len(_MATCH) :], scope["query_string"], body, caller, idempotency(headers)
            )
            await visit.give(200, answer, [_JSON, (b"x-batch-size", b"%d" % count)])
            return
        scope.setdefault("state", {})["caller"] = caller
        if path not in STREAMS:
            receive = _limited(receive, service.config.largest_body, service.config.body_seconds)
        await self._inner(scope, receive, visit.send)

    def _told(self, visit: Visit) -> None:
        seconds = perf_counter() - visit.began
        self._service.metrics.answered(visit.named(), visit.method, visit.status, seconds)
        if self._service.settings.log:
            line = {
                "at": now().isoformat(timespec="milliseconds"),
                "request": visit.id,
                "method": visit.method,
                "route": visit.named(),
                "status": visit.status,
                "ms": round(seconds * 1000, 2),
                "caller": visit.caller.id if visit.caller else None,
            }
            if visit.fault:
                line["fault"] = visit.fault
            sys.stderr.write(_ENCODE(line).decode() + "\n")


def unreadable(error: Exception) -> InputError:
    """Give the error of a request that no reader gets through: nested too deeply, or not in UTF-8."""
    what = "is nested too deeply" if isinstance(error, RecursionError) else "is not UTF-8"
    return InputError(f"the request {what}", where="body", mend="send plain JSON in UTF-8", code="body")


def idempotency(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Give the idempotency key of a request, if it carries one."""
    return next((value.decode("latin-1") for name, value in headers if name == b"idempotency-key"), None)


def forbidden(caller: Caller) -> AccessError:
    """Give the error of a caller in the wrong role."""
    return AccessError(
        f"{caller.role.value} may not do this" if not caller.scopes else "this key may not do this",
        where=caller.id,
        mend="ask somebody whose role allows it (docs/roles.md)",
        code="forbidden",
    )


class Visit:
    """One request on its way: what it was, and what became of it."""

    __slots__ = ("_send", "began", "caller", "fault", "id", "method", "route", "scope", "started", "status")

    def __init__(self, scope: Scoped, send: Send) -> None:
        self.scope, self._send = scope, send
        self.began = perf_counter()
        self.method: str = scope["method"]
        self.id = urandom(8).hex()
        self.route = ""
        self.status = 0
        self.caller: Caller | None = None
        self.fault = ""
        self.started = False

    def named(self) -> str:
        """Give the template of the route, never the path: a path may hold a name."""
        return self.route or str(self.scope.get("path_template") or "none")

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """Pass a message of the inner application on, with what every answer carries."""
        if message["type"] == "http.response.start":
            self.status, self.started = message["status"], True
            headers = list(message.get("headers", ()))
            held = {name for name, _ in headers}
            headers += [one for one in _ALWAYS if one[0] not in held]
            message = {**message, "headers": [*headers, (b"x-request-id", self.id.encode())]}
        await self._send(message)

    async def give(self, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
        """Answer at once."""
        self.status, self.started = status, True
        length = (b"content-length", b"%d" % len(body))
        all_headers = [*headers, *_ALWAYS, (b"x-request-id", self.id.encode()), length]
        await self._send({"type": "http.response.start", "status": status, "headers": all_headers})
        await self._send({"type": "http.response.body", "body": body})

    async def fail(self, error: InterdictError) -> None:
        """Answer with a problem; where an answer has begun there is nothing left to say."""
        if not self.started:
            await self.give(problems.status_of(error), problems.body(error), problems.headers(error))


def _limited(receive: Receive, largest: int, seconds: float) -> Receive:
    """Let no more of a body through than is allowed, and wait no longer for it."""
    given = False

    async def one() -> Any:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": await whole(receive, largest, seconds), "more_body": False}

    return one
