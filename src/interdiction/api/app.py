"""The application put together: routes behind the door, closed by default."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from litestar import Litestar, Request, Response, get
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler

from interdiction.api import problems
from interdiction.api.description import description
from interdiction.api.door import Door
from interdiction.api.kinds import in_thread
from interdiction.api.permits import EVERYBODY, allow, is_options, permitted
from interdiction.api.routes import (
    audit,
    book,
    bulk,
    case_files,
    cases,
    clearances,
    customers,
    decisions,
    keys,
    ledger,
    lists,
    orders,
    paying,
    probes,
    proofs,
    reports,
    screening,
    streaming,
    webhooks,
)
from interdiction.api.service import Service, Settings
from interdiction.api.yente import catalog, entities, matching, reconcile, searching
from interdiction.errors import InputError, InterdictError, UsageError

HANDLERS: Final[tuple[Any, ...]] = (
    *probes.ROUTES,
    *matching.ROUTES,
    *searching.ROUTES,
    *entities.ROUTES,
    *catalog.ROUTES,
    *reconcile.ROUTES,
    *screening.ROUTES,
    *streaming.ROUTES,
    *paying.ROUTES,
    *book.ROUTES,
    *customers.ROUTES,
    *lists.ROUTES,
    *orders.ROUTES,
    *decisions.ROUTES,
    *bulk.ROUTES,
    *case_files.ROUTES,
    *cases.ROUTES,
    *clearances.ROUTES,
    *audit.ROUTES,
    *proofs.ROUTES,
    *reports.ROUTES,
    *ledger.ROUTES,
    *keys.ROUTES,
    *webhooks.ROUTES,
)


@get("/openapi.json", opt=allow(EVERYBODY), include_in_schema=False)
@in_thread
def openapi() -> dict[str, Any]:
    """Give the description of every route."""
    return description(HANDLERS)


def application(settings: Settings) -> Door:
    """Give the service over one home, ready to be served. Raises `NoListError`, `HomeError`, `DataError`."""
    service = Service(settings)
    return Door(service, inner(service))


def inner(service: Service) -> Litestar:
    """Give the routes of the service. Raises `AssertionError` for one that does not say whom it is open to."""

    @asynccontextmanager
    async def living(_app: Litestar) -> AsyncIterator[None]:
        await service.start()
        try:
            yield
        finally:
            await service.stop()

    app = Litestar(
        route_handlers=[*HANDLERS, openapi],
        guards=[permitted],
        dependencies={"service": Provide(lambda: service, sync_to_thread=False)},
        exception_handlers={InterdictError: _said, HTTPException: _refused, Exception: _unforeseen},
        openapi_config=None,
        lifespan=[living],
        logging_config=None,
        request_max_body_size=None,
    )
    closed(app)
    return app


def closed(app: Litestar) -> None:
    """See that every route of ours says whom it is open to."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler) and "roles" not in handler.opt and not is_options(handler):
                raise AssertionError(f"{route.path} does not say whom it is open to")


def _said(_request: Request[Any, Any, Any], error: InterdictError) -> Response[bytes]:
    return _answer(error)


def _refused(_request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Say what the framework refused in our own form."""
    code = {404: "not-found", 405: "method", 413: "too-large", 415: "media-type"}.get(error.status_code, "parameter")
    if error.status_code >= 500:
        cause = error.__cause__ or error.__context__
        return _unforeseen(_request, cause if isinstance(cause, Exception) else error)
    where = "; ".join(str(one.get("key", "")) for one in error.extra or () if isinstance(one, dict))
    said = "; ".join(str(one.get("message", "")) for one in error.extra or () if isinstance(one, dict))
    kind = UsageError if code in {"not-found", "method", "parameter"} else InputError
    return _answer(kind(said or error.detail, where=where, mend="see /openapi.json", code=code))


def _unforeseen(_request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    raise error


def _answer(error: InterdictError) -> Response[bytes]:
    headers = {name.decode(): value.decode() for name, value in problems.headers(error) if name != b"content-type"}
    return Response(
        problems.body(error), status_code=problems.status_of(error), media_type=problems.MEDIA_TYPE, headers=headers
    )
