"""The routes of announced orders: drafts that wait, and what an officer decides on them."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import JSONBody

from interdiction.api.answers import answer, caller_of, envelope
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, in_thread
from interdiction.api.permits import APPROVING, LOOKING, allow
from interdiction.engine import orders
from interdiction.engine.records import number_of
from interdiction.errors import AccessError
from interdiction.model.access import Caller, Scope


class OrderIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an officer says of a draft: `confirm` brings its parties into force, and names the law where it binds."""

    confirm: bool
    why: str
    law: str = ""
    only: list[str] = []


class ReviewIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a second person says of a confirmed order."""

    why: str


@get(
    "/v1/orders", opt=allow(LOOKING, Scope.ORDERS), tags=["orders"], operation_id="orders",
    summary="Announced orders",
)  # fmt: skip
@in_thread
def listed(service: Serving) -> Response[bytes]:
    """Give every draft, what was decided on it, and how the official lists stand to whom it announced."""
    at, engine = now(), service.hall.engine
    drafts = [{"kept": kept, "decided": decided} for kept, decided in orders.orders(engine.home)]
    waiting = orders.pending(engine, at)
    return answer(envelope("orders", None, at.date(), (), {"orders": drafts, "pending": waiting}))


@post(
    "/v1/orders/{order:str}/decision", opt=allow(APPROVING, Scope.ORDERS), status_code=200,
    tags=["orders"], operation_id="decide_order", summary="Confirm or reject an announced order",
)  # fmt: skip
@in_thread
def decide(
    request: Request[Any, Any, Any], service: Serving, order: InPath, data: JSONBody[OrderIn]
) -> Response[bytes]:
    """Confirm or reject a draft: by an approver, and never by whoever kept it."""
    at, home, caller = now(), service.hall.engine.home, caller_of(request)
    number = number_of(order, "O")
    _second(service, number, caller)
    if data.confirm:
        done = orders.confirm(home, number, by=caller.name, why=data.why, at=at, law=data.law, only=data.only)
        service.renew()
    else:
        done = orders.reject(home, number, by=caller.name, why=data.why, at=at)
    return answer(envelope("orders", None, at.date(), (), done))


@post(
    "/v1/orders/{order:str}/review", opt=allow(APPROVING, Scope.ORDERS), status_code=201, tags=["orders"],
    operation_id="review_order", summary="Look as a second person at what one person confirmed",
)  # fmt: skip
@in_thread
def review(
    request: Request[Any, Any, Any], service: Serving, order: InPath, data: JSONBody[ReviewIn]
) -> Response[bytes]:
    """Look at a confirmed order: it held at once and goes on to hold; whoever confirmed it may not."""
    at = now()
    home, by = service.hall.engine.home, caller_of(request).name
    done = orders.review(home, number_of(order, "O"), by=by, why=data.why, at=at)
    return answer(envelope("orders", None, at.date(), (), done), 201)


def _second(service: Serving, number: int, caller: Caller) -> None:
    """See that the second person is not the first. Raises `AccessError` (`forbidden`)."""
    for kept, _ in orders.orders(service.hall.engine.home):
        if kept.order == number and kept.by and kept.by == caller.name:
            raise AccessError(
                "whoever kept a draft does not confirm it",
                where=f"O-{number}",
                mend="ask a second person",
                code="forbidden",
            )


ROUTES = (listed, decide, review)
