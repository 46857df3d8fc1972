"""The routes of keys: for administrators, who decide on nobody."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.params import JSONBody

from interdiction.api.answers import answer, caller_of, envelope
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, in_thread
from interdiction.api.permits import ADMINISTERING, allow
from interdiction.engine import access
from interdiction.model.access import Role, Scope

_ALLOWED = allow(ADMINISTERING, Scope.ADMIN)


class KeyIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key to be made; `scopes` empty: all that the role may."""

    name: str
    role: Role
    scopes: list[Scope] = []
    expires_at: datetime | None = None
    per_second: float = 0.0


class RotateIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long the old key goes on."""

    keep_hours: float = 24.0


@get("/v1/keys", opt=_ALLOWED, tags=["keys"], operation_id="keys", summary="Keys")
@in_thread
def listed(service: Serving) -> Response[bytes]:
    """Give every key there ever was, without its secret."""
    at = now()
    found = [{"usable": one.key.usable(at), "key": one.key} for one in access.keys(service.hall.engine.home)]
    return answer(envelope("keys", None, at.date(), (), found))


@post("/v1/keys", opt=_ALLOWED, tags=["keys"], operation_id="add_key", summary="Make a key")
@in_thread
def add(request: Request[Any, Any, Any], service: Serving, data: JSONBody[KeyIn]) -> Response[bytes]:
    """Make a key; its text is in this answer and nowhere else."""
    at = now()
    expires = data.expires_at
    if expires is not None and expires.tzinfo is None:
        expires = expires.replace(tzinfo=UTC)
    key, text = access.add(
        service.hall.engine.home,
        data.name,
        data.role,
        by=caller_of(request).name,
        at=at,
        entropy=os.urandom(96),
        scopes=data.scopes,
        expires_at=expires,
        per_second=max(0.0, data.per_second),
    )
    service.gate.renew()
    return answer(envelope("keys.add", None, at.date(), (), {"key": key, "text": text}), 201)


@post(
    "/v1/keys/{key:str}/rotate", opt=_ALLOWED, tags=["keys"], operation_id="rotate_key",
    summary="Make a key in the place of another",
)  # fmt: skip
@in_thread
def rotate(request: Request[Any, Any, Any], service: Serving, key: InPath, data: JSONBody[RotateIn]) -> Response[bytes]:
    """Make a key in the place of another, which goes on for some hours."""
    at = now()
    until = at + timedelta(hours=min(max(0.0, data.keep_hours), 24.0 * 90))
    made, text = access.rotate(
        service.hall.engine.home, key, by=caller_of(request).name, at=at, until=until, entropy=os.urandom(96)
    )
    service.gate.renew()
    return answer(envelope("keys.add", None, at.date(), (), {"key": made, "text": text}), 201)


@delete(
    "/v1/keys/{key:str}", opt=_ALLOWED, status_code=200, tags=["keys"],
    operation_id="revoke_key", summary="Let a key open nothing any more",
)  # fmt: skip
@in_thread
def revoke(request: Request[Any, Any, Any], service: Serving, key: InPath) -> Response[bytes]:
    """Let a key open nothing from now on."""
    at = now()
    gone = access.revoke(service.hall.engine.home, key, by=caller_of(request).name, at=at)
    service.gate.renew()
    return answer(envelope("keys.revoke", None, at.date(), (), {"key": gone}))


ROUTES = (listed, add, rotate, revoke)
