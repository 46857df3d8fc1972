"""The routes of webhooks: for administrators."""

from __future__ import annotations

import os
from typing import Any

import msgspec
from litestar import Request, Response, delete, get, post
from litestar.params import JSONBody

from interdiction.api.answers import answer, caller_of, envelope
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, in_thread
from interdiction.api.permits import ADMINISTERING, allow
from interdiction.engine import webhooks
from interdiction.engine.records import number_of
from interdiction.model.access import Scope
from interdiction.model.webhook import Event

_ALLOWED = allow(ADMINISTERING, Scope.ADMIN)


class WebhookIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to tell, and of what; `events` empty: all."""

    url: str
    events: list[Event] = []


@get("/v1/webhooks", opt=_ALLOWED, tags=["webhooks"], operation_id="webhooks", summary="Webhooks")
@in_thread
def listed(service: Serving) -> Response[bytes]:
    """Give every webhook there ever was, without its secret."""
    return answer(envelope("webhooks", None, now().date(), (), webhooks.listed(service.hall.engine.home)))


@post(
    "/v1/webhooks", opt=_ALLOWED, tags=["webhooks"], operation_id="add_webhook", summary="Tell an address what happens"
)
@in_thread
def add(request: Request[Any, Any, Any], service: Serving, data: JSONBody[WebhookIn]) -> Response[bytes]:
    """Make a webhook; what its messages are signed with is in this answer and is not shown again."""
    at, secret = now(), os.urandom(webhooks.SECRET_BYTES)
    made = webhooks.add(
        service.hall.engine.home,
        data.url,
        events=data.events,
        by=caller_of(request).name,
        at=at,
        secret=secret,
        private=service.config.webhooks_to_private,
    )
    return answer(envelope("webhooks.add", None, at.date(), (), {"webhook": made, "secret": secret.hex()}), 201)


@get(
    "/v1/webhooks/{webhook:str}/messages", opt=_ALLOWED, tags=["webhooks"], operation_id="messages",
    summary="What a webhook was told",
)  # fmt: skip
@in_thread
def messages(service: Serving, webhook: InPath) -> Response[bytes]:
    """Give the last messages of a webhook, and what became of each."""
    found = webhooks.messages(service.hall.engine.home, number_of(webhook, "W"))
    return answer(envelope("webhooks.messages", None, now().date(), (), found))


@delete(
    "/v1/webhooks/{webhook:str}", opt=_ALLOWED, status_code=200, tags=["webhooks"], operation_id="end_webhook",
    summary="Tell an address nothing any more",
)  # fmt: skip
@in_thread
def end(request: Request[Any, Any, Any], service: Serving, webhook: InPath) -> Response[bytes]:
    """End a webhook."""
    at = now()
    gone = webhooks.end(service.hall.engine.home, number_of(webhook, "W"), by=caller_of(request).name, at=at)
    return answer(envelope("webhooks.end", None, at.date(), (), gone))


ROUTES = (listed, add, messages, end)
