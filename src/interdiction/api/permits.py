"""Which roles a route is open to: said at the route, asked before it runs, and refused where nobody said it."""

from __future__ import annotations

from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from interdiction.api.door import forbidden
from interdiction.model.access import Caller, Role, Scope

LOOKING: Final = frozenset({Role.VIEWER, Role.ANALYST, Role.APPROVER})
WORKING: Final = frozenset({Role.ANALYST, Role.APPROVER})
APPROVING: Final = frozenset({Role.APPROVER})
ADMINISTERING: Final = frozenset({Role.ADMINISTRATOR})
EVERYBODY: Final = frozenset(Role)


def allow(roles: frozenset[Role], scope: Scope | None = None) -> dict[str, Any]:
    """Give the `opt` of a route that these roles may use, with keys of this scope."""
    return {"roles": roles, "scope": scope}


PROBE: Final[dict[str, Any]] = {"roles": None}
"""The `opt` of a probe: open to everybody, and saying nothing."""


def permitted(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Refuse a caller whose role or scope is not that of the route."""
    if is_options(handler):
        return
    roles = handler.opt["roles"]
    if roles is None:
        return
    caller: Caller = connection.scope["state"]["caller"]
    if not caller.may(roles, handler.opt.get("scope")):
        raise forbidden(caller)


def is_options(handler: BaseRouteHandler) -> bool:
    """Tell whether a handler is the framework's own answer to OPTIONS, which names methods and nothing else."""
    return getattr(handler, "http_methods", None) == {"OPTIONS"}
