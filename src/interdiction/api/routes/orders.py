"""The routes of announced orders: drafts that wait, and what an officer decides on them."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.params import JSONBody

from interdiction.api.answers import answer, caller_of, envelope, expected, mark_of, tagged
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, in_thread
from interdiction.api.permits import APPROVING, LOOKING, allow
from interdiction.engine import orders
from interdiction.engine.records import number_of
from interdiction.errors import AccessError, UsageError
from interdiction.model.access import Caller, Scope
from interdiction.model.order import OrderEvent


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


@get("/v1/orders/{order:str}", opt=allow(LOOKING, Scope.ORDERS), tags=["orders"], operation_id="order",
     summary="One announced order")  # fmt: skip
@in_thread
def show(request: Request[Any, Any, Any], service: Serving, order: InPath) -> Response[bytes]:
    """Give one draft and the last thing that was done with it; its entity tag changes when something is."""
    found = _one(service, number_of(order, "O"))
    return tagged(request, envelope("orders.show", None, now().date(), (), found), mark_of(found))


def _one(service: Serving, number: int) -> dict[str, OrderEvent | None]:
    for kept, decided in orders.orders(service.hall.engine.home):
        if kept.order == number:
            return {"kept": kept, "decided": decided}
    raise UsageError(f"no order has the number {number}", where=f"O-{number}", mend="GET /v1/orders names them",
                     code="unknown-order")  # fmt: skip


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
    expected(request, mark_of(_one(service, number)))
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
    number = number_of(order, "O")
    if "if-match" in request.headers:
        expected(request, mark_of(_one(service, number)))
    done = orders.review(home, number, by=by, why=data.why, at=at)
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


ROUTES = (listed, show, decide, review)
