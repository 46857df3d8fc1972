"""The routes of one customer of a monitored book: read, put, changed in parts, taken out; screened at once.

Each carries an entity tag. With `If-Match` a change is made only while nobody else has made one; with
`If-None-Match: *` a customer is put only where none is.
"""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, delete, get, patch, put
from litestar.params import JSONBody

from interdiction.api.answers import answer, caller_of, envelope, tagged
from interdiction.api.clock import now
from interdiction.api.kinds import InPath, Serving, in_thread
from interdiction.api.permits import LOOKING, WORKING, allow
from interdiction.api.recording import stale
from interdiction.api.service import Service
from interdiction.engine import one_customer
from interdiction.errors import UsageError
from interdiction.model.access import Scope
from interdiction.model.monitored import Customer

_PATH = "/v1/book/{source:str}/customers/{customer:str}"


@get(_PATH, opt=allow(LOOKING, Scope.BOOK), tags=["book"], operation_id="customer", summary="One customer")
@in_thread
def show(request: Request[Any, Any, Any], service: Serving, source: InPath, customer: InPath) -> Response[bytes]:
    """Give a customer as its book has it, with those behind it."""
    found = one_customer.customer(service.hall.engine.home, source, customer)
    return tagged(request, envelope("book.customer", None, now().date(), (), found), found.mark)


@put(
    _PATH, opt=allow(WORKING, Scope.BOOK), status_code=200, tags=["book"], operation_id="put_customer",
    summary="Put a customer and screen it at once",
)  # fmt: skip
@in_thread
def put_(
    request: Request[Any, Any, Any], service: Serving, source: InPath, customer: InPath, data: JSONBody[Customer]
) -> Response[bytes]:
    """Put a customer in the place of what it was: kept, then screened; whoever is hit is a case before the answer."""
    return _put(request, service, source, customer, data, _seen(request))


@patch(
    _PATH, opt=allow(WORKING, Scope.BOOK), status_code=200, tags=["book"], operation_id="patch_customer",
    summary="Change a customer in parts and screen it at once",
)  # fmt: skip
@in_thread
def patch_(
    request: Request[Any, Any, Any], service: Serving, source: InPath, customer: InPath, data: JSONBody[dict[str, Any]]
) -> Response[bytes]:
    """Change what is named and leave the rest (JSON Merge Patch, RFC 7396): null takes a field away."""
    before = one_customer.customer(service.hall.engine.home, source, customer)
    merged = {**msgspec.to_builtins(before.customer), **data}
    try:
        said = msgspec.convert({name: value for name, value in merged.items() if value is not None}, Customer)
    except msgspec.ValidationError as error:
        raise UsageError(
            f"not a customer: {error}", where="body", mend="see /openapi.json", code="parameter"
        ) from error
    seen = _seen(request)
    return _put(request, service, source, customer, said, before.mark if seen is None else seen)


def _put(
    request: Request[Any, Any, Any], service: Service, source: str, id_: str, said: Customer, seen: str | None
) -> Response[bytes]:
    at, answering = now(), service.hall.current()
    done = one_customer.put(
        service.hall.engine,
        source,
        id_,
        said,
        by=caller_of(request).name,
        at=at,
        seen=seen,
        stale=stale(service, answering),
    )
    if done.act != "unchanged":
        service.metrics.screened(1, len(done.cases))
    body = envelope("book.customer", None, at.date(), answering.force.editions, done, done.problems)
    return answer(body, 201 if done.act == "added" else 200, {"etag": f'"{done.mark}"'})


@delete(
    _PATH, opt=allow(WORKING, Scope.BOOK), status_code=200, tags=["book"], operation_id="delete_customer",
    summary="Take a customer out of a book",
)  # fmt: skip
@in_thread
def delete_(request: Request[Any, Any, Any], service: Serving, source: InPath, customer: InPath) -> Response[bytes]:
    """Take a customer out: it is screened no more. Cases that are open on it stay open."""
    at, by = now(), caller_of(request).name
    done = one_customer.take_out(service.hall.engine.home, source, customer, by=by, at=at, seen=_seen(request))
    return answer(envelope("book.customer", None, at.date(), (), done))


def _seen(request: Request[Any, Any, Any]) -> str | None:
    """Give the mark that the caller saw; none where it does not say, empty where it wants nobody there."""
    wanted = request.headers.get("if-match")
    if wanted is not None:
        return "-" if wanted.strip() == "" else wanted.strip().removeprefix("W/").strip('"')
    return "" if request.headers.get("if-none-match", "").strip() == "*" else None


ROUTES = (show, put_, patch_, delete_)
